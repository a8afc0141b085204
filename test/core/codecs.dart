// Codecs of dart:convert: whole, fused, inverted, in chunks and as streams.
import 'dart:convert';
import 'dart:typed_data';

// Each letter moved by some places: a codec of our own.
class Rotation extends Codec<String, String> {
  const Rotation(this.places);
  final int places;
  @override
  Converter<String, String> get encoder => RotationConverter(places);
  @override
  Converter<String, String> get decoder => RotationConverter(26 - places);
}

class RotationConverter extends Converter<String, String> {
  const RotationConverter(this.places);
  final int places;

  int _turn(int unit) => switch (unit) {
        >= 0x61 && <= 0x7a => (unit - 0x61 + places) % 26 + 0x61,
        >= 0x41 && <= 0x5a => (unit - 0x41 + places) % 26 + 0x41,
        _ => unit,
      };

  @override
  String convert(String input) =>
      String.fromCharCodes(input.codeUnits.map(_turn));

  @override
  Sink<String> startChunkedConversion(Sink<String> sink) =>
      RotationSink(this, sink);
}

class RotationSink implements ChunkedConversionSink<String> {
  RotationSink(this._converter, this._out);
  final RotationConverter _converter;
  final Sink<String> _out;
  @override
  void add(String chunk) => _out.add(_converter.convert(chunk));
  @override
  void close() => _out.close();
}

String hex(List<int> bytes) =>
    bytes.map((b) => b.toRadixString(16).padLeft(2, '0')).join(' ');

void main() async {
  // UTF-8, one to four bytes; a lone surrogate becomes U+FFFD.
  for (final text in ['a', 'é', '€', '😀']) {
    print('${hex(utf8.encode(text))} ${utf8.decode(utf8.encode(text)) == text}');
  }
  // expect: 61 true
  // expect: c3 a9 true
  // expect: e2 82 ac true
  // expect: f0 9f 98 80 true
  print(hex(utf8.encode('\ud83d'))); // expect: ef bf bd
  for (final bad in [[0xc0, 0x80], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0x80]]) {
    try {
      utf8.decode(bad);
      print('decoded');
    } on FormatException {
      print(utf8.decode(bad, allowMalformed: true).runes.toSet().single == 0xfffd);
    }
  }
  // expect: true
  // expect: true
  // expect: true
  // expect: true
  print(utf8.decode([0xef, 0xbb, 0xbf, 0x61])); // expect: a

  // Latin-1 and ASCII.
  print(latin1.encode('Ærø')); // expect: [198, 114, 248]
  print(latin1.decode([0xe5, 0x21])); // expect: å!
  for (final encode in [() => latin1.encode('€'), () => ascii.encode('é')]) {
    try {
      encode();
    } on ArgumentError {
      print('not encodable');
    }
  }
  // expect: not encodable
  // expect: not encodable
  try {
    ascii.decode([0x41, 0x80]);
  } on FormatException {
    print('not ASCII'); // expect: not ASCII
  }
  print(const AsciiDecoder(allowInvalid: true).convert([65, 200]).runes.toList());
  // expect: [65, 65533]

  // Base64, with both alphabets, and what it refuses.
  for (final n in [0, 1, 2, 3]) {
    print(base64.encode(utf8.encode('foo'.substring(0, n))));
  }
  // expect:
  // expect: Zg==
  // expect: Zm8=
  // expect: Zm9v
  print(base64Url.encode([0xfb, 0xff, 0xfe])); // expect: -__-
  print(base64.encode([0xfb, 0xff, 0xfe])); // expect: +//+
  print(base64.decode('-__-')); // expect: [251, 255, 254]
  print(base64.normalize('Zg')); // expect: Zg==
  for (final bad in ['Zg', 'Z===', 'Z g=']) {
    try {
      base64.decode(bad);
      print('decoded');
    } on FormatException {
      print('refused');
    }
  }
  // expect: refused
  // expect: refused
  // expect: refused

  // Fused and inverted codecs, and our own.
  final packed = utf8.fuse(base64);
  print(packed.encode('œuvre')); // expect: xZN1dnJl
  print(packed.decode('xZN1dnJl')); // expect: œuvre
  print(packed.inverted.encode('Zm9v')); // expect: foo
  const rot13 = Rotation(13);
  print(rot13.encode('Hello, World!')); // expect: Uryyb, Jbeyq!
  print(rot13.fuse(packed).decode(rot13.fuse(packed).encode('x'))); // expect: x
  print(json.fuse(utf8).decode([0x5b, 0x31, 0x5d])); // expect: [1]

  // Chunks that split a character.
  final parts = <String>[];
  final sink = utf8.decoder.startChunkedConversion(
      StringConversionSink.withCallback(parts.add));
  for (final byte in utf8.encode('a€😀b')) {
    sink.add([byte]);
  }
  sink.close();
  print(parts); // expect: [a€😀b]

  // Streams of bytes to lines; \r\n in two chunks is one end of line.
  final chunks = ['one\ntw', 'o\r', '\nthree\r', 'four'].map(utf8.encode);
  print(await Stream<List<int>>.fromIterable(chunks)
      .transform(utf8.decoder)
      .transform(const LineSplitter())
      .toList()); // expect: [one, two, three, four]
  print(LineSplitter.split('a\n\nb\r\n').toList()); // expect: [a, , b]
  print(await Stream.fromIterable(['ab', 'yz'])
      .transform(rot13.encoder)
      .join('|')); // expect: no|lm

  final builder = BytesBuilder()
    ..addByte(1)
    ..add([2, 3])
    ..add(Uint8List.fromList([4]));
  print((builder.length, builder.takeBytes(), builder.isEmpty));
  // expect: (4, [1, 2, 3, 4], true)
  print(const HtmlEscape(HtmlEscapeMode.element).convert('<a> & "b"'));
  // expect: &lt;a&gt; &amp; "b"
}
