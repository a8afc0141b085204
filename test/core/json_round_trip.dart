// Objects to JSON and back: toJson, toEncodable, revivers, patterns over what was
// decoded, indentation, numbers, escapes, errors with their place.
import 'dart:convert';

sealed class Shape {
  const Shape();

  factory Shape.fromJson(Object? json) => switch (json) {
        {'type': 'circle', 'at': [num x, num y], 'r': num r} =>
          Circle(Point(x.toDouble(), y.toDouble()), r.toDouble()),
        {'type': 'polygon', 'points': List<Object?> points} => Polygon([
            for (final point in points)
              switch (point) {
                [num x, num y] => Point(x.toDouble(), y.toDouble()),
                _ => throw FormatException('no point: $point'),
              }
          ]),
        {'type': 'group', 'name': String? name, 'shapes': List<Object?> shapes} =>
          Group(name, shapes.map(Shape.fromJson).toList()),
        {'type': String type} => throw FormatException('no shape $type'),
        _ => throw FormatException('not a shape'),
      };

  Map<String, Object?> toJson();
}

class Point {
  const Point(this.x, this.y);
  final double x, y;
  List<num> toJson() => [x, y];
}

class Circle extends Shape {
  const Circle(this.centre, this.radius);
  final Point centre;
  final double radius;
  @override
  Map<String, Object?> toJson() => {'type': 'circle', 'at': centre, 'r': radius};
}

class Polygon extends Shape {
  const Polygon(this.points);
  final List<Point> points;
  @override
  Map<String, Object?> toJson() => {'type': 'polygon', 'points': points};
}

class Group extends Shape {
  const Group(this.name, this.shapes);
  final String? name;
  final List<Shape> shapes;
  @override
  Map<String, Object?> toJson() => {'type': 'group', 'name': name, 'shapes': shapes};
}

Object? encodable(Object? value) => switch (value) {
      DateTime time => {r'$time': time.toUtc().toIso8601String()},
      Duration(:final inMicroseconds) => {r'$us': inMicroseconds},
      Set<Object?> set => {r'$set': set.toList()},
      BigInt big => {r'$big': big.toString()},
      Enum e => e.name,
      _ => throw UnsupportedError('${value.runtimeType}'),
    };

Object? revive(Object? key, Object? value) => switch (value) {
      {r'$time': String time} => DateTime.parse(time),
      {r'$us': int us} => Duration(microseconds: us),
      {r'$set': List<Object?> items} => items.toSet(),
      {r'$big': String big} => BigInt.parse(big),
      _ => value,
    };

enum Colour { red, green }

void main() {
  const drawing = Group(null, [
    Circle(Point(0, 1.5), 2),
    Group('inner', [Polygon([Point(0, 0), Point(4, 0), Point(0, 3)])]),
  ]);
  final text = jsonEncode(drawing);
  print(text);
  // expect: {"type":"group","name":null,"shapes":[{"type":"circle","at":[0.0,1.5],"r":2.0},{"type":"group","name":"inner","shapes":[{"type":"polygon","points":[[0.0,0.0],[4.0,0.0],[0.0,3.0]]}]}]}
  print(jsonEncode(Shape.fromJson(jsonDecode(text))) == text); // expect: true
  for (final bad in ['{"type":"star"}', '[1]', '{"type":"polygon","points":[[1]]}']) {
    try {
      Shape.fromJson(jsonDecode(bad));
    } on FormatException catch (error) {
      print(error.message);
    }
  }
  // expect: no shape star
  // expect: not a shape
  // expect: no point: [1]

  final codec = JsonCodec(toEncodable: encodable, reviver: revive);
  final record = {
    'when': DateTime.utc(2024, 2, 29, 12),
    'took': const Duration(milliseconds: 1500),
    'tags': {'a', 'b'},
    'big': BigInt.two.pow(70),
    'nested': [{'t': DateTime.utc(1970)}],
    'colour': Colour.green,
  };
  final encoded = codec.encode(record);
  print(encoded.substring(0, 48)); // expect: {"when":{"$time":"2024-02-29T12:00:00.000Z"},"to
  final decoded = codec.decode(encoded) as Map<String, Object?>;
  print(decoded['when'] == record['when']); // expect: true
  print((decoded['took'], decoded['tags'], decoded['big']));
  // expect: (0:00:01.500000, {a, b}, 1180591620717411303424)
  print((decoded['nested'] as List).single); // expect: {t: 1970-01-01 00:00:00.000Z}
  print(Colour.values.byName(decoded['colour'] as String)); // expect: Colour.green
  try {
    codec.encode([Object()]);
  } on JsonUnsupportedObjectError catch (error) {
    print(error.cause); // expect: Unsupported operation: Object
  }

  print(const JsonEncoder.withIndent('  ').convert({
    'a': [1, {'b': []}],
    'c': {},
    'd': 'x',
  }));
  // expect: {
  // expect:   "a": [
  // expect:     1,
  // expect:     {
  // expect:       "b": []
  // expect:     }
  // expect:   ],
  // expect:   "c": {},
  // expect:   "d": "x"
  // expect: }

  // Keys in order of the reviver: innermost first.
  final keys = <Object?>[];
  jsonDecode('{"a":[1,{"b":2}]}', reviver: (key, value) {
    keys.add(key);
    return value;
  });
  print(keys); // expect: [0, b, 1, a, null]

  print(jsonEncode('"\\/\b\f\n\r\t\u0001é😀\ud800'));
  // expect: "\"\\/\b\f\n\r\t\u0001é😀\ud800"
  print(jsonDecode(r'"\u0041\uD83D\uDE00\/"')); // expect: A😀/
  print(jsonDecode(' [1, 1.0, 1e3, -2.5E-1, 123456789012345678901] '));
  // expect: [1, 1.0, 1000.0, -0.25, 123456789012345680000.0]
  print([true, null, 1.0, 1e21, 0.1].map(jsonEncode).join(' ')); // expect: true null 1.0 1e+21 0.1
  for (final bad in ['', '{a:1}', '[1,]', '01', '1 2', '{"a" 1}', 'nul', '\'s\'']) {
    try {
      print('decoded ${jsonDecode(bad)}');
    } on FormatException catch (error) {
      print('at ${error.offset}');
    }
  }
  // expect: at 0
  // expect: at 1
  // expect: at 3
  // expect: at 1
  // expect: at 2
  // expect: at 5
  // expect: at 3
  // expect: at 0
  final cyclic = <Object>[];
  cyclic.add([cyclic]);
  try {
    jsonEncode(cyclic);
  } on JsonCyclicError {
    print('cycle'); // expect: cycle
  }
}
