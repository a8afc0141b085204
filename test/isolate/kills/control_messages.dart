// Pause, resume, ping and kill meet an isolate in any state, or gone.
import 'dart:async';
import 'dart:isolate';

Future<void> busy(int rounds) async {
  for (var i = 0; i < rounds; i++) {
    await Future.delayed(const Duration(milliseconds: 1));
    for (var j = 0; j < 500; j++) {
      '$j'.hashCode;
    }
  }
}

Future<void> main() async {
  final exits = ReceivePort(), pings = ReceivePort(), errors = ReceivePort();
  pings.listen((_) {});
  errors.listen((_) {});
  for (var i = 0; i < 8; i++) {
    final isolate = await Isolate.spawn(busy, i,
        onExit: exits.sendPort, onError: errors.sendPort, paused: i.isOdd);
    isolate.ping(pings.sendPort, priority: Isolate.immediate);
    final token = isolate.pause();
    isolate.addOnExitListener(pings.sendPort, response: i);
    isolate.ping(pings.sendPort);
    isolate.resume(token);
    if (i.isOdd) isolate.resume(isolate.pauseCapability!);
    if (i % 4 == 3) isolate.kill(priority: Isolate.beforeNextEvent);
  }
  await exits.take(8).drain<void>();
  pings.close();
  errors.close();
  print('all ended'); // expect: all ended
}
