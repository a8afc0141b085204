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

// The same for the futures of a record.
Future<R> _waitRecord<R>(List<_Waiting<Object?>> all, R results(),
    Object failure(int errors, AsyncError? first)) {
  final completer = Completer<R>.sync();
  _waitAll(all, (errors, first) {
    if (errors == 0) {
      completer.complete(results());
    } else {
      completer.completeError(failure(errors, first));
    }
  });
  return completer.future;
}

extension FutureRecord2<T1, T2> on (Future<T1>, Future<T2>) {
  Future<(T1, T2)> get wait {
    final a = _Waiting<T1>($1), b = _Waiting<T2>($2);
    return _waitRecord(
        [a, b],
        () => (a.result, b.result),
        (errors, first) => ParallelWaitError(
            (a.value, b.value),
            (a.error, b.error),
            errorCount: errors, defaultError: first));
  }
}

extension FutureRecord3<T1, T2, T3> on (Future<T1>, Future<T2>, Future<T3>) {
  Future<(T1, T2, T3)> get wait {
    final a = _Waiting<T1>($1), b = _Waiting<T2>($2), c = _Waiting<T3>($3);
    return _waitRecord(
        [a, b, c],
        () => (a.result, b.result, c.result),
        (errors, first) => ParallelWaitError(
            (a.value, b.value, c.value),
            (a.error, b.error, c.error),
            errorCount: errors, defaultError: first));
  }
}

extension FutureRecord4<T1, T2, T3, T4>
    on (Future<T1>, Future<T2>, Future<T3>, Future<T4>) {
  Future<(T1, T2, T3, T4)> get wait {
    final a = _Waiting<T1>($1), b = _Waiting<T2>($2), c = _Waiting<T3>($3),
        d = _Waiting<T4>($4);
    return _waitRecord(
        [a, b, c, d],
        () => (a.result, b.result, c.result, d.result),
        (errors, first) => ParallelWaitError(
            (a.value, b.value, c.value, d.value),
            (a.error, b.error, c.error, d.error),
            errorCount: errors, defaultError: first));
  }
}

extension FutureRecord5<T1, T2, T3, T4, T5>
    on (Future<T1>, Future<T2>, Future<T3>, Future<T4>, Future<T5>) {
  Future<(T1, T2, T3, T4, T5)> get wait {
    final a = _Waiting<T1>($1), b = _Waiting<T2>($2), c = _Waiting<T3>($3),
        d = _Waiting<T4>($4), e = _Waiting<T5>($5);
    return _waitRecord(
        [a, b, c, d, e],
        () => (a.result, b.result, c.result, d.result, e.result),
        (errors, first) => ParallelWaitError(
            (a.value, b.value, c.value, d.value, e.value),
            (a.error, b.error, c.error, d.error, e.error),
            errorCount: errors, defaultError: first));
  }
}

extension FutureRecord6<T1, T2, T3, T4, T5, T6>
    on (Future<T1>, Future<T2>, Future<T3>, Future<T4>, Future<T5>,
        Future<T6>) {
  Future<(T1, T2, T3, T4, T5, T6)> get wait {
    final a = _Waiting<T1>($1), b = _Waiting<T2>($2), c = _Waiting<T3>($3),
        d = _Waiting<T4>($4), e = _Waiting<T5>($5), f = _Waiting<T6>($6);
    return _waitRecord(
        [a, b, c, d, e, f],
        () => (a.result, b.result, c.result, d.result, e.result, f.result),
        (errors, first) => ParallelWaitError(
            (a.value, b.value, c.value, d.value, e.value, f.value),
            (a.error, b.error, c.error, d.error, e.error, f.error),
            errorCount: errors, defaultError: first));
  }
}

extension FutureRecord7<T1, T2, T3, T4, T5, T6, T7>
    on (Future<T1>, Future<T2>, Future<T3>, Future<T4>, Future<T5>, Future<T6>,
        Future<T7>) {
  Future<(T1, T2, T3, T4, T5, T6, T7)> get wait {
    final a = _Waiting<T1>($1), b = _Waiting<T2>($2), c = _Waiting<T3>($3),
        d = _Waiting<T4>($4), e = _Waiting<T5>($5), f = _Waiting<T6>($6),
        g = _Waiting<T7>($7);
    return _waitRecord(
        [a, b, c, d, e, f, g],
        () => (a.result, b.result, c.result, d.result, e.result, f.result,
                g.result),
        (errors, first) => ParallelWaitError(
            (a.value, b.value, c.value, d.value, e.value, f.value, g.value),
            (a.error, b.error, c.error, d.error, e.error, f.error, g.error),
            errorCount: errors, defaultError: first));
  }
}

extension FutureRecord8<T1, T2, T3, T4, T5, T6, T7, T8>
    on (Future<T1>, Future<T2>, Future<T3>, Future<T4>, Future<T5>, Future<T6>,
        Future<T7>, Future<T8>) {
  Future<(T1, T2, T3, T4, T5, T6, T7, T8)> get wait {
    final a = _Waiting<T1>($1), b = _Waiting<T2>($2), c = _Waiting<T3>($3),
        d = _Waiting<T4>($4), e = _Waiting<T5>($5), f = _Waiting<T6>($6),
        g = _Waiting<T7>($7), h = _Waiting<T8>($8);
    return _waitRecord(
        [a, b, c, d, e, f, g, h],
        () => (a.result, b.result, c.result, d.result, e.result, f.result,
                g.result, h.result),
        (errors, first) => ParallelWaitError(
            (a.value, b.value, c.value, d.value, e.value, f.value, g.value,
                 h.value),
            (a.error, b.error, c.error, d.error, e.error, f.error, g.error,
                 h.error),
            errorCount: errors, defaultError: first));
  }
}

extension FutureRecord9<T1, T2, T3, T4, T5, T6, T7, T8, T9>
    on (Future<T1>, Future<T2>, Future<T3>, Future<T4>, Future<T5>, Future<T6>,
        Future<T7>, Future<T8>, Future<T9>) {
  Future<(T1, T2, T3, T4, T5, T6, T7, T8, T9)> get wait {
    final a = _Waiting<T1>($1), b = _Waiting<T2>($2), c = _Waiting<T3>($3),
        d = _Waiting<T4>($4), e = _Waiting<T5>($5), f = _Waiting<T6>($6),
        g = _Waiting<T7>($7), h = _Waiting<T8>($8), i = _Waiting<T9>($9);
    return _waitRecord(
        [a, b, c, d, e, f, g, h, i],
        () => (a.result, b.result, c.result, d.result, e.result, f.result,
                g.result, h.result, i.result),
        (errors, first) => ParallelWaitError(
            (a.value, b.value, c.value, d.value, e.value, f.value, g.value,
                 h.value, i.value),
            (a.error, b.error, c.error, d.error, e.error, f.error, g.error,
                 h.error, i.error),
            errorCount: errors, defaultError: first));
  }
}
