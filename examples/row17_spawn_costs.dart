// A spawn within a group is far cheaper than one that makes a new group.
import 'dart:io' show Platform;
import 'dart:isolate';

void child(SendPort reply) => reply.send('in the group');

Future<int> time(Future<void> Function() action, int times) async {
  final clock = Stopwatch()..start();
  for (var i = 0; i < times; i++) {
    await action();
  }
  return clock.elapsedMicroseconds ~/ times;
}

Future<void> main() async {
  final inside = await time(() async {
    final port = ReceivePort();
    await Isolate.spawn(child, port.sendPort);
    await port.first;
  }, 20);
  final outside = await time(() async {
    final port = ReceivePort();
    await Isolate.spawnUri(
        Platform.script.resolve('lib/hello_child.dart'), [], port.sendPort);
    await port.first;
  }, 3);
  print(inside * 3 < outside); // expect: true
}
