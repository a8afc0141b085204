// Work for the processor is done elsewhere: squares of a list in a worker.
import 'dart:isolate';

void squares((List<int>, SendPort) job) {
  final (numbers, reply) = job;
  reply.send([for (final n in numbers) n * n]);
}

Future<void> main() async {
  final port = ReceivePort();
  await Isolate.spawn(squares, ([1, 2, 3, 4, 5], port.sendPort));
  print(await port.first); // expect: [1, 4, 9, 16, 25]
}
