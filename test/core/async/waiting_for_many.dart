// `wait` of futures in a list or a record; the errors tell which went wrong.
// None of this needs an import.
Future<T> soon<T>(T value, [int turns = 1]) async {
  for (var i = 0; i < turns; i++) {
    await null;
  }
  if (value == null) throw StateError('null');
  return value;
}

Future<void> main() async {
  print(await [soon(1, 3), soon(2), soon(3, 2)].wait); // expect: [1, 2, 3]
  final (n, s, b, d) = await (soon(1), soon('s', 4), soon(true), soon(1.5)).wait;
  print('$n $s $b $d'); // expect: 1 s true 1.5
  try {
    await (soon(1), soon<int?>(null, 2), soon<String?>(null)).wait;
  } on ParallelWaitError<(int?, int?, String?), Object?> catch (e) {
    print(e.values); // expect: (1, null, null)
  }
  final nine = (
    soon(1), soon(2), soon(3), soon(4), soon(5), soon(6), soon(7), soon(8),
    soon(9),
  );
  print(await nine.wait); // expect: (1, 2, 3, 4, 5, 6, 7, 8, 9)
  print(await soon<int?>(null).onError((StateError e, _) => 7)); // expect: 7
}
