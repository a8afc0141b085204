part of dart.typed_data;

abstract interface class BytesBuilder {
  factory BytesBuilder({bool copy}) = _BytesBuilder;

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
  _BytesBuilder({bool copy = true});

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
