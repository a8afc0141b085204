part of dart.collection;

abstract interface class Queue<E> implements Iterable<E> {
  factory Queue() = ListQueue<E>;
  factory Queue.from(Iterable elements) = ListQueue<E>.from;
  factory Queue.of(Iterable<E> elements) = ListQueue<E>.of;

  static Queue<T> castFrom<S, T>(Queue<S> source) => _CastQueue<S, T>(source);

  Queue<R> cast<R>();
  E removeFirst();
  E removeLast();
  void addFirst(E value);
  void addLast(E value);
  void add(E value);
  bool remove(Object? value);
  void addAll(Iterable<E> iterable);
  void removeWhere(bool test(E element));
  void retainWhere(bool test(E element));
  void clear();
}

class _CastQueue<S, T> extends Iterable<T> implements Queue<T> {
  _CastQueue(this._source);

  final Queue<S> _source;

  Iterator<T> get iterator => _source.map<T>((S e) => e as T).iterator;
  int get length => _source.length;
  Queue<R> cast<R>() => _CastQueue<S, R>(_source);
  T removeFirst() => _source.removeFirst() as T;
  T removeLast() => _source.removeLast() as T;
  void addFirst(T value) => _source.addFirst(value as S);
  void addLast(T value) => _source.addLast(value as S);
  void add(T value) => _source.add(value as S);
  bool remove(Object? value) => _source.remove(value);
  void addAll(Iterable<T> iterable) {
    for (final value in iterable) {
      add(value);
    }
  }

  void removeWhere(bool test(T element)) =>
      _source.removeWhere((S e) => test(e as T));
  void retainWhere(bool test(T element)) =>
      _source.retainWhere((S e) => test(e as T));
  void clear() => _source.clear();
  String toString() => Iterable.iterableToFullString(this, '{', '}');
}

// A ring in a list whose length is a power of two.
final class ListQueue<E> extends Iterable<E> implements Queue<E> {
  ListQueue([int? initialCapacity])
      : _table = List<E?>.filled(_roundUp(initialCapacity ?? 8), null);

  factory ListQueue.from(Iterable<dynamic> elements) {
    final result = ListQueue<E>();
    for (final element in elements) {
      result.addLast(element as E);
    }
    return result;
  }

  factory ListQueue.of(Iterable<E> elements) => ListQueue<E>()..addAll(elements);

  static int _roundUp(int capacity) {
    var size = 8;
    while (size < capacity) {
      size *= 2;
    }
    return size;
  }

  List<E?> _table;
  int _head = 0, _count = 0, _changes = 0;

  Queue<R> cast<R>() => Queue.castFrom<E, R>(this);
  Iterator<E> get iterator => _ListQueueIterator<E>(this);
  int get length => _count;
  bool get isEmpty => _count == 0;

  int _index(int i) => (_head + i) & (_table.length - 1);
  E _at(int i) => _table[_index(i)] as E;

  void forEach(void f(E element)) {
    final changes = _changes;
    for (var i = 0; i < _count; i++) {
      f(_at(i));
      if (changes != _changes) throw ConcurrentModificationError(this);
    }
  }

  E get first {
    if (_count == 0) throw _noElement();
    return _at(0);
  }

  E get last {
    if (_count == 0) throw _noElement();
    return _at(_count - 1);
  }

  E get single {
    if (_count == 0) throw _noElement();
    if (_count > 1) throw _tooMany();
    return _at(0);
  }

  E elementAt(int index) {
    IndexError.check(index, _count, indexable: this);
    return _at(index);
  }

  List<E> toList({bool growable = true}) {
    final result = <E>[for (var i = 0; i < _count; i++) _at(i)];
    return growable ? result : List<E>.of(result, growable: false);
  }

  void _grow() {
    final old = _table;
    final grown = List<E?>.filled(old.length * 2, null);
    for (var i = 0; i < _count; i++) {
      grown[i] = old[(_head + i) & (old.length - 1)];
    }
    _table = grown;
    _head = 0;
  }

  void add(E value) => addLast(value);

  void addLast(E value) {
    if (_count == _table.length) _grow();
    _table[_index(_count)] = value;
    _count++;
    _changes++;
  }

  void addFirst(E value) {
    if (_count == _table.length) _grow();
    _head = (_head - 1) & (_table.length - 1);
    _table[_head] = value;
    _count++;
    _changes++;
  }

  void addAll(Iterable<E> elements) {
    for (final element in identical(elements, this) ? toList() : elements) {
      addLast(element);
    }
  }

  E removeFirst() {
    if (_count == 0) throw _noElement();
    final result = _at(0);
    _table[_head] = null;
    _head = (_head + 1) & (_table.length - 1);
    _count--;
    _changes++;
    return result;
  }

  E removeLast() {
    if (_count == 0) throw _noElement();
    final at = _index(_count - 1);
    final result = _table[at] as E;
    _table[at] = null;
    _count--;
    _changes++;
    return result;
  }

  bool remove(Object? value) {
    for (var i = 0; i < _count; i++) {
      if (_at(i) == value) {
        _removeAt(i);
        return true;
      }
    }
    return false;
  }

  void _removeAt(int at) {
    for (var k = at; k < _count - 1; k++) {
      _table[_index(k)] = _table[_index(k + 1)];
    }
    _table[_index(_count - 1)] = null;
    _count--;
    _changes++;
  }

  void _keep(bool test(E element), bool wanted) {
    // One at a time: what was removed before a test throws stays away.
    var i = 0;
    while (i < _count) {
      final changes = _changes;
      final keeps = test(_at(i)) == wanted;
      if (changes != _changes) throw ConcurrentModificationError(this);
      if (keeps) {
        i++;
      } else {
        _removeAt(i);
      }
    }
  }

  void removeWhere(bool test(E element)) => _keep(test, false);
  void retainWhere(bool test(E element)) => _keep(test, true);

  void clear() {
    if (_count == 0) return;
    _table.fillRange(0, _table.length, null);
    _head = _count = 0;
    _changes++;
  }

  String toString() => Iterable.iterableToFullString(this, '{', '}');
}

class _ListQueueIterator<E> implements Iterator<E> {
  _ListQueueIterator(this._queue) : _changes = _queue._changes;

  final ListQueue<E> _queue;
  final int _changes;
  int _next = 0;
  E? _current;

  E get current => _current as E;

  bool moveNext() {
    if (_changes != _queue._changes) throw ConcurrentModificationError(_queue);
    if (_next >= _queue._count) {
      _current = null;
      return false;
    }
    _current = _queue._at(_next++);
    return true;
  }
}

abstract interface class DoubleLinkedQueueEntry<E> {
  factory DoubleLinkedQueueEntry(E element) = _QueueEntry<E>;

  abstract E element;
  void append(E e);
  void prepend(E e);
  E remove();
  DoubleLinkedQueueEntry<E>? previousEntry();
  DoubleLinkedQueueEntry<E>? nextEntry();
}

class _QueueEntry<E> implements DoubleLinkedQueueEntry<E> {
  _QueueEntry(this.element);

  E element;
  _QueueEntry<E>? _previous, _next;
  DoubleLinkedQueue<E>? _queue;

  void _link(_QueueEntry<E>? before, _QueueEntry<E>? after,
      DoubleLinkedQueue<E>? queue) {
    _previous = before;
    _next = after;
    _queue = queue;
    before?._next = this;
    after?._previous = this;
    if (queue != null) {
      if (before == null) queue._first = this;
      if (after == null) queue._last = this;
      queue._count++;
      queue._changes++;
    }
  }

  void append(E e) => _QueueEntry<E>(e)._link(this, _next, _queue);
  void prepend(E e) => _QueueEntry<E>(e)._link(_previous, this, _queue);

  E remove() {
    final queue = _queue, before = _previous, after = _next;
    before?._next = after;
    after?._previous = before;
    if (queue != null) {
      if (before == null) queue._first = after;
      if (after == null) queue._last = before;
      queue._count--;
      queue._changes++;
    }
    _previous = _next = null;
    _queue = null;
    return element;
  }

  DoubleLinkedQueueEntry<E>? previousEntry() => _previous;
  DoubleLinkedQueueEntry<E>? nextEntry() => _next;
}

final class DoubleLinkedQueue<E> extends Iterable<E> implements Queue<E> {
  DoubleLinkedQueue();

  factory DoubleLinkedQueue.from(Iterable<dynamic> elements) {
    final result = DoubleLinkedQueue<E>();
    for (final element in elements) {
      result.addLast(element as E);
    }
    return result;
  }

  factory DoubleLinkedQueue.of(Iterable<E> elements) =>
      DoubleLinkedQueue<E>()..addAll(elements);

  _QueueEntry<E>? _first, _last;
  int _count = 0, _changes = 0;

  Queue<R> cast<R>() => Queue.castFrom<E, R>(this);
  int get length => _count;
  bool get isEmpty => _count == 0;
  Iterator<E> get iterator => _EntryIterator<E>(this);

  DoubleLinkedQueueEntry<E>? firstEntry() => _first;
  DoubleLinkedQueueEntry<E>? lastEntry() => _last;

  void forEachEntry(void action(DoubleLinkedQueueEntry<E> element)) {
    var entry = _first;
    while (entry != null) {
      final next = entry._next;
      action(entry);
      entry = next;
    }
  }

  E get first => (_first ?? (throw _noElement())).element;
  E get last => (_last ?? (throw _noElement())).element;
  E get single {
    if (_count == 0) throw _noElement();
    if (_count > 1) throw _tooMany();
    return _first!.element;
  }

  void add(E value) => addLast(value);
  void addLast(E value) => _QueueEntry<E>(value)._link(_last, null, this);
  void addFirst(E value) => _QueueEntry<E>(value)._link(null, _first, this);
  void addAll(Iterable<E> iterable) {
    for (final value in iterable) {
      addLast(value);
    }
  }

  E removeFirst() => (_first ?? (throw _noElement())).remove();
  E removeLast() => (_last ?? (throw _noElement())).remove();

  bool remove(Object? o) {
    for (var entry = _first; entry != null; entry = entry._next) {
      if (entry.element == o) {
        entry.remove();
        return true;
      }
    }
    return false;
  }

  void _keep(bool test(E element), bool wanted) {
    var entry = _first;
    while (entry != null) {
      final matches = test(entry.element) == wanted;
      if (!identical(entry._queue, this)) {
        throw ConcurrentModificationError(this);
      }
      final next = entry._next;
      if (!matches) entry.remove();
      entry = next;
    }
  }

  void removeWhere(bool test(E element)) => _keep(test, false);
  void retainWhere(bool test(E element)) => _keep(test, true);

  void clear() {
    while (_first != null) {
      _first!.remove();
    }
  }

  String toString() => Iterable.iterableToFullString(this, '{', '}');
}

class _EntryIterator<E> implements Iterator<E> {
  _EntryIterator(this._queue)
      : _changes = _queue._changes,
        _next = _queue._first;

  final DoubleLinkedQueue<E> _queue;
  final int _changes;
  _QueueEntry<E>? _next;
  E? _current;

  E get current => _current as E;

  bool moveNext() {
    if (_changes != _queue._changes) throw ConcurrentModificationError(_queue);
    final entry = _next;
    if (entry == null) {
      _current = null;
      return false;
    }
    _current = entry.element;
    _next = entry._next;
    return true;
  }
}
