// Text broken into lines, justified and centred; numbers in words and in Roman
// figures; case conversions.
extension Words on String {
  Iterable<String> get words =>
      trim().isEmpty ? const [] : trim().split(RegExp(r'\s+'));

  String get capitalized =>
      isEmpty ? this : this[0].toUpperCase() + substring(1);

  String get snakeCase => replaceAllMapped(
      RegExp(r'(?<=[a-z\d])[A-Z]'), (m) => '_${m[0]}').toLowerCase();

  String get camelCase => split('_')
      .indexed
      .map((e) => e.$1 == 0 ? e.$2 : e.$2.capitalized)
      .join();

  String center(int width) {
    final gap = width - length;
    return gap <= 0 ? this : ' ' * (gap ~/ 2) + this;
  }
}

Iterable<List<String>> wrap(String text, int width) sync* {
  var line = <String>[], used = 0;
  for (var word in text.words) {
    while (word.length > width) {
      if (line.isNotEmpty) yield line;
      yield ['${word.substring(0, width - 1)}-'];
      word = word.substring(width - 1);
      (line, used) = ([], 0);
    }
    if (line.isNotEmpty && used + 1 + word.length > width) {
      yield line;
      (line, used) = ([], 0);
    }
    used += word.length + (line.isEmpty ? 0 : 1);
    line.add(word);
  }
  if (line.isNotEmpty) yield line;
}

String justify(List<String> words, int width) {
  if (words.length == 1) return words.single;
  final letters = words.fold(0, (n, w) => n + w.length);
  final gaps = words.length - 1, spaces = width - letters;
  final out = StringBuffer(words.first);
  for (var i = 0; i < gaps; i++) {
    out
      ..write(' ' * (spaces ~/ gaps + (i < spaces % gaps ? 1 : 0)))
      ..write(words[i + 1]);
  }
  return '$out';
}

const _figures = {
  1000: 'M', 900: 'CM', 500: 'D', 400: 'CD', 100: 'C', 90: 'XC',
  50: 'L', 40: 'XL', 10: 'X', 9: 'IX', 5: 'V', 4: 'IV', 1: 'I', //
};

String toRoman(int n) {
  RangeError.checkValueInInterval(n, 1, 3999, 'n');
  final out = StringBuffer();
  _figures.forEach((value, figure) {
    out.write(figure * (n ~/ value));
    n %= value;
  });
  return out.toString();
}

int fromRoman(String text) {
  final canonical = RegExp(r'^M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})'
      r'(IX|IV|V?I{0,3})$');
  if (text.isEmpty || !canonical.hasMatch(text)) {
    throw FormatException('not a Roman number', text, 0);
  }
  var at = 0, sum = 0;
  for (final MapEntry(key: value, value: figure) in _figures.entries) {
    while (text.startsWith(figure, at)) {
      sum += value;
      at += figure.length;
    }
  }
  return sum;
}

String inWords(int n) {
  const small = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven',
      'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen',
      'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'];
  const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy',
      'eighty', 'ninety'];
  String and(int rest, [String between = ' ']) =>
      rest == 0 ? '' : '$between${inWords(rest)}';
  return switch (n) {
    < 0 => 'minus ${inWords(-n)}',
    < 20 => small[n],
    < 100 => tens[n ~/ 10 - 2] + and(n % 10, '-'),
    < 1000 => '${small[n ~/ 100]} hundred${and(n % 100, ' and ')}',
    < 1000000 => '${inWords(n ~/ 1000)} thousand${and(n % 1000)}',
    _ => '${inWords(n ~/ 1000000)} million${and(n % 1000000)}',
  };
}

void main() {
  const text = 'The  quick brown fox\njumps over the extraordinarily lazy dog.';
  final lines = wrap(text, 12).toList();
  for (final (i, words) in lines.indexed) {
    final line =
        i == lines.length - 1 ? words.join(' ') : justify(words, 12);
    print('|${line.padRight(12)}|');
  }
  // expect: |The    quick|
  // expect: |brown    fox|
  // expect: |jumps   over|
  // expect: |the         |
  // expect: |extraordina-|
  // expect: |rily    lazy|
  // expect: |dog.        |
  print(wrap('   ', 5).isEmpty); // expect: true
  print('>${'mid'.center(8)}'); // expect: >  mid

  print([1, 4, 9, 14, 40, 90, 400, 1994, 2026, 3999].map(toRoman).join(' '));
  // expect: I IV IX XIV XL XC CD MCMXCIV MMXXVI MMMCMXCIX
  print(Iterable.generate(400, (i) => i * 9 + 1)
      .every((n) => fromRoman(toRoman(n)) == n)); // expect: true
  for (final bad in ['IIII', 'VX', '', 'abc']) {
    try {
      fromRoman(bad);
    } on FormatException catch (e) {
      print('${e.message} "${e.source}"');
    }
  }
  // expect: not a Roman number "IIII"
  // expect: not a Roman number "VX"
  // expect: not a Roman number ""
  // expect: not a Roman number "abc"
  try {
    toRoman(4000);
  } on RangeError catch (e) {
    print((e.name, e.start, e.end, e.invalidValue)); // expect: (n, 1, 3999, 4000)
  }

  [0, 13, 21, 80, 105, 342, 1000, 12017, -7, 3000001].map(inWords).forEach(print);
  // expect: zero
  // expect: thirteen
  // expect: twenty-one
  // expect: eighty
  // expect: one hundred and five
  // expect: three hundred and forty-two
  // expect: one thousand
  // expect: twelve thousand seventeen
  // expect: minus seven
  // expect: three million one

  print('parseHttpUrl2Now'.snakeCase); // expect: parse_http_url2_now
  print('parse_http_url'.camelCase); // expect: parseHttpUrl
  print(''.capitalized.isEmpty); // expect: true
}
