part of dart.core;

Iterable<T> _syncStar<T>(Object coroutine) =>
    _SyncStarIterable<T>(coroutine as _Coroutine);

// Each iterator runs a copy of the frame as it was when the function was
// entered.
class _SyncStarIterable<T> extends Iterable<T> {
  _SyncStarIterable(this._start);

  final _Coroutine _start;

  Iterator<T> get iterator => _SyncIterator<T>(_start.clone());
}

class _SyncIterator<T> implements Iterator<T> {
  _SyncIterator(this._coroutine);

  _Coroutine? _coroutine;
  Iterator<T>? _nested; // of a yield* under way
  T? _current;

  T get current => _current as T;

  bool moveNext() {
    Object? error; // what a yield* has to throw in the body
    StackTrace? trace;
    for (;;) {
      final nested = _nested;
      if (nested != null) {
        try {
          if (nested.moveNext()) {
            _current = nested.current;
            return true;
          }
        } catch (e, t) {
          error = e;
          trace = t;
        }
        _nested = null;
      }
      final coroutine = _coroutine;
      if (coroutine == null) break;
      _coroutine = null; // stays so when the body throws
      final more = error == null
          ? _resumeGenerator(coroutine)
          : coroutine.resumeError(error, trace!) as bool;
      if (!more) break;
      error = null;
      _coroutine = coroutine;
      if (!coroutine.isYieldEach) {
        _current = coroutine.current as T;
        return true;
      }
      try {
        _nested = (coroutine.current as Iterable<T>).iterator;
      } catch (e, t) {
        error = e;
        trace = t;
      }
    }
    _current = null;
    return false;
  }
}

bool _resumeGenerator(_Coroutine coroutine) => coroutine.resume(null) as bool;

// A suspended frame; see docs/architecture.md.
final class _Coroutine {
  external factory _Coroutine._();

  external Object? get future;
  external Object? get current;
  external bool get isYieldEach;

  // State that the library attaches to it: callbacks, a stream controller.
  external Object? get attachment;
  external set attachment(Object? value);

  // Continues the frame with a value or an error; returns what it returns or
  // what suspending it again returns.
  external Object? resume(Object? value);
  external Object? resumeError(Object error, StackTrace trace);
  external _Coroutine clone();
}
