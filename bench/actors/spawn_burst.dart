// Spawns children without waiting; each sends its index and ends.
import 'dart:isolate';
import 'actor.dart';

void child(List<Object> start) {
  (start[0] as SendPort).send(start[1]);
}

void main(List<String> arguments) {
  final n = sizeOf(arguments, 100000);
  final port = RawReceivePort();
  final watch = Stopwatch()..start();
  var sum = 0, count = 0;
  port.handler = (message) {
    sum += message as int;
    if (++count == n) {
      report('spawn_burst', nanosecondsEach(watch, n), 'ns/op');
      check(sum == n * (n + 1) ~/ 2);
      port.close();
    }
  };
  for (var i = 1; i <= n; i++) {
    Isolate.spawn(child, [port.sendPort, i]);
  }
}
