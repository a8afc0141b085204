part of dart.core;

abstract interface class StackTrace {
  static const StackTrace empty = _StringStackTrace('');

  const factory StackTrace.fromString(String stackTraceString) =
      _StringStackTrace;

  external static StackTrace get current;

  String toString();
}

class _StringStackTrace implements StackTrace {
  const _StringStackTrace(this._text);

  final String _text;

  String toString() => _text;
}

// The program points of a stack, made readable when printed.
final class _StackTrace implements StackTrace {
  external factory _StackTrace._();

  external String toString();
}
