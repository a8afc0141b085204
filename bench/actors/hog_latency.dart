// The lateness of a timer of 1 ms, alone and beside eight endless loops.
import 'dart:async';
import 'dart:isolate';
import 'actor.dart';

void hog(int seed) {
  var x = seed;
  while (true) {
    x = (x * 1664525 + 1013904223) & 0xffffffff;
  }
}

Future<List<double>> ticks(int n) async {
  final times = <double>[];
  final watch = Stopwatch()..start();
  for (var i = 0; i < n; i++) {
    watch.reset();
    await Future<void>.delayed(const Duration(milliseconds: 1));
    times.add(watch.elapsedMicroseconds - 1000.0);
  }
  times.sort();
  return times;
}

void main(List<String> arguments) async {
  final n = sizeOf(arguments, 2000);
  final idle = await ticks(n);
  final hogs = [for (var i = 0; i < 8; i++) await Isolate.spawn(hog, i)];
  await Future<void>.delayed(const Duration(milliseconds: 100));
  final busy = await ticks(n);
  report('tick_idle_p50', percentile(idle, 50), 'us');
  report('tick_idle_p99', percentile(idle, 99), 'us');
  report('hog_latency_p50', percentile(busy, 50), 'us');
  report('hog_latency_p99', percentile(busy, 99), 'us');
  for (final hog in hogs) {
    hog.kill(priority: Isolate.immediate);
  }
}
