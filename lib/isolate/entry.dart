part of dart.isolate;

// Where the event loop enters Dart.

void _runMain(Function main, List<String> arguments, Object? message) {
  if (main is Function(Never, Never)) {
    (main as dynamic)(arguments, message);
  } else if (main is Function(Never)) {
    (main as dynamic)(arguments);
  } else {
    (main as dynamic)();
  }
}

void _runEntry(Function entry, Object? message) {
  (entry as dynamic)(message);
}

void _handleMessage(Object handler, Object? message) {
  if (handler is _ReceivePort) {
    handler._deliver(message);
  } else {
    (handler as dynamic)(message);
  }
}
