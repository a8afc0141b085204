main() async {
  var a = 1, b;
  late final int c;
  const d = 2;
  int? e = f ? g : h;
  void local<T>(T x) => x;
  var (x, [y, ...rest], {'k': z}) = r;
  (x, y) = (y, x);
  {'k': z} = m;
  if (a case int n? && > 0 || const (1 + 2) when n > 1) {
  } else if (b) ;
  for (var i = 0, j = 1; i < 10; i++, j--) continue;
  for (final (k, v) in m) {}
  await for (var x in s) break;
  for (x in y) {}
  outer:
  while (true) {
    do {
      break outer;
    } while (false);
  }
  switch (a) {
    l:
    case 1:
    case 'two' || null:
      continue l;
    case Point(:var x, y: int _) when x > 0:
    case (1, name: _):
    case [.east, Color.red, -1, #s]:
      return;
    default:
      break;
  }
  try {
    throw 'x';
  } on E catch (e, s) {
    rethrow;
  } on F {
  } finally {}
  assert(a, 'b');
  await foo();
}

gen() sync* {
  yield 1;
  yield* gen();
}
