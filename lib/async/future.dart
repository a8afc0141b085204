part of dart.async;

abstract final class FutureOr<T> {
  FutureOr._();
}

abstract interface class Future<T> {
  factory Future(FutureOr<T> computation()) {
    final result = _Future<T>._pending(Zone.current);
    Timer.run(() => result._completeBy(computation));
    return result;
  }

  factory Future.microtask(FutureOr<T> computation()) {
    final result = _Future<T>._pending(Zone.current);
    scheduleMicrotask(() => result._completeBy(computation));
    return result;
  }

  factory Future.sync(FutureOr<T> computation()) {
    try {
      final value = computation();
      if (value is Future<T>) return value;
      return _Future<T>._value(value, Zone.current);
    } catch (error, trace) {
      final result = _Future<T>._pending(Zone.current);
      result._completeErrorLater(error, trace);
      return result;
    }
  }

  factory Future.value([FutureOr<T>? value]) {
    final given = value == null ? value as T : value;
    if (given is Future<T>) {
      return _Future<T>._pending(Zone.current).._completeWithFuture(given);
    }
    return _Future<T>._value(given, Zone.current);
  }

  factory Future.error(Object error, [StackTrace? stackTrace]) {
    final replaced = _errorOf(error, stackTrace);
    return _Future<T>._pending(Zone.current)
      .._completeErrorLater(replaced.error, replaced.stackTrace);
  }

  factory Future.delayed(Duration duration, [FutureOr<T> computation()?]) {
    if (computation == null && null is! T) {
      throw ArgumentError.value(
          null, 'computation', 'The type parameter is not nullable');
    }
    final result = _Future<T>._pending(Zone.current);
    Timer(duration, () {
      if (computation == null) {
        result._completeValue(null);
      } else {
        result._completeBy(computation);
      }
    });
    return result;
  }

  static Future<List<T>> wait<T>(Iterable<Future<T>> futures,
      {bool eagerError = false, void cleanUp(T successValue)?}) {
    final result = _Future<List<T>>._pending(Zone.current);
    List<T?>? values;
    Object? firstError;
    StackTrace? firstTrace;
    var left = 0, failed = false;

    void fail(Object error, StackTrace trace) {
      left--;
      final done = values;
      if (done != null) {
        if (cleanUp != null) {
          for (final value in done) {
            if (value != null) Future.sync(() => cleanUp(value));
          }
        }
        values = null;
        failed = true;
        if (left == 0 || eagerError) {
          result._completeErrorChecked(error, trace);
        } else {
          firstError = error;
          firstTrace = trace;
        }
      } else if (left == 0 && !eagerError) {
        result._completeErrorChecked(firstError!, firstTrace!);
      }
    }

    try {
      for (final future in futures) {
        final position = left++;
        future.then((T value) {
          left--;
          final done = values;
          if (done != null) {
            done[position] = value;
            if (left == 0) {
              result._completeValue(
                  List<T>.of([for (final value in done) value as T]));
            }
          } else {
            if (cleanUp != null && value != null) {
              Future.sync(() => cleanUp(value));
            }
            if (left == 0 && failed && !eagerError) {
              result._completeErrorChecked(firstError!, firstTrace!);
            }
          }
        }, onError: fail);
      }
      if (left == 0) {
        return result.._completeValue(List<T>.empty(growable: true));
      }
      values = List<T?>.filled(left, null);
    } catch (error, trace) {
      if (left == 0 || eagerError) {
        result._completeErrorLater(error, trace);
        return result;
      }
      firstError = error;
      firstTrace = trace;
      failed = true;
    }
    return result;
  }

  static Future<T> any<T>(Iterable<Future<T>> futures) {
    final completer = Completer<T>.sync();
    void onValue(T value) {
      if (!completer.isCompleted) completer.complete(value);
    }

    void onError(Object error, StackTrace trace) {
      if (!completer.isCompleted) completer.completeError(error, trace);
    }

    for (final future in futures) {
      future.then(onValue, onError: onError);
    }
    return completer.future;
  }

  static Future<void> forEach<T>(
      Iterable<T> elements, FutureOr action(T element)) {
    final iterator = elements.iterator;
    return doWhile(() {
      if (!iterator.moveNext()) return false;
      final result = action(iterator.current);
      if (result is Future) return result.then((_) => true);
      return true;
    });
  }

  static Future<void> doWhile(FutureOr<bool> action()) {
    final done = _Future<void>._pending(Zone.current);
    late void Function(bool) next;
    next = Zone.current.bindUnaryCallbackGuarded((bool keepGoing) {
      while (keepGoing) {
        FutureOr<bool> result;
        try {
          result = action();
        } catch (error, trace) {
          done._completeErrorLater(error, trace);
          return;
        }
        if (result is Future<bool>) {
          result.then(next, onError: done._completeErrorChecked);
          return;
        }
        keepGoing = result;
      }
      done._completeValue(null);
    });
    next(true);
    return done;
  }

  Future<R> then<R>(FutureOr<R> onValue(T value), {Function? onError});
  Future<T> catchError(Function onError, {bool test(Object error)?});
  Future<T> whenComplete(FutureOr<void> action());
  Stream<T> asStream();
  Future<T> timeout(Duration timeLimit, {FutureOr<T> onTimeout()?});
}

// The error after the current zone's errorCallback has seen it.
AsyncError _errorOf(Object error, StackTrace? trace) {
  final zone = Zone.current;
  if (!identical(zone, _rootZone)) {
    final replaced = zone.errorCallback(error, trace);
    if (replaced != null) return replaced;
  }
  return AsyncError(error, trace);
}

// One who waits for a future. Listeners of a pending future are a list, newest
// first.
abstract class _Listener {
  _Listener? _next;

  void _handleValue(_Future source, Object? value);
  void _handleError(_Future source, Object error, StackTrace trace);

  // Where the listener runs, when errors of other error zones must not reach
  // it; null: it runs nothing of the program's.
  Zone? get _zone => null;
}

// States: pending, chained to another future of the run time, value, error.
class _Future<T> implements Future<T> {
  _Future._pending(this._zone);

  _Future._value(T value, this._zone)
      : _state = _hasValue,
        _result = value;

  static const _isPending = 0, _isChained = 1, _hasValue = 2, _hasError = 3;
  // Completion has begun: complete or completeWithFuture was called.
  bool _isTaken = false;
  bool _isHandled = false; // an error that somebody listens to
  int _state = _isPending;
  Object? _result; // pending: listeners; chained: source; value; AsyncError
  final Zone _zone;

  bool get _isComplete => _state >= _hasValue;
  bool get _mayComplete => !_isTaken && _state == _isPending;

  Future<R> then<R>(FutureOr<R> onValue(T value), {Function? onError}) {
    final zone = Zone.current;
    var errorCallback = onError;
    if (identical(zone, _rootZone)) {
      if (onError != null &&
          onError is! Function(Object, StackTrace) &&
          onError is! Function(Object)) {
        throw ArgumentError.value(
            onError,
            'onError',
            'Error handler must accept one Object or one Object and a '
                'StackTrace as arguments, and return a value of the returned '
                "future's type");
      }
    } else {
      onValue = zone.registerUnaryCallback<FutureOr<R>, T>(onValue);
      if (onError != null) errorCallback = _registerError(onError, zone);
    }
    final result = _Future<R>._pending(zone);
    _addListener(_ThenListener<T, R>(result, onValue, errorCallback));
    return result;
  }

  static Function _registerError(Function onError, Zone zone) {
    if (onError is dynamic Function(Object, StackTrace)) {
      return zone.registerBinaryCallback<dynamic, Object, StackTrace>(onError);
    }
    if (onError is dynamic Function(Object)) {
      return zone.registerUnaryCallback<dynamic, Object>(onError);
    }
    throw ArgumentError.value(
        onError,
        'onError',
        'Error handler must accept one Object or one Object and a StackTrace '
            "as arguments, and return a value of the returned future's type");
  }

  Future<T> catchError(Function onError, {bool test(Object error)?}) {
    final zone = Zone.current;
    var handler = onError;
    if (!identical(zone, _rootZone)) {
      handler = _registerError(onError, zone);
      if (test != null) test = zone.registerUnaryCallback<bool, Object>(test);
    } else if (onError is! Function(Object, StackTrace) &&
        onError is! Function(Object)) {
      throw ArgumentError.value(
          onError,
          'onError',
          'Error handler must accept one Object or one Object and a '
              'StackTrace as arguments, and return a value of the returned '
              "future's type");
    }
    final result = _Future<T>._pending(zone);
    _addListener(_CatchListener<T>(result, handler, test));
    return result;
  }

  Future<T> whenComplete(FutureOr<void> action()) {
    final zone = Zone.current;
    if (!identical(zone, _rootZone)) {
      action = zone.registerCallback<FutureOr<void>>(action);
    }
    final result = _Future<T>._pending(zone);
    _addListener(_WhenCompleteListener<T>(result, action));
    return result;
  }

  Stream<T> asStream() => Stream<T>.fromFuture(this);

  Future<T> timeout(Duration timeLimit, {FutureOr<T> onTimeout()?}) {
    if (_isComplete) return _Future<T>._pending(Zone.current).._chainTo(this);
    final result = _Future<T>._pending(Zone.current);
    final Timer timer;
    if (onTimeout == null) {
      final trace = StackTrace.current;
      timer = Timer(timeLimit, () {
        result._completeErrorChecked(
            TimeoutException('Future not completed', timeLimit), trace);
      });
    } else {
      final zone = Zone.current;
      final callback = zone.registerCallback<FutureOr<T>>(onTimeout);
      timer = Timer(timeLimit, () {
        try {
          _completeAny(result, zone.run(callback));
        } catch (error, trace) {
          result._completeErrorChecked(error, trace);
        }
      });
    }
    then((T value) {
      if (timer.isActive) {
        timer.cancel();
        result._completeValue(value);
      }
    }, onError: (Object error, StackTrace trace) {
      if (timer.isActive) {
        timer.cancel();
        result._completeErrorChecked(error, trace);
      }
    });
    return result;
  }

  static void _completeAny<T>(_Future<T> future, FutureOr<T> value) {
    if (value is Future<T>) {
      future._completeWithFuture(value);
    } else {
      future._completeValue(value);
    }
  }

  void _completeBy(FutureOr<T> computation()) {
    try {
      _completeAny(this, computation());
    } catch (error, trace) {
      final replaced = _errorOf(error, trace);
      _completeErrorChecked(replaced.error, replaced.stackTrace);
    }
  }

  // ---- completing

  // The listeners, to be called by the caller.
  _Listener? _setValue(Object? value) {
    final listeners = _takeListeners();
    _isTaken = true;
    _state = _hasValue;
    _result = value;
    return listeners;
  }

  _Listener? _setError(Object error, StackTrace trace) {
    final listeners = _takeListeners();
    _isTaken = true;
    _state = _hasError;
    _result = AsyncError(error, trace);
    if (listeners == null && !_isHandled) {
      // Nobody listens: the error is the zone's, unless somebody does before
      // this turn ends, as who called an async function that threw at once.
      _zone.scheduleMicrotask(() {
        if (!_isHandled) _zone.handleUncaughtError(error, trace);
      });
    }
    return listeners;
  }

  void _completeValue(Object? value) {
    final listeners = _setValue(value);
    if (listeners != null) _propagate(this, listeners);
  }

  void _completeErrorChecked(Object error, StackTrace trace) {
    final listeners = _setError(error, trace);
    if (listeners != null) _propagate(this, listeners);
  }

  // In a microtask, so that the maker of the future can add a listener first.
  void _completeErrorLater(Object error, StackTrace trace) {
    _isTaken = true;
    _zone.scheduleMicrotask(() => _completeErrorChecked(error, trace));
  }

  void _completeValueLater(T value) {
    _isTaken = true;
    _zone.scheduleMicrotask(() => _completeValue(value));
  }

  void _completeWithFuture(Future<Object?> source) {
    if (source is _Future<Object?>) {
      if (source._isComplete) {
        // Listeners added in this turn must be called after those of source.
        _isTaken = true;
        if (source._state == _hasError) source._isHandled = true;
        _zone.scheduleMicrotask(() => _settle(source));
      } else {
        _chainTo(source);
      }
      return;
    }
    _isTaken = true;
    source.then((Object? value) => _completeValue(value as T),
        onError: _completeErrorChecked);
  }

  // Has this future end as source does.
  void _chainTo(_Future<Object?> source) {
    if (identical(source, this)) {
      _completeErrorLater(
          UnsupportedError('Cannot complete a future with itself'),
          StackTrace.current);
      return;
    }
    _isTaken = true;
    source._addListener(_ChainListener(this));
  }

  void _settle(_Future<Object?> source) {
    if (source._state == _hasValue) {
      _completeValue(source._result);
    } else {
      final error = source._result as AsyncError;
      _completeErrorChecked(error.error, error.stackTrace);
    }
  }

  // ---- listeners

  void _addListener(_Listener listener) {
    if (_isComplete) {
      _isHandled = true;
      if (identical(_zone, _rootZone)) {
        _enqueueMicrotask(() => _propagate(this, listener));
      } else {
        _zone.scheduleMicrotask(() => _propagate(this, listener));
      }
      return;
    }
    _isHandled = true;
    listener._next = _result as _Listener?;
    _result = listener;
  }

  // The listeners in the order they came.
  _Listener? _takeListeners() {
    if (_state != _isPending) {
      throw StateError('Future already completed');
    }
    var from = _result as _Listener?;
    _result = null;
    _Listener? reversed;
    while (from != null) {
      final next = from._next;
      from._next = reversed;
      reversed = from;
      from = next;
    }
    return reversed;
  }

  // A listener that ends by completing a future does not call that future's
  // listeners: it leaves them in _tail, and the loop here goes on with them.
  // So a chain of futures takes no stack, however long it is.
  static _Future? _tail;
  static _Listener? _tailListeners;

  // As _completeValue and _completeErrorChecked, as the last act of a listener
  // or of the frame that it resumed.
  void _endWithValue(Object? value) {
    final listeners = _setValue(value);
    if (listeners == null) return;
    _tail = this;
    _tailListeners = listeners;
  }

  void _endWithError(Object error, StackTrace trace) {
    final listeners = _setError(error, trace);
    if (listeners == null) return;
    _tail = this;
    _tailListeners = listeners;
  }

  void _endAs(_Future<Object?> source) {
    if (source._state == _hasValue) {
      _endWithValue(source._result);
    } else {
      final error = source._result as AsyncError;
      _endWithError(error.error, error.stackTrace);
    }
  }

  static void _propagate(_Future source, _Listener? listener) {
    while (listener != null) {
      final next = listener._next;
      listener._next = null;
      if (source._state == _hasValue) {
        listener._handleValue(source, source._result);
      } else {
        final error = source._result as AsyncError;
        final zone = listener._zone;
        if (zone != null && !source._zone.inSameErrorZone(zone)) {
          source._zone.handleUncaughtError(error.error, error.stackTrace);
        } else {
          listener._handleError(source, error.error, error.stackTrace);
        }
      }
      listener = next;
      final tail = _tail;
      if (tail != null) {
        final more = _tailListeners;
        _tail = null;
        _tailListeners = null;
        if (next == null) {
          source = tail;
          listener = more;
        } else {
          _propagate(tail, more);
        }
      }
    }
  }

  // Calls the listeners that a resumed frame left, in the zone's call of it.
  static void _finishTail() {
    final tail = _tail;
    if (tail == null) return;
    final listeners = _tailListeners;
    _tail = null;
    _tailListeners = null;
    _propagate(tail, listeners);
  }

  void ignore() {
    if (_isComplete) {
      _isHandled = true;
    } else {
      _addListener(_IgnoreListener());
    }
  }
}

class _IgnoreListener extends _Listener {
  void _handleValue(_Future source, Object? value) {}
  void _handleError(_Future source, Object error, StackTrace trace) {}
}

class _ChainListener extends _Listener {
  _ChainListener(this._target);

  final _Future _target;

  void _handleValue(_Future source, Object? value) {
    _target._endWithValue(value);
  }

  void _handleError(_Future source, Object error, StackTrace trace) {
    _target._endWithError(error, trace);
  }
}

class _ThenListener<S, T> extends _Listener {
  _ThenListener(this._target, this._onValue, this._onError);

  final _Future<T> _target;
  final FutureOr<T> Function(S) _onValue;
  final Function? _onError;

  Zone get _zone => _target._zone;

  void _handleValue(_Future source, Object? value) {
    final zone = _target._zone;
    try {
      final result = zone.runUnary<FutureOr<T>, S>(_onValue, value as S);
      if (result is Future<T>) {
        _target._completeWithFuture(result);
      } else {
        _target._endWithValue(result);
      }
    } catch (error, trace) {
      _target._endWithError(error, trace);
    }
  }

  void _handleError(_Future source, Object error, StackTrace trace) {
    final onError = _onError;
    if (onError == null) {
      _target._endWithError(error, trace);
      return;
    }
    _handleErrorBy<T>(_target, onError, error, trace);
  }
}

// Completes target with what onError returns for the error.
void _handleErrorBy<T>(
    _Future<T> target, Function onError, Object error, StackTrace trace) {
  final zone = target._zone;
  try {
    final Object? value;
    if (onError is dynamic Function(Object, StackTrace)) {
      value = zone.runBinary<dynamic, Object, StackTrace>(onError, error, trace);
    } else {
      value = zone.runUnary<dynamic, Object>(
          onError as dynamic Function(Object), error);
    }
    if (value is Future<T>) {
      target._completeWithFuture(value);
    } else if (value is T) {
      target._endWithValue(value);
    } else {
      throw ArgumentError(
          'The error handler of Future.then must return a value of the '
              "returned future's type",
          'onError');
    }
  } catch (e, t) {
    target._endWithError(e, identical(e, error) ? trace : t);
  }
}

class _CatchListener<T> extends _Listener {
  _CatchListener(this._target, this._onError, this._test);

  final _Future<T> _target;
  final Function _onError;
  final bool Function(Object)? _test;

  Zone get _zone => _target._zone;

  void _handleValue(_Future source, Object? value) {
    _target._endWithValue(value);
  }

  void _handleError(_Future source, Object error, StackTrace trace) {
    final test = _test;
    if (test != null) {
      bool matches;
      try {
        matches = _target._zone.runUnary<bool, Object>(test, error);
      } catch (e, t) {
        _target._endWithError(e, identical(e, error) ? trace : t);
        return;
      }
      if (!matches) {
        _target._endWithError(error, trace);
        return;
      }
    }
    _handleErrorBy<T>(_target, _onError, error, trace);
  }
}

class _WhenCompleteListener<T> extends _Listener {
  _WhenCompleteListener(this._target, this._action);

  final _Future<T> _target;
  final FutureOr<void> Function() _action;

  Zone get _zone => _target._zone;

  void _handleValue(_Future source, Object? value) => _run(source);
  void _handleError(_Future source, Object error, StackTrace trace) =>
      _run(source);

  void _run(_Future source) {
    final Object? result;
    try {
      result = _target._zone.run<FutureOr<void>>(_action) as Object?;
    } catch (error, trace) {
      _target._endWithError(error, trace);
      return;
    }
    if (result is Future<Object?>) {
      result.then((_) => _target._settle(source),
          onError: _target._completeErrorChecked);
    } else {
      _target._endAs(source);
    }
  }
}

abstract interface class Completer<T> {
  factory Completer() => _AsyncCompleter<T>();
  factory Completer.sync() => _SyncCompleter<T>();

  Future<T> get future;
  void complete([FutureOr<T>? value]);
  void completeError(Object error, [StackTrace? stackTrace]);
  bool get isCompleted;
}

abstract class _CompleterBase<T> implements Completer<T> {
  final _Future<T> future = _Future<T>._pending(Zone.current);

  bool get isCompleted => !future._mayComplete;

  void _finish(T value);
  void _finishError(Object error, StackTrace trace);

  void complete([FutureOr<T>? value]) {
    if (!future._mayComplete) throw StateError('Future already completed');
    final given = value == null ? value as T : value;
    if (given is Future<T>) {
      future._completeWithFuture(given);
    } else {
      _finish(given);
    }
  }

  void completeError(Object error, [StackTrace? stackTrace]) {
    if (!future._mayComplete) throw StateError('Future already completed');
    final replaced = _errorOf(error, stackTrace);
    _finishError(replaced.error, replaced.stackTrace);
  }
}

class _AsyncCompleter<T> extends _CompleterBase<T> {
  void _finish(T value) => future._completeValueLater(value);
  void _finishError(Object error, StackTrace trace) =>
      future._completeErrorLater(error, trace);
}

class _SyncCompleter<T> extends _CompleterBase<T> {
  void _finish(T value) => future._completeValue(value);
  void _finishError(Object error, StackTrace trace) =>
      future._completeErrorChecked(error, trace);
}
