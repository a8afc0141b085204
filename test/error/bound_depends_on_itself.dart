// A bound is not its own parameter.
class A<T extends T> {} // error: cyclic_bound
void main() {}
