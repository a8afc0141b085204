import 'common.dart';

void main(List<String> args) {
  final n = size(args, 1000000);
  final list = <int>[];
  var x = 42;
  for (var i = 0; i < n; i++) {
    list.add(x = lcg(x));
  }
  final clock = Stopwatch()..start();
  list.sort((a, b) => a - b);
  clock.stop();
  var sum = 0;
  for (var i = 0; i < n; i++) {
    if (i > 0 && list[i - 1] > list[i]) throw StateError('not sorted');
    if (i % 1000 == 0) sum += list[i];
  }
  report('sort', sum, clock);
}
