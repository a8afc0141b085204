import 'common.dart';

void main(List<String> args) {
  final n = size(args, 5000000);
  final source = List.generate(n, (i) => i);
  var clock = Stopwatch()..start();
  var result = source
      .map((x) => x * 3 + 1)
      .toList()
      .where((x) => x.isEven)
      .toList()
      .fold(0, (a, v) => (a + v) % 1000000007);
  report('iter_eager', result, clock..stop());
  clock = Stopwatch()..start();
  result = source
      .map((x) => x * 3 + 1)
      .where((x) => x.isEven)
      .fold(0, (a, v) => (a + v) % 1000000007);
  report('iter_lazy', result, clock..stop());
}
