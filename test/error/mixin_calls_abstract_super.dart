// What a mixin calls on super must be there when it is applied.
abstract class A {
  void f();
}
mixin M on A {
  void f() => super.f();
}
class B extends A with M {} // error: mixin_super_member
void main() {}
