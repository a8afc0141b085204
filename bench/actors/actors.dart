// The actor workloads: an actor is an isolate with a ReceivePort.
import 'dart:async';
import 'dart:io';
import 'dart:isolate';
import 'dart:typed_data';

import 'common.dart';

// Resident memory of the process, as Linux tells it in pages.
int residentBytes() =>
    int.parse(File('/proc/self/statm').readAsStringSync().split(' ')[1]) * 4096;

// ---- spawning

void echo((int, SendPort) job) => job.$2.send(job.$1);

Future<void> spawnExit(int n) async {
  final replies = RawReceivePort();
  late Completer<int> next;
  replies.handler = (int i) => next.complete(i);
  var sum = 0;
  final start = now();
  for (var i = 1; i <= n; i++) {
    next = Completer<int>();
    Isolate.spawn(echo, (i, replies.sendPort));
    sum += await next.future;
  }
  final time = now() - start;
  replies.close();
  check('spawn_exit', sum);
  report('spawn_exit', time * 1000 / n, 'ns/op');
}

Future<void> spawnBurst(int n) async {
  final done = Completer<int>();
  final replies = RawReceivePort();
  var sum = 0, left = n;
  replies.handler = (int i) {
    sum += i;
    if (--left == 0) done.complete(sum);
  };
  final start = now();
  for (var i = 1; i <= n; i++) {
    Isolate.spawn(echo, (i, replies.sendPort));
  }
  final result = await done.future;
  final time = now() - start;
  replies.close();
  check('spawn_burst', result);
  report('spawn_burst', time * 1000 / n, 'ns/op');
}

void idler(SendPort parent) {
  final port = ReceivePort();
  port.listen((message) {
    port.close();
    parent.send(message);
  });
  parent.send(port.sendPort);
}

Future<void> idle(int n) async {
  final all = <SendPort>[];
  var woken = 0;
  final ready = Completer<void>(), done = Completer<void>();
  final replies = RawReceivePort();
  replies.handler = (Object message) {
    if (message is SendPort) {
      all.add(message);
      if (all.length == n) ready.complete();
    } else if (++woken == n) {
      done.complete();
    }
  };
  final before = residentBytes();
  var start = now();
  for (var i = 0; i < n; i++) {
    Isolate.spawn(idler, replies.sendPort);
  }
  await ready.future;
  report('idle_spawn', (now() - start) * 1000 / n, 'ns/op');
  await Future<void>.delayed(const Duration(milliseconds: 200));
  report('idle_rss', (residentBytes() - before) / n, 'bytes');
  start = now();
  for (final port in all) {
    port.send(1);
  }
  await done.future;
  report('idle_wake', (now() - start) * 1000 / n, 'ns/op');
  replies.close();
}

// ---- messages

void pong(SendPort parent) {
  final port = RawReceivePort();
  port.handler = (Object? message) {
    if (message == null) {
      port.close();
    } else {
      parent.send(message);
    }
  };
  parent.send(port.sendPort);
}

Future<void> pingPong(int n) async {
  final done = Completer<void>();
  final port = RawReceivePort();
  late SendPort partner;
  var left = n, start = 0;
  port.handler = (Object message) {
    if (message is SendPort) {
      partner = message;
      start = now();
      partner.send(left);
    } else if (--left == 0) {
      done.complete();
    } else {
      partner.send(left);
    }
  };
  await Isolate.spawn(pong, port.sendPort);
  await done.future;
  report('ping_pong', (now() - start) * 1000 / n, 'ns');
  partner.send(null);
  port.close();
}

void member(SendPort parent) {
  final port = RawReceivePort();
  late SendPort next;
  port.handler = (Object message) {
    if (message is SendPort) {
      next = message;
      return;
    }
    final token = message as int;
    if (token < 0) {
      port.close();
    } else if (token == 0) {
      parent.send(0);
    } else {
      next.send(token - 1);
    }
  };
  parent.send(port.sendPort);
}

Future<void> ring(int hops) async {
  const size = 503;
  final members = <SendPort>[];
  final ready = Completer<void>(), done = Completer<void>();
  final port = RawReceivePort();
  port.handler = (Object message) {
    if (message is SendPort) {
      members.add(message);
      if (members.length == size) ready.complete();
    } else {
      done.complete();
    }
  };
  for (var i = 0; i < size; i++) {
    Isolate.spawn(member, port.sendPort);
  }
  await ready.future;
  for (var i = 0; i < size; i++) {
    members[i].send(members[(i + 1) % size]);
  }
  final start = now();
  members[0].send(hops);
  await done.future;
  report('ring', (now() - start) * 1000 / hops, 'ns');
  for (final m in members) {
    m.send(-1);
  }
  port.close();
}

void flood((SendPort, int) job) {
  final (port, n) = job;
  for (var i = 0; i < n; i++) {
    port.send(i);
  }
}

Future<void> fanIn(int n) async {
  const senders = 16;
  final done = Completer<int>();
  final port = RawReceivePort();
  var sum = 0, left = n * senders;
  port.handler = (int i) {
    sum += i;
    if (--left == 0) done.complete(sum);
  };
  final start = now();
  for (var i = 0; i < senders; i++) {
    Isolate.spawn(flood, (port.sendPort, n));
  }
  check('fan_in', await done.future);
  report('fan_in', (now() - start) * 1000 / (n * senders), 'ns');
  port.close();
}

// ---- large messages

class Record {
  Record(this.id, this.name, this.tags, this.score);

  final int id;
  final String name;
  final List<String> tags;
  final double score;
}

void measurer(SendPort parent) {
  final port = RawReceivePort();
  port.handler = (Object? message) {
    switch (message) {
      case null:
        port.close();
      case List<Record> list:
        parent.send(list.length);
      case Uint8List bytes:
        parent.send(bytes.first + bytes.last + bytes.length);
      case TransferableTypedData data:
        final bytes = data.materialize().asUint8List();
        parent.send(bytes.first + bytes.last + bytes.length);
    }
  };
  parent.send(port.sendPort);
}

Future<(SendPort, RawReceivePort, Future<int> Function())> partner() async {
  final first = Completer<SendPort>();
  final port = RawReceivePort();
  late Completer<int> answer;
  port.handler = (Object message) {
    if (message is SendPort) {
      first.complete(message);
    } else {
      answer.complete(message as int);
    }
  };
  await Isolate.spawn(measurer, port.sendPort);
  return (
    await first.future,
    port,
    () => (answer = Completer<int>()).future,
  );
}

Future<void> treeCopy(int n) async {
  final list = [
    for (var i = 0; i < n; i++)
      Record(i, 'record ${'$i'.padLeft(9, '0')}',
          ['a$i', 'b$i', 'c$i'], i * 0.5)
  ];
  final (to, port, reply) = await partner();
  final times = <double>[];
  for (var i = 0; i < 20; i++) {
    final answer = reply();
    final start = now();
    to.send(list);
    final length = await answer;
    times.add((now() - start) / 1000);
    if (length != n) throw StateError('wrong length');
  }
  report('tree_copy', median(times), 'ms');
  to.send(null);
  port.close();
}

Future<void> bytesSend(int n) async {
  final bytes = Uint8List(n)..fillRange(0, n, 7);
  final (to, port, reply) = await partner();
  for (final move in [false, true]) {
    final times = <double>[];
    for (var i = 0; i < 20; i++) {
      final data = move ? TransferableTypedData.fromList([bytes]) : bytes;
      final answer = reply();
      final start = now();
      to.send(data);
      final sum = await answer;
      times.add((now() - start) / 1000);
      if (sum != 14 + n) throw StateError('wrong sum');
    }
    report(move ? 'bytes_send_move' : 'bytes_send_copy', median(times), 'ms');
  }
  to.send(null);
  port.close();
}

// ---- work

int squares(int from, int to) {
  var sum = 0;
  for (var x = from; x < to; x++) {
    sum += x * x % 1000003;
  }
  return sum;
}

Future<void> parMap(int n) async {
  var start = now();
  final one = await Isolate.run(() => squares(0, n));
  final alone = (now() - start) / 1000;
  start = now();
  final half = n ~/ 2;
  final parts = await Future.wait([
    Isolate.run(() => squares(0, half)),
    Isolate.run(() => squares(half, n)),
  ]);
  final together = (now() - start) / 1000;
  if (parts[0] + parts[1] != one) throw StateError('wrong sum');
  check('par_map', one);
  report('par_map_1', alone, 'ms');
  report('par_map_2', together, 'ms');
  report('par_map_speedup', alone / together, 'x');
}

void hog(SendPort ready) {
  ready.send(null);
  var x = 42;
  for (;;) {
    x = (x * 1664525 + 1013904223) & 0xffffffff;
  }
}

Future<List<double>> ticks(int n) async {
  final late_ = <double>[];
  for (var i = 0; i < n; i++) {
    final start = now();
    final fired = Completer<void>();
    Timer(const Duration(milliseconds: 1), fired.complete);
    await fired.future;
    late_.add((now() - start - 1000).toDouble());
  }
  return late_;
}

Future<void> hogLatency(int n) async {
  final quiet = await ticks(n);
  report('tick_idle_p50', percentile(quiet, 50), 'us');
  report('tick_idle_p99', percentile(quiet, 99), 'us');
  final hogs = <Isolate>[];
  for (var i = 0; i < 8; i++) {
    final ready = ReceivePort();
    hogs.add(await Isolate.spawn(hog, ready.sendPort));
    await ready.first;
  }
  final busy = await ticks(n);
  report('hog_latency_p50', percentile(busy, 50), 'us');
  report('hog_latency_p99', percentile(busy, 99), 'us');
  for (final isolate in hogs) {
    isolate.kill(priority: Isolate.immediate);
  }
}

Future<void> main(List<String> args) async {
  int size(int otherwise) => args.length > 1 ? int.parse(args[1]) : otherwise;
  await switch (args.isEmpty ? '' : args[0]) {
    'spawn_exit' => spawnExit(size(100000)),
    'spawn_burst' => spawnBurst(size(100000)),
    'idle' => idle(size(1000000)),
    'ping_pong' => pingPong(size(1000000)),
    'ring' => ring(size(5000000)),
    'fan_in' => fanIn(size(200000)),
    'tree_copy' => treeCopy(size(100000)),
    'bytes_send' => bytesSend(size(64 << 20)),
    'par_map' => parMap(size(20000000)),
    'hog_latency' => hogLatency(size(2000)),
    _ => throw ArgumentError('name a workload; see bench/README.md'),
  };
}
