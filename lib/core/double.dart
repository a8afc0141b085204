part of dart.core;

// As in int.dart, typed operands are single instructions.
final class double extends num {
  static const double nan = 0.0 / 0.0;
  static const double infinity = 1.0 / 0.0;
  static const double negativeInfinity = -infinity;
  static const double minPositive = 5e-324;
  static const double maxFinite = 1.7976931348623157e+308;

  static double parse(String source,
          [@deprecated double onError(String source)?]) =>
      tryParse(source) ??
      (onError != null
          ? onError(source)
          : throw FormatException('Invalid double', source));

  external static double? tryParse(String source);

  double operator +(num other) => this + other.toDouble();
  double operator -(num other) => this - other.toDouble();
  double operator *(num other) => this * other.toDouble();
  double operator /(num other) => this / other.toDouble();
  double operator %(num other) => this % other.toDouble();
  int operator ~/(num other) => (this / other.toDouble()).truncate();
  double remainder(num other) => _remainder(other.toDouble());
  external double _remainder(double other);
  double operator -() => -this;

  bool operator <(num other) =>
      other is double ? this < other : (other as int) > this;
  bool operator <=(num other) =>
      other is double ? this <= other : (other as int) >= this;
  bool operator >(num other) =>
      other is double ? this > other : (other as int) < this;
  bool operator >=(num other) =>
      other is double ? this >= other : (other as int) <= this;
  bool operator ==(Object other) =>
      other is double ? this == other : other is int && other == this;

  int compareTo(num other) {
    if (other is int) {
      if (isNaN) return 1;
      return -other.compareTo(this);
    }
    final right = other as double;
    if (this < right) return -1;
    if (this > right) return 1;
    if (this == right) {
      if (this != 0.0 || isNegative == right.isNegative) return 0;
      return isNegative ? -1 : 1;
    }
    return isNaN ? (right.isNaN ? 0 : 1) : -1;
  }

  external int get hashCode;

  bool get isNaN => this != this;
  external bool get isNegative;
  bool get isInfinite => this == infinity || this == negativeInfinity;
  bool get isFinite => this - this == 0.0;

  external double abs();
  double get sign =>
      this > 0.0 ? 1.0 : this < 0.0 ? -1.0 : this; // also zeros and NaN

  int round() => roundToDouble().toInt();
  int floor() => floorToDouble().toInt();
  int ceil() => ceilToDouble().toInt();
  external int truncate();
  external double roundToDouble();
  external double floorToDouble();
  external double ceilToDouble();
  external double truncateToDouble();
  external int toInt();
  double toDouble() => this;

  num clamp(num lowerLimit, num upperLimit) {
    if (lowerLimit.compareTo(upperLimit) > 0) {
      throw ArgumentError('$lowerLimit is greater than $upperLimit');
    }
    if (lowerLimit.isNaN) return lowerLimit;
    if (compareTo(lowerLimit) < 0) return lowerLimit;
    if (compareTo(upperLimit) > 0) return upperLimit;
    return this;
  }

  external String toString();

  String toStringAsFixed(int fractionDigits) {
    if (fractionDigits < 0 || fractionDigits > 20) {
      throw RangeError.range(fractionDigits, 0, 20, 'fractionDigits');
    }
    if (isNaN || this >= 1e21 || this <= -1e21) return toString();
    return _toStringAsFixed(fractionDigits);
  }

  String toStringAsExponential([int? fractionDigits]) {
    if (fractionDigits != null && (fractionDigits < 0 || fractionDigits > 20)) {
      throw RangeError.range(fractionDigits, 0, 20, 'fractionDigits');
    }
    if (!isFinite) return toString();
    return _toStringAsExponential(fractionDigits ?? -1);
  }

  String toStringAsPrecision(int precision) {
    if (precision < 1 || precision > 21) {
      throw RangeError.range(precision, 1, 21, 'precision');
    }
    if (!isFinite) return toString();
    return _toStringAsPrecision(precision);
  }

  external String _toStringAsFixed(int fractionDigits);
  external String _toStringAsExponential(int fractionDigits); // -1: as needed
  external String _toStringAsPrecision(int precision);
}
