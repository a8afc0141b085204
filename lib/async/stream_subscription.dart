part of dart.async;

abstract interface class StreamSubscription<T> {
  Future<void> cancel();
  void onData(void handleData(T data)?);
  void onError(Function? handleError);
  void onDone(void handleDone()?);
  void pause([Future<void>? resumeSignal]);
  void resume();
  bool get isPaused;
  Future<E> asFuture<E>([E? futureValue]);
}

// What a source does for its subscription.
abstract interface class _Source {
  void _onPause();
  void _onResume();
  Future<void>? _onCancel();
}

// One event on its way.
sealed class _Event {
  const _Event();
}

final class _DataEvent extends _Event {
  const _DataEvent(this.value);
  final Object? value;
}

final class _ErrorEvent extends _Event {
  const _ErrorEvent(this.error, this.trace);
  final Object error;
  final StackTrace trace;
}

final class _DoneEvent extends _Event {
  const _DoneEvent();
}

// A subscription that holds events back while it is paused or while earlier
// ones wait. Asynchronous sources use _schedule, synchronous ones _deliver.
class _Subscription<T> implements StreamSubscription<T> {
  _Subscription(this._source, void onData(T data)?, Function? onError,
      void onDone()?, bool? cancelOnError)
      : _zone = Zone.current,
        _cancelOnError = cancelOnError ?? false {
    this.onData(onData);
    this.onError(onError);
    this.onDone(onDone);
  }

  final _Source? _source;
  final Zone _zone;
  final bool _cancelOnError;
  void Function(T)? _data;
  Function? _error; // (Object) or (Object, StackTrace)
  void Function()? _done;
  List<_Event>? _waiting;
  int _first = 0; // of _waiting
  int _pauses = 0;
  // The source has been told to pause; it is until what waits is delivered.
  bool _isSourcePaused = false;
  bool _isCancelled = false;
  bool _isClosed = false; // done has been delivered, or is about to be
  bool _isScheduled = false;
  bool _isDelivering = false;
  Future<void>? _cancelled;

  bool get isPaused => _pauses > 0;
  bool get _hasWaiting => _waiting != null && _first < _waiting!.length;

  void onData(void handleData(T data)?) {
    _data = handleData == null
        ? null
        : _zone.registerUnaryCallback<void, T>(handleData);
  }

  void onError(Function? handleError) {
    if (handleError == null) {
      _error = null;
    } else if (handleError is void Function(Object, StackTrace)) {
      _error = _zone
          .registerBinaryCallback<dynamic, Object, StackTrace>(handleError);
    } else if (handleError is void Function(Object)) {
      _error = _zone.registerUnaryCallback<dynamic, Object>(handleError);
    } else {
      throw ArgumentError('handleError callback must take either an Object '
          '(the error), or both an Object (the error) and a StackTrace.');
    }
  }

  void onDone(void handleDone()?) {
    _done = handleDone == null ? null : _zone.registerCallback(handleDone);
  }

  // ---- from the source

  void _addWaiting(_Event event) {
    (_waiting ??= []).add(event);
  }

  // Delivers in a microtask.
  void _schedule(_Event event) {
    if (_isCancelled) return;
    _addWaiting(event);
    _scheduleDrain();
  }

  // Delivers now if nothing is in the way.
  void _deliver(_Event event) {
    if (_isCancelled) return;
    if (_pauses > 0 || _hasWaiting || _isDelivering) {
      _addWaiting(event);
      if (!_isDelivering) _scheduleDrain();
      return;
    }
    _handle(event);
  }

  void _scheduleDrain() {
    if (_isScheduled || _pauses > 0) return;
    _isScheduled = true;
    _zone.scheduleMicrotask(_drain);
  }

  void _drain() {
    _isScheduled = false;
    if (_isDelivering) return;
    // One event a microtask: other callbacks have their turn in between.
    if (_pauses == 0 && !_isCancelled && _hasWaiting) {
      final event = _waiting![_first++];
      if (_first == _waiting!.length) {
        _waiting!.clear();
        _first = 0;
      }
      _handle(event);
      if (_hasWaiting) _scheduleDrain();
    }
  }

  void _handle(_Event event) {
    final wasPaused = _isSourcePaused;
    _isDelivering = true;
    switch (event) {
      case _DataEvent(:final value):
        final handler = _data;
        if (handler != null) {
          _zone.runUnaryGuarded<T>(handler, value as T);
        }
      case _ErrorEvent(:final error, :final trace):
        if (_cancelOnError) {
          final cancelled = cancel();
          if (!identical(cancelled, _doneFuture)) {
            cancelled.whenComplete(() => _tellError(error, trace));
            break;
          }
        }
        _tellError(error, trace);
      case _DoneEvent():
        _isClosed = true;
        final cancelled = _isCancelled ? null : _source?._onCancel();
        _isCancelled = true;
        final handler = _done;
        if (handler != null) {
          if (cancelled != null) {
            cancelled.whenComplete(() => _zone.runGuarded(handler));
          } else {
            _zone.runGuarded(handler);
          }
        }
    }
    if (_isSourcePaused && _pauses == 0 && !_hasWaiting) {
      _isSourcePaused = false;
    }
    _tellSource(wasPaused);
    _isDelivering = false;
    if (_hasWaiting) _scheduleDrain();
  }

  // What a listener does with its subscription reaches the source after the
  // event, and only if it makes a difference then.
  void _tellSource(bool wasPaused) {
    while (!_isCancelled && wasPaused != _isSourcePaused) {
      wasPaused = _isSourcePaused;
      if (wasPaused) {
        _source?._onPause();
      } else {
        _source?._onResume();
      }
    }
  }

  void _tellError(Object error, StackTrace trace) {
    final handler = _error;
    if (handler == null) {
      _zone.handleUncaughtError(error, trace);
    } else if (handler is void Function(Object, StackTrace)) {
      _zone.runBinaryGuarded<Object, StackTrace>(handler, error, trace);
    } else {
      _zone.runUnaryGuarded<Object>(handler as void Function(Object), error);
    }
  }

  // ---- from the listener

  void pause([Future<void>? resumeSignal]) {
    if (_isCancelled) return;
    _pauses++;
    if (!_isSourcePaused) {
      _isSourcePaused = true;
      if (!_isDelivering) _source?._onPause();
    }
    resumeSignal?.whenComplete(resume);
  }

  void resume() {
    if (_isCancelled || _pauses == 0) return;
    if (--_pauses > 0) return;
    if (_hasWaiting) {
      _scheduleDrain();
    } else {
      _isSourcePaused = false;
      if (!_isDelivering) _source?._onResume();
    }
  }

  Future<void> cancel() {
    if (!_isCancelled) {
      _isCancelled = true;
      _waiting = null;
      _first = 0;
      _cancelled = _source?._onCancel();
    }
    return _cancelled ?? _doneFuture;
  }

  Future<E> asFuture<E>([E? futureValue]) {
    final result = Completer<E>.sync();
    onDone(() => result.complete(futureValue as E));
    onError((Object error, StackTrace trace) {
      final cancelled = cancel();
      if (identical(cancelled, _doneFuture)) {
        result.completeError(error, trace);
      } else {
        cancelled.whenComplete(() => result.completeError(error, trace));
      }
    });
    return result.future;
  }
}

final Future<void> _doneFuture = _Future<void>._value(null, Zone.root);
