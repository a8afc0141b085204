// Behaviour put together from mixins: order of linearization, state in mixins,
// super chains, `on` clauses, mixin classes, generic mixins, class modifiers.
abstract class Animal {
  Animal(this.name);
  final String name;
  List<String> describe() => ['$name is an animal'];
  int get legs => 4;
}

mixin Swimmer on Animal {
  int dives = 0;
  void dive() => dives++;
  @override
  List<String> describe() => [...super.describe(), 'swims'];
}

mixin Flyer on Animal {
  double height = 0;
  void rise(double metres) => height += metres;
  @override
  int get legs => 2;
  @override
  List<String> describe() => [...super.describe(), 'flies'];
}

mixin Diver on Animal, Swimmer {
  @override
  void dive() {
    super.dive();
    super.dive();
  }
}

class Duck extends Animal with Swimmer, Flyer {
  Duck() : super('Duck');
}

class Gannet extends Animal with Flyer, Swimmer, Diver {
  Gannet() : super('Gannet');
  @override
  List<String> describe() => super.describe()..add('and dives');
}

// A mixin that needs nothing and works with a getter of its user.
mixin Ordered<T extends Ordered<T>> implements Comparable<T> {
  num get rank;
  bool operator <(T other) => compareTo(other) < 0;
  bool operator >(T other) => compareTo(other) > 0;
  T max(T other) => this < other ? other : this as T;
  @override
  int compareTo(T other) => rank.compareTo(other.rank);
}

class Version with Ordered<Version> {
  Version(this.major, this.minor);
  final int major, minor;
  @override
  num get rank => major * 1000 + minor;
  @override
  String toString() => '$major.$minor';
}

mixin class Observable<T> {
  final List<void Function(T)> _observers = [];
  void Function() observe(void Function(T) observer) {
    _observers.add(observer);
    return () => _observers.remove(observer);
  }

  void notify(T value) => [..._observers].forEach((f) => f(value));
}

class Counter with Observable<int> {
  int _n = 0;
  void increment() => notify(++_n);
}

class Log extends Observable<String> {
  void write(String line) => notify(line.trim());
}

mixin A {
  String get path => 'A';
}
mixin B {
  String get path => 'B';
}

class Base {
  String get path => 'Base';
}

class One extends Base with A, B {}

class Two extends Base with B, A {
  String get up => super.path;
}

class Three = Base with A;

mixin Counted {
  static int made = 0;
  final int id = ++made;
}

class Ticket with Counted {}

class Stamp with Counted {
  Stamp(this.price);
  final int price;
}

mixin Cached<K, V> {
  final Map<K, V> _cache = {};
  int hits = 0;
  V compute(K key);
  V operator [](K key) {
    if (_cache.containsKey(key)) {
      hits++;
      return _cache[key] as V;
    }
    return _cache[key] = compute(key);
  }
}

class Lengths with Cached<String, int> {
  @override
  int compute(String key) => key.length;
}

class Maybe with Cached<int, String?> {
  int asked = 0;
  @override
  String? compute(int key) {
    asked++;
    return key.isEven ? '$key' : null;
  }
}

void main() {
  final duck = Duck()
    ..dive()
    ..rise(2.5);
  print(duck.describe()); // expect: [Duck is an animal, swims, flies]
  print((duck.dives, duck.height, duck.legs)); // expect: (1, 2.5, 2)
  final gannet = Gannet()..dive();
  print(gannet.describe());
  // expect: [Gannet is an animal, flies, swims, and dives]
  print((gannet.dives, gannet is Flyer, gannet is Duck)); // expect: (2, true, false)

  print(Version(1, 20).max(Version(2, 3))); // expect: 2.3
  print(Version(1, 2) > Version(1, 1)); // expect: true
  print([Version(3, 0), Version(1, 5), Version(1, 4)]..sort());
  // expect: [1.4, 1.5, 3.0]

  final counter = Counter(), heard = <Object>[];
  final stop = counter.observe(heard.add);
  counter.observe((n) => n == 2 ? stop() : null);
  counter
    ..increment()
    ..increment()
    ..increment();
  print(heard); // expect: [1, 2]
  Log()
    ..observe(heard.add)
    ..write(' line ');
  print(heard.last); // expect: line

  print([One().path, Two().path, Two().up, Three().path]); // expect: [B, A, A, A]
  print([Ticket().id, Stamp(5).id, Ticket().id, Counted.made]);
  // expect: [1, 2, 3, 3]

  final lengths = Lengths();
  print([lengths['abc'], lengths['abc'], lengths[''], lengths.hits]);
  // expect: [3, 3, 0, 1]
  final maybe = Maybe();
  print([maybe[1], maybe[1], maybe[2], maybe.asked, maybe.hits]);
  // expect: [null, null, 2, 2, 1]
  print(maybe is Cached<int, Object?>); // expect: true
  print(maybe is Cached<int, String>); // expect: false
}
