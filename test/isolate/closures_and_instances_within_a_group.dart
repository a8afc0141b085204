// Within a group closures with what they captured, and instances of any class,
// can be sent.
import 'dart:isolate';

class Point {
  const Point(this.x, this.y);
  final int x, y;
  int get sum => x + y;
}

int twice(int n) => n * 2;

void child(List<Object?> message) {
  final out = message[0] as SendPort;
  final add = message[1] as int Function(int);
  final point = message[2] as Point;
  final constant = message[3];
  final static = message[4] as int Function(int);
  out.send([
    add(5),
    point.sum,
    identical(constant, const Point(1, 2)),
    identical(static, twice),
  ]);
}

void main() async {
  final port = ReceivePort();
  var base = 10;
  final message = [
    port.sendPort,
    (int n) => base + n,
    Point(3, 4),
    const Point(1, 2),
    twice,
  ];
  await Isolate.spawn(child, message);
  print(await port.first); // expect: [15, 7, true, true]
}
