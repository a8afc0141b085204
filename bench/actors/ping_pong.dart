// Two actors, one message under way.
import 'dart:isolate';
import 'actor.dart';

void echo(SendPort out) {
  final port = RawReceivePort();
  port.handler = (message) {
    if ((message as int) < 0) {
      port.close();
    } else {
      out.send(message);
    }
  };
  out.send(port.sendPort);
}

void main(List<String> arguments) {
  final n = sizeOf(arguments, 1000000);
  final port = RawReceivePort();
  final watch = Stopwatch();
  late SendPort other;
  var i = 0;
  port.handler = (message) {
    if (message is SendPort) {
      other = message;
      watch.start();
      other.send(0);
      return;
    }
    check(message == i);
    if (++i < n) {
      other.send(i);
    } else {
      report('ping_pong', nanosecondsEach(watch, n), 'ns/op');
      // The other's end is waited for, so that what it did is counted.
      port.handler = (_) => port.close();
      other.send(-1);
    }
  };
  Isolate.spawn(echo, port.sendPort, onExit: port.sendPort);
}
