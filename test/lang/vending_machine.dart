// A state machine as an enhanced enum with a table of transitions, an enum that
// implements an interface, and one with generics.
enum Coin implements Comparable<Coin> {
  nickel(5),
  dime(10),
  quarter(25);

  const Coin(this.cents);
  final int cents;

  static Coin? of(int cents) =>
      values.where((c) => c.cents == cents).firstOrNull;

  @override
  int compareTo(Coin other) => cents - other.cents;
}

mixin Priced {
  int get price;
  bool isPaidBy(int cents) => cents >= price;
}

enum Product with Priced {
  water(50),
  juice(85, limit: 2);

  const Product(this.price, {this.limit = 3});
  @override
  final int price;
  final int limit;
}

enum Parser<T extends Object> {
  text<String>(_same),
  number<int>(int.parse),
  flag<bool>(bool.parse);

  const Parser(this.parse);
  final T Function(String) parse;
  Type get type => T;
  static String _same(String s) => s;
}

enum State {
  idle({'coin': _collect, 'service': _open}),
  collecting({'coin': _collect, 'choose': _choose, 'cancel': _refund}),
  maintenance({'close': _close});

  const State(this._moves);
  final Map<String, State Function(Machine, Object?)> _moves;

  State on(String event, Machine machine, [Object? data]) {
    final move = _moves[event];
    if (move == null) {
      throw StateError('$event is impossible while $name');
    }
    return move(machine, data);
  }

  static State _collect(Machine machine, Object? data) {
    machine.cents += (data as Coin).cents;
    return collecting;
  }

  static State _choose(Machine machine, Object? data) {
    final product = data as Product;
    final left = machine.stock[product]!;
    if (left == 0) {
      machine.say('${product.name} is sold out');
      return collecting;
    }
    if (!product.isPaidBy(machine.cents)) {
      machine.say('${product.price - machine.cents} more');
      return collecting;
    }
    machine.stock[product] = left - 1;
    machine.cents -= product.price;
    machine.say(product.name);
    return _refund(machine, null);
  }

  static State _refund(Machine machine, Object? _) {
    machine.say('change ${machine.change().map((c) => c.name).join('+')}');
    return idle;
  }

  static State _open(Machine machine, Object? _) => maintenance;
  static State _close(Machine machine, Object? _) {
    machine.refill();
    return idle;
  }
}

class Machine {
  Machine() {
    refill();
  }

  State state = State.idle;
  int cents = 0;
  final Map<Product, int> stock = {};
  final List<String> _said = [];

  void refill() => stock.addEntries(Product.values.map((p) => MapEntry(p, p.limit)));
  void say(String words) => _said.add(words);

  Iterable<Coin> change() sync* {
    for (final coin in [...Coin.values]..sort((a, b) => b.compareTo(a))) {
      for (; cents >= coin.cents; cents -= coin.cents) {
        yield coin;
      }
    }
  }

  void operator <<((String, {Object? data}) event) {
    try {
      state = state.on(event.$1, this, event.data);
    } on StateError catch (error) {
      say(error.message);
    }
  }

  String listen() {
    final all = _said.join('; ');
    _said.clear();
    return '${state.name}: $all';
  }
}

void main() {
  final machine = Machine();
  void send(String event, [Object? data]) => machine << (event, data: data);
  send('choose', Product.water);
  print(machine.listen()); // expect: idle: choose is impossible while idle
  send('coin', Coin.quarter);
  send('coin', Coin.dime);
  send('choose', Product.water);
  print(machine.listen()); // expect: collecting: 15 more
  send('coin', Coin.of(25));
  send('service');
  send('choose', Product.water);
  print(machine.listen());
  // expect: idle: service is impossible while collecting; water; change dime
  for (var i = 0; i < 3; i++) {
    for (var j = 0; j < 4; j++) {
      send('coin', Coin.quarter);
    }
    send('choose', Product.juice);
  }
  print(machine.listen());
  // expect: collecting: juice; change dime+nickel; juice; change dime+nickel; juice is sold out
  send('cancel');
  print(machine.listen());
  // expect: idle: change quarter+quarter+quarter+quarter
  send('service');
  send('close');
  print((machine.stock, machine.state));
  // expect: ({Product.water: 3, Product.juice: 2}, State.idle)

  print(Coin.values.map((c) => c.index * c.cents).toList()); // expect: [0, 10, 50]
  print(Coin.of(7)); // expect: null
  print(Coin.values.byName('dime') == Coin.dime); // expect: true
  print(Product.values.asNameMap().keys.join(',')); // expect: water,juice
  print(Product.juice is Priced && Product.juice is Enum); // expect: true
  print([...Coin.values.reversed]..sort()); // expect: [Coin.nickel, Coin.dime, Coin.quarter]
  for (final parser in Parser.values) {
    final input = switch (parser) {
      Parser.text => 'x',
      Parser.number => '12',
      Parser.flag => 'true',
    };
    print('${parser.type} ${parser.parse(input)}');
  }
  // expect: String x
  // expect: int 12
  // expect: bool true
  final Parser<int> number = Parser.number;
  print(number.parse('20') + 1); // expect: 21
}
