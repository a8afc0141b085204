// A pool of workers that take tasks when they are free; results come back in the
// order of the tasks, errors with their task, and a dead worker is replaced.
import 'dart:async';
import 'dart:collection';
import 'dart:isolate';

sealed class Task {
  const Task(this.id);
  final int id;
}

class Primes extends Task {
  const Primes(super.id, this.below);
  final int below;
}

class Reverse extends Task {
  const Reverse(super.id, this.text);
  final String text;
}

class Fail extends Task {
  const Fail(super.id);
}

class Die extends Task {
  const Die(super.id);
}

typedef Answer = ({int id, Object? value, String? error});

Object? perform(Task task) => switch (task) {
      Primes(:final below) => [
          for (var n = 2; n < below; n++)
            if (!Iterable.generate(n - 2, (i) => i + 2)
                .takeWhile((d) => d * d <= n)
                .any((d) => n % d == 0))
              n
        ].length,
      Reverse(:final text) => text.split('').reversed.join(),
      Fail(:final id) => throw FormatException('task $id'),
      Die() => Isolate.exit(),
    };

void work(SendPort home) {
  final inbox = ReceivePort();
  home.send(inbox.sendPort);
  inbox.listen((task) {
    if (task is! Task) return inbox.close();
    Answer answer;
    try {
      answer = (id: task.id, value: perform(task), error: null);
    } catch (error) {
      answer = (id: task.id, value: null, error: '$error');
    }
    home.send(answer);
  });
}

class Worker {
  Worker._(this._port, this._events);

  static Future<Worker> start() async {
    final home = ReceivePort();
    await Isolate.spawn(work, home.sendPort, onExit: home.sendPort);
    final events = StreamIterator<Object?>(home);
    await events.moveNext();
    return Worker._(events.current as SendPort, events);
  }

  final SendPort _port;
  final StreamIterator<Object?> _events;

  // Null when the worker died of it.
  Future<Answer?> run(Task task) async {
    _port.send(task);
    await _events.moveNext();
    return _events.current as Answer?;
  }

  Future<void> stop() async {
    _port.send(null);
    await _events.cancel();
  }
}

class Pool {
  Pool(this.size);
  final int size;
  int started = 0;

  Future<List<Answer>> runAll(List<Task> tasks) async {
    final waiting = Queue.of(tasks);
    final answers = SplayTreeMap<int, Answer>();
    Future<void> serve() async {
      Worker? worker;
      while (waiting.isNotEmpty) {
        final task = waiting.removeFirst();
        if (worker == null) {
          started++;
          worker = await Worker.start();
        }
        final answer = await worker.run(task);
        if (answer == null) {
          await worker.stop();
          worker = null;
        }
        answers[task.id] =
            answer ?? (id: task.id, value: null, error: 'worker died');
      }
      await worker?.stop();
    }

    await Future.wait(List.generate(size, (_) => serve()));
    return answers.values.toList();
  }
}

Future<void> main() async {
  final pool = Pool(3);
  final answers = await pool.runAll([
    const Primes(0, 200),
    const Reverse(1, 'isolate'),
    const Fail(2),
    const Die(3),
    for (var i = 4; i < 8; i++) Reverse(i, 'task $i'),
    const Primes(8, 3),
  ]);
  for (final (:id, :value, :error) in answers) {
    print('$id: ${error ?? value}');
  }
  // expect: 0: 46
  // expect: 1: etalosi
  // expect: 2: FormatException: task 2
  // expect: 3: worker died
  // expect: 4: 4 ksat
  // expect: 5: 5 ksat
  // expect: 6: 6 ksat
  // expect: 7: 7 ksat
  // expect: 8: 1
  print(pool.started <= 4 && pool.started >= 3); // expect: true
  print(await Pool(2).runAll([])); // expect: []
}
