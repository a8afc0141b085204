import 'common.dart';

int fib(int n) => n < 2 ? n : fib(n - 1) + fib(n - 2);

void main(List<String> args) {
  final n = size(args, 35);
  final clock = Stopwatch()..start();
  final result = fib(n);
  report('fib', result, clock..stop());
}
