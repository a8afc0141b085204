// Futures in company: all, any, the first good one, time limits, retries, a
// pool that bounds how many run, a lock, memoized answers.
import 'dart:async';
import 'dart:collection';

class Pool {
  Pool(this.size);
  final int size;
  final _waiting = Queue<Completer<void>>();
  int _running = 0, most = 0;

  Future<T> run<T>(Future<T> Function() task) async {
    if (_running >= size) {
      final turn = Completer<void>();
      _waiting.add(turn);
      await turn.future;
    } else {
      _running++;
    }
    if (_running > most) most = _running;
    try {
      return await task();
    } finally {
      if (_waiting.isEmpty) {
        _running--;
      } else {
        _waiting.removeFirst().complete();
      }
    }
  }
}

class Lock {
  Future<void> _last = Future.value();

  Future<T> hold<T>(FutureOr<T> Function() action) {
    final before = _last, done = Completer<void>();
    _last = done.future;
    return before.then((_) => action()).whenComplete(done.complete);
  }
}

class Memo<K, V> {
  Memo(this._make);
  final Future<V> Function(K) _make;
  final _answers = <K, Future<V>>{};

  Future<V> call(K key) =>
      _answers[key] ??= _make(key).onError<Object>((error, trace) {
        _answers.remove(key);
        Error.throwWithStackTrace(error, trace);
      });
}

Future<T> retry<T>(Future<T> Function(int attempt) task,
    {int times = 3, bool Function(Object)? when}) async {
  for (var attempt = 1;; attempt++) {
    try {
      return await task(attempt);
    } catch (error) {
      if (attempt == times || when != null && !when(error)) rethrow;
    }
  }
}

Future<T> after<T>(int turns, T value) async {
  for (var i = 0; i < turns; i++) {
    await Future<void>.delayed(Duration.zero);
  }
  return value;
}

Future<Never> failAfter(int turns, Object error) async {
  await after(turns, null);
  throw error;
}

Future<void> main() async {
  print(await Future.wait([after(3, 'a'), after(1, 'b'), after(2, 'c')]));
  // expect: [a, b, c]
  print(await Future.any([after(5, 'slow'), after(1, 'fast')])); // expect: fast
  final cleaned = <int>[];
  try {
    await Future.wait([after(1, 1), failAfter(2, 'x'), after(3, 3), failAfter(4, 'y')],
        cleanUp: cleaned.add);
  } catch (error) {
    print('$error $cleaned'); // expect: x [1, 3]
  }
  try {
    await Future.wait([failAfter(2, 'late'), failAfter(1, 'early')], eagerError: true);
  } catch (error) {
    print(error); // expect: early
  }
  await after(3, null);
  print(await (after(1, 1), after(1, 'two'), after(2, [3])).wait);
  // expect: (1, two, [3])
  try {
    await [after(1, 1), failAfter(1, 'z')].wait;
  } on ParallelWaitError<List<int?>, List<AsyncError?>> catch (e) {
    print((e.values, e.errors.map((e) => e?.error).toList()));
    // expect: ([1, null], [null, z])
  }

  // Time limits.
  print(await Completer<int>().future
      .timeout(const Duration(milliseconds: 1), onTimeout: () => -1)); // expect: -1
  try {
    await Completer<int>().future.timeout(const Duration(milliseconds: 1));
  } on TimeoutException catch (error) {
    print(error.duration?.inMilliseconds); // expect: 1
  }

  // Retries.
  final attempts = <int>[];
  print(await retry((n) async {
    attempts.add(n);
    return n < 3 ? throw StateError('busy') : 'done';
  })); // expect: done
  print(attempts); // expect: [1, 2, 3]
  print(await retry<String>((n) => failAfter(1, 'fatal $n'),
          when: (e) => e is StateError)
      .catchError((Object e) => '$e')); // expect: fatal 1

  // At most two at once; results in order of the tasks.
  final pool = Pool(2), finished = <int>[];
  final results = await Future.wait([
    for (final (i, turns) in [5, 1, 1, 2].indexed)
      pool.run(() async {
        final value = await after(turns, i * 10);
        finished.add(i);
        return value;
      })
  ]);
  print((results, pool.most)); // expect: ([0, 10, 20, 30], 2)
  print(finished.first); // expect: 1
  await pool.run<void>(() => failAfter(1, 'e')).catchError((Object _) {});
  print(pool._running); // expect: 0

  // A lock keeps steps together even when one fails.
  final lock = Lock(), steps = <String>[];
  Future<void> step(String name) async {
    steps.add('$name>');
    await after(1, null);
    steps.add('<$name');
    if (name == 'b') throw name;
  }

  await Future.wait([
    for (final name in ['a', 'b', 'c'])
      lock.hold(() => step(name)).catchError((Object e) => steps.add('$e!'))
  ]);
  print(steps..remove('b!')); // expect: [a>, <a, b>, <b, c>, <c]

  var made = 0;
  final squares = Memo<int, int>((n) async {
    made++;
    await null;
    return n < 0 ? throw ArgumentError.value(n) : n * n;
  });
  print(await Future.wait([squares(3), squares(3), squares(4)])); // expect: [9, 9, 16]
  for (var i = 0; i < 2; i++) {
    await squares(-1).catchError((Object e) => 0, test: (e) => e is ArgumentError);
  }
  print(made); // expect: 4

  // Chains of then keep types, errors skip to who handles them.
  final text = await after(1, 20)
      .then((n) => n ~/ 0)
      .then((n) => 'never $n')
      .catchError((Object e) => 'caught ${e is Error}')
      .whenComplete(() => steps.clear());
  print((text, steps)); // expect: (caught true, [])
  unawaited(failAfter(1, 'ignored').then<void>((_) {}, onError: (_) {}));
  failAfter(1, 'also ignored').ignore();
  await after(2, null);
  print(await Future.doWhile(() async => (await after(1, ++made)) < 8)
      .then((_) => made)); // expect: 8
  await Future.forEach([1, 2], (n) async => made += await after(1, n));
  print(made); // expect: 11
}
