part of dart.convert;

const AsciiCodec ascii = AsciiCodec();
const Latin1Codec latin1 = Latin1Codec();

final class AsciiCodec extends Encoding {
  const AsciiCodec({bool allowInvalid = false}) : _allowInvalid = allowInvalid;

  final bool _allowInvalid;

  String get name => 'us-ascii';
  Uint8List encode(String source) => encoder.convert(source);
  String decode(List<int> bytes, {bool? allowInvalid}) =>
      AsciiDecoder(allowInvalid: allowInvalid ?? _allowInvalid).convert(bytes);
  AsciiEncoder get encoder => const AsciiEncoder();
  AsciiDecoder get decoder => AsciiDecoder(allowInvalid: _allowInvalid);
}

final class Latin1Codec extends Encoding {
  const Latin1Codec({bool allowInvalid = false}) : _allowInvalid = allowInvalid;

  final bool _allowInvalid;

  String get name => 'iso-8859-1';
  Uint8List encode(String source) => encoder.convert(source);
  String decode(List<int> bytes, {bool? allowInvalid}) =>
      Latin1Decoder(allowInvalid: allowInvalid ?? _allowInvalid).convert(bytes);
  Latin1Encoder get encoder => const Latin1Encoder();
  Latin1Decoder get decoder => Latin1Decoder(allowInvalid: _allowInvalid);
}

Uint8List _encodeUnits(String text, int start, int? end, int mask) {
  final last = RangeError.checkValidRange(start, end, text.length);
  final bytes = Uint8List(last - start);
  for (var i = start; i < last; i++) {
    final unit = text.codeUnitAt(i);
    if (unit & ~mask != 0) {
      throw ArgumentError.value(
          text, 'string', 'Contains invalid characters.');
    }
    bytes[i - start] = unit;
  }
  return bytes;
}

// Past 255 nothing is a byte, whatever is allowed.
String _decodeUnits(
    List<int> bytes, int start, int? end, int mask, bool allowInvalid) {
  final last = RangeError.checkValidRange(start, end, bytes.length);
  var isPlain = true;
  for (var i = start; i < last; i++) {
    final byte = bytes[i];
    if (byte & ~mask != 0) {
      if (!allowInvalid) {
        throw FormatException('Invalid value in input: $byte', bytes, i);
      }
      isPlain = false;
    }
  }
  if (isPlain) return String.fromCharCodes(bytes, start, last);
  return String.fromCharCodes([
    for (var i = start; i < last; i++)
      bytes[i] & ~mask == 0 ? bytes[i] : 0xfffd
  ]);
}

final class AsciiEncoder extends Converter<String, List<int>> {
  const AsciiEncoder();

  Uint8List convert(String string, [int start = 0, int? end]) =>
      _encodeUnits(string, start, end, 0x7f);
  StringConversionSink startChunkedConversion(Sink<List<int>> sink) =>
      _StringChunkSink<List<int>>(convert, sink);
}

final class AsciiDecoder extends Converter<List<int>, String> {
  const AsciiDecoder({bool allowInvalid = false}) : _allowInvalid = allowInvalid;

  final bool _allowInvalid;

  String convert(List<int> bytes, [int start = 0, int? end]) =>
      _decodeUnits(bytes, start, end, 0x7f, _allowInvalid);
  ByteConversionSink startChunkedConversion(Sink<String> sink) =>
      _ByteChunkSink<String>(convert, sink);
}

final class Latin1Encoder extends Converter<String, List<int>> {
  const Latin1Encoder();

  Uint8List convert(String string, [int start = 0, int? end]) =>
      _encodeUnits(string, start, end, 0xff);
  StringConversionSink startChunkedConversion(Sink<List<int>> sink) =>
      _StringChunkSink<List<int>>(convert, sink);
}

final class Latin1Decoder extends Converter<List<int>, String> {
  const Latin1Decoder({bool allowInvalid = false})
      : _allowInvalid = allowInvalid;

  final bool _allowInvalid;

  String convert(List<int> bytes, [int start = 0, int? end]) =>
      _decodeUnits(bytes, start, end, 0xff, _allowInvalid);
  ByteConversionSink startChunkedConversion(Sink<String> sink) =>
      _ByteChunkSink<String>(convert, sink);
}
