// Iterables of our own, laziness, and the whole protocol of Iterator.
class Range extends Iterable<int> {
  const Range(this.start, this.end, [this.step = 1]) : assert(step != 0);
  final int start, end, step;

  @override
  Iterator<int> get iterator => _RangeIterator(this);
  @override
  int get length {
    final span = step > 0 ? end - start : start - end;
    return span <= 0 ? 0 : (span + step.abs() - 1) ~/ step.abs();
  }

  @override
  bool contains(Object? value) =>
      value is int &&
      (step > 0 ? value >= start && value < end : value <= start && value > end) &&
      (value - start) % step == 0;
  @override
  int elementAt(int index) => RangeError.checkValidIndex(index, this) * step + start;
}

class _RangeIterator implements Iterator<int> {
  _RangeIterator(this._range) : _next = _range.start;
  final Range _range;
  int _next;
  int? _current;

  @override
  int get current => _current ?? (throw StateError('before the first'));
  @override
  bool moveNext() {
    final Range(:end, :step) = _range;
    if (step > 0 ? _next >= end : _next <= end) {
      _current = null;
      return false;
    }
    _current = _next;
    _next += step;
    return true;
  }
}

class Node<T> {
  Node(this.value, [this.next]);
  final T value;
  Node<T>? next;
}

class Chain<T> with Iterable<T> {
  Chain(Iterable<T> items) {
    Node<T>? last;
    for (final item in items) {
      final node = Node(item);
      last == null ? _first = node : last.next = node;
      last = node;
    }
  }
  Node<T>? _first;
  @override
  Iterator<T> get iterator => _walk(_first).iterator;
  static Iterable<T> _walk<T>(Node<T>? node) sync* {
    for (; node != null; node = node.next) {
      yield node.value;
    }
  }
}

extension Lazy<T> on Iterable<T> {
  Iterable<List<T>> windows(int size) sync* {
    final window = <T>[];
    for (final item in this) {
      window.add(item);
      if (window.length < size) continue;
      yield [...window];
      window.removeAt(0);
    }
  }

  Iterable<T> interleave(Iterable<T> other) sync* {
    final a = iterator, b = other.iterator;
    var more = true;
    while (more) {
      more = false;
      for (final it in [a, b]) {
        if (it.moveNext()) {
          yield it.current;
          more = true;
        }
      }
    }
  }

  Map<K, List<T>> groupBy<K>(K Function(T) key) {
    final groups = <K, List<T>>{};
    for (final item in this) {
      (groups[key(item)] ??= []).add(item);
    }
    return groups;
  }

  Iterable<T> tapped(void Function(T) look) => map((item) {
        look(item);
        return item;
      });
}

Iterable<int> primes() sync* {
  final found = <int>[];
  for (final n in naturals(2)) {
    if (found.takeWhile((p) => p * p <= n).every((p) => n % p != 0)) {
      found.add(n);
      yield n;
    }
  }
}

Iterable<int> naturals([int from = 0]) sync* {
  yield from;
  yield* Iterable.generate(1 << 40, (i) => from + i + 1);
}

Iterable<List<T>> permutations<T>(List<T> items) sync* {
  if (items.length < 2) {
    yield items;
    return;
  }
  for (final (i, first) in items.indexed) {
    final rest = [...items]..removeAt(i);
    yield* permutations(rest).map((p) => [first, ...p]);
  }
}

void main() {
  print(const Range(0, 10, 3)); // expect: (0, 3, 6, 9)
  print(Range(5, 0, -2).toList()); // expect: [5, 3, 1]
  print([Range(0, 10, 3).length, Range(5, 0, -2).length, Range(3, 3).length]);
  // expect: [4, 3, 0]
  print((Range(0, 10, 3).contains(6), Range(0, 10, 3).contains(7))); // expect: (true, false)
  print((Range(1, 4).last, Range(10, 20).elementAt(3))); // expect: (3, 13)
  final iterator = Range(7, 8).iterator;
  try {
    iterator.current;
  } on StateError catch (error) {
    print(error.message); // expect: before the first
  }
  print([iterator.moveNext(), iterator.current, iterator.moveNext()]);
  // expect: [true, 7, false]
  try {
    Range(0, 3).elementAt(3);
  } on RangeError {
    print('out of range'); // expect: out of range
  }

  final chain = Chain('lists'.split(''));
  print((chain.length, chain.first, chain.last, chain.toSet()));
  // expect: (5, l, s, {l, i, s, t})
  print(chain.skip(1).followedBy(['!']).join()); // expect: ists!
  print(chain); // expect: (l, i, s, t, s)
  print(Range(0, 1000)); // expect: (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, ...)

  print(primes().take(10).toList()); // expect: [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
  print(primes().skipWhile((p) => p < 1000).first); // expect: 1009
  print(naturals().map((n) => n * n).where((n) => n % 7 == 2).take(4)); // expect: (9, 16, 100, 121)
  print(permutations([1, 2, 3]).map((p) => p.join()).toList());
  // expect: [123, 132, 213, 231, 312, 321]
  print(permutations('abcd'.split('')).elementAt(23).join()); // expect: dcba
  print(Range(1, 6).windows(3).toList()); // expect: [[1, 2, 3], [2, 3, 4], [3, 4, 5]]
  print([1, 3].interleave([2, 4, 6, 8]).toList()); // expect: [1, 2, 3, 4, 6, 8]
  print(['apple', 'avocado', 'beet', 'bean'].groupBy((w) => w[0]));
  // expect: {a: [apple, avocado], b: [beet, bean]}

  // Nothing is computed before it is asked for, and again each time.
  final seen = <int>[];
  final lazy = Range(0, 5).tapped(seen.add).where((n) => n.isOdd);
  print(seen); // expect: []
  print((lazy.first, seen)); // expect: (1, [0, 1])
  print((lazy.toList(), seen.length)); // expect: ([1, 3], 7)
  final kept = lazy.toList(growable: false);
  print((kept.length, seen.length)); // expect: (2, 12)

  // Folding and searching.
  print(Range(1, 6).reduce((a, b) => a * b)); // expect: 120
  print(chain.fold<Map<String, int>>({}, (m, c) => m..update(c, (n) => n + 1, ifAbsent: () => 1)));
  // expect: {l: 1, i: 1, s: 2, t: 1}
  print(Range(0, 9).firstWhere((n) => n > 10, orElse: () => -1)); // expect: -1
  print(Range(0, 9).lastWhere((n) => n % 4 == 0)); // expect: 8
  for (final f in <int Function()>[
    () => Range(0, 0).first,
    () => Range(0, 2).single,
    () => Range(0, 9).singleWhere((n) => n > 3),
    () => Range(0, 0).reduce((a, b) => a),
  ]) {
    try {
      print(f());
    } on StateError catch (error) {
      print(error.message);
    }
  }
  // expect: No element
  // expect: Too many elements
  // expect: Too many elements
  // expect: No element
  print([[1, 2], <int>[], [3]].expand((l) => l).toList()); // expect: [1, 2, 3]
  print([1, 'a', 2.5, null].whereType<num>().toList()); // expect: [1, 2.5]
  print([3, null, 4].nonNulls.last); // expect: 4
  print(<num>[1, 2].cast<int>().map((n) => n.isEven)); // expect: (false, true)
  print(Iterable.castFrom<Object, int>([1]) is Iterable<int>); // expect: true
}
