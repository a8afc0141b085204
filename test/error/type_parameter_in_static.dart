// A static member sees no type parameters of its class.
class A<T> {
  static T? f() => null; // error: type_parameter_in_static
}
void main() {}
