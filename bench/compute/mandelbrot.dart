import 'common.dart';

int run(int n) {
  var inside = 0;
  for (var y = 0; y < n; y++) {
    final ci = 2 * y / n - 1;
    for (var x = 0; x < n; x++) {
      final cr = 2 * x / n - 1.5;
      var zr = 0.0, zi = 0.0, r2 = 0.0, i2 = 0.0, k = 0;
      while (k < 50 && r2 + i2 <= 4) {
        zi = 2 * zr * zi + ci;
        zr = r2 - i2 + cr;
        r2 = zr * zr;
        i2 = zi * zi;
        k++;
      }
      if (r2 + i2 <= 4) inside++;
    }
  }
  return inside;
}

void main(List<String> args) {
  final n = size(args, 1000);
  final clock = Stopwatch()..start();
  final result = run(n);
  report('mandelbrot', result, clock..stop());
}
