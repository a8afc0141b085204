// A periodic stream that was paused and is cancelled by the first event after
// that keeps no timer: the program ends.
import 'dart:async';

Future<void> main() async {
  try {
    await for (final n in Stream.periodic(Duration(microseconds: 1), (n) {
      if (n < 3) return n;
      throw StateError('$n');
    })) {
      await null;
      print(n); // expect: 0
      // expect: 1
      // expect: 2
    }
  } on StateError catch (e) {
    print(e.message); // expect: 3
  }
}
