// if, for, spreads and null-aware elements; sets and maps told by elements.
void main() {
  final more = [7, 8];
  List<int>? none;
  int? gone;
  final list = [
    1,
    if (more.length == 2) 2 else 3,
    for (var i = 0; i < 2; i++) i * 10,
    for (final m in more) if (m.isEven) m,
    ...more,
    ...?none,
    ?gone,
    if (more case [final a, _]) a,
  ];
  print(list);
  final map = {for (final m in more) m: '$m', ...{'x': 1}, ?gone: 'no'};
  print(map);
  final set = {...more, 7};
  print(set.length);
  print({...map} is Map);
  print({for (final m in more) m} is Set<int>);
  Map<String, List<int>> groups = {};
  (groups['a'] ??= []).add(1);
  groups['a']!.addAll(more);
  print(groups);
  List<double> doubles = [1, 2.5];
  print(doubles);
  final record = (1, name: 'n', 2.5);
  print('${record.$1} ${record.name} ${record.$2}');
}

// expect: [1, 2, 0, 10, 8, 7, 8, 7]
// expect: {7: 7, 8: 8, x: 1}
// expect: 2
// expect: true
// expect: true
// expect: {a: [1, 7, 8]}
// expect: [1.0, 2.5]
// expect: 1 n 2.5
