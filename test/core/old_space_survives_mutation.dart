// flags: slow
// A heap past its nursery: old objects are mutated while it is marked, and what
// lives keeps its contents.
class Node {
  Node(this.v);

  Node? a, b;
  int v;
}

void main() {
  final nodes = List.generate(20000, (i) => Node(i));
  var x = 42;
  int next() => x = (x * 1664525 + 1013904223) & 0xffffffff;
  for (var round = 0; round < 40; round++) {
    for (var i = 0; i < 20000; i++) {
      final n = nodes[next() % nodes.length];
      n.a = nodes[next() % nodes.length];
      n.b = Node(next());
      if (i % 7 == 0) nodes[next() % nodes.length] = Node(i)..b = n;
    }
  }
  var sum = 0;
  for (final n in nodes) { sum = (sum * 31 + n.v + (n.a?.v ?? 0) + (n.b?.v ?? 0)) & 0xffffffff; }
  print(sum);
  final m = <String, List<int>>{};
  for (var i = 0; i < 100000; i++) { (m['k${i % 5000}'] ??= []).add(i); if (i % 3 == 0) m.remove('k${next() % 5000}'); }
  var t = 0; m.forEach((k, v) { for (final e in v) t += e; });
  print('${m.length} $t');
  final big = <List<int>>[];
  for (var i = 0; i < 200; i++) { big.add(List.filled(5000, i)); if (big.length > 20) big.removeAt(0); }
  print(big.length);
}

// expect: 904015692
// expect: 4248 1275647200
// expect: 20
