part of dart.core;

final class MapEntry<K, V> {
  const factory MapEntry(K key, V value) = MapEntry<K, V>._;
  const MapEntry._(this.key, this.value);

  final K key;
  final V value;

  String toString() => 'MapEntry($key: $value)';
}

abstract interface class Map<K, V> {
  factory Map() = LinkedHashMap<K, V>;
  factory Map.from(Map other) = LinkedHashMap<K, V>.from;
  factory Map.of(Map<K, V> other) = LinkedHashMap<K, V>.of;
  factory Map.identity() = LinkedHashMap<K, V>.identity;
  factory Map.fromIterable(Iterable iterable,
      {K key(dynamic element)?,
      V value(dynamic element)?}) = LinkedHashMap<K, V>.fromIterable;
  factory Map.fromIterables(Iterable<K> keys, Iterable<V> values) =
      LinkedHashMap<K, V>.fromIterables;
  factory Map.fromEntries(Iterable<MapEntry<K, V>> entries) =>
      LinkedHashMap<K, V>()..addEntries(entries);
  factory Map.unmodifiable(Map<dynamic, dynamic> other) =>
      UnmodifiableMapView<K, V>(LinkedHashMap<K, V>.from(other));

  static Map<K2, V2> castFrom<K, V, K2, V2>(Map<K, V> source) =>
      _CastMap<K, V, K2, V2>(source);

  Map<RK, RV> cast<RK, RV>();
  bool containsValue(Object? value);
  bool containsKey(Object? key);
  V? operator [](Object? key);
  void operator []=(K key, V value);
  Iterable<MapEntry<K, V>> get entries;
  Map<K2, V2> map<K2, V2>(MapEntry<K2, V2> convert(K key, V value));
  void addEntries(Iterable<MapEntry<K, V>> newEntries);
  V update(K key, V update(V value), {V ifAbsent()?});
  void updateAll(V update(K key, V value));
  void removeWhere(bool test(K key, V value));
  V putIfAbsent(K key, V ifAbsent());
  void addAll(Map<K, V> other);
  V? remove(Object? key);
  void clear();
  void forEach(void action(K key, V value));
  Iterable<K> get keys;
  Iterable<V> get values;
  int get length;
  bool get isEmpty;
  bool get isNotEmpty;
}

class _CastMap<SK, SV, K, V> extends MapBase<K, V> {
  _CastMap(this._source);

  final Map<SK, SV> _source;

  V? operator [](Object? key) => _source[key] as V?;
  void operator []=(K key, V value) {
    _source[key as SK] = value as SV;
  }

  Iterable<K> get keys => _CastIterable<SK, K>(_source.keys);
  Iterable<V> get values => _CastIterable<SV, V>(_source.values);
  int get length => _source.length;
  bool containsKey(Object? key) => _source.containsKey(key);
  bool containsValue(Object? value) => _source.containsValue(value);
  V? remove(Object? key) => _source.remove(key) as V?;
  void clear() => _source.clear();
  V putIfAbsent(K key, V ifAbsent()) =>
      _source.putIfAbsent(key as SK, () => ifAbsent() as SV) as V;
  void forEach(void action(K key, V value)) =>
      _source.forEach((key, value) => action(key as K, value as V));
  Map<K2, V2> cast<K2, V2>() => _CastMap<SK, SV, K2, V2>(_source);
}
