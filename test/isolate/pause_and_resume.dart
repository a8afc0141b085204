// A paused isolate handles control messages alone; resumed it goes on.
import 'dart:async';
import 'dart:isolate';

void worker(SendPort out) {
  final port = ReceivePort();
  out.send(port.sendPort);
  port.listen((message) {
    out.send('got $message');
    if (message == 2) port.close();
  });
}

void main() async {
  final port = ReceivePort();
  final pings = ReceivePort();
  final isolate = await Isolate.spawn(worker, port.sendPort);
  final replies = StreamIterator(port);
  await replies.moveNext();
  final send = replies.current as SendPort;
  final capability = isolate.pause();
  send.send(1);
  isolate.ping(pings.sendPort, response: 'alive');
  print(await pings.first); // expect: alive
  print('resume'); // expect: resume
  isolate.resume(capability);
  await replies.moveNext();
  print(replies.current); // expect: got 1
  send.send(2);
  await replies.moveNext();
  print(replies.current); // expect: got 2
  await replies.cancel();
}
