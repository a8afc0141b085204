part of dart.core;

class Duration implements Comparable<Duration> {
  static const int microsecondsPerMillisecond = 1000;
  static const int millisecondsPerSecond = 1000;
  static const int secondsPerMinute = 60;
  static const int minutesPerHour = 60;
  static const int hoursPerDay = 24;
  static const int microsecondsPerSecond =
      microsecondsPerMillisecond * millisecondsPerSecond;
  static const int microsecondsPerMinute =
      microsecondsPerSecond * secondsPerMinute;
  static const int microsecondsPerHour = microsecondsPerMinute * minutesPerHour;
  static const int microsecondsPerDay = microsecondsPerHour * hoursPerDay;
  static const int millisecondsPerMinute =
      millisecondsPerSecond * secondsPerMinute;
  static const int millisecondsPerHour = millisecondsPerMinute * minutesPerHour;
  static const int millisecondsPerDay = millisecondsPerHour * hoursPerDay;
  static const int secondsPerHour = secondsPerMinute * minutesPerHour;
  static const int secondsPerDay = secondsPerHour * hoursPerDay;
  static const int minutesPerDay = minutesPerHour * hoursPerDay;
  static const Duration zero = Duration();

  const Duration(
      {int days = 0,
      int hours = 0,
      int minutes = 0,
      int seconds = 0,
      int milliseconds = 0,
      int microseconds = 0})
      : this._(microseconds +
            microsecondsPerMillisecond * milliseconds +
            microsecondsPerSecond * seconds +
            microsecondsPerMinute * minutes +
            microsecondsPerHour * hours +
            microsecondsPerDay * days);

  const Duration._(this.inMicroseconds);

  final int inMicroseconds;

  Duration operator +(Duration other) =>
      Duration._(inMicroseconds + other.inMicroseconds);
  Duration operator -(Duration other) =>
      Duration._(inMicroseconds - other.inMicroseconds);
  Duration operator *(num factor) =>
      Duration._((inMicroseconds * factor).round());
  Duration operator ~/(int quotient) {
    if (quotient == 0) throw const IntegerDivisionByZeroException();
    return Duration._(inMicroseconds ~/ quotient);
  }

  bool operator <(Duration other) => inMicroseconds < other.inMicroseconds;
  bool operator >(Duration other) => inMicroseconds > other.inMicroseconds;
  bool operator <=(Duration other) => inMicroseconds <= other.inMicroseconds;
  bool operator >=(Duration other) => inMicroseconds >= other.inMicroseconds;
  Duration operator -() => Duration._(0 - inMicroseconds);

  int get inDays => inMicroseconds ~/ microsecondsPerDay;
  int get inHours => inMicroseconds ~/ microsecondsPerHour;
  int get inMinutes => inMicroseconds ~/ microsecondsPerMinute;
  int get inSeconds => inMicroseconds ~/ microsecondsPerSecond;
  int get inMilliseconds => inMicroseconds ~/ microsecondsPerMillisecond;
  bool get isNegative => inMicroseconds < 0;
  Duration abs() => Duration._(inMicroseconds.abs());

  bool operator ==(Object other) =>
      other is Duration && inMicroseconds == other.inMicroseconds;
  int get hashCode => inMicroseconds.hashCode;
  int compareTo(Duration other) =>
      inMicroseconds.compareTo(other.inMicroseconds);

  String toString() {
    final sign = isNegative ? '-' : '';
    var rest = inMicroseconds;
    String two(int value) => value.abs().toString().padLeft(2, '0');
    final hours = rest ~/ microsecondsPerHour;
    rest = rest.remainder(microsecondsPerHour);
    final minutes = rest ~/ microsecondsPerMinute;
    rest = rest.remainder(microsecondsPerMinute);
    final seconds = rest ~/ microsecondsPerSecond;
    rest = rest.remainder(microsecondsPerSecond);
    return '$sign${hours.abs()}:${two(minutes)}:${two(seconds)}.'
        '${rest.abs().toString().padLeft(6, '0')}';
  }
}
