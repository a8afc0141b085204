// A class that is not abstract implements all of its interface.
abstract class A {
  int f();
}
class B implements A {} // error: missing_implementation
void main() {}
