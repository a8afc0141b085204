// A late local's initialiser may be run by a closure that reads the variable:
// it sees `this`, type parameters, other variables as they are by then, and may
// declare variables and closures of its own.
class Box<T> {
  int n = 7;

  void read() {
    var x = 1;
    late final y = x + n;
    late final list = <T>[];
    late final self = (() => this)();
    final closure = () => y;
    x = 5;
    print(closure()); // expect: 12
    print((() => () => list)()().runtimeType); // expect: List<String>
    final me = () => self;
    print(identical(me(), this)); // expect: true
    late final int z = n++;
    int f() => z;
    print([f, f].map((g) => g()).toList()); // expect: [7, 7]
    print(n); // expect: 8
  }

  void types<S>() {
    late final Map<S, T> map = {};
    final closure = () => () => map;
    print(closure()() is Map<double, String>); // expect: true
  }
}

void main() {
  Box<String>()
    ..read()
    ..types<double>();

  var x = 1;
  final list = [1, 2];
  late final first = switch (list) { [final a, ...] => a + x, _ => 0 };
  final adders = () => [for (var i = 0; i < 2; i++) () => first + i];
  x = 7;
  print(adders().map((f) => f()).toList()); // expect: [8, 9]
  late final counter = () {
    var n = x;
    return () => n++;
  }();
  int count() => counter();
  print([count(), count(), x]); // expect: [7, 8, 7]
  late final makers = [for (final e in list) () => e + x];
  final sums = () => makers.map((f) => f()).toList();
  x = 100;
  print(sums()); // expect: [101, 102]
  late int once = x++;
  int a() => once;
  int b() => once;
  print([a(), b(), x]); // expect: [100, 100, 101]
  late final total = list.fold(0, (sum, e) => sum + e + x);
  void inner() {
    x = 0;
    print(total); // expect: 3
  }

  inner();
  late final half = 1 / 2;
  print((() => half * 2)()); // expect: 1.0
  late String text = throw StateError('not made');
  final attempt = () => text;
  for (var i = 0; i < 2; i++) {
    try {
      attempt();
    } on StateError catch (error) {
      print(error.message);
      if (i == 0) continue;
      text = 'given';
    }
  }
  // expect: not made
  // expect: not made
  print(attempt()); // expect: given
}
