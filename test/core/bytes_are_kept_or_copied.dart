// A BytesBuilder that does not copy keeps what it is given; a typed list may
// be set from a range of itself.
import 'dart:typed_data';

void main() {
  final bytes = Uint8List.fromList([1, 2, 3]);
  final keeping = BytesBuilder(copy: false)..add(bytes);
  final copying = BytesBuilder()..add(bytes);
  bytes[0] = 9;
  print(keeping.toBytes()); // expect: [9, 2, 3]
  print(copying.toBytes()); // expect: [1, 2, 3]
  print(identical(keeping.takeBytes(), bytes)); // expect: true
  keeping
    ..add([4, 5])
    ..addByte(6)
    ..add(bytes);
  print('${keeping.length} ${keeping.toBytes()}'); // expect: 6 [4, 5, 6, 9, 2, 3]
  keeping.clear();
  print(keeping.takeBytes()); // expect: []

  final list = Int64List.fromList([0, 1, 2, 3, 4]);
  list.setAll(1, list.getRange(0, 4));
  print(list); // expect: [0, 0, 1, 2, 3]
}
