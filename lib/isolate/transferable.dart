part of dart.isolate;

abstract final class TransferableTypedData {
  factory TransferableTypedData.fromList(List<TypedData> list) {
    var length = 0;
    for (final data in list) {
      length += data.lengthInBytes;
    }
    final bytes = Uint8List(length);
    var at = 0;
    for (final data in list) {
      final part =
          data.buffer.asUint8List(data.offsetInBytes, data.lengthInBytes);
      bytes.setRange(at, at + part.length, part);
      at += part.length;
    }
    return _TransferableTypedData(bytes.buffer);
  }

  ByteBuffer materialize();
}

// Nobody else has the buffer, so it can change hands: sending takes it out of
// the object that was sent, as materialize does.
final class _TransferableTypedData implements TransferableTypedData {
  _TransferableTypedData(this._buffer);

  ByteBuffer? _buffer;

  ByteBuffer materialize() {
    final buffer = _buffer;
    if (buffer == null) {
      throw ArgumentError(
          'Attempt to materialize object that was transferred already.');
    }
    _buffer = null;
    return buffer;
  }
}

// Bytes that lie outside any isolate's heap.
final class _SharedBytes {
  external factory _SharedBytes._();
}
