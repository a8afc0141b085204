// When things happen: synchronous code, microtasks, timers, futures of each
// kind, zones that watch, and uncaught errors in a guarded zone.
import 'dart:async';

final log = <String>[];

void show(String title) {
  print('$title: ${log.join(' ')}');
  log.clear();
}

Future<void> settle() => Future.delayed(const Duration(milliseconds: 5));

Future<int> body(String name) async {
  log.add('$name-begin');
  await null;
  log.add('$name-end');
  return 1;
}

Future<void> main() async {
  Timer.run(() => log.add('timer'));
  scheduleMicrotask(() => log.add('micro'));
  Future(() => log.add('future'));
  Future.microtask(() => log.add('future-micro'));
  Future.sync(() => log.add('future-sync'));
  Future.value(1).then((_) => log.add('then'));
  log.add('main');
  await settle();
  show('kinds');
  // expect: kinds: future-sync main micro future-micro then timer future

  // The body of an async function runs at once, up to its first await.
  final f = body('f');
  log.add('called');
  await f;
  show('body'); // expect: body: f-begin called f-end

  // Microtasks run to the last before the next timer.
  Timer.run(() {
    log.add('t1');
    scheduleMicrotask(() {
      log.add('m1');
      scheduleMicrotask(() => log.add('m2'));
    });
  });
  Timer.run(() => log.add('t2'));
  await settle();
  show('turns'); // expect: turns: t1 m1 m2 t2

  // Timers by time, then in the order they were made.
  Timer(const Duration(milliseconds: 3), () => log.add('3'));
  Timer(const Duration(milliseconds: 1), () => log.add('1a'));
  Timer(const Duration(milliseconds: 1), () => log.add('1b'));
  Timer(const Duration(milliseconds: -5), () => log.add('0'));
  Timer(const Duration(milliseconds: 2), () => log.add('never')).cancel();
  await Future<void>.delayed(const Duration(milliseconds: 4));
  show('timers'); // expect: timers: 0 1a 1b 3

  var ticks = 0;
  final done = Completer<void>();
  final ticker = Timer.periodic(const Duration(milliseconds: 1), (timer) {
    if (++ticks == 3) {
      timer.cancel();
      done.complete();
    }
  });
  await done.future;
  print((ticks, ticker.isActive)); // expect: (3, false)

  // Listeners in the order they came, and await among them.
  final completer = Completer<int>();
  completer.future.then((_) => log.add('a'));
  () async {
    await completer.future;
    log.add('b');
  }();
  completer.future.whenComplete(() => log.add('c')).then((_) => log.add('d'));
  completer.complete(1);
  log.add('completed');
  await settle();
  show('listeners'); // expect: listeners: completed a b c d

  // A synchronous completer calls them inside complete.
  final now = Completer<int>.sync();
  now.future.then((n) => log.add('got$n'));
  now.complete(7);
  log.add('after');
  show('sync'); // expect: sync: got7 after

  // finally and return values interleave with awaits in order.
  Future<String> tidy() async {
    try {
      log.add('try');
      return await Future.value('value');
    } finally {
      log.add('finally');
      await null;
      log.add('tidied');
    }
  }

  log.add(await tidy());
  show('finally'); // expect: finally: try finally tidied value

  // A zone sees what is scheduled, run and printed in it.
  final zone = Zone.current.fork(
      specification: ZoneSpecification(
        scheduleMicrotask: (self, parent, zone, f) {
          log.add('schedule');
          parent.scheduleMicrotask(zone, f);
        },
        createTimer: (self, parent, zone, duration, f) {
          log.add('timer${duration.inMilliseconds}');
          return parent.createTimer(zone, Duration.zero, f);
        },
        print: (self, parent, zone, line) => log.add('[$line]'),
      ),
      zoneValues: {#user: 'ann'});
  await zone.run(() async {
    scheduleMicrotask(() => print('micro ${Zone.current[#user]}'));
    Timer(const Duration(hours: 1), () => print('timer ${Zone.current == zone}'));
  });
  await settle();
  show('zone');
  // expect: zone: schedule timer3600000 schedule [micro ann] [timer true]
  print(Zone.current[#user]); // expect: null

  // Errors that nobody catches belong to the zone they happen in.
  final errors = <String>[];
  final result = runZonedGuarded(() {
    Future<void>.error('future');
    scheduleMicrotask(() => throw 'microtask');
    Timer.run(() => throw 'timer');
    Stream<int>.error('stream').listen((_) {});
    () async {
      await null;
      throw 'async';
    }();
    Future<void>.error('handled').catchError((_) {});
    return 'result';
  }, (error, trace) => errors.add('$error'));
  await settle();
  print(result); // expect: result
  print(errors..sort()); // expect: [async, future, microtask, stream, timer]
  print(runZonedGuarded<int>(() => throw 'at once', (e, _) => errors.add('$e')));
  // expect: null
  print(errors.last); // expect: at once
}
