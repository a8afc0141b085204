part of dart.core;

abstract interface class List<E> implements Iterable<E> {
  factory List.filled(int length, E fill, {bool growable = false}) {
    _checkNewLength(length);
    switch (_elementKind<E>()) {
      case 1:
        final value = fill as int;
        if (growable) {
          final list = _GrowableIntList(length);
          list._length = length;
          if (value != 0) list._storage.fill(0, length, value);
          return _unsafeCast<List<E>>(list);
        }
        final list = _FixedIntList(length);
        if (value != 0) {
          for (var i = 0; i < length; i++) {
            list._set(i, value);
          }
        }
        return _unsafeCast<List<E>>(list);
      case 2:
        final value = fill as double;
        if (growable) {
          final list = _GrowableDoubleList(length);
          list._length = length;
          list._storage.fillDouble(0, length, value);
          return _unsafeCast<List<E>>(list);
        }
        final list = _FixedDoubleList(length);
        for (var i = 0; i < length; i++) {
          list._set(i, value);
        }
        return _unsafeCast<List<E>>(list);
    }
    if (growable) {
      final list = _GrowableList<E>(length);
      list._length = length;
      if (fill != null) list._storage.fill(0, length, fill);
      return list;
    }
    final list = _FixedList<E>(length);
    if (fill != null) {
      for (var i = 0; i < length; i++) {
        list._set(i, fill);
      }
    }
    return list;
  }

  factory List.empty({bool growable = false}) =>
      growable ? _growable<E>(0) : _fixed<E>(0);

  factory List.from(Iterable elements, {bool growable = true}) {
    if (!growable) return List<E>.of(elements.cast<E>(), growable: false);
    final list = _growable<E>(elements is List ? elements.length : 0);
    for (final element in elements) {
      list.add(element as E);
    }
    return list;
  }

  factory List.of(Iterable<E> elements, {bool growable = true}) {
    if (growable) return _growable<E>(0)..addAll(elements);
    final source = elements is List<E> ? elements : (_growable<E>(0)..addAll(elements));
    final count = source.length;
    final list = _fixed<E>(count);
    for (var i = 0; i < count; i++) {
      list[i] = source[i];
    }
    return list;
  }

  factory List.generate(int length, E generator(int index),
      {bool growable = true}) {
    _checkNewLength(length);
    final list = _growable<E>(length);
    for (var i = 0; i < length; i++) {
      list.add(generator(i));
    }
    return growable ? list : List<E>.of(list, growable: false);
  }

  factory List.unmodifiable(Iterable elements) {
    final source = elements is List ? elements : elements.toList();
    final count = source.length;
    final list = _ConstList<E>(count);
    for (var i = 0; i < count; i++) {
      list._set(i, source[i] as E);
    }
    return list;
  }

  static List<E> _growable<E>(int capacity) => switch (_elementKind<E>()) {
        1 => _unsafeCast<List<E>>(_GrowableIntList(capacity)),
        2 => _unsafeCast<List<E>>(_GrowableDoubleList(capacity)),
        _ => _GrowableList<E>(capacity),
      };

  // Of elements that are all set before the list is seen.
  static List<E> _fixed<E>(int length) => switch (_elementKind<E>()) {
        1 => _unsafeCast<List<E>>(_FixedIntList(length)),
        2 => _unsafeCast<List<E>>(_FixedDoubleList(length)),
        _ => _FixedList<E>(length),
      };

  static List<T> castFrom<S, T>(List<S> source) => _CastList<S, T>(source);

  static void copyRange<T>(List<T> target, int at, List<T> source,
      [int? start, int? end]) {
    start ??= 0;
    end = RangeError.checkValidRange(start, end, source.length);
    final count = end - start;
    if (target.length < at + count) {
      throw ArgumentError.value(
          target, 'target', 'Not big enough to hold $count elements at $at');
    }
    target.setRange(at, at + count, source, start);
  }

  static void writeIterable<T>(List<T> target, int at, Iterable<T> source) {
    RangeError.checkValueInInterval(at, 0, target.length, 'at');
    var index = at;
    for (final element in source) {
      if (index == target.length) {
        throw IndexError.withLength(index, target.length, indexable: target);
      }
      target[index++] = element;
    }
  }

  List<R> cast<R>();
  E operator [](int index);
  void operator []=(int index, E value);
  set first(E value);
  set last(E value);
  int get length;
  set length(int newLength);
  void add(E value);
  void addAll(Iterable<E> iterable);
  Iterable<E> get reversed;
  void sort([int compare(E a, E b)?]);
  void shuffle([Random? random]);
  int indexOf(E element, [int start = 0]);
  int indexWhere(bool test(E element), [int start = 0]);
  int lastIndexWhere(bool test(E element), [int? start]);
  int lastIndexOf(E element, [int? start]);
  void clear();
  void insert(int index, E element);
  void insertAll(int index, Iterable<E> iterable);
  void setAll(int index, Iterable<E> iterable);
  bool remove(Object? value);
  E removeAt(int index);
  E removeLast();
  void removeWhere(bool test(E element));
  void retainWhere(bool test(E element));
  List<E> operator +(List<E> other);
  List<E> sublist(int start, [int? end]);
  Iterable<E> getRange(int start, int end);
  void setRange(int start, int end, Iterable<E> iterable, [int skipCount = 0]);
  void removeRange(int start, int end);
  void fillRange(int start, int end, [E? fillValue]);
  void replaceRange(int start, int end, Iterable<E> replacements);
  Map<int, E> asMap();
  bool operator ==(Object other);
}

// Sorts by copies in two arrays: short runs are sorted by insertion, then runs
// are merged from one array into the other until one is left. Equal elements
// keep their order. The list is written when all is done, so that a comparison
// that throws leaves it as it was.
void _sortList<E>(List<E> list, int compare(E a, E b)?) {
  final count = list.length;
  if (count < 2) return;
  if (_elementKind<E>() == 1) {
    _sortWords(_unsafeCast<List<int>>(list),
        _unsafeCast<int Function(int, int)?>(compare));
    return;
  }
  final order = compare ?? _compareAny as int Function(E, E);
  var from = _Array(count), to = _Array(count);
  for (var i = 0; i < count; i++) {
    from[i] = list[i];
  }
  for (var start = 0; start < count; start += _sortedRun) {
    final end = start + _sortedRun < count ? start + _sortedRun : count;
    for (var i = start + 1; i < end; i++) {
      final value = _unsafeCast<E>(from[i]);
      var j = i;
      while (j > start) {
        final before = _unsafeCast<E>(from[j - 1]);
        if (order(before, value) <= 0) break;
        from[j] = before;
        j--;
      }
      from[j] = value;
    }
  }
  for (var width = _sortedRun; width < count; width *= 2) {
    for (var start = 0; start < count; start += 2 * width) {
      final middle = start + width < count ? start + width : count;
      final end = middle + width < count ? middle + width : count;
      if (middle == end ||
          order(_unsafeCast<E>(from[middle - 1]),
                  _unsafeCast<E>(from[middle])) <=
              0) {
        _Array.copy(from, start, to, start, end - start);
        continue;
      }
      var left = start, right = middle, at = start;
      var a = _unsafeCast<E>(from[left]), b = _unsafeCast<E>(from[right]);
      for (;;) {
        if (order(a, b) <= 0) {
          to[at] = a;
          at++;
          if (++left == middle) {
            _Array.copy(from, right, to, at, end - right);
            break;
          }
          a = _unsafeCast<E>(from[left]);
        } else {
          to[at] = b;
          at++;
          if (++right == end) {
            _Array.copy(from, left, to, at, middle - left);
            break;
          }
          b = _unsafeCast<E>(from[right]);
        }
      }
    }
    (from, to) = (to, from);
  }
  if (list.length != count) throw ConcurrentModificationError(list);
  for (var i = 0; i < count; i++) {
    list[i] = _unsafeCast<E>(from[i]);
  }
}

const _sortedRun = 8;

// The same for integers, which need no boxes; no comparison: by value.
void _sortWords(List<int> list, int Function(int, int)? order) {
  final count = list.length;
  var from = _RawArray(count), to = _RawArray(count);
  for (var i = 0; i < count; i++) {
    from[i] = list[i];
  }
  for (var start = 0; start < count; start += _sortedRun) {
    final end = start + _sortedRun < count ? start + _sortedRun : count;
    for (var i = start + 1; i < end; i++) {
      final value = from[i];
      var j = i;
      while (j > start) {
        final before = from[j - 1];
        if (order == null ? before <= value : order(before, value) <= 0) break;
        from[j] = before;
        j--;
      }
      from[j] = value;
    }
  }
  for (var width = _sortedRun; width < count; width *= 2) {
    for (var start = 0; start < count; start += 2 * width) {
      final middle = start + width < count ? start + width : count;
      final end = middle + width < count ? middle + width : count;
      if (middle == end) {
        _RawArray.copy(from, start, to, start, end - start);
        continue;
      }
      var left = start, right = middle, at = start;
      var a = from[middle - 1], b = from[right];
      if (order == null ? a <= b : order(a, b) <= 0) {
        _RawArray.copy(from, start, to, start, end - start);
        continue;
      }
      a = from[left];
      for (;;) {
        if (order == null ? a <= b : order(a, b) <= 0) {
          to[at] = a;
          at++;
          if (++left == middle) {
            _RawArray.copy(from, right, to, at, end - right);
            break;
          }
          a = from[left];
        } else {
          to[at] = b;
          at++;
          if (++right == end) {
            _RawArray.copy(from, left, to, at, middle - left);
            break;
          }
          b = from[right];
        }
      }
    }
    (from, to) = (to, from);
  }
  if (list.length != count) throw ConcurrentModificationError(list);
  for (var i = 0; i < count; i++) {
    list[i] = from[i];
  }
}

int _compareAny(dynamic a, dynamic b) =>
    Comparable.compare(a as Comparable, b as Comparable);
