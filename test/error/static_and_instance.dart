// A static member cannot have the name of an instance member.
class A {
  int f() => 1;
  static int f() => 2; // error: static_conflict
}
void main() {}
