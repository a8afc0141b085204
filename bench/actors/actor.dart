// What the actor workloads share. Each prints `NAME VALUE UNIT`, checked and
// timed inside the process; N is the first argument.
import 'dart:io';

void report(String name, double value, String unit) {
  print('$name ${value.toStringAsFixed(5)} $unit');
}

void check(bool isRight) {
  if (!isRight) throw StateError('wrong result');
}

double nanosecondsEach(Stopwatch watch, int count) =>
    watch.elapsedMicroseconds * 1000 / count;

int sizeOf(List<String> arguments, int standard) =>
    arguments.isEmpty ? standard : int.parse(arguments[0]);

double percentile(List<double> sorted, int percent) {
  final at = sorted.length * percent ~/ 100;
  return sorted[at < 1 ? 0 : at - 1];
}

// Bytes of memory that the process holds now.
int residentBytes() {
  final text = File('/proc/self/statm').readAsStringSync();
  return int.parse(text.split(' ')[1]) * 4096;
}
