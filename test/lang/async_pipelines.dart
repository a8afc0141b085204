// Streams joined into pipelines: transformers, merging, chunks, throttling by
// demand, cancelling an async generator through its finally.
import 'dart:async';

extension Pipes<T> on Stream<T> {
  Stream<List<T>> chunks(int size) async* {
    var chunk = <T>[];
    await for (final item in this) {
      chunk.add(item);
      if (chunk.length == size) {
        yield chunk;
        chunk = [];
      }
    }
    if (chunk.isNotEmpty) yield chunk;
  }

  Stream<R> scan<R>(R start, R Function(R, T) next) {
    var state = start;
    return transform(StreamTransformer.fromHandlers(
        handleData: (item, sink) => sink.add(state = next(state, item))));
  }

  Stream<(T, S)> zip<S>(Stream<S> other) async* {
    final right = StreamIterator(other);
    try {
      await for (final left in this) {
        if (!await right.moveNext()) return;
        yield (left, right.current);
      }
    } finally {
      await right.cancel();
    }
  }
}

Stream<T> merge<T>(List<Stream<T>> sources) {
  late final StreamController<T> out;
  final subscriptions = <StreamSubscription<T>>[];
  var open = sources.length;
  out = StreamController(
    onListen: () {
      for (final source in sources) {
        subscriptions.add(source.listen(out.add, onError: out.addError,
            onDone: () {
          if (--open == 0) out.close();
        }));
      }
    },
    onPause: () => subscriptions.forEach((s) => s.pause()),
    onResume: () => subscriptions.forEach((s) => s.resume()),
    onCancel: () => Future.wait(subscriptions.map((s) => s.cancel())),
  );
  return out.stream;
}

Stream<int> counter(String name, List<String> log, {int? failAt}) async* {
  log.add('$name starts');
  try {
    for (var i = 0;; i++) {
      if (i == failAt) throw StateError('$name fails at $i');
      yield i;
    }
  } finally {
    log.add('$name stops');
  }
}

Stream<int> flatten(Object nested) async* {
  switch (nested) {
    case final int n:
      yield n;
    case final Iterable<Object> parts:
      for (final part in parts) {
        yield* flatten(part);
      }
  }
}

Future<void> main() async {
  final log = <String>[];
  print(await counter('a', log)
      .where((n) => n.isOdd)
      .map((n) => n * n)
      .take(4)
      .toList()); // expect: [1, 9, 25, 49]
  print(log); // expect: [a starts, a stops]

  print(await Stream.fromIterable('abcdefg'.split('')).chunks(3).toList());
  // expect: [[a, b, c], [d, e, f], [g]]
  print(await Stream.fromIterable([3, 1, 2]).scan(10, (s, n) => s + n).toList());
  // expect: [13, 14, 16]
  log.clear();
  print(await Stream.fromIterable(['x', 'y'])
      .zip(counter('z', log))
      .toList()); // expect: [(x, 0), (y, 1)]
  print(log); // expect: [z starts, z stops]

  final merged = await merge([
    Stream.fromIterable([1, 2]),
    Stream.fromFuture(Future.value(10)),
    Stream<int>.empty(),
  ]).toList();
  print(merged..sort()); // expect: [1, 2, 10]

  print(await flatten([1, [2, [3, <Object>[]], 4], [[[5]]]]).toList());
  // expect: [1, 2, 3, 4, 5]

  // Errors end an await for, pass handleError, and reach onError.
  log.clear();
  final seen = <int>[];
  try {
    await for (final n in counter('e', log, failAt: 2)) {
      seen.add(n);
    }
  } on StateError catch (error) {
    print('${error.message} after $seen'); // expect: e fails at 2 after [0, 1]
  }
  print(log); // expect: [e starts, e stops]
  print(await counter('h', log, failAt: 1)
      .handleError((Object _) {}, test: (e) => e is StateError)
      .toList()); // expect: [0]
  final errors = Stream<int>.multi((c) => c
    ..add(1)
    ..addError('bad')
    ..add(2)
    ..close());
  final got = <Object>[];
  await errors
      .listen(got.add, onError: got.add)
      .asFuture<void>()
      .catchError((Object e) => got.add('future $e'));
  print(got); // expect: [1, future bad]
  print(await errors.map((n) => '$n').handleError(got.add).join()); // expect: 12

  // The listener's demand: a paused generator does not run ahead.
  log.clear();
  final made = <int>[];
  Stream<int> eager() async* {
    for (var i = 0; i < 5; i++) {
      made.add(i);
      yield i;
    }
  }

  final iterator = StreamIterator(eager());
  await iterator.moveNext();
  await iterator.moveNext();
  await Future<void>.delayed(Duration.zero);
  print((iterator.current, made)); // expect: (1, [0, 1])
  await iterator.cancel();
  print(made.length); // expect: 2

  // A broadcast stream forgets what nobody hears.
  final news = StreamController<String>.broadcast(sync: true);
  final heard = <String>[];
  news.add('lost');
  final first = news.stream.listen((s) => heard.add('1:$s'));
  news.add('x');
  final second = news.stream.listen((s) => heard.add('2:$s'));
  news.add('y');
  await first.cancel();
  news.add('z');
  await second.cancel();
  print((heard, news.hasListener)); // expect: ([1:x, 1:y, 2:y, 2:z], false)
  print(await Stream.fromIterable([4, 8, 15]).asyncExpand(
      (n) => Stream.fromIterable(List.filled(n % 3, n))).toList());
  // expect: [4, 8, 8]
  print(await Stream.fromIterable([1, 1, 2, 2, 1]).distinct().toList());
  // expect: [1, 2, 1]
  try {
    await Stream<int>.empty().first;
  } on StateError catch (error) {
    print(error.message); // expect: No element
  }
}
