part of dart.core;

abstract final class Record {
  int get hashCode;
  bool operator ==(Object other);
}

final class _Record implements Record {
  external factory _Record._();

  // The fields as lists: names in the order of the fields, positional first
  // (a positional one is called "$1").
  external int get _length;
  external Object? _at(int index);
  external String? _nameAt(int index);
  external bool _hasShapeOf(_Record other);

  bool operator ==(Object other) {
    if (other is! _Record || !_hasShapeOf(other)) return false;
    for (var i = 0; i < _length; i++) {
      if (_at(i) != other._at(i)) return false;
    }
    return true;
  }

  int get hashCode {
    var hash = _hashSeed;
    for (var i = 0; i < _length; i++) {
      hash = _mix(hash, _at(i).hashCode);
    }
    return _finishHash(hash);
  }

  String toString() {
    final buffer = StringBuffer('(');
    for (var i = 0; i < _length; i++) {
      if (i > 0) buffer.write(', ');
      final name = _nameAt(i);
      if (name != null) buffer.write('$name: ');
      buffer.write(_at(i));
    }
    buffer.write(')');
    return buffer.toString();
  }
}
