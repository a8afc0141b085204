// `.name` is looked up in the class that the context names.
enum Color {
  red(1),
  green(2);

  final int code;
  const Color(this.code);
  static Color get best => green;
}

class Point {
  final int x;
  const Point(this.x);
  const Point.origin() : x = 0;
  static Point parse(String s) => Point(int.parse(s));
  Point get next => Point(x + 1);
}

int code(Color c) => c.code;

void main() {
  Color c = .red;
  print(c == .red);
  print(code(.best));
  Point p = .new(3);
  print(p.x);
  Point? q = const .origin();
  print(q.x);
  Point r = .parse('8').next;
  print(r.x);
  final label = switch (c) {
    .red => 'r',
    .green => 'g',
  };
  print(label);
}

// expect: true
// expect: 2
// expect: 3
// expect: 0
// expect: 9
// expect: r
