// Writing JSON looks for cycles without going through all open objects.
import 'dart:convert';

void main() {
  Object nested = 0;
  for (var i = 0; i < 300; i++) {
    nested = i.isEven ? [nested] : {'k': nested};
  }
  final text = jsonEncode(nested);
  print(text.length); // expect: 1201
  var depth = 0;
  Object? at = jsonDecode(text);
  while (at is! int) {
    at = at is List ? at.single : (at as Map)['k'];
    depth++;
  }
  print(depth); // expect: 300

  final shared = [1];
  print(jsonEncode([shared, shared, [shared]])); // expect: [[1],[1],[[1]]]

  // A cycle is found at any depth, and the same object beside it is none.
  for (final length in [1, 63, 64, 65, 200]) {
    final first = <Object?>[];
    var last = first;
    for (var i = 1; i < length; i++) {
      final next = <Object?>[shared, shared];
      last.add(next);
      last = next;
    }
    last.add(shared);
    jsonEncode(first);
    last.add(first);
    try {
      jsonEncode(first);
      print('no error');
    } on JsonUnsupportedObjectError catch (error) {
      print('$length ${error is JsonCyclicError}');
    }
  }
  // expect: 1 true
  // expect: 63 true
  // expect: 64 true
  // expect: 65 true
  // expect: 200 true
}
