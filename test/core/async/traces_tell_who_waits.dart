// The trace of an error in an async function goes on with those that wait for
// it, across futures that are derived from its own.
Future<int> third() async {
  await null;
  throw StateError('third');
}

Future<int> second(int depth) async {
  if (depth > 0) return await second(depth - 1);
  return await third().then((n) => n + 1);
}

Future<int> first() async {
  final n = await second(1).whenComplete(() {});
  return n;
}

String names(StackTrace trace) => [
      for (final line in '$trace'.trim().split('\n'))
        line.startsWith('#') ? line.substring(8).split(' ').first : line[1]
    ].join(' ');

Future<void> main() async {
  try {
    await first();
  } on StateError catch (_, trace) {
    // expect: third a second a second a first a main a
    print(names(trace));
  }
  try {
    // Nothing has been suspended yet: the stack is all there is.
    await Future.sync(() => throw StateError('now'));
  } on StateError catch (_, trace) {
    print(names(trace).split(' ').first); // expect: main.<anonymous
  }
}
