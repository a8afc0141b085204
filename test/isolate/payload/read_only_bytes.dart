// flags: --heap-limit=24000000
// A read-only view gives nothing that could write. Bytes that a message has in
// such views alone are immutable for who receives it, and shared when he sends
// them on; where a list may write, all is copied and stays one thing.
import 'dart:async';
import 'dart:isolate';
import 'dart:typed_data';

bool refuses(void Function() action) {
  try {
    action();
    return false;
  } on UnsupportedError {
    return true;
  }
}

void echo(SendPort out) {
  final port = RawReceivePort();
  port.handler = (Object? message) {
    if (message == null) return port.close();
    out.send(message);
  };
  out.send(port.sendPort);
}

Future<void> main() async {
  final port = ReceivePort();
  final answers = StreamIterator<Object?>(port);
  Future<Object?> next() async {
    await answers.moveNext();
    return answers.current;
  }

  await Isolate.spawn(echo, port.sendPort);
  final other = await next() as SendPort;
  final own = Uint8List(4 << 20)..[0] = 1;
  final view = own.asUnmodifiableView();
  for (final way in <void Function()>[
    () => view[0] = 2,
    () => view.buffer.asUint8List()[0] = 2,
    () => view.buffer.asByteData(0, 8).setInt16(0, 2),
    () => Float64List.view(view.buffer, 8)[0] = 2,
    () => Uint16List.sublistView(view)[0] = 2,
    () => ByteData.sublistView(view).asUnmodifiableView().setInt8(0, 2),
    () => view.buffer.asFloat32x4List().buffer.asInt64List()[0] = 2,
    () => view.setRange(0, 1, [2]),
    () => view.fillRange(0, 1, 2),
  ]) {
    if (!refuses(way)) print('written');
  }
  own[0] = 3;
  print(view[0]); // expect: 3

  other.send([view, view.buffer, view.buffer.asInt32List(4)]);
  final first = await next() as List;
  own[0] = 4;
  print(first[0][0]); // expect: 3
  print(refuses(() => first[0][0] = 1)); // expect: true
  print(refuses(() => (first[1] as ByteBuffer).asInt8List()[0] = 1));
  // expect: true

  // One view alone; many of them, sent to and fro, stay within the limit.
  other.send(view);
  final received = await next() as Uint8List;
  final all = <Uint8List>[];
  for (var i = 0; i < 20; i++) {
    other.send({'bytes': received, 'part': Uint16List.sublistView(received, 2)});
    final map = await next() as Map;
    all.add(map['bytes'] as Uint8List);
    if ((map['part'] as Uint16List).buffer != all.last.buffer) print('apart');
  }
  print(all.every((bytes) => bytes[0] == 4 && bytes.length == 4 << 20));
  // expect: true
  print(all.every((bytes) => bytes.buffer == received.buffer)); // expect: true
  print(refuses(() => all.first.buffer.asUint8List()[0] = 1)); // expect: true
  all.clear();

  // With a list that may write.
  final small = Uint8List(5000), smallView = small.asUnmodifiableView();
  for (final message in [
    [small, smallView],
    [smallView, small]
  ]) {
    other.send(message);
    final pair = await next() as List;
    final at = identical(message[0], small) ? 0 : 1;
    pair[at][7] = 5;
    print('${pair[0][7]} ${pair[1][7]} ${smallView[7]}');
  }
  // expect: 5 5 0
  // expect: 5 5 0
  other.send(null);
  port.close();
}
