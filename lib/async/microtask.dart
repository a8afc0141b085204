part of dart.async;

void scheduleMicrotask(void Function() callback) {
  final zone = Zone.current;
  if (identical(zone, _rootZone)) {
    _enqueueMicrotask(callback);
  } else {
    zone.scheduleMicrotask(zone.bindCallbackGuarded(callback));
  }
}

// The isolate's ring of microtasks.
external void _enqueueMicrotask(void Function() callback);
external void Function()? _takeMicrotask();

// Called by the event loop after each event. An error that escapes a microtask
// is the isolate's uncaught error; when it is not fatal the loop is entered
// again.
void _runMicrotasks() {
  for (;;) {
    final task = _takeMicrotask();
    if (task == null) return;
    task();
  }
}

// Tells the isolate of an error that nobody caught: error listeners, and the
// isolate's end when errors are fatal.
external void _reportUncaughtError(Object error, StackTrace trace);
