part of dart.core;

abstract final class BigInt implements Comparable<BigInt> {
  static BigInt get zero => _BigInt._zero;
  static BigInt get one => _BigInt._one;
  static BigInt get two => _BigInt._two;

  static BigInt parse(String source, {int? radix}) =>
      tryParse(source, radix: radix) ??
      (throw FormatException('Could not parse BigInt', source));

  static BigInt? tryParse(String source, {int? radix}) =>
      _BigInt._parse(source, radix);

  factory BigInt.from(num value) {
    if (value is int) return _BigInt._fromInt(value);
    return _BigInt._fromDouble(value as double);
  }

  BigInt abs();
  BigInt operator -();
  BigInt operator +(BigInt other);
  BigInt operator -(BigInt other);
  BigInt operator *(BigInt other);
  double operator /(BigInt other);
  BigInt operator ~/(BigInt other);
  BigInt operator %(BigInt other);
  BigInt remainder(BigInt other);
  BigInt operator <<(int shiftAmount);
  BigInt operator >>(int shiftAmount);
  BigInt operator &(BigInt other);
  BigInt operator |(BigInt other);
  BigInt operator ^(BigInt other);
  BigInt operator ~();
  bool operator <(BigInt other);
  bool operator <=(BigInt other);
  bool operator >(BigInt other);
  bool operator >=(BigInt other);
  int compareTo(BigInt other);
  int get bitLength;
  int get sign;
  bool get isEven;
  bool get isOdd;
  bool get isNegative;
  BigInt pow(int exponent);
  BigInt modPow(BigInt exponent, BigInt modulus);
  BigInt modInverse(BigInt modulus);
  BigInt gcd(BigInt other);
  BigInt toUnsigned(int width);
  BigInt toSigned(int width);
  bool get isValidInt;
  int toInt();
  double toDouble();
  String toString();
  String toRadixString(int radix);
}

// On magnitudes: limbs of 64 bits, least first. Each writes into an array that
// has room and returns how many limbs of it are used.
external int _bigAdd(_RawArray a, _RawArray b, _RawArray r, int an, int bn);
external int _bigSubtract(
    _RawArray a, _RawArray b, _RawArray r, int an, int bn);
external int _bigMultiply(
    _RawArray a, _RawArray b, _RawArray r, int an, int bn);
external int _bigDivide(_RawArray a, _RawArray b, _RawArray quotient,
    _RawArray rest, int an, int bn);
external int _bigCompare(_RawArray a, _RawArray b, int an, int bn);
external int _bigShiftLeft(_RawArray a, _RawArray r, int an, int count);
external int _bigShiftRight(_RawArray a, _RawArray r, int an, int count);
external int _bigParse(String digits, _RawArray r, int start, int radix);
external String _bigToString(_RawArray a, int an, int radix);

// Sign and magnitude; the highest limb in use is not 0, and 0 is not negative.
final class _BigInt implements BigInt {
  _BigInt(this.isNegative, this._limbs, this._used);

  // Of a result that may have become zero.
  factory _BigInt._of(bool isNegative, _RawArray limbs, int used) =>
      _BigInt(isNegative && used > 0, limbs, used);

  static final _BigInt _zero = _BigInt(false, _RawArray(0), 0);
  static final _BigInt _one = _BigInt._fromInt(1);
  static final _BigInt _two = _BigInt._fromInt(2);

  final bool isNegative;
  final _RawArray _limbs;
  final int _used;

  factory _BigInt._fromInt(int value) {
    if (value == 0) return _zero;
    // The least int is its own magnitude, read as unsigned.
    final limbs = _RawArray(1);
    limbs[0] = value < 0 ? -value : value;
    return _BigInt(value < 0, limbs, 1);
  }

  factory _BigInt._fromDouble(double value) {
    if (!value.isFinite) {
      throw ArgumentError('Value must be finite: $value');
    }
    final whole = value.truncateToDouble();
    if (whole.abs() < 9223372036854775808.0) {
      return _BigInt._fromInt(whole.toInt());
    }
    var exponent = 0, mantissa = whole;
    while (mantissa.abs() >= 9007199254740992.0) {
      mantissa /= 2.0;
      exponent++;
    }
    return (_BigInt._fromInt(mantissa.toInt()) << exponent);
  }

  static _BigInt? _parse(String source, int? radix) {
    if (radix != null && (radix < 2 || radix > 36)) {
      throw RangeError.range(radix, 2, 36, 'radix');
    }
    final text = source.trim();
    var at = 0, base = radix ?? 10;
    var isNegative = false;
    if (text.startsWith('-') || text.startsWith('+')) {
      isNegative = text.startsWith('-');
      at = 1;
    }
    if (radix == null &&
        (text.startsWith('0x', at) || text.startsWith('0X', at))) {
      at += 2;
      base = 16;
    }
    if (at == text.length) return null;
    for (var i = at; i < text.length; i++) {
      final unit = text.codeUnitAt(i);
      final digit = unit >= 0x30 && unit <= 0x39
          ? unit - 0x30
          : (unit | 32) >= 0x61 && (unit | 32) <= 0x7a && unit < 128
              ? (unit | 32) - 0x57
              : 99;
      if (digit >= base) return null;
    }
    final limbs =
        _RawArray(((text.length - at) * base.bitLength) ~/ 64 + 2);
    return _BigInt._of(isNegative, limbs, _bigParse(text, limbs, at, base));
  }

  int get sign => _used == 0 ? 0 : isNegative ? -1 : 1;
  bool get isEven => _used == 0 || _limbs[0] & 1 == 0;
  bool get isOdd => !isEven;
  BigInt abs() => isNegative ? _BigInt(false, _limbs, _used) : this;
  _BigInt operator -() =>
      _used == 0 ? this : _BigInt(!isNegative, _limbs, _used);

  static int _compareSizes(_BigInt a, _BigInt b) =>
      _bigCompare(a._limbs, b._limbs, a._used, b._used);

  static _BigInt _sum(_BigInt a, _BigInt b, bool negateB) {
    if (b._used == 0) return a;
    final bNegative = b.isNegative != negateB;
    if (a._used == 0) return negateB ? -b : b;
    if (a.isNegative == bNegative) {
      final limbs =
          _RawArray((a._used > b._used ? a._used : b._used) + 1);
      return _BigInt(a.isNegative, limbs,
          _bigAdd(a._limbs, b._limbs, limbs, a._used, b._used));
    }
    final order = _compareSizes(a, b);
    if (order == 0) return _zero;
    final larger = order > 0 ? a : b, smaller = order > 0 ? b : a;
    final limbs = _RawArray(larger._used);
    return _BigInt._of(
        order > 0 ? a.isNegative : bNegative,
        limbs,
        _bigSubtract(larger._limbs, smaller._limbs, limbs, larger._used,
            smaller._used));
  }

  _BigInt operator +(BigInt other) => _sum(this, other as _BigInt, false);
  _BigInt operator -(BigInt other) => _sum(this, other as _BigInt, true);

  _BigInt operator *(BigInt other) {
    final b = other as _BigInt;
    if (_used == 0 || b._used == 0) return _zero;
    final limbs = _RawArray(_used + b._used);
    return _BigInt(isNegative != b.isNegative, limbs,
        _bigMultiply(_limbs, b._limbs, limbs, _used, b._used));
  }

  static (_BigInt, _BigInt) _divide(_BigInt a, _BigInt b) {
    if (b._used == 0) throw const IntegerDivisionByZeroException();
    if (_compareSizes(a, b) < 0) return (_zero, a);
    final quotient = _RawArray(a._used - b._used + 1);
    final rest = _RawArray(b._used);
    final used =
        _bigDivide(a._limbs, b._limbs, quotient, rest, a._used, b._used);
    var restUsed = b._used;
    while (restUsed > 0 && rest[restUsed - 1] == 0) {
      restUsed--;
    }
    return (
      _BigInt._of(a.isNegative != b.isNegative, quotient, used),
      _BigInt._of(a.isNegative, rest, restUsed)
    );
  }

  double operator /(BigInt other) => toDouble() / other.toDouble();
  _BigInt operator ~/(BigInt other) => _divide(this, other as _BigInt).$1;
  _BigInt remainder(BigInt other) => _divide(this, other as _BigInt).$2;
  _BigInt operator %(BigInt other) {
    final rest = remainder(other);
    if (!rest.isNegative) return rest;
    return other.isNegative ? rest - other : rest + other;
  }

  _BigInt operator <<(int shiftAmount) {
    if (shiftAmount < 0) throw RangeError.range(shiftAmount, 0, null);
    if (_used == 0 || shiftAmount == 0) return this;
    if (shiftAmount > 1 << 35) throw const OutOfMemoryError();
    final limbs = _RawArray(_used + shiftAmount ~/ 64 + 1);
    return _BigInt(
        isNegative, limbs, _bigShiftLeft(_limbs, limbs, _used, shiftAmount));
  }

  _BigInt operator >>(int shiftAmount) {
    if (shiftAmount < 0) throw RangeError.range(shiftAmount, 0, null);
    if (_used == 0 || shiftAmount == 0) return this;
    // Rounds down: of a negative number, -((|x| - 1) >> n) - 1.
    if (isNegative) return -((-this - _one) >> shiftAmount) - _one;
    if (shiftAmount >= 64 * _used) return _zero;
    final limbs = _RawArray(_used);
    return _BigInt._of(
        false, limbs, _bigShiftRight(_limbs, limbs, _used, shiftAmount));
  }

  // Limbs of the two's complement, so many of them.
  _RawArray _complement(int count) {
    final result = _RawArray(count);
    var carry = isNegative;
    for (var i = 0; i < count; i++) {
      final limb = i < _used ? _limbs[i] : 0;
      if (!isNegative) {
        result[i] = limb;
      } else {
        final inverse = ~limb;
        result[i] = carry ? inverse + 1 : inverse;
        carry = carry && limb == 0;
      }
    }
    return result;
  }

  static _BigInt _fromComplement(_RawArray limbs, int count) {
    final isNegative = count > 0 && limbs[count - 1] < 0;
    if (isNegative) {
      var carry = true;
      for (var i = 0; i < count; i++) {
        final limb = limbs[i];
        limbs[i] = carry ? ~limb + 1 : ~limb;
        carry = carry && limb == 0;
      }
    }
    while (count > 0 && limbs[count - 1] == 0) {
      count--;
    }
    return _BigInt._of(isNegative, limbs, count);
  }

  _BigInt _bitwise(_BigInt other, int op) {
    final count = (_used > other._used ? _used : other._used) + 1;
    final a = _complement(count), b = other._complement(count);
    for (var i = 0; i < count; i++) {
      a[i] = op == 0
          ? a[i] & b[i]
          : op == 1
              ? a[i] | b[i]
              : a[i] ^ b[i];
    }
    return _fromComplement(a, count);
  }

  BigInt operator &(BigInt other) => _bitwise(other as _BigInt, 0);
  BigInt operator |(BigInt other) => _bitwise(other as _BigInt, 1);
  BigInt operator ^(BigInt other) => _bitwise(other as _BigInt, 2);
  BigInt operator ~() => -this - _one;

  int compareTo(BigInt other) {
    final b = other as _BigInt;
    if (isNegative != b.isNegative) return isNegative ? -1 : 1;
    final order = _compareSizes(this, b);
    return isNegative ? -order : order;
  }

  bool operator <(BigInt other) => compareTo(other) < 0;
  bool operator <=(BigInt other) => compareTo(other) <= 0;
  bool operator >(BigInt other) => compareTo(other) > 0;
  bool operator >=(BigInt other) => compareTo(other) >= 0;
  bool operator ==(Object other) => other is _BigInt && compareTo(other) == 0;

  int get hashCode {
    var hash = isNegative ? 17 : 3;
    for (var i = 0; i < _used; i++) {
      final limb = _limbs[i];
      hash = _mix(_mix(hash, limb & 0xffffffff), limb >>> 32);
    }
    return _finishHash(hash);
  }

  static int _limbBits(int limb) => limb < 0 ? 64 : limb.bitLength;

  int get bitLength {
    if (_used == 0) return 0;
    if (isNegative) return (~this).bitLength;
    return 64 * (_used - 1) + _limbBits(_limbs[_used - 1]);
  }

  BigInt pow(int exponent) {
    if (exponent < 0) {
      throw ArgumentError('Exponent must not be negative: $exponent');
    }
    var result = _one, base = this, left = exponent;
    while (left > 0) {
      if (left.isOdd) result = result * base;
      left >>= 1;
      if (left > 0) base = base * base;
    }
    return result;
  }

  BigInt modPow(BigInt exponent, BigInt modulus) {
    if (exponent.isNegative) {
      throw ArgumentError('exponent must be positive: $exponent');
    }
    if (modulus.sign <= 0) {
      throw ArgumentError('modulus must be strictly positive: $modulus');
    }
    final power = exponent as _BigInt;
    var result = _one % modulus, base = this % modulus;
    for (var i = 0; i < power._used; i++) {
      var bits = power._limbs[i];
      final last = i == power._used - 1;
      for (var n = 0; n < 64 && !(last && bits == 0); n++) {
        if (bits & 1 == 1) result = result * base % modulus;
        bits = bits >>> 1;
        if (!(last && bits == 0)) base = base * base % modulus;
      }
    }
    return result;
  }

  BigInt modInverse(BigInt modulus) {
    if (modulus.sign <= 0) {
      throw ArgumentError('Modulus must be strictly positive: $modulus');
    }
    if (modulus == _one) return _zero;
    BigInt r0 = modulus, r1 = this % modulus, t0 = _zero, t1 = _one;
    while (r1.sign != 0) {
      final q = r0 ~/ r1;
      (r0, r1) = (r1, r0 - q * r1);
      (t0, t1) = (t1, t0 - q * t1);
    }
    if (r0 != _one) throw Exception('Not coprime');
    return t0.isNegative ? t0 + modulus : t0;
  }

  BigInt gcd(BigInt other) {
    BigInt a = abs(), b = other.abs();
    while (b.sign != 0) {
      (a, b) = (b, a.remainder(b));
    }
    return a;
  }

  BigInt toUnsigned(int width) => this & ((_one << width) - _one);

  BigInt toSigned(int width) {
    if (width < 1) throw RangeError.range(width, 1, null, 'width');
    final signBit = _one << (width - 1);
    return (this & (signBit - _one)) - (this & signBit);
  }

  bool get isValidInt =>
      _used == 0 ||
      _used == 1 &&
          (_limbs[0] >= 0 || isNegative && _limbs[0] == -0x7fffffffffffffff - 1);

  int toInt() {
    if (_used == 0) return 0;
    if (isValidInt) return isNegative ? -_limbs[0] : _limbs[0];
    return isNegative ? -0x7fffffffffffffff - 1 : 0x7fffffffffffffff;
  }

  double toDouble() {
    if (_used == 0) return 0.0;
    final bits = 64 * (_used - 1) + _limbBits(_limbs[_used - 1]);
    if (bits <= 62) {
      final value = _limbs[0].toDouble();
      return isNegative ? -value : value;
    }
    if (bits > 1024) return isNegative ? double.negativeInfinity : double.infinity;
    // 62 bits, the lowest of which also says whether any below is set: enough
    // for the one rounding.
    final shift = bits - 62;
    final magnitude = isNegative ? -this : this;
    var top = (magnitude >> shift)._limbs[0];
    final low = shift ~/ 64;
    var sticky = _limbs[low] & ((1 << (shift % 64)) - 1) != 0;
    for (var i = 0; i < low && !sticky; i++) {
      sticky = _limbs[i] != 0;
    }
    if (sticky) top |= 1;
    var value = top.toDouble();
    var left = shift;
    while (left > 0) {
      final step = left > 60 ? 60 : left;
      value *= (1 << step).toDouble();
      left -= step;
    }
    return isNegative ? -value : value;
  }

  String toString() => toRadixString(10);

  String toRadixString(int radix) {
    if (radix < 2 || radix > 36) throw RangeError.range(radix, 2, 36, 'radix');
    if (_used == 0) return '0';
    final digits = _bigToString(_limbs, _used, radix);
    return isNegative ? '-$digits' : digits;
  }
}
