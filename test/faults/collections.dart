// Lists, maps, strings and big integers grow.
class Node {
  Node(this.name, this.next);
  final String name;
  final Node? next;
}

void main() {
  final numbers = <int>[], byName = <String, List<int>>{};
  Node? chain;
  for (var i = 0; i < 400; i++) {
    numbers.add(i);
    (byName['key ${i % 50}'] ??= []).add(i);
    chain = Node('n$i', chain);
  }
  final text = StringBuffer();
  for (var node = chain; node != null; node = node.next) {
    text.write(node.name[0]);
  }
  var big = BigInt.one;
  for (var i = 1; i <= 60; i++) {
    big *= BigInt.from(i);
  }
  int depth(int n) => n == 0 ? 0 : 1 + depth(n - 1);
  print(numbers.length + byName.length); // expect: 450
  print(text.length); // expect: 400
  print('$big'.length); // expect: 82
  print(depth(3000)); // expect: 3000
  print(List.filled(200000, 7).length); // expect: 200000
}
