part of dart.core;

// Operators whose operands are statically int are single instructions; the
// bodies below serve the other cases, and calls through num.
final class int extends num {
  external const factory int.fromEnvironment(String name,
      {int defaultValue = 0});

  static int parse(String source,
      {int? radix, @deprecated int onError(String source)?}) {
    final value = tryParse(source, radix: radix);
    if (value != null) return value;
    if (onError != null) return onError(source);
    throw FormatException(
        source.trim().isEmpty
            ? 'Invalid number'
            : 'Invalid radix-${radix ?? 10} number',
        source,
        0);
  }

  static int? tryParse(String source, {int? radix}) {
    if (radix != null && (radix < 2 || radix > 36)) {
      throw RangeError.range(radix, 2, 36, 'radix');
    }
    return _parse(source, radix ?? 0);
  }

  // Radix 0 accepts decimal and 0x hexadecimal.
  external static int? _parse(String source, int radix);

  num operator +(num other) =>
      other is int ? this + other : toDouble() + (other as double);
  num operator -(num other) =>
      other is int ? this - other : toDouble() - (other as double);
  num operator *(num other) =>
      other is int ? this * other : toDouble() * (other as double);
  num operator %(num other) =>
      other is int ? this % other : toDouble() % (other as double);
  double operator /(num other) => toDouble() / other.toDouble();
  int operator ~/(num other) =>
      other is int ? this ~/ other : (toDouble() / (other as double)).toInt();
  num remainder(num other) => other is int
      ? _remainder(other)
      : toDouble().remainder(other as double);
  external int _remainder(int other);

  int operator -() => -this;
  int operator &(int other) => this & other;
  int operator |(int other) => this | other;
  int operator ^(int other) => this ^ other;
  int operator ~() => ~this;
  int operator <<(int shiftAmount) => this << shiftAmount;
  int operator >>(int shiftAmount) => this >> shiftAmount;
  int operator >>>(int shiftAmount) => this >>> shiftAmount;

  bool operator <(num other) => other is int
      ? this < other
      : _compareToDouble(other as double, double.nan) < 0.0;
  bool operator <=(num other) => other is int
      ? this <= other
      : _compareToDouble(other as double, double.nan) <= 0.0;
  bool operator >(num other) => other is int
      ? this > other
      : _compareToDouble(other as double, double.nan) > 0.0;
  bool operator >=(num other) => other is int
      ? this >= other
      : _compareToDouble(other as double, double.nan) >= 0.0;

  bool operator ==(Object other) => other is int
      ? this == other
      : other is double && _compareToDouble(other, double.nan) == 0.0;

  // -1, 0 or 1 by exact value; `unordered` when other is NaN.
  double _compareToDouble(double other, double unordered) {
    if (other.isNaN) return unordered;
    // Past 2^63 every double is farther from zero than every int.
    if (other >= 9223372036854775808.0) return -1.0;
    if (other < -9223372036854775808.0) return 1.0;
    final whole = other.truncate();
    if (this < whole) return -1.0;
    if (this > whole) return 1.0;
    final fraction = other - whole.toDouble();
    return fraction > 0.0 ? -1.0 : fraction < 0.0 ? 1.0 : 0.0;
  }

  int compareTo(num other) {
    if (other is int) return this < other ? -1 : this > other ? 1 : 0;
    final right = other as double;
    if (this == 0 && right == 0.0) return right.isNegative ? 1 : 0;
    return _compareToDouble(right, -1.0).toInt();
  }

  int get hashCode => this;

  bool get isNaN => false;
  bool get isNegative => this < 0;
  bool get isInfinite => false;
  bool get isFinite => true;
  bool get isEven => (this & 1) == 0;
  bool get isOdd => (this & 1) != 0;

  int abs() => this < 0 ? -this : this;
  int get sign => this < 0 ? -1 : this > 0 ? 1 : 0;
  int round() => this;
  int floor() => this;
  int ceil() => this;
  int truncate() => this;
  double roundToDouble() => toDouble();
  double floorToDouble() => toDouble();
  double ceilToDouble() => toDouble();
  double truncateToDouble() => toDouble();
  int toInt() => this;
  external double toDouble();

  num clamp(num lowerLimit, num upperLimit) {
    if (lowerLimit.compareTo(upperLimit) > 0) {
      throw ArgumentError('$lowerLimit is greater than $upperLimit');
    }
    if (lowerLimit.isNaN) return lowerLimit;
    if (compareTo(lowerLimit) < 0) return lowerLimit;
    if (compareTo(upperLimit) > 0) return upperLimit;
    return this;
  }

  external int get bitLength;

  int toUnsigned(int width) {
    if (width < 0 || width > 64) throw RangeError.range(width, 0, 64, 'width');
    return width == 64 ? this : this & ((1 << width) - 1);
  }

  int toSigned(int width) {
    if (width < 1 || width > 64) throw RangeError.range(width, 1, 64, 'width');
    return this << (64 - width) >> (64 - width);
  }

  int gcd(int other) {
    var a = abs(), b = other.abs();
    while (b != 0) {
      final rest = a._remainder(b);
      a = b;
      b = rest;
    }
    return a.abs();
  }

  int modPow(int exponent, int modulus) {
    if (exponent < 0) throw RangeError.range(exponent, 0, null, 'exponent');
    if (modulus <= 0) throw RangeError.range(modulus, 1, null, 'modulus');
    if (exponent == 0) return 1 % modulus;
    var base = this % modulus, result = 1;
    while (exponent > 0) {
      if (exponent.isOdd) result = _mulMod(result, base, modulus);
      exponent >>= 1;
      if (exponent > 0) base = _mulMod(base, base, modulus);
    }
    return result % modulus;
  }

  // a * b mod m of non-negative numbers, through 128 bits.
  external static int _mulMod(int a, int b, int m);

  int modInverse(int modulus) {
    if (modulus <= 0) throw RangeError.range(modulus, 1, null, 'modulus');
    if (modulus == 1) return 0;
    var r0 = modulus, r1 = this % modulus, t0 = 0, t1 = 1;
    while (r1 != 0) {
      final q = r0 ~/ r1;
      (r0, r1) = (r1, r0 - q * r1);
      (t0, t1) = (t1, t0 - q * t1);
    }
    if (r0 != 1) throw Exception('Not coprime');
    return t0 < 0 ? t0 + modulus : t0;
  }

  String toString() => _toString(this);
  external static String _toString(int value);

  String toRadixString(int radix) {
    if (radix < 2 || radix > 36) {
      throw RangeError.range(radix, 2, 36, 'radix');
    }
    return _toRadixString(radix);
  }

  external String _toRadixString(int radix);

  String toStringAsFixed(int fractionDigits) {
    if (fractionDigits < 0 || fractionDigits > 20) {
      throw RangeError.range(fractionDigits, 0, 20, 'fractionDigits');
    }
    return fractionDigits == 0 ? '$this' : '$this.${'0' * fractionDigits}';
  }

  String toStringAsExponential([int? fractionDigits]) =>
      toDouble().toStringAsExponential(fractionDigits);
  String toStringAsPrecision(int precision) =>
      toDouble().toStringAsPrecision(precision);
}
