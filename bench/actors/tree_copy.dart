// Sends a list of records, built at run time, whole; waits for its length.
import 'dart:isolate';
import 'actor.dart';

class Record {
  Record(this.id, this.name, this.tags, this.score);
  final int id;
  final String name;
  final List<String> tags;
  final double score;
}

void receiver(SendPort out) {
  final port = RawReceivePort();
  port.handler = (message) {
    if (message == null) {
      port.close();
    } else {
      out.send((message as List<Record>).length);
    }
  };
  out.send(port.sendPort);
}

void main(List<String> arguments) {
  final n = sizeOf(arguments, 100000);
  final tree = [
    for (var i = 0; i < n; i++)
      Record(i, 'record-${'$i'.padLeft(9, '0')}',
          ['a${i % 100}', 'b${i % 100}', 'c${i % 100}'], i * 0.5)
  ];
  final port = RawReceivePort();
  final watch = Stopwatch();
  final times = <double>[];
  late SendPort other;
  void send() {
    watch
      ..reset()
      ..start();
    other.send(tree);
  }

  port.handler = (message) {
    if (message is SendPort) {
      other = message;
      send();
      return;
    }
    times.add(watch.elapsedMicroseconds / 1000);
    check(message == n);
    if (times.length < 20) {
      send();
    } else {
      times.sort();
      report('tree_copy', percentile(times, 50), 'ms');
      other.send(null);
      port.close();
    }
  };
  Isolate.spawn(receiver, port.sendPort);
}
