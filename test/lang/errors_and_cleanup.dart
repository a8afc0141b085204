// Exceptions: order of finally, rethrow with the first trace, replaced errors,
// causes, resources closed in reverse, and loops left through finally.
class Cause implements Exception {
  const Cause(this.message, [this.cause, this.trace]);
  final String message;
  final Object? cause;
  final StackTrace? trace;

  Iterable<String> get chain sync* {
    Object? at = this;
    while (at is Cause) {
      yield at.message;
      at = at.cause;
    }
    if (at != null) yield '$at';
  }
}

class Resource {
  Resource(this.name, this.log, {this.failsToClose = false}) {
    log.add('open $name');
  }
  final String name;
  final List<String> log;
  final bool failsToClose;
  void close() {
    log.add('close $name');
    if (failsToClose) throw StateError('$name stuck');
  }
}

R using<R>(List<Resource Function()> open, R Function(List<Resource>) body) {
  final opened = <Resource>[];
  (Object, StackTrace)? failure;
  late R result;
  try {
    for (final make in open) {
      opened.add(make());
    }
    result = body(opened);
  } catch (error, trace) {
    failure = (error, trace);
  }
  for (final resource in opened.reversed) {
    try {
      resource.close();
    } catch (error, trace) {
      failure ??= (error, trace);
    }
  }
  if (failure case (final error, final trace)?) {
    Error.throwWithStackTrace(error, trace);
  }
  return result;
}

int order(List<String> log, int how) {
  try {
    log.add('try');
    if (how == 1) throw 'one';
    if (how == 2) throw StateError('two');
    return how;
  } on String catch (text) {
    log.add('string $text');
    return -1;
  } on StateError {
    log.add('state');
    rethrow;
  } finally {
    log.add('finally');
  }
}

// The value of a return is made before the finally runs.
int madeBefore() {
  var n = 1;
  try {
    return n;
  } finally {
    n = 2;
  }
}

int replaced() {
  try {
    throw 'lost';
  } finally {
    // ignore: control_flow_in_finally
    return 3;
  }
}

List<String> loop() {
  final log = <String>[];
  outer:
  for (var i = 0; i < 4; i++) {
    for (var j = 0; j < 4; j++) {
      try {
        if (j == 1) continue;
        if (j == 2) continue outer;
        if (i == 2) break outer;
        log.add('$i$j');
      } finally {
        log.add('f$i$j');
      }
    }
  }
  return log;
}

void deep(int n) => n == 0 ? throw const FormatException('deep', 'src', 2) : deep(n - 1);

void load(String name) {
  try {
    deep(3);
  } on FormatException catch (error, trace) {
    throw Cause('cannot load $name', error, trace);
  }
}

void main() {
  for (final how in [0, 1, 2]) {
    final log = <String>[];
    Object result;
    try {
      result = order(log, how);
    } catch (error) {
      result = error;
    }
    print('$result: $log');
  }
  // expect: 0: [try, finally]
  // expect: -1: [try, string one, finally]
  // expect: Bad state: two: [try, state, finally]
  print((madeBefore(), replaced())); // expect: (1, 3)
  print(loop()); // expect: [00, f00, f01, f02, 10, f10, f11, f12, f20]

  final log = <String>[];
  Resource Function() open(String name, {bool bad = false}) =>
      () => Resource(name, log, failsToClose: bad);
  print(using([open('a'), open('b')], (all) => all.map((r) => r.name).join()));
  // expect: ab
  print(log); // expect: [open a, open b, close b, close a]
  log.clear();
  for (final attempt in <void Function()>[
    () => using([open('c', bad: true), open('d')], (_) => 1),
    () => using([open('e', bad: true)], (_) => throw 'body'),
    () => using([open('g'), () => throw 'open'], (_) => log.add('never')),
  ]) {
    try {
      attempt();
    } catch (error) {
      log.add('=> $error');
    }
  }
  log.forEach(print);
  // expect: open c
  // expect: open d
  // expect: close d
  // expect: close c
  // expect: => Bad state: c stuck
  // expect: open e
  // expect: close e
  // expect: => body
  // expect: open g
  // expect: close g
  // expect: => open

  try {
    try {
      load('x');
    } on Cause catch (error) {
      throw Cause('outer', error);
    }
  } on Cause catch (error) {
    print(error.chain.map((s) => s.split('\n').first).toList());
    // expect: [outer, cannot load x, FormatException: deep (at character 3)]
    final trace = '${(error.cause as Cause).trace}'.split('\n');
    print(trace.where((line) => line.contains('deep')).length); // expect: 4
    print(trace.first.contains('errors_and_cleanup.dart')); // expect: true
  }

  // rethrow keeps the trace of the first throw; throw makes a new one.
  String last(void Function(Object, StackTrace) again) {
    try {
      try {
        deep(1);
      } catch (error, trace) {
        again(error, trace);
      }
    } catch (_, trace) {
      return '$trace'.contains('deep') ? 'kept' : 'new';
    }
    return 'none';
  }

  print(last((e, t) => throw e)); // expect: new
  print(last(Error.throwWithStackTrace)); // expect: kept
  final error = StateError('thrown once');
  print(error.stackTrace); // expect: null
  try {
    throw error;
  } catch (_) {
    print(error.stackTrace != null); // expect: true
  }

  // What can be thrown, and by which clause it is caught.
  for (final Object thrown in [1, 'text', const FormatException('f'), RangeError.index(5, [1]), [1]]) {
    try {
      throw thrown;
    } on int {
      print('int');
    } on FormatException catch (e) {
      print(e.message);
    } on ArgumentError catch (e) {
      print('argument ${e is RangeError}');
    } on List<String> {
      print('strings');
    } catch (e) {
      print('other $e');
    }
  }
  // expect: int
  // expect: other text
  // expect: f
  // expect: argument true
  // expect: other [1]
  int check(Object? value) => value as int;
  for (final act in <void Function()>[
    () => check('s'),
    () => <int>[1].elementAt(2),
    () => (null as dynamic)!,
    () => Function.apply(check, []),
    () { assert(false); },
  ]) {
    try {
      act();
      print('fine');
    } on RangeError {
      print('range');
    } on TypeError {
      print('type');
    } on NoSuchMethodError {
      print('method');
    }
  }
  // expect: type
  // expect: range
  // expect: type
  // expect: method
  // expect: fine
}
