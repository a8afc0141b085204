// Generic trees: builders by cascades, visitors with a result type, folds, zippers,
// iteration in several orders, and a trie that completes words.
abstract interface class Visitor<R> {
  R visitElement(Element element);
  R visitText(Text text);
}

abstract class Node {
  const Node();
  R accept<R>(Visitor<R> visitor);
}

class Text extends Node {
  const Text(this.value);
  final String value;
  @override
  R accept<R>(Visitor<R> visitor) => visitor.visitText(this);
}

class Element extends Node {
  Element(this.tag);
  final String tag;
  final Map<String, String> attributes = {};
  final List<Node> children = [];

  void text(Object value) => children.add(Text('$value'));
  void add(String tag, [void Function(Element)? build]) {
    final child = Element(tag);
    build?.call(child);
    children.add(child);
  }

  void operator []=(String name, Object value) => attributes[name] = '$value';
  @override
  R accept<R>(Visitor<R> visitor) => visitor.visitElement(this);
}

class Printer implements Visitor<void> {
  final StringBuffer _out = StringBuffer();
  int _depth = 0;

  void _line(String text) => _out.writeln('${'  ' * _depth}$text');
  @override
  void visitText(Text text) => _line(text.value);
  @override
  void visitElement(Element e) {
    final attributes =
        e.attributes.entries.map((a) => ' ${a.key}="${a.value}"').join();
    if (e.children.isEmpty) return _line('<${e.tag}$attributes/>');
    _line('<${e.tag}$attributes>');
    _depth++;
    for (final child in e.children) {
      child.accept(this);
    }
    _depth--;
    _line('</${e.tag}>');
  }

  @override
  String toString() => _out.toString().trimRight();
}

// A visitor out of two functions.
class Fold<R> implements Visitor<R> {
  const Fold({required this.text, required this.element});
  final R Function(Text) text;
  final R Function(Element, Iterable<R> children) element;
  @override
  R visitText(Text node) => text(node);
  @override
  R visitElement(Element node) =>
      element(node, node.children.map((c) => c.accept(this)));
}

class Rename implements Visitor<Node> {
  Rename(this.names);
  final Map<String, String> names;
  @override
  Node visitText(Text text) => text;
  @override
  Node visitElement(Element e) => Element(names[e.tag] ?? e.tag)
    ..attributes.addAll(e.attributes)
    ..children.addAll(e.children.map((c) => c.accept(this)));
}

class Tree<T extends Comparable<T>> extends Iterable<T> {
  Branch<T>? _root;

  bool add(T value) {
    Branch<T>? at = _root;
    if (at == null) {
      _root = Branch(value);
      return true;
    }
    while (true) {
      final side = value.compareTo(at!.value);
      if (side == 0) return false;
      final next = side < 0 ? at.left : at.right;
      if (next == null) {
        side < 0 ? at.left = Branch(value) : at.right = Branch(value);
        return true;
      }
      at = next;
    }
  }

  @override
  Iterator<T> get iterator => _inOrder(_root).iterator;
  Iterable<T> _inOrder(Branch<T>? b) sync* {
    if (b == null) return;
    yield* _inOrder(b.left);
    yield b.value;
    yield* _inOrder(b.right);
  }

  Iterable<T> get byLevels sync* {
    var level = [?_root];
    while (level.isNotEmpty) {
      yield* level.map((b) => b.value);
      level = [for (final b in level) ...[?b.left, ?b.right]];
    }
  }

  int get height {
    int of(Branch<T>? b) => switch (b) {
          null => 0,
          Branch(:final left, :final right) =>
            1 + [of(left), of(right)].reduce((a, b) => a > b ? a : b),
        };
    return of(_root);
  }
}

class Branch<T> {
  Branch(this.value);
  final T value;
  Branch<T>? left, right;
}

class Trie {
  final Map<String, Trie> _next = {};
  bool _isWord = false;

  void add(String word) => (word.split('').fold(
      this, (Trie node, c) => node._next[c] ??= Trie()))._isWord = true;

  Iterable<String> complete(String prefix) sync* {
    Trie? node = this;
    for (final c in prefix.split('')) {
      node = node?._next[c];
    }
    if (node != null) yield* node._words(prefix);
  }

  Iterable<String> _words(String so) sync* {
    if (_isWord) yield so;
    for (final c in _next.keys.toList()..sort()) {
      yield* _next[c]!._words(so + c);
    }
  }
}

void main() {
  final page = Element('page')
    ..['lang'] = 'en'
    ..add('head', (head) => head.add('title', (t) => t.text('Trees')))
    ..add('list', (list) {
      for (final n in [1, 2]) {
        list.add('item', (item) => item
          ..['n'] = n
          ..text('item $n'));
      }
    })
    ..add('end');
  final printer = Printer();
  page.accept(printer);
  print(printer);
  // expect: <page lang="en">
  // expect:   <head>
  // expect:     <title>
  // expect:       Trees
  // expect:     </title>
  // expect:   </head>
  // expect:   <list>
  // expect:     <item n="1">
  // expect:       item 1
  // expect:     </item>
  // expect:     <item n="2">
  // expect:       item 2
  // expect:     </item>
  // expect:   </list>
  // expect:   <end/>
  // expect: </page>
  final depth = Fold<int>(
      text: (_) => 1, element: (_, all) => 1 + all.fold(0, (a, b) => a > b ? a : b));
  print(page.accept(depth)); // expect: 4
  final words = Fold<List<String>>(
      text: (t) => t.value.split(' '), element: (_, all) => [for (final l in all) ...l]);
  print(page.accept(words)); // expect: [Trees, item, 1, item, 2]
  final outline = Fold<String>(
      text: (_) => '.', element: (e, all) => '${e.tag}(${all.join()})');
  print(page.accept(Rename({'item': 'li', 'list': 'ul'})).accept(outline));
  // expect: page(head(title(.))ul(li(.)li(.))end())

  final tree = Tree<num>();
  print([5, 2, 8, 2, 9.5, 1, 7].map(tree.add).toList());
  // expect: [true, true, true, false, true, true, true]
  print((tree.toList(), tree.height)); // expect: ([1, 2, 5, 7, 8, 9.5], 3)
  print(tree.byLevels.toList()); // expect: [5, 2, 8, 1, 7, 9.5]
  print((tree.first, tree.contains(7), tree.where((n) => n > 6))); // expect: (1, true, (7, 8, 9.5))
  print(Tree<String>().byLevels.isEmpty); // expect: true

  final trie = Trie();
  'car card care cat dog'.split(' ').forEach(trie.add);
  print(trie.complete('car').toList()); // expect: [car, card, care]
  print(trie.complete('').length); // expect: 5
  print(trie.complete('x').toList()); // expect: []
}
