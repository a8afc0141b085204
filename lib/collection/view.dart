part of dart.collection;

class UnmodifiableListView<E> extends UnmodifiableListBase<E> {
  UnmodifiableListView(Iterable<E> source) : _source = source;

  final Iterable<E> _source;

  int get length => _source.length;
  E operator [](int index) => _source.elementAt(index);
  List<R> cast<R>() => UnmodifiableListView(_source.cast<R>());
}

class UnmodifiableMapView<K, V> extends MapView<K, V> {
  UnmodifiableMapView(Map<K, V> map) : super(map);

  Never _fail() => throw UnsupportedError('Cannot modify unmodifiable map');
  void operator []=(K key, V value) => _fail();
  void addAll(Map<K, V> other) => _fail();
  void addEntries(Iterable<MapEntry<K, V>> entries) => _fail();
  void clear() => _fail();
  V? remove(Object? key) => _fail();
  void removeWhere(bool test(K key, V value)) => _fail();
  V putIfAbsent(K key, V ifAbsent()) => _fail();
  V update(K key, V update(V value), {V ifAbsent()?}) => _fail();
  void updateAll(V update(K key, V value)) => _fail();
  Map<RK, RV> cast<RK, RV>() => UnmodifiableMapView<RK, RV>(super.cast<RK, RV>());
}

class MapView<K, V> implements Map<K, V> {
  const MapView(Map<K, V> map) : _map = map;

  final Map<K, V> _map;

  Map<RK, RV> cast<RK, RV>() => _map.cast<RK, RV>();
  V? operator [](Object? key) => _map[key];
  void operator []=(K key, V value) {
    _map[key] = value;
  }

  void addAll(Map<K, V> other) => _map.addAll(other);
  void clear() => _map.clear();
  V putIfAbsent(K key, V ifAbsent()) => _map.putIfAbsent(key, ifAbsent);
  bool containsKey(Object? key) => _map.containsKey(key);
  bool containsValue(Object? value) => _map.containsValue(value);
  void forEach(void action(K key, V value)) => _map.forEach(action);
  bool get isEmpty => _map.isEmpty;
  bool get isNotEmpty => _map.isNotEmpty;
  int get length => _map.length;
  Iterable<K> get keys => _map.keys;
  V? remove(Object? key) => _map.remove(key);
  String toString() => _map.toString();
  Iterable<V> get values => _map.values;
  Iterable<MapEntry<K, V>> get entries => _map.entries;
  void addEntries(Iterable<MapEntry<K, V>> entries) => _map.addEntries(entries);
  Map<K2, V2> map<K2, V2>(MapEntry<K2, V2> transform(K key, V value)) =>
      _map.map<K2, V2>(transform);
  V update(K key, V update(V value), {V ifAbsent()?}) =>
      _map.update(key, update, ifAbsent: ifAbsent);
  void updateAll(V update(K key, V value)) => _map.updateAll(update);
  void removeWhere(bool test(K key, V value)) => _map.removeWhere(test);
}

class UnmodifiableSetView<E> extends _UnmodifiableSetBase<E> {
  UnmodifiableSetView(Set<E> source) : _source = source;

  final Set<E> _source;

  bool contains(Object? element) => _source.contains(element);
  E? lookup(Object? element) => _source.lookup(element);
  int get length => _source.length;
  Iterator<E> get iterator => _source.iterator;
  Set<E> toSet() => _source.toSet();
}

abstract class UnmodifiableListBase<E> extends ListBase<E> {
  Never _fail() => throw UnsupportedError('Cannot modify an unmodifiable list');
  void operator []=(int index, E value) => _fail();
  set length(int newLength) => _fail();
  set first(E element) => _fail();
  set last(E element) => _fail();
  void setAll(int at, Iterable<E> iterable) => _fail();
  void add(E value) => _fail();
  void insert(int index, E element) => _fail();
  void insertAll(int at, Iterable<E> iterable) => _fail();
  void addAll(Iterable<E> iterable) => _fail();
  bool remove(Object? element) => _fail();
  void removeWhere(bool test(E element)) => _fail();
  void retainWhere(bool test(E element)) => _fail();
  void sort([Comparator<E>? compare]) => _fail();
  void shuffle([Random? random]) => _fail();
  void clear() => _fail();
  E removeAt(int index) => _fail();
  E removeLast() => _fail();
  void setRange(int start, int end, Iterable<E> iterable,
          [int skipCount = 0]) =>
      _fail();
  void removeRange(int start, int end) => _fail();
  void replaceRange(int start, int end, Iterable<E> iterable) => _fail();
  void fillRange(int start, int end, [E? fillValue]) => _fail();
}

abstract class UnmodifiableMapBase<K, V> extends MapBase<K, V> {
  Never _fail() => throw UnsupportedError('Cannot modify unmodifiable map');
  void operator []=(K key, V value) => _fail();
  void addAll(Map<K, V> other) => _fail();
  void addEntries(Iterable<MapEntry<K, V>> entries) => _fail();
  void clear() => _fail();
  V? remove(Object? key) => _fail();
  void removeWhere(bool test(K key, V value)) => _fail();
  V putIfAbsent(K key, V ifAbsent()) => _fail();
  V update(K key, V update(V value), {V ifAbsent()?}) => _fail();
  void updateAll(V update(K key, V value)) => _fail();
}

abstract class _UnmodifiableSetBase<E> extends SetBase<E> {
  Never _fail() => throw UnsupportedError('Cannot change an unmodifiable set');
  bool add(E value) => _fail();
  void clear() => _fail();
  void addAll(Iterable<E> elements) => _fail();
  void removeAll(Iterable<Object?> elements) => _fail();
  void retainAll(Iterable<Object?> elements) => _fail();
  void removeWhere(bool test(E element)) => _fail();
  void retainWhere(bool test(E element)) => _fail();
  bool remove(Object? value) => _fail();
}
