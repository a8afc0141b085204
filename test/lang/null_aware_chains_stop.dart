// A null met by `?.` or `?[` ends the whole chain; nothing after it runs.
class Node {
  Node? next;
  int value = 0;
  Node operator [](int i) => this;
  String twice() => '${value * 2}';
}

int loud(int x) {
  print('argument $x');
  return x;
}

void main() {
  Node? none;
  Node? one = Node()..value = 4;
  print(none?.next?.value);
  print(none?.twice().length);
  print(one?.twice().length);
  none?.value = loud(1);
  one?.value = loud(2);
  print(one?.value);
  none?[loud(3)].value += 1;
  print(one?.next?.value ?? 'end');
  one?..value += 5..next = Node();
  print(one?.value);
  none?..value = loud(4);
  int? n;
  n ??= loud(6);
  n ??= loud(7);
  print(n);
}

// expect: null
// expect: null
// expect: 1
// expect: argument 2
// expect: 2
// expect: end
// expect: 7
// expect: argument 6
// expect: 6
