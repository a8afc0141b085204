// The sum of x*x mod 1000003 by one worker, then by two with half each.
import 'dart:isolate';
import 'actor.dart';

void worker(List<Object> start) {
  final from = start[1] as int, to = start[2] as int;
  var sum = 0;
  for (var x = from; x < to; x++) {
    sum += x * x % 1000003;
  }
  (start[0] as SendPort).send(sum);
}

Future<(double, int)> run(int n, int workers) async {
  final port = ReceivePort();
  final chunk = n ~/ workers;
  final watch = Stopwatch()..start();
  for (var w = 0; w < workers; w++) {
    Isolate.spawn(worker, [port.sendPort, w * chunk, (w + 1) * chunk]);
  }
  var sum = 0, count = 0;
  await for (final message in port) {
    sum += message as int;
    if (++count == workers) break;
  }
  return (watch.elapsedMicroseconds / 1000, sum);
}

void main(List<String> arguments) async {
  final n = sizeOf(arguments, 20000000);
  final (one, sum1) = await run(n, 1);
  final (two, sum2) = await run(n, 2);
  check(sum1 == sum2);
  report('par_map_sum', sum1.toDouble(), 'checksum');
  report('par_map_1', one, 'ms');
  report('par_map_2', two, 'ms');
  report('par_map_speedup', one / two, 'x');
}
