part of dart.typed_data;

// Bytes in the heap. Offsets are in bytes and have been checked; numbers are
// in the order of the machine, at any alignment.
final class _TypedBytes {
  external factory _TypedBytes(int length); // filled with 0

  external int get length;
  external int getInt8(int offset);
  external void setInt8(int offset, int value);
  external int getUint8(int offset);
  external void setUint8(int offset, int value);
  external int getUint8Clamped(int offset);
  external void setUint8Clamped(int offset, int value);
  external int getInt16(int offset);
  external void setInt16(int offset, int value);
  external int getUint16(int offset);
  external void setUint16(int offset, int value);
  external int getInt32(int offset);
  external void setInt32(int offset, int value);
  external int getUint32(int offset);
  external void setUint32(int offset, int value);
  external int getInt64(int offset);
  external void setInt64(int offset, int value);
  external int getUint64(int offset);
  external void setUint64(int offset, int value);
  external double getFloat32(int offset);
  external void setFloat32(int offset, double value);
  external double getFloat64(int offset);
  external void setFloat64(int offset, double value);

  external static void copy(
      _TypedBytes from, int fromStart, _TypedBytes to, int toStart, int count);
}

abstract interface class TypedData {
  int get elementSizeInBytes;
  int get offsetInBytes;
  int get lengthInBytes;
  ByteBuffer get buffer;
}

abstract final class ByteBuffer {
  int get lengthInBytes;
  Int8List asInt8List([int offsetInBytes = 0, int? length]);
  Uint8List asUint8List([int offsetInBytes = 0, int? length]);
  Uint8ClampedList asUint8ClampedList([int offsetInBytes = 0, int? length]);
  Int16List asInt16List([int offsetInBytes = 0, int? length]);
  Uint16List asUint16List([int offsetInBytes = 0, int? length]);
  Int32List asInt32List([int offsetInBytes = 0, int? length]);
  Uint32List asUint32List([int offsetInBytes = 0, int? length]);
  Int64List asInt64List([int offsetInBytes = 0, int? length]);
  Uint64List asUint64List([int offsetInBytes = 0, int? length]);
  Float32List asFloat32List([int offsetInBytes = 0, int? length]);
  Float64List asFloat64List([int offsetInBytes = 0, int? length]);
  Float32x4List asFloat32x4List([int offsetInBytes = 0, int? length]);
  Int32x4List asInt32x4List([int offsetInBytes = 0, int? length]);
  Float64x2List asFloat64x2List([int offsetInBytes = 0, int? length]);
  ByteData asByteData([int offsetInBytes = 0, int? length]);
}

// Whoever has a read-only view gets at nothing through it that could write. So
// bytes that only such views have may be shared with other isolates.
final class _ByteBuffer implements ByteBuffer {
  _ByteBuffer(this._bytes, this._isReadOnly);

  final _TypedBytes _bytes; // the first field, for natives
  final bool _isReadOnly;

  int get lengthInBytes => _bytes.length;
  Int8List asInt8List([int offsetInBytes = 0, int? length]) =>
      Int8List.view(this, offsetInBytes, length);
  Uint8List asUint8List([int offsetInBytes = 0, int? length]) =>
      Uint8List.view(this, offsetInBytes, length);
  Uint8ClampedList asUint8ClampedList([int offsetInBytes = 0, int? length]) =>
      Uint8ClampedList.view(this, offsetInBytes, length);
  Int16List asInt16List([int offsetInBytes = 0, int? length]) =>
      Int16List.view(this, offsetInBytes, length);
  Uint16List asUint16List([int offsetInBytes = 0, int? length]) =>
      Uint16List.view(this, offsetInBytes, length);
  Int32List asInt32List([int offsetInBytes = 0, int? length]) =>
      Int32List.view(this, offsetInBytes, length);
  Uint32List asUint32List([int offsetInBytes = 0, int? length]) =>
      Uint32List.view(this, offsetInBytes, length);
  Int64List asInt64List([int offsetInBytes = 0, int? length]) =>
      Int64List.view(this, offsetInBytes, length);
  Uint64List asUint64List([int offsetInBytes = 0, int? length]) =>
      Uint64List.view(this, offsetInBytes, length);
  Float32List asFloat32List([int offsetInBytes = 0, int? length]) =>
      Float32List.view(this, offsetInBytes, length);
  Float64List asFloat64List([int offsetInBytes = 0, int? length]) =>
      Float64List.view(this, offsetInBytes, length);
  Float32x4List asFloat32x4List([int offsetInBytes = 0, int? length]) =>
      Float32x4List.view(this, offsetInBytes, length);
  Int32x4List asInt32x4List([int offsetInBytes = 0, int? length]) =>
      Int32x4List.view(this, offsetInBytes, length);
  Float64x2List asFloat64x2List([int offsetInBytes = 0, int? length]) =>
      Float64x2List.view(this, offsetInBytes, length);
  ByteData asByteData([int offsetInBytes = 0, int? length]) =>
      ByteData.view(this, offsetInBytes, length);

  bool operator ==(Object other) =>
      other is _ByteBuffer && identical(other._bytes, _bytes);
  int get hashCode => identityHashCode(_bytes);
}

_TypedBytes _bytesOf(ByteBuffer buffer) => (buffer as _ByteBuffer)._bytes;
bool _isReadOnlyBuffer(ByteBuffer buffer) =>
    (buffer as _ByteBuffer)._isReadOnly;

_TypedBytes _newBytes(int length, int size) {
  if (length < 0) throw RangeError.range(length, 0, null, 'length');
  if (length > (1 << 40) ~/ size) throw const OutOfMemoryError();
  return _TypedBytes(length * size);
}

// The number of elements of a view, checked.
int _viewLength(ByteBuffer buffer, int offset, int? length, int size) {
  final total = buffer.lengthInBytes;
  if (offset % size != 0) {
    throw RangeError('Offset ($offset) must be a multiple of '
        'bytesPerElement ($size)');
  }
  if (offset < 0 || offset > total) {
    throw RangeError.range(offset, 0, total, 'offsetInBytes');
  }
  if (length == null) {
    final rest = total - offset;
    return rest ~/ size;
  }
  if (length < 0 || length * size > total - offset) {
    throw RangeError.range(length, 0, (total - offset) ~/ size, 'length');
  }
  return length;
}

// Offset and length of a view of elements start to end of data.
(int, int) _sublistView(TypedData data, int start, int? end, int size) {
  final unit = data.elementSizeInBytes;
  final last = RangeError.checkValidRange(start, end, data.lengthInBytes ~/ unit);
  final bytes = (last - start) * unit;
  final offset = data.offsetInBytes + start * unit;
  if (bytes % size != 0) {
    throw ArgumentError('The number of bytes to view must be a multiple of $size');
  }
  if (offset % size != 0) {
    throw ArgumentError('The start of the view must be a multiple of $size');
  }
  return (offset, bytes ~/ size);
}
