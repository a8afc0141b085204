// A field is set once.
class A {
  final int x;
  A(this.x) : x = 2; // error: constructor_rule
}
void main() {}
