// Isolates die while they send or take large graphs.
import 'dart:isolate';
import 'dart:typed_data';

class Node {
  Node(this.label, this.next);
  final String label;
  final Node? next;
}

Object graph(int size) {
  Node? list;
  for (var i = 0; i < size; i++) {
    list = Node('node $i', list);
  }
  final bytes = Uint8List(size * 10);
  return [list, bytes, {for (var i = 0; i < size; i++) 'k$i': i * 1.5}, 'é' * size];
}

void echo(SendPort out) {
  final port = ReceivePort();
  out.send(port.sendPort);
  var left = 3;
  port.listen((message) {
    out.send(message);
    out.send(graph(40));
    if (--left == 0) port.close();
  });
}

Future<void> main() async {
  var ends = 0;
  for (var round = 0; round < 3; round++) {
    final port = ReceivePort(), exits = ReceivePort();
    await Isolate.spawn(echo, port.sendPort, onExit: exits.sendPort);
    port.listen((message) {
      if (message is! SendPort) return;
      for (var i = 0; i < 3; i++) {
        message.send(graph(60 + i));
      }
    });
    await exits.first;
    port.close();
    ends++;
  }
  print(ends); // expect: 3
}
