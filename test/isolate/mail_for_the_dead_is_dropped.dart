// Sending to a closed port or a dead isolate does nothing.
import 'dart:isolate';

void child(SendPort out) {
  final port = RawReceivePort();
  out.send(port.sendPort);
  port.close();
}

void main() async {
  final port = ReceivePort();
  final exits = ReceivePort();
  await Isolate.spawn(child, port.sendPort, onExit: exits.sendPort);
  final SendPort dead = await port.first;
  await exits.first;
  dead.send('anyone?');
  dead.send([for (var i = 0; i < 1000; i++) i]);
  final closed = RawReceivePort();
  final send = closed.sendPort;
  closed.close();
  send.send(1);
  print('fine'); // expect: fine
}
