// flags: --workers=1
// An isolate in an endless loop does not keep another's timer from firing,
// even when both share one worker.
import 'dart:async';
import 'dart:isolate';

void spin(SendPort out) {
  out.send(null);
  while (true) {}
}

void main() async {
  final port = ReceivePort();
  final isolate = await Isolate.spawn(spin, port.sendPort);
  await port.first;
  for (var i = 0; i < 5; i++) {
    await Future.delayed(Duration(milliseconds: 2));
  }
  print('five timers'); // expect: five timers
  isolate.kill(priority: Isolate.immediate);
}
