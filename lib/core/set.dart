part of dart.core;

abstract interface class Set<E> extends Iterable<E> {
  factory Set() = LinkedHashSet<E>;
  factory Set.identity() = LinkedHashSet<E>.identity;
  factory Set.from(Iterable elements) = LinkedHashSet<E>.from;
  factory Set.of(Iterable<E> elements) = LinkedHashSet<E>.of;
  factory Set.unmodifiable(Iterable<E> elements) =>
      UnmodifiableSetView<E>(LinkedHashSet<E>.of(elements));

  static Set<T> castFrom<S, T>(Set<S> source, {Set<R> Function<R>()? newSet}) =>
      _CastSet<S, T>(source, newSet);

  Set<R> cast<R>();
  Iterator<E> get iterator;
  bool contains(Object? value);
  bool add(E value);
  void addAll(Iterable<E> elements);
  bool remove(Object? value);
  E? lookup(Object? object);
  void removeAll(Iterable<Object?> elements);
  void retainAll(Iterable<Object?> elements);
  void removeWhere(bool test(E element));
  void retainWhere(bool test(E element));
  bool containsAll(Iterable<Object?> other);
  Set<E> intersection(Set<Object?> other);
  Set<E> union(Set<E> other);
  Set<E> difference(Set<Object?> other);
  void clear();
  Set<E> toSet();
}

class _CastSet<S, T> extends SetBase<T> {
  _CastSet(this._source, this._newSet);

  final Set<S> _source;
  final Set<R> Function<R>()? _newSet;

  Iterator<T> get iterator => _CastIterator<S, T>(_source.iterator);
  int get length => _source.length;
  bool contains(Object? element) => _source.contains(element);
  T? lookup(Object? element) => _source.lookup(element) as T?;
  bool add(T value) => _source.add(value as S);
  bool remove(Object? value) => _source.remove(value);
  void clear() => _source.clear();

  Set<T> toSet() {
    final make = _newSet;
    return (make == null ? LinkedHashSet<T>() : make<T>())..addAll(this);
  }

  Set<R> cast<R>() => _CastSet<S, R>(_source, _newSet);
}
