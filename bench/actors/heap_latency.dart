// The lateness of a timer of 1 ms beside a neighbour whose heap holds 1 GiB of
// live cells, and which allocates, lets go of some and is collected all the
// time. Arguments: ticks, MiB of the neighbour's heap.
import 'dart:async';
import 'dart:isolate';
import 'actor.dart';

const chainLength = 32;
const cellBytes = 24; // a header and two words

class Cell {
  Cell(this.next, this.number);
  Cell? next;
  int number;
}

Cell chain(int number) {
  Cell? first;
  for (var i = 0; i < chainLength; i++) {
    first = Cell(first, number + i);
  }
  return first!;
}

// Fills its heap with so many bytes, says so, and from then on replaces chains
// of cells by new ones, wherever they are.
void neighbour(List<Object> start) {
  final out = start[0] as SendPort;
  final bytes = start[1] as int;
  final chains = <Cell>[];
  while (chains.length * chainLength * cellBytes < bytes) {
    chains.add(chain(chains.length));
  }
  out.send(chains.length);
  var x = 42;
  for (;;) {
    x = (x * 1664525 + 1013904223) & 0xffffffff;
    chains[x % chains.length] = chain(x);
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
  final n = sizeOf(arguments, 5000);
  final bytes = (arguments.length > 1 ? int.parse(arguments[1]) : 1024) << 20;
  final ready = ReceivePort();
  final isolate = await Isolate.spawn(neighbour, [ready.sendPort, bytes]);
  final chains = await ready.first as int;
  final times = await ticks(n);
  check(residentBytes() >= bytes && chains > 0);
  report('heap_latency_p50', percentile(times, 50), 'us');
  report('heap_latency_p99', percentile(times, 99), 'us');
  report('heap_latency_max', times.last, 'us');
  isolate.kill(priority: Isolate.immediate);
}
