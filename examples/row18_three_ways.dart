// Three ways to start: spawn shares the code, spawnUri makes a new group from a
// file, run runs one function and returns its result.
import 'dart:isolate';

void child(SendPort reply) => reply.send('spawned');

Future<void> main() async {
  final first = ReceivePort();
  await Isolate.spawn(child, first.sendPort);
  print(await first.first); // expect: spawned

  final second = ReceivePort();
  await Isolate.spawnUri(Uri.parse('lib/hello_child.dart'),
      ['one', 'two'], second.sendPort);
  print(await second.first); // expect: new group: one two

  print(await Isolate.run(() => 6 * 7)); // expect: 42
  try {
    await Isolate.spawnUri(
        Uri.parse('lib/missing.dart'), [], null);
  } on IsolateSpawnException {
    print('no such file'); // expect: no such file
  }
}
