// Isolate.run gives back what its function returns or throws.
import 'dart:isolate';

int sum(int n) {
  var total = 0;
  for (var i = 1; i <= n; i++) {
    total += i;
  }
  return total;
}

void main() async {
  print(await Isolate.run(() => sum(1000))); // expect: 500500
  print(await Isolate.run(() async => [1, 'two', 3.0])); // expect: [1, two, 3.0]
  final base = 20;
  print(await Isolate.run(() => base * 2)); // expect: 40
  try {
    await Isolate.run<int>(() => throw FormatException('bad'));
  } on FormatException catch (error) {
    print(error.message); // expect: bad
  }
  final results = await Future.wait(
      [for (var i = 1; i <= 4; i++) Isolate.run(() => sum(i * 10))]);
  print(results); // expect: [55, 210, 465, 820]
}
