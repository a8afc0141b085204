// A JSON parser and formatter written with sealed classes and patterns.
sealed class Json {}

class JsonNull extends Json {}

class JsonBool extends Json {
  JsonBool(this.value);
  final bool value;
}

class JsonNumber extends Json {
  JsonNumber(this.value);
  final num value;
}

class JsonString extends Json {
  JsonString(this.value);
  final String value;
}

class JsonArray extends Json {
  JsonArray(this.items);
  final List<Json> items;
}

class JsonObject extends Json {
  JsonObject(this.fields);
  final Map<String, Json> fields;
}

class Parser {
  Parser(this.text);

  final String text;
  int at = 0;

  Json parse() {
    final value = parseValue();
    skipSpace();
    if (at != text.length) throw FormatException('trailing text', text, at);
    return value;
  }

  void skipSpace() {
    while (at < text.length && ' \n\t'.contains(text[at])) {
      at++;
    }
  }

  bool take(String token) {
    skipSpace();
    if (!text.startsWith(token, at)) return false;
    at += token.length;
    return true;
  }

  Json parseValue() {
    if (take('null')) return JsonNull();
    if (take('true')) return JsonBool(true);
    if (take('false')) return JsonBool(false);
    if (take('[')) return JsonArray(parseList(parseValue, ']'));
    if (take('{')) {
      return JsonObject(Map.fromEntries(parseList(parseField, '}')));
    }
    if (take('"')) return JsonString(parseText());
    final match = RegExp(r'-?\d+(\.\d+)?').matchAsPrefix(text, at);
    if (match == null) throw FormatException('no value', text, at);
    at = match.end;
    return JsonNumber(num.parse(match[0]!));
  }

  List<T> parseList<T>(T Function() parseOne, String close) {
    final items = <T>[];
    if (take(close)) return items;
    do {
      items.add(parseOne());
    } while (take(','));
    if (!take(close)) throw FormatException('expected $close', text, at);
    return items;
  }

  MapEntry<String, Json> parseField() {
    if (!take('"')) throw FormatException('expected a name', text, at);
    final name = parseText();
    if (!take(':')) throw FormatException('expected :', text, at);
    return MapEntry(name, parseValue());
  }

  String parseText() {
    final end = text.indexOf('"', at);
    final result = text.substring(at, end);
    at = end + 1;
    return result;
  }
}

String format(Json json, [String indent = '']) => switch (json) {
      JsonNull() => 'null',
      JsonBool(:final value) => '$value',
      JsonNumber(value: final int i) => '$i',
      JsonNumber(:final value) => value.toStringAsFixed(2),
      JsonString(:final value) => '"$value"',
      JsonArray(items: []) => '[]',
      JsonArray(items: [final one]) => '[${format(one)}]',
      JsonArray(:final items) => [
          '[',
          for (final (i, item) in items.indexed)
            '$indent  ${format(item, '$indent  ')}'
                '${i < items.length - 1 ? ',' : ''}',
          '$indent]',
        ].join('\n'),
      JsonObject(:final fields) => [
          '{',
          for (final (i, MapEntry(:key, :value)) in fields.entries.indexed)
            '$indent  "$key": ${format(value, '$indent  ')}'
                '${i < fields.length - 1 ? ',' : ''}',
          '$indent}',
        ].join('\n'),
    };

void main() {
  print(format(
      Parser('{"a": [1, 2.5, null], "b": {"c": "text", "d": []}}').parse()));
  print(format(Parser('[[true]]').parse()));
  try {
    Parser('[1, 2').parse();
  } on FormatException catch (e) {
    print('${e.message} at ${e.offset}');
  }
}

// expect: {
// expect:   "a": [
// expect:     1,
// expect:     2.50,
// expect:     null
// expect:   ],
// expect:   "b": {
// expect:     "c": "text",
// expect:     "d": []
// expect:   }
// expect: }
// expect: [[true]]
// expect: expected ] at 5
