// A small function means the same wherever its body ends up: arguments are
// evaluated once, in order, before it, and see no later assignment.
final log = <String>[];
int note(int x) {
  log.add('$x');
  return x;
}

int twice(int x) => x + x;
int minus(int x, int y) => x - y;
int larger(int x, int y) => x > y ? x : y;
bool between(int x, int low, int high) => low <= x && x < high;
double half(double x) => x / 2;
num widen(int x) => x;
Object? same(Object? x) => x;
int scale(int x, {int by = 3, int plus = 1}) => x * by + plus;
int optional(int x, [int? y]) => y == null ? x : -x;
double dot(Vec a, Vec b) {
  final x = a.x * b.x;
  final y = a.y * b.y;
  return x + y;
}

class Vec {
  Vec(this.x, this.y);
  Vec.named({required this.y, required this.x}) : sum = x + y;
  final double x, y;
  double sum = 0;
  var count = 7;
  double get length2 => x * x + y * y;
  void keep(double s) => sum = s;
  void both(double s, int n) {
    sum = s;
    count = n;
  }

  Vec operator +(Vec o) => Vec(x + o.x, y + o.y);
  double mixed(double k) => length2 * k - length2;
}

extension on int {
  int get squared => this * this;
  int over(int other) => this - other;
}

class Box<T> {
  Box(this.value);
  T value;
  T get it => value;
}

int factorial(int n) => n < 2 ? 1 : n * factorial(n - 1);
bool isEven(int n) => n == 0 ? true : isOdd(n - 1);
bool isOdd(int n) => n == 0 ? false : isEven(n - 1);
int divide(int a, int b) => a ~/ b;

void main() {
  print(minus(note(1), note(2))); // expect: -1
  print(scale(plus: note(3), note(4), by: note(5))); // expect: 23
  print(log); // expect: [1, 2, 3, 4, 5]
  var i = 5;
  print(minus(i, i = 2)); // expect: 3
  print(minus(i++, i++)); // expect: -1
  i = twice(i);
  print(i); // expect: 8
  i = larger(i, minus(i, 1));
  i = larger(minus(i, 20), i);
  print(i); // expect: 8
  print(between(i, 0, 9) && !between(i, 9, 12)); // expect: true
  print([twice(twice(3)), minus(twice(1), twice(5))]); // expect: [12, -8]
  print(half(3) + half(half(1))); // expect: 1.75
  print(widen(3) is int); // expect: true
  print(same(half(1))); // expect: 0.5
  print([scale(2), scale(2, by: 0), optional(4), optional(4, 1)]);
  // expect: [7, 1, 4, -4]
  final v = Vec(1, 2), w = Vec.named(x: 3, y: 4);
  print('${v.length2} ${w.sum} ${w.count} ${dot(v, w)}');
  // expect: 5.0 7.0 7 11.0
  v.keep(v.length2 * 2);
  print('${v.sum} ${(v + w).x} ${v.mixed(3)}'); // expect: 10.0 4.0 10.0
  v.both(half(5), i);
  print('${v.sum} ${v.count}'); // expect: 2.5 8
  print((3 + 4).squared.over(9)); // expect: 40
  print(Box<int>(4).it + Box(5).value); // expect: 9
  print([factorial(10), isEven(7)]); // expect: [3628800, false]
  var f = 1.5;
  f = half(f) * f + half(f * f);
  print(f); // expect: 2.25
  try {
    divide(1, i - 8);
  } catch (e, s) {
    print('$s'.contains('divide')); // expect: true
  }
}
