// A future that completes another one needs no stack for it, so a chain may be
// of any length; listeners are still called in their order.
import 'dart:async';

Future<int> count(int n) async {
  await null;
  return n == 0 ? 0 : 1 + await count(n - 1);
}

Future<int> fail(int n) async {
  await null;
  if (n == 0) throw StateError('deep');
  return 1 + await fail(n - 1);
}

Future<void> main() async {
  print(await count(200)); // expect: 200
  try {
    await fail(200);
  } on StateError catch (error) {
    print(error.message); // expect: deep
  }

  final source = Completer<int>.sync();
  var chain = source.future;
  for (var i = 0; i < 200; i++) {
    chain = i.isEven ? chain.then((n) => n + 1) : chain.whenComplete(() {});
  }
  var seen = 0;
  chain.then((n) => seen = n);
  source.complete(0);
  print(seen); // expect: 100

  final log = <String>[];
  final root = Completer<void>.sync();
  root.future.then((_) => log.add('a')).then((_) => log.add('a.then'));
  Future<void> waiter(String name) async {
    await root.future;
    log.add(name);
  }

  waiter('b').then((_) => log.add('b.then'));
  waiter('c');
  root.future.then((_) => log.add('d'));
  root.complete();
  log.add('after complete');
  print(log.join(', '));
  // expect: a, a.then, b, b.then, c, d, after complete

  final guarded = <String>[];
  await runZonedGuarded(() async {
    guarded.add('${await count(50)}');
    await fail(50).catchError((Object e) {
      guarded.add('caught');
      return 0;
    });
    guarded.add('end');
  }, (error, trace) => guarded.add('uncaught'));
  print(guarded); // expect: [50, caught, end]
}
