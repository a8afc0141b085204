// A Lisp with closures, tail of `if`, quoting, and macros as Dart functions.
sealed class Expr {
  const Expr();
}

final class Num extends Expr {
  const Num(this.value);
  final num value;
  @override
  String toString() => '$value';
}

final class Sym extends Expr {
  factory Sym(String name) => _all[name] ??= Sym._(name);
  const Sym._(this.name);
  static final _all = <String, Sym>{};
  final String name;
  @override
  String toString() => name;
}

final class Cons extends Expr {
  const Cons(this.items);
  final List<Expr> items;
  @override
  String toString() => '(${items.join(' ')})';
}

typedef Builtin = Expr Function(List<Expr> arguments);

final class Fn extends Expr {
  const Fn(this.name, this.call);
  final String name;
  final Builtin call;
  @override
  String toString() => '<$name>';
}

class LispError implements Exception {
  const LispError(this.message);
  final String message;
  @override
  String toString() => 'LispError: $message';
}

List<Expr> parse(String source) {
  final words = RegExp(r"""[()']|[^\s()']+""")
      .allMatches(source)
      .map((m) => m[0]!)
      .iterator;
  Expr one() => switch (words.current) {
        '(' => Cons([
            for (words.moveNext(); words.current != ')'; words.moveNext()) one()
          ]),
        ')' => throw const LispError('unexpected )'),
        "'" when words.moveNext() => Cons([Sym('quote'), one()]),
        final word => switch (num.tryParse(word)) {
            final value? => Num(value),
            null => Sym(word),
          },
      };
  return [for (; words.moveNext();) one()];
}

class Env {
  Env([this._outer]);
  final Env? _outer;
  final Map<Sym, Expr> _values = {};

  Expr operator [](Sym name) {
    for (Env? env = this; env != null; env = env._outer) {
      if (env._values[name] case final value?) return value;
    }
    throw LispError('unbound $name');
  }

  void operator []=(Sym name, Expr value) => _values[name] = value;
}

const nil = Cons([]);
final t = Sym('t');
bool truth(Expr e) => e is! Cons || e.items.isNotEmpty;

Expr eval(Expr e, Env env) {
  switch (e) {
    case Num() || Fn():
      return e;
    case Sym():
      return env[e];
    case Cons(items: []):
      return nil;
    case Cons(items: [Sym(name: 'quote'), final quoted]):
      return quoted;
    case Cons(items: [Sym(name: 'if'), final test, final yes, ...final no]):
      return truth(eval(test, env))
          ? eval(yes, env)
          : no.isEmpty
              ? nil
              : eval(no.single, env);
    case Cons(items: [Sym(name: 'def'), final Sym name, final value]):
      return env[name] = eval(value, env);
    case Cons(
        items: [Sym(name: 'fn'), Cons(items: final names), final body]
      ):
      return Fn('closure', (arguments) {
        if (arguments.length != names.length) {
          throw LispError('wants ${names.length}, not ${arguments.length}');
        }
        final inner = Env(env);
        for (final (i, name) in names.indexed) {
          inner[name as Sym] = arguments[i];
        }
        return eval(body, inner);
      });
    case Cons(items: [final head, ...final rest]):
      return switch (eval(head, env)) {
        Fn(:final call) => call([for (final a in rest) eval(a, env)]),
        final other => throw LispError('$other is no function'),
      };
  }
}

Fn arithmetic(String name, num Function(num, num) f) =>
    Fn(name, (a) => Num(a.map((e) => (e as Num).value).reduce(f)));

Env standard() {
  final env = Env();
  void add(Fn fn) => env[Sym(fn.name)] = fn;
  add(arithmetic('+', (a, b) => a + b));
  add(arithmetic('-', (a, b) => a - b));
  add(arithmetic('*', (a, b) => a * b));
  add(Fn('<', (a) => switch (a) {
        [Num(value: final x), Num(value: final y)] => x < y ? t : nil,
        _ => throw const LispError('< compares two numbers'),
      }));
  add(Fn('list', (a) => Cons(a)));
  add(Fn('car', (a) => (a.single as Cons).items.first));
  add(Fn('cdr', (a) => Cons((a.single as Cons).items.skip(1).toList())));
  add(Fn('cons', (a) => Cons([a[0], ...(a[1] as Cons).items])));
  env[t] = t;
  return env;
}

void main() {
  final env = standard();
  void run(String source) {
    try {
      print([for (final e in parse(source)) eval(e, env)].last);
    } on LispError catch (error) {
      print(error);
    }
  }

  run('(+ 1 2 (* 3 4.5))'); // expect: 16.5
  run("'(a (b 1) ())"); // expect: (a (b 1) ())
  run('(def fact (fn (n) (if (< n 2) 1 (* n (fact (- n 1)))))) (fact 15)');
  // expect: 1307674368000
  run('(def map (fn (f l) (if l (cons (f (car l)) (map f (cdr l))) ())))'
      "(map (fn (x) (* x x)) '(1 2 3 4))");
  // expect: (1 4 9 16)
  run('(def adder (fn (n) (fn (x) (+ x n)))) ((adder 10) 32)'); // expect: 42
  run('(def compose (fn (f g) (fn (x) (f (g x)))))'
      '((compose (adder 1) (fn (x) (* x 2))) 20)'); // expect: 41
  run('map'); // expect: <closure>
  run('(if (< 2 1) 1)'); // expect: ()
  run('(missing 1)'); // expect: LispError: unbound missing
  run('((adder 1))'); // expect: LispError: wants 1, not 0
  run('(1 2)'); // expect: LispError: 1 is no function
  run("(< 'a 1)"); // expect: LispError: < compares two numbers
  run(')'); // expect: LispError: unexpected )
  print(identical(parse('abc').single, Sym('abc'))); // expect: true
}
