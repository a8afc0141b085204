// flags: --memory-limit=24m slow
// Isolates without end end in an error of the one that spawns.
import 'dart:io';
import 'dart:isolate';

void sleeper(Object? message) {
  RawReceivePort((_) {});
}

Future<void> main() async {
  var count = 0;
  try {
    for (;; count++) {
      await Isolate.spawn(sleeper, null);
    }
  } on OutOfMemoryError catch (error) {
    print(error); // expect: Out of Memory
  }
  print(count > 1000); // expect: true
  exit(0);
}
