// What Isolate.run returns and Isolate.exit sends arrives whole when the memory
// of the dying isolate changes hands: cycles, identity, identity hashes, weak
// references, expandos, typed data. The receiver collects it like its own.
import 'dart:isolate';
import 'dart:typed_data';

class Node {
  Node(this.id, this.next);
  final int id;
  Node? next;
  Object? extra;
}

class Graph {
  late Node first, last;
  final names = <String, Node>{};
  final bytes = Uint8List(50000);
  final hashes = <Node, int>{};
  late WeakReference<Node> inside, outside;
  final notes = Expando<String>();
}

Node? kept;

Graph make(int count) {
  final graph = Graph();
  Node? node;
  for (var i = 0; i < count; i++) {
    node = Node(i, node);
    if (i == 0) graph.last = node;
    if (i % 7 == 0) graph.names['node $i'] = node;
    if (i % 11 == 0) graph.hashes[node] = identityHashCode(node);
  }
  graph.first = node!;
  graph.last.next = node; // a cycle
  kept = Node(-1, null); // stays behind
  graph.inside = WeakReference(graph.first.next!);
  graph.outside = WeakReference(kept!);
  graph.notes[graph.first] = 'noted';
  for (var i = 0; i < graph.bytes.length; i++) {
    graph.bytes[i] = i;
  }
  return graph;
}

void check(Graph graph, int count) {
  var node = graph.first;
  var sum = 0;
  for (var i = count - 1; i >= 0; i--) {
    if (node.id != i) throw StateError('node $i is ${node.id}');
    sum += node.id;
    node = node.next!;
  }
  if (!identical(node, graph.first)) throw StateError('no cycle');
  graph.names.forEach((name, node) {
    if (name != 'node ${node.id}') throw StateError(name);
  });
  graph.hashes.forEach((node, hash) {
    if (identityHashCode(node) != hash) throw StateError('hash of ${node.id}');
  });
  if (!identical(graph.inside.target, graph.first.next)) throw StateError('weak');
  for (var i = 0; i < graph.bytes.length; i++) {
    if (graph.bytes[i] != i & 255) throw StateError('byte $i');
  }
  print('$count nodes, sum $sum, ${graph.outside.target}, '
      '${graph.notes[graph.first]}');
}

void main() async {
  const count = 500;
  final graph = await Isolate.run(() => make(count));
  check(graph, count); // expect: 500 nodes, sum 124750, null, noted
  // Old objects of another heap take new ones.
  var node = graph.first;
  for (var i = 0; i < count; i++, node = node.next!) {
    if (i % 3 == 0) node.extra = [i, 'extra $i'];
  }
  final more = [for (var i = 0; i < 1000; i++) '$i'];
  check(graph, count); // expect: 500 nodes, sum 124750, null, noted
  node = graph.first;
  for (var i = 0; i < count; i++, node = node.next!) {
    if (i % 3 == 0 && '${node.extra}' != '[$i, extra $i]') throw StateError('$i');
  }
  print(more.length); // expect: 1000
  // Through a chain of isolates.
  final far = await Isolate.run(() => Isolate.run(() => make(count)));
  check(far, count); // expect: 500 nodes, sum 124750, null, noted
}
