part of dart.typed_data;

abstract final class Float32List implements List<double>, TypedData {
  static const int bytesPerElement = 4;

  factory Float32List(int length) = _Float32List;

  factory Float32List.fromList(List<double> elements) =>
      _Float32List(elements.length)..setRange(0, elements.length, elements);

  factory Float32List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Float32List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 4), _isReadOnlyBuffer(buffer));

  factory Float32List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 4);
    return _Float32List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Float32List sublist(int start, [int? end]);
  Float32List asUnmodifiableView();
}

final class _Float32List extends _TypedDoubleList implements Float32List {
  Type get runtimeType => Float32List;

  _Float32List(int length) : super(_newBytes(length, 4), 0, length);
  _Float32List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  int get elementSizeInBytes => 4;

  double operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    return _bytes.getFloat32(offsetInBytes + index * 4);
  }

  void operator []=(int index, double value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    _bytes.setFloat32(offsetInBytes + index * 4, value);
  }

  Float32List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Float32List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 4, result._bytes, 0,
        (last - start) * 4);
    return result;
  }

  Float32List asUnmodifiableView() =>
      _Float32List._view(_bytes, offsetInBytes, length, true);
}

abstract final class Float64List implements List<double>, TypedData {
  static const int bytesPerElement = 8;

  factory Float64List(int length) = _Float64List;

  factory Float64List.fromList(List<double> elements) =>
      _Float64List(elements.length)..setRange(0, elements.length, elements);

  factory Float64List.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _Float64List._view(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 8), _isReadOnlyBuffer(buffer));

  factory Float64List.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 8);
    return _Float64List._view(
        _bytesOf(data.buffer), offset, length, _isReadOnlyBuffer(data.buffer));
  }

  Float64List sublist(int start, [int? end]);
  Float64List asUnmodifiableView();
}

final class _Float64List extends _TypedDoubleList implements Float64List {
  Type get runtimeType => Float64List;

  _Float64List(int length) : super(_newBytes(length, 8), 0, length);
  _Float64List._view(super.bytes, super.offset, super.length, super.isReadOnly);

  int get elementSizeInBytes => 8;

  double operator [](int index) {
    if (index < 0 || index >= length) throw _indexError(index);
    return _bytes.getFloat64(offsetInBytes + index * 8);
  }

  void operator []=(int index, double value) {
    if (index < 0 || index >= length) throw _indexError(index);
    if (_isReadOnly) throw _readOnlyError();
    _bytes.setFloat64(offsetInBytes + index * 8, value);
  }

  Float64List sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    final result = _Float64List(last - start);
    _TypedBytes.copy(_bytes, offsetInBytes + start * 8, result._bytes, 0,
        (last - start) * 8);
    return result;
  }

  Float64List asUnmodifiableView() =>
      _Float64List._view(_bytes, offsetInBytes, length, true);
}
