// Only mixins and mixin classes can be mixed in.
class A {}
class B with A {} // error: invalid_supertype
void main() {}
