// Messages are copied: the receiver's changes are its own. Cycles and identity
// inside a message survive.
import 'dart:isolate';

class Node {
  Node(this.name);

  final String name;
  Node? next;
}

void worker((List<int>, Node, List<Object>, SendPort) message) {
  final (numbers, node, twice, reply) = message;
  numbers.add(99);
  reply.send([
    numbers.length,
    identical(node.next!.next, node),
    identical(twice[0], twice[1]),
  ]);
}

Future<void> main() async {
  final numbers = [1, 2, 3];
  final a = Node('a'), b = Node('b');
  a.next = b;
  b.next = a;
  final one = Object();
  final port = ReceivePort();
  await Isolate.spawn(worker, (numbers, a, [one, one], port.sendPort));
  print(await port.first); // expect: [4, true, true]
  print(numbers); // expect: [1, 2, 3]
}
