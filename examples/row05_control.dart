// Control messages: pause, resume, ping, listeners, errors that are not fatal.
import 'dart:async';
import 'dart:isolate';

void worker(SendPort reply) {
  final port = ReceivePort();
  reply.send(port.sendPort);
  port.listen((message) {
    if (message == 'fail') throw StateError('asked to fail');
    if (message == 'end') {
      port.close();
      return;
    }
    reply.send('did $message');
  });
}

Future<void> main() async {
  final port = ReceivePort();
  final errors = ReceivePort();
  final exit = ReceivePort();
  final isolate = await Isolate.spawn(worker, port.sendPort,
      errorsAreFatal: false, onError: errors.sendPort, onExit: exit.sendPort);
  final messages = StreamIterator(port);
  await messages.moveNext();
  final to = messages.current as SendPort;

  final pong = ReceivePort();
  isolate.ping(pong.sendPort, response: 'pong');
  print(await pong.first); // expect: pong

  final resume = isolate.pause();
  to.send('one');
  final still = ReceivePort();
  isolate.ping(still.sendPort, response: 'paused, but answers pings');
  print(await still.first); // expect: paused, but answers pings
  isolate.resume(resume);
  await messages.moveNext();
  print(messages.current); // expect: did one

  to.send('fail');
  final [error, _] = await errors.first as List;
  print(error); // expect: Bad state: asked to fail
  to.send('two');
  await messages.moveNext();
  print(messages.current); // expect: did two

  to.send('end');
  print('exit: ${await exit.first}'); // expect: exit: null
  await messages.cancel();
}
