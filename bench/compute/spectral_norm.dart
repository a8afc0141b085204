import 'dart:math';

import 'common.dart';

double a(int i, int j) => 1 / ((i + j) * (i + j + 1) / 2 + i + 1);

void mulAv(int n, List<double> v, List<double> result) {
  for (var i = 0; i < n; i++) {
    var sum = 0.0;
    for (var j = 0; j < n; j++) {
      sum += a(i, j) * v[j];
    }
    result[i] = sum;
  }
}

void mulAtv(int n, List<double> v, List<double> result) {
  for (var i = 0; i < n; i++) {
    var sum = 0.0;
    for (var j = 0; j < n; j++) {
      sum += a(j, i) * v[j];
    }
    result[i] = sum;
  }
}

double run(int n) {
  final u = List.filled(n, 1.0), v = List.filled(n, 0.0);
  final w = List.filled(n, 0.0);
  for (var i = 0; i < 10; i++) {
    mulAv(n, u, w);
    mulAtv(n, w, v);
    mulAv(n, v, w);
    mulAtv(n, w, u);
  }
  var vbv = 0.0, vv = 0.0;
  for (var i = 0; i < n; i++) {
    vbv += u[i] * v[i];
    vv += v[i] * v[i];
  }
  return sqrt(vbv / vv);
}

void main(List<String> args) {
  final n = size(args, 500);
  final clock = Stopwatch()..start();
  final result = run(n);
  report('spectral_norm', result.toStringAsFixed(9), clock..stop());
}
