// flags: --enable-asserts
// A bank kept as a list of events: state is folded from them, commands check
// and append, snapshots shorten replay, transfers are whole or not at all.
sealed class Event {
  const Event(this.account);
  final String account;
}

final class Opened extends Event {
  const Opened(super.account, this.owner);
  final String owner;
}

final class Deposited extends Event {
  const Deposited(super.account, this.cents) : assert(cents > 0, 'not positive');
  final int cents;
}

final class Withdrawn extends Event {
  const Withdrawn(super.account, this.cents) : assert(cents > 0);
  final int cents;
}

final class Closed extends Event {
  const Closed(super.account);
}

class Rejected implements Exception {
  const Rejected(this.why);
  final String why;
  @override
  String toString() => 'Rejected: $why';
}

class Account {
  const Account({required this.owner, this.cents = 0, this.isOpen = true});
  final String owner;
  final int cents;
  final bool isOpen;

  Account copyWith({int? cents, bool? isOpen}) => Account(
      owner: owner, cents: cents ?? this.cents, isOpen: isOpen ?? this.isOpen);

  static Account? apply(Account? state, Event event) => switch ((event, state)) {
        (Opened(:final owner), null) => Account(owner: owner),
        (Deposited(cents: final n), final a?) => a.copyWith(cents: a.cents + n),
        (Withdrawn(cents: final n), final a?) => a.copyWith(cents: a.cents - n),
        (Closed(), final a?) => a.copyWith(isOpen: false),
        (Opened(), Account()) || (_, null) =>
          throw StateError('the log is broken at ${event.runtimeType}'),
      };

  @override
  String toString() => '$owner ${cents / 100}${isOpen ? '' : ' closed'}';
}

typedef Snapshot = ({int version, Map<String, Account> accounts});

class Bank {
  final List<Event> _log = [];
  Snapshot _snapshot = (version: 0, accounts: const {});
  int replayed = 0;

  Map<String, Account> get accounts {
    final state = {..._snapshot.accounts};
    for (final event in _log.skip(_snapshot.version)) {
      replayed++;
      state[event.account] = Account.apply(state[event.account], event)!;
    }
    return state;
  }

  Account _require(String id) => switch (accounts[id]) {
        null => throw Rejected('no account $id'),
        Account(isOpen: false) => throw Rejected('$id is closed'),
        final account => account,
      };

  void open(String id, {required String owner}) {
    if (accounts.containsKey(id)) throw Rejected('$id exists');
    _log.add(Opened(id, owner));
  }

  void deposit(String id, int cents) {
    _require(id);
    _log.add(Deposited(id, cents));
  }

  void withdraw(String id, int cents) {
    if (_require(id) case Account(cents: final has) when has < cents) {
      throw Rejected('$id has only ${has / 100}');
    }
    _log.add(Withdrawn(id, cents));
  }

  void close(String id) {
    if (_require(id).cents != 0) throw Rejected('$id is not empty');
    _log.add(Closed(id));
  }

  // What body appends is taken back when it throws.
  T transaction<T>(T Function(Bank) body) {
    final start = _log.length;
    try {
      return body(this);
    } on Object {
      _log.length = start;
      rethrow;
    }
  }

  void transfer(String from, String to, int cents) => transaction((bank) => bank
    ..withdraw(from, cents)
    ..deposit(to, cents));

  void snapshot() => _snapshot = (version: _log.length, accounts: accounts);

  Map<String, Account> asOf(int version) => _log
      .take(version)
      .fold({}, (all, e) => {...all, e.account: Account.apply(all[e.account], e)!});

  Iterable<String> statement(String id) sync* {
    var balance = 0;
    for (final event in _log.where((e) => e.account == id)) {
      final change = switch (event) {
        Deposited(:final cents) => cents,
        Withdrawn(:final cents) => -cents,
        Opened() || Closed() => null,
      };
      if (change == null) continue;
      balance += change;
      yield '${change > 0 ? '+' : ''}${change / 100} = ${balance / 100}';
    }
  }
}

void main() {
  final bank = Bank()
    ..open('a', owner: 'Ann')
    ..open('b', owner: 'Bob')
    ..deposit('a', 10050)
    ..transfer('a', 'b', 2525);
  print(bank.accounts); // expect: {a: Ann 75.25, b: Bob 25.25}
  for (final command in <void Function()>[
    () => bank.transfer('a', 'b', 100000),
    () => bank.transfer('a', 'nobody', 100),
    () => bank.open('a', owner: 'Eve'),
    () => bank.close('b'),
    () => bank.transaction((b) {
          b.deposit('a', 1);
          b.withdraw('b', 1);
          throw const FormatException('half way');
        }),
  ]) {
    try {
      command();
    } on Rejected catch (error) {
      print(error);
    } on FormatException catch (error) {
      print(error.message);
    }
  }
  // expect: Rejected: a has only 75.25
  // expect: Rejected: no account nobody
  // expect: Rejected: a exists
  // expect: Rejected: b is not empty
  // expect: half way
  print(bank.accounts); // expect: {a: Ann 75.25, b: Bob 25.25}
  bank.snapshot();
  bank
    ..withdraw('b', 2525)
    ..close('b');
  bank.replayed = 0;
  print((bank.accounts['b'], bank.replayed)); // expect: (Bob 0.0 closed, 2)
  try {
    bank.deposit('b', 1);
  } on Rejected catch (error) {
    print(error.why); // expect: b is closed
  }
  print(bank.asOf(3)); // expect: {a: Ann 100.5, b: Bob 0.0}
  bank.statement('b').forEach(print);
  // expect: +25.25 = 25.25
  // expect: -25.25 = 0.0

  // Asserts are on in this script.
  try {
    bank.deposit('a', -5);
  } on AssertionError catch (error) {
    print(error.message); // expect: not positive
  }
  try {
    assert(bank.accounts.isEmpty, 'has ${bank.accounts.length}');
  } on AssertionError catch (error) {
    print(error.message); // expect: has 2
  }
  try {
    Account.apply(null, const Closed('x'));
  } on StateError catch (error) {
    print(error.message); // expect: the log is broken at Closed
  }
}
