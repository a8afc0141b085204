// A weak reference knows its type argument, and holds nothing alive.
class Thing {
  Thing(this.n);
  final int n;
}

WeakReference<Thing> make(int n) => WeakReference(Thing(n));

void main() {
  final kept = Thing(1);
  final strong = WeakReference(kept), weak = make(2);
  print(strong is WeakReference<Thing>); // expect: true
  print(strong is WeakReference<String>); // expect: false
  var garbage = <Object>[];
  for (var i = 0; i < 20000; i++) {
    garbage.add(Thing(i));
    if (garbage.length > 100) garbage = [];
  }
  print(strong.target!.n + kept.n); // expect: 2
  print(weak.target?.n); // expect: null
}
