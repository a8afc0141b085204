// A mock framework over noSuchMethod: stubs, matchers of arguments, recorded
// calls, verification; forwarders for private and generic members.
class Call {
  Call(this.member, this.arguments, this.named, this.types);
  Call.of(Invocation i)
      : this(i.memberName, i.positionalArguments, i.namedArguments,
            i.typeArguments);
  final Symbol member;
  final List<Object?> arguments;
  final Map<Symbol, Object?> named;
  final List<Type> types;

  static String nameOf(Symbol s) => '$s'.split('"')[1];

  @override
  String toString() {
    final all = [
      ...arguments.map((a) => '$a'),
      ...named.entries.map((e) => '${nameOf(e.key)}: ${e.value}'),
    ];
    final generic = types.isEmpty ? '' : '<${types.join(', ')}>';
    return '${nameOf(member)}$generic(${all.join(', ')})';
  }
}

typedef Matcher = bool Function(Object?);
bool any(Object? _) => true;
Matcher isA<T>() => (value) => value is T;

class Stub {
  Stub(this.member, this.matchers, this.answer);
  final Symbol member;
  final List<Object?> matchers;
  final Object? Function(Call) answer;

  bool fits(Call call) =>
      call.member == member &&
      call.arguments.length == matchers.length &&
      Iterable.generate(matchers.length, (i) => (matchers[i], call.arguments[i]))
          .every((pair) => switch (pair) {
                (final Matcher matches, final value) => matches(value),
                (final expected, final value) => expected == value,
              });
}

mixin Mock {
  final List<Call> calls = [];
  final List<Stub> _stubs = [];

  void when(Symbol member, List<Object?> matchers, Object? Function(Call) answer) =>
      _stubs.insert(0, Stub(member, matchers, answer));

  int count(Symbol member) => calls.where((c) => c.member == member).length;

  @override
  Object? noSuchMethod(Invocation invocation) {
    final call = Call.of(invocation);
    calls.add(call);
    for (final stub in _stubs) {
      if (stub.fits(call)) return stub.answer(call);
    }
    return super.noSuchMethod(invocation);
  }
}

abstract interface class Account {
  int get balance;
  set limit(int value);
  int deposit(int amount, {String note = 'none'});
  Future<bool> transfer(Account to, int amount);
  List<T> history<T extends Object>(T Function(String) parse, [int? last]);
  int operator [](String month);
  bool operator <(Account other);
}

class MockAccount with Mock implements Account {}

class Proxy implements Account {
  Proxy(this._target);
  final Account _target;
  final log = <String>[];

  @override
  int deposit(int amount, {String note = 'none'}) {
    log.add('deposit $amount');
    return _target.deposit(amount, note: note);
  }

  @override
  dynamic noSuchMethod(Invocation i) {
    log.add(switch (i) {
      Invocation(isGetter: true) => 'get',
      Invocation(isSetter: true) => 'set ${i.positionalArguments.single}',
      Invocation(isMethod: true) => 'call',
      _ => '?',
    });
    return i.isGetter ? 7 : null;
  }
}

Future<void> main() async {
  final account = MockAccount();
  account
    ..when(#balance, [], (_) => 100)
    ..when(const Symbol('limit='), [any], (_) => null)
    ..when(#deposit, [any], (c) => (c.arguments.single as int) + 100)
    ..when(#deposit, [0], (_) => throw ArgumentError('nothing'))
    ..when(#transfer, [isA<Account>(), any], (c) async => c.arguments[1] == 5)
    ..when(#history, [any, null], (c) => <int>[c.types.length])
    ..when(const Symbol('[]'), ['may'], (_) => 31)
    ..when(const Symbol('<'), [any], (_) => true);
  print(account.balance); // expect: 100
  account.limit = 50;
  print(account.deposit(20, note: 'gift')); // expect: 120
  print(account.deposit(1)); // expect: 101
  try {
    account.deposit(0);
  } on ArgumentError catch (error) {
    print(error.message); // expect: nothing
  }
  print(await account.transfer(MockAccount(), 5)); // expect: true
  print(account.history<int>(int.parse)); // expect: [1]
  print((account['may'], account < account)); // expect: (31, true)
  try {
    account['june'];
  } on NoSuchMethodError {
    print('no stub'); // expect: no stub
  }
  print(account.count(#deposit)); // expect: 3
  for (final i in [1, 2, 3]) {
    print(account.calls[i]);
  }
  // expect: limit=(50)
  // expect: deposit(20, note: gift)
  // expect: deposit(1, note: none)
  print(account.calls[6].types); // expect: [int]

  // An answer of the wrong type is found where it comes back.
  account.when(#balance, [], (_) => 'much');
  try {
    account.balance;
  } on TypeError {
    print('type error'); // expect: type error
  }

  final proxy = Proxy(account);
  print((proxy.deposit(2), proxy.balance)); // expect: (102, 7)
  proxy.limit = 9;
  print(proxy.log); // expect: [deposit 2, get, set 9]
  try {
    proxy.history((s) => s);
  } on TypeError {
    print(proxy.log.last); // expect: call
  }

  // Dynamic calls of what no class declares.
  dynamic loose = account;
  account.when(#unknown, [1, any], (c) => c.named[#flag]);
  print(loose.unknown(1, 'x', flag: 'set')); // expect: set
  try {
    loose.unknown(2);
  } on NoSuchMethodError {
    print(account.calls.last); // expect: unknown(2)
  }
}
