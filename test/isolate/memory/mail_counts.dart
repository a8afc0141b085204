// flags: --memory-limit=48m slow
// Mail that waits counts against the isolate that it waits for: who lets it pile
// up, because it is busy, paused, or sends to itself, ends; the sender goes on.
import 'dart:isolate';

void busy(SendPort out) {
  final port = ReceivePort();
  out.send(port.sendPort);
  Future(() {
    while (true) {}
  });
}

void idle(SendPort out) {
  final port = ReceivePort();
  out.send(port.sendPort);
}

void talksToItself(SendPort out) {
  final port = ReceivePort();
  while (true) {
    port.sendPort.send([1, 2, 3]);
  }
}

Future<void> flood(String name, void Function(SendPort) entry,
    {bool isPaused = false}) async {
  final messages = ReceivePort(), exits = ReceivePort();
  var isOver = false;
  final isolate = await Isolate.spawn(entry, messages.sendPort,
      errorsAreFatal: true, onExit: exits.sendPort);
  exits.listen((_) {
    isOver = true;
    exits.close();
  });
  if (entry != talksToItself) {
    final port = await messages.first as SendPort;
    if (isPaused) isolate.pause(isolate.pauseCapability);
    while (!isOver) {
      for (var i = 0; i < 1000; i++) {
        port.send([i, i + 1, 'some text', 1.5]);
      }
      await Future<void>.delayed(Duration.zero);
    }
  } else {
    messages.close();
    while (!isOver) {
      await Future<void>.delayed(const Duration(milliseconds: 1));
    }
  }
  print('$name over');
}

Future<void> main() async {
  await flood('busy', busy); // expect: busy over
  await flood('paused', idle, isPaused: true); // expect: paused over
  await flood('itself', talksToItself); // expect: itself over
}
