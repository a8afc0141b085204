// A generic cache over a linked list of entries, with bounded type arguments.
class _Entry<K, V> {
  _Entry(this.key, this.value);

  final K key;
  V value;
  _Entry<K, V>? newer, older;
}

class LruCache<K extends Object, V> {
  LruCache(this.capacity, {void Function(K, V)? onEvict}) : _onEvict = onEvict;

  final int capacity;
  final void Function(K, V)? _onEvict;
  final Map<K, _Entry<K, V>> _entries = {};
  _Entry<K, V>? _newest, _oldest;

  int get length => _entries.length;

  V? operator [](K key) {
    final entry = _entries[key];
    if (entry == null) return null;
    _unlink(entry);
    _push(entry);
    return entry.value;
  }

  void operator []=(K key, V value) {
    final old = _entries.remove(key);
    if (old != null) _unlink(old);
    final entry = _Entry<K, V>(key, value);
    _entries[key] = entry;
    _push(entry);
    if (length > capacity) {
      final last = _oldest!;
      _unlink(last);
      _entries.remove(last.key);
      _onEvict?.call(last.key, last.value);
    }
  }

  V putIfAbsent(K key, V Function() make) => this[key] ??= make();

  Iterable<K> get keys sync* {
    for (var e = _newest; e != null; e = e.older) {
      yield e.key;
    }
  }

  void _push(_Entry<K, V> entry) {
    entry
      ..older = _newest
      ..newer = null;
    _newest?.newer = entry;
    _newest = entry;
    _oldest ??= entry;
  }

  void _unlink(_Entry<K, V> entry) {
    final _Entry(:newer, :older) = entry;
    if (newer == null) {
      _newest = older;
    } else {
      newer.older = older;
    }
    if (older == null) {
      _oldest = newer;
    } else {
      older.newer = newer;
    }
  }
}

class CountingCache<V> extends LruCache<String, V> {
  CountingCache(super.capacity) : super(onEvict: null);

  int hits = 0;

  @override
  V? operator [](String key) {
    final value = super[key];
    if (value != null) hits++;
    return value;
  }
}

void main() {
  final evicted = <String>[];
  final cache = LruCache<String, int>(2, onEvict: (k, v) => evicted.add('$k=$v'));
  cache['a'] = 1;
  cache['b'] = 2;
  print(cache['a']);
  cache['c'] = 3;
  print(cache.keys.toList());
  print(evicted);
  print(cache['b']);
  print(cache.putIfAbsent('d', () => 4));
  print(cache.putIfAbsent('d', () => throw StateError('not called')));
  print((cache.length, evicted));
  final counting = CountingCache<List<int>>(3);
  counting.putIfAbsent('x', () => [1]).add(2);
  print(counting['x']);
  print(counting['y']);
  print(counting.hits);
  print(counting is LruCache<String, Object?>);
  print(counting is LruCache<String, List<String>>);
}

// expect: 1
// expect: [c, a]
// expect: [b=2]
// expect: null
// expect: 4
// expect: 4
// expect: (2, [b=2, a=1])
// expect: [1, 2]
// expect: null
// expect: 1
// expect: true
// expect: false
