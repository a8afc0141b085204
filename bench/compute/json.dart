import 'dart:convert';

import 'common.dart';

void main(List<String> args) {
  final n = size(args, 100000);
  final data = [
    for (var i = 0; i < n; i++)
      {
        'id': i,
        'name': 'name$i',
        'active': i.isEven,
        'score': i * 0.5,
        'tags': ['a', 'b', 'c'],
      }
  ];
  var clock = Stopwatch()..start();
  final text = jsonEncode(data);
  report('json_encode', text.length, clock..stop());
  clock = Stopwatch()..start();
  final back = jsonDecode(text) as List;
  clock.stop();
  var sum = 0;
  for (final item in back) {
    sum += (item['id'] as int) + (item['tags'] as List).length;
  }
  report('json_decode', sum, clock);
}
