// Dijkstra's algorithm over a generic graph with a binary heap of our own.
class PriorityQueue<E> {
  PriorityQueue(this._compare);

  final Comparator<E> _compare;
  final List<E> _heap = [];

  bool get isNotEmpty => _heap.isNotEmpty;
  int get length => _heap.length;

  void add(E element) {
    _heap.add(element);
    var i = _heap.length - 1;
    while (i > 0) {
      final parent = (i - 1) >> 1;
      if (_compare(_heap[parent], element) <= 0) break;
      _heap[i] = _heap[parent];
      i = parent;
    }
    _heap[i] = element;
  }

  E removeFirst() {
    if (_heap.isEmpty) throw StateError('No element');
    final first = _heap.first, last = _heap.removeLast();
    if (_heap.isEmpty) return first;
    var i = 0;
    for (var child = 1; child < _heap.length; child = 2 * i + 1) {
      if (child + 1 < _heap.length &&
          _compare(_heap[child + 1], _heap[child]) < 0) {
        child++;
      }
      if (_compare(last, _heap[child]) <= 0) break;
      _heap[i] = _heap[child];
      i = child;
    }
    _heap[i] = last;
    return first;
  }
}

class Graph<N extends Comparable<N>> {
  final Map<N, Map<N, int>> _edges = {};

  void connect(N a, N b, int length, {bool bothWays = true}) {
    (_edges[a] ??= {})[b] = length;
    _edges[b] ??= {};
    if (bothWays) _edges[b]![a] = length;
  }

  ({int length, List<N> nodes})? path(N from, N to) {
    final distance = {from: 0}, before = <N, N>{}, done = <N>{};
    final open = PriorityQueue<(int, N)>((a, b) {
      final byLength = a.$1.compareTo(b.$1);
      return byLength != 0 ? byLength : a.$2.compareTo(b.$2);
    })..add((0, from));
    while (open.isNotEmpty) {
      final (length, node) = open.removeFirst();
      if (!done.add(node)) continue;
      if (node == to) {
        final nodes = [to];
        for (N? at = before[to]; at != null; at = before[at]) {
          nodes.add(at);
        }
        return (length: length, nodes: nodes.reversed.toList());
      }
      for (final MapEntry(key: next, value: step)
          in _edges[node]?.entries ?? const Iterable.empty()) {
        final total = length + (step as int);
        if (total < (distance[next] ?? 1 << 40)) {
          distance[next as N] = total;
          before[next] = node;
          open.add((total, next));
        }
      }
    }
    return null;
  }
}

class Cell implements Comparable<Cell> {
  const Cell(this.x, this.y);
  final int x, y;

  @override
  int compareTo(Cell other) => (y * 100 + x).compareTo(other.y * 100 + other.x);
  @override
  bool operator ==(Object other) => other is Cell && x == other.x && y == other.y;
  @override
  int get hashCode => Object.hash(x, y);
  @override
  String toString() => '$x:$y';
}

void main() {
  final queue = PriorityQueue<num>(Comparable.compare);
  [5, 3.5, 9, -1, 4, 3, 8.25, 3].forEach(queue.add);
  print(drain(queue));
  // expect: [-1, 3, 3, 3.5, 4, 5, 8.25, 9]
  try {
    queue.removeFirst();
  } on StateError catch (error) {
    print(error); // expect: Bad state: No element
  }

  final roads = Graph<String>()
    ..connect('Aachen', 'Bonn', 91)
    ..connect('Aachen', 'Celle', 400)
    ..connect('Bonn', 'Celle', 330)
    ..connect('Bonn', 'Dresden', 560)
    ..connect('Celle', 'Dresden', 320)
    ..connect('Dresden', 'Emden', 100, bothWays: false);
  print(roads.path('Aachen', 'Dresden'));
  // expect: (length: 651, nodes: [Aachen, Bonn, Dresden])
  print(roads.path('Aachen', 'Emden')?.length); // expect: 751
  print(roads.path('Emden', 'Aachen')); // expect: null
  print(roads.path('Bonn', 'Bonn')); // expect: (length: 0, nodes: [Bonn])

  const maze = ['S.#.', '.##.', '...E'];
  final grid = Graph<Cell>();
  for (final (y, row) in maze.indexed) {
    for (var x = 0; x < row.length; x++) {
      if (row[x] == '#') continue;
      for (final (dx, dy) in const [(1, 0), (0, 1)]) {
        if (y + dy < maze.length && x + dx < row.length &&
            maze[y + dy][x + dx] != '#') {
          grid.connect(Cell(x, y), Cell(x + dx, y + dy), 1);
        }
      }
    }
  }
  print(grid.path(const Cell(0, 0), const Cell(3, 0))?.nodes.join(' '));
  // expect: 0:0 0:1 0:2 1:2 2:2 3:2 3:1 3:0
}

List<num> drain(PriorityQueue<num> queue) {
  final result = <num>[];
  while (queue.isNotEmpty) {
    result.add(queue.removeFirst());
  }
  return result;
}
