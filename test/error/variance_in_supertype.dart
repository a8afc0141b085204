// A class's type parameter stands covariantly in its supertypes.
class A<T> {}
class B<T> extends A<void Function(T)> {} // error: variance
void main() {}
