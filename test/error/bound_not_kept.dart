// Type arguments keep the bounds of their parameters.
class A<T extends num> {}
A<String>? f() => null; // error: bound_not_kept
void main() {}
