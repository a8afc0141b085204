part of dart.collection;

base class LinkedList<E extends LinkedListEntry<E>> extends Iterable<E> {
  LinkedList();

  E? _first;
  int _count = 0, _changes = 0;

  void addFirst(E entry) {
    _insert(_first, entry);
    _first = entry;
  }

  void add(E entry) => _insert(_first, entry);

  void addAll(Iterable<E> entries) {
    for (final entry in entries) {
      add(entry);
    }
  }

  // Before `next`, in the ring that the entries are.
  void _insert(E? next, E entry) {
    if (entry._list != null) {
      throw StateError('LinkedListEntry is already in a LinkedList');
    }
    _changes++;
    entry._list = this;
    if (next == null) {
      entry._next = entry;
      entry._previous = entry;
      _first = entry;
    } else {
      final previous = next._previous!;
      entry._next = next;
      entry._previous = previous;
      previous._next = entry;
      next._previous = entry;
    }
    _count++;
  }

  void _unlink(E entry) {
    _changes++;
    entry._next!._previous = entry._previous;
    entry._previous!._next = entry._next;
    _count--;
    if (identical(entry, _first)) _first = _count == 0 ? null : entry._next;
    entry._list = null;
    entry._next = entry._previous = null;
  }

  bool remove(E entry) {
    if (!identical(entry._list, this)) return false;
    _unlink(entry);
    return true;
  }

  bool contains(Object? entry) =>
      entry is LinkedListEntry && identical(entry._list, this);

  Iterator<E> get iterator => _LinkedListIterator<E>(this);
  int get length => _count;
  bool get isEmpty => _count == 0;

  void clear() {
    _changes++;
    var entry = _first;
    for (var i = 0; i < _count; i++) {
      final next = entry!._next;
      entry._list = null;
      entry._next = entry._previous = null;
      entry = next;
    }
    _first = null;
    _count = 0;
  }

  E get first => _first ?? (throw StateError('No such element'));
  E get last => _first == null
      ? (throw StateError('No such element'))
      : _first!._previous!;
  E get single {
    if (_count == 0) throw StateError('No such element');
    if (_count > 1) throw StateError('Too many elements');
    return _first!;
  }

  void forEach(void action(E entry)) {
    final changes = _changes;
    var entry = _first;
    for (var i = 0; i < _count; i++) {
      final current = entry!;
      action(current);
      if (changes != _changes) throw ConcurrentModificationError(this);
      entry = current._next;
    }
  }
}

class _LinkedListIterator<E extends LinkedListEntry<E>>
    implements Iterator<E> {
  _LinkedListIterator(this._list)
      : _changes = _list._changes,
        _next = _list._first;

  final LinkedList<E> _list;
  final int _changes;
  E? _next, _current;
  int _passed = 0;

  E get current => _current as E;

  bool moveNext() {
    if (_changes != _list._changes) throw ConcurrentModificationError(_list);
    if (_passed == _list._count) {
      _current = null;
      return false;
    }
    _passed++;
    _current = _next;
    _next = _next!._next;
    return true;
  }
}

abstract base mixin class LinkedListEntry<E extends LinkedListEntry<E>> {
  LinkedList<E>? _list;
  E? _next, _previous;

  LinkedList<E>? get list => _list;

  void unlink() => _list!._unlink(this as E);

  E? get next => _list == null || identical(_list!._first, _next) ? null : _next;
  E? get previous =>
      _list == null || identical(_list!._first, this) ? null : _previous;

  void insertAfter(E entry) => _list!._insert(_next, entry);

  void insertBefore(E entry) {
    final list = _list!;
    list._insert(this as E, entry);
    if (identical(list._first, this)) list._first = entry;
  }
}
