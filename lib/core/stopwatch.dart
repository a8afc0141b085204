part of dart.core;

class Stopwatch {
  // Ticks are nanoseconds of the monotonic clock.
  int _started = 0;
  int? _stopped = 0;

  int get frequency => 1000000000;

  void start() {
    final stopped = _stopped;
    if (stopped == null) return;
    _started += _now() - stopped;
    _stopped = null;
  }

  void stop() {
    _stopped ??= _now();
  }

  void reset() {
    _started = _stopped ?? _now();
  }

  int get elapsedTicks => (_stopped ?? _now()) - _started;
  int get elapsedMicroseconds => elapsedTicks ~/ 1000;
  int get elapsedMilliseconds => elapsedTicks ~/ 1000000;
  Duration get elapsed => Duration(microseconds: elapsedMicroseconds);
  bool get isRunning => _stopped == null;

  external static int _now();
}
