// Spawns a child that sends a number back and ends; waits for the message
// before the next.
import 'dart:isolate';
import 'actor.dart';

void child(List<Object> start) {
  (start[0] as SendPort).send(start[1]);
}

void main(List<String> arguments) {
  final n = sizeOf(arguments, 100000);
  final port = RawReceivePort();
  final watch = Stopwatch()..start();
  var sum = 0, i = 1;
  void next() => Isolate.spawn(child, [port.sendPort, i]);
  port.handler = (message) {
    sum += message as int;
    if (++i <= n) {
      next();
    } else {
      report('spawn_exit', nanosecondsEach(watch, n), 'ns/op');
      check(sum == n * (n + 1) ~/ 2);
      port.close();
    }
  };
  next();
}
