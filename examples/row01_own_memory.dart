// An isolate has its own memory: two isolates change the same global and the
// same static field, and each sees only its own.
import 'dart:isolate';

int global = 0;

class Counter {
  static int value = 0;
}

void worker(SendPort reply) {
  for (var i = 0; i < 1000; i++) {
    global++;
    Counter.value += 2;
  }
  reply.send([global, Counter.value]);
}

Future<void> main() async {
  global = 5;
  Counter.value = 7;
  final port = ReceivePort();
  await Isolate.spawn(worker, port.sendPort);
  print('worker: ${await port.first}'); // expect: worker: [1000, 2000]
  print('main: $global ${Counter.value}'); // expect: main: 5 7
}
