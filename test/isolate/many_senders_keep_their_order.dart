// Mail of each sender arrives in the order in which it was sent.
import 'dart:isolate';

void sender(List<Object?> start) {
  final [id as int, out as SendPort] = start;
  for (var i = 0; i < 200; i++) {
    out.send([id, i]);
  }
}

void main() async {
  final port = ReceivePort();
  final next = List.filled(8, 0);
  var count = 0;
  for (var i = 0; i < 8; i++) {
    Isolate.spawn(sender, [i, port.sendPort]);
  }
  var inOrder = true;
  await for (final message in port) {
    final [id as int, n as int] = message as List<Object?>;
    if (next[id]++ != n) inOrder = false;
    if (++count == 1600) break;
  }
  print('$count $inOrder'); // expect: 1600 true
}
