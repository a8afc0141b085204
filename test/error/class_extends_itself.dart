// A class cannot be its own superclass, by way of others either.
class A extends B {} // error: cyclic_hierarchy
class B extends A {} // error: cyclic_hierarchy
void main() {}
