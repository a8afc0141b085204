// A small language: tokens, a parser that emits code, and a stack machine.
enum Op { push, load, store, add, sub, mul, div, less, jump, jumpUnless, show }

typedef Instruction = ({Op op, int argument});

class SyntaxError implements Exception {
  SyntaxError(this.message, this.at);
  final String message;
  final int at;

  @override
  String toString() => 'syntax error at $at: $message';
}

Iterable<(String, int)> tokensOf(String source) sync* {
  final pattern = RegExp(r'\s*(?:(\d+)|([a-z]\w*)|(:=|[-+*/<(){};]))');
  var at = 0;
  while (at < source.trimRight().length) {
    final match = pattern.matchAsPrefix(source, at);
    if (match == null) throw SyntaxError('strange character', at);
    yield (match.group(0)!.trim(), at);
    at = match.end;
  }
  yield ('end', at);
}

class Compiler {
  Compiler(String source) : _tokens = tokensOf(source).toList();

  final List<(String, int)> _tokens;
  final _code = <Instruction>[];
  final _slots = <String, int>{};
  int _at = 0;

  String get _now => _tokens[_at].$1;
  String _take() => _tokens[_at++].$1;

  void _expect(String token) {
    if (_now != token) {
      throw SyntaxError("expected '$token' but found '$_now'", _tokens[_at].$2);
    }
    _at++;
  }

  int _emit(Op op, [int argument = 0]) {
    _code.add((op: op, argument: argument));
    return _code.length - 1;
  }

  void _patch(int at) =>
      _code[at] = (op: _code[at].op, argument: _code.length);

  (List<Instruction>, Map<String, int>) compile() {
    while (_now != 'end') {
      _statement();
    }
    return (_code, _slots);
  }

  void _statement() {
    switch (_take()) {
      case 'print':
        _comparison();
        _expect(';');
        _emit(Op.show);
      case 'while':
        final start = _code.length;
        _comparison();
        final exit = _emit(Op.jumpUnless);
        _block();
        _emit(Op.jump, start);
        _patch(exit);
      case 'if':
        _comparison();
        final skip = _emit(Op.jumpUnless);
        _block();
        if (_now == 'else') {
          _at++;
          final end = _emit(Op.jump);
          _patch(skip);
          _block();
          _patch(end);
        } else {
          _patch(skip);
        }
      case final name when RegExp(r'^[a-z]').hasMatch(name):
        _expect(':=');
        _comparison();
        _expect(';');
        _emit(Op.store, _slots.putIfAbsent(name, () => _slots.length));
      case final other:
        throw SyntaxError("'$other' begins no statement", _tokens[_at - 1].$2);
    }
  }

  void _block() {
    _expect('{');
    while (_now != '}') {
      if (_now == 'end') throw SyntaxError('open block', _tokens[_at].$2);
      _statement();
    }
    _at++;
  }

  void _comparison() => _chain(_sum, const {'<': Op.less});
  void _sum() => _chain(_product, const {'+': Op.add, '-': Op.sub});
  void _product() => _chain(_atom, const {'*': Op.mul, '/': Op.div});

  void _chain(void Function() part, Map<String, Op> operators) {
    part();
    for (Op? op; (op = operators[_now]) != null;) {
      _at++;
      part();
      _emit(op!);
    }
  }

  void _atom() {
    final token = _take();
    if (int.tryParse(token) case final value?) {
      _emit(Op.push, value);
    } else if (token == '(') {
      _comparison();
      _expect(')');
    } else if (_slots[token] case final slot?) {
      _emit(Op.load, slot);
    } else {
      throw SyntaxError("no variable '$token'", _tokens[_at - 1].$2);
    }
  }
}

List<int> run(String source) {
  final (code, slots) = Compiler(source).compile();
  final variables = List.filled(slots.length, 0);
  final stack = <int>[], shown = <int>[];
  void binary(int Function(int, int) f) {
    final right = stack.removeLast();
    stack.add(f(stack.removeLast(), right));
  }

  for (var pc = 0; pc < code.length;) {
    final (:op, :argument) = code[pc++];
    switch (op) {
      case Op.push: stack.add(argument);
      case Op.load: stack.add(variables[argument]);
      case Op.store: variables[argument] = stack.removeLast();
      case Op.add: binary((a, b) => a + b);
      case Op.sub: binary((a, b) => a - b);
      case Op.mul: binary((a, b) => a * b);
      case Op.div: binary((a, b) => a ~/ b);
      case Op.less: binary((a, b) => a < b ? 1 : 0);
      case Op.jump: pc = argument;
      case Op.jumpUnless: if (stack.removeLast() == 0) pc = argument;
      case Op.show: shown.add(stack.removeLast());
    }
  }
  return shown;
}

void main() {
  print(run('print 1 + 2 * 3; print (1 + 2) * 3; print 20 / 3 - 10;'));
  // expect: [7, 9, -4]
  print(run('''
    a := 0; b := 1; n := 0;
    while n < 10 { print a; t := a + b; a := b; b := t; n := n + 1; }
  '''));
  // expect: [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]
  print(run('x := 5; if x < 3 { print 1; } else { if x < 6 { print 2; } }'));
  // expect: [2]
  for (final bad in ['print 1', 'y := z;', 'x := 1; { }', 'print \$;',
      'while 1 { print 2;']) {
    try {
      print(run(bad));
    } on SyntaxError catch (error) {
      print(error);
    }
  }
  // expect: syntax error at 7: expected ';' but found 'end'
  // expect: syntax error at 4: no variable 'z'
  // expect: syntax error at 7: '{' begins no statement
  // expect: syntax error at 5: strange character
  // expect: syntax error at 18: open block
  final (code, _) = Compiler('i := 2; print i;').compile();
  print(code.map((i) => '${i.op.name} ${i.argument}').join(', '));
  // expect: push 2, store 0, load 0, show 0
}
