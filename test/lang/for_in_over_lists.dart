// for-in over all kinds of lists: it sees changes of the length, continues,
// breaks, gives each iteration its variable.
import 'dart:collection';
import 'dart:typed_data';

class Mine extends ListBase<int> {
  final _items = [1, 2, 3];
  int get length => _items.length;
  set length(int n) => _items.length = n;
  int operator [](int i) => _items[i];
  void operator []=(int i, int v) => _items[i] = v;
}

int sum(List<int> list) {
  var total = 0;
  for (final x in list) {
    if (x < 0) continue;
    if (x > 100) break;
    total += x;
  }
  return total;
}

String join<T>(List<T> list) {
  var text = '';
  for (var x in list) {
    text = '$text$x ';
  }
  return text;
}

String change(List<num> list) {
  try {
    for (final x in list) {
      if (x == 2) list.add(9);
    }
  } on ConcurrentModificationError {
    return 'changed';
  }
  return 'unchanged';
}

void main() {
  print(sum([1, -5, 2, 3, 101, 7])); // expect: 6
  print(sum(List.filled(3, 4))); // expect: 12
  print(sum(const [1, 2])); // expect: 3
  print(sum(Uint8List.fromList([1, 2, 3]))); // expect: 6
  print(sum(Mine())); // expect: 6
  print(sum(List.unmodifiable([5, 6]))); // expect: 11
  print(sum([])); // expect: 0
  print(join([1, 2])); // expect: 1 2 
  print(join<num>([1, 2.5])); // expect: 1 2.5 
  print(join<num>(<int>[0x7fffffffffffffff, -1]));
  // expect: 9223372036854775807 -1 
  print(join<Object>(<double>[0.5, 1.5])); // expect: 0.5 1.5 
  print(join(['a', null])); // expect: a null 
  print(join(Float64List.fromList([2.5]))); // expect: 2.5 
  print(change([1, 2, 3])); // expect: changed
  print(change(<int>[1, 2])); // expect: changed
  print(change(<double>[1, 3])); // expect: unchanged
  final list = [1, 2, 3];
  for (final x in list) {
    list[2] = x * 10;
  }
  print(list); // expect: [1, 2, 200]
  final made = <int Function()>[];
  for (var x in list) {
    made.add(() => x++);
  }
  print([for (final f in made) f() + f()]); // expect: [3, 5, 401]
  final nested = [
    for (final row in [[1, 2], [3]])
      for (final x in row) x * x
  ];
  print(nested); // expect: [1, 4, 9]
  outer:
  for (final x in list) {
    for (final y in list) {
      if (y == 2) continue outer;
      if (x == 200) break outer;
      print('$x $y');
    }
  }
  // expect: 1 1
  // expect: 2 1
  late int kept;
  for (kept in [4, 5]) {}
  print(kept); // expect: 5
}
