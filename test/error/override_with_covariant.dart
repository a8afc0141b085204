// `covariant` lets an override narrow its parameter; the check moves to calls.
class A {
  int f(num x) => 1;
}
class B extends A {
  int f(covariant int x) => 2 * x;
}
void main() {
  A a = B();
  print(a.f(3)); // expect: 6
}
