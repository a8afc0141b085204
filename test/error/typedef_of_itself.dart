// A typedef cannot stand for itself.
typedef A = List<A>; // error: cyclic_typedef
void main() {}
