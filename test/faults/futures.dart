// Timers, microtasks, streams and zones.
import 'dart:async';

Stream<int> count(int n) async* {
  for (var i = 0; i < n; i++) {
    await Future.delayed(const Duration(milliseconds: 1));
    yield i;
  }
}

Future<void> main() async {
  print(await count(5).map((i) => i * i).toList());
  // expect: [0, 1, 4, 9, 16]
  final done = Completer<String>();
  for (var i = 0; i < 40; i++) {
    Timer(Duration(microseconds: i), () {
      if (i == 39) done.complete('forty timers');
    });
    scheduleMicrotask(() {});
  }
  print(await done.future); // expect: forty timers
  final all = await Future.wait([for (var i = 0; i < 20; i++) Future(() => i)]);
  print(all.length); // expect: 20
}
