part of dart.isolate;

// Where the event loop, and dart:async, bring an error that nobody caught: it
// is told to the isolate's error listeners, or printed when there are none, and
// ends the isolate when errors are fatal. No error at all stands for memory
// that could not be had.
void _uncaught(Object? error, Object? trace) {
  final text = _textOf(error ?? const OutOfMemoryError());
  final traceText = trace == null ? '' : _textOf(trace);
  if (!_tellErrorListeners([text, traceText])) {
    _printUncaught('Unhandled exception:\n$text\n${_startOf(traceText)}');
  }
  _endIfErrorsFatal();
}

String _textOf(Object object) {
  try {
    return object.toString();
  } catch (_) {
    return "Instance of '${object.runtimeType}'";
  }
}

// The first hundred lines, so that what overflowed the stack still says what
// it was on the screen.
String _startOf(String trace) {
  var end = 0;
  for (var line = 0; line < 100; line++) {
    end = trace.indexOf('\n', end) + 1;
    if (end == 0) return trace;
  }
  return end == trace.length ? trace : '${trace.substring(0, end)}...\n';
}

// Sends the two strings to each listener; false when there is none.
external bool _tellErrorListeners(List<String> parts);
external void _printUncaught(String text);
external void _endIfErrorsFatal();
