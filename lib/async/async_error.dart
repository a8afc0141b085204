part of dart.async;

class AsyncError implements Error {
  AsyncError(this.error, StackTrace? stackTrace)
      : stackTrace = stackTrace ?? defaultStackTrace(error);

  static StackTrace defaultStackTrace(Object error) =>
      error is Error ? error.stackTrace ?? StackTrace.empty : StackTrace.empty;

  final Object error;
  final StackTrace stackTrace;

  String toString() => '$error';
}

class TimeoutException implements Exception {
  TimeoutException(this.message, [this.duration]);

  final String? message;
  final Duration? duration;

  String toString() {
    final time = duration == null ? '' : ' after $duration';
    final text = message == null ? '' : ': $message';
    return 'TimeoutException$time$text';
  }
}
