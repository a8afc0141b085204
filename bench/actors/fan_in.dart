// 16 senders of numbers to one receiver; the time includes spawning them.
import 'dart:isolate';
import 'actor.dart';

const senders = 16;

void sender(List<Object> start) {
  final out = start[0] as SendPort;
  final each = start[1] as int;
  for (var i = 1; i <= each; i++) {
    out.send(i);
  }
}

void main(List<String> arguments) {
  final each = sizeOf(arguments, 200000);
  final port = RawReceivePort();
  final watch = Stopwatch()..start();
  final total = senders * each;
  var sum = 0, count = 0;
  port.handler = (message) {
    sum += message as int;
    if (++count == total) {
      report('fan_in', nanosecondsEach(watch, total), 'ns/op');
      check(sum == senders * (each * (each + 1) ~/ 2));
      port.close();
    }
  };
  for (var i = 0; i < senders; i++) {
    Isolate.spawn(sender, [port.sendPort, each]);
  }
}
