// Two interfaces that give a member types without a common subtype.
abstract class A {
  int f();
}
abstract class B {
  String f();
}
abstract class C implements A, B {} // error: inconsistent_inheritance
void main() {}
