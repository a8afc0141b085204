// The bytes of a TransferableTypedData are moved: whoever has it last can
// materialize it, once.
import 'dart:async';
import 'dart:isolate';
import 'dart:typed_data';

void worker(SendPort out) {
  final port = RawReceivePort();
  port.handler = (Object? message) {
    if (message == null) return port.close();
    if (message is List) {
      // Forwarded as it is.
      out.send(message[0]);
      try {
        (message[0] as TransferableTypedData).materialize();
      } on ArgumentError {
        out.send('gone');
      }
      return;
    }
    final bytes = (message as TransferableTypedData).materialize().asUint8List();
    var sum = 0;
    for (final byte in bytes) {
      sum += byte;
    }
    bytes[0] = 99; // they are the receiver's alone
    out.send(sum);
    out.send(bytes.buffer);
  };
  out.send(port.sendPort);
}

bool fails(void Function() action) {
  try {
    action();
    return false;
  } on ArgumentError {
    return true;
  }
}

Future<void> main() async {
  final port = ReceivePort();
  final answers = StreamIterator<Object?>(port);
  Future<Object?> next() async {
    await answers.moveNext();
    return answers.current;
  }

  await Isolate.spawn(worker, port.sendPort);
  final other = await next() as SendPort;
  for (final length in [0, 10, 3000, 9000, 300000]) {
    final part = Uint8List(length)..fillRange(0, length, 1);
    final halves = [
      part.buffer.asUint8List(0, length ~/ 2),
      ByteData.sublistView(part, length ~/ 2),
    ];
    if (length == 0) {
      final data = TransferableTypedData.fromList([]);
      other.send([data]);
      final back = await next() as TransferableTypedData;
      print(back.materialize().lengthInBytes); // expect: 0
      await next();
      continue;
    }
    final data = TransferableTypedData.fromList(halves);
    part[0] = 7; // it has its own bytes
    other.send(data);
    final sum = await next();
    final buffer = await next() as ByteBuffer;
    print(sum == length &&
        buffer.lengthInBytes == length &&
        buffer.asUint8List()[0] == 99 &&
        fails(() => data.materialize()) &&
        fails(() => other.send(data)));
  }
  // expect: true
  // expect: true
  // expect: true
  // expect: true

  // There and back.
  final data = TransferableTypedData.fromList([Float64List.fromList([1.5, 2])]);
  other.send([data]);
  final back = await next() as TransferableTypedData;
  print(await next()); // expect: gone
  print(fails(() => data.materialize())); // expect: true
  final buffer = back.materialize();
  print(buffer.asFloat64List()); // expect: [1.5, 2.0]
  print(fails(() => back.materialize())); // expect: true

  // A message that fails moves nothing.
  final kept = TransferableTypedData.fromList([Uint8List(20000)]);
  print(fails(() => other.send([kept, port]))); // expect: true
  print(kept.materialize().lengthInBytes); // expect: 20000

  // Mail that nobody takes, and a heap that is never collected again.
  final dead = ReceivePort();
  final lost = TransferableTypedData.fromList([Uint8List(100000)]);
  final deadPort = dead.sendPort;
  dead.close();
  deadPort.send(lost);
  final unused = TransferableTypedData.fromList([Uint8List(100000)]);
  print(unused is TransferableTypedData); // expect: true
  other.send(null);
  port.close();
}
