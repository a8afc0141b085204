part of dart.core;

abstract interface class Iterator<E> {
  bool moveNext();
  E get current;
}

Error _noElement() => StateError('No element');
Error _tooMany() => StateError('Too many elements');
Error _tooFew() => StateError('Too few elements');

abstract mixin class Iterable<E> {
  const Iterable();

  factory Iterable.generate(int count, [E generator(int index)?]) {
    if (count <= 0) return _EmptyIterable<E>();
    if (generator == null && 0 is! E) {
      throw ArgumentError('Generator must be supplied or element type must '
          'allow integers');
    }
    final make = generator ?? (int index) => index as E;
    return _GeneratedIterable<E>(count, make);
  }

  factory Iterable.withIterator(Iterator<E> Function() iteratorFactory) =
      _FactoryIterable<E>;

  const factory Iterable.empty() = _EmptyIterable<E>;

  static Iterable<T> castFrom<S, T>(Iterable<S> source) =>
      _CastIterable<S, T>(source);

  static String iterableToShortString(Iterable iterable,
          [String leftDelimiter = '(', String rightDelimiter = ')']) =>
      _shortString(iterable, leftDelimiter, rightDelimiter);

  static String iterableToFullString(Iterable iterable,
          [String leftDelimiter = '(', String rightDelimiter = ')']) =>
      _fullString(iterable, leftDelimiter, rightDelimiter);

  Iterator<E> get iterator;

  Iterable<R> cast<R>() => _CastIterable<E, R>(this);
  Iterable<E> followedBy(Iterable<E> other) =>
      _FollowedIterable<E>(this, other);
  Iterable<T> map<T>(T toElement(E e)) => _MappedIterable<E, T>(this, toElement);
  Iterable<E> where(bool test(E element)) => _WhereIterable<E>(this, test);
  Iterable<T> whereType<T>() => _WhereTypeIterable<T>(this);
  Iterable<T> expand<T>(Iterable<T> toElements(E element)) =>
      _ExpandIterable<E, T>(this, toElements);

  bool contains(Object? element) {
    for (final e in this) {
      if (e == element) return true;
    }
    return false;
  }

  void forEach(void action(E element)) {
    for (final element in this) {
      action(element);
    }
  }

  E reduce(E combine(E value, E element)) {
    final iterator = this.iterator;
    if (!iterator.moveNext()) throw _noElement();
    var value = iterator.current;
    while (iterator.moveNext()) {
      value = combine(value, iterator.current);
    }
    return value;
  }

  T fold<T>(T initialValue, T combine(T previousValue, E element)) {
    var value = initialValue;
    for (final element in this) {
      value = combine(value, element);
    }
    return value;
  }

  bool every(bool test(E element)) {
    for (final element in this) {
      if (!test(element)) return false;
    }
    return true;
  }

  bool any(bool test(E element)) {
    for (final element in this) {
      if (test(element)) return true;
    }
    return false;
  }

  String join([String separator = '']) {
    final iterator = this.iterator;
    if (!iterator.moveNext()) return '';
    final buffer = StringBuffer()..write(iterator.current);
    while (iterator.moveNext()) {
      if (separator.isNotEmpty) buffer.write(separator);
      buffer.write(iterator.current);
    }
    return buffer.toString();
  }

  List<E> toList({bool growable = true}) => List<E>.of(this, growable: growable);
  Set<E> toSet() => Set<E>.of(this);

  int get length {
    var count = 0;
    final iterator = this.iterator;
    while (iterator.moveNext()) {
      count++;
    }
    return count;
  }

  bool get isEmpty => !iterator.moveNext();
  bool get isNotEmpty => !isEmpty;

  Iterable<E> take(int count) {
    if (count < 0) throw RangeError.range(count, 0, null, 'count');
    return _TakeIterable<E>(this, count);
  }

  Iterable<E> takeWhile(bool test(E value)) => _TakeWhileIterable<E>(this, test);

  Iterable<E> skip(int count) {
    if (count < 0) throw RangeError.range(count, 0, null, 'count');
    return _SkipIterable<E>(this, count);
  }

  Iterable<E> skipWhile(bool test(E value)) => _SkipWhileIterable<E>(this, test);

  E get first {
    final iterator = this.iterator;
    if (!iterator.moveNext()) throw _noElement();
    return iterator.current;
  }

  E get last {
    final iterator = this.iterator;
    if (!iterator.moveNext()) throw _noElement();
    var result = iterator.current;
    while (iterator.moveNext()) {
      result = iterator.current;
    }
    return result;
  }

  E get single {
    final iterator = this.iterator;
    if (!iterator.moveNext()) throw _noElement();
    final result = iterator.current;
    if (iterator.moveNext()) throw _tooMany();
    return result;
  }

  E firstWhere(bool test(E element), {E orElse()?}) {
    for (final element in this) {
      if (test(element)) return element;
    }
    if (orElse != null) return orElse();
    throw _noElement();
  }

  E lastWhere(bool test(E element), {E orElse()?}) {
    var found = false;
    E? result;
    for (final element in this) {
      if (test(element)) {
        result = element;
        found = true;
      }
    }
    if (found) return result as E;
    if (orElse != null) return orElse();
    throw _noElement();
  }

  E singleWhere(bool test(E element), {E orElse()?}) {
    var found = false;
    E? result;
    for (final element in this) {
      if (test(element)) {
        if (found) throw _tooMany();
        result = element;
        found = true;
      }
    }
    if (found) return result as E;
    if (orElse != null) return orElse();
    throw _noElement();
  }

  E elementAt(int index) {
    RangeError.checkNotNegative(index, 'index');
    var at = 0;
    for (final element in this) {
      if (at == index) return element;
      at++;
    }
    throw IndexError.withLength(index, at, indexable: this, name: 'index');
  }

  String toString() => _shortString(this, '(', ')');
}

Object? _identityGenerator(int index) => index;

class _EmptyIterable<E> extends Iterable<E> {
  const _EmptyIterable();

  Iterator<E> get iterator => const _EmptyIterator<Never>();
  bool get isEmpty => true;
  int get length => 0;
}

class _EmptyIterator<E> implements Iterator<E> {
  const _EmptyIterator();

  bool moveNext() => false;
  E get current => throw _noElement();
}

class _GeneratedIterable<E> extends _ListIterable<E> {
  _GeneratedIterable(this.length, this._make);

  final int length;
  final E Function(int) _make;

  E elementAt(int index) {
    if (index < 0 || index >= length) {
      throw IndexError.withLength(index, length,
          indexable: this, name: 'index');
    }
    return _make(index);
  }
}

class _FactoryIterable<E> extends Iterable<E> {
  _FactoryIterable(this._make);

  final Iterator<E> Function() _make;

  Iterator<E> get iterator => _make();
}

class _MappedIterable<S, T> extends Iterable<T> {
  _MappedIterable(this._source, this._toElement);

  final Iterable<S> _source;
  final T Function(S) _toElement;

  Iterator<T> get iterator => _MappedIterator<S, T>(_source.iterator, _toElement);
  int get length => _source.length;
  bool get isEmpty => _source.isEmpty;
  T get first => _toElement(_source.first);
  T get last => _toElement(_source.last);
  T get single => _toElement(_source.single);
  T elementAt(int index) => _toElement(_source.elementAt(index));
}

class _MappedIterator<S, T> implements Iterator<T> {
  _MappedIterator(this._source, this._toElement);

  final Iterator<S> _source;
  final T Function(S) _toElement;
  T? _current;

  T get current => _unsafeCast<T>(_current);

  bool moveNext() {
    if (!_source.moveNext()) {
      _current = null;
      return false;
    }
    _current = _toElement(_source.current);
    return true;
  }
}

class _WhereIterable<E> extends Iterable<E> {
  _WhereIterable(this._source, this._test);

  final Iterable<E> _source;
  final bool Function(E) _test;

  Iterator<E> get iterator => _WhereIterator<E>(_source.iterator, _test);

  // Over what the library knows a loop from the inside is shorter.
  bool get _hasShortLoop {
    final source = _source;
    return source is _ListBase<E> || source is _MappedListIterable<Object?, E>;
  }

  void forEach(void action(E element)) {
    if (!_hasShortLoop) {
      super.forEach(action);
      return;
    }
    final test = _test;
    _source.forEach((element) {
      if (test(element)) action(element);
    });
  }

  T fold<T>(T initialValue, T combine(T previousValue, E element)) {
    if (!_hasShortLoop) return super.fold<T>(initialValue, combine);
    final test = _test;
    var value = initialValue;
    _source.forEach((element) {
      if (test(element)) value = combine(value, element);
    });
    return value;
  }

  List<E> toList({bool growable = true}) {
    final source = _source, test = _test;
    final result = List._growable<E>(0);
    if (source is List<E>) {
      for (final element in source) {
        if (test(element)) result.add(element);
      }
    } else {
      for (final element in source) {
        if (test(element)) result.add(element);
      }
    }
    return growable ? result : List<E>.of(result, growable: false);
  }
}

class _WhereIterator<E> implements Iterator<E> {
  _WhereIterator(this._source, this._test);

  final Iterator<E> _source;
  final bool Function(E) _test;

  E get current => _source.current;

  bool moveNext() {
    while (_source.moveNext()) {
      if (_test(_source.current)) return true;
    }
    return false;
  }
}

class _WhereTypeIterable<T> extends Iterable<T> {
  _WhereTypeIterable(this._source);

  final Iterable<Object?> _source;

  Iterator<T> get iterator => _WhereTypeIterator<T>(_source.iterator);
}

class _WhereTypeIterator<T> implements Iterator<T> {
  _WhereTypeIterator(this._source);

  final Iterator<Object?> _source;

  T get current => _source.current as T;

  bool moveNext() {
    while (_source.moveNext()) {
      if (_source.current is T) return true;
    }
    return false;
  }
}

class _ExpandIterable<S, T> extends Iterable<T> {
  _ExpandIterable(this._source, this._toElements);

  final Iterable<S> _source;
  final Iterable<T> Function(S) _toElements;

  Iterator<T> get iterator => _ExpandIterator<S, T>(_source.iterator, _toElements);
}

class _ExpandIterator<S, T> implements Iterator<T> {
  _ExpandIterator(this._source, this._toElements);

  final Iterator<S> _source;
  final Iterable<T> Function(S) _toElements;
  Iterator<T>? _part = const _EmptyIterator<Never>();
  T? _current;

  T get current => _unsafeCast<T>(_current);

  bool moveNext() {
    var part = _part;
    if (part == null) return false;
    while (!part!.moveNext()) {
      _current = null;
      if (!_source.moveNext()) {
        _part = null;
        return false;
      }
      _part = null; // when toElements throws, iteration is over
      part = _part = _toElements(_source.current).iterator;
    }
    _current = part.current;
    return true;
  }
}

class _TakeIterable<E> extends Iterable<E> {
  _TakeIterable(this._source, this._count);

  final Iterable<E> _source;
  final int _count;

  Iterator<E> get iterator => _TakeIterator<E>(_source.iterator, _count);

  int get length {
    final count = _source.length;
    return count < _count ? count : _count;
  }

  Iterable<E> take(int count) {
    if (count < 0) throw RangeError.range(count, 0, null, 'count');
    return count >= _count ? this : _TakeIterable<E>(_source, count);
  }
}

class _TakeIterator<E> implements Iterator<E> {
  _TakeIterator(this._source, this._left);

  final Iterator<E> _source;
  int _left;

  E get current {
    if (_left < 0) return null as E;
    return _source.current;
  }

  bool moveNext() {
    if (--_left >= 0) return _source.moveNext();
    _left = -1;
    return false;
  }
}

class _TakeWhileIterable<E> extends Iterable<E> {
  _TakeWhileIterable(this._source, this._test);

  final Iterable<E> _source;
  final bool Function(E) _test;

  Iterator<E> get iterator => _TakeWhileIterator<E>(_source.iterator, _test);
}

class _TakeWhileIterator<E> implements Iterator<E> {
  _TakeWhileIterator(this._source, this._test);

  final Iterator<E> _source;
  final bool Function(E) _test;
  bool _isDone = false;

  E get current {
    if (_isDone) return null as E;
    return _source.current;
  }

  bool moveNext() {
    if (_isDone) return false;
    if (!_source.moveNext() || !_test(_source.current)) {
      _isDone = true;
      return false;
    }
    return true;
  }
}

class _SkipIterable<E> extends Iterable<E> {
  _SkipIterable(this._source, this._count);

  final Iterable<E> _source;
  final int _count;

  Iterator<E> get iterator => _SkipIterator<E>(_source.iterator, _count);

  int get length {
    final count = _source.length - _count;
    return count < 0 ? 0 : count;
  }

  Iterable<E> skip(int count) {
    if (count < 0) throw RangeError.range(count, 0, null, 'count');
    return _SkipIterable<E>(_source, _count + count);
  }
}

class _SkipIterator<E> implements Iterator<E> {
  _SkipIterator(this._source, this._left);

  final Iterator<E> _source;
  int _left;

  E get current => _source.current;

  bool moveNext() {
    while (_left > 0) {
      _left--;
      if (!_source.moveNext()) return false;
    }
    return _source.moveNext();
  }
}

class _SkipWhileIterable<E> extends Iterable<E> {
  _SkipWhileIterable(this._source, this._test);

  final Iterable<E> _source;
  final bool Function(E) _test;

  Iterator<E> get iterator => _SkipWhileIterator<E>(_source.iterator, _test);
}

class _SkipWhileIterator<E> implements Iterator<E> {
  _SkipWhileIterator(this._source, this._test);

  final Iterator<E> _source;
  final bool Function(E) _test;
  bool _hasSkipped = false;

  E get current => _source.current;

  bool moveNext() {
    if (!_hasSkipped) {
      _hasSkipped = true;
      while (_source.moveNext()) {
        if (!_test(_source.current)) return true;
      }
      return false;
    }
    return _source.moveNext();
  }
}

class _FollowedIterable<E> extends Iterable<E> {
  _FollowedIterable(this._head, this._tail);

  final Iterable<E> _head, _tail;

  Iterator<E> get iterator => _FollowedIterator<E>(_head.iterator, _tail);
  int get length => _head.length + _tail.length;
  bool get isEmpty => _head.isEmpty && _tail.isEmpty;
  bool contains(Object? element) =>
      _head.contains(element) || _tail.contains(element);

  E get first {
    final iterator = _head.iterator;
    return iterator.moveNext() ? iterator.current : _tail.first;
  }

  E get last {
    final iterator = _tail.iterator;
    if (!iterator.moveNext()) return _head.last;
    var result = iterator.current;
    while (iterator.moveNext()) {
      result = iterator.current;
    }
    return result;
  }
}

class _FollowedIterator<E> implements Iterator<E> {
  _FollowedIterator(this._current, this._tail);

  Iterator<E> _current;
  Iterable<E>? _tail;

  E get current => _current.current;

  bool moveNext() {
    if (_current.moveNext()) return true;
    final tail = _tail;
    if (tail == null) return false;
    _tail = null;
    _current = tail.iterator;
    return _current.moveNext();
  }
}

class _CastIterable<S, T> extends Iterable<T> {
  _CastIterable(this._source);

  final Iterable<S> _source;

  Iterator<T> get iterator => _CastIterator<S, T>(_source.iterator);
  int get length => _source.length;
  bool get isEmpty => _source.isEmpty;
  bool get isNotEmpty => _source.isNotEmpty;
  Iterable<T> skip(int count) => _CastIterable<S, T>(_source.skip(count));
  Iterable<T> take(int count) => _CastIterable<S, T>(_source.take(count));
  T elementAt(int index) => _source.elementAt(index) as T;
  T get first => _source.first as T;
  T get last => _source.last as T;
  T get single => _source.single as T;
  bool contains(Object? other) => _source.contains(other);
  Iterable<R> cast<R>() => _CastIterable<S, R>(_source);
}

class _CastIterator<S, T> implements Iterator<T> {
  _CastIterator(this._source);

  final Iterator<S> _source;

  bool moveNext() => _source.moveNext();
  T get current => _source.current as T;
}

class _CastList<S, T> extends ListBase<T> {
  _CastList(this._source);

  final List<S> _source;

  int get length => _source.length;
  set length(int value) {
    _source.length = value;
  }

  T operator [](int index) => _source[index] as T;
  void operator []=(int index, T value) {
    _source[index] = value as S;
  }

  void add(T value) => _source.add(value as S);
  void insert(int index, T element) => _source.insert(index, element as S);
  bool remove(Object? value) => _source.remove(value);
  T removeAt(int index) => _source.removeAt(index) as T;
  T removeLast() => _source.removeLast() as T;
  void clear() => _source.clear();
  List<R> cast<R>() => _CastList<S, R>(_source);
}

class _ListMapView<E> extends UnmodifiableMapBase<int, E> {
  _ListMapView(this._list);

  final List<E> _list;

  E? operator [](Object? key) =>
      key is int && key >= 0 && key < _list.length ? _list[key] : null;
  int get length => _list.length;
  bool containsKey(Object? key) => key is int && key >= 0 && key < length;
  Iterable<int> get keys => Iterable<int>.generate(_list.length);
  Iterable<E> get values => _list.getRange(0, _list.length);
}

// What is being turned to text, so that a collection that holds itself ends.
final List<Object> _printing = [];

bool _isPrinting(Object object) {
  for (var i = 0; i < _printing.length; i++) {
    if (identical(_printing[i], object)) return true;
  }
  return false;
}

String _fullString(Iterable iterable, String left, String right) {
  if (_isPrinting(iterable)) return '$left...$right';
  _printing.add(iterable);
  try {
    final buffer = StringBuffer(left)
      ..writeAll(iterable, ', ')
      ..write(right);
    return buffer.toString();
  } finally {
    _printing.removeLast();
  }
}

// At most about 80 characters, but at least the first three elements and, of
// up to 100, the last two.
String _shortString(Iterable iterable, String left, String right) {
  if (_isPrinting(iterable)) return '$left...$right';
  _printing.add(iterable);
  try {
    final parts = <String>[];
    final iterator = iterable.iterator;
    var length = 0, count = 0;
    while (length < 80 || count < 3) {
      if (!iterator.moveNext()) {
        return '$left${parts.join(', ')}$right';
      }
      final text = '${iterator.current}';
      parts.add(text);
      length += text.length + 2;
      count++;
    }
    // It is too long: keep the last two that there are, look at most 100 on.
    if (!iterator.moveNext()) return '$left${parts.join(', ')}$right';
    var beforeLast = '${iterator.current}';
    count++;
    if (!iterator.moveNext()) {
      parts.add(beforeLast);
      return '$left${parts.join(', ')}$right';
    }
    var last = '${iterator.current}';
    count++;
    while (iterator.moveNext()) {
      beforeLast = last;
      last = '${iterator.current}';
      if (++count > 100) {
        while (length > 80 - 5 && parts.length > 3) {
          length -= parts.removeLast().length + 2;
        }
        return '$left${parts.join(', ')}, ...$right';
      }
    }
    final tail = beforeLast.length + last.length + 4;
    var elided = count > parts.length + 2;
    while (length + tail > 80 && parts.length > 3) {
      length -= parts.removeLast().length + 2;
      if (!elided) {
        elided = true;
        length += 5;
      }
    }
    return '$left${parts.join(', ')}${elided ? ', ...' : ''}, '
        '$beforeLast, $last$right';
  } finally {
    _printing.removeLast();
  }
}

extension IterableExtensions<T> on Iterable<T> {
  Iterable<(int, T)> get indexed => _IndexedIterable<T>(this);

  T? get firstOrNull {
    final iterator = this.iterator;
    return iterator.moveNext() ? iterator.current : null;
  }

  T? get lastOrNull {
    final iterator = this.iterator;
    if (!iterator.moveNext()) return null;
    var result = iterator.current;
    while (iterator.moveNext()) {
      result = iterator.current;
    }
    return result;
  }

  T? get singleOrNull {
    final iterator = this.iterator;
    if (!iterator.moveNext()) return null;
    final result = iterator.current;
    return iterator.moveNext() ? null : result;
  }

  T? elementAtOrNull(int index) {
    RangeError.checkNotNegative(index, 'index');
    final iterator = skip(index).iterator;
    return iterator.moveNext() ? iterator.current : null;
  }
}

extension NullableIterableExtensions<T extends Object> on Iterable<T?> {
  Iterable<T> get nonNulls => whereType<T>();
}

class _IndexedIterable<T> extends Iterable<(int, T)> {
  _IndexedIterable(this._source);

  final Iterable<T> _source;

  Iterator<(int, T)> get iterator => _IndexedIterator<T>(_source.iterator);
  int get length => _source.length;
  bool get isEmpty => _source.isEmpty;
  (int, T) elementAt(int index) => (index, _source.elementAt(index));
}

class _IndexedIterator<T> implements Iterator<(int, T)> {
  _IndexedIterator(this._source);

  final Iterator<T> _source;
  int _index = -1;

  (int, T) get current => (_index, _source.current);

  bool moveNext() {
    if (!_source.moveNext()) return false;
    _index++;
    return true;
  }
}
