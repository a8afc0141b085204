// flags: --heap-limit=8m
// Shared bytes count against the limit of every isolate that holds them, and mail
// that waits against who it is for; the sender, which keeps nothing, is well.
import 'dart:async';
import 'dart:isolate';
import 'dart:typed_data';

// Keeps what it gets.
void keeper(SendPort out) {
  final kept = <Object?>[];
  final port = ReceivePort();
  port.listen((message) {
    try {
      kept.add(message);
      kept.add(List.filled(10, 0));
      out.send(kept.length);
    } on OutOfMemoryError {
      kept.clear();
      out.send('full');
      port.close();
    }
  });
  out.send(port.sendPort);
}

void sleeper(SendPort out) {
  out.send(ReceivePort().sendPort);
}

Object text(int i) => '$i' * 1000000;
Object bytes(int i) => TransferableTypedData.fromList([Uint8List(1000000)]);
Object view(int i) => Uint8List(1000000).asUnmodifiableView();

Future<bool> fills(Object Function(int) make) async {
  final port = ReceivePort(), errors = ReceivePort();
  final answers = StreamIterator<Object?>(port);
  await Isolate.spawn(keeper, port.sendPort, onError: errors.sendPort);
  errors.listen((_) => port.sendPort.send('full'));
  await answers.moveNext();
  final other = answers.current as SendPort;
  var sent = 0;
  while (answers.current != 'full' && sent < 100) {
    other.send(make(sent % 10));
    sent++;
    await answers.moveNext();
  }
  errors.close();
  port.close();
  return sent > 3 && sent < 20;
}

Future<bool> floods(Object Function(int) make) async {
  final port = ReceivePort(), exits = ReceivePort();
  final isolate =
      await Isolate.spawn(sleeper, port.sendPort, onExit: exits.sendPort);
  final other = await port.first as SendPort;
  isolate.pause();
  var isOver = false;
  exits.listen((_) {
    isOver = true;
    exits.close();
  });
  var sent = 0;
  while (!isOver && sent < 100) {
    other.send(make(sent % 10));
    sent++;
    await Future<void>.delayed(const Duration(milliseconds: 1));
  }
  if (!isOver) isolate.kill();
  return sent > 3 && sent < 40;
}

Future<void> main() async {
  for (final make in [text, bytes, view]) {
    print(await fills(make));
    print(await floods(make));
  }
  // expect: true
  // expect: true
  // expect: true
  // expect: true
  // expect: true
  // expect: true
}
