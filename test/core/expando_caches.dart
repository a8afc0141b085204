// Caches: memoized functions of several arguments, hidden fields by Expando,
// weak values, one made by time, and the same by a generic decorator.
import 'dart:collection';

R Function(A) memoize<A, R>(R Function(A) f, {Map<A, R>? into}) {
  final known = into ?? <A, R>{};
  return (a) => known.putIfAbsent(a, () => f(a));
}

// For functions that call themselves: f gets the memoized one.
R Function(A) memoizeRecursive<A, R>(R Function(R Function(A) self, A) f) {
  late final R Function(A) self;
  self = memoize((a) => f(self, a));
  return self;
}

class Graph {
  Graph(this.name);
  final String name;
  final List<Graph> parts = [];
}

class Annotations {
  final _sizes = Expando<int>('size');
  int computed = 0;
  int sizeOf(Graph graph) => _sizes[graph] ??= _measure(graph);
  int _measure(Graph graph) {
    computed++;
    return 1 + graph.parts.fold(0, (n, p) => n + sizeOf(p));
  }

  void forget(Graph graph) => _sizes[graph] = null;
}

class WeakCache<K, V extends Object> {
  WeakCache(this._make);
  final V Function(K) _make;
  final _entries = HashMap<K, WeakReference<V>>();
  V operator [](K key) {
    if (_entries[key]?.target case final known?) return known;
    final made = _make(key);
    _entries[key] = WeakReference(made);
    return made;
  }

  int get length => _entries.length;
}

class TimedCache<K, V> {
  TimedCache(this.lifetime, this._now);
  final Duration lifetime;
  final DateTime Function() _now;
  final _entries = <K, (V, DateTime)>{};

  V get(K key, V Function() make) {
    final now = _now();
    if (_entries[key] case (final value, final at)?
        when now.difference(at) < lifetime) {
      return value;
    }
    final value = make();
    _entries[key] = (value, now);
    return value;
  }

  void sweep() {
    final now = _now();
    _entries.removeWhere((_, entry) => now.difference(entry.$2) >= lifetime);
  }
}

class Interned {
  factory Interned(String text) => _all.putIfAbsent(text, () => Interned._(text));
  Interned._(this.text);
  static final _all = <String, Interned>{};
  final String text;
}

void main() {
  var calls = 0;
  final square = memoize((int n) {
    calls++;
    return n * n;
  });
  print([square(4), square(4), square(5), calls]); // expect: [16, 16, 25, 2]
  final fibonacci = memoizeRecursive<int, BigInt>((self, n) =>
      n < 2 ? BigInt.from(n) : self(n - 1) + self(n - 2));
  print(fibonacci(90)); // expect: 2880067194370816120
  final paths = memoizeRecursive<(int, int), int>((self, cell) => switch (cell) {
        (0, _) || (_, 0) => 1,
        (final x, final y) => self((x - 1, y)) + self((x, y - 1)),
      });
  print(paths((10, 10))); // expect: 184756
  final order = LinkedHashMap<String, int>();
  final lengths = memoize((String s) => s.length, into: order);
  ['bb', 'a', 'bb'].map(lengths).toList();
  print(order); // expect: {bb: 2, a: 1}
  final failing = memoize<int, int>((n) => n == 0 ? throw StateError('zero') : n);
  for (var i = 0; i < 2; i++) {
    try {
      failing(0);
    } on StateError {
      calls++;
    }
  }
  print(calls); // expect: 4

  final leaf = Graph('leaf');
  final tree = Graph('tree')..parts.addAll([leaf, Graph('other')..parts.add(leaf)]);
  final notes = Annotations();
  print((notes.sizeOf(tree), notes.computed)); // expect: (4, 3)
  print((notes.sizeOf(tree), notes.computed)); // expect: (4, 3)
  notes.forget(tree);
  print((notes.sizeOf(tree), notes.computed)); // expect: (4, 4)
  print(Annotations().sizeOf(leaf)); // expect: 1
  final marks = Expando<String>();
  const constant = [1];
  marks[constant] = 'constant';
  marks[main] = 'function';
  print((marks[const [1]], marks[main], marks[<int>[1]])); // expect: (constant, function, null)

  final weak = WeakCache<String, List<String>>((key) => [key]);
  final kept = weak['a']..add('kept');
  for (var i = 0; i < 50; i++) {
    weak['b$i'];
  }
  print((identical(weak['a'], kept), weak['a'])); // expect: (true, [a, kept])
  print((weak.length, weak['b7'])); // expect: (51, [b7])

  var now = DateTime.utc(2024);
  final timed = TimedCache<String, int>(const Duration(minutes: 5), () => now);
  var made = 0;
  int ask() => timed.get('k', () => ++made);
  print([ask(), ask()]); // expect: [1, 1]
  now = now.add(const Duration(minutes: 4, seconds: 59));
  print(ask()); // expect: 1
  now = now.add(const Duration(seconds: 1));
  print(ask()); // expect: 2
  now = now.add(const Duration(hours: 1));
  timed.sweep();
  print(timed._entries.isEmpty); // expect: true
  print(identical(Interned('x'), Interned('x'))); // expect: true
  print(identical(Interned('x'), Interned('y'))); // expect: false
}
