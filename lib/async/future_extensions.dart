part of dart.async;

void unawaited(Future<void>? future) {}

extension FutureExtensions<T> on Future<T> {
  Future<T> onError<E extends Object>(
      FutureOr<T> handleError(E error, StackTrace stackTrace),
      {bool test(E error)?}) {
    FutureOr<T> handle(Object error, StackTrace trace) {
      if (error is! E || test != null && !test(error)) {
        return Future<T>.error(error, trace);
      }
      return handleError(error, trace);
    }

    return then<T>((value) => value, onError: handle);
  }

  void ignore() {
    final self = this;
    if (self is _Future<T>) {
      self.ignore();
    } else {
      self.then<void>((_) {}, onError: (_, __) {});
    }
  }
}

class ParallelWaitError<V, E> extends Error {
  ParallelWaitError(this.values, this.errors,
      {int? errorCount, AsyncError? defaultError})
      : _count = errorCount,
        _default = defaultError;

  final V values;
  final E errors;
  final int? _count;
  final AsyncError? _default;

  StackTrace? get stackTrace => _default?.stackTrace ?? super.stackTrace;

  String toString() {
    final first = _default;
    final count = _count;
    if (first == null) {
      return count == null || count <= 1
          ? 'ParallelWaitError'
          : 'ParallelWaitError($count errors)';
    }
    return count != null && count > 1
        ? 'ParallelWaitError($count errors): ${first.error}'
        : 'ParallelWaitError: ${first.error}';
  }
}

// Waits for all of them; `finish` is told how many failed, and the first.
void _waitAll(List<_Waiting<Object?>> all, void finish(int errors, AsyncError? first)) {
  var left = all.length, errors = 0;
  AsyncError? first;
  if (left == 0) {
    finish(0, null);
    return;
  }
  for (final waiting in all) {
    waiting._start(() {
      if (waiting.error != null) {
        errors++;
        first ??= waiting.error;
      }
      if (--left == 0) finish(errors, first);
    });
  }
}

class _Waiting<T> {
  _Waiting(this._future);

  final Future<T> _future;
  T? value;
  AsyncError? error;

  T get result => value as T;

  void _start(void done()) {
    _future.then((T v) {
      value = v;
      done();
    }, onError: (Object e, StackTrace t) {
      error = AsyncError(e, t);
      done();
    });
  }
}

extension FutureIterable<T> on Iterable<Future<T>> {
  Future<List<T>> get wait {
    final all = [for (final future in this) _Waiting<T>(future)];
    final completer = Completer<List<T>>.sync();
    _waitAll(all, (errors, first) {
      if (errors == 0) {
        completer.complete([for (final waiting in all) waiting.result]);
      } else {
        completer.completeError(ParallelWaitError<List<T?>, List<AsyncError?>>(
            [for (final waiting in all) waiting.value],
            [for (final waiting in all) waiting.error],
            errorCount: errors,
            defaultError: first));
      }
    });
    return completer.future;
  }
}

extension FutureRecord2<T1, T2> on (Future<T1>, Future<T2>) {
  Future<(T1, T2)> get wait {
    final a = _Waiting<T1>($1), b = _Waiting<T2>($2);
    final completer = Completer<(T1, T2)>.sync();
    _waitAll([a, b], (errors, first) {
      if (errors == 0) {
        completer.complete((a.result, b.result));
      } else {
        completer.completeError(ParallelWaitError<(T1?, T2?),
                (AsyncError?, AsyncError?)>(
            (a.value, b.value), (a.error, b.error),
            errorCount: errors, defaultError: first));
      }
    });
    return completer.future;
  }
}

extension FutureRecord3<T1, T2, T3> on (Future<T1>, Future<T2>, Future<T3>) {
  Future<(T1, T2, T3)> get wait {
    final a = _Waiting<T1>($1), b = _Waiting<T2>($2), c = _Waiting<T3>($3);
    final completer = Completer<(T1, T2, T3)>.sync();
    _waitAll([a, b, c], (errors, first) {
      if (errors == 0) {
        completer.complete((a.result, b.result, c.result));
      } else {
        completer.completeError(ParallelWaitError<(T1?, T2?, T3?),
                (AsyncError?, AsyncError?, AsyncError?)>(
            (a.value, b.value, c.value), (a.error, b.error, c.error),
            errorCount: errors, defaultError: first));
      }
    });
    return completer.future;
  }
}
