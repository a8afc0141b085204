// Rational numbers and polynomials over them, with operators.
class Rational implements Comparable<Rational> {
  factory Rational(int numerator, [int denominator = 1]) {
    if (denominator == 0) throw ArgumentError.value(0, 'denominator');
    final sign = denominator.isNegative ? -1 : 1;
    final divisor = numerator.gcd(denominator);
    return Rational._(
        sign * numerator ~/ divisor, sign * denominator ~/ divisor);
  }
  const Rational._(this.numerator, this.denominator);

  static const zero = Rational._(0, 1), one = Rational._(1, 1);
  final int numerator, denominator;

  Rational operator +(Rational o) => Rational(
      numerator * o.denominator + o.numerator * denominator,
      denominator * o.denominator);
  Rational operator -() => Rational._(-numerator, denominator);
  Rational operator -(Rational o) => this + -o;
  Rational operator *(Rational o) =>
      Rational(numerator * o.numerator, denominator * o.denominator);
  Rational operator /(Rational o) =>
      Rational(numerator * o.denominator, denominator * o.numerator);
  bool operator <(Rational o) => compareTo(o) < 0;

  bool get isZero => numerator == 0;

  @override
  int compareTo(Rational o) =>
      (numerator * o.denominator).compareTo(o.numerator * denominator);
  @override
  bool operator ==(Object o) =>
      o is Rational && o.numerator == numerator && o.denominator == denominator;
  @override
  int get hashCode => Object.hash(numerator, denominator);
  @override
  String toString() =>
      denominator == 1 ? '$numerator' : '$numerator/$denominator';
}

extension on int {
  Rational get r => Rational(this);
  Rational over(int denominator) => Rational(this, denominator);
}

class Polynomial {
  Polynomial(List<Rational> coefficients)
      : _c = List.unmodifiable(coefficients
            .take(coefficients.lastIndexWhere((c) => !c.isZero) + 1));
  Polynomial.ints(List<int> coefficients)
      : this([for (final c in coefficients) c.r]);

  final List<Rational> _c; // from the constant up

  int get degree => _c.length - 1;
  Rational operator [](int i) => i < _c.length ? _c[i] : Rational.zero;

  Polynomial operator +(Polynomial o) => Polynomial([
        for (var i = 0; i <= degree || i <= o.degree; i++) this[i] + o[i]
      ]);
  Polynomial operator -() => Polynomial([for (final c in _c) -c]);
  Polynomial operator -(Polynomial o) => this + -o;
  Polynomial operator *(Polynomial o) {
    final product = List.filled(_c.length + o._c.length, Rational.zero);
    for (final (i, a) in _c.indexed) {
      for (final (j, b) in o._c.indexed) {
        product[i + j] += a * b;
      }
    }
    return Polynomial(product);
  }

  (Polynomial, Polynomial) divide(Polynomial o) {
    if (o.degree < 0) throw UnsupportedError('division by zero polynomial');
    var rest = this, quotient = Polynomial(const []);
    while (rest.degree >= o.degree) {
      final shift = rest.degree - o.degree;
      final term = Polynomial([
        ...List.filled(shift, Rational.zero),
        rest[rest.degree] / o[o.degree],
      ]);
      quotient += term;
      rest -= term * o;
    }
    return (quotient, rest);
  }

  Polynomial operator ~/(Polynomial o) => divide(o).$1;
  Polynomial operator %(Polynomial o) => divide(o).$2;

  Rational call(Rational x) =>
      _c.reversed.fold(Rational.zero, (sum, c) => sum * x + c);

  Polynomial get derivative => Polynomial(
      [for (final (i, c) in _c.indexed.skip(1)) c * i.r]);

  @override
  String toString() {
    if (_c.isEmpty) return '0';
    final terms = <String>[];
    for (final (i, c) in _c.indexed.toList().reversed) {
      if (c.isZero) continue;
      final power = switch (i) { 0 => '', 1 => 'x', _ => 'x^$i' };
      final size = c < Rational.zero ? -c : c;
      final factor = size == Rational.one && i > 0 ? '' : '$size';
      final sign = c < Rational.zero ? '-' : (terms.isEmpty ? '' : '+');
      terms.add('$sign$factor$power');
    }
    return terms.join(' ');
  }
}

void main() {
  print(6.over(-8)); // expect: -3/4
  print([1.over(2), 1.over(3), (-1).r, 2.over(5)]..sort());
  // expect: [-1, 1/3, 2/5, 1/2]
  print({1.over(2), 2.over(4), 3.over(6)}.length); // expect: 1
  print(1.over(3) + 1.over(6) - 1.over(2)); // expect: 0
  try {
    1.r / Rational.zero;
  } on ArgumentError catch (error) {
    print(error); // expect: Invalid argument (denominator): 0
  }

  final p = Polynomial.ints([-6, 11, -6, 1]);
  final q = Polynomial.ints([-1, 1]);
  print(p); // expect: x^3 -6x^2 +11x -6
  print(p * q); // expect: x^4 -7x^3 +17x^2 -17x +6
  print(p ~/ q); // expect: x^2 -5x +6
  print(p % q); // expect: 0
  print([for (var i = 0; i < 5; i++) p(i.r)]); // expect: [-6, 0, 0, 0, 6]
  print(p(1.over(2))); // expect: -15/8
  print(p.derivative); // expect: 3x^2 -12x +11
  final (quotient, rest) =
      Polynomial.ints([1, 0, 0, 1]).divide(Polynomial.ints([1, 2]));
  print('$quotient; $rest'); // expect: 1/2x^2 -1/4x +1/8; 7/8
  print((p - p).degree); // expect: -1
  try {
    p ~/ (q - q);
  } on UnsupportedError catch (error) {
    print(error.message); // expect: division by zero polynomial
  }
}
