// No shared mutable state: many isolates work hard on what looks like the same
// data, and a race detector finds nothing.
import 'dart:isolate';

final List<int> shared = List.generate(100, (i) => i);

int churn(int seed) {
  var x = seed;
  for (var i = 0; i < 2000; i++) {
    x = (x * 1664525 + 1013904223) & 0xffffffff;
    shared[x % shared.length] = x & 0xff;
  }
  var sum = 0;
  for (final v in shared) {
    sum += v;
  }
  return sum;
}

Future<void> main() async {
  final seeds = [for (var i = 1; i <= 8; i++) i];
  final sums =
      await Future.wait([for (final s in seeds) Isolate.run(() => churn(s))]);
  // The same again, one after the other: the same sums, as nothing is shared.
  final again = <int>[];
  for (final s in seeds) {
    again.add(await Isolate.run(() => churn(s)));
  }
  var same = true;
  for (var i = 0; i < seeds.length; i++) {
    same = same && sums[i] == again[i];
  }
  print('same: $same'); // expect: same: true
  print('untouched: ${shared[7]}'); // expect: untouched: 7
}
