// Integers as bits: masks, packing, Gray codes, checksums, hashes, bit sets,
// 64-bit wrapping, and shifts of every width.
import 'dart:convert';
import 'dart:typed_data';

extension Bits on int {
  String bits([int width = 8]) =>
      toUnsigned(width).toRadixString(2).padLeft(width, '0');
  bool hasBit(int i) => this & 1 << i != 0;
  int withBit(int i, [bool on = true]) => on ? this | 1 << i : this & ~(1 << i);
  int rotateLeft32(int n) =>
      ((this << n) | (this & 0xffffffff) >>> (32 - n)) & 0xffffffff;

  int get ones {
    var n = this;
    n -= (n >>> 1) & 0x5555555555555555;
    n = (n & 0x3333333333333333) + ((n >>> 2) & 0x3333333333333333);
    n = (n + (n >>> 4)) & 0x0f0f0f0f0f0f0f0f;
    return (n * 0x0101010101010101) >>> 56;
  }

  int get gray => this ^ this >> 1;
  int get fromGray {
    var n = this;
    for (var shift = 1; shift < 64; shift <<= 1) {
      n ^= n >>> shift;
    }
    return n;
  }
}

class BitSet extends Iterable<int> {
  BitSet(int length) : _words = Uint32List((length + 31) >> 5);
  final Uint32List _words;

  bool operator [](int i) => _words[i >> 5].hasBit(i & 31);
  void operator []=(int i, bool on) =>
      _words[i >> 5] = _words[i >> 5].withBit(i & 31, on);
  void flip(int i) => _words[i >> 5] ^= 1 << (i & 31);

  @override
  int get length => _words.fold(0, (n, word) => n + word.ones);
  @override
  Iterator<int> get iterator => _members().iterator;
  Iterable<int> _members() sync* {
    for (final (i, word) in _words.indexed) {
      for (var left = word; left != 0; left &= left - 1) {
        yield i * 32 + (left & -left).bitLength - 1;
      }
    }
  }
}

final Uint32List _table = () {
  final table = Uint32List(256);
  for (var i = 0; i < 256; i++) {
    var c = i;
    for (var k = 0; k < 8; k++) {
      c = c.isOdd ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    }
    table[i] = c;
  }
  return table;
}();

int crc32(List<int> bytes) =>
    bytes.fold(0xffffffff, (c, b) => _table[(c ^ b) & 0xff] ^ (c >>> 8)) ^
    0xffffffff;

int fnv1a(String text) => utf8.encode(text).fold(
    0xcbf29ce484222325, (h, b) => (h ^ b) * 0x100000001b3);

String sha1(List<int> message) {
  final padded = Uint8List(((message.length + 8) ~/ 64 + 1) * 64)
    ..setAll(0, message)
    ..[message.length] = 0x80;
  final data = ByteData.sublistView(padded)
    ..setUint64(padded.length - 8, message.length * 8);
  var (a, b, c, d, e) =
      (0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  final w = Uint32List(80);
  for (var block = 0; block < padded.length; block += 64) {
    for (var i = 0; i < 80; i++) {
      w[i] = i < 16
          ? data.getUint32(block + i * 4)
          : (w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16]).rotateLeft32(1);
    }
    final start = (a, b, c, d, e);
    for (var i = 0; i < 80; i++) {
      final (f, k) = switch (i ~/ 20) {
        0 => (b & c | ~b & d, 0x5a827999),
        1 => (b ^ c ^ d, 0x6ed9eba1),
        2 => (b & c | b & d | c & d, 0x8f1bbcdc),
        _ => (b ^ c ^ d, 0xca62c1d6),
      };
      final next = (a.rotateLeft32(5) + f + e + k + w[i]) & 0xffffffff;
      (a, b, c, d, e) = (next, a, b.rotateLeft32(30), c, d);
    }
    a = (a + start.$1) & 0xffffffff;
    b = (b + start.$2) & 0xffffffff;
    c = (c + start.$3) & 0xffffffff;
    d = (d + start.$4) & 0xffffffff;
    e = (e + start.$5) & 0xffffffff;
  }
  return [a, b, c, d, e].map((n) => n.toRadixString(16).padLeft(8, '0')).join();
}

({int red, int green, int blue}) unpack(int colour) => (
      red: colour >> 11 << 3,
      green: (colour >> 5 & 0x3f) << 2,
      blue: (colour & 0x1f) << 3
    );

void main() {
  print([5, -1, 200, 256].map((n) => n.bits()).join(' '));
  // expect: 00000101 11111111 11001000 00000000
  print([0, 1, 255, -1, 1 << 63].map((n) => n.ones).toList()); // expect: [0, 1, 8, 64, 1]
  print([for (var i = 0; i < 8; i++) i.gray.bits(3)].join(' '));
  // expect: 000 001 011 010 110 111 101 100
  print(Iterable.generate(300).every((i) => (i as int).gray.fromGray == i)); // expect: true
  print(unpack(0xfd20)); // expect: (blue: 0, green: 164, red: 248)

  final set = BitSet(100)
    ..[3] = true
    ..[64] = true
    ..[99] = true
    ..[3] = false
    ..flip(31);
  print((set.toList(), set.length, set[64], set[65])); // expect: ([31, 64, 99], 3, true, false)

  print(crc32(ascii.encode('123456789')).toRadixString(16)); // expect: cbf43926
  print(fnv1a('').toUnsigned(64)); // expect: -3750763034362895579
  print(BigInt.from(fnv1a('a')).toUnsigned(64).toRadixString(16)); // expect: af63dc4c8601ec8c
  print(sha1(ascii.encode('abc'))); // expect: a9993e364706816aba3e25717850c26c9cd0d89d
  print(sha1([])); // expect: da39a3ee5e6b4b0d3255bfef95601890afd80709

  // 64 bits, wrapping round.
  const most = 0x7fffffffffffffff, least = -most - 1;
  print((most + 1 == least, -least == least, least.abs() == least)); // expect: (true, true, true)
  print((most * 2, least ~/ -1 == least, least % 10)); // expect: (-2, true, 2)
  print(0xffffffffffffffff); // expect: -1
  print([-5 ~/ 2, -5 % 3, (-5).remainder(3), -5 >> 1, -5 >>> 60]);
  // expect: [-2, 1, -2, -3, 15]
  print([1 << 63, 1 << 64, -1 >> 64, -1 >>> 64, -1 >>> 63]);
  // expect: [-9223372036854775808, 0, -1, 0, 1]
  for (final shift in <int Function()>[() => 1 << -1, () => 1 >> -1, () => 1 ~/ 0]) {
    try {
      print(shift());
    } on ArgumentError {
      print('argument');
    } on UnsupportedError {
      print('unsupported');
    }
  }
  // expect: argument
  // expect: argument
  // expect: unsupported
  print([most.bitLength, least.bitLength, 0.bitLength, (-1).bitLength, 256.bitLength]);
  // expect: [63, 63, 0, 0, 9]
  print([200.toSigned(8), (-1).toUnsigned(16), 12.gcd(18), 3.modPow(200, 13), 3.modInverse(11)]);
  // expect: [-56, 65535, 6, 9, 4]
  print(int.parse('-80', radix: 16)); // expect: -128
  print([int.tryParse('0x1F'), int.tryParse('1_000'), int.tryParse('zz', radix: 36)]);
  // expect: [31, null, 1295]
}
