// A mixin applies only to a superclass that it is declared on.
class A {}
mixin M on A {}
class B with M {} // error: mixin_superclass
class C extends A with M {}
void main() {}
