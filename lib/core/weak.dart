part of dart.core;

abstract final class WeakReference<T extends Object> {
  factory WeakReference(T target) {
    _checkWeakKey(target, 'target');
    return _WeakReference<T>(target);
  }
  T? get target;
}

// What has no identity of its own can't be told from its copies.
void _checkWeakKey(Object object, String name) {
  if (object is num || object is String || object is bool || object is Record) {
    throw ArgumentError.value(object, name,
        'Cannot be a string, number, boolean, record, null, Pointer, Struct '
        'or Union');
  }
}

final class _WeakReference<T extends Object> implements WeakReference<T> {
  external factory _WeakReference(T target);
  T? get target => _target as T?;
  external Object? get _target;
}

abstract final class Finalizer<T> {
  factory Finalizer(void Function(T) callback) => _Finalizer<T>(callback);
  void attach(Object value, T finalizationToken, {Object? detach});
  void detach(Object detach);
}

// The collector moves entries whose value died to the heap's list of dead
// entries, which the event loop hands to _finalize.
final class _Finalizer<T> implements Finalizer<T> {
  _Finalizer(void Function(T) callback)
      : _callback = Zone.current.bindUnaryCallbackGuarded(callback);

  final void Function(T) _callback;
  final Expando<List<_FinalizerEntry>> _detachable = Expando();

  void attach(Object value, T finalizationToken, {Object? detach}) {
    _checkWeakKey(value, 'value');
    if (detach != null) _checkWeakKey(detach, 'detach');
    final entry = _FinalizerEntry(value, this, finalizationToken);
    if (detach != null) (_detachable[detach] ??= []).add(entry);
  }

  void detach(Object detach) {
    final entries = _detachable[detach];
    if (entries == null) return;
    for (final entry in entries) {
      entry.clear();
    }
    _detachable[detach] = null;
  }

  void _run(Object? token) => _callback(token as T);
}

final class _FinalizerEntry {
  external factory _FinalizerEntry(
      Object value, _Finalizer finalizer, Object? token);
  external void clear();
  external Object? get _finalizer;
  external Object? get _token;
}

// Called by the event loop for each entry whose value died.
void _finalize(_FinalizerEntry entry) {
  final finalizer = entry._finalizer;
  if (finalizer != null) (finalizer as _Finalizer)._run(entry._token);
}

final class Expando<T extends Object> {
  Expando([this.name]);

  final String? name;
  final _ExpandoTable _table = _ExpandoTable();

  T? operator [](Object object) {
    _checkWeakKey(object, 'object');
    return _table.find(object) as T?;
  }

  void operator []=(Object object, T? value) {
    _checkWeakKey(object, 'object');
    _table.put(object, value);
  }

  String toString() => 'Expando:$name';
}

// A table of ephemerons, open addressing by identity hash; entries whose key
// died are dropped when the table grows.
final class _ExpandoTable {
  List<_Ephemeron?> _entries = List.filled(8, null);
  int _used = 0;

  Object? find(Object key) {
    final mask = _entries.length - 1;
    var at = identityHashCode(key) & mask;
    for (;;) {
      final entry = _entries[at];
      if (entry == null) return null;
      if (identical(entry.key, key)) return entry.value;
      at = (at + 1) & mask;
    }
  }

  void put(Object key, Object? value) {
    final mask = _entries.length - 1;
    var at = identityHashCode(key) & mask;
    for (;;) {
      final entry = _entries[at];
      if (entry == null) break;
      if (identical(entry.key, key)) {
        entry.value = value;
        return;
      }
      at = (at + 1) & mask;
    }
    if (value == null) return;
    _entries[at] = _Ephemeron(key, value);
    if (++_used * 2 > _entries.length) _rehash();
  }

  void _rehash() {
    final old = _entries;
    var live = 0;
    for (final entry in old) {
      if (entry != null && entry.key != null && entry.value != null) live++;
    }
    var size = 8;
    while (size < live * 4) size *= 2;
    _entries = List.filled(size, null);
    _used = 0;
    for (final entry in old) {
      final key = entry?.key;
      if (key == null || entry!.value == null) continue;
      var at = identityHashCode(key) & (size - 1);
      while (_entries[at] != null) at = (at + 1) & (size - 1);
      _entries[at] = entry;
      _used++;
    }
  }
}

final class _Ephemeron {
  external factory _Ephemeron(Object key, Object? value);
  external Object? get key;
  external Object? get value;
  external set value(Object? value);
}
