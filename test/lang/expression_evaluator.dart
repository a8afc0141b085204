// A tokenizer and a precedence-climbing evaluator with variables.
enum Kind { number, name, operator, open, close, end }

class Token {
  const Token(this.kind, this.text);
  final Kind kind;
  final String text;
  @override
  String toString() => '${kind.name}:$text';
}

Iterable<Token> tokenize(String source) sync* {
  final pattern = RegExp(r'\s*(?:(\d+(?:\.\d+)?)|([a-z]+)|([-+*/^=])|(\()|(\)))');
  var at = 0;
  while (at < source.trimRight().length) {
    final match = pattern.matchAsPrefix(source, at);
    if (match == null) throw FormatException('bad character', source, at);
    at = match.end;
    yield switch (match) {
      _ when match[1] != null => Token(Kind.number, match[1]!),
      _ when match[2] != null => Token(Kind.name, match[2]!),
      _ when match[3] != null => Token(Kind.operator, match[3]!),
      _ when match[4] != null => const Token(Kind.open, '('),
      _ => const Token(Kind.close, ')'),
    };
  }
  yield const Token(Kind.end, '');
}

class Evaluator {
  final Map<String, double> variables = {'pi': 3.0};
  late List<Token> tokens;
  int at = 0;

  static const levels = {'=': 1, '+': 2, '-': 2, '*': 3, '/': 3, '^': 4};

  double evaluate(String source) {
    tokens = tokenize(source).toList();
    at = 0;
    final value = expression(1);
    if (tokens[at].kind != Kind.end) throw FormatException('extra', source);
    return value;
  }

  double expression(int least) {
    final start = at;
    var left = primary();
    while (tokens[at].kind == Kind.operator &&
        levels[tokens[at].text]! >= least) {
      final op = tokens[at++].text;
      final level = levels[op]!;
      final right = expression(op == '^' || op == '=' ? level : level + 1);
      left = switch (op) {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        '/' when right == 0 => throw UnsupportedError('division by zero'),
        '/' => left / right,
        '^' => power(left, right.toInt()),
        '=' => variables[tokens[start].text] = right,
        _ => throw StateError(op),
      };
    }
    return left;
  }

  double power(double base, int exponent) =>
      exponent == 0 ? 1 : base * power(base, exponent - 1);

  double primary() {
    final token = tokens[at++];
    switch (token) {
      case Token(kind: Kind.number, :final text):
        return double.parse(text);
      case Token(kind: Kind.name, :final text):
        return variables[text] ?? 0;
      case Token(kind: Kind.operator, text: '-'):
        return -expression(4);
      case Token(kind: Kind.open):
        final value = expression(1);
        if (tokens[at++].kind != Kind.close) throw FormatException('no )');
        return value;
      default:
        throw FormatException('unexpected $token');
    }
  }
}

void main() {
  final e = Evaluator();
  for (final source in [
    '1 + 2 * 3',
    '(1 + 2) * 3',
    '2 ^ 3 ^ 2',
    'x = y = 4',
    'x * y - pi',
    '-2 ^ 2',
    '1 / 0',
    '1 + )',
    '3 \$ 4',
  ]) {
    try {
      print('$source -> ${e.evaluate(source)}');
    } on FormatException catch (error) {
      print('$source: ${error.message}');
    } on UnsupportedError catch (error) {
      print('$source: ${error.message}');
    }
  }
  print(tokenize('a+1').join(' '));
}

// expect: 1 + 2 * 3 -> 7.0
// expect: (1 + 2) * 3 -> 9.0
// expect: 2 ^ 3 ^ 2 -> 512.0
// expect: x = y = 4 -> 4.0
// expect: x * y - pi -> 13.0
// expect: -2 ^ 2 -> -4.0
// expect: 1 / 0: division by zero
// expect: 1 + ): unexpected close:)
// expect: 3 $ 4: bad character
// expect: name:a operator:+ number:1 end:
