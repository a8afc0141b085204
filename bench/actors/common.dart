// Shared by the actor programs: which workload to run is the first argument,
// its size the second. What each does: see bench/README.md.

int now() => _clock.elapsedMicroseconds;
final Stopwatch _clock = Stopwatch()..start();

void report(String name, num value, String unit) {
  final text = value is int ? '$value' : value.toStringAsFixed(3);
  print('$name $text $unit');
}

void check(String name, Object value) => print('${name}_check $value checksum');

double median(List<double> values) {
  values.sort();
  return values[values.length ~/ 2];
}

double percentile(List<double> values, int percent) {
  values.sort();
  return values[(values.length - 1) * percent ~/ 100];
}
