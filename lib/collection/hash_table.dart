part of dart.collection;

// The table under every hash map and set: entries in the order they were
// made, and an index from hash to entry.
//
// _entries holds `_stride` references an entry: key, and the value of a map. A
// removed entry has _gone() as its key. _index is a power of two of halves of
// words; 0 is free, others hold the number of an entry + 1 and, above, bits of
// its hash; the half of a removed entry stays. src/natives/hash_table.c knows the
// fields of this class, reads and writes the index, and does what keys need that
// are integers, strings, or compared by identity. Identity hashes survive
// copying, so a table that was sent in a message is as good as before.
abstract base class _HashTable<K> {
  _HashTable(this._stride, this._kind);

  final int _stride;
  final int _kind; // how keys are compared
  List<int> _index = _noIndex;
  List<Object?> _entries = _noEntries;
  int _used = 0; // entries made, removed ones included
  int _length = 0;
  int _changes = 0;

  static const int _plain = 0, _identity = 1, _custom = 2;
  static final List<int> _noIndex = List.filled(1, 0);
  static final List<Object?> _noEntries = List.filled(0, null);

  int _hash(Object? key);
  bool _equals(Object? stored, Object? key);

  // The entry's number of key, or -1.
  int _find(Object? key) => _search(key, _hash(key));

  int _search(Object? key, int hash) {
    var found = _probe(this, hash, -1);
    while (found >= 0) {
      final entry = found & 0xffffffff;
      if (_equals(_entries[entry * _stride], key)) return entry;
      found = _probe(this, hash, found >> 32);
    }
    return -1;
  }

  // The entry's number of key, made when it is not there: then it is the last,
  // _length has grown, and its key is set.
  int _findOrAdd(K key) {
    final hash = _hash(key);
    final found = _search(key, hash);
    if (found >= 0) return found;
    for (;;) {
      final entry = _link(this, key, hash);
      if (entry >= 0) return entry;
      _grow();
    }
  }

  void _removeEntry(int entry) {
    final at = entry * _stride;
    _entries[at] = _gone();
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
    final stride = _stride, used = _used, old = _entries;
    var capacity = 4;
    while (capacity * 3 < _length * 4 + 4) {
      capacity *= 2;
    }
    if (capacity > 1 << 30) throw const OutOfMemoryError();
    final entries = List<Object?>.filled(capacity * stride, null);
    final index = List<int>.filled(capacity, 0);
    var at = 0, count = 0;
    while (at < used) {
      final moved = _move(old, entries, index, stride, _kind, used, at, count);
      if (moved >> 32 != at) {
        at = moved >> 32;
        count = moved & 0xffffffff;
        continue;
      }
      final key = old[at * stride];
      _place(index, _hash(key), count);
      entries[count * stride] = key;
      if (stride == 2) entries[count * 2 + 1] = old[at * 2 + 1];
      at++;
      count++;
    }
    if (count != used) _changes++;
    _entries = entries;
    _index = index;
    _used = count;
  }

  // The number of the first live entry from `entry` on; _used when none.
  int _next(int entry) {
    final used = _used, stride = _stride, entries = _entries;
    while (entry < used && identical(entries[entry * stride], _gone())) {
      entry++;
    }
    return entry;
  }
}

// The mark of a removed entry, which is no object that a program can have.
external Object _gone();
external T _unsafeCast<T>(Object? value);

// The next entry whose key may have the hash, in the lower half, and its place
// in the index; -1: none. `at` is -1 or the place of the one before.
external int _probe(_HashTable table, int hash, int at);
// Appends a key that is not there; its entry, or -1: the table is full.
external int _link(_HashTable table, Object? key, int hash);
// Enters an entry in an index that does not have it.
external void _place(List<int> index, int hash, int entry);
// Moves some live entries from number `at` on; `count` were moved before. Where
// to go on and how many, in two halves; it stops at a key that Dart must hash.
external int _move(List<Object?> from, List<Object?> to, List<int> index,
    int stride, int kind, int used, int at, int count);
// The entry's number, -1 when the key is not there, -2: this is for Dart.
external int _findPlain(_HashTable table, Object? key);

// What the natives of maps and sets leave to Dart.
Object? _mapGet(_TableMap map, Object? key) {
  final entry = map._search(key, map._hash(key));
  return entry < 0 ? null : map._entries[entry * 2 + 1];
}

void _mapPut(_TableMap map, Object? key, Object? value) => map._put(key, value);
Object? _mapRemove(_TableMap map, Object? key) => map._remove(key);
bool _setAdd(_TableSet set, Object? value) => set._add(value);
bool _setRemove(_TableSet set, Object? value) => set._remove(value);
bool _tableContains(_HashTable table, Object? key) =>
    table._search(key, table._hash(key)) >= 0;

class _KeyIterator<E> implements Iterator<E> {
  _KeyIterator(this._table, this._part) : _changes = _table._changes;

  final _HashTable _table;
  final int _part; // 0 the key, 1 the value
  final int _changes;
  int _entry = 0;
  E? _current;

  E get current => _unsafeCast<E>(_current);
  external bool moveNext();
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
