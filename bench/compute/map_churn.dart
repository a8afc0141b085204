import 'common.dart';

int ints(int n) {
  final map = <int, int>{};
  var x = 42, sum = 0;
  for (var i = 0; i < n; i++) {
    x = lcg(x);
    map[x] = i;
  }
  x = 42;
  for (var i = 0; i < n; i++) {
    x = lcg(x);
    sum += map[x]!;
  }
  x = 42;
  for (var i = 0; i < n; i++) {
    x = lcg(x);
    if (i.isOdd) map.remove(x);
  }
  return sum + map.length;
}

int words(int n) {
  final map = <String, int>{};
  var x = 42, most = 0;
  for (var i = 0; i < n; i++) {
    x = lcg(x);
    final word = 'w${(x >> 16) % 50000}';
    map[word] = (map[word] ?? 0) + 1;
  }
  for (final count in map.values) {
    if (count > most) most = count;
  }
  return map.length * 1000 + most;
}

void main(List<String> args) {
  var clock = Stopwatch()..start();
  var result = ints(size(args, 2000000));
  report('map_int', result, clock..stop());
  clock = Stopwatch()..start();
  result = words(args.length > 1 ? int.parse(args[1]) : 1000000);
  report('map_word', result, clock..stop());
}
