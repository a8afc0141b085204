// Huffman codes: frequencies, a tree of sealed nodes, packed bits with a header,
// and the way back; canonical codes by length.
import 'dart:collection';
import 'dart:convert';
import 'dart:typed_data';

sealed class Node {
  const Node(this.weight);
  final int weight;
}

final class Leaf extends Node {
  const Leaf(this.byte, super.weight);
  final int byte;
}

final class Fork extends Node {
  Fork(this.zero, this.one) : super(zero.weight + one.weight);
  final Node zero, one;
}

class BitWriter {
  final _bytes = BytesBuilder();
  int _now = 0, _count = 0;

  void write(int bits, int length) {
    for (var i = length - 1; i >= 0; i--) {
      _now = _now << 1 | (bits >> i & 1);
      if (++_count % 8 == 0) {
        _bytes.addByte(_now);
        _now = 0;
      }
    }
  }

  (Uint8List, int) finish() {
    final count = _count;
    if (count % 8 != 0) write(0, 8 - count % 8);
    return (_bytes.toBytes(), count);
  }
}

Iterable<int> bitsOf(Uint8List bytes, int count) sync* {
  for (var i = 0; i < count; i++) {
    yield bytes[i >> 3] >> (7 - (i & 7)) & 1;
  }
}

Node? treeOf(Map<int, int> frequencies) {
  final order = SplayTreeSet<(int, int, Node)>((a, b) {
    final byWeight = a.$1.compareTo(b.$1);
    return byWeight != 0 ? byWeight : a.$2.compareTo(b.$2);
  });
  var serial = 256;
  frequencies.forEach((byte, n) => order.add((n, byte, Leaf(byte, n))));
  (int, int, Node) takeFirst() {
    final first = order.first;
    order.remove(first);
    return first;
  }

  while (order.length > 1) {
    final fork = Fork(takeFirst().$3, takeFirst().$3);
    order.add((fork.weight, serial++, fork));
  }
  return order.isEmpty ? null : order.first.$3;
}

Map<int, int> lengthsOf(Node? node, [int depth = 0]) => switch (node) {
      null => {},
      Leaf(:final byte) => {byte: depth == 0 ? 1 : depth},
      Fork(:final zero, :final one) => {
          ...lengthsOf(zero, depth + 1),
          ...lengthsOf(one, depth + 1),
        },
    };

// Codes of one length are consecutive numbers, so lengths alone give them all.
Map<int, (int code, int length)> canonical(Map<int, int> lengths) {
  final bytes = lengths.keys.toList()
    ..sort((a, b) {
      final byLength = lengths[a]!.compareTo(lengths[b]!);
      return byLength != 0 ? byLength : a.compareTo(b);
    });
  final codes = <int, (int, int)>{};
  var code = 0, last = 0;
  for (final byte in bytes) {
    final length = lengths[byte]!;
    code <<= length - last;
    codes[byte] = (code++, length);
    last = length;
  }
  return codes;
}

typedef Packed = ({Map<int, int> lengths, Uint8List bytes, int bits});

Packed pack(List<int> input) {
  final frequencies = <int, int>{};
  for (final byte in input) {
    frequencies.update(byte, (n) => n + 1, ifAbsent: () => 1);
  }
  final lengths = lengthsOf(treeOf(frequencies));
  final codes = canonical(lengths);
  final out = BitWriter();
  for (final byte in input) {
    final (code, length) = codes[byte]!;
    out.write(code, length);
  }
  final (bytes, bits) = out.finish();
  return (lengths: lengths, bytes: bytes, bits: bits);
}

List<int> unpack(Packed packed) {
  final byCode = {
    for (final MapEntry(key: byte, value: code)
        in canonical(packed.lengths).entries)
      code: byte
  };
  final output = <int>[];
  var code = 0, length = 0;
  for (final bit in bitsOf(packed.bytes, packed.bits)) {
    code = code << 1 | bit;
    length++;
    if (byCode[(code, length)] case final byte?) {
      output.add(byte);
      code = length = 0;
    }
  }
  if (length != 0) throw const FormatException('bits left over');
  return output;
}

void main() {
  final packed = pack(ascii.encode('abracadabra'));
  final codes = canonical(packed.lengths).map((byte, code) => MapEntry(
      String.fromCharCode(byte), code.$1.toRadixString(2).padLeft(code.$2, '0')));
  print(codes); // expect: {a: 0, b: 100, c: 101, d: 110, r: 111}
  print((packed.bits, packed.bytes.length)); // expect: (23, 3)
  print(bitsOf(packed.bytes, packed.bits).join()); // expect: 01001110101011001001110
  print(ascii.decode(unpack(packed))); // expect: abracadabra

  for (final text in ['', 'x', 'zzzz', 'ab', 'größer als €', 'mississippi river']) {
    final bytes = utf8.encode(text), small = pack(bytes);
    final back = utf8.decode(unpack(small));
    print('${back == text} ${bytes.length * 8} -> ${small.bits}');
  }
  // expect: true 0 -> 0
  // expect: true 8 -> 1
  // expect: true 32 -> 4
  // expect: true 16 -> 2
  // expect: true 128 -> 58
  // expect: true 136 -> 46
  // A prefix code: Kraft's sum is exactly one.
  final lengths = pack(utf8.encode('the quick brown fox jumps')).lengths.values;
  print(lengths.fold<double>(0, (s, n) => s + 1 / (1 << n))); // expect: 1.0
  try {
    unpack((lengths: packed.lengths, bytes: packed.bytes, bits: 21));
  } on FormatException catch (error) {
    print(error.message); // expect: bits left over
  }
}
