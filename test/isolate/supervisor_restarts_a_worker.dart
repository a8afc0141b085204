// A supervisor restarts a worker that crashes.
import 'dart:isolate';

void worker(List<Object?> start) {
  final [out as SendPort, life as int] = start;
  if (life < 3) throw StateError('life $life');
  out.send('life $life works');
}

void main() {
  final results = ReceivePort();
  final errors = ReceivePort();
  var life = 1;
  void start() => Isolate.spawn(worker, [results.sendPort, life],
      onError: errors.sendPort);
  errors.listen((message) {
    print((message as List)[0]);
    life++;
    start();
  });
  results.listen((message) {
    print(message);
    results.close();
    errors.close();
  });
  start();
}
// expect: Bad state: life 1
// expect: Bad state: life 2
// expect: life 3 works
