// The body relies on the bound, so a dynamic call checks it.
class A {
  int field = 7;
  int read() => field;
}

class B {}

int read<T extends A>(T x) => x.read();

class C<S> {
  String name<T extends List<S>, U extends Comparable<U>>() => '$T $U';
}

void check(void Function() call) {
  try {
    call();
  } on TypeError catch (e) {
    print(e);
  }
}

void main() {
  dynamic f = read;
  // expect: type 'Object' is not a subtype of type 'A' of 'read'
  check(() => print(f<Object>(B())));
  check(() => print(f<A>(A()))); // expect: 7

  dynamic c = C<int>();
  // expect: type 'List<String>' is not a subtype of type 'List<int>' of 'C.name'
  check(() => print(c.name<List<String>, String>()));
  // expect: type 'Object' is not a subtype of type 'Comparable<Object>' of 'C.name'
  check(() => print(c.name<List<int>, Object>()));
  check(() => print(c.name<List<int>, num>())); // expect: List<int> num
}
