part of dart.async;

abstract interface class Timer {
  factory Timer(Duration duration, void Function() callback) {
    final zone = Zone.current;
    if (identical(zone, _rootZone)) {
      return _rootZone.createTimer(duration, callback);
    }
    return zone.createTimer(duration, zone.bindCallbackGuarded(callback));
  }

  factory Timer.periodic(
      Duration duration, void callback(Timer timer)) {
    final zone = Zone.current;
    if (identical(zone, _rootZone)) {
      return _rootZone.createPeriodicTimer(duration, callback);
    }
    return zone.createPeriodicTimer(
        duration, zone.bindUnaryCallbackGuarded<Timer>(callback));
  }

  static void run(void Function() callback) {
    Timer(Duration.zero, callback);
  }

  void cancel();
  int get tick;
  bool get isActive;
}

// Times are microseconds of the isolate's clock. The isolate keeps its timers
// in a heap by deadline and, at equal deadlines, by the order they were
// started.
class _Timer implements Timer {
  _Timer(int microseconds, this._callback, this._period)
      : _deadline = _timerNow() + microseconds {
    _handle = _startTimer(this, _deadline);
  }

  final Function _callback; // of no argument, or periodic: of the timer
  final int _period; // microseconds; -1: runs once
  int _deadline;
  int _handle = 0; // 0: not active
  int _tick = 0;

  bool get isActive => _handle != 0;
  int get tick => _tick;

  void cancel() {
    if (_handle == 0) return;
    _stopTimer(_handle);
    _handle = 0;
  }

  void _fire() {
    if (_handle == 0) return;
    _handle = 0;
    if (_period < 0) {
      _tick = 1;
      (_callback as void Function())();
      return;
    }
    // Ticks that could not be run in time are counted but not made up for.
    final now = _timerNow();
    var missed = 0;
    if (_period > 0 && now > _deadline) missed = (now - _deadline) ~/ _period;
    _tick += 1 + missed;
    _deadline += _period * (1 + missed);
    _handle = _startTimer(this, _deadline);
    (_callback as void Function(Timer))(this);
  }
}

external int _timerNow();
external int _startTimer(_Timer timer, int deadline);
external void _stopTimer(int handle);

// Called by the event loop when a timer is due.
void _handleTimer(Object timer) {
  (timer as _Timer)._fire();
}
