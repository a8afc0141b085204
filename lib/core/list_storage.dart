part of dart.core;

// A run of references, not checked for type: the storage of lists and hash
// tables. Index errors are RangeErrors.
final class _Array {
  external factory _Array(int length); // filled with null

  external int get length;
  external Object? operator [](int index);
  external void operator []=(int index, Object? value);

  // Copies count items, also within one array; the caller has checked bounds.
  external static void copy(
      _Array from, int fromStart, _Array to, int toStart, int count);
  external void fill(int start, int end, Object? value);
}

// The same of 64-bit words: integers, or the bits of doubles.
final class _RawArray {
  external factory _RawArray(int length); // filled with 0

  external int get length;
  external int operator [](int index);
  external void operator []=(int index, int value);
  external double doubleAt(int index);
  external void setDoubleAt(int index, double value);

  external static void copy(
      _RawArray from, int fromStart, _RawArray to, int toStart, int count);
  external void fill(int start, int end, int value);
  external void fillDouble(int start, int end, double value);
}

// How List<E> keeps its elements: 0 references, 1 integers, 2 doubles.
external int _elementKind<E>();

int _newCapacity(int length) => length < 4 ? 8 : length + (length >> 1) + 1;

void _checkNewLength(int length) {
  if (length < 0) throw RangeError.range(length, 0, null, 'length');
  if (length > 1 << 40) throw const OutOfMemoryError();
}

// What all lists of the run time share. `_get` and `_set` are the storage
// without checks of the index.
abstract base class _ListBase<E> extends Iterable<E> implements List<E> {
  Type get runtimeType => List<E>;
  E _get(int index);
  void _set(int index, E value);
  int get length;

  E operator [](int index) {
    if (index < 0 || index >= length) {
      throw IndexError.withLength(index, length,
          indexable: this, name: 'index');
    }
    return _get(index);
  }

  void operator []=(int index, E value) {
    if (index < 0 || index >= length) {
      throw IndexError.withLength(index, length,
          indexable: this, name: 'index');
    }
    _set(index, value);
  }

  Iterator<E> get iterator => _ListIterator<E>(this);

  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;

  // Loops name this list as a List: on that, indexing and for-in, which sees
  // changes of the length, are instructions.
  void forEach(void action(E element)) {
    final List<E> list = this;
    for (final element in list) {
      action(element);
    }
  }

  T fold<T>(T initialValue, T combine(T previousValue, E element)) {
    final List<E> list = this;
    var value = initialValue;
    for (final element in list) {
      value = combine(value, element);
    }
    return value;
  }

  E reduce(E combine(E value, E element)) {
    final List<E> list = this;
    final count = list.length;
    if (count == 0) throw _noElement();
    var value = list[0];
    for (var i = 1; i < count; i++) {
      value = combine(value, list[i]);
      if (list.length != count) throw ConcurrentModificationError(list);
    }
    return value;
  }

  bool any(bool test(E element)) {
    final List<E> list = this;
    for (final element in list) {
      if (test(element)) return true;
    }
    return false;
  }

  bool every(bool test(E element)) {
    final List<E> list = this;
    for (final element in list) {
      if (!test(element)) return false;
    }
    return true;
  }

  E get first {
    if (length == 0) throw _noElement();
    return _get(0);
  }

  set first(E value) {
    if (length == 0) throw _noElement();
    this[0] = value;
  }

  E get last {
    final count = length;
    if (count == 0) throw _noElement();
    return _get(count - 1);
  }

  set last(E value) {
    if (length == 0) throw _noElement();
    this[length - 1] = value;
  }

  E get single {
    if (length == 0) throw _noElement();
    if (length > 1) throw _tooMany();
    return _get(0);
  }

  E elementAt(int index) => this[index];

  bool contains(Object? element) {
    final List<E> list = this;
    for (final item in list) {
      if (item == element) return true;
    }
    return false;
  }

  int indexOf(E element, [int start = 0]) {
    if (start < 0) start = 0;
    final List<E> list = this;
    for (var i = start; i < list.length; i++) {
      if (list[i] == element) return i;
    }
    return -1;
  }

  int lastIndexOf(E element, [int? start]) {
    var from = start ?? length - 1;
    if (from >= length) from = length - 1;
    for (var i = from; i >= 0; i--) {
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

  int lastIndexWhere(bool test(E element), [int? start]) {
    var from = start ?? length - 1;
    if (from >= length) from = length - 1;
    for (var i = from; i >= 0; i--) {
      if (test(this[i])) return i;
    }
    return -1;
  }

  List<R> cast<R>() => List.castFrom<E, R>(this);
  Iterable<E> get reversed => _ReversedListIterable<E>(this);
  Iterable<E> skip(int count) {
    if (count < 0) throw RangeError.range(count, 0, null, 'count');
    return _SubListIterable<E>(this, count, null);
  }

  Iterable<E> take(int count) {
    if (count < 0) throw RangeError.range(count, 0, null, 'count');
    return _SubListIterable<E>(this, 0, count);
  }

  Iterable<T> map<T>(T toElement(E element)) =>
      _MappedListIterable<E, T>(this, toElement);

  List<E> toList({bool growable = true}) =>
      growable ? List<E>.of(this) : List<E>.of(this, growable: false);

  Map<int, E> asMap() => _ListMapView<E>(this);

  List<E> sublist(int start, [int? end]) {
    final actualEnd = RangeError.checkValidRange(start, end, length);
    final List<E> list = this;
    final result = List._growable<E>(actualEnd - start);
    for (var i = start; i < actualEnd; i++) {
      result.add(list[i]);
    }
    return result;
  }

  Iterable<E> getRange(int start, int end) {
    RangeError.checkValidRange(start, end, length);
    return _SubListIterable<E>(this, start, end);
  }

  List<E> operator +(List<E> other) => List<E>.of(this)..addAll(other);

  void sort([int compare(E a, E b)?]) {
    _sortList<E>(this, compare);
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

  void setAll(int index, Iterable<E> iterable) {
    RangeError.checkValueInInterval(index, 0, length, 'index');
    final values = iterable is List<E> ? iterable : iterable.toList();
    if (index + values.length > length) {
      throw RangeError.range(index + values.length, index, length, 'end');
    }
    setRange(index, index + values.length, values);
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
    final List<E> list = this;
    if (identical(source, list) && skipCount < start) {
      for (var i = count - 1; i >= 0; i--) {
        list[start + i] = source[skipCount + i];
      }
    } else {
      for (var i = 0; i < count; i++) {
        list[start + i] = source[skipCount + i];
      }
    }
  }

  void fillRange(int start, int end, [E? fillValue]) {
    RangeError.checkValidRange(start, end, length);
    final value = fillValue as E;
    final List<E> list = this;
    for (var i = start; i < end; i++) {
      list[i] = value;
    }
  }

  String toString() => ListBase.listToString(this);
}

// Members that change the length, for lists whose length is fixed.
abstract base class _FixedLengthList<E> extends _ListBase<E> {
  set length(int newLength) => throw UnsupportedError(
      'Cannot change the length of a fixed-length list');
  void add(E value) =>
      throw UnsupportedError('Cannot add to a fixed-length list');
  void addAll(Iterable<E> iterable) =>
      throw UnsupportedError('Cannot add to a fixed-length list');
  void insert(int index, E element) =>
      throw UnsupportedError('Cannot add to a fixed-length list');
  void insertAll(int index, Iterable<E> iterable) =>
      throw UnsupportedError('Cannot add to a fixed-length list');
  bool remove(Object? value) =>
      throw UnsupportedError('Cannot remove from a fixed-length list');
  E removeAt(int index) =>
      throw UnsupportedError('Cannot remove from a fixed-length list');
  E removeLast() =>
      throw UnsupportedError('Cannot remove from a fixed-length list');
  void removeWhere(bool test(E element)) =>
      throw UnsupportedError('Cannot remove from a fixed-length list');
  void retainWhere(bool test(E element)) =>
      throw UnsupportedError('Cannot remove from a fixed-length list');
  void removeRange(int start, int end) =>
      throw UnsupportedError('Cannot remove from a fixed-length list');
  void replaceRange(int start, int end, Iterable<E> replacements) =>
      throw UnsupportedError('Cannot remove from a fixed-length list');
  void clear() => throw UnsupportedError('Cannot clear a fixed-length list');
}

final class _FixedList<E> extends _FixedLengthList<E> {
  external factory _FixedList(int length); // filled with null

  external int get length;
  external E _get(int index);
  external void _set(int index, E value);
}

final class _FixedIntList extends _FixedLengthList<int> {
  external factory _FixedIntList(int length);

  external int get length;
  external int _get(int index);
  external void _set(int index, int value);
}

final class _FixedDoubleList extends _FixedLengthList<double> {
  external factory _FixedDoubleList(int length);

  external int get length;
  external double _get(int index);
  external void _set(int index, double value);
}

// Constant and unmodifiable lists; lies in the heap as a _FixedList does.
final class _ConstList<E> extends _FixedLengthList<E> {
  external factory _ConstList(int length);

  external int get length;
  external E _get(int index);
  external void _set(int index, E value); // while it is being made

  Never _fail() => throw UnsupportedError('Cannot modify an unmodifiable list');
  void operator []=(int index, E value) => _fail();
  set length(int newLength) => _fail();
  set first(E value) => _fail();
  set last(E value) => _fail();
  void add(E value) => _fail();
  void addAll(Iterable<E> iterable) => _fail();
  void insert(int index, E element) => _fail();
  void insertAll(int index, Iterable<E> iterable) => _fail();
  bool remove(Object? value) => _fail();
  E removeAt(int index) => _fail();
  E removeLast() => _fail();
  void removeWhere(bool test(E element)) => _fail();
  void retainWhere(bool test(E element)) => _fail();
  void removeRange(int start, int end) => _fail();
  void replaceRange(int start, int end, Iterable<E> replacements) => _fail();
  void clear() => _fail();
  void sort([int compare(E a, E b)?]) => _fail();
  void shuffle([Random? random]) => _fail();
  void setAll(int index, Iterable<E> iterable) => _fail();
  void setRange(int start, int end, Iterable<E> iterable,
          [int skipCount = 0]) =>
      _fail();
  void fillRange(int start, int end, [E? fillValue]) => _fail();
}

// Members that change the length, in terms of three that the storage gives.
abstract base class _GrowableBase<E> extends _ListBase<E> {
  int get _capacity;
  void _setLength(int length);    // within the capacity; clears what falls away
  void _reserve(int capacity);    // moves to a storage of that capacity
  void _move(int from, int to, int count); // within the storage
  // Adds the first items of a list with the same storage, for which there is
  // room; false: it is of another kind.
  bool _append(List<E> source, int count);

  set length(int newLength) {
    _checkNewLength(newLength);
    if (newLength > _length) {
      null as E; // a list of a non-nullable type cannot be filled with null
      if (newLength > _capacity) {
        // Who lengthens a list by one, many times, is not made to wait.
        final more = _newCapacity(_length);
        _reserve(newLength > more ? newLength : more);
      }
    }
    _setLength(newLength);
  }

  int get length => _length;
  int get _length;

  void addAll(Iterable<E> iterable) {
    if (iterable is List<E>) {
      final source = iterable;
      final count = source.length;
      final start = _length;
      final total = start + count;
      if (total > _capacity) {
        _reserve(total > _newCapacity(start) ? total : _newCapacity(start));
      }
      if (_append(source, count)) return;
      for (var i = 0; i < count; i++) {
        add(source[i]);
      }
      return;
    }
    for (final element in iterable) {
      add(element);
    }
  }

  void insert(int index, E element) {
    final count = _length;
    RangeError.checkValueInInterval(index, 0, count, 'index');
    _open(index, 1);
    _set(index, element);
  }

  void insertAll(int index, Iterable<E> iterable) {
    RangeError.checkValueInInterval(index, 0, _length, 'index');
    final values = iterable.toList(growable: false);
    final count = values.length;
    _open(index, count);
    for (var i = 0; i < count; i++) {
      _set(index + i, values[i]);
    }
  }

  // Makes room for count elements at index.
  void _open(int index, int count) {
    final old = _length;
    final total = old + count;
    if (total > _capacity) {
      _reserve(total > _newCapacity(old) ? total : _newCapacity(old));
    }
    _setLength(total);
    _move(index, index + count, old - index);
  }

  // Takes count elements at index out.
  void _close(int index, int count) {
    final old = _length;
    _move(index + count, index, old - index - count);
    _setLength(old - count);
  }

  bool remove(Object? value) {
    for (var i = 0; i < _length; i++) {
      if (this[i] == value) {
        _close(i, 1);
        return true;
      }
    }
    return false;
  }

  E removeAt(int index) {
    final result = this[index];
    _close(index, 1);
    return result;
  }

  E removeLast() {
    final count = _length;
    if (count == 0) {
      throw IndexError.withLength(-1, 0, indexable: this, name: 'index');
    }
    final result = _get(count - 1);
    _setLength(count - 1);
    return result;
  }

  void removeWhere(bool test(E element)) => _keep(test, false);
  void retainWhere(bool test(E element)) => _keep(test, true);

  void _keep(bool test(E element), bool wanted) {
    final count = _length;
    final kept = List<E>.empty(growable: true);
    for (var i = 0; i < count; i++) {
      final element = this[i];
      if (test(element) == wanted) kept.add(element);
      if (_length != count) throw ConcurrentModificationError(this);
    }
    if (kept.length == count) return;
    for (var i = 0; i < kept.length; i++) {
      _set(i, kept[i]);
    }
    _setLength(kept.length);
  }

  void removeRange(int start, int end) {
    RangeError.checkValidRange(start, end, _length);
    if (end > start) _close(start, end - start);
  }

  void replaceRange(int start, int end, Iterable<E> replacements) {
    RangeError.checkValidRange(start, end, _length);
    final values = replacements.toList(growable: false);
    final removed = end - start, added = values.length;
    if (added > removed) {
      _open(end, added - removed);
    } else if (added < removed) {
      _close(start + added, removed - added);
    }
    for (var i = 0; i < added; i++) {
      _set(start + i, values[i]);
    }
  }

  void clear() {
    _setLength(0);
  }
}

// The machine knows the layout of the three: length, then storage.
final class _GrowableList<E> extends _GrowableBase<E> {
  _GrowableList(int capacity)
      : _length = 0,
        _storage = capacity == 0 ? _noArray : _Array(capacity);

  int _length;
  _Array _storage;
  static final _Array _noArray = _Array(0);

  int get _capacity => _storage.length;
  E _get(int index) => _unsafeCast<E>(_storage[index]);
  void _set(int index, E value) {
    _storage[index] = value;
  }

  void add(E value) {
    final at = _length;
    if (at == _storage.length) _reserve(_newCapacity(at));
    _storage[at] = value;
    _length = at + 1;
  }

  void _setLength(int length) {
    if (length < _length) _storage.fill(length, _length, null);
    _length = length;
  }

  void _reserve(int capacity) {
    final storage = _Array(capacity);
    _Array.copy(_storage, 0, storage, 0, _length);
    _storage = storage;
  }

  void _move(int from, int to, int count) {
    _Array.copy(_storage, from, _storage, to, count);
  }

  bool _append(List<E> source, int count) {
    if (source is! _GrowableList<Object?>) return false;
    final from = _unsafeCast<_GrowableList<E>>(source)._storage;
    _Array.copy(from, 0, _storage, _length, count);
    _length += count;
    return true;
  }

  List<E> sublist(int start, [int? end]) {
    final actualEnd = RangeError.checkValidRange(start, end, _length);
    final result = _GrowableList<E>(actualEnd - start);
    result._length = actualEnd - start;
    _Array.copy(_storage, start, result._storage, 0, actualEnd - start);
    return result;
  }

  void setRange(int start, int end, Iterable<E> iterable, [int skipCount = 0]) {
    if (iterable is _GrowableList<E>) {
      RangeError.checkValidRange(start, end, _length);
      RangeError.checkNotNegative(skipCount, 'skipCount');
      if (skipCount + (end - start) > iterable._length) {
        throw StateError('Too few elements');
      }
      _Array.copy(iterable._storage, skipCount, _storage, start, end - start);
      return;
    }
    super.setRange(start, end, iterable, skipCount);
  }
}

final class _GrowableIntList extends _GrowableBase<int> {
  _GrowableIntList(int capacity)
      : _length = 0,
        _storage = capacity == 0 ? _noArray : _RawArray(capacity);

  int _length;
  _RawArray _storage;
  static final _RawArray _noArray = _RawArray(0);

  int get _capacity => _storage.length;
  int _get(int index) => _storage[index];
  void _set(int index, int value) {
    _storage[index] = value;
  }

  void add(int value) {
    final at = _length;
    if (at == _storage.length) _reserve(_newCapacity(at));
    _storage[at] = value;
    _length = at + 1;
  }

  void _setLength(int length) {
    _length = length;
  }

  void _reserve(int capacity) {
    final storage = _RawArray(capacity);
    _RawArray.copy(_storage, 0, storage, 0, _length);
    _storage = storage;
  }

  void _move(int from, int to, int count) {
    _RawArray.copy(_storage, from, _storage, to, count);
  }

  bool _append(List<int> source, int count) {
    if (source is! _GrowableIntList) return false;
    _RawArray.copy(source._storage, 0, _storage, _length, count);
    _length += count;
    return true;
  }
}

final class _GrowableDoubleList extends _GrowableBase<double> {
  _GrowableDoubleList(int capacity)
      : _length = 0,
        _storage = capacity == 0 ? _noArray : _RawArray(capacity);

  int _length;
  _RawArray _storage;
  static final _RawArray _noArray = _RawArray(0);

  int get _capacity => _storage.length;
  double _get(int index) => _storage.doubleAt(index);
  void _set(int index, double value) {
    _storage.setDoubleAt(index, value);
  }

  void add(double value) {
    final at = _length;
    if (at == _storage.length) _reserve(_newCapacity(at));
    _storage.setDoubleAt(at, value);
    _length = at + 1;
  }

  void _setLength(int length) {
    _length = length;
  }

  void _reserve(int capacity) {
    final storage = _RawArray(capacity);
    _RawArray.copy(_storage, 0, storage, 0, _length);
    _storage = storage;
  }

  void _move(int from, int to, int count) {
    _RawArray.copy(_storage, from, _storage, to, count);
  }

  bool _append(List<double> source, int count) {
    if (source is! _GrowableDoubleList) return false;
    _RawArray.copy(source._storage, 0, _storage, _length, count);
    _length += count;
    return true;
  }
}

// The value as a T that it is known to be: no check.
external T _unsafeCast<T>(Object? value);

class _ListIterator<E> implements Iterator<E> {
  _ListIterator(this._list) : _length = _list.length;

  final List<E> _list;
  final int _length;
  int _next = 0;
  E? _current;

  E get current => _unsafeCast<E>(_current);

  bool moveNext() {
    final list = _list;
    if (list.length != _length) throw ConcurrentModificationError(list);
    final at = _next;
    if (at >= _length) {
      _current = null;
      return false;
    }
    _current = list[at];
    _next = at + 1;
    return true;
  }
}

class _MappedListIterable<S, T> extends _ListIterable<T> {
  _MappedListIterable(this._source, this._toElement);

  final List<S> _source;
  final T Function(S) _toElement;

  int get length => _source.length;
  T elementAt(int index) => _toElement(_source[index]);

  void forEach(void action(T element)) {
    final toElement = _toElement;
    for (final element in _source) {
      action(toElement(element));
    }
  }

  List<T> toList({bool growable = true}) {
    final source = _source, toElement = _toElement;
    final result = List._growable<T>(source.length);
    for (final element in source) {
      result.add(toElement(element));
    }
    return growable ? result : List<T>.of(result, growable: false);
  }
}

class _ReversedListIterable<E> extends _ListIterable<E> {
  _ReversedListIterable(this._source);

  final List<E> _source;

  int get length => _source.length;
  E elementAt(int index) => _source[_source.length - 1 - index];
}

class _SubListIterable<E> extends _ListIterable<E> {
  _SubListIterable(this._source, this._start, this._end);

  final List<E> _source;
  final int _start;
  final int? _end;

  int get length {
    final count = _source.length;
    final limit = _end;
    final end = limit == null || limit > count ? count : limit;
    return end > _start ? end - _start : 0;
  }

  E elementAt(int index) {
    if (index < 0 || index >= length) {
      throw IndexError.withLength(index, length,
          indexable: this, name: 'index');
    }
    return _source[_start + index];
  }

  Iterable<E> skip(int count) {
    if (count < 0) throw RangeError.range(count, 0, null, 'count');
    return _SubListIterable(_source, _start + count, _end);
  }

  Iterable<E> take(int count) {
    if (count < 0) throw RangeError.range(count, 0, null, 'count');
    final end = _start + count;
    final limit = _end;
    if (limit != null && limit <= end) return this;
    return _SubListIterable(_source, _start, end);
  }
}

// An iterable over positions.
abstract class _ListIterable<E> extends Iterable<E> {
  int get length;
  E elementAt(int index);

  Iterator<E> get iterator => _PositionIterator<E>(this);
  bool get isEmpty => length == 0;

  E get first {
    if (length == 0) throw _noElement();
    return elementAt(0);
  }

  E get last {
    if (length == 0) throw _noElement();
    return elementAt(length - 1);
  }

  E get single {
    if (length == 0) throw _noElement();
    if (length > 1) throw _tooMany();
    return elementAt(0);
  }

  Iterable<E> skip(int count) {
    if (count < 0) throw RangeError.range(count, 0, null, 'count');
    return _SkippedPositions<E>(this, count, null);
  }

  Iterable<E> take(int count) {
    if (count < 0) throw RangeError.range(count, 0, null, 'count');
    return _SkippedPositions<E>(this, 0, count);
  }
}

class _SkippedPositions<E> extends _ListIterable<E> {
  _SkippedPositions(this._source, this._start, this._end);

  final _ListIterable<E> _source;
  final int _start;
  final int? _end;

  int get length {
    final count = _source.length;
    final limit = _end;
    final end = limit == null || limit > count ? count : limit;
    return end > _start ? end - _start : 0;
  }

  E elementAt(int index) {
    if (index < 0 || index >= length) {
      throw IndexError.withLength(index, length,
          indexable: this, name: 'index');
    }
    return _source.elementAt(_start + index);
  }
}

class _PositionIterator<E> implements Iterator<E> {
  _PositionIterator(this._source) : _length = _source.length;

  final _ListIterable<E> _source;
  final int _length;
  int _next = 0;
  E? _current;

  E get current => _unsafeCast<E>(_current);

  bool moveNext() {
    if (_source.length != _length) throw ConcurrentModificationError(_source);
    if (_next >= _length) {
      _current = null;
      return false;
    }
    _current = _source.elementAt(_next);
    _next++;
    return true;
  }
}
