// A list split in chunks, one isolate a chunk, results joined.
import 'dart:isolate';

int sumOfSquares(List<int> chunk) {
  var sum = 0;
  for (final x in chunk) {
    sum += x * x % 1000003;
  }
  return sum;
}

Future<int> inChunks(List<int> numbers, int count) async {
  final size = (numbers.length / count).ceil();
  final parts = await Future.wait([
    for (var i = 0; i < numbers.length; i += size)
      () {
        final end = i + size < numbers.length ? i + size : numbers.length;
        final chunk = numbers.sublist(i, end);
        return Isolate.run(() => sumOfSquares(chunk));
      }()
  ]);
  return parts.fold<int>(0, (a, b) => a + b);
}

Future<void> main() async {
  final numbers = List.generate(10000, (i) => i);
  final alone = sumOfSquares(numbers);
  print(await inChunks(numbers, 1) == alone); // expect: true
  print(await inChunks(numbers, 4) == alone); // expect: true
}
