// Extension types: ids that don't mix, units of measure, a money type, JSON
// views, and what is left of them at run time.
extension type const UserId(int value) {
  UserId.parse(String text) : this(int.parse(text.replaceFirst('u', '')));
  bool get isSystem => value < 100;
}

extension type const OrderId._(String text) implements String {
  factory OrderId(String text) => text.startsWith('o-') && text.length > 2
      ? OrderId._(text)
      : throw FormatException('no order', text);
  int get number => int.parse(substring(2));
}

extension type const Metres(double value) {
  static const zero = Metres(0);
  Metres operator +(Metres o) => Metres(value + o.value);
  Metres operator *(num n) => Metres(value * n);
  Speed operator /(Seconds time) => Speed._(value / time.value);
  bool operator <(Metres o) => value < o.value;
}

extension type const Seconds(double value) implements double {}

extension type const Speed._(double value) {
  double get kmh => value * 3.6;
}

extension type Money._(int cents) implements Object {
  Money(num amount) : cents = (amount * 100).round();
  static Money sum(Iterable<Money> all) =>
      all.fold(Money(0), (a, b) => a + b);
  Money operator +(Money o) => Money._(cents + o.cents);
  Money operator -() => Money._(-cents);

  // Shares that add up, the first ones a cent larger.
  List<Money> split(int ways) => [
        for (var i = 0; i < ways; i++)
          Money._(cents ~/ ways + (i < cents % ways ? 1 : 0))
      ];

  String get text {
    final sign = cents < 0 ? '-' : '';
    final all = cents.abs().toString().padLeft(3, '0');
    final cut = all.length - 2;
    return '$sign${all.substring(0, cut)}.${all.substring(cut)}';
  }
}

extension type Person(Map<String, Object?> json) {
  String get name => json['name'] as String;
  set name(String value) => json['name'] = value;
  int? get age => json['age'] as int?;
  List<Person> get children => [
        for (final child in json['children'] as List? ?? const [])
          Person(child as Map<String, Object?>)
      ];
  Iterable<Person> get descendants =>
      children.expand((c) => [c, ...c.descendants]);
}

extension type Stack<T>._(List<T> _items) implements Iterable<T> {
  Stack() : _items = [];
  void push(T item) => _items.add(item);
  T pop() => _items.removeLast();
  T get top => _items.last;
}

extension type NonEmpty<T>._(List<T> list) implements List<T> {
  NonEmpty(T first, [List<T> rest = const []]) : list = [first, ...rest];
  T get first => list[0];
  NonEmpty<R> mapAll<R>(R Function(T) f) => NonEmpty._([for (final x in list) f(x)]);
}

String greet(UserId id) => 'user ${id.value}';

void main() {
  const root = UserId(1);
  print(greet(root)); // expect: user 1
  print(UserId.parse('u250').isSystem); // expect: false
  print({root: 'r'}[UserId(1)]); // expect: r
  final order = OrderId('o-17');
  print((order.number, order.length, order.toUpperCase())); // expect: (17, 4, O-17)
  try {
    OrderId('x');
  } on FormatException catch (error) {
    print(error.source); // expect: x
  }

  const lap = Metres(400);
  final total = lap * 12.5 + Metres.zero;
  print(total.value); // expect: 5000.0
  print((total / Seconds(1000)).kmh); // expect: 18.0
  print(lap < total); // expect: true
  const time = Seconds(90.5);
  print(time.floor() + time); // expect: 180.5

  final bill = Money(19.99) + Money(0.02);
  print(bill.text); // expect: 20.01
  print(bill.split(4).map((m) => m.text).toList()); // expect: [5.01, 5.00, 5.00, 5.00]
  print((Money.sum(bill.split(7)) == bill, (-Money(0.05)).text)); // expect: (true, -0.05)

  final person = Person({
    'name': 'Ann',
    'age': 60,
    'children': [
      {'name': 'Bob', 'children': [{'name': 'Cy'}]},
      {'name': 'Dee', 'age': 30},
    ],
  });
  print(person.descendants.map((p) => p.name).join(' ')); // expect: Bob Cy Dee
  person.children.first.name = 'Rob';
  print((person.json['children'] as List).first); // expect: {name: Rob, children: [{name: Cy}]}
  print(person.children.map((c) => c.age).toList()); // expect: [null, 30]

  final stack = Stack<int>()
    ..push(1)
    ..push(2);
  print((stack.pop(), stack.top, stack.map((n) => n * 10))); // expect: (2, 1, (10))
  final names = NonEmpty('a', ['b']).mapAll((s) => s * 2);
  print((names.first, names.length, names)); // expect: (aa, 2, [aa, bb])

  // At run time there is only what they stand for.
  final Object erased = bill;
  print(erased is int); // expect: true
  print(identical(root as Object, 1)); // expect: true
  print(<UserId>[] is List<int>); // expect: true
  print([total].runtimeType == List<double>); // expect: true
  final text = switch (erased) { int n => 'int $n', _ => 'other' };
  print(text); // expect: int 2001
}
