part of dart.isolate;

// The bytes of a transferable lie outside the heap, in a buffer that nobody else
// has: so they can change hands.
external void _allocateTransferable(ByteBuffer buffer, int length);
external void _fillTransferable(
    ByteBuffer to, int at, ByteBuffer from, int start, int count);
external void _openTransferable(ByteBuffer buffer);

// What is copied between two safepoints.
const int _transferSlice = 1 << 20;

abstract final class TransferableTypedData {
  factory TransferableTypedData.fromList(List<TypedData> list) {
    var length = 0;
    for (final data in list) {
      length += data.lengthInBytes;
    }
    final buffer = Uint8List(0).buffer;
    _allocateTransferable(buffer, length);
    var at = 0;
    for (final data in list) {
      final part =
          data.buffer.asUint8List(data.offsetInBytes, data.lengthInBytes);
      RangeError.checkValueInInterval(part.length, 0, length - at);
      final from = part.buffer;
      final start = part.offsetInBytes;
      for (var done = 0; done < part.length; done += _transferSlice) {
        final rest = part.length - done;
        _fillTransferable(buffer, at + done, from, start + done,
            rest < _transferSlice ? rest : _transferSlice);
      }
      at += part.length;
    }
    return _TransferableTypedData(buffer);
  }

  ByteBuffer materialize();
}

// Sending takes the buffer out of the object that was sent, as materialize does.
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
    _openTransferable(buffer);
    return buffer;
  }
}
