// Constants do not change.
class A {
  int x = 1;
  const A(); // error: const_constructor_field
}
void main() {}
