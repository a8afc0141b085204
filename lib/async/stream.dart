part of dart.async;

abstract mixin class Stream<T> {
  const Stream();
  const Stream._internal();

  const factory Stream.empty({bool broadcast}) = _EmptyStream<T>;

  factory Stream.value(T value) => (_SingleController<T>(null, null, null, null, true)
        ..add(value)
        ..close())
      .stream;

  factory Stream.error(Object error, [StackTrace? stackTrace]) =>
      (_SingleController<T>(null, null, null, null, true)
            ..addError(error, stackTrace)
            ..close())
          .stream;

  factory Stream.fromFuture(Future<T> future) {
    final controller = _SingleController<T>(null, null, null, null, true);
    future.then((value) {
      controller
        ..add(value)
        ..close();
    }, onError: (Object error, StackTrace trace) {
      controller
        ..addError(error, trace)
        ..close();
    });
    return controller.stream;
  }

  factory Stream.fromFutures(Iterable<Future<T>> futures) {
    final controller = _SingleController<T>(null, null, null, null, true);
    var left = 0;
    void finish() {
      if (--left == 0 && !controller.isClosed) controller.close();
    }

    for (final future in futures) {
      left++;
      future.then((value) {
        if (!controller.isClosed) controller.add(value);
        finish();
      }, onError: (Object error, StackTrace trace) {
        if (!controller.isClosed) controller.addError(error, trace);
        finish();
      });
    }
    if (left == 0) scheduleMicrotask(controller.close);
    return controller.stream;
  }

  factory Stream.fromIterable(Iterable<T> elements) =>
      _IterableStream<T>(elements);

  factory Stream.multi(void onListen(MultiStreamController<T> controller),
          {bool isBroadcast = false}) =>
      _MultiStream<T>(onListen, isBroadcast);

  factory Stream.periodic(Duration period,
      [T computation(int computationCount)?]) {
    if (computation == null && null is! T) {
      throw ArgumentError.value(null, 'computation',
          'Must not be omitted when the event type is non-nullable');
    }
    late _SingleController<T> controller;
    Timer? timer;
    var count = 0;
    final clock = Stopwatch();
    void tick(Timer _) {
      clock.reset();
      if (computation == null) {
        controller.add(null as T);
        return;
      }
      T value;
      try {
        value = computation(count++);
      } catch (error, trace) {
        controller.addError(error, trace);
        return;
      }
      controller.add(value);
    }

    void start() {
      clock.start();
      timer = Timer.periodic(period, tick);
    }

    controller = _SingleController<T>(start, () {
      timer?.cancel();
      timer = null;
      clock.stop();
    }, () {
      // The period that was under way goes on from where it was.
      final left = period - clock.elapsed;
      timer = Timer(left, () {
        // The tick may pause or cancel, and then stops the timer it finds.
        final next = timer = Timer.periodic(period, tick);
        tick(next);
      });
      clock.start();
    }, () {
      timer?.cancel();
      timer = null;
      return null;
    }, true);
    return controller.stream;
  }

  factory Stream.eventTransformed(
          Stream<dynamic> source, EventSink<dynamic> mapSink(EventSink<T> sink)) =>
      _PipeStream<dynamic, T>(source, (sink) {
        final mapped = mapSink(sink);
        return _Pipe<dynamic>(mapped.add, mapped.addError, mapped.close);
      });

  static Stream<T> castFrom<S, T>(Stream<S> source) =>
      _PipeStream<S, T>(source, (sink) {
        return _Pipe<S>((value) => sink.add(value as T), sink.addError, sink.close);
      });

  bool get isBroadcast => false;

  StreamSubscription<T> listen(void onData(T event)?,
      {Function? onError, void onDone()?, bool? cancelOnError});

  Stream<T> asBroadcastStream(
          {void onListen(StreamSubscription<T> subscription)?,
          void onCancel(StreamSubscription<T> subscription)?}) =>
      _AsBroadcastStream<T>(this, onListen, onCancel);

  Stream<R> _pipe<R>(_Pipe<T> make(_PipeSink<R> sink)) =>
      _PipeStream<T, R>(this, make);

  Stream<T> where(bool test(T event)) => _pipe<T>((sink) => _Pipe<T>((value) {
        if (test(value)) sink.add(value);
      }, sink.addError, sink.close));

  Stream<S> map<S>(S convert(T event)) => _pipe<S>((sink) =>
      _Pipe<T>((value) => sink.add(convert(value)), sink.addError, sink.close));

  Stream<S> expand<S>(Iterable<S> convert(T element)) =>
      _pipe<S>((sink) => _Pipe<T>((value) {
            for (final part in convert(value)) {
              sink.add(part);
            }
          }, sink.addError, sink.close));

  Stream<E> asyncMap<E>(FutureOr<E> convert(T event)) {
    final controller = isBroadcast
        ? StreamController<E>.broadcast(sync: true)
        : StreamController<E>(sync: true);
    controller.onListen = () {
      late StreamSubscription<T> feed;
      feed = listen((value) {
        FutureOr<E> result;
        try {
          result = convert(value);
        } catch (error, trace) {
          controller.addError(error, trace);
          return;
        }
        if (result is Future<E>) {
          feed.pause();
          result
              .then(controller.add, onError: controller.addError)
              .whenComplete(feed.resume);
        } else {
          controller.add(result);
        }
      }, onError: controller.addError, onDone: controller.close);
      controller.onCancel = feed.cancel;
      if (!isBroadcast) {
        controller
          ..onPause = feed.pause
          ..onResume = feed.resume;
      }
    };
    return controller.stream;
  }

  Stream<E> asyncExpand<E>(Stream<E>? convert(T event)) {
    final controller = isBroadcast
        ? StreamController<E>.broadcast(sync: true)
        : StreamController<E>(sync: true);
    controller.onListen = () {
      late StreamSubscription<T> feed;
      feed = listen((value) {
        Stream<E>? part;
        try {
          part = convert(value);
        } catch (error, trace) {
          controller.addError(error, trace);
          return;
        }
        if (part != null) {
          feed.pause();
          controller.addStream(part).whenComplete(feed.resume);
        }
      }, onError: controller.addError, onDone: controller.close);
      controller.onCancel = feed.cancel;
      if (!isBroadcast) {
        controller
          ..onPause = feed.pause
          ..onResume = feed.resume;
      }
    };
    return controller.stream;
  }

  Stream<T> handleError(Function onError, {bool test(dynamic error)?}) {
    if (onError is! void Function(Object, StackTrace) &&
        onError is! void Function(Object)) {
      throw ArgumentError.value(
          onError,
          'onError',
          'Error handler must accept one Object or one Object and a '
              'StackTrace as arguments.');
    }
    return _pipe<T>((sink) => _Pipe<T>(sink.add, (error, trace) {
          if (test != null && !test(error)) {
            sink.addError(error, trace);
          } else if (onError is void Function(Object, StackTrace)) {
            onError(error, trace);
          } else {
            (onError as void Function(Object))(error);
          }
        }, sink.close));
  }

  Future pipe(StreamConsumer<T> streamConsumer) =>
      streamConsumer.addStream(this).then((_) => streamConsumer.close());

  Stream<S> transform<S>(StreamTransformer<T, S> streamTransformer) =>
      streamTransformer.bind(this);

  // Listens until `onData` completes the result or the stream ends; an error
  // of the stream or of a callback ends it too.
  Future<R> _consume<R>(
      void onData(T value, _Consumer<R> consumer), R atEnd()) {
    final consumer = _Consumer<R>();
    consumer._feed = listen((value) {
      try {
        onData(value, consumer);
      } catch (error, trace) {
        consumer.fail(error, trace);
      }
    }, onError: (Object error, StackTrace trace) {
      consumer.fail(error, trace);
    }, onDone: () {
      if (consumer.isDone) return;
      try {
        consumer._end(atEnd());
      } catch (error, trace) {
        consumer._result._completeErrorChecked(error, trace);
      }
    }, cancelOnError: true);
    return consumer._result;
  }

  Future<T> reduce(T combine(T previous, T element)) {
    var has = false;
    late T result;
    return _consume<T>((value, _) {
      result = has ? combine(result, value) : value;
      has = true;
    }, () => has ? result : throw _noElement());
  }

  Future<S> fold<S>(S initialValue, S combine(S previous, T element)) {
    var result = initialValue;
    return _consume<S>(
        (value, _) => result = combine(result, value), () => result);
  }

  Future<String> join([String separator = '']) {
    final buffer = StringBuffer();
    var first = true;
    return _consume<String>((value, _) {
      if (!first) buffer.write(separator);
      first = false;
      buffer.write(value);
    }, buffer.toString);
  }

  Future<bool> contains(Object? needle) => _consume<bool>((value, consumer) {
        if (value == needle) consumer.finish(true);
      }, () => false);

  Future<void> forEach(void action(T element)) =>
      _consume<void>((value, _) => action(value), () {});

  Future<bool> every(bool test(T element)) =>
      _consume<bool>((value, consumer) {
        if (!test(value)) consumer.finish(false);
      }, () => true);

  Future<bool> any(bool test(T element)) => _consume<bool>((value, consumer) {
        if (test(value)) consumer.finish(true);
      }, () => false);

  Future<int> get length {
    var count = 0;
    return _consume<int>((_, __) => count++, () => count);
  }

  Future<bool> get isEmpty => _consume<bool>(
      (_, consumer) => consumer.finish(false), () => true);

  Stream<R> cast<R>() => Stream.castFrom<T, R>(this);

  Future<List<T>> toList() {
    final result = <T>[];
    return _consume<List<T>>((value, _) => result.add(value), () => result);
  }

  Future<Set<T>> toSet() {
    final result = <T>{};
    return _consume<Set<T>>((value, _) => result.add(value), () => result);
  }

  Future<E> drain<E>([E? futureValue]) =>
      _consume<E>((_, __) {}, () => futureValue as E);

  Stream<T> take(int count) {
    if (count <= 0) {
      return _pipe<T>((sink) {
        scheduleMicrotask(sink._stop);
        return _Pipe<T>((_) {}, (_, __) {}, () {});
      });
    }
    return _pipe<T>((sink) {
      var left = count;
      return _Pipe<T>((value) {
        if (left <= 0) return;
        left--;
        sink.add(value);
        if (left == 0) sink._stop();
      }, sink.addError, sink.close);
    });
  }

  Stream<T> takeWhile(bool test(T element)) => _pipe<T>((sink) {
        var isOver = false;
        return _Pipe<T>((value) {
          if (isOver) return;
          bool keep;
          try {
            keep = test(value);
          } catch (error, trace) {
            isOver = true;
            sink.addError(error, trace);
            sink._stop();
            return;
          }
          if (keep) {
            sink.add(value);
          } else {
            isOver = true;
            sink._stop();
          }
        }, sink.addError, sink.close);
      });

  Stream<T> skip(int count) {
    RangeError.checkNotNegative(count, 'count');
    return _pipe<T>((sink) {
      var left = count;
      return _Pipe<T>((value) {
        if (left > 0) {
          left--;
        } else {
          sink.add(value);
        }
      }, sink.addError, sink.close);
    });
  }

  Stream<T> skipWhile(bool test(T element)) => _pipe<T>((sink) {
        var isSkipping = true;
        return _Pipe<T>((value) {
          if (isSkipping) {
            try {
              isSkipping = test(value);
            } catch (_) {
              isSkipping = false;
              rethrow;
            }
            if (isSkipping) return;
          }
          sink.add(value);
        }, sink.addError, sink.close);
      });

  Stream<T> distinct([bool equals(T previous, T next)?]) => _pipe<T>((sink) {
        var has = false;
        late T previous;
        return _Pipe<T>((value) {
          if (has &&
              (equals == null ? previous == value : equals(previous, value))) {
            return;
          }
          has = true;
          previous = value;
          sink.add(value);
        }, sink.addError, sink.close);
      });

  Future<T> get first => _consume<T>(
      (value, consumer) => consumer.finish(value), () => throw _noElement());

  Future<T> get last {
    var has = false;
    late T result;
    return _consume<T>((value, _) {
      has = true;
      result = value;
    }, () => has ? result : throw _noElement());
  }

  Future<T> get single {
    var has = false;
    late T result;
    return _consume<T>((value, _) {
      if (has) throw _tooMany();
      has = true;
      result = value;
    }, () => has ? result : throw _noElement());
  }

  Future<T> firstWhere(bool test(T element), {T orElse()?}) =>
      _consume<T>((value, consumer) {
        if (test(value)) consumer.finish(value);
      }, () => orElse == null ? throw _noElement() : orElse());

  Future<T> lastWhere(bool test(T element), {T orElse()?}) {
    var has = false;
    late T result;
    return _consume<T>((value, _) {
      if (test(value)) {
        has = true;
        result = value;
      }
    }, () => has
        ? result
        : orElse == null
            ? throw _noElement()
            : orElse());
  }

  Future<T> singleWhere(bool test(T element), {T orElse()?}) {
    var has = false;
    late T result;
    return _consume<T>((value, _) {
      if (test(value)) {
        if (has) throw _tooMany();
        has = true;
        result = value;
      }
    }, () => has
        ? result
        : orElse == null
            ? throw _noElement()
            : orElse());
  }

  Future<T> elementAt(int index) {
    RangeError.checkNotNegative(index, 'index');
    var at = 0;
    return _consume<T>((value, consumer) {
      if (at == index) {
        consumer.finish(value);
      } else {
        at++;
      }
    }, () => throw IndexError.withLength(index, at,
        indexable: this, name: 'index'));
  }

  Stream<T> timeout(Duration timeLimit, {void onTimeout(EventSink<T> sink)?}) {
    final controller = isBroadcast
        ? StreamController<T>.broadcast(sync: true)
        : StreamController<T>(sync: true);
    final zone = Zone.current;
    controller.onListen = () {
      Timer? timer;
      void restart() {
        timer?.cancel();
        timer = zone.createTimer(timeLimit, () {
          if (onTimeout == null) {
            controller.addError(
                TimeoutException('No stream event', timeLimit), null);
          } else {
            zone.runUnaryGuarded<EventSink<T>>(onTimeout, controller);
          }
        });
      }

      restart();
      final feed = listen((value) {
        restart();
        controller.add(value);
      }, onError: (Object error, StackTrace trace) {
        restart();
        controller.addError(error, trace);
      }, onDone: () {
        timer?.cancel();
        controller.close();
      });
      controller.onCancel = () {
        timer?.cancel();
        return feed.cancel();
      };
      if (!isBroadcast) {
        controller
          ..onPause = () {
            timer?.cancel();
            feed.pause();
          }
          ..onResume = () {
            feed.resume();
            restart();
          };
      }
    };
    return controller.stream;
  }
}

Error _noElement() => StateError('No element');
Error _tooMany() => StateError('Too many elements');

class _Consumer<R> {
  final _Future<R> _result = _Future<R>._pending(Zone.current);
  StreamSubscription<Object?>? _feed;
  bool isDone = false;

  void _end(R value) {
    isDone = true;
    _result._completeValue(value);
  }

  // Completes after the source has been cancelled.
  void finish(R value) => _stop(() => _result._completeValue(value));

  void fail(Object error, StackTrace trace) {
    final replaced = _errorOf(error, trace);
    _stop(() => _result._completeErrorChecked(
        replaced.error, replaced.stackTrace));
  }

  void _stop(void complete()) {
    if (isDone) return;
    isDone = true;
    final cancelled = _feed?.cancel() ?? _doneFuture;
    if (identical(cancelled, _doneFuture)) {
      complete();
    } else {
      cancelled.then((_) => complete(),
          onError: _result._completeErrorChecked);
    }
  }
}

class _EmptyStream<T> extends Stream<T> {
  const _EmptyStream({bool broadcast = true})
      : isBroadcast = broadcast,
        super._internal();

  final bool isBroadcast;

  StreamSubscription<T> listen(void onData(T data)?,
          {Function? onError, void onDone()?, bool? cancelOnError}) =>
      _Subscription<T>(null, onData, onError, onDone, cancelOnError)
        .._schedule(const _DoneEvent());
}

// Each listener has an iterator of its own; the next element is asked for when
// the listener is ready for it.
class _IterableStream<T> extends Stream<T> {
  _IterableStream(this._elements);

  final Iterable<T> _elements;

  StreamSubscription<T> listen(void onData(T data)?,
      {Function? onError, void onDone()?, bool? cancelOnError}) {
    final source = _IterableSource<T>(_elements);
    final subscription =
        _Subscription<T>(source, onData, onError, onDone, cancelOnError);
    source._target = subscription;
    source._schedule();
    return subscription;
  }
}

class _IterableSource<T> implements _Source {
  _IterableSource(this._elements);

  final Iterable<T> _elements;
  Iterator<T>? _iterator;
  late final _Subscription<T> _target;
  bool _isScheduled = false;
  bool _isOver = false;

  void _schedule() {
    if (_isScheduled || _isOver) return;
    _isScheduled = true;
    _target._zone.scheduleMicrotask(_next);
  }

  void _next() {
    _isScheduled = false;
    if (_isOver || _target.isPaused) return;
    _Event event;
    try {
      final iterator = _iterator ??= _elements.iterator;
      if (iterator.moveNext()) {
        event = _DataEvent(iterator.current);
      } else {
        _isOver = true;
        event = const _DoneEvent();
      }
    } catch (error, trace) {
      // An iterator that throws has no more to give.
      _isOver = true;
      _target._deliver(_ErrorEvent(error, trace));
      event = const _DoneEvent();
    }
    _target._deliver(event);
    _schedule();
  }

  void _onPause() {}
  void _onResume() => _schedule();
  Future<void>? _onCancel() {
    _isOver = true;
    _iterator = null;
    return null;
  }
}
