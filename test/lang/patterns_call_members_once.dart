// The patterns of one switch, if-case or declaration call each member of the
// value at most once, and keep what it gave.
import 'dart:collection';

var log = '';
T logged<T>(String what, T value) {
  log += '$what ';
  return value;
}

void show(Object? result) {
  print('$result: ${log.trim()}');
  log = '';
}

class Point {
  Point(this._x, this._y);
  final int _x;
  final double _y;
  int get x => logged('x', _x);
  double get y => logged('y', _y);
  Point get next => logged('next', Point(_x + 1, _y));
  bool operator <(int other) => logged('<$other', _x < other);
  @override
  bool operator ==(Object other) =>
      logged('==', other is Point && other._x == _x);
  @override
  int get hashCode => _x;
}

abstract class HasX {
  num get x;
}

class Both extends Point implements HasX {
  Both(super.x, super.y);
}

extension on Point {
  int get sum => logged('sum', _x + _y.toInt());
}

class Key {
  const Key(this.name);
  final String name;
  @override
  bool operator ==(Object other) => logged('$name==', name == other);
  @override
  int get hashCode => name.hashCode;
}

class Logged<T> extends ListBase<T> {
  Logged(this.items);
  final List<T> items;
  @override
  int get length => logged('length', items.length);
  @override
  set length(int n) => throw UnsupportedError('length');
  @override
  T operator [](int i) => logged('[$i]', items[i]);
  @override
  void operator []=(int i, T value) => throw UnsupportedError('[]=');
}

class Box<T> {
  Box(this._f);
  final void Function(T) _f;
  void Function(T) get f => logged('f', _f);
}

String members(Object o) => switch (o) {
      Point(x: 1, y: 1.0) => 'a',
      Point(x: 2, y: 1.0) => 'b',
      Point(x: 2, y: > 1, next: Point(x: 4)) => 'c',
      HasX(x: num n, next: _) when n > 100 => 'd',
      Point(next: Point(x: 3), sum: 9) => 'e',
      Point(y: double y, sum: var s) => '$y $s',
      _ => 'other',
    };

extension on HasX {
  int get next => 0;
}

String lists(List<Object?> list) {
  switch (list) {
    case []:
      return 'empty';
    case [1, ..., 9] || [_, ..., 8]:
      return '1 or 8';
    case [1, 2, ..., var a, 7]:
      return '$a';
    case [1, 2, ..., var a, _] when a == 2:
      return 'two';
    default:
      return 'other';
  }
}

String operators(Point p) => switch (p) {
      < 1 => 'small',
      != 5 when p._x > 90 => 'different',
      == 5 => 'same',
      < 1 || < 3 => 'middle',
      _ => 'large',
    };

String keys(Object o) => switch (o) {
      const Key('a') => 'a',
      const Key('b') => 'b',
      const Key('a') => 'never',
      _ => 'none',
    };

String casts(Object o) {
  switch (o) {
    case Box<int>(f: var f) when identical(f, 1):
      return 'no';
    case Box<num>(f: var f):
      return '$f';
    default:
      return 'none';
  }
}

Future<String> suspended(Point p) async => switch (p) {
      Point(x: 1) when await Future.value(false) => 'one',
      Point(x: 1) => 'still one',
      _ => 'other',
    };

Future<void> main() async {
  show(members(Point(2, 2))); // expect: 2.0 4: x y next x sum
  show(members(Both(2, 8))); // expect: 8.0 10: x y next x sum
  show(members(Point(1, 1))); // expect: a: x y
  show(lists(Logged([1, 2, 3, 8]))); // expect: 1 or 8: length [0] [3]
  show(lists(Logged([1, 2, 3, 7]))); // expect: 3: length [0] [3] [1] [2]
  show(lists(Logged([1, 2, 2, 6]))); // expect: two: length [0] [3] [1] [2]
  show(operators(Point(5, 0))); // expect: large: <1 == <3
  show(operators(Point(2, 0))); // expect: middle: <1 == <3
  show(keys('c')); // expect: none: a== b==
  try {
    casts(Box<int>((n) {}));
  } on TypeError {
    show('TypeError'); // expect: TypeError: f
  }
  show(await suspended(Point(1, 0))); // expect: still one: x
  for (var i = 0; i < 2; i++) {
    final (Point(x: a) && Point(:x)) = Point(i, 0);
    show(a + x); // expect: 0: x
    // expect: 2: x
  }
}
