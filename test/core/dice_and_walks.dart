// Random numbers checked by what must hold for every generator: bounds, the
// same from the same seed, rough evenness, shuffles, sampling, a walk.
import 'dart:math';

class Bag<T> {
  Bag(Map<T, int> weights) : _items = weights.entries.toList() {
    if (_items.any((e) => e.value < 0)) throw ArgumentError('negative weight');
    _total = _items.fold(0, (sum, e) => sum + e.value);
  }
  final List<MapEntry<T, int>> _items;
  late final int _total;

  T draw(Random random) {
    var at = random.nextInt(_total);
    for (final MapEntry(:key, :value) in _items) {
      if ((at -= value) < 0) return key;
    }
    throw StateError('unreachable');
  }
}

// So many of a stream of unknown length, each as likely as any other.
List<T> reservoir<T>(Iterable<T> items, int size, Random random) {
  final sample = <T>[];
  for (final (i, item) in items.indexed) {
    if (sample.length < size) {
      sample.add(item);
    } else if (random.nextInt(i + 1) case final place when place < size) {
      sample[place] = item;
    }
  }
  return sample;
}

double monteCarloPi(Random random, int count) {
  var inside = 0;
  for (var i = 0; i < count; i++) {
    final x = random.nextDouble(), y = random.nextDouble();
    if (x * x + y * y <= 1) inside++;
  }
  return 4 * inside / count;
}

(Point<int> end, int farthest) walk(Random random, int steps) {
  const ways = [Point(1, 0), Point(-1, 0), Point(0, 1), Point(0, -1)];
  var at = const Point(0, 0), farthest = 0;
  for (var i = 0; i < steps; i++) {
    at += ways[random.nextInt(4)];
    farthest = max(farthest, at.x.abs() + at.y.abs());
  }
  return (at, farthest);
}

// A generator of our own behind the interface.
class Lcg implements Random {
  Lcg(this._state);
  int _state;
  int _next() => _state = (_state * 6364136223846793005 + 1442695040888963407);
  @override
  int nextInt(int max) {
    RangeError.checkValueInInterval(max, 1, 1 << 32, 'max');
    return (_next() >>> 33) % max;
  }

  @override
  double nextDouble() => (_next() >>> 11) / (1 << 53);
  @override
  bool nextBool() => _next() < 0;
}

void main() {
  final a = Random(99), b = Random(99), c = Random(100);
  List<int> ten(Random r) => List.generate(10, (_) => r.nextInt(1000));
  final first = ten(a);
  print('$first' == '${ten(b)}'); // expect: true
  print('$first' == '${ten(c)}'); // expect: false
  print('$first' == '${ten(a)}'); // expect: false

  for (final random in [Random(1), Random(), Random.secure(), Lcg(1)]) {
    final ints = List.generate(400, (_) => random.nextInt(6));
    final doubles = List.generate(400, (_) => random.nextDouble());
    final trues = List.generate(400, (_) => random.nextBool()).where((b) => b).length;
    print([
      ints.every((n) => n >= 0 && n < 6),
      ints.toSet().length == 6,
      doubles.every((d) => d >= 0 && d < 1),
      trues > 100 && trues < 300,
      random.nextInt(1) == 0,
      random.nextInt(1 << 32) >= 0,
    ].every((fine) => fine));
  }
  // expect: true
  // expect: true
  // expect: true
  // expect: true
  for (final bound in [0, -1, (1 << 32) + 1]) {
    try {
      Random(1).nextInt(bound);
    } on RangeError {
      print('out of range');
    }
  }
  // expect: out of range
  // expect: out of range
  // expect: out of range

  final bag = Bag({'common': 9, 'rare': 1, 'never': 0});
  final random = Random(2024), drawn = <String, int>{};
  for (var i = 0; i < 500; i++) {
    drawn.update(bag.draw(random), (n) => n + 1, ifAbsent: () => 1);
  }
  print((drawn.length, drawn['common']! > 5 * drawn['rare']!)); // expect: (2, true)
  final deck = [for (var i = 0; i < 52; i++) i];
  final shuffled = [...deck]..shuffle(Random(5));
  print('${[...deck]..shuffle(Random(5))}' == '$shuffled'); // expect: true
  print(shuffled.toSet().containsAll(deck)); // expect: true
  print(shuffled.indexed.any((e) => e.$1 != e.$2)); // expect: true
  final sample = reservoir(Iterable.generate(300), 10, random);
  print((sample.length, sample.toSet().length)); // expect: (10, 10)
  print(reservoir([1, 2], 5, random)); // expect: [1, 2]
  print((monteCarloPi(random, 1500) - pi).abs() < 0.3); // expect: true
  final (end, farthest) = walk(random, 100);
  print(end.x.abs() + end.y.abs() <= farthest && farthest <= 100); // expect: true
  print((end.x + end.y).isEven); // expect: true

  // Geometry and functions of dart:math.
  const p = Point(3, 4);
  print((p.magnitude, p.distanceTo(const Point(0, 0)), p * 2, p - const Point(1, 1)));
  // expect: (5.0, 5.0, Point(6, 8), Point(2, 3))
  final box = Rectangle.fromPoints(const Point(1, 5), const Point(4, 2));
  print((box.left, box.top, box.width, box.containsPoint(p))); // expect: (1, 2, 3, true)
  print(box.intersection(const Rectangle(3, 3, 5, 5))); // expect: Rectangle (3, 3) 1 x 2
  print([max(1, 2.5), min(-0.0, 0.0), pow(2, 10), pow(2, -1), pow(2.0, 3)]);
  // expect: [2.5, -0.0, 1024, 0.5, 8.0]
  print([sqrt(2).toStringAsFixed(6), atan2(1, -1).toStringAsFixed(4), log(e), exp(0)]);
  // expect: [1.414214, 2.3562, 1.0, 1.0]
  print([sqrt(-1).isNaN, sin(pi / 6).toStringAsPrecision(3), cos(0), tan(0)]);
  // expect: [true, 0.500, 1.0, 0.0]
}
