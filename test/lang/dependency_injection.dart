// A container that makes objects by type: factories, singletons, scopes, cycles
// found, all by reified type arguments.
typedef Factory<T> = T Function(Container);

class Unregistered extends Error {
  Unregistered(this.type);
  final Type type;
  @override
  String toString() => 'Nothing makes $type';
}

class Cycle extends Error {
  Cycle(this.path);
  final List<Type> path;
  @override
  String toString() => 'Cycle: ${path.join(' -> ')}';
}

class Container {
  Container([this._parent]);

  final Container? _parent;
  final Map<(Type, String?), Factory<Object?>> _factories = {};
  final List<Disposable> _disposables = [];
  late final List<Type> _making = _parent?._making ?? [];

  void factory<T>(Factory<T> make, {String? name}) =>
      _factories[(T, name)] = make;

  void singleton<T>(Factory<T> make, {String? name}) {
    late final T instance = _track(make(this));
    factory<T>((_) => instance, name: name);
  }

  void value<T>(T value, {String? name}) => factory<T>((_) => value, name: name);

  T _track<T>(T made) {
    if (made case final Disposable disposable) _disposables.add(disposable);
    return made;
  }

  T get<T>({String? name}) {
    final key = (T, name);
    for (Container? c = this; c != null; c = c._parent) {
      final make = c._factories[key];
      if (make == null) continue;
      if (_making.contains(T)) throw Cycle([..._making, T]);
      _making.add(T);
      try {
        return make(this) as T;
      } finally {
        _making.removeLast();
      }
    }
    if (null is T) return null as T;
    throw Unregistered(T);
  }

  T call<T>() => get<T>();

  Lazy<T> lazily<T>() => Lazy(get<T>);

  Container scope(void Function(Container) register) =>
      Container(this).._apply(register);
  void _apply(void Function(Container) register) => register(this);

  void dispose() {
    for (final one in _disposables.reversed) {
      one.dispose();
    }
    _disposables.clear();
  }
}

class Lazy<T> {
  Lazy(this._get);
  final T Function() _get;
  late final T value = _get();
}

abstract interface class Disposable {
  void dispose();
}

abstract interface class Store<T> {
  List<T> get all;
  void add(T item);
}

class MemoryStore<T> implements Store<T>, Disposable {
  MemoryStore(this.log);
  final Log log;
  @override
  final List<T> all = [];
  @override
  void add(T item) {
    all.add(item);
    log.write('+$T');
  }

  @override
  void dispose() => log.write('-$T');
}

class Log {
  final List<String> lines = [];
  void write(String line) => lines.add(line);
}

class Request {
  Request(this.user);
  final String user;
}

class Greeter {
  Greeter(this._names, this._request, {required this.greeting});
  final Store<String> _names;
  final Request _request;
  final String greeting;
  String greet() {
    _names.add(_request.user);
    return '$greeting, ${_request.user} (${_names.all.length})';
  }
}

class Chicken {
  Chicken(Egg _);
}

class Egg {
  Egg(Chicken _);
}

void main() {
  final root = Container()
    ..singleton((_) => Log())
    ..singleton<Store<String>>((c) => MemoryStore(c()))
    ..singleton<Store<int>>((c) => MemoryStore(c()))
    ..value('Hello', name: 'greeting')
    ..factory((c) => Greeter(c(), c(), greeting: c.get(name: 'greeting')))
    ..factory((c) => Chicken(c()))
    ..factory((c) => Egg(c()));

  for (final user in ['ann', 'bob']) {
    final scope = root.scope((c) => c.value(Request(user)));
    print(scope.get<Greeter>().greet());
  }
  // expect: Hello, ann (1)
  // expect: Hello, bob (2)
  final german = root.scope((c) => c
    ..value(Request('cleo'))
    ..value('Hallo', name: 'greeting'));
  print(german<Greeter>().greet()); // expect: Hallo, cleo (3)
  root.get<Store<int>>().add(1);
  print(root<Store<String>>().all); // expect: [ann, bob, cleo]
  print(identical(root<Log>(), german<Log>())); // expect: true
  print(identical(german<Greeter>(), german<Greeter>())); // expect: false

  try {
    root<Greeter>();
  } on Unregistered catch (error) {
    print(error); // expect: Nothing makes Request
  }
  try {
    root<Egg>();
  } on Cycle catch (error) {
    print(error); // expect: Cycle: Egg -> Chicken -> Egg
  }
  print(root<Request?>()); // expect: null
  try {
    root<Store<Object>>();
  } on Unregistered catch (error) {
    print(error); // expect: Nothing makes Store<Object>
  }
  final lazy = root.lazily<Request>();
  root.value(Request('late'));
  print(lazy.value.user); // expect: late
  root.dispose();
  print(root<Log>().lines);
  // expect: [+String, +String, +String, +int, -int, -String]
}
