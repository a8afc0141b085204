// flags: slow
// An isolate that waits in a blocking call is killed at once, whatever it holds:
// a large heap, a message that is half delivered.
import 'dart:io';
import 'dart:isolate';

void sleeper(SendPort out) {
  final kept = [for (var i = 0; i < 3000; i++) 'kept $i'];
  final port = ReceivePort();
  out.send(port.sendPort);
  port.listen((message) {
    out.send(kept.length + (message as List).length);
    sleep(const Duration(seconds: 100));
    out.send('awake');
  });
}

void main() async {
  final watch = Stopwatch()..start();
  for (var round = 0; round < 5; round++) {
    final port = ReceivePort();
    final exits = ReceivePort();
    final isolate =
        await Isolate.spawn(sleeper, port.sendPort, onExit: exits.sendPort);
    await for (final message in port) {
      if (message is SendPort) {
        message.send([for (var i = 0; i < 2000; i++) '$i']);
        message.send([for (var i = 0; i < 2000; i++) '$i']); // never taken
      } else {
        if (message != 5000) print(message);
        isolate.kill(priority: Isolate.immediate);
        break;
      }
    }
    await exits.first;
  }
  print(watch.elapsed < const Duration(seconds: 90)); // expect: true
}
