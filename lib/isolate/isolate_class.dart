part of dart.isolate;

class IsolateSpawnException implements Exception {
  IsolateSpawnException(this.message);

  final String message;

  String toString() => 'IsolateSpawnException: $message';
}

final class RemoteError implements Error {
  RemoteError(String description, String stackDescription)
      : _description = description,
        stackTrace = StackTrace.fromString(stackDescription);

  final String _description;
  final StackTrace stackTrace;

  String toString() => _description;
}

// The requests that an isolate's control port takes; the numbers are those of
// src/isolate.
enum _Request {
  kill,
  pause,
  resume,
  ping,
  addExitListener,
  removeExitListener,
  addErrorListener,
  removeErrorListener,
  setErrorsFatal,
}

final class Isolate {
  Isolate(this.controlPort, {this.pauseCapability, this.terminateCapability});

  static const int immediate = 0;
  static const int beforeNextEvent = 1;

  // For _spawn, which knows the fields.
  Isolate._()
      : controlPort = _unsafeCast<SendPort>(null),
        pauseCapability = null,
        terminateCapability = null;

  final SendPort controlPort;
  final Capability? pauseCapability;
  final Capability? terminateCapability;

  // The native makes one Isolate of the running isolate, which is kept.
  static final Isolate _current = Isolate(_ownControlPort(),
      pauseCapability: _ownCapability(false),
      terminateCapability: _ownCapability(true));

  static Isolate get current => _current;

  String? get debugName => _debugNameOf(controlPort);

  static Future<Uri?> get packageConfig async => packageConfigSync;
  static Uri? get packageConfigSync {
    final text = _packageConfigText();
    return text == null ? null : Uri.parse(text);
  }

  static Future<Uri?> resolvePackageUri(Uri packageUri) async =>
      resolvePackageUriSync(packageUri);
  static Uri? resolvePackageUriSync(Uri packageUri) {
    if (packageUri.scheme != 'package') return packageUri;
    final text = _resolvePackage('$packageUri');
    return text == null ? null : Uri.parse(text);
  }

  static Future<Isolate> spawn<T>(void entryPoint(T message), T message,
      {bool paused = false,
      bool errorsAreFatal = true,
      SendPort? onExit,
      SendPort? onError,
      String? debugName}) {
    try {
      final isolate = Isolate._();
      if (!_spawn(isolate, entryPoint, message, paused, errorsAreFatal, onExit,
          onError, debugName)) {
        throw IsolateSpawnException('There are as many isolates as may be');
      }
      return Future<Isolate>.value(isolate);
    } catch (error, trace) {
      return Future<Isolate>.error(error, trace);
    }
  }

  static Future<Isolate> spawnUri(Uri uri, List<String> args, dynamic message,
      {bool paused = false,
      SendPort? onExit,
      SendPort? onError,
      bool errorsAreFatal = true,
      bool? checked,
      Map<String, String>? environment,
      Uri? packageRoot,
      Uri? packageConfig,
      bool automaticPackageResolution = false,
      String? debugName}) {
    final completer = Completer<Isolate>.sync();
    final port = RawReceivePort();
    port.handler = (Object? response) {
      port.close();
      if (response is String) {
        completer.completeError(
            IsolateSpawnException(response), StackTrace.empty);
      } else {
        completer.complete(_isolateOf(response as List<Object?>));
      }
    };
    try {
      _spawnUri('${_scriptUri().resolveUri(uri)}', List<String>.of(args), message,
          paused, errorsAreFatal, onExit, onError, debugName, port.sendPort,
          packageConfig == null
              ? null
              : '${_scriptUri().resolveUri(packageConfig)}');
    } catch (error, trace) {
      port.close();
      return Future<Isolate>.error(error, trace);
    }
    return completer.future;
  }

  static Isolate _isolateOf(List<Object?> parts) =>
      Isolate(parts[0] as SendPort,
          pauseCapability: parts[1] as Capability,
          terminateCapability: parts[2] as Capability);

  static Future<R> run<R>(FutureOr<R> computation(), {String? debugName}) {
    final completer = Completer<R>();
    final port = RawReceivePort();
    port.handler = (Object? response) {
      port.close();
      switch (response as List<Object?>?) {
        case null: // the exit notice came first
          completer.completeError(
              RemoteError('Computation ended without result', ''),
              StackTrace.empty);
        case [final value]:
          completer.complete(value as R);
        // Memory exhausted there leaves no room for a trace.
        case [final Object error, final StackTrace? trace, _]:
          completer.completeError(error, trace ?? StackTrace.empty);
        case [final error, final trace]: // an uncaught error, as strings
          final remote = RemoteError('$error', '${trace ?? ''}');
          completer.completeError(remote, remote.stackTrace);
        default:
          completer.completeError(StateError('Unexpected response'));
      }
    };
    spawn<_Computation<R>>(_compute<R>, _Computation<R>(computation, port.sendPort),
            errorsAreFatal: true,
            onExit: port.sendPort,
            onError: port.sendPort,
            debugName: debugName)
        .then<void>((_) {}, onError: (Object error, StackTrace trace) {
      port.close();
      completer.completeError(error, trace);
    });
    return completer.future;
  }

  static void _compute<R>(_Computation<R> request) async {
    final Object? value;
    try {
      final result = request.computation();
      value = result is Future<R> ? await result : result;
    } catch (error, trace) {
      try {
        exit(request.port, [error, trace, null]);
      } catch (_) {
        // The error itself cannot be sent.
        exit(request.port, ['$error', '$trace']);
      }
    }
    exit(request.port, [value]);
  }

  static Never exit([SendPort? finalMessagePort, Object? message]) {
    _exit(finalMessagePort, message);
    throw StateError('The isolate has ended');
  }

  Capability pause([Capability? resumeCapability]) {
    resumeCapability ??= Capability();
    _send(_Request.pause, pauseCapability, response: resumeCapability);
    return resumeCapability;
  }

  void resume(Capability resumeCapability) =>
      _send(_Request.resume, pauseCapability, response: resumeCapability);

  void kill({int priority = beforeNextEvent}) =>
      _send(_Request.kill, terminateCapability, priority: priority);

  void ping(SendPort responsePort,
          {Object? response, int priority = immediate}) =>
      _send(_Request.ping, null,
          target: responsePort, response: response, priority: priority);

  void addOnExitListener(SendPort responsePort, {Object? response}) =>
      _send(_Request.addExitListener, null,
          target: responsePort, response: response);

  void removeOnExitListener(SendPort responsePort) =>
      _send(_Request.removeExitListener, null, target: responsePort);

  void addErrorListener(SendPort port) =>
      _send(_Request.addErrorListener, null, target: port);

  void removeErrorListener(SendPort port) =>
      _send(_Request.removeErrorListener, null, target: port);

  void setErrorsFatal(bool errorsAreFatal) =>
      _send(_Request.setErrorsFatal, terminateCapability,
          priority: errorsAreFatal ? 1 : 0);

  Stream get errors {
    late StreamController controller;
    RawReceivePort? port;
    controller = StreamController.broadcast(
        sync: true,
        onListen: () {
          final receive = port = RawReceivePort();
          receive.handler = (Object? message) {
            final parts = message as List<Object?>;
            final error = RemoteError('${parts[0]}', '${parts[1] ?? ''}');
            controller.addError(error, error.stackTrace);
          };
          addErrorListener(receive.sendPort);
        },
        onCancel: () {
          removeErrorListener(port!.sendPort);
          port!.close();
          port = null;
        });
    return controller.stream;
  }

  void _send(_Request request, Capability? capability,
      {SendPort? target, Object? response, int priority = 0}) {
    _sendControl(request.index, controlPort, capability, target, response,
        priority);
  }
}

final class _Computation<R> {
  _Computation(this.computation, this.port);

  final FutureOr<R> Function() computation;
  final SendPort port;
}

// What a relative URI is relative to.
Uri _scriptUri() {
  final path = _scriptPath();
  return path.startsWith('file:')
      ? Uri.parse(path)
      : Uri.base.resolveUri(Uri.file(path));
}

// The program of the group, as the host gave it: a path or a URI.
external String _scriptPath();
external SendPort _ownControlPort();
external Capability _ownCapability(bool terminate);
external String? _debugNameOf(SendPort control);
external String? _packageConfigText();
external String? _resolvePackage(String uri);
external T _unsafeCast<T>(Object? value);
// Fills the fields of the isolate; false: there are as many as may be.
external bool _spawn(Isolate isolate, Function entry, Object? message,
    bool paused, bool errorsAreFatal, SendPort? onExit, SendPort? onError,
    String? debugName);
// Compiles on another thread; the answer comes to `reply`: a list of control
// port, pause and terminate capability, or a String that says what failed.
external void _spawnUri(
    String uri,
    List<String> arguments,
    Object? message,
    bool paused,
    bool errorsAreFatal,
    SendPort? onExit,
    SendPort? onError,
    String? debugName,
    SendPort reply,
    String? packageConfig);
external void _exit(SendPort? port, Object? message);
external void _sendControl(int request, SendPort control,
    Capability? capability, SendPort? target, Object? response, int priority);
