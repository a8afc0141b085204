// What stands below a base class is base, final or sealed.
base class A {}
class B extends A {} // error: class_modifier
final class C extends A {}
void main() {}
