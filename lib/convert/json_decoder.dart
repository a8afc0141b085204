part of dart.convert;

const JsonCodec json = JsonCodec();

String jsonEncode(Object? object, {Object? toEncodable(Object? nonEncodable)?}) =>
    json.encode(object, toEncodable: toEncodable);

dynamic jsonDecode(String source, {Object? reviver(Object? key, Object? value)?}) =>
    json.decode(source, reviver: reviver);

final class JsonCodec extends Codec<Object?, String> {
  const JsonCodec(
      {Object? reviver(Object? key, Object? value)?,
      Object? toEncodable(dynamic object)?})
      : _reviver = reviver,
        _toEncodable = toEncodable;

  JsonCodec.withReviver(dynamic reviver(Object? key, Object? value))
      : this(reviver: reviver);

  final Object? Function(Object?, Object?)? _reviver;
  final Object? Function(dynamic)? _toEncodable;

  dynamic decode(String source,
          {Object? reviver(Object? key, Object? value)?}) =>
      _decodeJson(source, reviver ?? _reviver);

  String encode(Object? value, {Object? toEncodable(dynamic object)?}) =>
      JsonEncoder(toEncodable ?? _toEncodable).convert(value);

  JsonEncoder get encoder =>
      _toEncodable == null ? const JsonEncoder() : JsonEncoder(_toEncodable);
  JsonDecoder get decoder =>
      _reviver == null ? const JsonDecoder() : JsonDecoder(_reviver);
}

final class JsonDecoder extends Converter<String, Object?> {
  const JsonDecoder([Object? reviver(Object? key, Object? value)?])
      : _reviver = reviver;

  final Object? Function(Object?, Object?)? _reviver;

  dynamic convert(String input) => _decodeJson(input, _reviver);

  StringConversionSink startChunkedConversion(Sink<Object?> sink) =>
      StringConversionSink.withCallback((String text) {
        sink.add(_decodeJson(text, _reviver));
        sink.close();
      });

  Stream<Object?> bind(Stream<String> stream) => super.bind(stream);
}

dynamic _decodeJson(
        String source, Object? Function(Object?, Object?)? reviver) =>
    _JsonParser(source, reviver).parse();

// Where the first quote, backslash or control character from `start` is, or the
// length; -1 - where to go on when it is far.
external int _jsonPlainEnd(String text, int start);

// Each reads on from `at` and says where it ended, times 256, plus what it found:
// 0: this is for Dart, at that place. A value or key is put in slots[0]; the
// other 64 slots are for keys that were met.
// 1: a value, or the unit of the bracket: opened, or closing an empty container.
external int _jsonRead(String source, List<Object?> slots, int at);
// 1: a key and its colon.
external int _jsonReadKey(String source, List<Object?> slots, int at);
// 1: a comma, and in a map the next key and its colon; 2: the end.
external int _jsonReadNext(
    String source, List<Object?> slots, int at, bool isMap);
external T _unsafeCast<T>(Object? value);

// Keeps what is open on a stack of its own, so that depth is no matter.
class _JsonParser {
  _JsonParser(this._source, this._reviver);

  final String _source;
  final Object? Function(Object?, Object?)? _reviver;
  final List<Object?> _slots = List<Object?>.filled(65, null);
  int _at = 0;

  Never _fail(int at, [String message = 'Unexpected character']) {
    if (at >= _source.length) {
      throw FormatException('Unexpected end of input', _source, _source.length);
    }
    throw FormatException(message, _source, at);
  }

  void _skipSpace() {
    final source = _source;
    final length = source.length;
    var at = _at;
    while (at < length) {
      final unit = source.codeUnitAt(at);
      if (unit != 0x20 && unit != 0x0a && unit != 0x0d && unit != 0x09) break;
      at++;
    }
    _at = at;
  }

  Object? parse() {
    final value = _parseValue();
    _skipSpace();
    if (_at < _source.length) _fail(_at);
    final reviver = _reviver;
    return reviver == null ? value : reviver(null, value);
  }

  Object? _parseValue() {
    final source = _source, slots = _slots, reviver = _reviver;
    // What is open: lists, and maps with the key whose value is awaited.
    final holders = <Object?>[];
    final keys = <String?>[];
    Object? holder;
    String? key;
    for (;;) {
      final found = _jsonRead(source, slots, _at);
      _at = found >> 8;
      Object? value;
      var kind = found & 255;
      if (kind == 0) kind = _findBracket();
      switch (kind) {
        case 1:
          value = slots[0];
        case 0x5b:
          holders.add(holder);
          keys.add(key);
          holder = <dynamic>[];
          key = null;
          continue;
        case 0x7b:
          holders.add(holder);
          keys.add(key);
          holder = <String, dynamic>{};
          key = _readKey(_jsonReadKey(source, slots, _at));
          continue;
        case 0x5d:
          value = <dynamic>[];
        case 0x7d:
          value = <String, dynamic>{};
        default:
          value = _parseSlow();
      }
      // A value is there: it goes into what is open, which may be complete.
      for (;;) {
        if (holder == null) return value;
        final isMap = key != null;
        if (key != null) {
          final map = _unsafeCast<Map<String, dynamic>>(holder);
          map[key] = reviver == null ? value : reviver(key, value);
        } else {
          final list = _unsafeCast<List<dynamic>>(holder);
          list.add(reviver == null ? value : reviver(list.length, value));
        }
        final next = _jsonReadNext(source, slots, _at, isMap);
        _at = next >> 8;
        if (next & 255 == 1) {
          if (isMap) key = _unsafeCast<String>(slots[0]);
          break;
        }
        if (next & 255 == 0 && _passComma(isMap)) {
          if (isMap) key = _parseKey();
          break;
        }
        value = holder;
        key = keys.removeLast();
        holder = holders.removeLast();
      }
    }
  }

  // After more spaces than _jsonRead passes there may be a bracket, and more
  // spaces: what it would have found, or 0.
  int _findBracket() {
    _skipSpace();
    if (_at >= _source.length) return 0;
    final unit = _source.codeUnitAt(_at);
    if (unit != 0x7b && unit != 0x5b) return 0;
    _at++;
    _skipSpace();
    if (_at >= _source.length || _source.codeUnitAt(_at) != unit + 2) {
      return unit;
    }
    _at++;
    return unit + 2;
  }

  String _readKey(int found) {
    if (found & 255 == 0) return _parseKey();
    _at = found >> 8;
    return _slots[0] as String;
  }

  // At what _jsonReadNext would not read: passes a comma, or the end of a
  // container, and says which.
  bool _passComma(bool isMap) {
    _skipSpace();
    final next = _at < _source.length ? _source.codeUnitAt(_at) : -1;
    if (next != 0x2c && next != (isMap ? 0x7d : 0x5d)) _fail(_at);
    _at++;
    return next == 0x2c;
  }

  // A value that _jsonRead would not read.
  Object? _parseSlow() {
    if (_at >= _source.length) _fail(_source.length);
    final unit = _source.codeUnitAt(_at);
    switch (unit) {
      case 0x22:
        _at++;
        return _parseString();
      case 0x74:
        _expect('true');
        return true;
      case 0x66:
        _expect('false');
        return false;
      case 0x6e:
        _expect('null');
        return null;
      default:
        return _parseNumber(unit);
    }
  }

  String _parseKey() {
    _skipSpace();
    if (_at >= _source.length || _source.codeUnitAt(_at) != 0x22) _fail(_at);
    _at++;
    final key = _parseString();
    _skipSpace();
    if (_at >= _source.length || _source.codeUnitAt(_at) != 0x3a) _fail(_at);
    _at++;
    return key;
  }

  void _expect(String word) {
    if (_source.startsWith(word, _at)) {
      _at += word.length;
      return;
    }
    for (var i = 0; i < word.length; i++) {
      if (_at + i >= _source.length ||
          _source.codeUnitAt(_at + i) != word.codeUnitAt(i)) {
        _fail(_at + i);
      }
    }
  }

  int _plainEnd(int start) {
    var end = _jsonPlainEnd(_source, start);
    while (end < 0) {
      end = _jsonPlainEnd(_source, -1 - end);
    }
    return end;
  }

  String _parseString() {
    final source = _source;
    var end = _plainEnd(_at);
    if (end < source.length && source.codeUnitAt(end) == 0x22) {
      final text = source.substring(_at, end);
      _at = end + 1;
      return text;
    }
    final start = _at - 1;
    final buffer = StringBuffer();
    var from = _at;
    for (;;) {
      buffer.write(source.substring(from, end));
      if (end >= source.length) {
        throw FormatException('Unterminated string', source, start);
      }
      final unit = source.codeUnitAt(end);
      if (unit == 0x22) {
        _at = end + 1;
        return buffer.toString();
      }
      if (unit != 0x5c) {
        _fail(end, 'Control character in string');
      }
      from = _parseEscape(end + 1, buffer, start);
      end = _plainEnd(from);
    }
  }

  int _parseEscape(int at, StringBuffer buffer, int start) {
    if (at >= _source.length) {
      throw FormatException('Unterminated string', _source, start);
    }
    final unit = _source.codeUnitAt(at);
    switch (unit) {
      case 0x22 || 0x5c || 0x2f:
        buffer.writeCharCode(unit);
      case 0x62:
        buffer.writeCharCode(8);
      case 0x66:
        buffer.writeCharCode(12);
      case 0x6e:
        buffer.writeCharCode(10);
      case 0x72:
        buffer.writeCharCode(13);
      case 0x74:
        buffer.writeCharCode(9);
      case 0x75:
        var value = 0;
        for (var i = 1; i <= 4; i++) {
          if (at + i >= _source.length) {
            throw FormatException('Unterminated string', _source, start);
          }
          final digit = _source.codeUnitAt(at + i);
          if (digit >= 0x30 && digit <= 0x39) {
            value = value * 16 + digit - 0x30;
          } else if ((digit | 32) >= 0x61 && (digit | 32) <= 0x66) {
            value = value * 16 + (digit | 32) - 0x57;
          } else {
            _fail(at - 1, 'Invalid unicode escape');
          }
        }
        buffer.writeCharCode(value);
        return at + 5;
      default:
        _fail(at, unit < 0x20
            ? 'Control character in string'
            : 'Unrecognized string escape');
    }
    return at + 1;
  }

  num _parseNumber(int first) {
    final source = _source;
    final length = source.length;
    final start = _at;
    var at = start, unit = first, value = 0, digits = 0;
    if (unit == 0x2d) {
      at++;
      if (at >= length) _fail(at, 'Missing expected digit');
      unit = source.codeUnitAt(at);
      if (unit < 0x30 || unit > 0x39) _fail(at, 'Missing expected digit');
    } else if (unit < 0x30 || unit > 0x39) {
      _fail(at);
    }
    if (unit == 0x30) {
      at++;
      if (at < length) {
        unit = source.codeUnitAt(at);
        if (unit >= 0x30 && unit <= 0x39) _fail(at);
      }
      digits = 1;
    } else {
      while (unit >= 0x30 && unit <= 0x39) {
        value = value * 10 + unit - 0x30;
        digits++;
        at++;
        if (at >= length) break;
        unit = source.codeUnitAt(at);
      }
    }
    var isDouble = false;
    if (at < length && source.codeUnitAt(at) == 0x2e) {
      isDouble = true;
      at = _passDigits(at + 1);
    }
    if (at < length && (source.codeUnitAt(at) | 32) == 0x65) {
      isDouble = true;
      at++;
      if (at < length &&
          (source.codeUnitAt(at) == 0x2b || source.codeUnitAt(at) == 0x2d)) {
        at++;
      }
      at = _passDigits(at);
    }
    _at = at;
    if (isDouble) return double.parse(source.substring(start, at));
    final isNegative = first == 0x2d;
    if (digits <= 18) {
      if (isNegative && value == 0) return -0.0;
      return isNegative ? -value : value;
    }
    final text = source.substring(start, at);
    return int.tryParse(text) ?? double.parse(text);
  }

  // At least one digit, and all that follow.
  int _passDigits(int at) {
    final start = at;
    while (at < _source.length) {
      final unit = _source.codeUnitAt(at);
      if (unit < 0x30 || unit > 0x39) break;
      at++;
    }
    if (at == start) _fail(at, 'Missing expected digit');
    return at;
  }
}
