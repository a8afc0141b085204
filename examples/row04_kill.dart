// kill(immediate) ends an endless loop; the exit notice is the last act.
import 'dart:isolate';

void spin(SendPort ready) {
  ready.send('spinning');
  var n = 0;
  for (;;) {
    n = (n + 1) & 0xffff;
  }
}

Future<void> main() async {
  final port = ReceivePort();
  final isolate = await Isolate.spawn(spin, port.sendPort);
  isolate.addOnExitListener(port.sendPort, response: 'gone');
  await for (final message in port) {
    print(message);
    // expect: spinning
    // expect: gone
    if (message == 'gone') break;
    isolate.kill(priority: Isolate.immediate);
  }
}
