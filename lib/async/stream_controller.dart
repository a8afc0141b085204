part of dart.async;

abstract interface class EventSink<T> implements Sink<T> {
  void add(T event);
  void addError(Object error, [StackTrace? stackTrace]);
  void close();
}

abstract interface class StreamConsumer<S> {
  Future addStream(Stream<S> stream);
  Future close();
}

abstract interface class StreamSink<S>
    implements EventSink<S>, StreamConsumer<S> {
  Future close();
  Future get done;
}

abstract interface class StreamController<T> implements StreamSink<T> {
  factory StreamController(
          {void onListen()?,
          void onPause()?,
          void onResume()?,
          FutureOr<void> onCancel()?,
          bool sync = false}) =>
      _SingleController<T>(onListen, onPause, onResume, onCancel, sync);

  factory StreamController.broadcast(
          {void onListen()?, void onCancel()?, bool sync = false}) =>
      _BroadcastController<T>(onListen, onCancel, sync);

  Stream<T> get stream;
  void Function()? get onListen;
  set onListen(void Function()? handler);
  void Function()? get onPause;
  set onPause(void Function()? handler);
  void Function()? get onResume;
  set onResume(void Function()? handler);
  FutureOr<void> Function()? get onCancel;
  set onCancel(FutureOr<void> Function()? handler);
  StreamSink<T> get sink;
  bool get isClosed;
  bool get isPaused;
  bool get hasListener;
  void add(T event);
  void addError(Object error, [StackTrace? stackTrace]);
  Future close();
  Future get done;
  Future addStream(Stream<T> source, {bool? cancelOnError});
}

abstract interface class SynchronousStreamController<T>
    implements StreamController<T> {}

abstract interface class MultiStreamController<T>
    implements StreamController<T> {
  void addSync(T value);
  void addErrorSync(Object error, [StackTrace? stackTrace]);
  void closeSync();
}

// What the two kinds of controllers share: the sink's side.
abstract class _Controller<T>
    implements StreamController<T>, SynchronousStreamController<T> {
  _Controller(this._isSync);

  final bool _isSync;
  bool _isClosed = false;
  _Future<void>? _done;
  StreamSubscription<T>? _adding; // of addStream
  _Future<void>? _added;

  void _send(_Event event);

  bool get isClosed => _isClosed;
  StreamSink<T> get sink => _ControllerSink<T>(this);
  Future get done => _doneFutureOf();
  _Future<void> _doneFutureOf() =>
      _done ??= _Future<void>._pending(Zone.current);

  void _checkOpen() {
    if (_isClosed) throw StateError('Cannot add event after closing');
    if (_adding != null) {
      throw StateError('Cannot add event while adding a stream');
    }
  }

  void add(T event) {
    _checkOpen();
    _send(_DataEvent(event));
  }

  void addError(Object error, [StackTrace? stackTrace]) {
    _checkOpen();
    final replaced = _errorOf(error, stackTrace);
    _send(_ErrorEvent(replaced.error, replaced.stackTrace));
  }

  Future close() {
    if (_isClosed) return done;
    if (_adding != null) {
      throw StateError('Cannot add event while adding a stream');
    }
    _isClosed = true;
    final result = _doneFutureOf();
    _send(const _DoneEvent());
    return result;
  }

  void _finished() {
    final done = _doneFutureOf();
    if (done._mayComplete) done._completeValueLater(null);
  }

  Future addStream(Stream<T> source, {bool? cancelOnError}) {
    _checkOpen();
    final result = _added = _Future<void>._pending(Zone.current);
    void finish() {
      if (_adding == null) return;
      _adding = null;
      result._completeValueLater(null);
    }

    final subscription = _adding = source.listen(
        (T value) => _send(_DataEvent(value)),
        onError: (Object error, StackTrace trace) {
          _send(_ErrorEvent(error, trace));
          if (cancelOnError ?? false) {
            _adding?.cancel();
            finish();
          }
        },
        onDone: finish,
        cancelOnError: false);
    if (isPaused) subscription.pause();
    return result;
  }

  // The listener is gone: whoever feeds us by addStream is let go.
  Future<void>? _stopAdding() {
    final adding = _adding;
    if (adding == null) return null;
    _adding = null;
    final cancelled = adding.cancel();
    final added = _added!;
    cancelled.whenComplete(() {
      if (added._mayComplete) added._completeValue(null);
    });
    return cancelled;
  }
}

class _ControllerSink<T> implements StreamSink<T> {
  _ControllerSink(this._controller);

  final _Controller<T> _controller;

  void add(T data) => _controller.add(data);
  void addError(Object error, [StackTrace? stackTrace]) =>
      _controller.addError(error, stackTrace);
  Future close() => _controller.close();
  Future addStream(Stream<T> source) => _controller.addStream(source);
  Future get done => _controller.done;
}

class _SingleController<T> extends _Controller<T> implements _Source {
  _SingleController(
      this.onListen, this.onPause, this.onResume, this.onCancel, super.sync);

  void Function()? onListen;
  void Function()? onPause;
  void Function()? onResume;
  FutureOr<void> Function()? onCancel;
  _Subscription<T>? _subscription;
  List<_Event>? _early; // before there was a listener
  bool _wasCancelled = false;

  late final Stream<T> stream = _ControllerStream<T>(this);

  bool get hasListener => _subscription != null && !_wasCancelled;
  bool get isPaused =>
      _subscription == null ? !_wasCancelled : _subscription!._isSourcePaused;

  void _send(_Event event) {
    final subscription = _subscription;
    if (subscription == null) {
      (_early ??= []).add(event);
    } else if (_wasCancelled) {
      if (event is _DoneEvent) _finished();
    } else if (_isSync) {
      subscription._deliver(event);
    } else {
      subscription._schedule(event);
    }
  }

  StreamSubscription<T> _listen(void onData(T data)?, Function? onError,
      void onDone()?, bool? cancelOnError) {
    if (_subscription != null) {
      throw StateError('Stream has already been listened to.');
    }
    final subscription =
        _Subscription<T>(this, onData, onError, onDone, cancelOnError);
    _subscription = subscription;
    final early = _early;
    _early = null;
    // onListen may add events or pause: they come after what waits.
    if (early != null) {
      for (final event in early) {
        subscription._addWaiting(event);
      }
    }
    final handler = onListen;
    if (handler != null) _runGuarded(handler);
    if (subscription._hasWaiting) subscription._scheduleDrain();
    _adding?.resume();
    return subscription;
  }

  static void _runGuarded(void handler()) {
    try {
      handler();
    } catch (error, trace) {
      Zone.current.handleUncaughtError(error, trace);
    }
  }

  void _onPause() {
    _adding?.pause();
    final handler = onPause;
    if (handler != null) _runGuarded(handler);
  }

  void _onResume() {
    _adding?.resume();
    final handler = onResume;
    if (handler != null) _runGuarded(handler);
  }

  Future<void>? _onCancel() {
    if (_wasCancelled) return null;
    _wasCancelled = true;
    var result = _stopAdding();
    final handler = onCancel;
    if (handler != null) {
      try {
        final value = handler() as Object?;
        if (value is Future) {
          final before = result;
          result = before == null ? value : before.then((_) => value);
        }
      } catch (error, trace) {
        result = _Future<void>._pending(Zone.current)
          .._completeErrorLater(error, trace);
      }
    }
    if (result == null) {
      _finished();
    } else {
      result = result.whenComplete(_finished);
    }
    return result;
  }
}

class _ControllerStream<T> extends Stream<T> {
  _ControllerStream(this._controller);

  final _SingleController<T> _controller;

  StreamSubscription<T> listen(void onData(T event)?,
          {Function? onError, void onDone()?, bool? cancelOnError}) =>
      _controller._listen(onData, onError, onDone, cancelOnError);

  bool operator ==(Object other) =>
      other is _ControllerStream && identical(other._controller, _controller);
  int get hashCode => identityHashCode(_controller) ^ 0x35323532;
}

class _BroadcastController<T> extends _Controller<T> {
  _BroadcastController(this.onListen, this.onCancel, super.sync);

  void Function()? onListen;
  FutureOr<void> Function()? onCancel;
  List<_Subscription<T>> _listeners = [];
  bool _isFiring = false;

  late final Stream<T> stream = _BroadcastStream<T>(this);

  void Function()? get onPause => throw UnsupportedError(
      'Broadcast stream controllers do not support pause callbacks');
  set onPause(void Function()? handler) => throw UnsupportedError(
      'Broadcast stream controllers do not support pause callbacks');
  void Function()? get onResume => throw UnsupportedError(
      'Broadcast stream controllers do not support pause callbacks');
  set onResume(void Function()? handler) => throw UnsupportedError(
      'Broadcast stream controllers do not support pause callbacks');

  bool get hasListener => _listeners.isNotEmpty;
  bool get isPaused => false;

  void _checkFiring() {
    if (_isFiring && _isSync) {
      throw StateError('Cannot fire new event. Controller is already firing '
          'an event');
    }
  }

  Future close() {
    if (!_isClosed) _checkFiring();
    return super.close();
  }

  void _send(_Event event) {
    _checkFiring();
    final listeners = _listeners;
    if (event is _DoneEvent) {
      if (listeners.isEmpty) {
        _finished();
        return;
      }
      _listeners = [];
    }
    _isFiring = true;
    final receivers = List.of(listeners);
    for (final listener in receivers) {
      if (_isSync) {
        listener._deliver(event);
      } else {
        listener._schedule(event);
      }
    }
    _isFiring = false;
    if (event is _DoneEvent) {
      _finished();
      _lastGone();
    } else if (_listeners.isEmpty && receivers.isNotEmpty) {
      _lastGone();
    }
  }

  StreamSubscription<T> _listen(void onData(T data)?, Function? onError,
      void onDone()?, bool? cancelOnError) {
    if (_isClosed) {
      return _Subscription<T>(null, onData, onError, onDone, cancelOnError)
        .._schedule(const _DoneEvent());
    }
    final source = _BroadcastSource<T>(this);
    final subscription =
        _Subscription<T>(source, onData, onError, onDone, cancelOnError);
    source._subscription = subscription;
    // A firing goes over a copy: newcomers wait for the next event.
    _listeners.add(subscription);
    if (_listeners.length == 1) {
      final handler = onListen;
      if (handler != null) _SingleController._runGuarded(handler);
    }
    return subscription;
  }

  Future<void>? _leave(_Subscription<T> subscription) {
    if (_listeners.remove(subscription) &&
        _listeners.isEmpty &&
        !_isFiring) {
      _lastGone();
    }
    return null;
  }

  void _lastGone() {
    _stopAdding();
    final handler = onCancel;
    if (handler != null) {
      try {
        handler();
      } catch (error, trace) {
        Zone.current.handleUncaughtError(error, trace);
      }
    }
  }
}

class _BroadcastSource<T> implements _Source {
  _BroadcastSource(this._controller);

  final _BroadcastController<T> _controller;
  late final _Subscription<T> _subscription;

  void _onPause() {}
  void _onResume() {}
  Future<void>? _onCancel() => _controller._leave(_subscription);
}

class _BroadcastStream<T> extends Stream<T> {
  _BroadcastStream(this._controller);

  final _BroadcastController<T> _controller;

  bool get isBroadcast => true;

  StreamSubscription<T> listen(void onData(T event)?,
          {Function? onError, void onDone()?, bool? cancelOnError}) =>
      _controller._listen(onData, onError, onDone, cancelOnError);

  bool operator ==(Object other) =>
      other is _BroadcastStream && identical(other._controller, _controller);
  int get hashCode => identityHashCode(_controller) ^ 0x35323532;
}

// Stream.multi: each listener has a controller of its own.
class _MultiController<T> extends _SingleController<T>
    implements MultiStreamController<T> {
  _MultiController() : super(null, null, null, null, false);

  void addSync(T value) {
    _checkOpen();
    _sendSync(_DataEvent(value));
  }

  void addErrorSync(Object error, [StackTrace? stackTrace]) {
    _checkOpen();
    _sendSync(_ErrorEvent(
        error, stackTrace ?? AsyncError.defaultStackTrace(error)));
  }

  void closeSync() {
    if (_isClosed) return;
    _checkOpen();
    _isClosed = true;
    _sendSync(const _DoneEvent());
  }

  void _sendSync(_Event event) {
    final subscription = _subscription;
    if (subscription == null) {
      _send(event);
    } else if (!_wasCancelled) {
      subscription._deliver(event);
    }
  }

  Stream<T> get stream =>
      throw UnsupportedError('Not available on a multi-stream controller');
}

class _MultiStream<T> extends Stream<T> {
  _MultiStream(this._onListen, this.isBroadcast);

  final void Function(MultiStreamController<T>) _onListen;
  final bool isBroadcast;

  StreamSubscription<T> listen(void onData(T event)?,
      {Function? onError, void onDone()?, bool? cancelOnError}) {
    final controller = _MultiController<T>();
    controller.onListen = () => _onListen(controller);
    return controller._listen(onData, onError, onDone, cancelOnError);
  }
}
