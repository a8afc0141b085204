// An override accepts and returns what the overridden member does.
class A {
  int f(num x) => 1;
}
class B extends A {
  int f(int x) => 2; // error: invalid_override
}
void main() {}
