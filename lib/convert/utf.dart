part of dart.convert;

const Utf8Codec utf8 = Utf8Codec();

const int unicodeReplacementCharacterRune = 0xfffd;
const int unicodeBomCharacterRune = 0xfeff;

final class Utf8Codec extends Encoding {
  const Utf8Codec({bool allowMalformed = false})
      : _allowMalformed = allowMalformed;

  final bool _allowMalformed;

  String get name => 'utf-8';
  Uint8List encode(String string) => const Utf8Encoder().convert(string);
  String decode(List<int> codeUnits, {bool? allowMalformed}) =>
      Utf8Decoder(allowMalformed: allowMalformed ?? _allowMalformed)
          .convert(codeUnits);
  Utf8Encoder get encoder => const Utf8Encoder();
  Utf8Decoder get decoder => Utf8Decoder(allowMalformed: _allowMalformed);
}

// The bytes that the range takes; an unpaired surrogate takes three.
external int _utf8Length(String text, int start, int end);
// Writes the range to bytes from `at` on; where it ends.
external int _utf8Write(
    String text, Uint8List bytes, int start, int end, int at);
// The text; null when it is malformed.
external String? _utf8Read(Uint8List bytes, int start, int end);

// What natives do at a time, so that others may run between.
const int _sliceLength = 1 << 16;

// The end of a slice of text, which divides no pair of surrogates.
int _sliceEnd(String text, int start, int end) {
  if (end - start <= _sliceLength) return end;
  final stop = start + _sliceLength;
  return (text.codeUnitAt(stop - 1) & 0xfc00) == 0xd800 ? stop - 1 : stop;
}

final class Utf8Encoder extends Converter<String, List<int>> {
  const Utf8Encoder();

  Uint8List convert(String string, [int start = 0, int? end]) {
    final last = RangeError.checkValidRange(start, end, string.length);
    var length = 0;
    for (var from = start; from < last;) {
      final stop = _sliceEnd(string, from, last);
      length += _utf8Length(string, from, stop);
      from = stop;
    }
    final bytes = Uint8List(length);
    var at = 0;
    for (var from = start; from < last;) {
      final stop = _sliceEnd(string, from, last);
      at = _utf8Write(string, bytes, from, stop, at);
      from = stop;
    }
    return bytes;
  }

  StringConversionSink startChunkedConversion(Sink<List<int>> sink) =>
      _Utf8EncoderSink(sink);
}

// Holds a high surrogate back until its other half has come.
class _Utf8EncoderSink extends _WholeStringSink {
  _Utf8EncoderSink(this._out);

  final Sink<List<int>> _out;
  String _held = '';

  void add(String str) {
    var text = _held.isEmpty ? str : '$_held$str';
    _held = '';
    if (text.isEmpty) return;
    if ((text.codeUnitAt(text.length - 1) & 0xfc00) == 0xd800) {
      _held = text.substring(text.length - 1);
      text = text.substring(0, text.length - 1);
      if (text.isEmpty) return;
    }
    _out.add(utf8.encode(text));
  }

  void close() {
    if (_held.isNotEmpty) _out.add(utf8.encode(_held));
    _out.close();
  }
}

final class Utf8Decoder extends Converter<List<int>, String> {
  const Utf8Decoder({bool allowMalformed = false})
      : _allowMalformed = allowMalformed;

  final bool _allowMalformed;

  String convert(List<int> codeUnits, [int start = 0, int? end]) {
    final last = RangeError.checkValidRange(start, end, codeUnits.length);
    final decoder = _Utf8Pieces(_allowMalformed);
    return decoder.decode(codeUnits, start, last, true);
  }

  ByteConversionSink startChunkedConversion(Sink<String> sink) =>
      _Utf8DecoderSink(
          sink is StringConversionSink ? sink : StringConversionSink.from(sink),
          _allowMalformed);

  Stream<String> bind(Stream<List<int>> stream) => super.bind(stream);

  Converter<List<int>, T> fuse<T>(Converter<String, T> next) =>
      super.fuse<T>(next);
}

class _Utf8DecoderSink extends ByteConversionSink {
  _Utf8DecoderSink(this._out, bool allowMalformed)
      : _pieces = _Utf8Pieces(allowMalformed);

  final StringConversionSink _out;
  final _Utf8Pieces _pieces;

  void add(List<int> chunk) => addSlice(chunk, 0, chunk.length, false);

  void addSlice(List<int> chunk, int start, int end, bool isLast) {
    RangeError.checkValidRange(start, end, chunk.length);
    final text = _pieces.decode(chunk, start, end, false);
    if (text.isNotEmpty) _out.add(text);
    if (isLast) close();
  }

  void close() {
    final rest = _pieces.decode(const <int>[], 0, 0, true);
    if (rest.isNotEmpty) _out.add(rest);
    _out.close();
  }
}

// A decoder that may stop inside a character and go on with the next piece.
class _Utf8Pieces {
  _Utf8Pieces(this._allowMalformed);

  final bool _allowMalformed;
  final List<int> _held = <int>[]; // the beginning of a character
  bool _isAtStart = true; // a byte order mark is passed over there

  String decode(List<int> input, int start, int end, bool isLast) {
    if (_held.isEmpty) {
      for (var i = start; i < end && input is! Uint8List; i++) {
        final byte = input[i];
        if (byte < 0 || byte > 255) return _decodeSlowly(input, start, end, isLast);
      }
      var stop = end;
      if (!isLast) stop = _completeEnd(input, start, end);
      final bytes = input is Uint8List
          ? input
          : Uint8List.fromList(start == 0 && stop == input.length
              ? input
              : input.sublist(start, stop));
      final from = identical(bytes, input) ? start : 0;
      var text = _read(bytes, from, from + (stop - start));
      if (text != null) {
        for (var i = stop; i < end; i++) {
          _held.add(input[i]);
        }
        if (_isAtStart && text.isNotEmpty) {
          _isAtStart = false;
          if (text.codeUnitAt(0) == 0xfeff) text = text.substring(1);
        }
        return text;
      }
      return _decodeSlowly(input, start, end, isLast);
    }
    final all = <int>[..._held, ...input.getRange(start, end)];
    _held.clear();
    return _decodeSlowly(all, 0, all.length, isLast);
  }

  static String? _read(Uint8List bytes, int start, int end) {
    if (end - start <= _sliceLength) return _utf8Read(bytes, start, end);
    final out = StringBuffer();
    while (start < end) {
      final stop = end - start <= _sliceLength
          ? end
          : _completeEnd(bytes, start, start + _sliceLength);
      final text = _utf8Read(bytes, start, stop);
      if (text == null) return null;
      out.write(text);
      start = stop;
    }
    return out.toString();
  }

  // Where the last whole character ends.
  static int _completeEnd(List<int> input, int start, int end) {
    for (var back = 1; back <= 3 && end - back >= start; back++) {
      final byte = input[end - back];
      if (byte < 0x80) break;
      if (byte >= 0xc0) {
        final needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
        return needed > back ? end - back : end;
      }
    }
    return end;
  }

  // Character by character, as the Encoding standard says how malformed input
  // is cut into pieces: each maximal part of a character is replaced once.
  String _decodeSlowly(List<int> input, int start, int end, bool isLast) {
    final out = StringBuffer();
    var i = start;
    void bad(String message, int at) {
      if (!_allowMalformed) throw FormatException(message, input, at);
      out.writeCharCode(0xfffd);
    }

    while (i < end) {
      final first = input[i];
      if (first >= 0 && first < 0x80) {
        out.writeCharCode(first);
        i++;
        continue;
      }
      var needed = 0, low = 0x80, high = 0xbf, code = 0;
      if (first >= 0xc2 && first <= 0xdf) {
        needed = 1;
        code = first & 0x1f;
      } else if (first >= 0xe0 && first <= 0xef) {
        needed = 2;
        code = first & 0x0f;
        if (first == 0xe0) low = 0xa0;
        if (first == 0xed) high = 0x9f;
      } else if (first >= 0xf0 && first <= 0xf4) {
        needed = 3;
        code = first & 0x07;
        if (first == 0xf0) low = 0x90;
        if (first == 0xf4) high = 0x8f;
      } else {
        bad(first < 0 || first > 255
            ? 'Invalid UTF-8 byte'
            : first >= 0x80 && first < 0xc0
                ? 'Unexpected extension byte'
                : 'Invalid UTF-8 byte', i);
        i++;
        continue;
      }
      var at = i + 1;
      var isBad = false;
      while (needed > 0 && at < end) {
        final next = input[at];
        if (next < low || next > high) {
          isBad = true;
          break;
        }
        low = 0x80;
        high = 0xbf;
        code = code << 6 | next & 0x3f;
        needed--;
        at++;
      }
      if (needed == 0) {
        if (!(code == 0xfeff && _isAtStart && out.isEmpty)) {
          out.writeCharCode(code);
        }
        _isAtStart = false;
        i = at;
        continue;
      }
      if (isBad) {
        bad('Missing extension byte', at);
        i = at;
        continue;
      }
      // The input ends inside a character.
      if (isLast) {
        bad('Unfinished UTF-8 octet sequence', end);
      } else {
        for (var k = i; k < end; k++) {
          _held.add(input[k]);
        }
      }
      i = end;
    }
    if (out.isNotEmpty) _isAtStart = false;
    return out.toString();
  }
}
