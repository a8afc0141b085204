// With a noSuchMethod of its own a class has forwarders for what it lacks.
abstract class A {
  int f(int x);
  String get name;
}
class B implements A {
  noSuchMethod(Invocation i) =>
      i.isGetter ? 'got' : i.positionalArguments.length;
}
void main() {
  A a = B();
  print(a.f(7)); // expect: 1
  print(a.name); // expect: got
}
