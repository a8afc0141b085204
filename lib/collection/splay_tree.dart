part of dart.collection;

// A binary tree that moves what is looked for to its root (top-down splaying).
class _SplayNode<K> {
  _SplayNode(this.key);

  final K key;
  _SplayNode<K>? left, right;
  Object? value;
}

int _compareKeys(dynamic a, dynamic b) =>
    Comparable.compare(a as Comparable, b as Comparable);

bool _isAnyKey<K>(Object? key) => key is K;

class _SplayTree<K> {
  _SplayTree(this.compare, this.isValid);

  final int Function(K, K) compare;
  final bool Function(Object?) isValid;
  _SplayNode<K>? root;
  int count = 0;
  int changes = 0; // of the keys
  int splays = 0; // of the shape

  // Brings the key, or a neighbour of where it would be, to the root; returns
  // how the root's key compares with it. The tree is not empty.
  int splay(K key) {
    var node = root!;
    final first = compare(node.key, key);
    if (first == 0) return 0;
    var order = first;
    final header = _SplayNode<K>(node.key);
    var leftMost = header, rightMost = header; // ends of the two side trees
    for (;;) {
      if (order > 0) {
        var child = node.left;
        if (child == null) break;
        order = compare(child.key, key);
        if (order > 0) {
          node.left = child.right;
          child.right = node;
          node = child;
          final next = node.left;
          if (next == null) break;
          rightMost.left = node;
          rightMost = node;
          node = next;
          order = compare(node.key, key);
        } else {
          rightMost.left = node;
          rightMost = node;
          node = child;
        }
      } else if (order < 0) {
        var child = node.right;
        if (child == null) break;
        order = compare(child.key, key);
        if (order < 0) {
          node.right = child.left;
          child.left = node;
          node = child;
          final next = node.right;
          if (next == null) break;
          leftMost.right = node;
          leftMost = node;
          node = next;
          order = compare(node.key, key);
        } else {
          leftMost.right = node;
          leftMost = node;
          node = child;
        }
      } else {
        break;
      }
    }
    leftMost.right = node.left;
    rightMost.left = node.right;
    node.left = header.right;
    node.right = header.left;
    root = node;
    splays++;
    return order;
  }

  _SplayNode<K>? find(Object? key) {
    if (!isValid(key)) return null;
    if (root == null) {
      compare(key as K, key); // what is no key is found out
      return null;
    }
    return splay(key as K) == 0 ? root : null;
  }

  // Puts a node for the key at the root; true when it is new.
  bool insert(K key) {
    if (root == null) {
      compare(key, key); // what is no key is found out now
      root = _SplayNode<K>(key);
      count++;
      changes++;
      return true;
    }
    final order = splay(key);
    if (order == 0) return false;
    final old = root!, node = _SplayNode<K>(key);
    if (order < 0) {
      node.left = old;
      node.right = old.right;
      old.right = null;
    } else {
      node.right = old;
      node.left = old.left;
      old.left = null;
    }
    root = node;
    count++;
    changes++;
    return true;
  }

  _SplayNode<K>? remove(Object? key) {
    final node = find(key);
    if (node == null) return null;
    count--;
    changes++;
    final left = node.left, right = node.right;
    if (left == null) {
      root = right;
    } else {
      root = left;
      splay(node.key);
      root!.right = right;
    }
    return node;
  }

  _SplayNode<K>? get first {
    var node = root;
    while (node?.left != null) {
      node = node!.left;
    }
    return node;
  }

  _SplayNode<K>? get last {
    var node = root;
    while (node?.right != null) {
      node = node!.right;
    }
    return node;
  }

  // The nearest key on one side, or the key itself when `inclusive`.
  _SplayNode<K>? before(K key, bool inclusive) {
    if (root == null) return null;
    final order = splay(key);
    if (order < 0 || order == 0 && inclusive) return root;
    var node = root!.left;
    while (node?.right != null) {
      node = node!.right;
    }
    return node;
  }

  _SplayNode<K>? after(K key, bool inclusive) {
    if (root == null) return null;
    final order = splay(key);
    if (order > 0 || order == 0 && inclusive) return root;
    var node = root!.right;
    while (node?.left != null) {
      node = node!.left;
    }
    return node;
  }

  void clear() {
    root = null;
    count = 0;
    changes++;
  }
}

class _SplayIterator<K, T> implements Iterator<T> {
  _SplayIterator(this._tree, this._read, this._owner)
      : _changes = _tree.changes,
        _splays = _tree.splays {
    _descend(_tree.root);
  }

  final _SplayTree<K> _tree;
  final T Function(_SplayNode<K>) _read;
  final Object _owner;
  final int _changes;
  int _splays;
  final List<_SplayNode<K>> _path = <_SplayNode<K>>[];
  _SplayNode<K>? _node;

  T get current => _node == null ? null as T : _read(_node!);

  void _descend(_SplayNode<K>? node) {
    while (node != null) {
      _path.add(node);
      node = node.left;
    }
  }

  bool moveNext() {
    if (_changes != _tree.changes) throw ConcurrentModificationError(_owner);
    final last = _node;
    if (_splays != _tree.splays && (last != null || _path.isNotEmpty)) {
      // The shape is another: the path to the next key is found anew.
      _path.clear();
      if (last == null) {
        _descend(_tree.root);
      } else {
        _tree.splay(last.key);
        _descend(_tree.root!.right);
      }
      _splays = _tree.splays;
    } else if (last != null) {
      _descend(last.right);
    }
    if (_path.isEmpty) {
      _node = null;
      return false;
    }
    _node = _path.removeLast();
    return true;
  }
}

class _SplayIterable<K, T> extends Iterable<T> {
  _SplayIterable(this._tree, this._read, this._owner);

  final _SplayTree<K> _tree;
  final T Function(_SplayNode<K>) _read;
  final Object _owner;

  int get length => _tree.count;
  bool get isEmpty => _tree.count == 0;
  Iterator<T> get iterator => _SplayIterator<K, T>(_tree, _read, _owner);
}

class SplayTreeMap<K, V> extends MapBase<K, V> {
  SplayTreeMap([int compare(K key1, K key2)?, bool isValidKey(dynamic potentialKey)?])
      : _tree = _SplayTree<K>(compare ?? _compareKeys as int Function(K, K),
            isValidKey ?? _isAnyKey<K>);

  factory SplayTreeMap.from(Map<dynamic, dynamic> other,
      [int compare(K key1, K key2)?, bool isValidKey(dynamic potentialKey)?]) {
    final result = SplayTreeMap<K, V>(compare, isValidKey);
    other.forEach((key, value) {
      result[key as K] = value as V;
    });
    return result;
  }

  factory SplayTreeMap.of(Map<K, V> other,
          [int compare(K key1, K key2)?,
          bool isValidKey(dynamic potentialKey)?]) =>
      SplayTreeMap<K, V>(compare, isValidKey)..addAll(other);

  factory SplayTreeMap.fromIterable(Iterable iterable,
      {K key(dynamic element)?,
      V value(dynamic element)?,
      int compare(K key1, K key2)?,
      bool isValidKey(dynamic potentialKey)?}) {
    final result = SplayTreeMap<K, V>(compare, isValidKey);
    _fillFromIterable(result, iterable, key, value);
    return result;
  }

  factory SplayTreeMap.fromIterables(Iterable<K> keys, Iterable<V> values,
      [int compare(K key1, K key2)?, bool isValidKey(dynamic potentialKey)?]) {
    final result = SplayTreeMap<K, V>(compare, isValidKey);
    _fillFromIterables(result, keys, values);
    return result;
  }

  final _SplayTree<K> _tree;

  static K _keyOf<K>(_SplayNode<K> node) => node.key;

  V? operator [](Object? key) => _tree.find(key)?.value as V?;

  void operator []=(K key, V value) {
    _tree.insert(key);
    _tree.root!.value = value;
  }

  V? remove(Object? key) => _tree.remove(key)?.value as V?;
  bool containsKey(Object? key) => _tree.find(key) != null;

  bool containsValue(Object? value) {
    for (final own in values) {
      if (own == value) return true;
    }
    return false;
  }

  V putIfAbsent(K key, V ifAbsent()) {
    final found = _tree.find(key);
    if (found != null) return found.value as V;
    final changes = _tree.changes;
    final value = ifAbsent();
    if (changes != _tree.changes) throw ConcurrentModificationError(key);
    this[key] = value;
    return value;
  }

  V update(K key, V update(V value), {V ifAbsent()?}) {
    final found = _tree.find(key);
    if (found == null) {
      if (ifAbsent == null) {
        throw ArgumentError.value(key, 'key', 'Key not in map.');
      }
      return putIfAbsent(key, ifAbsent);
    }
    final changes = _tree.changes;
    final value = update(found.value as V);
    if (changes != _tree.changes) throw ConcurrentModificationError(key);
    found.value = value;
    return value;
  }

  void updateAll(V update(K key, V value)) {
    for (final node in _nodes) {
      node.value = update(node.key, node.value as V);
    }
  }

  Iterable<_SplayNode<K>> get _nodes =>
      _SplayIterable<K, _SplayNode<K>>(_tree, (node) => node, this);

  void forEach(void f(K key, V value)) {
    for (final node in _nodes) {
      f(node.key, node.value as V);
    }
  }

  int get length => _tree.count;
  bool get isEmpty => _tree.count == 0;
  bool get isNotEmpty => _tree.count != 0;
  void clear() => _tree.clear();

  Iterable<K> get keys =>
      _SplayIterable<K, K>(_tree, (node) => node.key, this);
  Iterable<V> get values =>
      _SplayIterable<K, V>(_tree, (node) => node.value as V, this);
  Iterable<MapEntry<K, V>> get entries => _SplayIterable<K, MapEntry<K, V>>(
      _tree, (node) => MapEntry<K, V>(node.key, node.value as V), this);

  K? firstKey() => _tree.first?.key;
  K? lastKey() => _tree.last?.key;
  K? lastKeyBefore(K key) {
    if (key == null) throw ArgumentError(key);
    return _tree.before(key, false)?.key;
  }

  K? firstKeyAfter(K key) {
    if (key == null) throw ArgumentError(key);
    return _tree.after(key, false)?.key;
  }
}

class SplayTreeSet<E> extends SetBase<E> {
  SplayTreeSet([int compare(E key1, E key2)?, bool isValidKey(dynamic potentialKey)?])
      : _tree = _SplayTree<E>(compare ?? _compareKeys as int Function(E, E),
            isValidKey ?? _isAnyKey<E>);

  factory SplayTreeSet.from(Iterable elements,
      [int compare(E key1, E key2)?, bool isValidKey(dynamic potentialKey)?]) {
    final result = SplayTreeSet<E>(compare, isValidKey);
    for (final element in elements) {
      result.add(element as E);
    }
    return result;
  }

  factory SplayTreeSet.of(Iterable<E> elements,
          [int compare(E key1, E key2)?,
          bool isValidKey(dynamic potentialKey)?]) =>
      SplayTreeSet<E>(compare, isValidKey)..addAll(elements);

  final _SplayTree<E> _tree;

  SplayTreeSet<E> _empty() =>
      SplayTreeSet<E>(_tree.compare, _tree.isValid);

  Iterator<E> get iterator =>
      _SplayIterator<E, E>(_tree, (node) => node.key, this);
  int get length => _tree.count;
  bool get isEmpty => _tree.count == 0;
  bool get isNotEmpty => _tree.count != 0;
  E get first => (_tree.first ?? (throw _noElement())).key;
  E get last => (_tree.last ?? (throw _noElement())).key;
  E get single {
    if (_tree.count == 0) throw _noElement();
    if (_tree.count > 1) throw _tooMany();
    return _tree.root!.key;
  }

  bool contains(Object? element) => _tree.find(element) != null;
  E? lookup(Object? object) => _tree.find(object)?.key;
  bool add(E value) => _tree.insert(value);
  bool remove(Object? object) => _tree.remove(object) != null;
  void clear() => _tree.clear();

  void addAll(Iterable<E> elements) {
    for (final element in elements) {
      add(element);
    }
  }

  void removeAll(Iterable<Object?> elements) {
    for (final element in elements) {
      remove(element);
    }
  }

  void retainAll(Iterable<Object?> elements) {
    final kept = _empty();
    for (final element in elements) {
      final own = lookup(element);
      if (own != null || contains(element)) kept.add(own as E);
    }
    if (kept.length != length) {
      clear();
      addAll(kept);
    }
  }

  Set<E> toSet() => _empty()..addAll(this);

  Set<E> intersection(Set<Object?> other) {
    final result = _empty();
    for (final element in this) {
      if (other.contains(element)) result.add(element);
    }
    return result;
  }

  Set<E> difference(Set<Object?> other) {
    final result = _empty();
    for (final element in this) {
      if (!other.contains(element)) result.add(element);
    }
    return result;
  }

  Set<E> union(Set<E> other) => _empty()
    ..addAll(this)
    ..addAll(other);

  String toString() => Iterable.iterableToFullString(this, '{', '}');
}
