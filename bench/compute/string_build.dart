import 'common.dart';

int run(int n) {
  final buffer = StringBuffer();
  for (var i = 0; i < n; i++) {
    buffer.write(i);
    buffer.write(',');
  }
  final text = buffer.toString();
  var sum = 0;
  for (var i = 0; i < text.length; i += 101) {
    sum += text.codeUnitAt(i);
  }
  return text.length * 1000 + sum % 1000;
}

void main(List<String> args) {
  final n = size(args, 2000000);
  final clock = Stopwatch()..start();
  final result = run(n);
  report('string_build', result, clock..stop());
}
