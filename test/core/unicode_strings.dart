// Strings as code units and runes: surrogates, reversing, case, searching,
// comparing, trimming, building, and a table drawn by display width.
extension Unicode on String {
  String get reversedRunes => String.fromCharCodes(runes.toList().reversed);
  bool get isPalindrome {
    final letters = toLowerCase().replaceAll(RegExp(r'[^\p{L}]', unicode: true), '');
    return letters == letters.reversedRunes;
  }

  int get width => runes.fold(0, (n, r) => n + switch (r) {
        >= 0x300 && <= 0x36f => 0,
        >= 0x1100 && <= 0x115f || >= 0x2e80 && <= 0xa4cf || >= 0x1f300 => 2,
        _ => 1,
      });
  String padToWidth(int n) => this + ' ' * (n - width);
  String get hex =>
      codeUnits.map((u) => u.toRadixString(16).padLeft(4, '0')).join(' ');
}

String caesar(String text, int shift) => String.fromCharCodes(text.codeUnits.map(
    (u) => switch (u) {
          >= 0x41 && <= 0x5a => (u - 0x41 + shift) % 26 + 0x41,
          >= 0x61 && <= 0x7a => (u - 0x61 + shift) % 26 + 0x61,
          _ => u,
        }));

String runLengths(String text) {
  final out = StringBuffer();
  for (var i = 0, j = 0; i < text.length; i = j) {
    while (j < text.length && text[j] == text[i]) {
      j++;
    }
    out
      ..write(j - i > 1 ? j - i : '')
      ..write(text[i]);
  }
  return '$out';
}

int distance(String a, String b) {
  var row = List.generate(b.length + 1, (i) => i);
  for (var i = 0; i < a.length; i++) {
    final next = [i + 1];
    for (var j = 0; j < b.length; j++) {
      final change = row[j] + (a[i] == b[j] ? 0 : 1);
      final insert = next[j] + 1, delete = row[j + 1] + 1;
      next.add([change, insert, delete].reduce((x, y) => x < y ? x : y));
    }
    row = next;
  }
  return row.last;
}

void main() {
  const smile = 'a😀é';
  print((smile.length, smile.runes.length, smile.hex)); // expect: (4, 3, 0061 d83d de00 00e9)
  print(smile.reversedRunes); // expect: é😀a
  print(smile[1] == '\ud83d'); // expect: true
  print('${smile[1]}${smile[2]}' == '😀'); // expect: true
  print(smile.runes.map((r) => r.toRadixString(16)).toList()); // expect: [61, 1f600, e9]
  final it = smile.runes.iterator;
  final seen = [for (; it.moveNext();) '${it.rawIndex}:${it.currentAsString}:${it.currentSize}'];
  print(seen); // expect: [0:a:1, 1:😀:2, 3:é:1]
  it.reset(3);
  it.movePrevious();
  print(it.currentAsString); // expect: 😀
  print('\u{1F600}' == smile.substring(1, 3)); // expect: true
  print('A man, a plan, a canal: Panamá'.isPalindrome); // expect: false
  print('Été'.isPalindrome); // expect: true

  print(['grün', 'ÀÉ', 'ǆ', 'Ωδ'].map((s) => '${s.toUpperCase()} ${s.toLowerCase()}').toList());
  // expect: [GRÜN grün, ÀÉ àé, Ǆ ǆ, ΩΔ ωδ]
  print('  \u00a0\u2003\ufeff x \t\n'.trim().length); // expect: 1
  print('[${'  x '.trimLeft()}${' y  '.trimRight()}]'); // expect: [x  y]
  print('é' == 'e\u0301'); // expect: false
  print(['b', 'a', 'B', 'ä', '😀', '\uffff']..sort()); // expect: [B, a, b, ä, 😀, ￿]
  print('apple'.compareTo('apply')); // expect: -1

  print('a-b-c-b'.indexOf('b', 3)); // expect: 6
  print(('abcabc'.lastIndexOf('abc', 2), 'abc'.indexOf(''), 'abc'.contains('bd'))); // expect: (0, 0, false)
  print('aXbXc'.replaceFirst('X', '-', 2)); // expect: aXb-c
  print('aaa'.replaceAll('a', r'$0')); // expect: $0$0$0
  print('x'.replaceAll('', '-')); // expect: -x-
  print('a,b,,c,'.split(',')); // expect: [a, b, , c, ]
  print(('ab' * 3, 'ab' * 0, 'ab'.padLeft(5, '*'), 'ab'.padRight(4, '-='))); // expect: (ababab, , ***ab, ab-=-=)
  print('abc'.replaceRange(1, 2, 'ZZ')); // expect: aZZc
  print('%'.codeUnitAt(0)); // expect: 37
  print(String.fromCharCodes([0x48, 0x1f600, 0x69], 0, 2)); // expect: H😀
  print('abc'.hashCode == 'xabc'.substring(1).hashCode); // expect: true
  print(identical('ab' 'c', 'abc')); // expect: true
  print(Object.hashAll(['a', 'b']) == Object.hash('a', 'b')); // expect: true

  print(caesar(caesar('Hello, Zoë!', 3), -3)); // expect: Hello, Zoë!
  print(runLengths('aaabccdddd')); // expect: 3ab2c4d
  print([distance('kitten', 'sitting'), distance('', 'abc'), distance('same', 'same')]); // expect: [3, 3, 0]
  for (final word in ['abc', '日本', 'é', '😀!']) {
    print('|${word.padToWidth(5)}|');
  }
  // expect: |abc  |
  // expect: |日本 |
  // expect: |é    |
  // expect: |😀!  |

  final buffer = StringBuffer('start');
  buffer
    ..writeAll([1, null, 2.5], ', ')
    ..writeCharCode(0x1f600)
    ..writeln()
    ..write(['x']);
  print((buffer.length, '$buffer'.split('\n'))); // expect: (23, [start1, null, 2.5😀, [x]])
  buffer.clear();
  print(buffer.isEmpty); // expect: true
  print('''
  raw \$x ${r'\n'}
'''.length); // expect: 12
  print(r'C:\new' '\t' "it's" """ "q" """); // expect: C:\new	it's "q"
}
