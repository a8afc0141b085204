// add on every kind of list, seen by a wider type too.
import 'dart:typed_data';

void addAll<T>(List<T> list, List<T> items) {
  for (final x in items) {
    list.add(x);
  }
}

String attempt(void Function() f) {
  try {
    f();
    return 'added';
  } on TypeError {
    return 'type';
  } on UnsupportedError {
    return 'fixed';
  }
}

void main() {
  final ints = <int>[], doubles = <double>[], strings = <String>[];
  for (var i = 0; i < 20; i++) {
    ints.add(i);
    doubles.add(i / 2);
    strings.add('$i');
  }
  print('${ints.last} ${doubles.last} ${strings.last}'); // expect: 19 9.5 19
  List<num> nums = ints;
  nums.add(0x7fffffffffffffff);
  print(ints.last); // expect: 9223372036854775807
  print(attempt(() => nums.add(1.5))); // expect: type
  nums = doubles;
  nums.add(7.25);
  print(attempt(() => nums.add(1))); // expect: type
  List<Object> objects = strings;
  print(attempt(() => objects.add(1))); // expect: type
  print(attempt(() => objects.add('x'))); // expect: added
  print(attempt(() => List<int>.filled(1, 0).add(1))); // expect: fixed
  print(attempt(() => const <int>[].add(1))); // expect: fixed
  print(attempt(() => Uint8List(1).add(1))); // expect: fixed
  final copies = <Object>[];
  addAll<Object>(copies, ['a', 1, 2.5, true]);
  addAll<num>(ints, <int>[1, -1]);
  print('$copies ${ints.length}'); // expect: [a, 1, 2.5, true] 23
  final nullable = <int?>[];
  nullable..add(null)..add(3);
  print(nullable); // expect: [null, 3]
  var at = 0;
  ints.add(at = 5);
  print('$at ${ints.last}'); // expect: 5 5
  dynamic result = (() => strings.add('z') as dynamic)();
  print(result); // expect: null
}
