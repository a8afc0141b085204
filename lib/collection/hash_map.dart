part of dart.collection;

abstract interface class HashMap<K, V> implements Map<K, V> {
  factory HashMap(
      {bool equals(K key1, K key2)?,
      int hashCode(K key)?,
      bool isValidKey(dynamic potentialKey)?}) = _TableMap<K, V>.by;
  factory HashMap.identity() = _IdentityHashMap<K, V>;
  factory HashMap.from(Map<dynamic, dynamic> other) = _TableMap<K, V>.from;
  factory HashMap.of(Map<K, V> other) = _TableMap<K, V>.of;
  factory HashMap.fromIterable(Iterable iterable,
      {K key(dynamic element)?,
      V value(dynamic element)?}) = _TableMap<K, V>.fromIterable;
  factory HashMap.fromIterables(Iterable<K> keys, Iterable<V> values) =
      _TableMap<K, V>.fromIterables;
  factory HashMap.fromEntries(Iterable<MapEntry<K, V>> entries) =
      _TableMap<K, V>.fromEntries;
}

abstract interface class LinkedHashMap<K, V> implements Map<K, V> {
  factory LinkedHashMap(
      {bool equals(K key1, K key2)?,
      int hashCode(K key)?,
      bool isValidKey(dynamic potentialKey)?}) = _TableMap<K, V>.by;
  factory LinkedHashMap.identity() = _IdentityHashMap<K, V>;
  factory LinkedHashMap.from(Map<dynamic, dynamic> other) =
      _TableMap<K, V>.from;
  factory LinkedHashMap.of(Map<K, V> other) = _TableMap<K, V>.of;
  factory LinkedHashMap.fromIterable(Iterable iterable,
      {K key(dynamic element)?,
      V value(dynamic element)?}) = _TableMap<K, V>.fromIterable;
  factory LinkedHashMap.fromIterables(Iterable<K> keys, Iterable<V> values) =
      _TableMap<K, V>.fromIterables;
  factory LinkedHashMap.fromEntries(Iterable<MapEntry<K, V>> entries) =
      _TableMap<K, V>.fromEntries;
}

void _fillFromIterable<K, V>(Map<K, V> map, Iterable iterable,
    K key(dynamic element)?, V value(dynamic element)?) {
  for (final element in iterable) {
    map[key == null ? element as K : key(element)] =
        value == null ? element as V : value(element);
  }
}

void _fillFromIterables<K, V>(
    Map<K, V> map, Iterable<K> keys, Iterable<V> values) {
  final key = keys.iterator, value = values.iterator;
  for (;;) {
    final hasKey = key.moveNext();
    if (hasKey != value.moveNext()) {
      throw ArgumentError('Iterables do not have same length.');
    }
    if (!hasKey) return;
    map[key.current] = value.current;
  }
}

abstract base class _TableMap<K, V> extends _HashTable<K>
    implements HashMap<K, V>, LinkedHashMap<K, V> {
  _TableMap(int kind) : super(2, kind);

  // What HashMap and LinkedHashMap are made by.
  factory _TableMap.by(
      {bool equals(K key1, K key2)?,
      int hashCode(K key)?,
      bool isValidKey(dynamic potentialKey)?}) {
    if (equals == null && hashCode == null && isValidKey == null) {
      return _LinkedHashMap<K, V>();
    }
    return _CustomHashMap<K, V>(equals, hashCode, isValidKey);
  }
  factory _TableMap.from(Map<dynamic, dynamic> other) {
    final result = _LinkedHashMap<K, V>();
    other.forEach((key, value) {
      result[key as K] = value as V;
    });
    return result;
  }
  factory _TableMap.of(Map<K, V> other) =>
      _LinkedHashMap<K, V>()..addAll(other);
  factory _TableMap.fromIterable(Iterable iterable,
      {K key(dynamic element)?, V value(dynamic element)?}) {
    final result = _LinkedHashMap<K, V>();
    _fillFromIterable(result, iterable, key, value);
    return result;
  }
  factory _TableMap.fromIterables(Iterable<K> keys, Iterable<V> values) {
    final result = _LinkedHashMap<K, V>();
    _fillFromIterables(result, keys, values);
    return result;
  }
  factory _TableMap.fromEntries(Iterable<MapEntry<K, V>> entries) =>
      _LinkedHashMap<K, V>()..addEntries(entries);

  int get length => _length;
  bool get isEmpty => _length == 0;
  bool get isNotEmpty => _length != 0;
  Iterable<K> get keys => _TableIterable<K>(this, 0);
  Iterable<V> get values => _TableIterable<V>(this, 1);

  void _put(K key, V value) {
    final entry = _findOrAdd(key);
    _entries[entry * 2 + 1] = value;
  }

  bool containsValue(Object? value) {
    for (var i = _next(0); i < _used; i = _next(i + 1)) {
      if (_entries[i * 2 + 1] == value) return true;
    }
    return false;
  }

  V? _remove(Object? key) {
    final entry = _find(key);
    if (entry < 0) return null;
    final value = _value(entry);
    _removeEntry(entry);
    return value;
  }

  K _key(int entry) => _unsafeCast<K>(_entries[entry * 2]);
  V _value(int entry) => _unsafeCast<V>(_entries[entry * 2 + 1]);

  V putIfAbsent(K key, V ifAbsent()) {
    final entry = _find(key);
    if (entry >= 0) return _value(entry);
    final value = ifAbsent();
    this[key] = value;
    return value;
  }

  V update(K key, V update(V value), {V ifAbsent()?}) {
    final entry = _find(key);
    if (entry >= 0) {
      final changes = _changes;
      final value = update(_value(entry));
      if (changes != _changes) {
        this[key] = value;
      } else {
        _entries[entry * 2 + 1] = value;
      }
      return value;
    }
    if (ifAbsent == null) {
      throw ArgumentError.value(key, 'key', 'Key not in map.');
    }
    return this[key] = ifAbsent();
  }

  void updateAll(V update(K key, V value)) {
    final changes = _changes;
    for (var i = _next(0); i < _used; i = _next(i + 1)) {
      final value = update(_key(i), _value(i));
      if (changes != _changes) throw ConcurrentModificationError(this);
      _entries[i * 2 + 1] = value;
    }
  }

  void forEach(void action(K key, V value)) {
    final changes = _changes;
    final entries = _entries, end = _used * 2;
    for (var i = 0; i < end; i += 2) {
      final key = entries[i];
      if (identical(key, _gone())) continue;
      action(_unsafeCast<K>(key), _unsafeCast<V>(entries[i + 1]));
      if (changes != _changes) throw ConcurrentModificationError(this);
    }
  }

  void removeWhere(bool test(K key, V value)) {
    final doomed = <int>[];
    final changes = _changes;
    for (var i = _next(0); i < _used; i = _next(i + 1)) {
      if (test(_key(i), _value(i))) doomed.add(i);
      if (changes != _changes) throw ConcurrentModificationError(this);
    }
    for (final entry in doomed) {
      _removeEntry(entry);
    }
  }

  void addAll(Map<K, V> other) {
    other.forEach((key, value) {
      this[key] = value;
    });
  }

  void addEntries(Iterable<MapEntry<K, V>> newEntries) {
    for (final entry in newEntries) {
      this[entry.key] = entry.value;
    }
  }

  void clear() {
    if (_used != 0) _clear();
  }

  Iterable<MapEntry<K, V>> get entries =>
      keys.map((key) => MapEntry<K, V>(key, this[key] as V));

  Map<K2, V2> map<K2, V2>(MapEntry<K2, V2> convert(K key, V value)) {
    final result = <K2, V2>{};
    forEach((key, value) {
      final entry = convert(key, value);
      result[entry.key] = entry.value;
    });
    return result;
  }

  Map<RK, RV> cast<RK, RV>() => Map.castFrom<K, V, RK, RV>(this);
  String toString() => MapBase.mapToString(this);
}

final class _LinkedHashMap<K, V> extends _TableMap<K, V> {
  _LinkedHashMap() : super(_HashTable._plain);

  external V? operator [](Object? key);
  external void operator []=(K key, V value);
  external bool containsKey(Object? key);
  external V? remove(Object? key);

  int _find(Object? key) {
    final found = _findPlain(this, key);
    return found != -2 ? found : _search(key, key.hashCode);
  }

  int _hash(Object? key) => key.hashCode;
  bool _equals(Object? stored, Object? key) => stored == key;
}

final class _IdentityHashMap<K, V> extends _TableMap<K, V> {
  _IdentityHashMap() : super(_HashTable._identity);

  external V? operator [](Object? key);
  external void operator []=(K key, V value);
  external bool containsKey(Object? key);
  external V? remove(Object? key);

  int _hash(Object? key) => identityHashCode(key);
  bool _equals(Object? stored, Object? key) => identical(stored, key);
}

final class _CustomHashMap<K, V> extends _TableMap<K, V> {
  _CustomHashMap(this._equalsGiven, this._hashGiven, this._validGiven)
      : super(_HashTable._custom);

  final bool Function(K, K)? _equalsGiven;
  final int Function(K)? _hashGiven;
  final bool Function(dynamic)? _validGiven;

  bool _isValid(Object? key) {
    final test = _validGiven;
    return test == null ? key is K : test(key);
  }

  V? operator [](Object? key) =>
      _isValid(key) ? _unsafeCast<V?>(_mapGet(this, key)) : null;
  void operator []=(K key, V value) => _put(key, value);
  bool containsKey(Object? key) => _isValid(key) && _find(key) >= 0;
  V? remove(Object? key) => _isValid(key) ? _remove(key) : null;

  int _hash(Object? key) {
    final hash = _hashGiven;
    return hash == null ? key.hashCode : hash(key as K);
  }

  bool _equals(Object? stored, Object? key) {
    final equals = _equalsGiven;
    return equals == null ? stored == key : equals(stored as K, key as K);
  }

}

// The value of a constant map literal; filled by the program's loader.
final class _ConstMap<K, V> extends UnmodifiableMapBase<K, V> {
  _ConstMap(this._pairs);

  final List<Object?> _pairs; // key, value, key, value …
  // Found by scanning while small; then by a table made at first use.
  static final Expando<Map<Object?, Object?>> _tables = Expando();

  int get length => _pairs.length ~/ 2;
  Iterable<K> get keys =>
      Iterable<K>.generate(length, (i) => _pairs[i * 2] as K);
  Iterable<V> get values =>
      Iterable<V>.generate(length, (i) => _pairs[i * 2 + 1] as V);

  V? operator [](Object? key) {
    if (length > 8) return _table[key] as V?;
    for (var i = 0; i < _pairs.length; i += 2) {
      if (_pairs[i] == key) return _pairs[i + 1] as V;
    }
    return null;
  }

  bool containsKey(Object? key) {
    if (length > 8) return _table.containsKey(key);
    for (var i = 0; i < _pairs.length; i += 2) {
      if (_pairs[i] == key) return true;
    }
    return false;
  }

  Map<Object?, Object?> get _table {
    final made = _tables[this];
    if (made != null) return made;
    final table = <Object?, Object?>{};
    for (var i = 0; i < _pairs.length; i += 2) {
      table[_pairs[i]] = _pairs[i + 1];
    }
    _tables[this] = table;
    return table;
  }
}

Map<K, V> _newMap<K, V>() => _LinkedHashMap<K, V>();
