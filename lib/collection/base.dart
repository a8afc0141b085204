part of dart.collection;

Error _noElement() => StateError('No element');
Error _tooMany() => StateError('Too many elements');

abstract mixin class ListBase<E> implements List<E> {
  static String listToString(List<Object?> list) =>
      Iterable.iterableToFullString(list, '[', ']');

  Iterator<E> get iterator => _IndexIterator<E>(this);
  E elementAt(int index) => this[index];
  Iterable<E> followedBy(Iterable<E> other) =>
      _asIterable.followedBy(other);
  Iterable<E> get _asIterable => _ListAsIterable<E>(this);

  void forEach(void action(E element)) {
    final count = length;
    for (var i = 0; i < count; i++) {
      action(this[i]);
      if (length != count) throw ConcurrentModificationError(this);
    }
  }

  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;

  E get first {
    if (length == 0) throw _noElement();
    return this[0];
  }

  set first(E value) {
    if (length == 0) throw _noElement();
    this[0] = value;
  }

  E get last {
    if (length == 0) throw _noElement();
    return this[length - 1];
  }

  set last(E value) {
    if (length == 0) throw _noElement();
    this[length - 1] = value;
  }

  E get single {
    if (length == 0) throw _noElement();
    if (length > 1) throw _tooMany();
    return this[0];
  }

  bool contains(Object? element) => _asIterable.contains(element);
  bool every(bool test(E element)) => _asIterable.every(test);
  bool any(bool test(E element)) => _asIterable.any(test);
  E firstWhere(bool test(E element), {E orElse()?}) =>
      _asIterable.firstWhere(test, orElse: orElse);
  E lastWhere(bool test(E element), {E orElse()?}) {
    final count = length;
    for (var i = count - 1; i >= 0; i--) {
      final element = this[i];
      if (test(element)) return element;
      if (length != count) throw ConcurrentModificationError(this);
    }
    if (orElse != null) return orElse();
    throw _noElement();
  }

  E singleWhere(bool test(E element), {E orElse()?}) =>
      _asIterable.singleWhere(test, orElse: orElse);
  String join([String separator = '']) => _asIterable.join(separator);
  Iterable<E> where(bool test(E element)) => _asIterable.where(test);
  Iterable<T> whereType<T>() => _asIterable.whereType<T>();
  Iterable<T> map<T>(T f(E element)) => _asIterable.map<T>(f);
  Iterable<T> expand<T>(Iterable<T> f(E element)) => _asIterable.expand<T>(f);
  E reduce(E combine(E previousValue, E element)) => _asIterable.reduce(combine);
  T fold<T>(T initialValue, T combine(T previousValue, E element)) =>
      _asIterable.fold<T>(initialValue, combine);
  Iterable<E> skip(int count) => _asIterable.skip(count);
  Iterable<E> skipWhile(bool test(E element)) => _asIterable.skipWhile(test);
  Iterable<E> take(int count) => _asIterable.take(count);
  Iterable<E> takeWhile(bool test(E element)) => _asIterable.takeWhile(test);
  List<E> toList({bool growable = true}) => List<E>.of(this, growable: growable);
  Set<E> toSet() => LinkedHashSet<E>.of(_asIterable);

  void add(E element) {
    this[length++] = element;
  }

  void addAll(Iterable<E> iterable) {
    var at = length;
    for (final element in iterable) {
      add(element);
      at++;
      if (length != at) throw ConcurrentModificationError(iterable);
    }
  }

  bool remove(Object? element) {
    for (var i = 0; i < length; i++) {
      if (this[i] == element) {
        _closeGap(i, i + 1);
        return true;
      }
    }
    return false;
  }

  void _closeGap(int start, int end) {
    final count = length;
    for (var i = end; i < count; i++) {
      this[start + i - end] = this[i];
    }
    length = count - (end - start);
  }

  void removeWhere(bool test(E element)) => _keep(test, false);
  void retainWhere(bool test(E element)) => _keep(test, true);

  void _keep(bool test(E element), bool wanted) {
    final kept = <E>[];
    final count = length;
    for (var i = 0; i < count; i++) {
      final element = this[i];
      if (test(element) == wanted) kept.add(element);
      if (length != count) throw ConcurrentModificationError(this);
    }
    if (kept.length != count) {
      setRange(0, kept.length, kept);
      length = kept.length;
    }
  }

  void clear() {
    length = 0;
  }

  List<R> cast<R>() => List.castFrom<E, R>(this);

  E removeLast() {
    if (length == 0) throw _noElement();
    final result = this[length - 1];
    length--;
    return result;
  }

  void sort([int compare(E a, E b)?]) {
    final sorted = List<E>.of(this)..sort(compare);
    setRange(0, sorted.length, sorted);
  }

  void shuffle([Random? random]) {
    random ??= Random();
    for (var i = length - 1; i > 0; i--) {
      final j = random.nextInt(i + 1);
      final value = this[i];
      this[i] = this[j];
      this[j] = value;
    }
  }

  Map<int, E> asMap() => List<E>.of(this).asMap();

  List<E> operator +(List<E> other) => [...this, ...other];

  List<E> sublist(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    return List<E>.of(getRange(start, last));
  }

  Iterable<E> getRange(int start, int end) {
    RangeError.checkValidRange(start, end, length);
    return _asIterable.skip(start).take(end - start);
  }

  void removeRange(int start, int end) {
    RangeError.checkValidRange(start, end, length);
    if (end > start) _closeGap(start, end);
  }

  void fillRange(int start, int end, [E? fill]) {
    final value = fill as E;
    RangeError.checkValidRange(start, end, length);
    for (var i = start; i < end; i++) {
      this[i] = value;
    }
  }

  void setRange(int start, int end, Iterable<E> iterable, [int skipCount = 0]) {
    RangeError.checkValidRange(start, end, length);
    final count = end - start;
    if (count == 0) return;
    RangeError.checkNotNegative(skipCount, 'skipCount');
    List<E> source;
    if (iterable is List<E>) {
      source = iterable;
    } else {
      source = iterable.skip(skipCount).toList(growable: false);
      skipCount = 0;
    }
    if (skipCount + count > source.length) throw StateError('Too few elements');
    if (skipCount < start) {
      for (var i = count - 1; i >= 0; i--) {
        this[start + i] = source[skipCount + i];
      }
    } else {
      for (var i = 0; i < count; i++) {
        this[start + i] = source[skipCount + i];
      }
    }
  }

  void replaceRange(int start, int end, Iterable<E> newContents) {
    RangeError.checkValidRange(start, end, length);
    final tail = [...newContents, ...getRange(end, length)];
    final total = start + tail.length;
    if (total < length) {
      length = total;
    }
    for (var i = 0; i < tail.length; i++) {
      if (start + i < length) {
        this[start + i] = tail[i];
      } else {
        add(tail[i]);
      }
    }
  }

  int indexOf(Object? element, [int start = 0]) {
    if (start < 0) start = 0;
    for (var i = start; i < length; i++) {
      if (this[i] == element) return i;
    }
    return -1;
  }

  int indexWhere(bool test(E element), [int start = 0]) {
    if (start < 0) start = 0;
    for (var i = start; i < length; i++) {
      if (test(this[i])) return i;
    }
    return -1;
  }

  int lastIndexOf(Object? element, [int? start]) {
    var from = start == null || start >= length ? length - 1 : start;
    for (var i = from; i >= 0; i--) {
      if (this[i] == element) return i;
    }
    return -1;
  }

  int lastIndexWhere(bool test(E element), [int? start]) {
    var from = start == null || start >= length ? length - 1 : start;
    for (var i = from; i >= 0; i--) {
      if (test(this[i])) return i;
    }
    return -1;
  }

  void insert(int index, E element) {
    RangeError.checkValueInInterval(index, 0, length, 'index');
    if (index == length) {
      add(element);
      return;
    }
    add(this[length - 1]);
    for (var i = length - 2; i > index; i--) {
      this[i] = this[i - 1];
    }
    this[index] = element;
  }

  E removeAt(int index) {
    final result = this[index];
    _closeGap(index, index + 1);
    return result;
  }

  void insertAll(int index, Iterable<E> iterable) {
    RangeError.checkValueInInterval(index, 0, length, 'index');
    replaceRange(index, index, iterable);
  }

  void setAll(int index, Iterable<E> iterable) {
    if (iterable is List) {
      setRange(index, index + iterable.length, iterable);
      return;
    }
    for (final element in iterable) {
      this[index++] = element;
    }
  }

  Iterable<E> get reversed => _ReversedList<E>(this);

  String toString() => listToString(this);
}

typedef ListMixin<E> = ListBase<E>;

class _IndexIterator<E> implements Iterator<E> {
  _IndexIterator(this._list) : _length = _list.length;

  final List<E> _list;
  final int _length;
  int _next = 0;
  E? _current;

  E get current => _current as E;

  bool moveNext() {
    if (_list.length != _length) throw ConcurrentModificationError(_list);
    if (_next >= _length) {
      _current = null;
      return false;
    }
    _current = _list[_next++];
    return true;
  }
}

class _ListAsIterable<E> extends Iterable<E> {
  _ListAsIterable(this._list);

  final List<E> _list;

  Iterator<E> get iterator => _IndexIterator<E>(_list);
  int get length => _list.length;
  bool get isEmpty => _list.length == 0;
  E elementAt(int index) => _list[index];
}

class _ReversedList<E> extends Iterable<E> {
  _ReversedList(this._list);

  final List<E> _list;

  int get length => _list.length;
  E elementAt(int index) => _list[_list.length - 1 - index];

  Iterator<E> get iterator {
    final list = _list;
    return Iterable<E>.generate(list.length, (i) => list[list.length - 1 - i])
        .iterator;
  }
}

abstract mixin class MapBase<K, V> implements Map<K, V> {
  static String mapToString(Map<Object?, Object?> map) {
    if (_isPrinting(map)) return '{...}';
    _printing.add(map);
    try {
      final buffer = StringBuffer('{');
      var first = true;
      map.forEach((key, value) {
        if (!first) buffer.write(', ');
        first = false;
        buffer
          ..write(key)
          ..write(': ')
          ..write(value);
      });
      buffer.write('}');
      return buffer.toString();
    } finally {
      _printing.removeLast();
    }
  }

  Iterable<K> get keys;
  V? operator [](Object? key);
  void operator []=(K key, V value);
  V? remove(Object? key);
  void clear();

  Map<RK, RV> cast<RK, RV>() => Map.castFrom<K, V, RK, RV>(this);

  void forEach(void action(K key, V value)) {
    for (final key in keys) {
      action(key, this[key] as V);
    }
  }

  void addAll(Map<K, V> other) {
    other.forEach((key, value) {
      this[key] = value;
    });
  }

  bool containsValue(Object? value) {
    for (final key in keys) {
      if (this[key] == value) return true;
    }
    return false;
  }

  V putIfAbsent(K key, V ifAbsent()) {
    if (containsKey(key)) return this[key] as V;
    return this[key] = ifAbsent();
  }

  V update(K key, V update(V value), {V ifAbsent()?}) {
    if (containsKey(key)) return this[key] = update(this[key] as V);
    if (ifAbsent != null) return this[key] = ifAbsent();
    throw ArgumentError.value(key, 'key', 'Key not in map.');
  }

  void updateAll(V update(K key, V value)) {
    for (final key in keys) {
      this[key] = update(key, this[key] as V);
    }
  }

  Iterable<MapEntry<K, V>> get entries =>
      keys.map((key) => MapEntry<K, V>(key, this[key] as V));

  Map<K2, V2> map<K2, V2>(MapEntry<K2, V2> transform(K key, V value)) {
    final result = <K2, V2>{};
    for (final key in keys) {
      final entry = transform(key, this[key] as V);
      result[entry.key] = entry.value;
    }
    return result;
  }

  void addEntries(Iterable<MapEntry<K, V>> newEntries) {
    for (final entry in newEntries) {
      this[entry.key] = entry.value;
    }
  }

  void removeWhere(bool test(K key, V value)) {
    final doomed = <K>[];
    for (final key in keys) {
      if (test(key, this[key] as V)) doomed.add(key);
    }
    for (final key in doomed) {
      remove(key);
    }
  }

  bool containsKey(Object? key) => keys.contains(key);
  int get length => keys.length;
  bool get isEmpty => keys.isEmpty;
  bool get isNotEmpty => keys.isNotEmpty;
  Iterable<V> get values => _MapValues<K, V>(this);
  String toString() => mapToString(this);
}

typedef MapMixin<K, V> = MapBase<K, V>;

class _MapValues<K, V> extends Iterable<V> {
  _MapValues(this._map);

  final Map<K, V> _map;

  int get length => _map.length;
  bool get isEmpty => _map.isEmpty;
  Iterator<V> get iterator =>
      _map.keys.map((key) => _map[key] as V).iterator;
}

abstract mixin class SetBase<E> implements Set<E> {
  static String setToString(Set<Object?> set) =>
      Iterable.iterableToFullString(set, '{', '}');

  bool add(E value);
  bool contains(Object? element);
  E? lookup(Object? element);
  bool remove(Object? value);
  Iterator<E> get iterator;
  Set<E> toSet();
  int get length;

  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;
  Set<R> cast<R>() => Set.castFrom<E, R>(this);
  Iterable<E> get _asIterable => _SetAsIterable<E>(this);
  Iterable<E> followedBy(Iterable<E> other) => _asIterable.followedBy(other);
  Iterable<T> whereType<T>() => _asIterable.whereType<T>();

  void clear() {
    removeAll(toList());
  }

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
    final doomed = toSet();
    for (final element in elements) {
      doomed.remove(element);
    }
    removeAll(doomed);
  }

  void removeWhere(bool test(E element)) {
    final doomed = <Object?>[];
    for (final element in this) {
      if (test(element)) doomed.add(element);
    }
    removeAll(doomed);
  }

  void retainWhere(bool test(E element)) {
    removeWhere((element) => !test(element));
  }

  bool containsAll(Iterable<Object?> other) {
    for (final element in other) {
      if (!contains(element)) return false;
    }
    return true;
  }

  Set<E> union(Set<E> other) => toSet()..addAll(other);

  Set<E> intersection(Set<Object?> other) {
    final result = toSet();
    for (final element in this) {
      if (!other.contains(element)) result.remove(element);
    }
    return result;
  }

  Set<E> difference(Set<Object?> other) {
    final result = toSet();
    for (final element in this) {
      if (other.contains(element)) result.remove(element);
    }
    return result;
  }

  List<E> toList({bool growable = true}) =>
      List<E>.of(_asIterable, growable: growable);
  Iterable<T> map<T>(T f(E element)) => _asIterable.map<T>(f);
  E get single => _asIterable.single;
  Iterable<E> where(bool f(E element)) => _asIterable.where(f);
  Iterable<T> expand<T>(Iterable<T> f(E element)) => _asIterable.expand<T>(f);

  void forEach(void f(E element)) {
    for (final element in this) {
      f(element);
    }
  }

  E reduce(E combine(E value, E element)) => _asIterable.reduce(combine);
  T fold<T>(T initialValue, T combine(T previousValue, E element)) =>
      _asIterable.fold<T>(initialValue, combine);
  bool every(bool f(E element)) => _asIterable.every(f);
  String join([String separator = '']) => _asIterable.join(separator);
  bool any(bool test(E element)) => _asIterable.any(test);
  Iterable<E> take(int n) => _asIterable.take(n);
  Iterable<E> takeWhile(bool test(E value)) => _asIterable.takeWhile(test);
  Iterable<E> skip(int n) => _asIterable.skip(n);
  Iterable<E> skipWhile(bool test(E value)) => _asIterable.skipWhile(test);
  E get first => _asIterable.first;
  E get last => _asIterable.last;
  E firstWhere(bool test(E value), {E orElse()?}) =>
      _asIterable.firstWhere(test, orElse: orElse);
  E lastWhere(bool test(E value), {E orElse()?}) =>
      _asIterable.lastWhere(test, orElse: orElse);
  E singleWhere(bool test(E value), {E orElse()?}) =>
      _asIterable.singleWhere(test, orElse: orElse);
  E elementAt(int index) => _asIterable.elementAt(index);
  String toString() => setToString(this);
}

typedef SetMixin<E> = SetBase<E>;

class _SetAsIterable<E> extends Iterable<E> {
  _SetAsIterable(this._set);

  final Set<E> _set;

  Iterator<E> get iterator => _set.iterator;
  int get length => _set.length;
  bool contains(Object? element) => _set.contains(element);
}

// Maps that are being turned to text, so that one that holds itself ends.
final List<Object> _printing = [];

bool _isPrinting(Object object) {
  for (var i = 0; i < _printing.length; i++) {
    if (identical(_printing[i], object)) return true;
  }
  return false;
}

typedef IterableBase<E> = Iterable<E>;
typedef IterableMixin<E> = Iterable<E>;

@deprecated
class HasNextIterator<E> {
  HasNextIterator(this._iterator) {
    _step();
  }

  final Iterator<E> _iterator;
  bool _hasNext = false;

  void _step() {
    _hasNext = _iterator.moveNext();
  }

  bool get hasNext => _hasNext;

  E next() {
    if (!_hasNext) throw StateError('No more elements');
    final result = _iterator.current;
    _step();
    return result;
  }
}
