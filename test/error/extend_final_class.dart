// Numbers and strings have no subtypes of one's own.
class A implements num {} // error: invalid_supertype
class B extends String {} // error: invalid_supertype
void main() {}
