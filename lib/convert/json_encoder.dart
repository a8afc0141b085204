part of dart.convert;

class JsonUnsupportedObjectError extends Error {
  JsonUnsupportedObjectError(this.unsupportedObject,
      {this.cause, this.partialResult});

  final Object? unsupportedObject;
  final Object? cause;
  final String? partialResult;

  String toString() {
    final object = Error.safeToString(unsupportedObject);
    return cause != null
        ? 'Converting object to an encodable object failed: $object'
        : 'Converting object did not return an encodable object: $object';
  }
}

class JsonCyclicError extends JsonUnsupportedObjectError {
  JsonCyclicError(Object? object) : super(object);

  String toString() => 'Cyclic error in JSON stringify';
}

Object? _callToJson(dynamic object) => object.toJson();

// Where the first character from `start` is that must be escaped, or the length;
// -1 - where to go on when it is far.
external int _jsonEscapeAt(String text, int start);
// Writes a unit, if lead is not 0, and what null, a boolean, a number or a short
// string of Latin-1 is in JSON; with lead -1 a string as it is. Where it ends,
// -1: there is no room, -2: this is for Dart; then nothing is written.
external int _jsonPut(Uint8List bytes, Object? value, int at, int lead);
// The same for a key, a colon and a value.
external int _jsonPutEntry(
    Uint8List bytes, String key, Object? value, int at, int lead);
external String _jsonText(Uint8List bytes, int count);

final class JsonEncoder extends Converter<Object?, String> {
  const JsonEncoder([Object? toEncodable(dynamic object)?])
      : indent = null,
        _toEncodable = toEncodable;
  const JsonEncoder.withIndent(this.indent,
      [Object? toEncodable(dynamic object)?])
      : _toEncodable = toEncodable;

  final String? indent;
  final Object? Function(dynamic)? _toEncodable;

  String convert(Object? object) {
    final writer =
        _JsonWriter(StringBuffer(), _toEncodable ?? _callToJson, indent);
    writer.write(object, 0);
    return writer.text;
  }

  ChunkedConversionSink<Object?> startChunkedConversion(Sink<String> sink) =>
      _JsonEncoderSink(this, sink);

  Stream<String> bind(Stream<Object?> stream) => super.bind(stream);
}

class _JsonEncoderSink implements ChunkedConversionSink<Object?> {
  _JsonEncoderSink(this._encoder, this._out);

  final JsonEncoder _encoder;
  final Sink<String> _out;
  bool _isDone = false;

  void add(Object? object) {
    if (_isDone) throw StateError('Only one call to add allowed');
    _isDone = true;
    _out.add(_encoder.convert(object));
    _out.close();
  }

  void close() {}
}

final class JsonUtf8Encoder extends Converter<Object?, List<int>> {
  JsonUtf8Encoder(
      [String? indent, Object? toEncodable(dynamic object)?, int? bufferSize])
      : _encoder = JsonEncoder.withIndent(indent, toEncodable),
        _bufferSize = bufferSize ?? 256;

  final JsonEncoder _encoder;
  final int _bufferSize; // of the chunks that a chunked conversion makes

  List<int> convert(Object? object) => utf8.encode(_encoder.convert(object));

  ChunkedConversionSink<Object?> startChunkedConversion(
          Sink<List<int>> sink) =>
      _JsonUtf8Sink(this, sink);
}

class _JsonUtf8Sink implements ChunkedConversionSink<Object?> {
  _JsonUtf8Sink(this._encoder, this._out);

  final JsonUtf8Encoder _encoder;
  final Sink<List<int>> _out;
  bool _isDone = false;

  void add(Object? object) {
    if (_isDone) throw StateError('Only one call to add allowed');
    _isDone = true;
    final bytes = _encoder.convert(object), size = _encoder._bufferSize;
    for (var at = 0; at < bytes.length; at += size) {
      final end = at + size < bytes.length ? at + size : bytes.length;
      _out.add(bytes.sublist(at, end));
    }
    _out.close();
  }

  void close() {}
}

// Fills _bytes, which goes to _out when it is full or what is next is not for
// bytes.
class _JsonWriter {
  _JsonWriter(this._out, this._toEncodable, this._indent);

  final StringBuffer _out;
  final Object? Function(dynamic) _toEncodable;
  final String? _indent;
  Uint8List _bytes = Uint8List(256);
  int _at = 0;
  // What is being written, to find cycles; once they are many also as a set.
  final List<Object?> _open = <Object?>[];
  Set<Object?>? _openSet;
  static const _fewOpen = 64;

  String get text {
    _flush();
    return _out.toString();
  }

  void _flush() {
    if (_at == 0) return;
    _out.write(_jsonText(_bytes, _at));
    _at = 0;
    if (_bytes.length < 4096) _bytes = Uint8List(4096);
  }

  // Text that needs no quotes.
  void _raw(String text) {
    final bytes = _bytes;
    var at = _jsonPut(bytes, text, _at, -1);
    if (at < 0) {
      _flush();
      at = _jsonPut(_bytes, text, 0, -1);
    }
    if (at >= 0) {
      _at = at;
    } else {
      _out.write(text);
    }
  }

  void write(Object? object, int lead) {
    var at = _jsonPut(_bytes, object, _at, lead);
    if (at == -1) {
      _flush();
      at = _jsonPut(_bytes, object, 0, lead);
    }
    if (at >= 0) {
      _at = at;
      return;
    }
    if (lead != 0) _raw(lead == 0x2c ? ',' : ':');
    if (_writeKnown(object)) return;
    _enter(object);
    Object? replacement;
    try {
      replacement = _toEncodable(object);
    } catch (cause) {
      throw JsonUnsupportedObjectError(object,
          cause: cause, partialResult: text);
    }
    if (!_writeKnown(replacement)) {
      throw JsonUnsupportedObjectError(object, partialResult: text);
    }
    _leave();
  }

  void _enter(Object? object) {
    if (_openSet == null && _open.length == _fewOpen) {
      _openSet = Set<Object?>.identity()..addAll(_open);
    }
    final set = _openSet;
    if (set != null) {
      if (!set.add(object)) throw JsonCyclicError(object);
    } else {
      final open = _open;
      for (var i = 0; i < open.length; i++) {
        if (identical(object, open[i])) throw JsonCyclicError(object);
      }
    }
    _open.add(object);
  }

  void _leave() {
    final object = _open.removeLast();
    _openSet?.remove(object);
  }

  // False when toEncodable must be asked.
  bool _writeKnown(Object? object) {
    switch (object) {
      case List():
        _enter(object);
        _writeList(object);
        _leave();
      case Map():
        _enter(object);
        final done = _writeMap(object);
        _leave();
        return done;
      case String():
        _writeString(object);
      case double() when !object.isFinite:
        return false;
      case null || int() || double() || bool():
        _raw('$object');
      default:
        return false;
    }
    return true;
  }

  void _newLine() {
    _raw('\n');
    for (var i = 0; i < _depth; i++) {
      _raw(_indent!);
    }
  }

  int _depth = 0;

  void _writeList(List<Object?> list) {
    if (list.isEmpty) {
      _raw('[]');
      return;
    }
    _raw('[');
    _depth++;
    if (_indent == null) {
      write(list[0], 0);
      for (var i = 1; i < list.length; i++) {
        write(list[i], 0x2c);
      }
    } else {
      for (var i = 0; i < list.length; i++) {
        if (i > 0) _raw(',');
        _newLine();
        write(list[i], 0);
      }
    }
    _depth--;
    if (_indent != null) _newLine();
    _raw(']');
  }

  bool _writeMap(Map<Object?, Object?> map) {
    if (map.isEmpty) {
      _raw('{}');
      return true;
    }
    for (final key in map.keys) {
      if (key is! String) return false;
    }
    _raw('{');
    _depth++;
    var lead = 0;
    if (_indent == null) {
      map.forEach((Object? key, Object? value) {
        final at = _jsonPutEntry(_bytes, key as String, value, _at, lead);
        if (at >= 0) {
          _at = at;
        } else {
          write(key, lead);
          write(value, 0x3a);
        }
        lead = 0x2c;
      });
    } else {
      map.forEach((Object? key, Object? value) {
        if (lead != 0) _raw(',');
        _newLine();
        write(key as String, 0);
        _raw(': ');
        write(value, 0);
        lead = 0x2c;
      });
    }
    _depth--;
    if (_indent != null) _newLine();
    _raw('}');
    return true;
  }

  static const String _hex = '0123456789abcdef';

  void _writeString(String text) {
    _raw('"');
    var from = 0;
    for (;;) {
      var at = _jsonEscapeAt(text, from);
      while (at < 0) {
        at = _jsonEscapeAt(text, -1 - at);
      }
      if (at > from) _raw(text.substring(from, at));
      if (at >= text.length) break;
      final unit = text.codeUnitAt(at);
      switch (unit) {
        case 0x22:
          _raw(r'\"');
        case 0x5c:
          _raw(r'\\');
        case 8:
          _raw(r'\b');
        case 9:
          _raw(r'\t');
        case 10:
          _raw(r'\n');
        case 12:
          _raw(r'\f');
        case 13:
          _raw(r'\r');
        default:
          _raw(r'\u');
          for (var shift = 12; shift >= 0; shift -= 4) {
            _raw(_hex[unit >> shift & 15]);
          }
      }
      from = at + 1;
    }
    _raw('"');
  }
}
