part of dart.typed_data;

final class Endian {
  const Endian._(this._isLittle);

  final bool _isLittle;

  static const Endian big = Endian._(false);
  static const Endian little = Endian._(true);
  static final Endian host =
      (_TypedBytes(2)..setUint16(0, 1)).getUint8(0) == 1 ? little : big;
}

abstract final class ByteData implements TypedData {
  factory ByteData(int length) =>
      _ByteData(_newBytes(length, 1), 0, length, false);

  factory ByteData.view(ByteBuffer buffer,
          [int offsetInBytes = 0, int? length]) =>
      _ByteData(_bytesOf(buffer), offsetInBytes,
          _viewLength(buffer, offsetInBytes, length, 1),
          _isReadOnlyBuffer(buffer));

  factory ByteData.sublistView(TypedData data, [int start = 0, int? end]) {
    final (offset, length) = _sublistView(data, start, end, 1);
    return _ByteData(_bytesOf(data.buffer), offset, length,
        _isReadOnlyBuffer(data.buffer));
  }

  int getInt8(int byteOffset);
  void setInt8(int byteOffset, int value);
  int getUint8(int byteOffset);
  void setUint8(int byteOffset, int value);
  int getInt16(int byteOffset, [Endian endian = Endian.big]);
  void setInt16(int byteOffset, int value, [Endian endian = Endian.big]);
  int getUint16(int byteOffset, [Endian endian = Endian.big]);
  void setUint16(int byteOffset, int value, [Endian endian = Endian.big]);
  int getInt32(int byteOffset, [Endian endian = Endian.big]);
  void setInt32(int byteOffset, int value, [Endian endian = Endian.big]);
  int getUint32(int byteOffset, [Endian endian = Endian.big]);
  void setUint32(int byteOffset, int value, [Endian endian = Endian.big]);
  int getInt64(int byteOffset, [Endian endian = Endian.big]);
  void setInt64(int byteOffset, int value, [Endian endian = Endian.big]);
  int getUint64(int byteOffset, [Endian endian = Endian.big]);
  void setUint64(int byteOffset, int value, [Endian endian = Endian.big]);
  double getFloat32(int byteOffset, [Endian endian = Endian.big]);
  void setFloat32(int byteOffset, double value, [Endian endian = Endian.big]);
  double getFloat64(int byteOffset, [Endian endian = Endian.big]);
  void setFloat64(int byteOffset, double value, [Endian endian = Endian.big]);
  ByteData asUnmodifiableView();
}

// The bytes of a number of `size` bytes in the other order.
int _swap(int value, int size) {
  var result = 0;
  for (var i = 0; i < size; i++) {
    result = result << 8 | value >>> (8 * i) & 0xff;
  }
  return result;
}

final class _ByteData implements ByteData {
  _ByteData(this._bytes, this.offsetInBytes, this.lengthInBytes,
      this._isReadOnly);

  final _TypedBytes _bytes;
  final int offsetInBytes;
  final int lengthInBytes;
  final bool _isReadOnly;

  int get elementSizeInBytes => 1;
  ByteBuffer get buffer => _ByteBuffer(_bytes, _isReadOnly);
  ByteData asUnmodifiableView() =>
      _ByteData(_bytes, offsetInBytes, lengthInBytes, true);

  void _check(int offset, int size) {
    if (offset < 0 || offset + size > lengthInBytes) {
      throw RangeError.range(offset, 0, lengthInBytes - size, 'byteOffset');
    }
  }

  void _checkWritable() {
    if (_isReadOnly) throw _readOnlyError();
  }

  int getInt8(int byteOffset) {
    _check(byteOffset, 1);
    return _bytes.getInt8(offsetInBytes + byteOffset);
  }

  void setInt8(int byteOffset, int value) {
    _check(byteOffset, 1);
    _checkWritable();
    _bytes.setInt8(offsetInBytes + byteOffset, value);
  }

  int getUint8(int byteOffset) {
    _check(byteOffset, 1);
    return _bytes.getUint8(offsetInBytes + byteOffset);
  }

  void setUint8(int byteOffset, int value) {
    _check(byteOffset, 1);
    _checkWritable();
    _bytes.setUint8(offsetInBytes + byteOffset, value);
  }

  int getInt16(int byteOffset, [Endian endian = Endian.big]) {
    _check(byteOffset, 2);
    final value = _bytes.getInt16(offsetInBytes + byteOffset);
    return identical(endian, Endian.little) ? value : _swap(value, 2) << 48 >> 48;
  }

  void setInt16(int byteOffset, int value, [Endian endian = Endian.big]) {
    _check(byteOffset, 2);
    _checkWritable();
    _bytes.setInt16(offsetInBytes + byteOffset,
        identical(endian, Endian.little) ? value : _swap(value, 2));
  }

  int getUint16(int byteOffset, [Endian endian = Endian.big]) {
    _check(byteOffset, 2);
    final value = _bytes.getUint16(offsetInBytes + byteOffset);
    return identical(endian, Endian.little) ? value : _swap(value, 2);
  }

  void setUint16(int byteOffset, int value, [Endian endian = Endian.big]) {
    _check(byteOffset, 2);
    _checkWritable();
    _bytes.setUint16(offsetInBytes + byteOffset,
        identical(endian, Endian.little) ? value : _swap(value, 2));
  }

  int getInt32(int byteOffset, [Endian endian = Endian.big]) {
    _check(byteOffset, 4);
    final value = _bytes.getInt32(offsetInBytes + byteOffset);
    return identical(endian, Endian.little) ? value : _swap(value, 4) << 32 >> 32;
  }

  void setInt32(int byteOffset, int value, [Endian endian = Endian.big]) {
    _check(byteOffset, 4);
    _checkWritable();
    _bytes.setInt32(offsetInBytes + byteOffset,
        identical(endian, Endian.little) ? value : _swap(value, 4));
  }

  int getUint32(int byteOffset, [Endian endian = Endian.big]) {
    _check(byteOffset, 4);
    final value = _bytes.getUint32(offsetInBytes + byteOffset);
    return identical(endian, Endian.little) ? value : _swap(value, 4);
  }

  void setUint32(int byteOffset, int value, [Endian endian = Endian.big]) {
    _check(byteOffset, 4);
    _checkWritable();
    _bytes.setUint32(offsetInBytes + byteOffset,
        identical(endian, Endian.little) ? value : _swap(value, 4));
  }

  int getInt64(int byteOffset, [Endian endian = Endian.big]) {
    _check(byteOffset, 8);
    final value = _bytes.getInt64(offsetInBytes + byteOffset);
    return identical(endian, Endian.little) ? value : _swap(value, 8);
  }

  void setInt64(int byteOffset, int value, [Endian endian = Endian.big]) {
    _check(byteOffset, 8);
    _checkWritable();
    _bytes.setInt64(offsetInBytes + byteOffset,
        identical(endian, Endian.little) ? value : _swap(value, 8));
  }

  int getUint64(int byteOffset, [Endian endian = Endian.big]) {
    _check(byteOffset, 8);
    final value = _bytes.getUint64(offsetInBytes + byteOffset);
    return identical(endian, Endian.little) ? value : _swap(value, 8);
  }

  void setUint64(int byteOffset, int value, [Endian endian = Endian.big]) {
    _check(byteOffset, 8);
    _checkWritable();
    _bytes.setUint64(offsetInBytes + byteOffset,
        identical(endian, Endian.little) ? value : _swap(value, 8));
  }

  double getFloat32(int byteOffset, [Endian endian = Endian.big]) {
    _check(byteOffset, 4);
    if (identical(endian, Endian.little)) {
      return _bytes.getFloat32(offsetInBytes + byteOffset);
    }
    final swapped = _TypedBytes(4)
      ..setUint32(0, _swap(_bytes.getUint32(offsetInBytes + byteOffset), 4));
    return swapped.getFloat32(0);
  }

  void setFloat32(int byteOffset, double value, [Endian endian = Endian.big]) {
    _check(byteOffset, 4);
    _checkWritable();
    _bytes.setFloat32(offsetInBytes + byteOffset, value);
    if (!identical(endian, Endian.little)) {
      _bytes.setUint32(offsetInBytes + byteOffset,
          _swap(_bytes.getUint32(offsetInBytes + byteOffset), 4));
    }
  }

  double getFloat64(int byteOffset, [Endian endian = Endian.big]) {
    _check(byteOffset, 8);
    if (identical(endian, Endian.little)) {
      return _bytes.getFloat64(offsetInBytes + byteOffset);
    }
    final swapped = _TypedBytes(8)
      ..setUint64(0, _swap(_bytes.getUint64(offsetInBytes + byteOffset), 8));
    return swapped.getFloat64(0);
  }

  void setFloat64(int byteOffset, double value, [Endian endian = Endian.big]) {
    _check(byteOffset, 8);
    _checkWritable();
    _bytes.setFloat64(offsetInBytes + byteOffset, value);
    if (!identical(endian, Endian.little)) {
      _bytes.setUint64(offsetInBytes + byteOffset,
          _swap(_bytes.getUint64(offsetInBytes + byteOffset), 8));
    }
  }
}
