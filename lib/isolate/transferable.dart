part of dart.isolate;

abstract final class TransferableTypedData {
  factory TransferableTypedData.fromList(List<TypedData> list) =>
      _TransferableTypedData(_SharedBytes.join([
        for (final data in list)
          data.buffer.asUint8List(data.offsetInBytes, data.lengthInBytes)
      ]));

  ByteBuffer materialize();
}

final class _TransferableTypedData implements TransferableTypedData {
  _TransferableTypedData(this._bytes);

  final _SharedBytes _bytes;

  ByteBuffer materialize() => _bytes.take();
}

// Bytes that lie outside any isolate's heap, and can be taken once.
final class _SharedBytes {
  external factory _SharedBytes._();
  external static _SharedBytes join(List<Uint8List> parts);
  external ByteBuffer take();
}
