// An unhandled error ends only the isolate that has it; a supervisor is told,
// and starts the worker again.
import 'dart:async';
import 'dart:isolate';

void worker((int, SendPort) job) {
  final (attempt, reply) = job;
  if (attempt < 3) throw StateError('crash $attempt');
  reply.send('result of attempt $attempt');
}

Future<String> supervise() async {
  for (var attempt = 1;; attempt++) {
    final port = ReceivePort();
    await Isolate.spawn(worker, (attempt, port.sendPort),
        onError: port.sendPort);
    final message = await port.first;
    if (message is String) return message;
    final [error, _] = message as List;
    print('restarting after: $error');
    // expect: restarting after: Bad state: crash 1
    // expect: restarting after: Bad state: crash 2
  }
}

Future<void> main() async {
  print(await supervise()); // expect: result of attempt 3
}
