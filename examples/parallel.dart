// The main example: how many primes there are below a bound, counted by one
// isolate and then by several at once.
import 'dart:isolate';

int countPrimes(int from, int to) {
  var count = 0;
  for (var n = from < 2 ? 2 : from; n < to; n++) {
    var isPrime = true;
    for (var d = 2; d * d <= n; d++) {
      if (n % d == 0) {
        isPrime = false;
        break;
      }
    }
    if (isPrime) count++;
  }
  return count;
}

Future<int> countInParts(int bound, int parts) async {
  final counts = await Future.wait([
    for (var i = 0; i < parts; i++)
      Isolate.run(() =>
          countPrimes(bound * i ~/ parts, bound * (i + 1) ~/ parts))
  ]);
  return counts.fold<int>(0, (sum, count) => sum + count);
}

Future<void> main(List<String> arguments) async {
  final bound = arguments.isEmpty ? 20000 : int.parse(arguments[0]);
  for (final parts in [1, 2, 8]) {
    final count = await countInParts(bound, parts);
    print('$count primes below $bound, by $parts isolates');
    // expect: 2262 primes below 20000, by 1 isolates
    // expect: 2262 primes below 20000, by 2 isolates
    // expect: 2262 primes below 20000, by 8 isolates
  }
}
