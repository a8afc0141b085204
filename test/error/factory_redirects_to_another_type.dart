// A factory redirects to a constructor of a subtype.
class A {
  factory A() = B; // error: redirection_type
}
class B {}
void main() {}
