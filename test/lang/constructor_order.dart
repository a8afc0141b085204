// Initialisers of fields, `this.x`, the list, the superclass, then bodies.
T say<T>(String word, T value) {
  print(word);
  return value;
}

class Base {
  final int a;
  final int early = say('base field', 1);
  Base(this.a) : assert(a > 0) {
    print('base body');
  }
}

class Derived extends Base {
  final int b;
  final int field = say('derived field', 2);
  late final int lazy = say('lazy', a + b);
  Derived(super.a, {int b = 3}) : b = say('list', b) {
    print('derived body');
  }
  Derived.both(int x) : this(x, b: x + 1);
  factory Derived.pick(int x) => x > 0 ? Derived(x) : Derived.both(-x);
}

void main() {
  final d = Derived(1);
  print(d.lazy);
  print(d.lazy);
  print(Derived.both(4).b);
  print(Derived.pick(-6).b);
}

// expect: derived field
// expect: list
// expect: base field
// expect: base body
// expect: derived body
// expect: lazy
// expect: 4
// expect: 4
// expect: derived field
// expect: list
// expect: base field
// expect: base body
// expect: derived body
// expect: 5
// expect: derived field
// expect: list
// expect: base field
// expect: base body
// expect: derived body
// expect: 7
