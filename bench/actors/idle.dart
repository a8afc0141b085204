// Spawns actors that wait for a message; measures memory; wakes them all.
import 'dart:async';
import 'dart:isolate';
import 'actor.dart';

void child(SendPort out) {
  final port = RawReceivePort();
  port.handler = (message) {
    out.send(message);
    port.close();
  };
  out.send(port.sendPort);
}

void main(List<String> arguments) {
  final n = sizeOf(arguments, 1000000);
  final port = RawReceivePort();
  final children = <SendPort>[];
  final before = residentBytes();
  final watch = Stopwatch()..start();
  var sum = 0, count = 0;
  void wake() {
    report('idle_rss', (residentBytes() - before) / n, 'bytes');
    watch.reset();
    for (final child in children) {
      child.send(1);
    }
  }

  port.handler = (message) {
    if (message is SendPort) {
      children.add(message);
      if (children.length == n) {
        report('idle_spawn', nanosecondsEach(watch, n), 'ns/op');
        Timer(Duration(milliseconds: 200), wake);
      }
    } else {
      sum += message as int;
      if (++count == n) {
        report('idle_wake', nanosecondsEach(watch, n), 'ns/op');
        check(sum == n);
        port.close();
      }
    }
  };
  for (var i = 0; i < n; i++) {
    Isolate.spawn(child, port.sendPort);
  }
}
