part of dart.isolate;

abstract interface class SendPort implements Capability {
  void send(Object? message);
  bool operator ==(Object other);
  int get hashCode;
}

// The 64-bit address of a port.
final class _SendPort implements SendPort {
  external factory _SendPort._();

  external void send(Object? message);
  external bool operator ==(Object other);
  external int get hashCode;
  String toString() => 'SendPort';
}

// The isolate's open ports, by number. What arrives at a port is given to
// _handleMessage with the port's handler.
external int _openPort(Object handler);
external void _closePort(int number);
external void _setPortHandler(int number, Object handler);
external void _setPortKeepsAlive(int number, bool keepsAlive);
external SendPort _sendPortOf(int number);

abstract interface class RawReceivePort {
  factory RawReceivePort([Function? handler, String debugName = '']) {
    final number = _openPort(_RawReceivePort._ignore);
    final port = _RawReceivePort(debugName, number, _sendPortOf(number));
    if (handler != null) port.handler = handler;
    return port;
  }

  set handler(Function? newHandler);
  void close();
  SendPort get sendPort;
  bool get keepIsolateAlive;
  set keepIsolateAlive(bool value);
}

final class _RawReceivePort implements RawReceivePort {
  _RawReceivePort(this._debugName, this._number, this.sendPort);

  final String _debugName;
  final int _number;
  final SendPort sendPort;
  bool _isOpen = true;
  bool _keepsAlive = true;

  static void _ignore(Object? message) {}

  set handler(Function? newHandler) {
    if (!_isOpen) return;
    if (newHandler == null) {
      _setPortHandler(_number, _ignore);
      return;
    }
    if (identical(Zone.current, Zone.root)) {
      _setPortHandler(_number, newHandler);
    } else {
      _setPortHandler(_number, _inZone(newHandler));
    }
  }

  static Function _inZone(Function handler) {
    final zone = Zone.current;
    return (Object? message) =>
        zone.runGuarded(() => (handler as dynamic)(message));
  }

  void close() {
    if (!_isOpen) return;
    _isOpen = false;
    _closePort(_number);
  }

  bool get keepIsolateAlive => _isOpen && _keepsAlive;
  set keepIsolateAlive(bool value) {
    _keepsAlive = value;
    if (_isOpen) _setPortKeepsAlive(_number, value);
  }

  String toString() => 'RawReceivePort($_debugName)';
}

abstract interface class ReceivePort implements Stream<dynamic> {
  factory ReceivePort([String debugName = '']) {
    final port = _ReceivePort();
    port._number = _openPort(port);
    return port;
  }
  factory ReceivePort.fromRawReceivePort(RawReceivePort rawPort) =>
      _ReceivePort.fromRaw(rawPort);

  void close();
  SendPort get sendPort;
}

// A stream of one subscription, whose port's handler it is itself: messages
// wait in a list until somebody listens.
final class _ReceivePort extends Stream<dynamic> implements ReceivePort {
  _ReceivePort() : _raw = null;

  _ReceivePort.fromRaw(RawReceivePort raw) : _raw = raw {
    raw.handler = _deliver;
  }

  final RawReceivePort? _raw; // the port, when it is another's
  int _number = 0;
  SendPort? _sendPort;
  List<Object?>? _waiting;
  _PortSubscription? _subscription;
  bool _isOpen = true;

  SendPort get sendPort {
    final raw = _raw;
    return _sendPort ??= raw == null ? _sendPortOf(_number) : raw.sendPort;
  }

  void _deliver(Object? message) {
    final subscription = _subscription;
    if (subscription == null) {
      (_waiting ??= []).add(message);
    } else {
      subscription._add(message);
    }
  }

  StreamSubscription<dynamic> listen(void onData(dynamic message)?,
      {Function? onError, void onDone()?, bool? cancelOnError}) {
    if (_subscription != null) {
      throw StateError('Stream has already been listened to.');
    }
    final subscription = _PortSubscription(this, Zone.current);
    _subscription = subscription;
    subscription.onData(onData);
    subscription.onDone(onDone);
    final waiting = _waiting;
    if (waiting != null || !_isOpen) {
      _waiting = null;
      if (waiting != null) subscription._waiting.addAll(waiting);
      if (!_isOpen) subscription._isDone = true;
      subscription._schedule();
    }
    subscription._install();
    return subscription;
  }

  void close() {
    if (!_isOpen) return;
    _isOpen = false;
    final raw = _raw;
    if (raw == null) {
      _closePort(_number);
    } else {
      raw.close();
    }
    final subscription = _subscription;
    if (subscription != null) {
      subscription._isDone = true;
      subscription._schedule();
    }
  }
}

final class _PortSubscription implements StreamSubscription<dynamic> {
  _PortSubscription(this._port, this._zone);

  final _ReceivePort _port;
  final Zone _zone;
  void Function(dynamic)? _onData;
  void Function()? _onDone;
  List<Object?> _waiting = _none;
  int _pauses = 0;
  bool _isDone = false; // closed: onDone after what waits
  bool _isScheduled = false;
  bool _isCancelled = false;

  static List<Object?> get _none => [];

  bool get isPaused => _pauses > 0;

  void onData(void handleData(dynamic message)?) {
    _onData = handleData == null
        ? null
        : _zone.registerUnaryCallback<void, dynamic>(handleData);
    _install();
  }

  // While nothing waits, the port of a listener in the root zone calls it; else
  // it calls the stream.
  void _install() {
    final port = _port;
    if (port._raw != null || !port._isOpen || port._subscription == null) return;
    final handler = _onData;
    final isDirect = handler != null &&
        _pauses == 0 &&
        _waiting.isEmpty &&
        !_isCancelled &&
        identical(_zone, Zone.root);
    _setPortHandler(port._number, isDirect ? handler : port);
  }

  void onError(Function? handleError) {}

  void onDone(void handleDone()?) {
    _onDone = handleDone == null ? null : _zone.registerCallback(handleDone);
  }

  void _add(Object? message) {
    if (_isCancelled) return;
    if (_pauses > 0 || _waiting.isNotEmpty) {
      _waiting.add(message);
      _schedule();
      return;
    }
    final handler = _onData;
    if (handler != null) _zone.runUnaryGuarded<dynamic>(handler, message);
  }

  void _schedule() {
    if (_isScheduled || _pauses > 0 || _isCancelled) return;
    _isScheduled = true;
    _zone.scheduleMicrotask(_drain);
  }

  void _drain() {
    _isScheduled = false;
    for (var i = 0; i < _waiting.length; i++) {
      final message = _waiting[i];
      final handler = _onData;
      if (handler != null) _zone.runUnaryGuarded<dynamic>(handler, message);
      if (_isCancelled) return;
      if (_pauses > 0) {
        _waiting.removeRange(0, i + 1);
        return;
      }
    }
    _waiting = _none;
    _install();
    if (_isDone && !_isCancelled && _pauses == 0) {
      _isCancelled = true;
      final handler = _onDone;
      if (handler != null) _zone.runGuarded(handler);
    }
  }

  void pause([Future<void>? resumeSignal]) {
    if (_isCancelled) return;
    if (_pauses++ == 0) _install();
    resumeSignal?.whenComplete(resume);
  }

  void resume() {
    if (_pauses == 0) return;
    if (--_pauses > 0) return;
    if (_waiting.isNotEmpty || _isDone) {
      _schedule();
    } else {
      _install();
    }
  }

  Future<void> cancel() {
    if (!_isCancelled) {
      _isCancelled = true;
      _waiting = _none;
      _port.close();
    }
    return Future<void>.value();
  }

  Future<E> asFuture<E>([E? futureValue]) {
    final completer = Completer<E>();
    onDone(() => completer.complete(futureValue as E));
    return completer.future;
  }
}
