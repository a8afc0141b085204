// An endless loop in one isolate does not delay another's timer, and messages
// are handled in the order they were sent.
import 'dart:async';
import 'dart:isolate';

void hog(SendPort ready) {
  ready.send(null);
  var x = 1;
  for (;;) {
    x = (x * 1664525 + 1013904223) & 0xffffffff;
  }
}

Future<void> main() async {
  final hogs = <Isolate>[];
  for (var i = 0; i < 4; i++) {
    final ready = ReceivePort();
    hogs.add(await Isolate.spawn(hog, ready.sendPort));
    await ready.first;
  }
  var ticks = 0;
  final done = Completer<void>();
  Timer.periodic(const Duration(milliseconds: 2), (timer) {
    if (++ticks == 5) {
      timer.cancel();
      done.complete();
    }
  });
  await done.future;
  print('ticks: $ticks'); // expect: ticks: 5
  for (final isolate in hogs) {
    isolate.kill(priority: Isolate.immediate);
  }
  final port = ReceivePort();
  for (var i = 0; i < 5; i++) {
    port.sendPort.send(i);
  }
  print(await port.take(5).toList()); // expect: [0, 1, 2, 3, 4]
}
