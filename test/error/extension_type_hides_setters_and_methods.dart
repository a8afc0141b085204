// In an extension type a method hides an inherited setter of its name, and a
// setter an inherited method; a getter and a setter go together.
extension type Base(int it) {
  int get both => it;
  int method() => it;
  set property(int value) {}
}

extension type Derived(Base base) implements Base {
  set both(int value) {}
  set method(int value) {}
  int property() => 1;
}

void main() {
  final d = Derived(Base(1));
  d.both = d.both;
  d.method = d.property();
  d.method(); // error: undefined_method
  d.property = 1; // error: undefined_setter
}
