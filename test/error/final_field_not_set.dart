// Every constructor sets the final fields.
class A {
  final int x;
  A.one(this.x);
  A.two(); // error: missing_initializer
}
void main() {}
