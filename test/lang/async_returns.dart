// A future returned from an async function is awaited, a value is not.
Future<int> one() async => 1;

Future<int> passed() async => one();

Future<dynamic> hidden() async {
  dynamic d = one();
  return d;
}

Stream<int> count(int n) async* {
  for (var i = 0; i < n; i++) yield i;
  if (n > 1) yield* count(n - 1);
}

Iterable<int> sync(int n) sync* {
  yield n;
  if (n > 0) yield* sync(n - 1);
}

void main() async {
  print(await passed());
  print(await hidden());
  print(await count(3).toList());
  print(sync(3).toList());
  final f = () async {
    await null;
    return 'late';
  };
  print(await f());
  try {
    await Future<int>.error('oops');
  } catch (e) {
    print(e);
  }
}

// expect: 1
// expect: 1
// expect: [0, 1, 2, 0, 1, 0]
// expect: [3, 2, 1, 0]
// expect: late
// expect: oops
