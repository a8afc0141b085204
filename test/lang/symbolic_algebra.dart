// Derivatives and simplification of sealed expressions by nested patterns.
sealed class Expr {
  const Expr();
  static const x = Variable('x'), y = Variable('y');

  Expr operator +(Expr o) => Sum(this, o);
  Expr operator *(Expr o) => Product(this, o);
  Expr operator -(Expr o) => this + const Constant(-1) * o;
  Expr pow(int n) => Power(this, n);
}

class Constant extends Expr {
  const Constant(this.value);
  final num value;
}

class Variable extends Expr {
  const Variable(this.name);
  final String name;
}

class Sum extends Expr {
  const Sum(this.left, this.right);
  final Expr left, right;
}

class Product extends Expr {
  const Product(this.left, this.right);
  final Expr left, right;
}

class Power extends Expr {
  const Power(this.base, this.exponent);
  final Expr base;
  final int exponent;
}

class Call extends Expr {
  const Call(this.function, this.argument);
  final Function1 function;
  final Expr argument;
}

enum Function1 { sin, cos, exp }

extension on num {
  Expr get c => Constant(this);
}

bool same(Expr a, Expr b) => switch ((a, b)) {
      (Constant(value: final m), Constant(value: final n)) => m == n,
      (Variable(name: final m), Variable(name: final n)) => m == n,
      (Sum(left: var a1, right: var a2), Sum(left: var b1, right: var b2)) ||
      (Product(left: var a1, right: var a2),
            Product(left: var b1, right: var b2)) =>
        same(a1, b1) && same(a2, b2),
      (Power(base: var p, exponent: var m), Power(base: var q, exponent: var n)) =>
        m == n && same(p, q),
      (Call(function: var f, argument: var p), Call(function: var g, argument: var q)) =>
        f == g && same(p, q),
      _ => false,
    };

Expr derive(Expr e, Variable by) => switch (e) {
      Constant() => 0.c,
      Variable(:final name) => (name == by.name ? 1 : 0).c,
      Sum(:final left, :final right) => derive(left, by) + derive(right, by),
      Product(:final left, :final right) =>
        derive(left, by) * right + left * derive(right, by),
      Power(exponent: 0) => 0.c,
      Power(:final base, :final exponent) =>
        exponent.c * base.pow(exponent - 1) * derive(base, by),
      Call(function: Function1.sin, :final argument) =>
        Call(Function1.cos, argument) * derive(argument, by),
      Call(function: Function1.cos, :final argument) =>
        (-1).c * Call(Function1.sin, argument) * derive(argument, by),
      Call(function: Function1.exp, :final argument) =>
        e * derive(argument, by),
    };

Expr step(Expr e) => switch (e) {
      Sum(left: Constant(value: final a), right: Constant(value: final b)) =>
        (a + b).c,
      Sum(left: Constant(value: 0), right: final rest) ||
      Sum(left: final rest, right: Constant(value: 0)) =>
        rest,
      Sum(:final left, :final right) when same(left, right) => 2.c * left,
      Product(left: Constant(value: final a), right: Constant(value: final b)) =>
        (a * b).c,
      Product(left: Constant(value: 0)) || Product(right: Constant(value: 0)) =>
        0.c,
      Product(left: Constant(value: 1), right: final rest) ||
      Product(left: final rest, right: Constant(value: 1)) =>
        rest,
      Product(:final left, right: Constant() && final number) => number * left,
      Product(
        left: Constant(value: final a),
        right: Product(left: Constant(value: final b), :final right)
      ) =>
        (a * b).c * right,
      Product(:final left, right: Product(left: Constant() && final n, :final right)) =>
        n * (left * right),
      Product(:final left, :final right) when same(left, right) => left.pow(2),
      Power(exponent: 0) => 1.c,
      Power(exponent: 1, :final base) => base,
      Power(base: Constant(value: final b), :final exponent) =>
        List.filled(exponent, b).fold<num>(1, (p, b) => p * b).c,
      Call(function: Function1.exp || Function1.cos, argument: Constant(value: 0)) =>
        1.c,
      Call(function: Function1.sin, argument: Constant(value: 0)) => 0.c,
      _ => e,
    };

Expr simplify(Expr e) {
  final inner = switch (e) {
    Sum(:final left, :final right) => simplify(left) + simplify(right),
    Product(:final left, :final right) => simplify(left) * simplify(right),
    Power(:final base, :final exponent) => simplify(base).pow(exponent),
    Call(:final function, :final argument) => Call(function, simplify(argument)),
    Constant() || Variable() => e,
  };
  final next = step(inner);
  return identical(next, inner) ? inner : simplify(next);
}

String show(Expr e, [int outer = 0]) {
  final (text, level) = switch (e) {
    Constant(:final value) => ('$value', value < 0 ? 1 : 3),
    Variable(:final name) => (name, 3),
    Sum(:final left, :final right) => ('${show(left)} + ${show(right)}', 0),
    Product(:final left, :final right) => (
        '${show(left, 1)}*${show(right, 1)}',
        1
      ),
    Power(:final base, :final exponent) => ('${show(base, 3)}^$exponent', 2),
    Call(:final function, :final argument) => (
        '${function.name}(${show(argument)})',
        3
      ),
  };
  return level < outer ? '($text)' : text;
}

void main() {
  const x = Expr.x, y = Expr.y;
  print(show((x + 1.c) * (x - 2.c))); // expect: (x + 1)*(x + -1*2)
  print(show(simplify(x * 1.c + 0.c * y))); // expect: x
  print(show(simplify(x + x))); // expect: 2*x
  print(show(simplify(3.c * (4.c * x)))); // expect: 12*x
  print(show(simplify(x * (5.c * y)))); // expect: 5*x*y
  print(show(simplify((2.c + 3.c).pow(3)))); // expect: 125
  for (final e in [
    x.pow(3),
    x.pow(2) * y,
    Call(Function1.sin, 2.c * x),
    Call(Function1.exp, x.pow(2)),
    Call(Function1.cos, y),
    (x + 1.c).pow(2),
  ]) {
    print('${show(e)} -> ${show(simplify(derive(e, x)))}');
  }
  // expect: x^3 -> 3*x^2
  // expect: x^2*y -> 2*x*y
  // expect: sin(2*x) -> 2*cos(2*x)
  // expect: exp(x^2) -> 2*exp(x^2)*x
  // expect: cos(y) -> 0
  // expect: (x + 1)^2 -> 2*(x + 1)
  var e = x.pow(4);
  final derivatives = [
    for (var i = 0; i < 5; i++) show(e = simplify(derive(e, x)))
  ];
  print(derivatives); // expect: [4*x^3, 12*x^2, 24*x, 24, 0]
  print(same(x + y, x + y) && !same(x + y, y + x)); // expect: true
}
