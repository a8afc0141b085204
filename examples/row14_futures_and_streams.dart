// The event-driven alternative: futures and streams in one isolate.
import 'dart:async';

Future<String> fetch(String what, int milliseconds) async {
  await Future<void>.delayed(Duration(milliseconds: milliseconds));
  return 'fetched $what';
}

Stream<int> countdown(int from) async* {
  for (var i = from; i > 0; i--) {
    yield i;
    await Future<void>.delayed(Duration.zero);
  }
}

Future<void> main() async {
  final both = await Future.wait([fetch('slow', 4), fetch('fast', 1)]);
  print(both); // expect: [fetched slow, fetched fast]
  final first = await Future.any([fetch('slow', 20), fetch('fast', 1)]);
  print(first); // expect: fetched fast
  await for (final n in countdown(3)) {
    print(n);
    // expect: 3
    // expect: 2
    // expect: 1
  }
  final evens = countdown(6).where((n) => n.isEven).map((n) => n * 10);
  print(await evens.toList()); // expect: [60, 40, 20]
  final controller = StreamController<String>.broadcast();
  final heard = controller.stream.take(2).join('+');
  controller
    ..add('a')
    ..add('b');
  print(await heard); // expect: a+b
  await controller.close();
  try {
    await fetch('never', 30).timeout(const Duration(milliseconds: 2));
  } on TimeoutException {
    print('timed out'); // expect: timed out
  }
}
