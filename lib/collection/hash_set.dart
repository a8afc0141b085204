part of dart.collection;

abstract interface class HashSet<E> implements Set<E> {
  factory HashSet(
      {bool equals(E e1, E e2)?,
      int hashCode(E e)?,
      bool isValidKey(dynamic potentialKey)?}) = _TableSet<E>.by;
  factory HashSet.identity() = _IdentityHashSet<E>;
  factory HashSet.from(Iterable<dynamic> elements) = _TableSet<E>.from;
  factory HashSet.of(Iterable<E> elements) = _TableSet<E>.of;
}

abstract interface class LinkedHashSet<E> implements Set<E> {
  factory LinkedHashSet(
      {bool equals(E e1, E e2)?,
      int hashCode(E e)?,
      bool isValidKey(dynamic potentialKey)?}) = _TableSet<E>.by;
  factory LinkedHashSet.identity() = _IdentityHashSet<E>;
  factory LinkedHashSet.from(Iterable<dynamic> elements) = _TableSet<E>.from;
  factory LinkedHashSet.of(Iterable<E> elements) = _TableSet<E>.of;
}

abstract base class _TableSet<E> extends _HashTable<E>
    with Iterable<E>
    implements HashSet<E>, LinkedHashSet<E> {
  _TableSet(int kind) : super(1, kind);

  // What HashSet and LinkedHashSet are made by.
  factory _TableSet.by(
      {bool equals(E e1, E e2)?,
      int hashCode(E e)?,
      bool isValidKey(dynamic potentialKey)?}) {
    if (equals == null && hashCode == null && isValidKey == null) {
      return _LinkedHashSet<E>();
    }
    return _CustomHashSet<E>(equals, hashCode, isValidKey);
  }
  factory _TableSet.from(Iterable<dynamic> elements) {
    final result = _LinkedHashSet<E>();
    for (final element in elements) {
      result.add(element as E);
    }
    return result;
  }
  factory _TableSet.of(Iterable<E> elements) =>
      _LinkedHashSet<E>()..addAll(elements);

  bool _isValid(Object? key) => true;
  Set<R> _newSimilar<R>() => _LinkedHashSet<R>();

  int get length => _length;
  bool get isEmpty => _length == 0;
  bool get isNotEmpty => _length != 0;
  Iterator<E> get iterator => _KeyIterator<E>(this, 0);

  bool _add(E value) {
    final before = _length;
    _findOrAdd(value);
    return _length != before;
  }

  void addAll(Iterable<E> elements) {
    for (final element in elements) {
      add(element);
    }
  }

  E? lookup(Object? object) {
    if (!_isValid(object)) return null;
    final entry = _find(object);
    return entry < 0 ? null : _unsafeCast<E>(_entries[entry]);
  }

  bool _remove(Object? value) {
    final entry = _find(value);
    if (entry < 0) return false;
    _removeEntry(entry);
    return true;
  }

  void removeAll(Iterable<Object?> elements) {
    for (final element in elements.toList(growable: false)) {
      remove(element);
    }
  }

  void retainAll(Iterable<Object?> elements) {
    final kept = _newSimilar<E>();
    for (final element in elements) {
      if (_isValid(element)) {
        final entry = _find(element);
        if (entry >= 0) kept.add(_unsafeCast<E>(_entries[entry]));
      }
    }
    if (kept.length == _length) return;
    retainWhere(kept.contains);
  }

  void removeWhere(bool test(E element)) => _keepWhere(test, false);
  void retainWhere(bool test(E element)) => _keepWhere(test, true);

  void _keepWhere(bool test(E element), bool wanted) {
    final doomed = <int>[];
    final changes = _changes;
    for (var i = _next(0); i < _used; i = _next(i + 1)) {
      if (test(_unsafeCast<E>(_entries[i])) != wanted) doomed.add(i);
      if (changes != _changes) throw ConcurrentModificationError(this);
    }
    for (final entry in doomed) {
      _removeEntry(entry);
    }
  }

  bool containsAll(Iterable<Object?> other) {
    for (final element in other) {
      if (!contains(element)) return false;
    }
    return true;
  }

  Set<E> intersection(Set<Object?> other) {
    final result = _newSimilar<E>();
    for (final element in this) {
      if (other.contains(element)) result.add(element);
    }
    return result;
  }

  Set<E> difference(Set<Object?> other) {
    final result = _newSimilar<E>();
    for (final element in this) {
      if (!other.contains(element)) result.add(element);
    }
    return result;
  }

  Set<E> union(Set<E> other) => toSet()..addAll(other);
  Set<E> toSet() => _newSimilar<E>()..addAll(this);
  Set<R> cast<R>() => Set.castFrom<E, R>(this, newSet: _newSimilar);

  void clear() {
    if (_used != 0) _clear();
  }

  String toString() => SetBase.setToString(this);
}

final class _LinkedHashSet<E> extends _TableSet<E> {
  _LinkedHashSet() : super(_HashTable._plain);

  external bool add(E value);
  external bool contains(Object? value);
  external bool remove(Object? value);

  int _find(Object? key) {
    final found = _findPlain(this, key);
    return found != -2 ? found : _search(key, key.hashCode);
  }

  int _hash(Object? key) => key.hashCode;
  bool _equals(Object? stored, Object? key) => stored == key;
}

final class _IdentityHashSet<E> extends _TableSet<E> {
  _IdentityHashSet() : super(_HashTable._identity);

  external bool add(E value);
  external bool contains(Object? value);
  external bool remove(Object? value);

  int _hash(Object? key) => identityHashCode(key);
  bool _equals(Object? stored, Object? key) => identical(stored, key);
  Set<R> _newSimilar<R>() => _IdentityHashSet<R>();
}

final class _CustomHashSet<E> extends _TableSet<E> {
  _CustomHashSet(this._equalsGiven, this._hashGiven, this._validGiven)
      : super(_HashTable._custom);

  final bool Function(E, E)? _equalsGiven;
  final int Function(E)? _hashGiven;
  final bool Function(dynamic)? _validGiven;

  bool _isValid(Object? key) {
    final test = _validGiven;
    return test == null ? key is E : test(key);
  }

  bool add(E value) => _add(value);
  bool contains(Object? value) => _isValid(value) && _find(value) >= 0;
  bool remove(Object? value) => _isValid(value) && _remove(value);

  int _hash(Object? key) {
    final hash = _hashGiven;
    return hash == null ? key.hashCode : hash(key as E);
  }

  bool _equals(Object? stored, Object? key) {
    final equals = _equalsGiven;
    return equals == null ? stored == key : equals(stored as E, key as E);
  }

  Set<E> toSet() =>
      _CustomHashSet<E>(_equalsGiven, _hashGiven, _validGiven)..addAll(this);
}

// The value of a constant set literal; filled by the program's loader.
final class _ConstSet<E> extends _UnmodifiableSetBase<E> {
  _ConstSet(this._items);

  final List<Object?> _items;
  static final Expando<Set<Object?>> _tables = Expando();

  int get length => _items.length;
  Iterator<E> get iterator => _items.cast<E>().iterator;

  bool contains(Object? element) {
    if (length > 8) return _table.contains(element);
    for (var i = 0; i < _items.length; i++) {
      if (_items[i] == element) return true;
    }
    return false;
  }

  E? lookup(Object? element) {
    for (var i = 0; i < _items.length; i++) {
      if (_items[i] == element) return _items[i] as E;
    }
    return null;
  }

  Set<E> toSet() => LinkedHashSet<E>.of(this);

  Set<Object?> get _table {
    final made = _tables[this];
    if (made != null) return made;
    final table = <Object?>{};
    for (var i = 0; i < _items.length; i++) {
      table.add(_items[i]);
    }
    _tables[this] = table;
    return table;
  }
}

Set<E> _newSet<E>() => _LinkedHashSet<E>();
