// What may not be sent makes Isolate.exit throw, however large the message, and
// the isolate goes on with its objects as they were.
import 'dart:isolate';

class Node {
  Node(this.id, this.next);
  final int id;
  final Node? next;
  Object? extra;
}

void child(SendPort out) {
  Node? first;
  for (var i = 0; i < 400; i++) {
    first = Node(i, first);
  }
  final port = ReceivePort();
  final message = [first, 'x' * 3000, [port]];
  for (var attempt = 0; attempt < 3; attempt++) {
    try {
      Isolate.exit(out, message);
    } on ArgumentError catch (error) {
      out.send('$error'.contains('unsendable'));
    }
    var sum = 0;
    for (Node? node = first; node != null; node = node.next) {
      node.extra = [node.id];
      sum += (node.extra as List<int>).first;
    }
    out.send(sum);
  }
  port.close();
  (message[2] as List).clear();
  Isolate.exit(out, message);
}

void main() async {
  final port = ReceivePort();
  await Isolate.spawn(child, port.sendPort);
  await for (final message in port) {
    if (message is! List) {
      print(message);
      continue;
    }
    var count = 0;
    for (var node = message[0] as Node?; node != null; node = node.next) {
      count++;
    }
    print('$count ${(message[1] as String).length} ${message[2]}');
    port.close();
  }
}
// expect: true
// expect: 79800
// expect: true
// expect: 79800
// expect: true
// expect: 79800
// expect: 400 3000 []
