// Exceptions: own classes, on, catch, rethrow, finally, nested, with values
// returned through finally blocks.
class InsufficientFunds implements Exception {
  InsufficientFunds(this.missing);
  final int missing;
  @override
  String toString() => 'InsufficientFunds: $missing missing';
}

class Account {
  Account(this.owner, [this.balance = 0]);
  final String owner;
  int balance;
  final List<String> log = [];

  void withdraw(int amount) {
    if (amount <= 0) throw ArgumentError.value(amount, 'amount', 'not positive');
    if (amount > balance) throw InsufficientFunds(amount - balance);
    balance -= amount;
  }
}

String transfer(Account from, Account to, int amount) {
  try {
    from.withdraw(amount);
    try {
      if (to.owner == 'closed') throw StateError('account is closed');
      to.balance += amount;
      return 'moved $amount';
    } catch (_) {
      from.balance += amount; // give it back
      rethrow;
    } finally {
      from.log.add('tried $amount');
    }
  } on InsufficientFunds catch (e) {
    return e.toString();
  } on StateError catch (e, trace) {
    return '${e.message}, ${trace.toString().isNotEmpty}';
  }
}

int finallyWins() {
  for (var i = 0;; i++) {
    try {
      if (i == 2) return i;
      continue;
    } finally {
      if (i == 2) i = 40; // the value was taken before
    }
  }
}

int nested() {
  var n = 0;
  try {
    try {
      n += 1;
      throw 'inner';
    } finally {
      n += 10;
    }
  } catch (e) {
    n += 100;
  } finally {
    n += 1000;
  }
  return n;
}

void main() {
  final a = Account('Ann', 100), b = Account('Bob'), c = Account('closed');
  print(transfer(a, b, 60));
  print(transfer(a, b, 60));
  print(transfer(a, c, 40));
  print('${a.balance} ${b.balance} ${c.balance}');
  print(a.log);
  try {
    transfer(a, b, -1);
  } on ArgumentError catch (e) {
    print(e);
  }
  print(finallyWins());
  print(nested());
  try {
    try {
      throw StateError('first');
    } finally {
      throw StateError('second');
    }
  } on StateError catch (e) {
    print(e.message);
  }
  final results = [
    for (final f in <int Function()>[() => 1, () => throw 'no', () => 3])
      () {
        try {
          return f();
        } catch (e) {
          return e;
        }
      }()
  ];
  print(results);
}

// expect: moved 60
// expect: InsufficientFunds: 20 missing
// expect: account is closed, true
// expect: 40 60 0
// expect: [tried 60, tried 40]
// expect: Invalid argument (amount): not positive: -1
// expect: 2
// expect: 1111
// expect: second
// expect: [1, no, 3]
