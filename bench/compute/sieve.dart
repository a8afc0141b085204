import 'dart:typed_data';

import 'common.dart';

int run(int n) {
  var total = 0;
  for (var round = 0; round < 3; round++) {
    final composite = Uint8List(n + 1);
    for (var i = 2; i <= n; i++) {
      if (composite[i] == 0) {
        total++;
        for (var j = i * i; j <= n; j += i) {
          composite[j] = 1;
        }
      }
    }
  }
  return total;
}

void main(List<String> args) {
  final n = size(args, 5000000);
  final clock = Stopwatch()..start();
  final result = run(n);
  report('sieve', result, clock..stop());
}
