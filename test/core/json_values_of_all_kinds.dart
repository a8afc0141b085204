// JSON of every kind of value, written and read back, and what is wrong with
// texts that are no JSON.
import 'dart:convert';

void same(Object? value, String text) {
  final written = jsonEncode(value);
  if (written != text) throw StateError('$written is not $text');
  final again = jsonEncode(jsonDecode(text));
  if (again != text) throw StateError('$again is not $text');
}

void bad(String text) {
  try {
    jsonDecode(text);
    print('read');
  } on FormatException catch (e) {
    print('${e.message} ${e.offset}');
  }
}

class Money {
  Money(this.cents);
  final int cents;
  Object toJson() => {'cents': cents};
}

void main() {
  for (final n in [0, 1, -1, 42, 999999999999999999, -999999999999999999,
      1000000000000000000, 0x7fffffffffffffff, -0x8000000000000000]) {
    same(n, '$n');
  }
  for (final d in [0.5, -0.5, 0.0, 1.0, 100.5, 0.001, 0.0001, 1e-7, 123456.789,
      1e15, 1e21, 1.5e300, 5e-324, 0.1 + 0.2, 4.35, 2.675, 1 / 3,
      999999999999.999, 1.7976931348623157e308, -123.456]) {
    same(d, '$d');
    if (double.parse('$d') != d) throw StateError('$d');
  }
  print(jsonDecode('[1e2, 1E+2, 1.5e-3, -0, -0.0, 12345678901234567890]'));
  // expect: [100.0, 100.0, 0.0015, -0.0, -0.0, 12345678901234567000.0]
  same(null, 'null');
  same([true, false, null], '[true,false,null]');
  same([], '[]');
  same({}, '{}');
  same([[], {}, [[]], {'': {}}], '[[],{},[[]],{"":{}}]');
  same({'a': 1, 'b': [1, {'c': 'd'}], 'é': 'ü', 'x\u{1F600}': '\u{1F600}y'},
      '{"a":1,"b":[1,{"c":"d"}],"é":"ü","x\u{1F600}":"\u{1F600}y"}');
  same('"\\\b\f\n\r\t\u0000\u001f/\u007f',
      r'"\"\\\b\f\n\r\t\u0000\u001f/' '\u007f"');
  same('\ud800', r'"\ud800"');
  final long = 'long \u0001 ' * 3000;
  same([long, '$long\u0100'],
      '["${long.replaceAll('\u0001', r'\u0001')}",'
      '"${long.replaceAll('\u0001', r'\u0001')}\u0100"]');
  final plain = 'p' * 200000;
  same({plain: plain, 'q': '$plain\u0100'},
      '{"$plain":"$plain","q":"$plain\u0100"}');
  final spaces = ' ' * 70000;
  print(jsonDecode('$spaces[$spaces]$spaces')); // expect: []
  print(jsonDecode('$spaces{$spaces}$spaces')); // expect: {}
  print(jsonDecode('{$spaces"a"$spaces:$spaces[$spaces 1$spaces,$spaces'
      '{$spaces}$spaces]$spaces,$spaces"b"$spaces:${spaces}2$spaces}'));
  // expect: {a: [1, {}], b: 2}
  print(jsonDecode('{"a": 1, "a": 2, "\\u0061": 3}')); // expect: {a: 3}
  print(jsonDecode('[1, {"k": [2]}]',
      reviver: (key, value) => value is int ? value + 1 : '$key:$value'));
  // expect: null:[2, 1:{k: k:[3]}]
  print(jsonEncode([Money(5), Money(7)])); // expect: [{"cents":5},{"cents":7}]
  print(const JsonEncoder.withIndent(' ').convert({'a': [1, {}], 'b': 'c'}));
  // expect: {
  // expect:  "a": [
  // expect:   1,
  // expect:   {}
  // expect:  ],
  // expect:  "b": "c"
  // expect: }
  bad(''); // expect: Unexpected end of input 0
  bad('[1'); // expect: Unexpected end of input 2
  bad('['); // expect: Unexpected end of input 1
  bad('{"a"'); // expect: Unexpected end of input 4
  bad('{"a":'); // expect: Unexpected end of input 5
  bad('{"a":1,}'); // expect: Unexpected character 7
  bad('{a:1}'); // expect: Unexpected character 1
  bad('[1,]'); // expect: Unexpected character 3
  bad('[1 2]'); // expect: Unexpected character 3
  bad('[1}'); // expect: Unexpected character 2
  bad('{"a":1]'); // expect: Unexpected character 6
  bad('1 2'); // expect: Unexpected character 2
  bad('01'); // expect: Unexpected character 1
  bad('1.'); // expect: Unexpected end of input 2
  bad('1.e'); // expect: Missing expected digit 2
  bad('1e+'); // expect: Unexpected end of input 3
  bad('-'); // expect: Unexpected end of input 1
  bad('truu'); // expect: Unexpected character 3
  bad('"a'); // expect: Unterminated string 0
  bad('"a\nb"'); // expect: Control character in string 2
  bad(r'"a\x"'); // expect: Unrecognized string escape 3
  final cycle = <Object?>[];
  cycle.add({'k': cycle});
  try {
    jsonEncode(cycle);
  } on JsonCyclicError catch (e) {
    print(e); // expect: Cyclic error in JSON stringify
  }
  try {
    jsonEncode([1, 'a', double.nan]);
  } on JsonUnsupportedObjectError catch (e) {
    print(e.partialResult); // expect: [1,"a",
  }
  try {
    jsonEncode({1: 2});
  } on JsonUnsupportedObjectError catch (_) {
    print('no key'); // expect: no key
  }
}
