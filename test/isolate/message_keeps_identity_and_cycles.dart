// A message is copied once: cycles and identity inside it survive, and the copy
// is independent of what was sent.
import 'dart:isolate';

class Node {
  Node(this.name);
  final String name;
  Node? next;
  List<Node> friends = [];
}

void child(List<Object?> message) {
  final out = message[0] as SendPort;
  final node = message[1] as Node;
  final same = identical(node.next!.next, node);
  final twice = identical(node.friends[0], node.friends[1]);
  final shared = identical(message[2], message[3]);
  node.friends.clear();
  out.send('$same $twice $shared ${node.name} ${node.next!.name}');
}

void main() async {
  final port = ReceivePort();
  final a = Node('a');
  final b = Node('b');
  a.next = b;
  b.next = a;
  a.friends = [b, b];
  final list = [1, 2, 3];
  await Isolate.spawn(child, [port.sendPort, a, list, list]);
  print(await port.first); // expect: true true true a b
  print(a.friends.length); // expect: 2
}
