// A method `call` makes an object a function, torn off where one is wanted.
class Add {
  final int n;
  Add(this.n);
  int call(int x, {int times = 1}) => x + n * times;
}

int apply(int f(int x)) => f(10);

void main() {
  final add = Add(5);
  print(add(1));
  print(add(1, times: 3));
  print(add.call(2));
  int Function(int) f = add;
  print(f(3));
  print(apply(add));
  dynamic d = add;
  print(d(4));
  print([1, 2].map(add.call).toList());
}

// expect: 6
// expect: 16
// expect: 7
// expect: 8
// expect: 15
// expect: 9
// expect: [6, 7]
