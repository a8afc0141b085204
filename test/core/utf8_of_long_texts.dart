// Texts longer than what is converted at a time, with characters of one to four
// bytes on every boundary, and malformed ones.
// flags: slow
import 'dart:convert';

void main() {
  const parts = ['a', 'é', '\u20ac', '\u{1F600}'];
  for (var shift = 0; shift < 4; shift++) {
    for (final part in parts) {
      final text = '${'x' * shift}${part * 70000}y';
      final bytes = utf8.encode(text);
      if (utf8.decode(bytes) != text) throw StateError('$part $shift');
      if (utf8.decode(bytes.toList()) != text) throw StateError('$part list');
      var sum = 0;
      utf8.decoder
          .startChunkedConversion(StringConversionSink.withCallback((all) {
        sum = all.length;
      }))
        ..add(bytes.sublist(0, 65537))
        ..add(bytes.sublist(65537))
        ..close();
      if (sum != text.length) throw StateError('$part chunks');
    }
  }
  print('the same'); // expect: the same
  print(utf8.encode('${'z' * 65535}\ud800${'z' * 65535}').length);
  // expect: 131073
  final bad = utf8.encode('b' * 100000)..[70000] = 0xff;
  try {
    utf8.decode(bad);
  } on FormatException catch (e) {
    print('${e.message} ${e.offset}'); // expect: Invalid UTF-8 byte 70000
  }
  print(utf8.decode(bad, allowMalformed: true).codeUnitAt(70000));
  // expect: 65533
}
