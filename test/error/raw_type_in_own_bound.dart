// A bound that refers to itself through a raw type has no instantiation.
class A<T extends A> {} // error: raw_type_cycle
void main() {}
