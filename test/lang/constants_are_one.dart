// Constants: equal ones are one object; const constructors, maps, sets, records,
// functions, types, strings, symbols; what may be computed while compiling.
enum Level { low, high }

class Point {
  const Point(this.x, this.y);
  const Point.diagonal(int n) : this(n, n);
  const Point.scaled(int n, {int by = 2}) : x = n * by, y = n * by + 1;
  static const origin = Point(0, 0);
  final int x, y;
  Point operator +(Point o) => Point(x + o.x, y + o.y);
}

class Line<T> {
  const Line(this.from, this.to, {this.labels = const []}) : assert(from != to);
  final Point from, to;
  final List<T> labels;
}

class Tagged extends Point {
  const Tagged(super.x, super.y, [this.tag = 'none']);
  final String tag;
}

class Config {
  const Config({required this.name, int? limit, bool isFast = false})
      : limit = limit ?? (isFast ? 10 : 100),
        kind = name == '' ? Level.low : Level.high,
        note = isFast ? 'fast $name' : '$name ${limit ?? 0}';
  final String name, note;
  final int limit;
  final Level kind;
}

typedef Op = int Function(int, int);
int add(int a, int b) => a + b;
T same<T>(T value) => value;

const limits = <String, int>{'a': 1, 'b': 1 << 4, ...{'c': 3}};
const operations = <String, Op>{'add': add};
const isDebug = bool.fromEnvironment('debug');
const environment = String.fromEnvironment('name', defaultValue: 'none');
const numbers = [for_, -for_, ~for_, for_ ~/ 2, for_ % 4, for_ >>> 1];
const for_ = 7;
const text = 'a${for_}b${1.5}${true}${null}';
const nested = {
  'list': [1, [2, [3]]],
  'record': (1, name: 'x'),
  if (for_ > 3) 'big': Point.diagonal(for_) else 'small': null,
};
const int Function(int) intSame = same;
const short = text == '' ? 'empty' : text is String ? 'string' : throw_;
const throw_ = 'never';

List<int> withDefault([List<int> list = const [1, 2]]) => list;
Object make(int x) => Point(x, x);

void main() {
  print(identical(const Point(1, 2), const Point(1, 2))); // expect: true
  print(identical(Point(1, 2), const Point(1, 2))); // expect: false
  print(identical(const Point.diagonal(0), Point.origin)); // expect: true
  print(identical(const Point.scaled(1), const Point(2, 3))); // expect: true
  print(identical(const Tagged(1, 2), const Point(1, 2))); // expect: false
  print(identical(const Tagged(1, 2), const Tagged(1, 2, 'none'))); // expect: true
  print(identical(const <int>[1], const <num>[1])); // expect: false
  print(identical(const [1, 2], withDefault())); // expect: true
  print(identical(withDefault(), withDefault())); // expect: true
  print(identical(const {'a': 1}, const {'a': 1})); // expect: true
  print(identical(const {1, 2}, const {2, 1})); // expect: false
  print(identical(const (1, b: 'x'), const (b: 'x', 1))); // expect: true
  print(identical(make(1), make(1))); // expect: false
  print(identical(const Line<int>(Point.origin, Point(1, 1)),
      const Line<int>(Point(0, 0), Point.diagonal(1)))); // expect: true
  print(identical(const Line<int>(Point.origin, Point(1, 1)),
      const Line<num>(Point.origin, Point(1, 1)))); // expect: false

  const config = Config(name: 'n', isFast: true);
  print((config.limit, config.kind, config.note)); // expect: (10, Level.high, fast n)
  print(const Config(name: '', limit: 5).note); // expect:  5
  print(limits); // expect: {a: 1, b: 16, c: 3}
  print(operations['add']!(2, 3)); // expect: 5
  print((isDebug, environment)); // expect: (false, none)
  print(numbers); // expect: [7, -7, -8, 3, 3, 3]
  print(text); // expect: a7b1.5truenull
  print(short); // expect: string
  print(nested['list']); // expect: [1, [2, [3]]]
  print((nested['big'] as Point).y); // expect: 7
  print(nested.containsKey('small')); // expect: false
  print(identical(nested['record'], const (1, name: 'x'))); // expect: true
  print(intSame(4)); // expect: 4

  // Functions, types, symbols and strings.
  print(identical(add, operations['add'])); // expect: true
  print(identical(same<int>, intSame)); // expect: true
  print(identical(List<int>, List<int>)); // expect: true
  print(identical(#sym, const Symbol('sym'))); // expect: true
  print(identical('a' 'b', 'ab')); // expect: true
  print(identical(Level.values, Level.values)); // expect: true
  print(const {Level.low: 'l', Level.high: 'h'}[Level.values[1]]); // expect: h
  print(identical(1.0, 1)); // expect: false
  print(identical(double.nan, double.nan)); // expect: true
  print(identical(0.0, -0.0)); // expect: false

  // Switches and patterns over constants.
  String where(Object o) => switch (o) {
        Point.origin => 'origin',
        const Point(1, 1) => 'one',
        Point(x: 0) => 'axis',
        const ([1]) => 'constant list',
        [1] => 'list',
        _ => 'else',
      };
  print([Point.origin, Point(0, 0), const Point.diagonal(1), const [1], [1], 2]
      .map(where).toList());
  // expect: [origin, axis, one, constant list, list, else]

  for (final change in <void Function()>[
    () => (const [1] as List).add(2),
    () => withDefault()[0] = 9,
    () => limits['z'] = 0,
    () => const {1}.clear(),
    () => Level.values.clear(),
  ]) {
    try {
      change();
      print('changed');
    } on UnsupportedError {
      print('constant');
    }
  }
  // expect: constant
  // expect: constant
  // expect: constant
  // expect: constant
  // expect: constant
  final list = [const Point(5, 5), const Point.diagonal(5), Point(5, 5)];
  print(list.toSet().length); // expect: 2
}
