// A configuration format with sections, lists and typed values, read with
// switch expressions over records and checked with patterns.
typedef Section = Map<String, Object>;

class ConfigError implements Exception {
  ConfigError(this.line, this.message);
  final int line;
  final String message;
  @override
  String toString() => 'line $line: $message';
}

Object parseValue(String text, int line) => switch (text) {
      'true' => true,
      'false' => false,
      _ when text.length > 1 && text.startsWith('"') && text.endsWith('"') =>
        unescape(text.substring(1, text.length - 1), line),
      _ when text.startsWith('[') && text.endsWith(']') => [
          for (final part in splitTop(text.substring(1, text.length - 1)))
            parseValue(part.trim(), line)
        ],
      _ => int.tryParse(text.replaceAll('_', '')) ??
          double.tryParse(text) ??
          parseDuration(text) ??
          (throw ConfigError(line, 'bad value $text')),
    };

Duration? parseDuration(String text) {
  final match = RegExp(r'^(\d+)(ms|s|m|h)$').firstMatch(text);
  if (match == null) return null;
  final n = int.parse(match[1]!);
  return switch (match[2]) {
    'ms' => Duration(milliseconds: n),
    's' => Duration(seconds: n),
    'm' => Duration(minutes: n),
    _ => Duration(hours: n),
  };
}

String unescape(String text, int line) => text.splitMapJoin(
      RegExp(r'\\(.?)'),
      onMatch: (m) => switch (m[1]) {
        'n' => '\n',
        't' => '\t',
        '"' || r'\' => m[1]!,
        final other => throw ConfigError(line, 'bad escape \\$other'),
      },
    );

Iterable<String> splitTop(String text) sync* {
  var depth = 0, start = 0, inString = false;
  for (var i = 0; i < text.length; i++) {
    switch (text[i]) {
      case '"':
        inString = !inString;
      case '[' when !inString:
        depth++;
      case ']' when !inString:
        depth--;
      case ',' when depth == 0 && !inString:
        yield text.substring(start, i);
        start = i + 1;
    }
  }
  if (text.substring(start).trim().isNotEmpty) yield text.substring(start);
}

Map<String, Section> parseConfig(String source) {
  final config = <String, Section>{'': {}};
  var section = config['']!;
  for (final (i, raw) in source.split('\n').indexed) {
    final line = raw.trim(), number = i + 1;
    switch (line) {
      case '':
        break;
      case _ when line.startsWith('#'):
        break;
      case _ when line.startsWith('[') && line.endsWith(']'):
        final name = line.substring(1, line.length - 1);
        if (config.containsKey(name)) {
          throw ConfigError(number, 'section $name again');
        }
        section = config[name] = {};
      default:
        final [key, ...rest] = line.split('=');
        if (rest.isEmpty) throw ConfigError(number, 'no = in "$line"');
        section.update(
            key.trim(), (_) => throw ConfigError(number, 'key $key again'),
            ifAbsent: () => parseValue(rest.join('=').trim(), number));
    }
  }
  return config;
}

String describe(Map<String, Section> config) => switch (config) {
      {
        'server': {'host': String host, 'port': int port && > 0 && < 65536},
        '': {'name': String name},
      } =>
        '$name at $host:$port',
      {'server': {'port': num port}} => 'port $port is out of range',
      {'server': _} => 'server without host or port',
      _ => 'no server',
    };

void main() {
  final config = parseConfig(r'''
# A comment
name = "demo \"one\"\tx"
debug = true

[server]
host = "localhost"
port = 8_080
timeout = 90s
ratio = 0.75
[lists]
empty = []
mixed = [1, "a,b", [2.5, false], 3m]
equation = "a=b"
''');
  config.forEach((name, section) => print('[$name] $section'));
  // expect: [] {name: demo "one"	x, debug: true}
  // expect: [server] {host: localhost, port: 8080, timeout: 0:01:30.000000, ratio: 0.75}
  // expect: [lists] {empty: [], mixed: [1, a,b, [2.5, false], 0:03:00.000000], equation: a=b}
  print(describe(config)); // expect: demo "one"	x at localhost:8080
  print(describe(parseConfig('[server]\nport = 70000')));
  // expect: port 70000 is out of range
  print(describe(parseConfig('[server]\nhost = "x"')));
  // expect: server without host or port
  print(describe(parseConfig(''))); // expect: no server

  if (config['lists'] case {'mixed': [int first, _, [...], Duration last]}) {
    print('$first ${last.inSeconds}'); // expect: 1 180
  }
  for (final bad in [
    'a = 1\na = 2',
    'just words',
    '[x]\n\n[x]',
    'v = nothing',
    r's = "\q"',
  ]) {
    try {
      parseConfig(bad);
    } on ConfigError catch (error) {
      print(error);
    }
  }
  // expect: line 2: key a  again
  // expect: line 1: no = in "just words"
  // expect: line 3: section x again
  // expect: line 1: bad value nothing
  // expect: line 1: bad escape \q
}
