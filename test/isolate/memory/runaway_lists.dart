// flags: --memory-limit=48m slow
// Without a limit of its own an isolate may take what the process may have; then
// it gets an OutOfMemoryError, and the others go on.
import 'dart:isolate';

void hog(SendPort out) {
  final all = <Object?>[];
  try {
    while (true) {
      all.add(List<Object?>.filled(100, null));
    }
  } on OutOfMemoryError {
    all.clear();
  }
  out.send('caught');
  while (true) {
    all.add('x' * 1000 + '${all.length}');
  }
}

Future<void> main() async {
  final messages = ReceivePort(), exits = ReceivePort(), errors = ReceivePort();
  await Isolate.spawn(hog, messages.sendPort,
      onExit: exits.sendPort, onError: errors.sendPort);
  print(await messages.first); // expect: caught
  print((await errors.first as List)[0]); // expect: Out of Memory
  print(await exits.first); // expect: null
  // What it had is there again.
  var sum = 0;
  for (var i = 0; i < 20; i++) {
    sum += List.filled(1000000, i)[7];
  }
  print(sum); // expect: 190
}
