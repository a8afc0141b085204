// A binary file format: a writer and a reader over ByteData, a checksum, a hex
// dump, views, and the limits of typed lists.
import 'dart:convert';
import 'dart:math';
import 'dart:typed_data';

class CorruptFile implements Exception {
  const CorruptFile(this.why, this.at);
  final String why;
  final int at;
  @override
  String toString() => 'CorruptFile: $why at $at';
}

typedef Track = ({String title, int id, double gain, List<int> samples});

class Writer {
  final _out = BytesBuilder(copy: false);

  void _number(int size, void Function(ByteData) set) {
    final data = ByteData(size);
    set(data);
    _out.add(data.buffer.asUint8List());
  }

  void u16(int n) => _number(2, (d) => d.setUint16(0, n));
  void i64(int n) => _number(8, (d) => d.setInt64(0, n, Endian.little));
  void f32(double n) => _number(4, (d) => d.setFloat32(0, n));

  // Seven bits a byte, the lowest first.
  void varint(int n) {
    for (; n >= 0x80; n >>= 7) {
      _out.addByte(n & 0x7f | 0x80);
    }
    _out.addByte(n);
  }

  void text(String s) {
    final bytes = utf8.encode(s);
    varint(bytes.length);
    _out.add(bytes);
  }

  void samples(List<int> all) {
    varint(all.length);
    var last = 0;
    for (final sample in all) {
      final step = sample - last; // signs in the lowest bit
      varint(step << 1 ^ step >> 63);
      last = sample;
    }
  }

  Uint8List finish() {
    final body = _out.takeBytes();
    final file = Uint8List(body.length + 8);
    file.setAll(0, ascii.encode('TRK1'));
    file.setRange(4, 4 + body.length, body);
    ByteData.sublistView(file).setUint32(body.length + 4, checksum(body));
    return file;
  }
}

int checksum(List<int> bytes) {
  var a = 1, b = 0;
  for (final byte in bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

class Reader {
  Reader(Uint8List file) : _data = ByteData.sublistView(file, 4, file.length - 4) {
    if (ascii.decode(file.sublist(0, 4), allowInvalid: true) != 'TRK1') {
      throw const CorruptFile('magic', 0);
    }
    final sum = ByteData.sublistView(file).getUint32(file.length - 4);
    final body = Uint8List.sublistView(_data);
    if (sum != checksum(body)) throw CorruptFile('checksum', file.length - 4);
  }

  final ByteData _data;
  int _at = 0;

  int _step(int size) => (_at += size) - size;
  int u16() => _data.getUint16(_step(2));
  int i64() => _data.getInt64(_step(8), Endian.little);
  double f32() => _data.getFloat32(_step(4));

  int varint() {
    var n = 0;
    for (var shift = 0;; shift += 7) {
      if (shift > 63) throw CorruptFile('varint', _at);
      final byte = _data.getUint8(_step(1));
      n |= (byte & 0x7f) << shift;
      if (byte < 0x80) return n;
    }
  }

  String text() {
    final length = varint();
    final start = _step(length);
    return utf8.decode(Uint8List.sublistView(_data, start, start + length));
  }

  List<int> samples() {
    var last = 0;
    return Int16List.fromList([
      for (var left = varint(); left > 0; left--)
        last += switch (varint()) { final n => n >>> 1 ^ -(n & 1) },
    ]);
  }
}

Uint8List encode(List<Track> tracks) {
  final out = Writer()..u16(tracks.length);
  for (final (:title, :id, :gain, :samples) in tracks) {
    out
      ..text(title)
      ..i64(id)
      ..f32(gain)
      ..samples(samples);
  }
  return out.finish();
}

List<Track> decode(Uint8List file) {
  final reader = Reader(file);
  return [
    for (var left = reader.u16(); left > 0; left--)
      (
        title: reader.text(),
        id: reader.i64(),
        gain: reader.f32(),
        samples: reader.samples(),
      )
  ];
}

Iterable<String> hexDump(Uint8List bytes) sync* {
  for (var i = 0; i < bytes.length; i += 8) {
    final row = Uint8List.sublistView(bytes, i, min(i + 8, bytes.length));
    final hex = row.map((b) => b.toRadixString(16).padLeft(2, '0')).join(' ');
    final text = String.fromCharCodes(
        row.map((b) => b >= 0x20 && b < 0x7f ? b : 0x2e));
    yield '${i.toRadixString(16).padLeft(4, '0')}  ${hex.padRight(23)}  $text';
  }
}

void main() {
  final file = encode([
    (title: 'Été', id: -2, gain: 0.5, samples: [0, 100, -100, 32767]),
  ]);
  hexDump(file).forEach(print);
  // expect: 0000  54 52 4b 31 00 01 05 c3  TRK1....
  // expect: 0008  89 74 c3 a9 fe ff ff ff  .t......
  // expect: 0010  ff ff ff ff 3f 00 00 00  ....?...
  // expect: 0018  04 00 c8 01 8f 03 c6 81  ........
  // expect: 0020  04 e7 3d 0e 13           ..=..
  print(decode(file));
  // expect: [(gain: 0.5, id: -2, samples: [0, 100, -100, 32767], title: Été)]

  for (final damage in [0, 9]) {
    final bad = Uint8List.fromList(file)..[damage] ^= 1;
    try {
      decode(bad);
    } on CorruptFile catch (error) {
      print(error);
    }
  }
  // expect: CorruptFile: magic at 0
  // expect: CorruptFile: checksum at 33

  // What does not fit is cut or clamped; views share, lists copy.
  final bytes = Uint8List(8)..[0] = 257;
  print(bytes[0]); // expect: 1
  print(Uint8ClampedList.fromList([300, -5, 7])); // expect: [255, 0, 7]
  print(Int8List.fromList([200, 128, 127])); // expect: [-56, -128, 127]
  bytes.buffer.asUint16List(2)[0] = 0xffff;
  bytes.buffer.asByteData().setInt16(4, -2, Endian.little);
  print(bytes); // expect: [1, 0, 255, 255, 254, 255, 0, 0]
  final copy = bytes.sublist(2, 4);
  bytes.fillRange(0, 8, 9);
  print(copy); // expect: [255, 255]
  final data = ByteData(8)..setFloat64(0, -0.1);
  print(data.getUint32(0).toRadixString(16)); // expect: bfb99999
  print(Float32List.fromList([0.1]).single == 0.1); // expect: false
  print((data.buffer.lengthInBytes, data.elementSizeInBytes)); // expect: (8, 1)
  for (final act in <void Function()>[
    () => data.getInt32(5),
    () => bytes.buffer.asUint32List(2),
    () => bytes[8] = 1,
    () => bytes.add(1),
  ]) {
    try {
      act();
      print('done');
    } on RangeError {
      print('range');
    } on UnsupportedError {
      print('unsupported');
    }
  }
  // expect: range
  // expect: range
  // expect: range
  // expect: unsupported
}
