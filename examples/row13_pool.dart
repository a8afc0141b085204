// A long-lived worker for many tasks: a pool that hands each task to a worker
// that is free.
import 'dart:async';
import 'dart:collection';
import 'dart:isolate';

class Pool {
  final _idle = Queue<SendPort>();
  final _waiting = Queue<(int, Completer<int>)>();
  final _running = <SendPort, Completer<int>>{};
  final _replies = ReceivePort();
  final int _size;
  final _started = Completer<Pool>();
  var _workers = 0;

  Pool(this._size);

  // Completes when all workers have said that they are there.
  static Future<Pool> start(int size) {
    final pool = Pool(size).._listen();
    for (var i = 0; i < size; i++) {
      Isolate.spawn(_work, pool._replies.sendPort);
    }
    return pool._started.future;
  }

  static void _work(SendPort reply) {
    final tasks = ReceivePort();
    reply.send((tasks.sendPort, null));
    tasks.listen((task) {
      if (task == null) {
        tasks.close();
      } else {
        reply.send((tasks.sendPort, (task as int) * task));
      }
    });
  }

  void _listen() {
    _replies.listen((message) {
      final (worker, result) = message as (SendPort, int?);
      if (result == null) {
        if (++_workers == _size) _started.complete(this);
      } else {
        _running.remove(worker)!.complete(result);
      }
      _idle.add(worker);
      _next();
    });
  }

  void _next() {
    while (_idle.isNotEmpty && _waiting.isNotEmpty) {
      final worker = _idle.removeFirst();
      final (task, completer) = _waiting.removeFirst();
      _running[worker] = completer;
      worker.send(task);
    }
  }

  Future<int> run(int task) {
    final completer = Completer<int>();
    _waiting.add((task, completer));
    _next();
    return completer.future;
  }

  void close() {
    for (final worker in _idle) {
      worker.send(null);
    }
    _replies.close();
  }
}

Future<void> main() async {
  final pool = await Pool.start(3);
  final results =
      await Future.wait([for (var i = 1; i <= 10; i++) pool.run(i)]);
  print(results); // expect: [1, 4, 9, 16, 25, 36, 49, 64, 81, 100]
  print('workers: ${pool._workers}'); // expect: workers: 3
  pool.close();
}
