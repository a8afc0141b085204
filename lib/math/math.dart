// dart:math.
library dart.math;

part 'point.dart';
part 'random.dart';
part 'rectangle.dart';

const double e = 2.718281828459045;
const double ln10 = 2.302585092994046;
const double ln2 = 0.6931471805599453;
const double log2e = 1.4426950408889634;
const double log10e = 0.4342944819032518;
const double pi = 3.1415926535897932;
const double sqrt1_2 = 0.7071067811865476;
const double sqrt2 = 1.4142135623730951;

T min<T extends num>(T a, T b) {
  if (a < b || a.isNaN) return a;
  if (b < a || b.isNaN) return b;
  // Equal: of two zeros the negative one.
  return a.isNegative ? a : b;
}

T max<T extends num>(T a, T b) {
  if (a > b || a.isNaN) return a;
  if (b > a || b.isNaN) return b;
  // Equal: of two zeros the positive one.
  return a.isNegative ? b : a;
}

num pow(num x, num exponent) {
  if (x is int && exponent is int && exponent >= 0) {
    var result = 1, base = x, left = exponent;
    while (left > 0) {
      if (left & 1 == 1) result *= base;
      left >>= 1;
      base *= base;
    }
    return result;
  }
  return _pow(x.toDouble(), exponent.toDouble());
}

double sqrt(num x) => _sqrt(x.toDouble());
double sin(num radians) => _sin(radians.toDouble());
double cos(num radians) => _cos(radians.toDouble());
double tan(num radians) => _tan(radians.toDouble());
double asin(num x) => _asin(x.toDouble());
double acos(num x) => _acos(x.toDouble());
double atan(num x) => _atan(x.toDouble());
double atan2(num a, num b) => _atan2(a.toDouble(), b.toDouble());
double exp(num x) => _exp(x.toDouble());
double log(num x) => _log(x.toDouble());

external double _sqrt(double x);
external double _pow(double x, double exponent);
external double _sin(double x);
external double _cos(double x);
external double _tan(double x);
external double _asin(double x);
external double _acos(double x);
external double _atan(double x);
external double _atan2(double a, double b);
external double _exp(double x);
external double _log(double x);
