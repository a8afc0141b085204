part of dart.typed_data;

abstract final class Float32x4List implements List<Float32x4>, TypedData {
  static const int bytesPerElement = 16;

  factory Float32x4List(int length) = _Float32x4List;

  factory Float32x4List.fromList(List<Float32x4> elements) =>
      _Float32x4List(elements.length)..setRange(0, elements.length, elements);

  factory Float32x4List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Float32x4List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 16), _isReadOnlyBuffer(buffer));

  factory Float32x4List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 16);
    return _Float32x4List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Float32x4List sublist(int start, [int? end]);
  Float32x4List asUnmodifiableView();
  List<Float32x4> operator +(List<Float32x4> other);
}

final class _Float32x4List extends _TypedList<Float32x4> implements Float32x4List {
  _Float32x4List(int length) : super(_newBytes(length, 16), 0, length);
  _Float32x4List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  Type get runtimeType => Float32x4List;
  int get elementSizeInBytes => 16;

  Float32x4 operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    final at = offsetInBytes + index * 16;
    return _Float32x4._(_bytes.getFloat32(at), _bytes.getFloat32(at + 4), _bytes.getFloat32(at + 8), _bytes.getFloat32(at + 12));
  }

  void operator []=(int index, Float32x4 value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    final at = offsetInBytes + index * 16;
    _bytes
      ..setFloat32(at, value.x)
      ..setFloat32(at + 4, value.y)
      ..setFloat32(at + 8, value.z)
      ..setFloat32(at + 12, value.w);
  }

  Float32x4List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Float32x4List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 16, result._bytes, 0,
        (last - start) * 16);
    return result;
  }

  Float32x4List asUnmodifiableView() =>
      _Float32x4List._view(_bytes, offsetInBytes, length, true);
}

abstract final class Int32x4List implements List<Int32x4>, TypedData {
  static const int bytesPerElement = 16;

  factory Int32x4List(int length) = _Int32x4List;

  factory Int32x4List.fromList(List<Int32x4> elements) =>
      _Int32x4List(elements.length)..setRange(0, elements.length, elements);

  factory Int32x4List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Int32x4List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 16), _isReadOnlyBuffer(buffer));

  factory Int32x4List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 16);
    return _Int32x4List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Int32x4List sublist(int start, [int? end]);
  Int32x4List asUnmodifiableView();
  List<Int32x4> operator +(List<Int32x4> other);
}

final class _Int32x4List extends _TypedList<Int32x4> implements Int32x4List {
  _Int32x4List(int length) : super(_newBytes(length, 16), 0, length);
  _Int32x4List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  Type get runtimeType => Int32x4List;
  int get elementSizeInBytes => 16;

  Int32x4 operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    final at = offsetInBytes + index * 16;
    return _Int32x4._(_bytes.getInt32(at), _bytes.getInt32(at + 4), _bytes.getInt32(at + 8), _bytes.getInt32(at + 12));
  }

  void operator []=(int index, Int32x4 value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    final at = offsetInBytes + index * 16;
    _bytes
      ..setInt32(at, value.x)
      ..setInt32(at + 4, value.y)
      ..setInt32(at + 8, value.z)
      ..setInt32(at + 12, value.w);
  }

  Int32x4List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Int32x4List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 16, result._bytes, 0,
        (last - start) * 16);
    return result;
  }

  Int32x4List asUnmodifiableView() =>
      _Int32x4List._view(_bytes, offsetInBytes, length, true);
}

abstract final class Float64x2List implements List<Float64x2>, TypedData {
  static const int bytesPerElement = 16;

  factory Float64x2List(int length) = _Float64x2List;

  factory Float64x2List.fromList(List<Float64x2> elements) =>
      _Float64x2List(elements.length)..setRange(0, elements.length, elements);

  factory Float64x2List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Float64x2List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 16), _isReadOnlyBuffer(buffer));

  factory Float64x2List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 16);
    return _Float64x2List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Float64x2List sublist(int start, [int? end]);
  Float64x2List asUnmodifiableView();
  List<Float64x2> operator +(List<Float64x2> other);
}

final class _Float64x2List extends _TypedList<Float64x2> implements Float64x2List {
  _Float64x2List(int length) : super(_newBytes(length, 16), 0, length);
  _Float64x2List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  Type get runtimeType => Float64x2List;
  int get elementSizeInBytes => 16;

  Float64x2 operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    final at = offsetInBytes + index * 16;
    return _Float64x2(_bytes.getFloat64(at), _bytes.getFloat64(at + 8));
  }

  void operator []=(int index, Float64x2 value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    final at = offsetInBytes + index * 16;
    _bytes
      ..setFloat64(at, value.x)
      ..setFloat64(at + 8, value.y);
  }

  Float64x2List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Float64x2List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 16, result._bytes, 0,
        (last - start) * 16);
    return result;
  }

  Float64x2List asUnmodifiableView() =>
      _Float64x2List._view(_bytes, offsetInBytes, length, true);
}
