// kill(priority: immediate) ends an isolate inside an endless loop, and its
// exit listener is told.
import 'dart:isolate';

void spin(SendPort out) {
  out.send('running');
  var n = 0;
  while (true) {
    n = (n + 1) & 0xffff;
  }
}

void main() async {
  final started = ReceivePort();
  final ended = ReceivePort();
  final isolate = await Isolate.spawn(spin, started.sendPort);
  isolate.addOnExitListener(ended.sendPort, response: 'gone');
  print(await started.first); // expect: running
  isolate.kill(priority: Isolate.immediate);
  print(await ended.first); // expect: gone
}
