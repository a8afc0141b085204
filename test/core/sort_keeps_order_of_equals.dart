// Sorting by a comparison keeps equal elements in order, leaves the list alone
// when the comparison throws, and sees changes of the length.
class Item {
  Item(this.key, this.place);
  final int key, place;
}

bool isSorted<T>(List<T> list, int compare(T a, T b)) {
  for (var i = 1; i < list.length; i++) {
    if (compare(list[i - 1], list[i]) > 0) return false;
  }
  return true;
}

void main() {
  var seed = 7;
  int next() => seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  for (final n in [0, 1, 2, 7, 8, 9, 16, 17, 31, 100, 1000]) {
    final ints = List.generate(n, (_) => next() % 50 - 25);
    final up = [...ints]..sort();
    final down = [...ints]..sort((a, b) => b.compareTo(a));
    final items = List.generate(n, (i) => Item(ints[i], i))
      ..sort((a, b) => a.key - b.key);
    final doubles = [for (final x in ints) x / 2]..sort();
    final words = [for (final x in ints) '$x']..sort();
    final nums = <num>[for (final x in ints) x.isEven ? x : x + 0.5]..sort();
    final fixed = List<int>.of(ints, growable: false)..sort();
    final isFine = isSorted(up, (int a, int b) => a - b) &&
        isSorted(down, (int a, int b) => b - a) &&
        isSorted(items, (a, b) =>
            a.key != b.key ? a.key - b.key : a.place - b.place) &&
        isSorted(doubles, (double a, double b) => a.compareTo(b)) &&
        isSorted(words, (String a, String b) => a.compareTo(b)) &&
        isSorted(nums, (num a, num b) => a.compareTo(b)) &&
        '$fixed' == '$up' &&
        up.fold<int>(0, (a, b) => a + b) == ints.fold<int>(0, (a, b) => a + b);
    if (!isFine) print('wrong for $n');
  }
  final list = [3, 1, 2];
  try {
    list.sort((a, b) => throw 'no');
  } catch (e) {
    print('$e $list'); // expect: no [3, 1, 2]
  }
  try {
    list.sort((a, b) {
      list.add(0);
      return a - b;
    });
  } on ConcurrentModificationError {
    print('changed'); // expect: changed
  }
  print([9223372036854775807, -9223372036854775807, 0]..sort());
  // expect: [-9223372036854775807, 0, 9223372036854775807]
  print(<int?>[3, 1]..sort((a, b) => b! - a!)); // expect: [3, 1]
  print([0.0, -0.0, double.nan, -1.0]..sort()); // expect: [-1.0, -0.0, 0.0, NaN]
  try {
    <Object>[1, 'a'].sort();
  } on TypeError {
    print('type'); // expect: type
  }
}
