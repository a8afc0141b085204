// What the iterator of a yield* throws is thrown by the yield*, in the body.
class Bad extends Iterable<int> implements Iterator<int> {
  Bad(this.at);
  final String at;
  int _count = 0;

  @override
  Iterator<int> get iterator =>
      at == 'iterator' ? throw StateError(at) : this;
  @override
  bool moveNext() => at == 'moveNext' && _count > 1
      ? throw StateError(at)
      : _count++ < 3;
  @override
  int get current =>
      at == 'current' && _count == 2 ? throw StateError(at) : _count;
}

Iterable<Object?> generated(String at) sync* {
  try {
    yield* Bad(at);
  } on StateError catch (e) {
    yield e.message;
    yield* [-1, -2];
  } finally {
    yield 'end';
  }
}

Iterable<int> outer() sync* {
  yield 0;
  yield* Bad('current');
}

void main() {
  print(generated('none').toList()); // expect: [1, 2, 3, end]
  print(generated('iterator').toList()); // expect: [iterator, -1, -2, end]
  // expect: [1, 2, moveNext, -1, -2, end]
  print(generated('moveNext').toList());
  print(generated('current').toList()); // expect: [1, current, -1, -2, end]
  try {
    for (final n in outer()) {
      print(n); // expect: 0
      // expect: 1
    }
  } on StateError catch (e) {
    print(e.message); // expect: current
  }
}
