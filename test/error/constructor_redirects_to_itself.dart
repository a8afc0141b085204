// Redirections end somewhere.
class A {
  A.a() : this.b(); // error: cyclic_redirection
  A.b() : this.a(); // error: cyclic_redirection
}
void main() {}
