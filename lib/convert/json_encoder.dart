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

// Where the first character from `start` is that must be escaped; the length
// when there is none.
external int _jsonEscapeAt(String text, int start);

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
    final buffer = StringBuffer();
    _JsonWriter(buffer, _toEncodable ?? _callToJson, indent).write(object);
    return buffer.toString();
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

class _JsonWriter {
  _JsonWriter(this._out, this._toEncodable, this._indent);

  final StringBuffer _out;
  final Object? Function(dynamic) _toEncodable;
  final String? _indent;
  // What is being written, to find cycles; once they are many also as a set.
  final List<Object?> _open = <Object?>[];
  Set<Object?>? _openSet;
  static const _fewOpen = 64;

  void write(Object? object) {
    if (_writeKnown(object)) return;
    _enter(object);
    Object? replacement;
    try {
      replacement = _toEncodable(object);
    } catch (cause) {
      throw JsonUnsupportedObjectError(object,
          cause: cause, partialResult: _out.toString());
    }
    if (!_writeKnown(replacement)) {
      throw JsonUnsupportedObjectError(object, partialResult: _out.toString());
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
      for (final other in _open) {
        if (identical(object, other)) throw JsonCyclicError(object);
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
      case null:
        _out.write('null');
      case String():
        _writeString(object);
      case int():
        _out.write(object);
      case double():
        if (!object.isFinite) return false;
        _out.write(object);
      case bool():
        _out.write(object ? 'true' : 'false');
      case List():
        _enter(object);
        _writeList(object);
        _leave();
      case Map():
        _enter(object);
        final done = _writeMap(object);
        _leave();
        return done;
      default:
        return false;
    }
    return true;
  }

  void _newLine() {
    final indent = _indent;
    if (indent == null) return;
    _out.write('\n');
    for (var i = 0; i < _depth; i++) {
      _out.write(indent);
    }
  }

  int _depth = 0;

  void _writeList(List<Object?> list) {
    if (list.isEmpty) {
      _out.write('[]');
      return;
    }
    _out.write('[');
    _depth++;
    for (var i = 0; i < list.length; i++) {
      if (i > 0) _out.write(',');
      _newLine();
      write(list[i]);
    }
    _depth--;
    _newLine();
    _out.write(']');
  }

  bool _writeMap(Map<Object?, Object?> map) {
    if (map.isEmpty) {
      _out.write('{}');
      return true;
    }
    for (final key in map.keys) {
      if (key is! String) return false;
    }
    _out.write('{');
    _depth++;
    var first = true;
    map.forEach((Object? key, Object? value) {
      if (!first) _out.write(',');
      first = false;
      _newLine();
      _writeString(key as String);
      _out.write(_indent == null ? ':' : ': ');
      write(value);
    });
    _depth--;
    _newLine();
    _out.write('}');
    return true;
  }

  static const String _hex = '0123456789abcdef';

  void _writeString(String text) {
    _out.write('"');
    var from = 0;
    for (;;) {
      final at = _jsonEscapeAt(text, from);
      if (at > from) _out.write(text.substring(from, at));
      if (at >= text.length) break;
      final unit = text.codeUnitAt(at);
      switch (unit) {
        case 0x22:
          _out.write(r'\"');
        case 0x5c:
          _out.write(r'\\');
        case 8:
          _out.write(r'\b');
        case 9:
          _out.write(r'\t');
        case 10:
          _out.write(r'\n');
        case 12:
          _out.write(r'\f');
        case 13:
          _out.write(r'\r');
        default:
          _out.write(r'\u');
          for (var shift = 12; shift >= 0; shift -= 4) {
            _out.write(_hex[unit >> shift & 15]);
          }
      }
      from = at + 1;
    }
    _out.write('"');
  }
}
