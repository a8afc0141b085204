// Extensions: most specific first, applied by name, torn off, with setters.
extension OnList<T> on List<T> {
  T? get firstOrNone => isEmpty ? null : first;
  List<R> each<R>(R f(T t)) => [for (final e in this) f(e)];
  List<T> operator +(T t) => [...this, t];
  set size(int n) => print('size $n of $length');
  int get size => length;
  String get kind => 'list of $T';
}

extension OnInts on List<int> {
  int get sum => fold(0, (a, b) => a + b);
  String get kind => 'ints';
}

extension on int {
  int get doubled => this * 2;
  int plus([int other = 10]) => this + other;
}

void main() {
  final list = [1, 2, 3];
  print(list.firstOrNone);
  print(<String>[].firstOrNone);
  print(list.each((e) => '<$e>'));
  print(OnList(list) + 4);
  list.size += 2;
  print(list.sum);
  print(list.kind);
  print(OnList(list).kind);
  print(['a'].kind);
  print(4.doubled);
  final plus = 5.plus;
  print(plus());
  print(plus(1));
}

// expect: 1
// expect: null
// expect: [<1>, <2>, <3>]
// expect: [1, 2, 3, 4]
// expect: size 5 of 3
// expect: 6
// expect: ints
// expect: list of int
// expect: list of String
// expect: 8
// expect: 15
// expect: 6
