// flags: slow
// After a million isolates have lived and died the process is where it was:
// memory comes back, of those that ended and of those that were killed.
import 'dart:io';
import 'dart:isolate';

const pages = 4096, alive = 200, total = 1000000;

// Resident bytes.
int resident() =>
    int.parse(File('/proc/self/statm').readAsStringSync().split(' ')[1]) * pages;

void child(SendPort out) {
  final kept = [for (var i = 0; i < 10; i++) i];
  out.send(kept.length);
}

void main() async {
  var begun = 0, ended = 0, before = 0;
  final port = RawReceivePort();
  void start() {
    begun++;
    final spawned = Isolate.spawn(child, port.sendPort, onExit: port.sendPort);
    if (begun % 10 == 0) spawned.then((i) => i.kill());
  }

  port.handler = (Object? message) {
    if (message != null) return;
    ended++;
    if (ended == total ~/ 2) before = resident();
    if (begun < total) start();
    if (ended == total) {
      final more = resident() - before;
      print(more < 8 << 20 ? 'memory is back' : '$more bytes more');
      port.close();
    }
  };
  for (var i = 0; i < alive; i++) {
    start();
  }
}
// expect: memory is back
