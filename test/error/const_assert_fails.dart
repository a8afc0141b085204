// The asserts of a const constructor hold for constants.
class A {
  final int x;
  const A(this.x) : assert(x > 0); // error: constant_assert
}
const a = A(-1);
void main() {}
