// Maps and sets behave as a list of pairs in order of insertion does, whatever
// their keys are, over many random additions and removals.
import 'dart:collection';
import 'dart:math';

// Equal to its like, with few different hashes.
class Point {
  Point(this.x);
  final int x;
  bool operator ==(Object other) => other is Point && other.x == x;
  int get hashCode => x % 3;
}

class Plain {}

final plains = [for (var i = 0; i < 40; i++) Plain()];
final big = 1 << 62;

Object? makeKey(int kind, int n) => switch (kind) {
      0 => n,
      1 => 'key$n',
      2 => Point(n),
      3 => plains[n],
      4 => n / 2,
      5 => big + n,
      6 => n.isEven ? 'a$n\u{100}' : null,
      _ => makeKey(n % 7, n),
    };

// The reference: a list of pairs.
class Pairs {
  Pairs(this.same);
  final bool Function(Object?, Object?) same;
  final keys = <Object?>[];
  final values = <int>[];

  int find(Object? key) {
    for (var i = 0; i < keys.length; i++) {
      if (same(keys[i], key)) return i;
    }
    return -1;
  }

  void put(Object? key, int value) {
    final at = find(key);
    if (at >= 0) {
      values[at] = value;
    } else {
      keys.add(key);
      values.add(value);
    }
  }

  int? remove(Object? key) {
    final at = find(key);
    if (at < 0) return null;
    keys.removeAt(at);
    return values.removeAt(at);
  }
}

void check(bool isRight, String what) {
  if (!isRight) throw StateError(what);
}

void compare(Map<Object?, int> map, Set<Object?> set, Pairs pairs) {
  check(map.length == pairs.keys.length, 'length');
  check(set.length == pairs.keys.length, 'set length');
  var i = 0;
  map.forEach((key, value) {
    check(pairs.same(key, pairs.keys[i]) && value == pairs.values[i], 'pair');
    i++;
  });
  i = 0;
  for (final key in set) {
    check(pairs.same(key, pairs.keys[i++]), 'element');
  }
  i = 0;
  for (final value in map.values) {
    check(value == pairs.values[i++], 'value');
  }
}

void run(Map<Object?, int> map, Set<Object?> set, Pairs pairs, int kind) {
  final random = Random(kind);
  for (var i = 0; i < 300; i++) {
    final key = makeKey(kind, random.nextInt(40));
    switch (random.nextInt(i ~/ 100 == 1 ? 8 : 4)) {
      case 0 || 1:
        map[key] = i;
        check(set.add(key) == (pairs.find(key) < 0), 'add');
        pairs.put(key, i);
      case 2:
        final at = pairs.find(key);
        check(map[key] == (at < 0 ? null : pairs.values[at]), 'get');
        check(map.containsKey(key) == (at >= 0), 'containsKey');
        check(set.contains(key) == (at >= 0), 'contains');
        check(map.putIfAbsent(key, () => i) == (at < 0 ? i : pairs.values[at]),
            'putIfAbsent');
        set.add(key);
        if (at < 0) pairs.put(key, i);
      default:
        final isThere = pairs.find(key) >= 0;
        check(map.remove(key) == pairs.remove(key), 'remove');
        check(set.remove(key) == isThere, 'remove of set');
    }
    if (i % 10 == 0) compare(map, set, pairs);
  }
  compare(map, set, pairs);
}

void main() {
  for (var kind = 0; kind < 8; kind++) {
    run({}, {}, Pairs((a, b) => a == b), kind);
    run(HashMap(), HashSet(), Pairs((a, b) => a == b), kind);
    run(HashMap(equals: (a, b) => b == a, hashCode: (k) => k.hashCode),
        HashSet(equals: (a, b) => b == a, hashCode: (k) => k.hashCode),
        Pairs((a, b) => a == b), kind);
    run(Map.identity(), Set.identity(), Pairs(identical), kind);
  }
  print('the same'); // expect: the same
  final grown = <int, int>{};
  for (var i = 0; i < 20000; i++) {
    grown[i * 7919] = i;
  }
  var sum = 0;
  for (var i = 0; i < 20000; i++) {
    sum += grown[i * 7919]!;
  }
  print(sum); // expect: 199990000
  // What is not equal to itself is never found.
  final never = HashMap(equals: (a, b) => false, hashCode: (k) => 1);
  never[1] = never[1] = 2;
  print('${never.length} ${never[1]} ${{double.nan: 1}[double.nan]}');
  // expect: 2 null null
  final Map<Object, Object> wrong = grown;
  try {
    wrong['a'] = 1;
  } on TypeError catch (_) {
    print('no such key'); // expect: no such key
  }
  try {
    wrong[1] = 'a';
  } on TypeError catch (_) {
    print('no such value'); // expect: no such value
  }
  try {
    for (final key in grown.keys) {
      grown.remove(key);
    }
  } on ConcurrentModificationError catch (_) {
    print('changed'); // expect: changed
  }
}
