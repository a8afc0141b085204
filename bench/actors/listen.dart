// A message to a ReceivePort that listens, sent by its own isolate; the stream's
// way from the port to the listener is what is measured.
import 'dart:isolate';
import 'actor.dart';

void main(List<String> arguments) {
  final n = sizeOf(arguments, 1000000);
  final port = ReceivePort();
  final out = port.sendPort;
  final watch = Stopwatch()..start();
  var i = 0;
  port.listen((message) {
    check(message == i);
    if (++i < n) {
      out.send(i);
    } else {
      report('listen', nanosecondsEach(watch, n), 'ns/op');
      port.close();
    }
  });
  out.send(0);
}
