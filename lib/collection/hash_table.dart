part of dart.collection;

// The table under every hash map and set: entries in the order they were
// made, and an index from hash to entry.
//
// _entries holds `_stride` references an entry: key, and the value of a map. A
// removed entry has _gone as its key. _index is a power of two of words, each
// hash's upper bits above 32 bits of entry number + 1; 0 is free, and the word
// of a removed entry stays (its entry is _gone). Identity hashes survive
// copying, so a table that was sent in a message is as good as before.
abstract base class _HashTable<K> {
  _HashTable(this._stride);

  final int _stride;
  List<int> _index = _noIndex;
  List<Object?> _entries = _noEntries;
  int _used = 0; // entries made, removed ones included
  int _length = 0;
  int _changes = 0;

  static final List<int> _noIndex = List.filled(1, 0);
  static final List<Object?> _noEntries = List.filled(0, null);
  static const Object _gone = _Gone();

  int _hash(Object? key);
  bool _equals(Object? stored, Object? key);

  // The entry's number of key, or -1.
  int _find(Object? key) {
    final hash = _spread(_hash(key));
    final index = _index;
    final mask = index.length - 1;
    final tag = hash & ~0xffffffff;
    var at = hash & mask;
    for (;;) {
      final word = index[at];
      if (word == 0) return -1;
      if (word & ~0xffffffff == tag) {
        final entry = (word & 0xffffffff) - 1;
        final stored = _entries[entry * _stride];
        if (identical(stored, key) || _equals(stored, key)) return entry;
      }
      at = (at + 1) & mask;
    }
  }

  // The entry's number of key, made when it is not there: then it is the last,
  // _length has grown, and its key is set.
  int _findOrAdd(K key) {
    final hash = _spread(_hash(key));
    final tag = hash & ~0xffffffff;
    for (;;) {
      final index = _index;
      final mask = index.length - 1;
      var at = hash & mask;
      for (;;) {
        final word = index[at];
        if (word == 0) break;
        if (word & ~0xffffffff == tag) {
          final entry = (word & 0xffffffff) - 1;
          final stored = _entries[entry * _stride];
          if (identical(stored, key) || _equals(stored, key)) return entry;
        }
        at = (at + 1) & mask;
      }
      final entry = _used;
      if (entry * _stride < _entries.length) {
        index[at] = tag | (entry + 1);
        _entries[entry * _stride] = key;
        _used = entry + 1;
        _length++;
        _changes++;
        return entry;
      }
      _grow();
    }
  }

  // Multiplies, so that keys that differ in few bits are far apart; the high
  // half is compared before the keys are.
  static int _spread(int hash) {
    final product = hash * 0x9e3779b97f4a7c15;
    return product ^ (product >>> 29);
  }

  void _removeEntry(int entry) {
    final at = entry * _stride;
    _entries[at] = _gone;
    if (_stride == 2) _entries[at + 1] = null;
    _length--;
    _changes++;
    if (_length == 0) _clear();
  }

  void _clear() {
    _index = _noIndex;
    _entries = _noEntries;
    _used = 0;
    _length = 0;
    _changes++;
  }

  // Doubles the table, or only drops removed entries when they are many.
  void _grow() {
    final stride = _stride;
    var capacity = 4;
    while (capacity * 3 < _length * 4 + 4) {
      capacity *= 2;
    }
    final entries = List<Object?>.filled(capacity * stride, null);
    final index = List<int>.filled(capacity * 2, 0);
    final count = _moveEntries(entries, index);
    if (count != _used) _changes++;
    _entries = entries;
    _index = index;
    _used = count;
  }

  int _moveEntries(List<Object?> entries, List<int> index) {
    final stride = _stride;
    final old = _entries;
    final mask = index.length - 1;
    var count = 0;
    for (var i = 0; i < _used; i++) {
      final key = old[i * stride];
      if (identical(key, _gone)) continue;
      entries[count * stride] = key;
      if (stride == 2) entries[count * 2 + 1] = old[i * 2 + 1];
      final hash = _spread(_hash(key));
      var at = hash & mask;
      while (index[at] != 0) {
        at = (at + 1) & mask;
      }
      index[at] = hash & ~0xffffffff | (count + 1);
      count++;
    }
    return count;
  }

  // The number of the first live entry from `entry` on; _used when none.
  int _next(int entry) {
    final used = _used, stride = _stride;
    while (entry < used && identical(_entries[entry * stride], _gone)) {
      entry++;
    }
    return entry;
  }
}

class _Gone {
  const _Gone();
}

// For tables that go by == and hashCode: integers and strings among their like.
// The entry's number, -1 when the key is not there, -2: this is for Dart.
external int _findPlain(
    Object? key, List<int> index, List<Object?> entries, int stride);
// The entry's number, -1 when the table is full, -2: this is for Dart, -3: the
// key has become entry `used`.
external int _addPlain(Object? key, List<int> index, List<Object?> entries,
    int stride, int used);
// Moves live entries to an empty table; how many, or -2: this is for Dart.
external int _movePlain(List<Object?> from, List<Object?> to, List<int> index,
    int stride, int used);

base mixin _PlainKeys<K> on _HashTable<K> {
  int _find(Object? key) {
    final found = _findPlain(key, _index, _entries, _stride);
    return found != -2 ? found : super._find(key);
  }

  int _findOrAdd(K key) {
    for (;;) {
      final used = _used;
      final found = _addPlain(key, _index, _entries, _stride, used);
      if (found >= 0) return found;
      if (found == -3) {
        _used = used + 1;
        _length++;
        _changes++;
        return used;
      }
      if (found == -2) return super._findOrAdd(key);
      _grow();
    }
  }

  int _moveEntries(List<Object?> entries, List<int> index) {
    final count = _movePlain(_entries, entries, index, _stride, _used);
    return count >= 0 ? count : super._moveEntries(entries, index);
  }
}

class _KeyIterator<E> implements Iterator<E> {
  _KeyIterator(this._table, this._part) : _changes = _table._changes;

  final _HashTable _table;
  final int _part; // 0 the key, 1 the value
  final int _changes;
  int _entry = 0;
  E? _current;

  E get current => _current as E;

  bool moveNext() {
    final table = _table;
    if (table._changes != _changes) throw ConcurrentModificationError(table);
    final entry = table._next(_entry);
    if (entry >= table._used) {
      _current = null;
      return false;
    }
    _current = table._entries[entry * table._stride + _part] as E;
    _entry = entry + 1;
    return true;
  }
}

class _TableIterable<E> extends Iterable<E> {
  _TableIterable(this._table, this._part);

  final _HashTable _table;
  final int _part;

  int get length => _table._length;
  bool get isEmpty => _table._length == 0;
  Iterator<E> get iterator => _KeyIterator<E>(_table, _part);

  bool contains(Object? element) {
    if (_part == 0) return _table._find(element) >= 0;
    return super.contains(element);
  }
}
