// A bound may be narrower in the object's class than the caller knows.
class A {
  int field = 7;
}

class B {}

class C<S extends Object> {
  int read<T extends S>(T x) => 0;
}

class D<S extends A> extends C<S> {
  int read<T extends S>(T x) {
    A a = x;
    return a.field;
  }
}

void main() {
  C<Object> c = D<A>();
  print(c.read<A>(A())); // expect: 7
  try {
    print(c.read<Object>(B()));
  } on TypeError catch (e) {
    // expect: type 'Object' is not a subtype of type 'A' of 'read'
    print(e);
  }
}
