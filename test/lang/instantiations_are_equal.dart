// An instantiation of a generic function is equal to another of the same
// function with the same type arguments, for local functions too.
T top<T>(T x) => x;

class C {
  T method<T>(T x) => x;
}

void main() {
  final base = [1];
  List<T> local<T>(T x) => [x, ...base.whereType<T>()];
  final a = local, b = local;
  print(a == b); // expect: true
  print(a<int> == b<int>); // expect: true
  print(a<int> == b<num>); // expect: false
  print(a<int>.hashCode == local<int>.hashCode); // expect: true
  List<String> Function(String) coerced = local;
  print(coerced == b<String>); // expect: true
  print({a<int>, b<int>, local<int>}.length); // expect: 1
  print(top<int> == top<int>); // expect: true
  final c = C();
  print(c.method<int> == c.method<int>); // expect: true
  print(c.method<int> == C().method<int>); // expect: false
  final closures = [for (var i = 0; i < 2; i++) <T>(T x) => '$x$i'];
  print(closures[0]<int> == closures[1]<int>); // expect: false
}
