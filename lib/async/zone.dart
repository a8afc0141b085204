part of dart.async;

typedef ZoneCallback<R> = R Function();
typedef ZoneUnaryCallback<R, T> = R Function(T);
typedef ZoneBinaryCallback<R, T1, T2> = R Function(T1, T2);
typedef HandleUncaughtErrorHandler = void Function(Zone self,
    ZoneDelegate parent, Zone zone, Object error, StackTrace stackTrace);
typedef RunHandler = R Function<R>(
    Zone self, ZoneDelegate parent, Zone zone, R Function() f);
typedef RunUnaryHandler = R Function<R, T>(
    Zone self, ZoneDelegate parent, Zone zone, R Function(T arg) f, T arg);
typedef RunBinaryHandler = R Function<R, T1, T2>(Zone self, ZoneDelegate parent,
    Zone zone, R Function(T1 arg1, T2 arg2) f, T1 arg1, T2 arg2);
typedef RegisterCallbackHandler = ZoneCallback<R> Function<R>(
    Zone self, ZoneDelegate parent, Zone zone, R Function() f);
typedef RegisterUnaryCallbackHandler = ZoneUnaryCallback<R, T> Function<R, T>(
    Zone self, ZoneDelegate parent, Zone zone, R Function(T arg) f);
typedef RegisterBinaryCallbackHandler
    = ZoneBinaryCallback<R, T1, T2> Function<R, T1, T2>(Zone self,
        ZoneDelegate parent, Zone zone, R Function(T1 arg1, T2 arg2) f);
typedef ErrorCallbackHandler = AsyncError? Function(Zone self,
    ZoneDelegate parent, Zone zone, Object error, StackTrace? stackTrace);
typedef ScheduleMicrotaskHandler = void Function(
    Zone self, ZoneDelegate parent, Zone zone, void Function() f);
typedef CreateTimerHandler = Timer Function(Zone self, ZoneDelegate parent,
    Zone zone, Duration duration, void Function() f);
typedef CreatePeriodicTimerHandler = Timer Function(Zone self,
    ZoneDelegate parent, Zone zone, Duration period, void Function(Timer) f);
typedef PrintHandler = void Function(
    Zone self, ZoneDelegate parent, Zone zone, String line);
typedef ForkHandler = Zone Function(Zone self, ZoneDelegate parent, Zone zone,
    ZoneSpecification? specification, Map<Object?, Object?>? zoneValues);

abstract interface class ZoneSpecification {
  const factory ZoneSpecification(
      {HandleUncaughtErrorHandler? handleUncaughtError,
      RunHandler? run,
      RunUnaryHandler? runUnary,
      RunBinaryHandler? runBinary,
      RegisterCallbackHandler? registerCallback,
      RegisterUnaryCallbackHandler? registerUnaryCallback,
      RegisterBinaryCallbackHandler? registerBinaryCallback,
      ErrorCallbackHandler? errorCallback,
      ScheduleMicrotaskHandler? scheduleMicrotask,
      CreateTimerHandler? createTimer,
      CreatePeriodicTimerHandler? createPeriodicTimer,
      PrintHandler? print,
      ForkHandler? fork}) = _ZoneSpecification;

  factory ZoneSpecification.from(ZoneSpecification other,
          {HandleUncaughtErrorHandler? handleUncaughtError,
          RunHandler? run,
          RunUnaryHandler? runUnary,
          RunBinaryHandler? runBinary,
          RegisterCallbackHandler? registerCallback,
          RegisterUnaryCallbackHandler? registerUnaryCallback,
          RegisterBinaryCallbackHandler? registerBinaryCallback,
          ErrorCallbackHandler? errorCallback,
          ScheduleMicrotaskHandler? scheduleMicrotask,
          CreateTimerHandler? createTimer,
          CreatePeriodicTimerHandler? createPeriodicTimer,
          PrintHandler? print,
          ForkHandler? fork}) =>
      ZoneSpecification(
          handleUncaughtError: handleUncaughtError ?? other.handleUncaughtError,
          run: run ?? other.run,
          runUnary: runUnary ?? other.runUnary,
          runBinary: runBinary ?? other.runBinary,
          registerCallback: registerCallback ?? other.registerCallback,
          registerUnaryCallback:
              registerUnaryCallback ?? other.registerUnaryCallback,
          registerBinaryCallback:
              registerBinaryCallback ?? other.registerBinaryCallback,
          errorCallback: errorCallback ?? other.errorCallback,
          scheduleMicrotask: scheduleMicrotask ?? other.scheduleMicrotask,
          createTimer: createTimer ?? other.createTimer,
          createPeriodicTimer: createPeriodicTimer ?? other.createPeriodicTimer,
          print: print ?? other.print,
          fork: fork ?? other.fork);

  HandleUncaughtErrorHandler? get handleUncaughtError;
  RunHandler? get run;
  RunUnaryHandler? get runUnary;
  RunBinaryHandler? get runBinary;
  RegisterCallbackHandler? get registerCallback;
  RegisterUnaryCallbackHandler? get registerUnaryCallback;
  RegisterBinaryCallbackHandler? get registerBinaryCallback;
  ErrorCallbackHandler? get errorCallback;
  ScheduleMicrotaskHandler? get scheduleMicrotask;
  CreateTimerHandler? get createTimer;
  CreatePeriodicTimerHandler? get createPeriodicTimer;
  PrintHandler? get print;
  ForkHandler? get fork;
}

class _ZoneSpecification implements ZoneSpecification {
  const _ZoneSpecification(
      {this.handleUncaughtError,
      this.run,
      this.runUnary,
      this.runBinary,
      this.registerCallback,
      this.registerUnaryCallback,
      this.registerBinaryCallback,
      this.errorCallback,
      this.scheduleMicrotask,
      this.createTimer,
      this.createPeriodicTimer,
      this.print,
      this.fork});

  final HandleUncaughtErrorHandler? handleUncaughtError;
  final RunHandler? run;
  final RunUnaryHandler? runUnary;
  final RunBinaryHandler? runBinary;
  final RegisterCallbackHandler? registerCallback;
  final RegisterUnaryCallbackHandler? registerUnaryCallback;
  final RegisterBinaryCallbackHandler? registerBinaryCallback;
  final ErrorCallbackHandler? errorCallback;
  final ScheduleMicrotaskHandler? scheduleMicrotask;
  final CreateTimerHandler? createTimer;
  final CreatePeriodicTimerHandler? createPeriodicTimer;
  final PrintHandler? print;
  final ForkHandler? fork;
}

abstract interface class ZoneDelegate {
  void handleUncaughtError(Zone zone, Object error, StackTrace stackTrace);
  R run<R>(Zone zone, R f());
  R runUnary<R, T>(Zone zone, R f(T arg), T arg);
  R runBinary<R, T1, T2>(Zone zone, R f(T1 arg1, T2 arg2), T1 arg1, T2 arg2);
  ZoneCallback<R> registerCallback<R>(Zone zone, R f());
  ZoneUnaryCallback<R, T> registerUnaryCallback<R, T>(Zone zone, R f(T arg));
  ZoneBinaryCallback<R, T1, T2> registerBinaryCallback<R, T1, T2>(
      Zone zone, R f(T1 arg1, T2 arg2));
  AsyncError? errorCallback(Zone zone, Object error, StackTrace? stackTrace);
  void scheduleMicrotask(Zone zone, void f());
  Timer createTimer(Zone zone, Duration duration, void f());
  Timer createPeriodicTimer(Zone zone, Duration period, void f(Timer timer));
  void print(Zone zone, String line);
  Zone fork(Zone zone, ZoneSpecification? specification,
      Map<Object?, Object?>? zoneValues);
}

abstract final class Zone {
  static const Zone root = _rootZone;
  static Zone _current = _rootZone;
  static Zone get current => _current;

  void handleUncaughtError(Object error, StackTrace stackTrace);
  Zone? get parent;
  Zone get errorZone;
  bool inSameErrorZone(Zone otherZone);
  Zone fork(
      {ZoneSpecification? specification, Map<Object?, Object?>? zoneValues});
  R run<R>(R action());
  R runUnary<R, T>(R action(T argument), T argument);
  R runBinary<R, T1, T2>(
      R action(T1 argument1, T2 argument2), T1 argument1, T2 argument2);
  void runGuarded(void action());
  void runUnaryGuarded<T>(void action(T argument), T argument);
  void runBinaryGuarded<T1, T2>(
      void action(T1 argument1, T2 argument2), T1 argument1, T2 argument2);
  ZoneCallback<R> registerCallback<R>(R callback());
  ZoneUnaryCallback<R, T> registerUnaryCallback<R, T>(R callback(T arg));
  ZoneBinaryCallback<R, T1, T2> registerBinaryCallback<R, T1, T2>(
      R callback(T1 arg1, T2 arg2));
  ZoneCallback<R> bindCallback<R>(R callback());
  ZoneUnaryCallback<R, T> bindUnaryCallback<R, T>(R callback(T argument));
  ZoneBinaryCallback<R, T1, T2> bindBinaryCallback<R, T1, T2>(
      R callback(T1 argument1, T2 argument2));
  void Function() bindCallbackGuarded(void Function() callback);
  void Function(T) bindUnaryCallbackGuarded<T>(void callback(T argument));
  void Function(T1, T2) bindBinaryCallbackGuarded<T1, T2>(
      void callback(T1 argument1, T2 argument2));
  AsyncError? errorCallback(Object error, StackTrace? stackTrace);
  void scheduleMicrotask(void Function() callback);
  Timer createTimer(Duration duration, void Function() callback);
  Timer createPeriodicTimer(Duration period, void callback(Timer timer));
  void print(String line);
  dynamic operator [](Object? key);
}

const _RootZone _rootZone = _RootZone();

int _timerMicroseconds(Duration duration) {
  final time = duration.inMicroseconds;
  return time < 0 ? 0 : time;
}

abstract base class _ZoneBase implements Zone {
  const _ZoneBase();

  bool inSameErrorZone(Zone otherZone) =>
      identical(errorZone, otherZone.errorZone);

  void runGuarded(void action()) {
    try {
      run(action);
    } catch (error, trace) {
      handleUncaughtError(error, trace);
    }
  }

  void runUnaryGuarded<T>(void action(T argument), T argument) {
    try {
      runUnary(action, argument);
    } catch (error, trace) {
      handleUncaughtError(error, trace);
    }
  }

  void runBinaryGuarded<T1, T2>(
      void action(T1 argument1, T2 argument2), T1 argument1, T2 argument2) {
    try {
      runBinary(action, argument1, argument2);
    } catch (error, trace) {
      handleUncaughtError(error, trace);
    }
  }

  ZoneCallback<R> bindCallback<R>(R callback()) {
    final registered = registerCallback<R>(callback);
    return () => run<R>(registered);
  }

  ZoneUnaryCallback<R, T> bindUnaryCallback<R, T>(R callback(T argument)) {
    final registered = registerUnaryCallback<R, T>(callback);
    return (argument) => runUnary<R, T>(registered, argument);
  }

  ZoneBinaryCallback<R, T1, T2> bindBinaryCallback<R, T1, T2>(
      R callback(T1 argument1, T2 argument2)) {
    final registered = registerBinaryCallback<R, T1, T2>(callback);
    return (argument1, argument2) =>
        runBinary<R, T1, T2>(registered, argument1, argument2);
  }

  void Function() bindCallbackGuarded(void Function() callback) {
    final registered = registerCallback<void>(callback);
    return () => runGuarded(registered);
  }

  void Function(T) bindUnaryCallbackGuarded<T>(void callback(T argument)) {
    final registered = registerUnaryCallback<void, T>(callback);
    return (argument) => runUnaryGuarded<T>(registered, argument);
  }

  void Function(T1, T2) bindBinaryCallbackGuarded<T1, T2>(
      void callback(T1 argument1, T2 argument2)) {
    final registered = registerBinaryCallback<void, T1, T2>(callback);
    return (argument1, argument2) =>
        runBinaryGuarded<T1, T2>(registered, argument1, argument2);
  }

  Zone _forkHere(ZoneSpecification? specification,
          Map<Object?, Object?>? zoneValues) =>
      _CustomZone(this, specification ?? const ZoneSpecification(),
          zoneValues == null ? const {} : Map<Object?, Object?>.from(zoneValues));
}

final class _RootZone extends _ZoneBase {
  const _RootZone();

  Zone? get parent => null;
  Zone get errorZone => this;

  void handleUncaughtError(Object error, StackTrace stackTrace) {
    _reportUncaughtError(error, stackTrace);
  }

  Zone fork(
          {ZoneSpecification? specification,
          Map<Object?, Object?>? zoneValues}) =>
      _forkHere(specification, zoneValues);

  R run<R>(R action()) {
    if (identical(Zone._current, this)) return action();
    final old = Zone._current;
    Zone._current = this;
    try {
      return action();
    } finally {
      Zone._current = old;
    }
  }

  R runUnary<R, T>(R action(T argument), T argument) {
    if (identical(Zone._current, this)) return action(argument);
    final old = Zone._current;
    Zone._current = this;
    try {
      return action(argument);
    } finally {
      Zone._current = old;
    }
  }

  R runBinary<R, T1, T2>(
      R action(T1 argument1, T2 argument2), T1 argument1, T2 argument2) {
    if (identical(Zone._current, this)) return action(argument1, argument2);
    final old = Zone._current;
    Zone._current = this;
    try {
      return action(argument1, argument2);
    } finally {
      Zone._current = old;
    }
  }

  ZoneCallback<R> registerCallback<R>(R callback()) => callback;
  ZoneUnaryCallback<R, T> registerUnaryCallback<R, T>(R callback(T arg)) =>
      callback;
  ZoneBinaryCallback<R, T1, T2> registerBinaryCallback<R, T1, T2>(
          R callback(T1 arg1, T2 arg2)) =>
      callback;
  AsyncError? errorCallback(Object error, StackTrace? stackTrace) => null;

  void scheduleMicrotask(void Function() callback) {
    _enqueueMicrotask(callback);
  }

  Timer createTimer(Duration duration, void Function() callback) =>
      _Timer(_timerMicroseconds(duration), callback, -1);

  Timer createPeriodicTimer(Duration period, void callback(Timer timer)) {
    final time = _timerMicroseconds(period);
    return _Timer(time, callback, time);
  }

  void print(String line) {
    _printLine(line);
  }

  dynamic operator [](Object? key) => null;
}

external void _printLine(String line);

// What a handler of one zone sees as its parent: the rest of the chain.
class _ZoneDelegate implements ZoneDelegate {
  const _ZoneDelegate(this._target);

  final Zone _target;

  void handleUncaughtError(Zone zone, Object error, StackTrace stackTrace) {
    final target = _target;
    if (target is _CustomZone) {
      target._handleUncaughtErrorFor(zone, error, stackTrace);
    } else {
      target.handleUncaughtError(error, stackTrace);
    }
  }

  R run<R>(Zone zone, R f()) {
    final target = _target;
    return target is _CustomZone ? target._runFor(zone, f) : _enter(zone, f);
  }

  R runUnary<R, T>(Zone zone, R f(T arg), T arg) {
    final target = _target;
    return target is _CustomZone
        ? target._runUnaryFor(zone, f, arg)
        : _enter(zone, () => f(arg));
  }

  R runBinary<R, T1, T2>(Zone zone, R f(T1 arg1, T2 arg2), T1 arg1, T2 arg2) {
    final target = _target;
    return target is _CustomZone
        ? target._runBinaryFor(zone, f, arg1, arg2)
        : _enter(zone, () => f(arg1, arg2));
  }

  static R _enter<R>(Zone zone, R f()) {
    final old = Zone._current;
    if (identical(old, zone)) return f();
    Zone._current = zone;
    try {
      return f();
    } finally {
      Zone._current = old;
    }
  }

  ZoneCallback<R> registerCallback<R>(Zone zone, R f()) {
    final target = _target;
    return target is _CustomZone ? target._registerFor(zone, f) : f;
  }

  ZoneUnaryCallback<R, T> registerUnaryCallback<R, T>(Zone zone, R f(T arg)) {
    final target = _target;
    return target is _CustomZone ? target._registerUnaryFor(zone, f) : f;
  }

  ZoneBinaryCallback<R, T1, T2> registerBinaryCallback<R, T1, T2>(
      Zone zone, R f(T1 arg1, T2 arg2)) {
    final target = _target;
    return target is _CustomZone ? target._registerBinaryFor(zone, f) : f;
  }

  AsyncError? errorCallback(Zone zone, Object error, StackTrace? stackTrace) {
    final target = _target;
    return target is _CustomZone
        ? target._errorCallbackFor(zone, error, stackTrace)
        : null;
  }

  void scheduleMicrotask(Zone zone, void f()) {
    final target = _target;
    if (target is _CustomZone) {
      target._scheduleMicrotaskFor(zone, f);
    } else {
      _enqueueMicrotask(identical(zone, _rootZone) ? f : zone.bindCallbackGuarded(f));
    }
  }

  Timer createTimer(Zone zone, Duration duration, void f()) {
    final target = _target;
    return target is _CustomZone
        ? target._createTimerFor(zone, duration, f)
        : _rootZone.createTimer(
            duration, identical(zone, _rootZone) ? f : zone.bindCallback(f));
  }

  Timer createPeriodicTimer(Zone zone, Duration period, void f(Timer timer)) {
    final target = _target;
    return target is _CustomZone
        ? target._createPeriodicTimerFor(zone, period, f)
        : _rootZone.createPeriodicTimer(
            period,
            identical(zone, _rootZone)
                ? f
                : zone.bindUnaryCallback<void, Timer>(f));
  }

  void print(Zone zone, String line) {
    final target = _target;
    if (target is _CustomZone) {
      target._printFor(zone, line);
    } else {
      _rootZone.print(line);
    }
  }

  Zone fork(Zone zone, ZoneSpecification? specification,
      Map<Object?, Object?>? zoneValues) {
    final target = _target;
    return target is _CustomZone
        ? target._forkFor(zone, specification, zoneValues)
        : (zone as _ZoneBase)._forkHere(specification, zoneValues);
  }
}

// Each operation is done by the nearest zone outwards that has a handler for
// it, on behalf of the zone it was asked of: `_xFor(zone, ...)`.
final class _CustomZone extends _ZoneBase {
  _CustomZone(this.parent, this._handlers, this._values);

  final _ZoneBase parent;
  final ZoneSpecification _handlers;
  final Map<Object?, Object?> _values;
  late final _ZoneDelegate _delegate = _ZoneDelegate(parent);
  late final _ZoneDelegate _self = _ZoneDelegate(this);

  Zone get errorZone =>
      _handlers.handleUncaughtError != null ? this : parent.errorZone;

  void handleUncaughtError(Object error, StackTrace stackTrace) =>
      _handleUncaughtErrorFor(this, error, stackTrace);

  void _handleUncaughtErrorFor(Zone zone, Object error, StackTrace trace) {
    final handler = _handlers.handleUncaughtError;
    if (handler == null) {
      return _delegate.handleUncaughtError(zone, error, trace);
    }
    final old = Zone._current;
    Zone._current = parent; // an error of the handler is the parent's
    try {
      handler(this, _delegate, zone, error, trace);
    } catch (e, t) {
      parent.handleUncaughtError(e, identical(e, error) ? trace : t);
    } finally {
      Zone._current = old;
    }
  }

  Zone fork(
          {ZoneSpecification? specification,
          Map<Object?, Object?>? zoneValues}) =>
      _forkFor(this, specification, zoneValues);

  Zone _forkFor(Zone zone, ZoneSpecification? specification,
      Map<Object?, Object?>? zoneValues) {
    final handler = _handlers.fork;
    return handler == null
        ? _delegate.fork(zone, specification, zoneValues)
        : handler(this, _delegate, zone, specification, zoneValues);
  }

  R run<R>(R action()) => _runFor(this, action);
  R _runFor<R>(Zone zone, R f()) {
    final handler = _handlers.run;
    return handler == null
        ? _delegate.run<R>(zone, f)
        : handler<R>(this, _delegate, zone, f);
  }

  R runUnary<R, T>(R action(T argument), T argument) =>
      _runUnaryFor(this, action, argument);
  R _runUnaryFor<R, T>(Zone zone, R f(T arg), T arg) {
    final handler = _handlers.runUnary;
    return handler == null
        ? _delegate.runUnary<R, T>(zone, f, arg)
        : handler<R, T>(this, _delegate, zone, f, arg);
  }

  R runBinary<R, T1, T2>(
          R action(T1 argument1, T2 argument2), T1 argument1, T2 argument2) =>
      _runBinaryFor(this, action, argument1, argument2);
  R _runBinaryFor<R, T1, T2>(
      Zone zone, R f(T1 arg1, T2 arg2), T1 arg1, T2 arg2) {
    final handler = _handlers.runBinary;
    return handler == null
        ? _delegate.runBinary<R, T1, T2>(zone, f, arg1, arg2)
        : handler<R, T1, T2>(this, _delegate, zone, f, arg1, arg2);
  }

  ZoneCallback<R> registerCallback<R>(R callback()) =>
      _registerFor(this, callback);
  ZoneCallback<R> _registerFor<R>(Zone zone, R f()) {
    final handler = _handlers.registerCallback;
    return handler == null
        ? _delegate.registerCallback<R>(zone, f)
        : handler<R>(this, _delegate, zone, f);
  }

  ZoneUnaryCallback<R, T> registerUnaryCallback<R, T>(R callback(T arg)) =>
      _registerUnaryFor(this, callback);
  ZoneUnaryCallback<R, T> _registerUnaryFor<R, T>(Zone zone, R f(T arg)) {
    final handler = _handlers.registerUnaryCallback;
    return handler == null
        ? _delegate.registerUnaryCallback<R, T>(zone, f)
        : handler<R, T>(this, _delegate, zone, f);
  }

  ZoneBinaryCallback<R, T1, T2> registerBinaryCallback<R, T1, T2>(
          R callback(T1 arg1, T2 arg2)) =>
      _registerBinaryFor(this, callback);
  ZoneBinaryCallback<R, T1, T2> _registerBinaryFor<R, T1, T2>(
      Zone zone, R f(T1 arg1, T2 arg2)) {
    final handler = _handlers.registerBinaryCallback;
    return handler == null
        ? _delegate.registerBinaryCallback<R, T1, T2>(zone, f)
        : handler<R, T1, T2>(this, _delegate, zone, f);
  }

  AsyncError? errorCallback(Object error, StackTrace? stackTrace) =>
      _errorCallbackFor(this, error, stackTrace);
  AsyncError? _errorCallbackFor(Zone zone, Object error, StackTrace? trace) {
    final handler = _handlers.errorCallback;
    return handler == null
        ? _delegate.errorCallback(zone, error, trace)
        : handler(this, _delegate, zone, error, trace);
  }

  void scheduleMicrotask(void Function() callback) =>
      _scheduleMicrotaskFor(this, callback);
  void _scheduleMicrotaskFor(Zone zone, void f()) {
    final handler = _handlers.scheduleMicrotask;
    if (handler == null) {
      _delegate.scheduleMicrotask(zone, f);
    } else {
      handler(this, _delegate, zone, f);
    }
  }

  Timer createTimer(Duration duration, void Function() callback) =>
      _createTimerFor(this, duration, callback);
  Timer _createTimerFor(Zone zone, Duration duration, void f()) {
    final handler = _handlers.createTimer;
    return handler == null
        ? _delegate.createTimer(zone, duration, f)
        : handler(this, _delegate, zone, duration, f);
  }

  Timer createPeriodicTimer(Duration period, void callback(Timer timer)) =>
      _createPeriodicTimerFor(this, period, callback);
  Timer _createPeriodicTimerFor(
      Zone zone, Duration period, void f(Timer timer)) {
    final handler = _handlers.createPeriodicTimer;
    return handler == null
        ? _delegate.createPeriodicTimer(zone, period, f)
        : handler(this, _delegate, zone, period, f);
  }

  void print(String line) => _printFor(this, line);
  void _printFor(Zone zone, String line) {
    final handler = _handlers.print;
    if (handler == null) {
      _delegate.print(zone, line);
    } else {
      handler(this, _delegate, zone, line);
    }
  }

  dynamic operator [](Object? key) {
    final value = _values[key];
    if (value != null || _values.containsKey(key)) return value;
    return parent[key];
  }
}

R runZoned<R>(R body(),
    {Map<Object?, Object?>? zoneValues,
    ZoneSpecification? zoneSpecification,
    @deprecated Function? onError}) {
  if (onError != null) {
    if (onError is! void Function(Object, StackTrace)) {
      if (onError is void Function(Object)) {
        final original = onError;
        onError = (Object error, StackTrace trace) => original(error);
      } else {
        throw ArgumentError.value(onError, 'onError',
            'Must be Function(Object) or Function(Object, StackTrace)');
      }
    }
    return runZonedGuarded(body, onError,
        zoneValues: zoneValues, zoneSpecification: zoneSpecification) as R;
  }
  return Zone.current
      .fork(specification: zoneSpecification, zoneValues: zoneValues)
      .run<R>(body);
}

R? runZonedGuarded<R>(R body(), void onError(Object error, StackTrace stack),
    {Map<Object?, Object?>? zoneValues, ZoneSpecification? zoneSpecification}) {
  final parent = Zone.current;
  void handle(Zone self, ZoneDelegate delegate, Zone zone, Object error,
      StackTrace trace) {
    try {
      parent.runBinary(onError, error, trace);
    } catch (e, t) {
      if (identical(e, error)) {
        delegate.handleUncaughtError(zone, error, trace);
      } else {
        delegate.handleUncaughtError(zone, e, t);
      }
    }
  }

  final specification = zoneSpecification == null
      ? ZoneSpecification(handleUncaughtError: handle)
      : ZoneSpecification.from(zoneSpecification, handleUncaughtError: handle);
  final zone = parent.fork(specification: specification, zoneValues: zoneValues);
  try {
    return zone.run<R>(body);
  } catch (error, trace) {
    zone.handleUncaughtError(error, trace);
  }
  return null;
}
