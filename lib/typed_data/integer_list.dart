part of dart.typed_data;

abstract final class Int8List implements List<int>, TypedData {
  static const int bytesPerElement = 1;

  factory Int8List(int length) = _Int8List;

  factory Int8List.fromList(List<int> elements) =>
      _Int8List(elements.length)..setRange(0, elements.length, elements);

  factory Int8List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Int8List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 1), _isReadOnlyBuffer(buffer));

  factory Int8List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 1);
    return _Int8List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Int8List sublist(int start, [int? end]);
  Int8List asUnmodifiableView();
}

final class _Int8List extends _TypedIntList implements Int8List {
  Type get runtimeType => Int8List;

  _Int8List(int length) : super(_newBytes(length, 1), 0, length);
  _Int8List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  int get elementSizeInBytes => 1;

  int operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    return _bytes.getInt8(offsetInBytes + index);
  }

  void operator []=(int index, int value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    _bytes.setInt8(offsetInBytes + index, value);
  }

  Int8List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Int8List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 1, result._bytes, 0,
        (last - start) * 1);
    return result;
  }

  Int8List asUnmodifiableView() =>
      _Int8List._view(_bytes, offsetInBytes, length, true);
}

abstract final class Uint8List implements List<int>, TypedData {
  static const int bytesPerElement = 1;

  factory Uint8List(int length) = _Uint8List;

  factory Uint8List.fromList(List<int> elements) =>
      _Uint8List(elements.length)..setRange(0, elements.length, elements);

  factory Uint8List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Uint8List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 1), _isReadOnlyBuffer(buffer));

  factory Uint8List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 1);
    return _Uint8List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Uint8List sublist(int start, [int? end]);
  Uint8List asUnmodifiableView();
}

final class _Uint8List extends _TypedIntList implements Uint8List {
  Type get runtimeType => Uint8List;

  _Uint8List(int length) : super(_newBytes(length, 1), 0, length);
  _Uint8List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  int get elementSizeInBytes => 1;

  int operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    return _bytes.getUint8(offsetInBytes + index);
  }

  void operator []=(int index, int value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    _bytes.setUint8(offsetInBytes + index, value);
  }

  Uint8List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Uint8List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 1, result._bytes, 0,
        (last - start) * 1);
    return result;
  }

  Uint8List asUnmodifiableView() =>
      _Uint8List._view(_bytes, offsetInBytes, length, true);
}

abstract final class Uint8ClampedList implements List<int>, TypedData {
  static const int bytesPerElement = 1;

  factory Uint8ClampedList(int length) = _Uint8ClampedList;

  factory Uint8ClampedList.fromList(List<int> elements) =>
      _Uint8ClampedList(elements.length)..setRange(0, elements.length, elements);

  factory Uint8ClampedList.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Uint8ClampedList._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 1), _isReadOnlyBuffer(buffer));

  factory Uint8ClampedList.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 1);
    return _Uint8ClampedList._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Uint8ClampedList sublist(int start, [int? end]);
  Uint8ClampedList asUnmodifiableView();
}

final class _Uint8ClampedList extends _TypedIntList implements Uint8ClampedList {
  Type get runtimeType => Uint8ClampedList;

  _Uint8ClampedList(int length) : super(_newBytes(length, 1), 0, length);
  _Uint8ClampedList._view(super.bytes, super.offset, super.length, super.isReadOnly);

  int get elementSizeInBytes => 1;

  int operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    return _bytes.getUint8Clamped(offsetInBytes + index);
  }

  void operator []=(int index, int value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    _bytes.setUint8Clamped(offsetInBytes + index, value);
  }

  Uint8ClampedList sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Uint8ClampedList(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 1, result._bytes, 0,
        (last - start) * 1);
    return result;
  }

  Uint8ClampedList asUnmodifiableView() =>
      _Uint8ClampedList._view(_bytes, offsetInBytes, length, true);
}

abstract final class Int16List implements List<int>, TypedData {
  static const int bytesPerElement = 2;

  factory Int16List(int length) = _Int16List;

  factory Int16List.fromList(List<int> elements) =>
      _Int16List(elements.length)..setRange(0, elements.length, elements);

  factory Int16List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Int16List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 2), _isReadOnlyBuffer(buffer));

  factory Int16List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 2);
    return _Int16List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Int16List sublist(int start, [int? end]);
  Int16List asUnmodifiableView();
}

final class _Int16List extends _TypedIntList implements Int16List {
  Type get runtimeType => Int16List;

  _Int16List(int length) : super(_newBytes(length, 2), 0, length);
  _Int16List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  int get elementSizeInBytes => 2;

  int operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    return _bytes.getInt16(offsetInBytes + index * 2);
  }

  void operator []=(int index, int value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    _bytes.setInt16(offsetInBytes + index * 2, value);
  }

  Int16List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Int16List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 2, result._bytes, 0,
        (last - start) * 2);
    return result;
  }

  Int16List asUnmodifiableView() =>
      _Int16List._view(_bytes, offsetInBytes, length, true);
}

abstract final class Uint16List implements List<int>, TypedData {
  static const int bytesPerElement = 2;

  factory Uint16List(int length) = _Uint16List;

  factory Uint16List.fromList(List<int> elements) =>
      _Uint16List(elements.length)..setRange(0, elements.length, elements);

  factory Uint16List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Uint16List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 2), _isReadOnlyBuffer(buffer));

  factory Uint16List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 2);
    return _Uint16List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Uint16List sublist(int start, [int? end]);
  Uint16List asUnmodifiableView();
}

final class _Uint16List extends _TypedIntList implements Uint16List {
  Type get runtimeType => Uint16List;

  _Uint16List(int length) : super(_newBytes(length, 2), 0, length);
  _Uint16List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  int get elementSizeInBytes => 2;

  int operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    return _bytes.getUint16(offsetInBytes + index * 2);
  }

  void operator []=(int index, int value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    _bytes.setUint16(offsetInBytes + index * 2, value);
  }

  Uint16List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Uint16List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 2, result._bytes, 0,
        (last - start) * 2);
    return result;
  }

  Uint16List asUnmodifiableView() =>
      _Uint16List._view(_bytes, offsetInBytes, length, true);
}

abstract final class Int32List implements List<int>, TypedData {
  static const int bytesPerElement = 4;

  factory Int32List(int length) = _Int32List;

  factory Int32List.fromList(List<int> elements) =>
      _Int32List(elements.length)..setRange(0, elements.length, elements);

  factory Int32List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Int32List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 4), _isReadOnlyBuffer(buffer));

  factory Int32List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 4);
    return _Int32List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Int32List sublist(int start, [int? end]);
  Int32List asUnmodifiableView();
}

final class _Int32List extends _TypedIntList implements Int32List {
  Type get runtimeType => Int32List;

  _Int32List(int length) : super(_newBytes(length, 4), 0, length);
  _Int32List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  int get elementSizeInBytes => 4;

  int operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    return _bytes.getInt32(offsetInBytes + index * 4);
  }

  void operator []=(int index, int value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    _bytes.setInt32(offsetInBytes + index * 4, value);
  }

  Int32List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Int32List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 4, result._bytes, 0,
        (last - start) * 4);
    return result;
  }

  Int32List asUnmodifiableView() =>
      _Int32List._view(_bytes, offsetInBytes, length, true);
}

abstract final class Uint32List implements List<int>, TypedData {
  static const int bytesPerElement = 4;

  factory Uint32List(int length) = _Uint32List;

  factory Uint32List.fromList(List<int> elements) =>
      _Uint32List(elements.length)..setRange(0, elements.length, elements);

  factory Uint32List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Uint32List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 4), _isReadOnlyBuffer(buffer));

  factory Uint32List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 4);
    return _Uint32List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Uint32List sublist(int start, [int? end]);
  Uint32List asUnmodifiableView();
}

final class _Uint32List extends _TypedIntList implements Uint32List {
  Type get runtimeType => Uint32List;

  _Uint32List(int length) : super(_newBytes(length, 4), 0, length);
  _Uint32List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  int get elementSizeInBytes => 4;

  int operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    return _bytes.getUint32(offsetInBytes + index * 4);
  }

  void operator []=(int index, int value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    _bytes.setUint32(offsetInBytes + index * 4, value);
  }

  Uint32List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Uint32List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 4, result._bytes, 0,
        (last - start) * 4);
    return result;
  }

  Uint32List asUnmodifiableView() =>
      _Uint32List._view(_bytes, offsetInBytes, length, true);
}

abstract final class Int64List implements List<int>, TypedData {
  static const int bytesPerElement = 8;

  factory Int64List(int length) = _Int64List;

  factory Int64List.fromList(List<int> elements) =>
      _Int64List(elements.length)..setRange(0, elements.length, elements);

  factory Int64List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Int64List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 8), _isReadOnlyBuffer(buffer));

  factory Int64List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 8);
    return _Int64List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Int64List sublist(int start, [int? end]);
  Int64List asUnmodifiableView();
}

final class _Int64List extends _TypedIntList implements Int64List {
  Type get runtimeType => Int64List;

  _Int64List(int length) : super(_newBytes(length, 8), 0, length);
  _Int64List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  int get elementSizeInBytes => 8;

  int operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    return _bytes.getInt64(offsetInBytes + index * 8);
  }

  void operator []=(int index, int value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    _bytes.setInt64(offsetInBytes + index * 8, value);
  }

  Int64List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Int64List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 8, result._bytes, 0,
        (last - start) * 8);
    return result;
  }

  Int64List asUnmodifiableView() =>
      _Int64List._view(_bytes, offsetInBytes, length, true);
}

abstract final class Uint64List implements List<int>, TypedData {
  static const int bytesPerElement = 8;

  factory Uint64List(int length) = _Uint64List;

  factory Uint64List.fromList(List<int> elements) =>
      _Uint64List(elements.length)..setRange(0, elements.length, elements);

  factory Uint64List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Uint64List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 8), _isReadOnlyBuffer(buffer));

  factory Uint64List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 8);
    return _Uint64List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Uint64List sublist(int start, [int? end]);
  Uint64List asUnmodifiableView();
}

final class _Uint64List extends _TypedIntList implements Uint64List {
  Type get runtimeType => Uint64List;

  _Uint64List(int length) : super(_newBytes(length, 8), 0, length);
  _Uint64List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  int get elementSizeInBytes => 8;

  int operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    return _bytes.getUint64(offsetInBytes + index * 8);
  }

  void operator []=(int index, int value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    _bytes.setUint64(offsetInBytes + index * 8, value);
  }

  Uint64List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Uint64List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 8, result._bytes, 0,
        (last - start) * 8);
    return result;
  }

  Uint64List asUnmodifiableView() =>
      _Uint64List._view(_bytes, offsetInBytes, length, true);
}
