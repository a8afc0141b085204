import 'common.dart';

class Node {
  Node(this.left, this.right);

  final Node? left, right;
}

Node make(int depth) => depth > 0
    ? Node(make(depth - 1), make(depth - 1))
    : Node(null, null);

int count(Node node) {
  final left = node.left;
  return left == null ? 1 : 1 + count(left) + count(node.right!);
}

int run(int most) {
  const least = 4;
  var sum = count(make(most + 1));
  final keep = make(most);
  for (var depth = least; depth <= most; depth += 2) {
    final times = 1 << (most - depth + least);
    for (var i = 0; i < times; i++) {
      sum += count(make(depth));
    }
  }
  return sum + count(keep);
}

void main(List<String> args) {
  final n = size(args, 16);
  final clock = Stopwatch()..start();
  final result = run(n);
  report('binary_trees', result, clock..stop());
}
