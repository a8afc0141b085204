// Records: equality, hashing, named fields in any order, several results,
// swapping, patterns over tuples, a game of life on a set of cells.
typedef Cell = (int, int);
typedef Span = ({int from, int to});

extension on Cell {
  Iterable<Cell> get around sync* {
    for (var dx = -1; dx < 2; dx++) {
      for (var dy = -1; dy < 2; dy++) {
        if ((dx, dy) != (0, 0)) yield ($1 + dx, $2 + dy);
      }
    }
  }
}

Set<Cell> generation(Set<Cell> live) {
  final counts = <Cell, int>{};
  for (final cell in live.expand((c) => c.around)) {
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return {
    for (final MapEntry(key: cell, value: n) in counts.entries)
      if (n == 3 || n == 2 && live.contains(cell)) cell
  };
}

Iterable<String> draw(Set<Cell> live, int width, int height) =>
    Iterable.generate(height, (y) => [
          for (var x = 0; x < width; x++) live.contains((x, y)) ? '#' : '.'
        ].join());

(T, T) extremes<T extends Comparable<Object>>(Iterable<T> items) =>
    items.skip(1).fold((items.first, items.first), (range, item) => (
          item.compareTo(range.$1) < 0 ? item : range.$1,
          item.compareTo(range.$2) > 0 ? item : range.$2,
        ));

({double mean, double deviation, int count}) statistics(List<num> values) {
  final count = values.length;
  final mean = values.fold(0.0, (s, v) => s + v) / count;
  final squares = values.fold(0.0, (s, v) => s + (v - mean) * (v - mean));
  return (count: count, mean: mean, deviation: squares / count);
}

List<Span> merged(List<Span> spans) {
  final result = <Span>[];
  for (final span in [...spans]..sort((a, b) => a.from - b.from)) {
    if (result.lastOrNull case (:final from, :final to)? when span.from <= to) {
      result.last = (from: from, to: to > span.to ? to : span.to);
    } else {
      result.add(span);
    }
  }
  return result;
}

String play(String first, String second) => switch ((first, second)) {
      (final a, final b) when a == b => 'draw',
      ('rock', 'scissors') ||
      ('paper', 'rock') ||
      ('scissors', 'paper') =>
        'first',
      ('rock' || 'paper' || 'scissors', 'rock' || 'paper' || 'scissors') =>
        'second',
      (_, _) => 'what?',
    };

(int, {String? rest}) digits(String text) {
  final end = text.split('').indexWhere((c) => !'0123456789'.contains(c));
  return end < 0
      ? (int.parse(text), rest: null)
      : (int.parse('0${text.substring(0, end)}'), rest: text.substring(end));
}

void main() {
  print((1, 'a') == (1, 'a')); // expect: true
  print((a: 1, b: 2) == (b: 2, a: 1)); // expect: true
  print(((1, 2), x: 3).hashCode == ((1, 2), x: 3).hashCode); // expect: true
  print(<Object>{(1, 2), (2, 1), (1, 2), (1, 2, 3), (x: 1, 2)}.length); // expect: 4
  print(identical(const (1, x: 'c'), const (1, x: 'c'))); // expect: true
  print((1, 2.5) is (num, num)); // expect: true
  print((1, 2) is (int, String)); // expect: false
  print((name: 'x', 1).runtimeType); // expect: (int, {String name})
  print(('a', b: [1], c: (2,))); // expect: (a, b: [1], c: (2))

  var glider = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)};
  draw(glider, 4, 4).forEach(print);
  // expect: .#..
  // expect: ..#.
  // expect: ###.
  // expect: ....
  for (var i = 0; i < 4; i++) {
    glider = generation(glider);
  }
  draw(glider, 4, 4).forEach(print);
  // expect: ....
  // expect: ..#.
  // expect: ...#
  // expect: .###

  final (low, high) = extremes(['pear', 'apple', 'zucchini', 'fig']);
  print('$low $high'); // expect: apple zucchini
  final (:mean, :deviation, count: n) = statistics([2, 4, 4, 4, 5, 5, 7, 9]);
  print('$mean $deviation $n'); // expect: 5.0 4.0 8
  print(merged([(from: 5, to: 7), (from: 1, to: 3), (from: 2, to: 4), (from: 7, to: 9)]));
  // expect: [(from: 1, to: 4), (from: 5, to: 9)]
  print([('rock', 'paper'), ('paper', 'rock'), ('rock', 'rock'), ('gun', 'rock')]
      .map((game) => play(game.$1, game.$2)).toList());
  // expect: [second, first, draw, what?]
  print([digits('12ab'), digits('7'), digits('x')]);
  // expect: [(12, rest: ab), (7, rest: null), (0, rest: x)]

  var (a, b, c) = (1, 2, 3);
  (a, b, c) = (c, a, b);
  print((a, b, c)); // expect: (3, 1, 2)
  final fib = List.generate(3, (i) => i);
  for (var (x, y) = (0, 1); x < 20; (x, y) = (y, x + y)) {
    fib.add(x);
  }
  print(fib); // expect: [0, 1, 2, 0, 1, 1, 2, 3, 5, 8, 13]
  final distances = <(String, String), int>{('a', 'b'): 3};
  distances.update(('a', 'b'), (n) => n + 1);
  print(distances[('a', 'b')]); // expect: 4
  final Function f = (({int x, int y}) p) => p.x * p.y;
  print(f((y: 6, x: 7))); // expect: 42
  dynamic point = (x: 3, 4);
  print(point.x + point.$1); // expect: 7
  try {
    point.y;
  } on NoSuchMethodError {
    print('no field'); // expect: no field
  }
}
