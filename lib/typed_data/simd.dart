part of dart.typed_data;

// Vectors of numbers, in Dart; nothing here is faster than plain arithmetic.

final _TypedBytes _scratch = _TypedBytes(4);

double _single(double value) {
  _scratch.setFloat32(0, value);
  return _scratch.getFloat32(0);
}

double _singleOf(int bits) {
  _scratch.setInt32(0, bits);
  return _scratch.getFloat32(0);
}

int _bitsOf(double value) {
  _scratch.setFloat32(0, value);
  return _scratch.getInt32(0);
}

int _sign(double value) =>
    value < 0.0 || value == 0.0 && 1.0 / value < 0.0 ? 1 : 0;

double _clamp(double value, double low, double high) {
  final capped = value > high ? high : value;
  return capped < low ? low : capped;
}

void _checkMask(int mask) {
  if (mask < 0 || mask > 255) {
    throw RangeError.range(mask, 0, 255, 'mask');
  }
}

// Four numbers of single precision.
abstract final class Float32x4 {
  factory Float32x4(double x, double y, double z, double w) = _Float32x4;
  factory Float32x4.splat(double value) =>
      _Float32x4(value, value, value, value);
  factory Float32x4.zero() => _Float32x4(0.0, 0.0, 0.0, 0.0);
  factory Float32x4.fromInt32x4Bits(Int32x4 bits) => _Float32x4._(
      _singleOf(bits.x), _singleOf(bits.y), _singleOf(bits.z), _singleOf(bits.w));
  factory Float32x4.fromFloat64x2(Float64x2 value) =>
      _Float32x4(value.x, value.y, 0.0, 0.0);

  double get x;
  double get y;
  double get z;
  double get w;
  int get signMask;
  Float32x4 operator +(Float32x4 other);
  Float32x4 operator -();
  Float32x4 operator -(Float32x4 other);
  Float32x4 operator *(Float32x4 other);
  Float32x4 operator /(Float32x4 other);
  Int32x4 lessThan(Float32x4 other);
  Int32x4 lessThanOrEqual(Float32x4 other);
  Int32x4 greaterThan(Float32x4 other);
  Int32x4 greaterThanOrEqual(Float32x4 other);
  Int32x4 equal(Float32x4 other);
  Int32x4 notEqual(Float32x4 other);
  Float32x4 scale(double scale);
  Float32x4 abs();
  Float32x4 clamp(Float32x4 lowerLimit, Float32x4 upperLimit);
  Float32x4 shuffle(int mask);
  Float32x4 shuffleMix(Float32x4 other, int mask);
  Float32x4 withX(double x);
  Float32x4 withY(double y);
  Float32x4 withZ(double z);
  Float32x4 withW(double w);
  Float32x4 min(Float32x4 other);
  Float32x4 max(Float32x4 other);
  Float32x4 sqrt();
  Float32x4 reciprocal();
  Float32x4 reciprocalSqrt();

  static const int wwww = 0xff;
  static const int wwwx = 0x3f;
  static const int wwwy = 0x7f;
  static const int wwwz = 0xbf;
  static const int wwxw = 0xcf;
  static const int wwxx = 0xf;
  static const int wwxy = 0x4f;
  static const int wwxz = 0x8f;
  static const int wwyw = 0xdf;
  static const int wwyx = 0x1f;
  static const int wwyy = 0x5f;
  static const int wwyz = 0x9f;
  static const int wwzw = 0xef;
  static const int wwzx = 0x2f;
  static const int wwzy = 0x6f;
  static const int wwzz = 0xaf;
  static const int wxww = 0xf3;
  static const int wxwx = 0x33;
  static const int wxwy = 0x73;
  static const int wxwz = 0xb3;
  static const int wxxw = 0xc3;
  static const int wxxx = 0x3;
  static const int wxxy = 0x43;
  static const int wxxz = 0x83;
  static const int wxyw = 0xd3;
  static const int wxyx = 0x13;
  static const int wxyy = 0x53;
  static const int wxyz = 0x93;
  static const int wxzw = 0xe3;
  static const int wxzx = 0x23;
  static const int wxzy = 0x63;
  static const int wxzz = 0xa3;
  static const int wyww = 0xf7;
  static const int wywx = 0x37;
  static const int wywy = 0x77;
  static const int wywz = 0xb7;
  static const int wyxw = 0xc7;
  static const int wyxx = 0x7;
  static const int wyxy = 0x47;
  static const int wyxz = 0x87;
  static const int wyyw = 0xd7;
  static const int wyyx = 0x17;
  static const int wyyy = 0x57;
  static const int wyyz = 0x97;
  static const int wyzw = 0xe7;
  static const int wyzx = 0x27;
  static const int wyzy = 0x67;
  static const int wyzz = 0xa7;
  static const int wzww = 0xfb;
  static const int wzwx = 0x3b;
  static const int wzwy = 0x7b;
  static const int wzwz = 0xbb;
  static const int wzxw = 0xcb;
  static const int wzxx = 0xb;
  static const int wzxy = 0x4b;
  static const int wzxz = 0x8b;
  static const int wzyw = 0xdb;
  static const int wzyx = 0x1b;
  static const int wzyy = 0x5b;
  static const int wzyz = 0x9b;
  static const int wzzw = 0xeb;
  static const int wzzx = 0x2b;
  static const int wzzy = 0x6b;
  static const int wzzz = 0xab;
  static const int xwww = 0xfc;
  static const int xwwx = 0x3c;
  static const int xwwy = 0x7c;
  static const int xwwz = 0xbc;
  static const int xwxw = 0xcc;
  static const int xwxx = 0xc;
  static const int xwxy = 0x4c;
  static const int xwxz = 0x8c;
  static const int xwyw = 0xdc;
  static const int xwyx = 0x1c;
  static const int xwyy = 0x5c;
  static const int xwyz = 0x9c;
  static const int xwzw = 0xec;
  static const int xwzx = 0x2c;
  static const int xwzy = 0x6c;
  static const int xwzz = 0xac;
  static const int xxww = 0xf0;
  static const int xxwx = 0x30;
  static const int xxwy = 0x70;
  static const int xxwz = 0xb0;
  static const int xxxw = 0xc0;
  static const int xxxx = 0x0;
  static const int xxxy = 0x40;
  static const int xxxz = 0x80;
  static const int xxyw = 0xd0;
  static const int xxyx = 0x10;
  static const int xxyy = 0x50;
  static const int xxyz = 0x90;
  static const int xxzw = 0xe0;
  static const int xxzx = 0x20;
  static const int xxzy = 0x60;
  static const int xxzz = 0xa0;
  static const int xyww = 0xf4;
  static const int xywx = 0x34;
  static const int xywy = 0x74;
  static const int xywz = 0xb4;
  static const int xyxw = 0xc4;
  static const int xyxx = 0x4;
  static const int xyxy = 0x44;
  static const int xyxz = 0x84;
  static const int xyyw = 0xd4;
  static const int xyyx = 0x14;
  static const int xyyy = 0x54;
  static const int xyyz = 0x94;
  static const int xyzw = 0xe4;
  static const int xyzx = 0x24;
  static const int xyzy = 0x64;
  static const int xyzz = 0xa4;
  static const int xzww = 0xf8;
  static const int xzwx = 0x38;
  static const int xzwy = 0x78;
  static const int xzwz = 0xb8;
  static const int xzxw = 0xc8;
  static const int xzxx = 0x8;
  static const int xzxy = 0x48;
  static const int xzxz = 0x88;
  static const int xzyw = 0xd8;
  static const int xzyx = 0x18;
  static const int xzyy = 0x58;
  static const int xzyz = 0x98;
  static const int xzzw = 0xe8;
  static const int xzzx = 0x28;
  static const int xzzy = 0x68;
  static const int xzzz = 0xa8;
  static const int ywww = 0xfd;
  static const int ywwx = 0x3d;
  static const int ywwy = 0x7d;
  static const int ywwz = 0xbd;
  static const int ywxw = 0xcd;
  static const int ywxx = 0xd;
  static const int ywxy = 0x4d;
  static const int ywxz = 0x8d;
  static const int ywyw = 0xdd;
  static const int ywyx = 0x1d;
  static const int ywyy = 0x5d;
  static const int ywyz = 0x9d;
  static const int ywzw = 0xed;
  static const int ywzx = 0x2d;
  static const int ywzy = 0x6d;
  static const int ywzz = 0xad;
  static const int yxww = 0xf1;
  static const int yxwx = 0x31;
  static const int yxwy = 0x71;
  static const int yxwz = 0xb1;
  static const int yxxw = 0xc1;
  static const int yxxx = 0x1;
  static const int yxxy = 0x41;
  static const int yxxz = 0x81;
  static const int yxyw = 0xd1;
  static const int yxyx = 0x11;
  static const int yxyy = 0x51;
  static const int yxyz = 0x91;
  static const int yxzw = 0xe1;
  static const int yxzx = 0x21;
  static const int yxzy = 0x61;
  static const int yxzz = 0xa1;
  static const int yyww = 0xf5;
  static const int yywx = 0x35;
  static const int yywy = 0x75;
  static const int yywz = 0xb5;
  static const int yyxw = 0xc5;
  static const int yyxx = 0x5;
  static const int yyxy = 0x45;
  static const int yyxz = 0x85;
  static const int yyyw = 0xd5;
  static const int yyyx = 0x15;
  static const int yyyy = 0x55;
  static const int yyyz = 0x95;
  static const int yyzw = 0xe5;
  static const int yyzx = 0x25;
  static const int yyzy = 0x65;
  static const int yyzz = 0xa5;
  static const int yzww = 0xf9;
  static const int yzwx = 0x39;
  static const int yzwy = 0x79;
  static const int yzwz = 0xb9;
  static const int yzxw = 0xc9;
  static const int yzxx = 0x9;
  static const int yzxy = 0x49;
  static const int yzxz = 0x89;
  static const int yzyw = 0xd9;
  static const int yzyx = 0x19;
  static const int yzyy = 0x59;
  static const int yzyz = 0x99;
  static const int yzzw = 0xe9;
  static const int yzzx = 0x29;
  static const int yzzy = 0x69;
  static const int yzzz = 0xa9;
  static const int zwww = 0xfe;
  static const int zwwx = 0x3e;
  static const int zwwy = 0x7e;
  static const int zwwz = 0xbe;
  static const int zwxw = 0xce;
  static const int zwxx = 0xe;
  static const int zwxy = 0x4e;
  static const int zwxz = 0x8e;
  static const int zwyw = 0xde;
  static const int zwyx = 0x1e;
  static const int zwyy = 0x5e;
  static const int zwyz = 0x9e;
  static const int zwzw = 0xee;
  static const int zwzx = 0x2e;
  static const int zwzy = 0x6e;
  static const int zwzz = 0xae;
  static const int zxww = 0xf2;
  static const int zxwx = 0x32;
  static const int zxwy = 0x72;
  static const int zxwz = 0xb2;
  static const int zxxw = 0xc2;
  static const int zxxx = 0x2;
  static const int zxxy = 0x42;
  static const int zxxz = 0x82;
  static const int zxyw = 0xd2;
  static const int zxyx = 0x12;
  static const int zxyy = 0x52;
  static const int zxyz = 0x92;
  static const int zxzw = 0xe2;
  static const int zxzx = 0x22;
  static const int zxzy = 0x62;
  static const int zxzz = 0xa2;
  static const int zyww = 0xf6;
  static const int zywx = 0x36;
  static const int zywy = 0x76;
  static const int zywz = 0xb6;
  static const int zyxw = 0xc6;
  static const int zyxx = 0x6;
  static const int zyxy = 0x46;
  static const int zyxz = 0x86;
  static const int zyyw = 0xd6;
  static const int zyyx = 0x16;
  static const int zyyy = 0x56;
  static const int zyyz = 0x96;
  static const int zyzw = 0xe6;
  static const int zyzx = 0x26;
  static const int zyzy = 0x66;
  static const int zyzz = 0xa6;
  static const int zzww = 0xfa;
  static const int zzwx = 0x3a;
  static const int zzwy = 0x7a;
  static const int zzwz = 0xba;
  static const int zzxw = 0xca;
  static const int zzxx = 0xa;
  static const int zzxy = 0x4a;
  static const int zzxz = 0x8a;
  static const int zzyw = 0xda;
  static const int zzyx = 0x1a;
  static const int zzyy = 0x5a;
  static const int zzyz = 0x9a;
  static const int zzzw = 0xea;
  static const int zzzx = 0x2a;
  static const int zzzy = 0x6a;
  static const int zzzz = 0xaa;
}

final class _Float32x4 implements Float32x4 {
  _Float32x4(double x, double y, double z, double w)
      : this._(_single(x), _single(y), _single(z), _single(w));
  _Float32x4._(this.x, this.y, this.z, this.w);

  final double x, y, z, w;

  Type get runtimeType => Float32x4;

  int get signMask =>
      _sign(x) | _sign(y) << 1 | _sign(z) << 2 | _sign(w) << 3;

  double _lane(int i) => switch (i & 3) { 0 => x, 1 => y, 2 => z, _ => w };

  Float32x4 operator +(Float32x4 other) =>
      _Float32x4(x + other.x, y + other.y, z + other.z, w + other.w);
  Float32x4 operator -(Float32x4 other) =>
      _Float32x4(x - other.x, y - other.y, z - other.z, w - other.w);
  Float32x4 operator *(Float32x4 other) =>
      _Float32x4(x * other.x, y * other.y, z * other.z, w * other.w);
  Float32x4 operator /(Float32x4 other) =>
      _Float32x4(x / other.x, y / other.y, z / other.z, w / other.w);
  Float32x4 operator -() => _Float32x4._(-x, -y, -z, -w);
  Int32x4 lessThan(Float32x4 other) =>
      Int32x4.bool(x < other.x, y < other.y, z < other.z, w < other.w);
  Int32x4 lessThanOrEqual(Float32x4 other) =>
      Int32x4.bool(x <= other.x, y <= other.y, z <= other.z, w <= other.w);
  Int32x4 greaterThan(Float32x4 other) =>
      Int32x4.bool(x > other.x, y > other.y, z > other.z, w > other.w);
  Int32x4 greaterThanOrEqual(Float32x4 other) =>
      Int32x4.bool(x >= other.x, y >= other.y, z >= other.z, w >= other.w);
  Int32x4 equal(Float32x4 other) =>
      Int32x4.bool(x == other.x, y == other.y, z == other.z, w == other.w);
  Int32x4 notEqual(Float32x4 other) =>
      Int32x4.bool(x != other.x, y != other.y, z != other.z, w != other.w);
  Float32x4 scale(double scale) {
    final s = _single(scale);
    return _Float32x4(x * s, y * s, z * s, w * s);
  }

  Float32x4 abs() => _Float32x4._(x.abs(), y.abs(), z.abs(), w.abs());
  Float32x4 clamp(Float32x4 lowerLimit, Float32x4 upperLimit) =>
      _Float32x4._(_clamp(x, lowerLimit.x, upperLimit.x),
          _clamp(y, lowerLimit.y, upperLimit.y),
          _clamp(z, lowerLimit.z, upperLimit.z),
          _clamp(w, lowerLimit.w, upperLimit.w));
  Float32x4 shuffle(int mask) {
    _checkMask(mask);
    return _Float32x4._(
        _lane(mask), _lane(mask >> 2), _lane(mask >> 4), _lane(mask >> 6));
  }

  Float32x4 shuffleMix(Float32x4 other, int mask) {
    _checkMask(mask);
    final from = other as _Float32x4;
    return _Float32x4._(_lane(mask), _lane(mask >> 2), from._lane(mask >> 4),
        from._lane(mask >> 6));
  }

  Float32x4 withX(double x) => _Float32x4(x, y, z, w);
  Float32x4 withY(double y) => _Float32x4(x, y, z, w);
  Float32x4 withZ(double z) => _Float32x4(x, y, z, w);
  Float32x4 withW(double w) => _Float32x4(x, y, z, w);
  Float32x4 min(Float32x4 other) => _Float32x4._(x < other.x ? x : other.x,
      y < other.y ? y : other.y,
      z < other.z ? z : other.z,
      w < other.w ? w : other.w);
  Float32x4 max(Float32x4 other) => _Float32x4._(x > other.x ? x : other.x,
      y > other.y ? y : other.y,
      z > other.z ? z : other.z,
      w > other.w ? w : other.w);
  Float32x4 sqrt() => _Float32x4(math.sqrt(x), math.sqrt(y), math.sqrt(z), math.sqrt(w));
  Float32x4 reciprocal() => _Float32x4(1.0 / x, 1.0 / y, 1.0 / z, 1.0 / w);
  Float32x4 reciprocalSqrt() =>
      _Float32x4(math.sqrt(1.0 / x), math.sqrt(1.0 / y), math.sqrt(1.0 / z), math.sqrt(1.0 / w));
  String toString() => '[${x.toStringAsFixed(6)}, ${y.toStringAsFixed(6)}, ${z.toStringAsFixed(6)}, ${w.toStringAsFixed(6)}]';
}

// Four integers of 32 bits.
abstract final class Int32x4 {
  factory Int32x4(int x, int y, int z, int w) = _Int32x4;
  factory Int32x4.bool(bool x, bool y, bool z, bool w) => _Int32x4._(
      x ? -1 : 0, y ? -1 : 0, z ? -1 : 0, w ? -1 : 0);
  factory Int32x4.fromFloat32x4Bits(Float32x4 value) => _Int32x4._(
      _bitsOf(value.x), _bitsOf(value.y), _bitsOf(value.z), _bitsOf(value.w));

  int get x;
  int get y;
  int get z;
  int get w;
  int get signMask;
  Int32x4 operator |(Int32x4 other);
  Int32x4 operator &(Int32x4 other);
  Int32x4 operator ^(Int32x4 other);
  Int32x4 operator +(Int32x4 other);
  Int32x4 operator -(Int32x4 other);
  Int32x4 shuffle(int mask);
  Int32x4 shuffleMix(Int32x4 other, int mask);
  Int32x4 withX(int x);
  Int32x4 withY(int y);
  Int32x4 withZ(int z);
  Int32x4 withW(int w);
  bool get flagX;
  bool get flagY;
  bool get flagZ;
  bool get flagW;
  Int32x4 withFlagX(bool x);
  Int32x4 withFlagY(bool y);
  Int32x4 withFlagZ(bool z);
  Int32x4 withFlagW(bool w);
  Float32x4 select(Float32x4 trueValue, Float32x4 falseValue);

  static const int wwww = 0xff;
  static const int wwwx = 0x3f;
  static const int wwwy = 0x7f;
  static const int wwwz = 0xbf;
  static const int wwxw = 0xcf;
  static const int wwxx = 0xf;
  static const int wwxy = 0x4f;
  static const int wwxz = 0x8f;
  static const int wwyw = 0xdf;
  static const int wwyx = 0x1f;
  static const int wwyy = 0x5f;
  static const int wwyz = 0x9f;
  static const int wwzw = 0xef;
  static const int wwzx = 0x2f;
  static const int wwzy = 0x6f;
  static const int wwzz = 0xaf;
  static const int wxww = 0xf3;
  static const int wxwx = 0x33;
  static const int wxwy = 0x73;
  static const int wxwz = 0xb3;
  static const int wxxw = 0xc3;
  static const int wxxx = 0x3;
  static const int wxxy = 0x43;
  static const int wxxz = 0x83;
  static const int wxyw = 0xd3;
  static const int wxyx = 0x13;
  static const int wxyy = 0x53;
  static const int wxyz = 0x93;
  static const int wxzw = 0xe3;
  static const int wxzx = 0x23;
  static const int wxzy = 0x63;
  static const int wxzz = 0xa3;
  static const int wyww = 0xf7;
  static const int wywx = 0x37;
  static const int wywy = 0x77;
  static const int wywz = 0xb7;
  static const int wyxw = 0xc7;
  static const int wyxx = 0x7;
  static const int wyxy = 0x47;
  static const int wyxz = 0x87;
  static const int wyyw = 0xd7;
  static const int wyyx = 0x17;
  static const int wyyy = 0x57;
  static const int wyyz = 0x97;
  static const int wyzw = 0xe7;
  static const int wyzx = 0x27;
  static const int wyzy = 0x67;
  static const int wyzz = 0xa7;
  static const int wzww = 0xfb;
  static const int wzwx = 0x3b;
  static const int wzwy = 0x7b;
  static const int wzwz = 0xbb;
  static const int wzxw = 0xcb;
  static const int wzxx = 0xb;
  static const int wzxy = 0x4b;
  static const int wzxz = 0x8b;
  static const int wzyw = 0xdb;
  static const int wzyx = 0x1b;
  static const int wzyy = 0x5b;
  static const int wzyz = 0x9b;
  static const int wzzw = 0xeb;
  static const int wzzx = 0x2b;
  static const int wzzy = 0x6b;
  static const int wzzz = 0xab;
  static const int xwww = 0xfc;
  static const int xwwx = 0x3c;
  static const int xwwy = 0x7c;
  static const int xwwz = 0xbc;
  static const int xwxw = 0xcc;
  static const int xwxx = 0xc;
  static const int xwxy = 0x4c;
  static const int xwxz = 0x8c;
  static const int xwyw = 0xdc;
  static const int xwyx = 0x1c;
  static const int xwyy = 0x5c;
  static const int xwyz = 0x9c;
  static const int xwzw = 0xec;
  static const int xwzx = 0x2c;
  static const int xwzy = 0x6c;
  static const int xwzz = 0xac;
  static const int xxww = 0xf0;
  static const int xxwx = 0x30;
  static const int xxwy = 0x70;
  static const int xxwz = 0xb0;
  static const int xxxw = 0xc0;
  static const int xxxx = 0x0;
  static const int xxxy = 0x40;
  static const int xxxz = 0x80;
  static const int xxyw = 0xd0;
  static const int xxyx = 0x10;
  static const int xxyy = 0x50;
  static const int xxyz = 0x90;
  static const int xxzw = 0xe0;
  static const int xxzx = 0x20;
  static const int xxzy = 0x60;
  static const int xxzz = 0xa0;
  static const int xyww = 0xf4;
  static const int xywx = 0x34;
  static const int xywy = 0x74;
  static const int xywz = 0xb4;
  static const int xyxw = 0xc4;
  static const int xyxx = 0x4;
  static const int xyxy = 0x44;
  static const int xyxz = 0x84;
  static const int xyyw = 0xd4;
  static const int xyyx = 0x14;
  static const int xyyy = 0x54;
  static const int xyyz = 0x94;
  static const int xyzw = 0xe4;
  static const int xyzx = 0x24;
  static const int xyzy = 0x64;
  static const int xyzz = 0xa4;
  static const int xzww = 0xf8;
  static const int xzwx = 0x38;
  static const int xzwy = 0x78;
  static const int xzwz = 0xb8;
  static const int xzxw = 0xc8;
  static const int xzxx = 0x8;
  static const int xzxy = 0x48;
  static const int xzxz = 0x88;
  static const int xzyw = 0xd8;
  static const int xzyx = 0x18;
  static const int xzyy = 0x58;
  static const int xzyz = 0x98;
  static const int xzzw = 0xe8;
  static const int xzzx = 0x28;
  static const int xzzy = 0x68;
  static const int xzzz = 0xa8;
  static const int ywww = 0xfd;
  static const int ywwx = 0x3d;
  static const int ywwy = 0x7d;
  static const int ywwz = 0xbd;
  static const int ywxw = 0xcd;
  static const int ywxx = 0xd;
  static const int ywxy = 0x4d;
  static const int ywxz = 0x8d;
  static const int ywyw = 0xdd;
  static const int ywyx = 0x1d;
  static const int ywyy = 0x5d;
  static const int ywyz = 0x9d;
  static const int ywzw = 0xed;
  static const int ywzx = 0x2d;
  static const int ywzy = 0x6d;
  static const int ywzz = 0xad;
  static const int yxww = 0xf1;
  static const int yxwx = 0x31;
  static const int yxwy = 0x71;
  static const int yxwz = 0xb1;
  static const int yxxw = 0xc1;
  static const int yxxx = 0x1;
  static const int yxxy = 0x41;
  static const int yxxz = 0x81;
  static const int yxyw = 0xd1;
  static const int yxyx = 0x11;
  static const int yxyy = 0x51;
  static const int yxyz = 0x91;
  static const int yxzw = 0xe1;
  static const int yxzx = 0x21;
  static const int yxzy = 0x61;
  static const int yxzz = 0xa1;
  static const int yyww = 0xf5;
  static const int yywx = 0x35;
  static const int yywy = 0x75;
  static const int yywz = 0xb5;
  static const int yyxw = 0xc5;
  static const int yyxx = 0x5;
  static const int yyxy = 0x45;
  static const int yyxz = 0x85;
  static const int yyyw = 0xd5;
  static const int yyyx = 0x15;
  static const int yyyy = 0x55;
  static const int yyyz = 0x95;
  static const int yyzw = 0xe5;
  static const int yyzx = 0x25;
  static const int yyzy = 0x65;
  static const int yyzz = 0xa5;
  static const int yzww = 0xf9;
  static const int yzwx = 0x39;
  static const int yzwy = 0x79;
  static const int yzwz = 0xb9;
  static const int yzxw = 0xc9;
  static const int yzxx = 0x9;
  static const int yzxy = 0x49;
  static const int yzxz = 0x89;
  static const int yzyw = 0xd9;
  static const int yzyx = 0x19;
  static const int yzyy = 0x59;
  static const int yzyz = 0x99;
  static const int yzzw = 0xe9;
  static const int yzzx = 0x29;
  static const int yzzy = 0x69;
  static const int yzzz = 0xa9;
  static const int zwww = 0xfe;
  static const int zwwx = 0x3e;
  static const int zwwy = 0x7e;
  static const int zwwz = 0xbe;
  static const int zwxw = 0xce;
  static const int zwxx = 0xe;
  static const int zwxy = 0x4e;
  static const int zwxz = 0x8e;
  static const int zwyw = 0xde;
  static const int zwyx = 0x1e;
  static const int zwyy = 0x5e;
  static const int zwyz = 0x9e;
  static const int zwzw = 0xee;
  static const int zwzx = 0x2e;
  static const int zwzy = 0x6e;
  static const int zwzz = 0xae;
  static const int zxww = 0xf2;
  static const int zxwx = 0x32;
  static const int zxwy = 0x72;
  static const int zxwz = 0xb2;
  static const int zxxw = 0xc2;
  static const int zxxx = 0x2;
  static const int zxxy = 0x42;
  static const int zxxz = 0x82;
  static const int zxyw = 0xd2;
  static const int zxyx = 0x12;
  static const int zxyy = 0x52;
  static const int zxyz = 0x92;
  static const int zxzw = 0xe2;
  static const int zxzx = 0x22;
  static const int zxzy = 0x62;
  static const int zxzz = 0xa2;
  static const int zyww = 0xf6;
  static const int zywx = 0x36;
  static const int zywy = 0x76;
  static const int zywz = 0xb6;
  static const int zyxw = 0xc6;
  static const int zyxx = 0x6;
  static const int zyxy = 0x46;
  static const int zyxz = 0x86;
  static const int zyyw = 0xd6;
  static const int zyyx = 0x16;
  static const int zyyy = 0x56;
  static const int zyyz = 0x96;
  static const int zyzw = 0xe6;
  static const int zyzx = 0x26;
  static const int zyzy = 0x66;
  static const int zyzz = 0xa6;
  static const int zzww = 0xfa;
  static const int zzwx = 0x3a;
  static const int zzwy = 0x7a;
  static const int zzwz = 0xba;
  static const int zzxw = 0xca;
  static const int zzxx = 0xa;
  static const int zzxy = 0x4a;
  static const int zzxz = 0x8a;
  static const int zzyw = 0xda;
  static const int zzyx = 0x1a;
  static const int zzyy = 0x5a;
  static const int zzyz = 0x9a;
  static const int zzzw = 0xea;
  static const int zzzx = 0x2a;
  static const int zzzy = 0x6a;
  static const int zzzz = 0xaa;
}

final class _Int32x4 implements Int32x4 {
  _Int32x4(int x, int y, int z, int w)
      : this._(x.toSigned(32), y.toSigned(32), z.toSigned(32), w.toSigned(32));
  _Int32x4._(this.x, this.y, this.z, this.w);

  final int x, y, z, w;

  Type get runtimeType => Int32x4;

  int get signMask => (x < 0 ? 1 : 0) |
      (y < 0 ? 2 : 0) |
      (z < 0 ? 4 : 0) |
      (w < 0 ? 8 : 0);

  int _lane(int i) => switch (i & 3) { 0 => x, 1 => y, 2 => z, _ => w };

  Int32x4 operator |(Int32x4 other) =>
      _Int32x4(x | other.x, y | other.y, z | other.z, w | other.w);
  Int32x4 operator &(Int32x4 other) =>
      _Int32x4(x & other.x, y & other.y, z & other.z, w & other.w);
  Int32x4 operator ^(Int32x4 other) =>
      _Int32x4(x ^ other.x, y ^ other.y, z ^ other.z, w ^ other.w);
  Int32x4 operator +(Int32x4 other) =>
      _Int32x4(x + other.x, y + other.y, z + other.z, w + other.w);
  Int32x4 operator -(Int32x4 other) =>
      _Int32x4(x - other.x, y - other.y, z - other.z, w - other.w);

  Int32x4 shuffle(int mask) {
    _checkMask(mask);
    return _Int32x4._(
        _lane(mask), _lane(mask >> 2), _lane(mask >> 4), _lane(mask >> 6));
  }

  Int32x4 shuffleMix(Int32x4 other, int mask) {
    _checkMask(mask);
    final from = other as _Int32x4;
    return _Int32x4._(_lane(mask), _lane(mask >> 2), from._lane(mask >> 4),
        from._lane(mask >> 6));
  }

  Int32x4 withX(int x) => _Int32x4(x, y, z, w);
  Int32x4 withY(int y) => _Int32x4(x, y, z, w);
  Int32x4 withZ(int z) => _Int32x4(x, y, z, w);
  Int32x4 withW(int w) => _Int32x4(x, y, z, w);
  bool get flagX => x != 0;
  bool get flagY => y != 0;
  bool get flagZ => z != 0;
  bool get flagW => w != 0;
  Int32x4 withFlagX(bool flag) => _Int32x4._(flag ? -1 : 0, y, z, w);
  Int32x4 withFlagY(bool flag) => _Int32x4._(x, flag ? -1 : 0, z, w);
  Int32x4 withFlagZ(bool flag) => _Int32x4._(x, y, flag ? -1 : 0, w);
  Int32x4 withFlagW(bool flag) => _Int32x4._(x, y, z, flag ? -1 : 0);

  // Bit by bit.
  Float32x4 select(Float32x4 trueValue, Float32x4 falseValue) {
    final a = Int32x4.fromFloat32x4Bits(trueValue);
    final b = Int32x4.fromFloat32x4Bits(falseValue);
    return Float32x4.fromInt32x4Bits(
        _Int32x4(x & a.x | ~x & b.x,
            y & a.y | ~y & b.y,
            z & a.z | ~z & b.z,
            w & a.w | ~w & b.w));
  }

  static String _hex(int value) =>
      value.toUnsigned(32).toRadixString(16).padLeft(8, '0');

  String toString() => '[${_hex(x)}, ${_hex(y)}, ${_hex(z)}, ${_hex(w)}]';
}

// Two numbers of double precision.
abstract final class Float64x2 {
  factory Float64x2(double x, double y) = _Float64x2;
  factory Float64x2.splat(double value) => _Float64x2(value, value);
  factory Float64x2.zero() => _Float64x2(0.0, 0.0);
  factory Float64x2.fromFloat32x4(Float32x4 value) =>
      _Float64x2(value.x, value.y);

  double get x;
  double get y;
  int get signMask;
  Float64x2 operator +(Float64x2 other);
  Float64x2 operator -();
  Float64x2 operator -(Float64x2 other);
  Float64x2 operator *(Float64x2 other);
  Float64x2 operator /(Float64x2 other);
  Float64x2 scale(double scale);
  Float64x2 abs();
  Float64x2 clamp(Float64x2 lowerLimit, Float64x2 upperLimit);
  Float64x2 withX(double x);
  Float64x2 withY(double y);
  Float64x2 min(Float64x2 other);
  Float64x2 max(Float64x2 other);
  Float64x2 sqrt();
}

final class _Float64x2 implements Float64x2 {
  _Float64x2(this.x, this.y);

  final double x, y;

  Type get runtimeType => Float64x2;
  int get signMask => _sign(x) | _sign(y) << 1;
  Float64x2 operator +(Float64x2 other) =>
      _Float64x2(x + other.x, y + other.y);
  Float64x2 operator -(Float64x2 other) =>
      _Float64x2(x - other.x, y - other.y);
  Float64x2 operator *(Float64x2 other) =>
      _Float64x2(x * other.x, y * other.y);
  Float64x2 operator /(Float64x2 other) =>
      _Float64x2(x / other.x, y / other.y);
  Float64x2 operator -() => _Float64x2(-x, -y);
  Float64x2 scale(double scale) => _Float64x2(x * scale, y * scale);
  Float64x2 abs() => _Float64x2(x.abs(), y.abs());
  Float64x2 clamp(Float64x2 lowerLimit, Float64x2 upperLimit) => _Float64x2(
      _clamp(x, lowerLimit.x, upperLimit.x),
      _clamp(y, lowerLimit.y, upperLimit.y));
  Float64x2 withX(double x) => _Float64x2(x, y);
  Float64x2 withY(double y) => _Float64x2(x, y);
  Float64x2 min(Float64x2 other) => _Float64x2(
      x < other.x ? x : other.x, y < other.y ? y : other.y);
  Float64x2 max(Float64x2 other) => _Float64x2(
      x > other.x ? x : other.x, y > other.y ? y : other.y);
  Float64x2 sqrt() => _Float64x2(math.sqrt(x), math.sqrt(y));
  String toString() =>
      '[${x.toStringAsFixed(6)}, ${y.toStringAsFixed(6)}]';
}
