// `super` in closures of a mixin's members means the class below each
// application, also when a mixin is applied twice.
class A {
  String hi(int n) => 'A$n';
  int get v => 3;
  set w(int x) => print('w $x');
  int operator +(int other) => other + 1;
}

mixin M on A {
  @override
  String hi(int n) {
    final f = () => '${super.hi(n)}M';
    String local(int k) => '${super.hi(k)}L';
    return '${f()}${local(2)}${[5, 6].map((e) => super.hi(e)).join()}';
  }

  @override
  int get v => (() => super.v * 2)();
  late final twice = (() => super.v + super.v)();
  Iterable<int> generated() sync* {
    yield super.v;
    yield (() => super + 4)();
  }

  Future<int> later() async {
    final set = (() => super.w = 7)();
    return set + super.v;
  }

  String Function(int) tear() => (() => super.hi)();
}

mixin class Printed {
  String printed() => (() => super.toString())();
}

class B extends A with M {}

class C extends B with M {}

class D with Printed {}

class E extends F with Printed {}

class F {
  @override
  String toString() => 'an F';
}

Future<void> main() async {
  print(B().hi(1)); // expect: A1MA2LA5A6
  print(C().hi(1)); // expect: A1MA2LA5A6MA2MA2LA5A6LA5MA2LA5A6A6MA2LA5A6
  print(C().v); // expect: 12
  print(C().twice); // expect: 12
  print(B().generated().toList()); // expect: [3, 5]
  // expect: w 7
  print(await B().later()); // expect: 10
  print(B().tear()(5)); // expect: A5
  print(E().printed()); // expect: an F
  print(D().printed()); // expect: Instance of 'D'
}
