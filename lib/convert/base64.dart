part of dart.convert;

const Base64Codec base64 = Base64Codec();
const Base64Codec base64Url = Base64Codec.urlSafe();

String base64Encode(List<int> bytes) => base64.encode(bytes);
String base64UrlEncode(List<int> bytes) => base64Url.encode(bytes);
Uint8List base64Decode(String source) => base64.decode(source);

const String _base64Digits =
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const String _base64UrlDigits =
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

// The value of a digit of either alphabet, -1: none.
int _base64Value(int unit) {
  if (unit >= 0x41 && unit <= 0x5a) return unit - 0x41;
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x47;
  if (unit >= 0x30 && unit <= 0x39) return unit + 4;
  if (unit == 0x2b || unit == 0x2d) return 62;
  if (unit == 0x2f || unit == 0x5f) return 63;
  return -1;
}

final class Base64Codec extends Codec<List<int>, String> {
  const Base64Codec() : _encoder = const Base64Encoder();
  const Base64Codec.urlSafe() : _encoder = const Base64Encoder.urlSafe();

  final Base64Encoder _encoder;

  Base64Encoder get encoder => _encoder;
  Base64Decoder get decoder => const Base64Decoder();

  Uint8List decode(String encoded) => decoder.convert(encoded);

  // Digits of the standard alphabet, escapes undone, padded.
  String normalize(String source, [int start = 0, int? end]) {
    final last = RangeError.checkValidRange(start, end, source.length);
    final buffer = StringBuffer();
    var count = 0, padding = 0, paddingAt = -1;
    for (var i = start; i < last; i++) {
      final at = i;
      var unit = source.codeUnitAt(i);
      if (unit == 0x25 && i + 2 < last) {
        final value = int.tryParse(source.substring(i + 1, i + 3), radix: 16);
        if (value != null && value != 0x25) {
          unit = value;
          i += 2;
        }
      }
      final digit = unit < 128 ? _base64Value(unit) : -1;
      if (digit >= 0) {
        if (padding > 0) {
          throw FormatException('Invalid base64 data', source, at);
        }
        buffer.writeCharCode(_base64Digits.codeUnitAt(digit));
        count++;
      } else if (unit == 0x3d) {
        if (padding == 0) paddingAt = at;
        padding++;
      } else {
        throw FormatException('Invalid base64 data', source, at);
      }
    }
    final missing = -count & 3;
    if (missing == 3) {
      throw FormatException(
          'Invalid base64 encoding length '
          '(expected 4 or less base64 characters)',
          source,
          last);
    }
    if (padding > 0 && padding != missing) {
      throw FormatException(
          'Invalid base64 padding, '
          '${padding > missing ? "more than '=' characters needed" : "padded length must be multiple of four, is ${count + padding}"}',
          source,
          paddingAt);
    }
    buffer.write('=' * missing);
    return buffer.toString();
  }
}

final class Base64Encoder extends Converter<List<int>, String> {
  const Base64Encoder() : _digits = _base64Digits;
  const Base64Encoder.urlSafe() : _digits = _base64UrlDigits;

  final String _digits;

  String convert(List<int> input) {
    final digits = _digits;
    final count = input.length;
    final units = Uint8List((count + 2) ~/ 3 * 4);
    var at = 0, all = 0;
    for (var i = 0; i < count; i += 3) {
      final a = input[i];
      final b = i + 1 < count ? input[i + 1] : 0;
      final c = i + 2 < count ? input[i + 2] : 0;
      all |= a | b | c;
      if (all & ~255 != 0) _failByte(input);
      final bits = a << 16 | b << 8 | c;
      units[at++] = digits.codeUnitAt(bits >> 18);
      units[at++] = digits.codeUnitAt(bits >> 12 & 63);
      units[at++] =
          i + 1 < count ? digits.codeUnitAt(bits >> 6 & 63) : 0x3d;
      units[at++] = i + 2 < count ? digits.codeUnitAt(bits & 63) : 0x3d;
    }
    return String.fromCharCodes(units);
  }

  static Never _failByte(List<int> input) {
    for (var i = 0; i < input.length; i++) {
      final byte = input[i];
      if (byte < 0 || byte > 255) {
        throw ArgumentError.value(input, 'Not a byte value at index $i: '
            '0x${byte.toRadixString(16)}');
      }
    }
    throw ArgumentError.value(input);
  }

  ByteConversionSink startChunkedConversion(Sink<String> sink) =>
      _Base64EncoderSink(this, sink);
}

class _Base64EncoderSink extends ByteConversionSink {
  _Base64EncoderSink(this._encoder, this._out);

  final Base64Encoder _encoder;
  final Sink<String> _out;
  List<int> _held = const <int>[];

  void add(List<int> chunk) {
    final all = _held.isEmpty ? chunk : [..._held, ...chunk];
    final whole = all.length - all.length % 3;
    _held = all.sublist(whole);
    if (whole > 0) _out.add(_encoder.convert(all.sublist(0, whole)));
  }

  void close() {
    if (_held.isNotEmpty) _out.add(_encoder.convert(_held));
    _out.close();
  }
}

final class Base64Decoder extends Converter<String, List<int>> {
  const Base64Decoder();

  Uint8List convert(String input, [int start = 0, int? end]) {
    final last = RangeError.checkValidRange(start, end, input.length);
    final bytes = Uint8List((last - start) ~/ 4 * 3 + 3);
    var at = 0, bits = 0, digits = 0, i = start;
    // The value and where it was, of each digit; %3D is a padding, too.
    var padding = 0;
    while (i < last) {
      final unit = input.codeUnitAt(i);
      final value = _base64Value(unit);
      if (value >= 0) {
        if (padding > 0) {
          throw FormatException('Invalid character', input, i);
        }
        bits = bits << 6 | value;
        if (++digits == 4) {
          bytes[at++] = bits >> 16;
          bytes[at++] = bits >> 8 & 255;
          bytes[at++] = bits & 255;
          bits = digits = 0;
        }
        i++;
        continue;
      }
      var width = 1;
      if (unit == 0x25 && i + 2 < last) {
        final escape = input.substring(i, i + 3).toUpperCase();
        width = escape == '%3D' ? 3 : 0;
      } else if (unit != 0x3d) {
        width = 0;
      }
      if (width == 0) throw FormatException('Invalid character', input, i);
      if (digits < 2) throw FormatException('Invalid padding character', input, i);
      if (digits + ++padding > 4) {
        throw FormatException('Invalid padding character', input, i);
      }
      i += width;
    }
    if (digits > 0) {
      if (digits + padding != 4) {
        throw FormatException('Missing padding character', input, last);
      }
      if (digits == 2) {
        if (bits & 15 != 0) {
          throw FormatException('Invalid encoding before padding', input, i);
        }
        bytes[at++] = bits >> 4;
      } else {
        if (bits & 3 != 0) {
          throw FormatException('Invalid encoding before padding', input, i);
        }
        bytes[at++] = bits >> 10;
        bytes[at++] = bits >> 2 & 255;
      }
    }
    return bytes.sublist(0, at);
  }

  StringConversionSink startChunkedConversion(Sink<List<int>> sink) =>
      _Base64DecoderSink(sink);
}

class _Base64DecoderSink extends _WholeStringSink {
  _Base64DecoderSink(this._out);

  final Sink<List<int>> _out;
  String _held = '';

  void add(String str) {
    final all = '$_held$str';
    // Escapes keep whole groups of four from lining up: those wait.
    if (all.contains('%')) {
      _held = all;
      return;
    }
    final whole = all.length - all.length % 4;
    _held = all.substring(whole);
    if (whole > 0) _out.add(base64.decode(all.substring(0, whole)));
  }

  void close() {
    if (_held.isNotEmpty) _out.add(base64.decode(_held));
    _out.close();
  }
}
