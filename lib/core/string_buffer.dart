part of dart.core;

abstract interface class StringSink {
  void write(Object? object);
  void writeAll(Iterable objects, [String separator = '']);
  void writeln([Object? object = '']);
  void writeCharCode(int charCode);
}

// Collects strings; when many are held they are joined to one, so that a
// buffer of many small writes does not hold an object for each.
class StringBuffer implements StringSink {
  StringBuffer([Object content = '']) {
    write(content);
  }

  static const int _maxParts = 256;

  _Array _parts = _Array(8);
  int _count = 0;
  int _length = 0;

  int get length => _length;
  bool get isEmpty => _length == 0;
  bool get isNotEmpty => _length != 0;

  void write(Object? object) {
    final text = object is String ? object : _interpolate1(object);
    if (text.isEmpty) return;
    if (_count == _parts.length) _makeRoom();
    _parts[_count++] = text;
    _length += text.length;
  }

  void writeCharCode(int charCode) {
    write(String.fromCharCode(charCode));
  }

  void writeAll(Iterable objects, [String separator = '']) {
    final iterator = objects.iterator;
    if (!iterator.moveNext()) return;
    write(iterator.current);
    while (iterator.moveNext()) {
      if (separator.isNotEmpty) write(separator);
      write(iterator.current);
    }
  }

  void writeln([Object? object = '']) {
    write(object);
    write('\n');
  }

  void clear() {
    _parts = _Array(8);
    _count = 0;
    _length = 0;
  }

  // Full: grows, or past the limit joins the tail that is shorter in all than
  // what stands before it, so that each unit is copied a logarithmic number of
  // times.
  void _makeRoom() {
    if (_count < _maxParts) {
      final parts = _Array(_count * 4);
      _Array.copy(_parts, 0, parts, 0, _count);
      _parts = parts;
      return;
    }
    var from = _count - 1, size = 0;
    while (from > 0) {
      size += (_parts[from] as String).length;
      if ((_parts[from - 1] as String).length >= size * 2 &&
          from < _count ~/ 2) {
        break;
      }
      from--;
    }
    final tail = _Array(_count - from);
    _Array.copy(_parts, from, tail, 0, _count - from);
    final joined = _joinStrings(tail, _count - from);
    _parts.fill(from, _count, null);
    _parts[from] = joined;
    _count = from + 1;
  }

  String toString() {
    if (_count == 0) return '';
    if (_count > 1) {
      final joined = _joinStrings(_parts, _count);
      _parts.fill(0, _count, null);
      _parts[0] = joined;
      _count = 1;
    }
    return _parts[0] as String;
  }
}
