// What cannot change and has no parts of its own keeps its identity within a
// group: constants, enum values, types, tear-offs of functions without context,
// symbols, ports, capabilities, numbers, and long strings after the first time.
import 'dart:async';
import 'dart:isolate';

enum Color { red, green }

class Point {
  const Point(this.x, this.y);
  final int x, y;
  static int sum(int a, int b) => a + b;
}

class Box<T> {}

int twice(int n) => 2 * n;
T same<T>(T value) => value;

const point = Point(1, 2);
const deep = [
  point,
  {
    'a': Color.red,
    'b': {15, null}
  },
  (1, x: 'record'),
  #symbol,
  List<int>,
  twice
];

void echo(SendPort out) {
  final port = RawReceivePort();
  port.handler = (Object? message) {
    if (message == null) return port.close();
    out.send(message);
  };
  out.send(port.sendPort);
}

Type typeOf<T>() => T;

Future<void> main() async {
  final port = ReceivePort();
  final answers = StreamIterator<Object?>(port);
  Future<Object?> next() async {
    await answers.moveNext();
    return answers.current;
  }

  await Isolate.spawn(echo, port.sendPort);
  final other = await next() as SendPort;
  final int Function(int) instantiated = same;
  final things = <String, Object>{
    'object': point,
    'list': deep,
    'map': deep[1]!,
    'record': deep[2]!,
    'enum': Color.green,
    'symbol': #other,
    'type': int,
    'made type': typeOf<Box<List<String?>>>(),
    'runtime type': Box<Color>().runtimeType,
    'function': twice,
    'static method': Point.sum,
    'function expression': (int a) => a + 1,
    'instantiation': instantiated,
    'constructor': Point.new,
    'port': port.sendPort,
    'other port': other,
    'capability': Capability(),
    'string': 'a constant',
    'long string': 'a constant ' 'of some length ' 'in parts',
    'int': 1 << 62,
    'double': 1.5,
    'const string list': const ['x'],
  };
  for (final entry in things.entries) {
    other.send(entry.value);
    final alone = await next();
    other.send([entry.value, <Object?>[]]);
    final inList = (await next() as List)[0];
    if (!identical(alone, entry.value) || !identical(inList, entry.value)) {
      print('copied: ${entry.key}');
    }
    if (identityHashCode(alone) != identityHashCode(entry.value)) {
      print('another hash: ${entry.key}');
    }
  }
  print('done'); // expect: done
  // What has a context or parts of its own is another.
  var n = 1;
  final values = <Object>[() => n++, <int>[], Box<int>(), {'a': n}];
  for (final value in values) {
    other.send(value);
    print(identical(await next(), value));
  }
  // expect: false
  // expect: false
  // expect: false
  // expect: false
  other.send(null);
  port.close();
}
