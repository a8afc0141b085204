// Isolates of one group share code, so that nearly any object can be sent:
// closures and instances of classes. What belongs to one isolate cannot.
import 'dart:isolate';

class Task {
  Task(this.name, this.work);

  final String name;
  final int Function(int) work;
}

void runner((Task, SendPort) job) {
  final (task, reply) = job;
  reply.send('${task.name}: ${task.work(20)}');
}

Future<void> main() async {
  final base = 1;
  final port = ReceivePort();
  await Isolate.spawn(
      runner, (Task('double plus', (n) => n * 2 + base), port.sendPort));
  print(await port.first); // expect: double plus: 41
  final own = ReceivePort();
  try {
    own.sendPort.send(() => own.isBroadcast);
  } on ArgumentError {
    print('refused'); // expect: refused
  }
  own.close();
}
