// Type arguments come from the context, then from arguments, literals last.
T id<T>(T x) {
  print(T);
  return x;
}

R fold<E, R>(List<E> list, R first, R join(R sum, E element)) {
  print('$E $R');
  var sum = first;
  for (final e in list) sum = join(sum, e);
  return sum;
}

void stages<T, U>(T make(), U use(T value), void last(U value)) {
  print('$T $U');
  last(use(make()));
}

class Pair<A, B> {
  final A a;
  final B b;
  Pair(this.a, this.b);
  Pair.twin(A x) : this(x, x as B);
}

void main() {
  id(3);
  num n = id(3);
  double d = id(3);
  print(n + d);
  final sum = fold([1, 2, 3], 0.5, (sum, e) => sum + e);
  print(sum);
  final text = fold(['a'], '', (sum, e) => sum + e);
  print(text);
  stages(() => 4, (x) => x.isEven, (y) => print(!y));
  print(Pair(1, 'x').runtimeType);
  Pair<num, Object> p = Pair(1, 'x');
  print(p.runtimeType);
  print([1, 2.5].runtimeType == <num>[].runtimeType);
  print(Pair<int, int>.twin(3).b);
  int Function(int) f = id;
  print(f(7));
  final make = Pair<bool, int>.new;
  print(make(true, 2).runtimeType);
}

// expect: int
// expect: num
// expect: double
// expect: 6.0
// expect: int double
// expect: 6.5
// expect: String String
// expect: a
// expect: int bool
// expect: false
// expect: Pair<int, String>
// expect: Pair<num, Object>
// expect: true
// expect: 3
// expect: int
// expect: 7
// expect: Pair<bool, int>
