part of dart.async;

// A stream that listens to another when it is listened to, and passes on what
// a pipe makes of its events. Each subscription has a pipe of its own.
class _Pipe<S> {
  _Pipe(this.data, this.error, this.done);

  final void Function(S) data;
  final void Function(Object, StackTrace) error;
  final void Function() done;
}

class _PipeStream<S, T> extends Stream<T> {
  _PipeStream(this._source, this._makePipe);

  final Stream<S> _source;
  final _Pipe<S> Function(_PipeSink<T>) _makePipe;

  bool get isBroadcast => _source.isBroadcast;

  StreamSubscription<T> listen(void onData(T event)?,
      {Function? onError, void onDone()?, bool? cancelOnError}) {
    final sink = _PipeSink<T>();
    final subscription =
        _Subscription<T>(sink, onData, onError, onDone, cancelOnError);
    sink._target = subscription;
    final pipe = _makePipe(sink);
    // What a pipe throws is an error of the stream.
    sink._feed = _source.listen((value) {
      try {
        pipe.data(value);
      } catch (error, trace) {
        final replaced = _errorOf(error, trace);
        sink.addError(replaced.error, replaced.stackTrace);
      }
    }, onError: (Object error, StackTrace trace) {
      try {
        pipe.error(error, trace);
      } catch (e, t) {
        sink.addError(e, identical(e, error) ? trace : t);
      }
    }, onDone: () {
      try {
        pipe.done();
      } catch (error, trace) {
        sink.addError(error, trace);
      }
    });
    if (sink._isStopped) sink._feed?.cancel();
    return subscription;
  }
}

class _PipeSink<T> implements EventSink<T>, _Source {
  _Subscription<T>? _target;
  StreamSubscription<Object?>? _feed;
  bool _isStopped = false;

  void add(T event) => _target!._deliver(_DataEvent(event));
  void addError(Object error, [StackTrace? stackTrace]) =>
      _target!._deliver(_ErrorEvent(
          error, stackTrace ?? AsyncError.defaultStackTrace(error)));

  void close() {
    _target!._deliver(const _DoneEvent());
  }

  // Ends both sides before the source does.
  void _stop() {
    _isStopped = true;
    close();
  }

  void _onPause() => _feed?.pause();
  void _onResume() => _feed?.resume();
  Future<void>? _onCancel() {
    final feed = _feed;
    _feed = null;
    if (feed == null) {
      _isStopped = true;
      return null;
    }
    final result = feed.cancel();
    return identical(result, _doneFuture) ? null : result;
  }
}

class StreamView<T> extends Stream<T> {
  const StreamView(Stream<T> stream)
      : _stream = stream,
        super._internal();

  final Stream<T> _stream;

  bool get isBroadcast => _stream.isBroadcast;
  Stream<T> asBroadcastStream(
          {void onListen(StreamSubscription<T> subscription)?,
          void onCancel(StreamSubscription<T> subscription)?}) =>
      _stream.asBroadcastStream(onListen: onListen, onCancel: onCancel);

  StreamSubscription<T> listen(void onData(T value)?,
          {Function? onError, void onDone()?, bool? cancelOnError}) =>
      _stream.listen(onData,
          onError: onError, onDone: onDone, cancelOnError: cancelOnError);
}

class _AsBroadcastStream<T> extends Stream<T> {
  _AsBroadcastStream(this._source, this._onListen, this._onCancel) {
    _controller = _BroadcastController<T>(_start, _stop, true);
  }

  final Stream<T> _source;
  final void Function(StreamSubscription<T>)? _onListen, _onCancel;
  late final _BroadcastController<T> _controller;
  StreamSubscription<T>? _feed;

  bool get isBroadcast => true;

  StreamSubscription<T> listen(void onData(T event)?,
          {Function? onError, void onDone()?, bool? cancelOnError}) =>
      _controller._listen(onData, onError, onDone, cancelOnError);

  void _start() {
    if (_feed == null) {
      _feed = _source.listen(_controller.add,
          onError: _controller.addError, onDone: _controller.close);
    }
    final handler = _onListen;
    if (handler != null) handler(_FeedSubscription<T>(_feed!));
  }

  void _stop() {
    final feed = _feed;
    final handler = _onCancel;
    if (feed != null && handler != null) handler(_FeedSubscription<T>(feed));
  }
}

// The subscription of a broadcast stream to its source, as its handlers see
// it: where the events go is not theirs to change.
class _FeedSubscription<T> implements StreamSubscription<T> {
  _FeedSubscription(this._feed);

  final StreamSubscription<T> _feed;

  bool get isPaused => _feed.isPaused;
  void pause([Future<void>? resumeSignal]) => _feed.pause(resumeSignal);
  void resume() => _feed.resume();
  Future<void> cancel() => _feed.cancel();

  Never _refuse() => throw UnsupportedError(
      'Cannot change handlers of asBroadcastStream source subscription.');
  void onData(void handleData(T data)?) => _refuse();
  void onError(Function? handleError) => _refuse();
  void onDone(void handleDone()?) => _refuse();
  Future<E> asFuture<E>([E? futureValue]) => _refuse();
}

abstract interface class StreamIterator<T> {
  factory StreamIterator(Stream<T> stream) = _StreamIterator<T>;

  Future<bool> moveNext();
  T get current;
  Future cancel();
}

class _StreamIterator<T> implements StreamIterator<T> {
  _StreamIterator(this._stream);

  final Stream<T> _stream;
  StreamSubscription<T>? _subscription;
  T? _current;
  bool _hasCurrent = false;
  bool _isDone = false;
  bool _isPaused = false;
  _Future<bool>? _asked;

  T get current => _hasCurrent ? _current as T : null as T;

  Future<bool> moveNext() {
    if (_asked != null) throw StateError('Already waiting for next.');
    _hasCurrent = false;
    _current = null;
    if (_isDone) return Future<bool>.value(false);
    final asked = _asked = _Future<bool>._pending(Zone.current);
    final subscription = _subscription;
    if (subscription == null) {
      _subscription = _stream.listen(_onData,
          onError: _onError, onDone: _onDone, cancelOnError: true);
    } else if (_isPaused) {
      _isPaused = false;
      subscription.resume();
    }
    return asked;
  }

  void _onData(T value) {
    final asked = _asked;
    if (asked == null) return;
    _asked = null;
    _current = value;
    _hasCurrent = true;
    asked._completeValue(true);
    // Who asks for the next one at once does not make the source wait.
    final subscription = _subscription;
    if (_asked == null && subscription != null) {
      _isPaused = true;
      subscription.pause();
    }
  }

  void _onError(Object error, StackTrace trace) {
    final asked = _asked;
    _isDone = true;
    _subscription = null;
    _asked = null;
    asked?._completeErrorChecked(error, trace);
  }

  void _onDone() {
    final asked = _asked;
    _isDone = true;
    _subscription = null;
    _asked = null;
    asked?._completeValue(false);
  }

  Future cancel() {
    final subscription = _subscription;
    _subscription = null;
    _isDone = true;
    _hasCurrent = false;
    final asked = _asked;
    _asked = null;
    if (asked != null) asked._completeValueLater(false);
    return subscription == null ? Future<void>.value() : subscription.cancel();
  }
}
