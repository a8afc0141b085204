import 'common.dart';

void multiply(int n, List<double> a, List<double> b, List<double> c) {
  for (var i = 0; i < n; i++) {
    for (var j = 0; j < n; j++) {
      var sum = 0.0;
      for (var k = 0; k < n; k++) {
        sum += a[i * n + k] * b[k * n + j];
      }
      c[i * n + j] = sum;
    }
  }
}

void main(List<String> args) {
  final n = size(args, 300);
  var x = 42;
  double next() => (x = lcg(x)) / 4294967296;
  final a = List.generate(n * n, (_) => next());
  final b = List.generate(n * n, (_) => next());
  final c = List.filled(n * n, 0.0);
  final clock = Stopwatch()..start();
  multiply(n, a, b, c);
  clock.stop();
  var sum = 0.0;
  for (final v in c) {
    sum += v;
  }
  report('matmul', sum.toStringAsFixed(6), clock);
}
