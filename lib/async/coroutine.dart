part of dart.async;

// The library's side of async functions; see docs/architecture.md.

_Future<T> _asyncFuture<T>() => _Future<T>._pending(Zone.current);

void _asyncReturn(Object future, Object? value) {
  final result = future as _Future<Object?>;
  if (value is Future<Object?>) {
    result._completeWithFuture(value);
  } else {
    result._endWithValue(value);
  }
}

void _asyncError(Object future, Object error, StackTrace trace) {
  (future as _Future<Object?>)._endWithError(error, trace);
}

// The machine's _Coroutine of dart:core, whose private members cannot be named
// here.
external Object? _coroutineFuture(Object coroutine);
external Object? _coroutineCurrent(Object coroutine);
external bool _coroutineIsYieldEach(Object coroutine);
external Object? _coroutineResume(Object coroutine, Object? value);
external Object? _coroutineResumeError(
    Object coroutine, Object error, StackTrace trace);
external void _coroutineSetAttachment(Object coroutine, Object? value);
external Object? _coroutineAttachment(Object coroutine);

// Arranges for the frame to go on when `value` is there, in the zone it waits
// in. Returns the function's future, which is what the frame's caller gets
// when this is its first wait.
Object? _asyncAwait(Object coroutine, Object? value) {
  final zone = Zone.current;
  final _Future<Object?> source;
  if (value is _Future<Object?>) {
    source = value;
  } else if (value is Future<Object?>) {
    source = _Future<Object?>._pending(zone).._completeWithFuture(value);
  } else {
    source = _Future<Object?>._value(value, zone);
  }
  if (identical(zone, _rootZone)) {
    source._addListener(_AwaitListener(coroutine));
  } else {
    source._addListener(_ThenListener<Object?, Object?>(
        _Future<Object?>._pending(zone),
        zone.registerUnaryCallback<Object?, Object?>((value) {
          _afterResume(coroutine, _coroutineResume(coroutine, value));
          _Future._finishTail();
          return null;
        }),
        zone.registerBinaryCallback<Object?, Object, StackTrace>((error, trace) {
          _afterResume(
              coroutine, _coroutineResumeError(coroutine, error, trace));
          _Future._finishTail();
          return null;
        })));
  }
  return _coroutineFuture(coroutine);
}

// A bool: the frame is an async* body that reached a yield (true) or its end.
void _afterResume(Object coroutine, Object? result) {
  if (result is bool) {
    (_coroutineAttachment(coroutine) as _AsyncStarDriver)._after(result);
  }
}

// The listener of an await in the root zone, where no hooks can be.
class _AwaitListener extends _Listener {
  _AwaitListener(this._coroutine);

  final Object _coroutine;

  Zone get _zone => _rootZone;

  // The future may be one of another zone, and be completed there.
  void _handleValue(_Future source, Object? value) {
    final zone = Zone._current;
    Zone._current = _rootZone;
    _afterResume(_coroutine, _coroutineResume(_coroutine, value));
    Zone._current = zone;
  }

  void _handleError(_Future source, Object error, StackTrace trace) {
    final zone = Zone._current;
    Zone._current = _rootZone;
    _afterResume(_coroutine, _coroutineResumeError(_coroutine, error, trace));
    Zone._current = zone;
  }
}

// The stream of an async* function: the frame runs while there is a listener
// that is not paused, and waits at a yield otherwise.
Stream<T> _asyncStar<T>(Object coroutine) =>
    _AsyncStarDriver<T>(coroutine)._controller.stream;

class _AsyncStarDriver<T> {
  _AsyncStarDriver(this._coroutine) {
    _controller = StreamController<T>(
        onListen: _start, onResume: _onResume, onCancel: _onCancel, sync: true);
    _coroutineSetAttachment(_coroutine, this);
  }

  final Object _coroutine;
  late final StreamController<T> _controller;
  bool _isWaiting = false; // at a yield, for the listener to resume
  bool _isCancelled = false;
  bool _isDone = false;
  Completer<void>? _cancelled;

  void _start() {
    scheduleMicrotask(_run);
  }

  void _onResume() {
    if (_isWaiting) {
      _isWaiting = false;
      scheduleMicrotask(_run);
    }
  }

  Future<void>? _onCancel() {
    if (_isDone) return null;
    _isCancelled = true;
    final done = _cancelled = Completer<void>();
    if (_isWaiting) {
      _isWaiting = false;
      scheduleMicrotask(_run);
    }
    return done.future;
  }

  void _run() {
    _after(_coroutineResume(_coroutine, _isCancelled));
  }

  // `yielded`: true when the frame stopped at a yield, false when its body
  // ended; null when it waits in an await and will come back by itself.
  void _after(Object? yielded) {
    if (yielded == null) return;
    if (yielded == false) {
      _finish();
      return;
    }
    final value = _coroutineCurrent(_coroutine);
    if (_coroutineIsYieldEach(_coroutine)) {
      _forward(value as Stream<T>);
      return;
    }
    if (!_isCancelled) _controller.add(value as T);
    if (_controller.isPaused && !_isCancelled) {
      _isWaiting = true;
    } else {
      scheduleMicrotask(_run);
    }
  }

  void _forward(Stream<T> source) {
    if (_isCancelled) {
      scheduleMicrotask(_run);
      return;
    }
    _controller.addStream(source).whenComplete(() => scheduleMicrotask(_run));
  }

  void _fail(Object error, StackTrace trace) {
    _isDone = true;
    final cancelled = _cancelled;
    if (cancelled != null) {
      cancelled.completeError(error, trace);
    } else {
      _controller.addError(error, trace);
      _controller.close();
    }
  }

  void _finish() {
    _isDone = true;
    final cancelled = _cancelled;
    if (cancelled != null) {
      cancelled.complete();
    } else {
      _controller.close();
    }
  }
}

// Called when the body of an async* function throws; the body then returns null.
void _asyncStarFail(Object coroutine, Object error, StackTrace trace) {
  (_coroutineAttachment(coroutine) as _AsyncStarDriver)._fail(error, trace);
}

StreamIterator<T> _newStreamIterator<T>(Stream<T> stream) =>
    StreamIterator<T>(stream);
