part of dart.core;

sealed class num implements Comparable<num> {
  static num parse(String input, [num onError(String input)?]) =>
      tryParse(input) ??
      (onError != null
          ? onError(input)
          : throw FormatException('Invalid number', input));

  static num? tryParse(String input) {
    final text = input.trim();
    return int.tryParse(text) ?? double.tryParse(text);
  }

  bool operator ==(Object other);
  int get hashCode;
  int compareTo(num other);
  num operator +(num other);
  num operator -(num other);
  num operator *(num other);
  num operator %(num other);
  double operator /(num other);
  int operator ~/(num other);
  num operator -();
  num remainder(num other);
  bool operator <(num other);
  bool operator <=(num other);
  bool operator >(num other);
  bool operator >=(num other);
  bool get isNaN;
  bool get isNegative;
  bool get isInfinite;
  bool get isFinite;
  num abs();
  num get sign;
  int round();
  int floor();
  int ceil();
  int truncate();
  double roundToDouble();
  double floorToDouble();
  double ceilToDouble();
  double truncateToDouble();
  num clamp(num lowerLimit, num upperLimit);
  int toInt();
  double toDouble();
  String toStringAsFixed(int fractionDigits);
  String toStringAsExponential([int? fractionDigits]);
  String toStringAsPrecision(int precision);
  String toString();
}
