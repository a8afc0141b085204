// Lazy pipelines of sync* generators, nested yield*, and early ends.
Iterable<int> naturals([int from = 1]) sync* {
  yield from;
  yield* naturals(from + 1);
}

Iterable<int> range(int from, int to) sync* {
  var i = from;
  try {
    while (i < to) {
      yield i++;
    }
  } finally {
    trace.add('range ended at $i');
  }
}

final trace = <String>[];

Iterable<T> every<T>(Iterable<T> source, int n) sync* {
  var i = 0;
  for (final value in source) {
    if (i++ % n == 0) yield value;
  }
}

Iterable<(A, B)> zip<A, B>(Iterable<A> a, Iterable<B> b) sync* {
  final i = a.iterator, j = b.iterator;
  while (i.moveNext() && j.moveNext()) {
    yield (i.current, j.current);
  }
}

Iterable<List<T>> chunks<T>(Iterable<T> source, int size) sync* {
  var chunk = <T>[];
  for (final value in source) {
    chunk.add(value);
    if (chunk.length == size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.isNotEmpty) yield chunk;
}

sealed class Tree {}

class Leaf extends Tree {}

class Branch extends Tree {
  Branch(this.left, this.value, this.right);
  final Tree left, right;
  final int value;
}

Iterable<int> walk(Tree tree) sync* {
  if (tree case Branch(:final left, :final value, :final right)) {
    yield* walk(left);
    yield value;
    yield* walk(right);
  }
}

Tree insert(Tree tree, int value) => switch (tree) {
      Leaf() => Branch(Leaf(), value, Leaf()),
      Branch(:final left, value: final v, :final right) when value < v =>
        Branch(insert(left, value), v, right),
      Branch(:final left, value: final v, :final right) =>
        Branch(left, v, insert(right, value)),
    };

void main() {
  print(naturals().take(5).toList());
  print(every(range(0, 10), 3).toList());
  print(zip(naturals(), 'abc'.split('')).toList());
  print(chunks(range(0, 5), 2).toList());
  print(range(0, 3).followedBy(range(7, 9)).map((n) => n * n).toList());
  final tree = [5, 2, 8, 1, 9].fold<Tree>(Leaf(), insert);
  print(walk(tree).join(','));
  final numbers = range(0, 100);
  print(numbers.firstWhere((n) => n > 3));
  print(numbers.first);
  print(trace);
  final once = range(0, 2).iterator;
  print([once.moveNext(), once.current, once.moveNext(), once.moveNext()]);
}

// expect: [1, 2, 3, 4, 5]
// expect: [0, 3, 6, 9]
// expect: [(1, a), (2, b), (3, c)]
// expect: [[0, 1], [2, 3], [4]]
// expect: [0, 1, 4, 49, 64]
// expect: 1,2,5,8,9
// expect: 4
// expect: 0
// expect: [range ended at 10, range ended at 5, range ended at 3, range ended at 9]
// expect: [true, 0, true, false]
