// Log lines taken apart by regular expressions: named groups, lookbehind,
// backreferences, Unicode, multi-line, and replacing with functions.
final _line = RegExp(
    r'^(?<time>\d{2}:\d{2}:\d{2})\.(?<ms>\d+)\s+(?<level>[A-Z]+)\s+'
    r'\[(?<source>[\w.]+)(?::(?<row>\d+))?\]\s+(?<text>.*)$',
    multiLine: true);

class Entry {
  Entry._(this.at, this.level, this.source, this.row, this.text);

  factory Entry.of(RegExpMatch m) {
    final [h, min, s] = m.namedGroup('time')!.split(':').map(int.parse).toList();
    return Entry._(
        Duration(
            hours: h,
            minutes: min,
            seconds: s,
            milliseconds: int.parse(m.namedGroup('ms')!)),
        m.namedGroup('level')!,
        m.namedGroup('source')!,
        switch (m.namedGroup('row')) { null => null, final row => int.parse(row) },
        m.namedGroup('text')!);
  }

  final Duration at;
  final String level, source, text;
  final int? row;
}

const _log = '''
09:15:02.120 INFO [app.main:12] started in 34 ms
09:15:03.004 WARN [net] slow answer from 10.0.0.17 (1200 ms)
garbage here
09:15:03.900 ERROR [net.http:88] GET /a?id=17&token=s3cret failed: 503
09:16:10.001 INFO [app.main:40] user=ann user=bob
''';

void main() {
  final entries = _line.allMatches(_log).map(Entry.of).toList();
  print(entries.length); // expect: 4
  print(entries.map((e) => (e.level, e.source, e.row)).toList());
  // expect: [(INFO, app.main, 12), (WARN, net, null), (ERROR, net.http, 88), (INFO, app.main, 40)]
  print(entries.last.at - entries.first.at); // expect: 0:01:07.881000

  final counts = <String, int>{};
  for (final entry in entries) {
    counts.update(entry.level, (n) => n + 1, ifAbsent: () => 1);
  }
  print(counts); // expect: {INFO: 2, WARN: 1, ERROR: 1}

  // Lookbehind and lookahead.
  final numbers = RegExp(r'(?<![\d.])\d+(?= ms)');
  print([for (final m in numbers.allMatches(_log)) m[0]]);
  // expect: [34, 1200]
  final users = RegExp(r'(?<=user=)\w+');
  print(users.allMatches(_log).map((m) => '${m[0]}@${m.start > 0}').join(' '));
  // expect: ann@true bob@true

  // Secrets are hidden, addresses shortened.
  var safe = entries[2].text.replaceAllMapped(
      RegExp(r'(token=)([^&\s]+)'), (m) => '${m[1]}${'*' * m[2]!.length}');
  print(safe); // expect: GET /a?id=17&token=****** failed: 503
  safe = entries[1].text.replaceFirstMapped(
      RegExp(r'(\d+)\.(\d+)\.\d+\.\d+'), (m) => '${m.group(1)}.${m.group(2)}.x.x');
  print(safe); // expect: slow answer from 10.0.x.x (1200 ms)

  // Splitting and joining around matches.
  print('a1b22c333'.splitMapJoin(RegExp(r'\d+'),
      onMatch: (m) => '<${m[0]!.length}>', onNonMatch: (s) => s.toUpperCase()));
  // expect: A<1>B<2>C<3>
  print('k=v; k2 = v2 ;k3'.split(RegExp(r'\s*;\s*'))); // expect: [k=v, k2 = v2, k3]
  print('one  two'.split(RegExp(' '))); // expect: [one, , two]
  print('abc'.split(RegExp(''))); // expect: [a, b, c]

  // A doubled word, by a backreference; a quoted string of either quote.
  final doubled = RegExp(r'\b(\w+)\s+\1\b', caseSensitive: false);
  print(doubled.stringMatch('it is The the end')); // expect: The the
  final quoted = RegExp('''(["'])(.*?)\\1''');
  print(quoted.allMatches('say "it\'s" or \'no "x"\'').map((m) => m[2]).toList());
  // expect: [it's, no "x"]

  // Greedy, lazy, and alternatives in order.
  print(RegExp('<.+>').stringMatch('<a><b>')); // expect: <a><b>
  print(RegExp('<.+?>').stringMatch('<a><b>')); // expect: <a>
  print(RegExp('a|ab').stringMatch('abc')); // expect: a
  print(RegExp('(a)|(b)').firstMatch('b')!.groups([0, 1, 2]));
  // expect: [b, null, b]

  // Unicode.
  print(RegExp(r'^.$').hasMatch('😀')); // expect: false
  print(RegExp(r'^.$', unicode: true).hasMatch('😀')); // expect: true
  print(RegExp(r'\p{Lu}\p{Ll}+', unicode: true)
      .allMatches('Ärger und Öl, ok')
      .map((m) => m[0])
      .toList()); // expect: [Ärger, Öl]
  print(RegExp(r'a.c', dotAll: true).hasMatch('a\nc')); // expect: true
  print(RegExp(r'^b$').hasMatch('a\nb')); // expect: false

  // Matching at a place.
  final word = RegExp(r'\w+');
  print(word.matchAsPrefix('ab cd', 2)); // expect: null
  final match = word.matchAsPrefix('ab cd', 3)!;
  print((match.start, match.end, match.input, match.groupCount));
  // expect: (3, 5, ab cd, 0)
  print('ab cd'.startsWith(word, 3)); // expect: true
  print(RegExp.escape('a.b*c[d]')); // expect: a\.b\*c\[d\]
  print('1.5+x'.replaceAll(RegExp(RegExp.escape('.5+')), '_')); // expect: 1_x
  final named = _line.firstMatch(_log)!;
  print(named.groupNames.toList()); // expect: [time, ms, level, source, row, text]
  try {
    named.namedGroup('nobody');
  } on ArgumentError {
    print('no such group'); // expect: no such group
  }
  try {
    RegExp('(unclosed');
  } on FormatException {
    print('bad pattern'); // expect: bad pattern
  }
}
