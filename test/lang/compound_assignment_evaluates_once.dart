// Receiver and index of a compound assignment are evaluated once, in order.
class Box {
  int value = 1;
  int operator [](int i) => i * 10;
  void operator []=(int i, int v) => print('[$i] = $v');
}

Box at(String name, Box box) {
  print(name);
  return box;
}

int index(int i) {
  print('index $i');
  return i;
}

void main() {
  final box = Box();
  at('a', box).value += 2;
  print(box.value);
  print(at('b', box).value++);
  print(++at('c', box).value);
  print(at('d', box)[index(2)] += 1);
  at('e', box)[index(3)]++;
  print(at('f', box)[index(4)]--);
  var x = 5;
  x += x++ + ++x;
  print(x);
  final list = [0, 0];
  var i = 0;
  list[i++] = i;
  list[i] += 5;
  print(list);
}

// expect: a
// expect: 3
// expect: b
// expect: 3
// expect: c
// expect: 5
// expect: d
// expect: index 2
// expect: [2] = 21
// expect: 21
// expect: e
// expect: index 3
// expect: [3] = 31
// expect: f
// expect: index 4
// expect: [4] = 39
// expect: 40
// expect: 17
// expect: [1, 5]
