part of dart.typed_data;

abstract interface class BytesBuilder {
  factory BytesBuilder({bool copy = true}) =>
      copy ? _BytesBuilder() : _ChunkedBytesBuilder();

  void add(List<int> bytes);
  void addByte(int byte);
  Uint8List takeBytes();
  Uint8List toBytes();
  int get length;
  bool get isEmpty;
  bool get isNotEmpty;
  void clear();
}

class _BytesBuilder implements BytesBuilder {
  Uint8List _bytes = Uint8List(0);
  int length = 0;

  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;

  void _reserve(int count) {
    if (count <= _bytes.length) return;
    var capacity = _bytes.length * 2;
    if (capacity < 64) capacity = 64;
    if (capacity < count) capacity = count;
    _bytes = Uint8List(capacity)..setRange(0, length, _bytes);
  }

  void add(List<int> bytes) {
    _reserve(length + bytes.length);
    _bytes.setRange(length, length + bytes.length, bytes);
    length += bytes.length;
  }

  void addByte(int byte) {
    _reserve(length + 1);
    _bytes[length++] = byte;
  }

  Uint8List takeBytes() {
    final result = toBytes();
    clear();
    return result;
  }

  Uint8List toBytes() => _bytes.sublist(0, length);

  void clear() {
    _bytes = Uint8List(0);
    length = 0;
  }
}

// Keeps what is added, which must not change until it is taken.
class _ChunkedBytesBuilder implements BytesBuilder {
  final List<Uint8List> _chunks = [];
  int length = 0;

  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;

  void add(List<int> bytes) {
    if (bytes.isEmpty) return;
    _chunks.add(bytes is Uint8List ? bytes : Uint8List.fromList(bytes));
    length += bytes.length;
  }

  void addByte(int byte) {
    _chunks.add(Uint8List(1)..[0] = byte);
    length++;
  }

  Uint8List takeBytes() {
    final result = _chunks.length == 1 ? _chunks[0] : toBytes();
    clear();
    return result;
  }

  Uint8List toBytes() {
    final result = Uint8List(length);
    var at = 0;
    for (final chunk in _chunks) {
      result.setRange(at, at += chunk.length, chunk);
    }
    return result;
  }

  void clear() {
    _chunks.clear();
    length = 0;
  }
}
