import 'common.dart';

int fannkuch(int n) {
  final p = List.generate(n, (i) => i), q = List.filled(n, 0);
  final count = List.filled(n + 1, 0);
  var most = 0, sum = 0, r = n, even = true;
  for (;;) {
    while (r != 1) {
      count[r - 1] = r;
      r--;
    }
    for (var i = 0; i < n; i++) {
      q[i] = p[i];
    }
    var flips = 0, k = q[0];
    while (k != 0) {
      var i = 0, j = k;
      while (i < j) {
        final t = q[i];
        q[i] = q[j];
        q[j] = t;
        i++;
        j--;
      }
      flips++;
      k = q[0];
    }
    if (flips > most) most = flips;
    sum += even ? flips : -flips;
    for (;;) {
      if (r == n) return sum * 1000 + most;
      final first = p[0];
      for (var i = 0; i < r; i++) {
        p[i] = p[i + 1];
      }
      p[r] = first;
      count[r]--;
      if (count[r] > 0) break;
      r++;
    }
    even = !even;
  }
}

void main(List<String> args) {
  final n = size(args, 10);
  final clock = Stopwatch()..start();
  final result = fannkuch(n);
  report('fannkuch', result, clock..stop());
}
