// A function that waits holds what its variables in scope hold, and nothing
// else: not what a block before had, and no operands of statements before.
import 'dart:async';

class Big {
  final data = List<int>.filled(1000, 7);
}

final seen = <String, WeakReference<Object>>{};

T watch<T extends Object>(String name, T value) {
  seen[name] = WeakReference(value);
  return value;
}

Future<int> waiting(Future<void> gate) async {
  var sum = 0;
  {
    final before = watch('in a block', Big());
    sum += before.data.length;
  }
  sum += watch('an operand', Big()).data[0];
  final after = watch('in scope', Big());
  await gate;
  return sum + after.data[1];
}

Iterable<int> counting() sync* {
  {
    final before = watch('in a generator', Big());
    yield before.data.length;
  }
  yield 2;
  yield 3;
}

void makeGarbage() {
  var lists = <List<int>>[];
  for (var i = 0; i < 20000; i++) {
    lists.add(List<int>.filled(20, i));
    if (lists.length > 10) lists = [];
  }
}

Future<void> main() async {
  final gate = Completer<void>();
  final result = waiting(gate.future);
  final numbers = counting().iterator;
  numbers.moveNext();
  print(numbers.current); // expect: 1000
  numbers.moveNext();
  makeGarbage();
  for (final MapEntry(:key, :value) in seen.entries) {
    print('$key: ${value.target == null ? 'gone' : 'there'}');
  }
  // expect: in a block: gone
  // expect: an operand: gone
  // expect: in scope: there
  // expect: in a generator: gone
  gate.complete();
  print(await result); // expect: 1014
  numbers.moveNext();
  print(numbers.current); // expect: 3
}
