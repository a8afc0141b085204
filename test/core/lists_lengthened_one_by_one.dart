// A list whose length is raised by one, many times, takes linear time, and so
// does what is made with ListBase.
import 'dart:collection';

class Own<E> extends ListBase<E> {
  final List<E> _items = [];
  @override
  E operator [](int index) => _items[index];
  @override
  void operator []=(int index, E value) => _items[index] = value;
  @override
  int get length => _items.length;
  @override
  set length(int value) => _items.length = value;
}

void main() {
  final own = Own<int?>();
  for (var i = 0; i < 20000; i++) {
    own.add(i);
  }
  print(own.length); // expect: 20000
  var tested = 0;
  print(own.lastWhere((n) {
    tested++;
    return n! < 19998;
  })); // expect: 19997
  print(tested); // expect: 3
  print(own.lastWhere((n) => n == -1, orElse: () => null)); // expect: null
  final plain = <int?>[];
  plain.length = 3;
  print(plain); // expect: [null, null, null]
}
