part of dart.core;

class DateTime implements Comparable<DateTime> {
  static const int monday = 1;
  static const int tuesday = 2;
  static const int wednesday = 3;
  static const int thursday = 4;
  static const int friday = 5;
  static const int saturday = 6;
  static const int sunday = 7;
  static const int daysPerWeek = 7;
  static const int january = 1;
  static const int february = 2;
  static const int march = 3;
  static const int april = 4;
  static const int may = 5;
  static const int june = 6;
  static const int july = 7;
  static const int august = 8;
  static const int september = 9;
  static const int october = 10;
  static const int november = 11;
  static const int december = 12;
  static const int monthsPerYear = 12;

  static const int _limit = 8640000000000000000; // microseconds, both ways

  DateTime(int year,
      [int month = 1,
      int day = 1,
      int hour = 0,
      int minute = 0,
      int second = 0,
      int millisecond = 0,
      int microsecond = 0])
      : isUtc = false,
        microsecondsSinceEpoch = _fromParts(false, year, month, day, hour,
            minute, second, millisecond, microsecond);

  DateTime.utc(int year,
      [int month = 1,
      int day = 1,
      int hour = 0,
      int minute = 0,
      int second = 0,
      int millisecond = 0,
      int microsecond = 0])
      : isUtc = true,
        microsecondsSinceEpoch = _fromParts(true, year, month, day, hour,
            minute, second, millisecond, microsecond);

  DateTime.now()
      : isUtc = false,
        microsecondsSinceEpoch = _clock();

  DateTime.timestamp()
      : isUtc = true,
        microsecondsSinceEpoch = _clock();

  DateTime.fromMillisecondsSinceEpoch(int millisecondsSinceEpoch,
      {bool isUtc = false})
      : this._checked(_fromMilliseconds(millisecondsSinceEpoch), isUtc);

  DateTime.fromMicrosecondsSinceEpoch(int microsecondsSinceEpoch,
      {bool isUtc = false})
      : this._checked(microsecondsSinceEpoch, isUtc);

  DateTime._checked(int microseconds, this.isUtc)
      : microsecondsSinceEpoch = _checkRange(microseconds);

  static int _fromMilliseconds(int milliseconds) {
    if (milliseconds.abs() > 8640000000000000) {
      throw RangeError.range(milliseconds, -8640000000000000,
          8640000000000000, 'millisecondsSinceEpoch');
    }
    return milliseconds * 1000;
  }

  static int _checkRange(int microseconds) {
    if (microseconds < -_limit || microseconds > _limit) {
      throw RangeError.range(
          microseconds, -_limit, _limit, 'microsecondsSinceEpoch');
    }
    return microseconds;
  }

  final bool isUtc;
  final int microsecondsSinceEpoch;

  static DateTime parse(String formattedString) =>
      tryParse(formattedString) ??
      (throw FormatException('Invalid date format', formattedString));

  static final RegExp _format = RegExp(
      r'^([+-]?\d{4,6})-?(\d\d)-?(\d\d)' // day
      r'(?:[ T](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?)?' // time
      r'( ?[zZ]| ?([-+])(\d\d)(?::?(\d\d))?)?)?$'); // zone

  static DateTime? tryParse(String formattedString) {
    final match = _format.firstMatch(formattedString);
    if (match == null) return null;
    int number(String? text) => text == null ? 0 : int.parse(text);
    final year = number(match[1]), month = number(match[2]);
    final day = number(match[3]), hour = number(match[4]);
    var minute = number(match[5]);
    final second = number(match[6]);
    var microseconds = 0;
    final fraction = match[7];
    if (fraction != null) {
      microseconds = int.parse(fraction.padRight(6, '0').substring(0, 6));
    }
    final zone = match[8];
    var isUtc = false;
    if (zone != null) {
      isUtc = true;
      final sign = match[9];
      if (sign != null) {
        final difference = number(match[10]) * 60 + number(match[11]);
        minute += sign == '-' ? difference : -difference;
      }
    }
    final value = _fromPartsOrNull(isUtc, year, month, day, hour, minute,
        second, 0, microseconds);
    return value == null ? null : DateTime._checked(value, isUtc);
  }

  // Days since the epoch of a day in the Gregorian calendar; months overflow.
  static int _daysOf(int year, int month, int day) {
    var months = month - 1;
    var y = year + (months >= 0 ? months ~/ 12 : -((11 - months) ~/ 12));
    final m = months % 12;
    // Years that begin in March, in eras of 400.
    if (m < 2) y--;
    final era = (y >= 0 ? y : y - 399) ~/ 400;
    final yearOfEra = y - era * 400;
    final dayOfYear = (153 * ((m + 10) % 12) + 2) ~/ 5;
    final dayOfEra =
        yearOfEra * 365 + yearOfEra ~/ 4 - yearOfEra ~/ 100 + dayOfYear;
    return era * 146097 + dayOfEra - 719468 + day - 1;
  }

  static (int, int, int) _dateOf(int days) {
    final z = days + 719468;
    final era = (z >= 0 ? z : z - 146096) ~/ 146097;
    final dayOfEra = z - era * 146097;
    final yearOfEra = (dayOfEra -
            dayOfEra ~/ 1460 +
            dayOfEra ~/ 36524 -
            dayOfEra ~/ 146096) ~/
        365;
    final dayOfYear =
        dayOfEra - (365 * yearOfEra + yearOfEra ~/ 4 - yearOfEra ~/ 100);
    final shifted = (5 * dayOfYear + 2) ~/ 153;
    final day = dayOfYear - (153 * shifted + 2) ~/ 5 + 1;
    final month = shifted < 10 ? shifted + 3 : shifted - 9;
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
  }

  static int _fromParts(bool isUtc, int year, int month, int day, int hour,
          int minute, int second, int millisecond, int microsecond) =>
      _fromPartsOrNull(isUtc, year, month, day, hour, minute, second,
          millisecond, microsecond) ??
      (throw ArgumentError('($year, $month, $day, $hour, $minute, $second, '
          '$millisecond, $microsecond)'));

  static int? _fromPartsOrNull(bool isUtc, int year, int month, int day,
      int hour, int minute, int second, int millisecond, int microsecond) {
    if (year.abs() > 400000 || month.abs() > 4000000 || day.abs() > 200000000) {
      return null;
    }
    final days = _daysOf(year, month, day);
    if (days.abs() > 200000000) return null;
    var seconds = days * 86400 + hour * 3600 + minute * 60 + second;
    if (!isUtc) {
      // The local time as if it were UTC, then less the zone's offset there.
      seconds = _localToUtc(seconds);
    }
    final result = seconds * 1000000 + millisecond * 1000 + microsecond;
    return result < -_limit || result > _limit ? null : result;
  }

  // Microseconds since 1970.
  external static int _clock();
  // The offset in seconds of local time at a moment in seconds since 1970.
  external static int _zoneOffset(int seconds);
  external static String _zoneName(int seconds);
  external static int _localToUtc(int seconds);

  int get millisecondsSinceEpoch => _floorDivide(microsecondsSinceEpoch, 1000);

  static int _floorDivide(int a, int b) =>
      a >= 0 ? a ~/ b : -((-a + b - 1) ~/ b);

  int get _seconds => _floorDivide(microsecondsSinceEpoch, 1000000);
  int get _offset => isUtc ? 0 : _zoneOffset(_seconds);
  int get _localSeconds => _seconds + _offset;
  int get _localDays => _floorDivide(_localSeconds, 86400);
  int get _secondOfDay => _localSeconds % 86400;

  Duration get timeZoneOffset => Duration(seconds: _offset);
  String get timeZoneName => isUtc ? 'UTC' : _zoneName(_seconds);

  int get year => _dateOf(_localDays).$1;
  int get month => _dateOf(_localDays).$2;
  int get day => _dateOf(_localDays).$3;
  int get hour => _secondOfDay ~/ 3600;
  int get minute => _secondOfDay ~/ 60 % 60;
  int get second => _secondOfDay % 60;
  int get millisecond => microsecondsSinceEpoch % 1000000 ~/ 1000;
  int get microsecond => microsecondsSinceEpoch % 1000;
  int get weekday => (_localDays + 3) % 7 + 1;

  bool isBefore(DateTime other) =>
      microsecondsSinceEpoch < other.microsecondsSinceEpoch;
  bool isAfter(DateTime other) =>
      microsecondsSinceEpoch > other.microsecondsSinceEpoch;
  bool isAtSameMomentAs(DateTime other) =>
      microsecondsSinceEpoch == other.microsecondsSinceEpoch;
  int compareTo(DateTime other) =>
      microsecondsSinceEpoch.compareTo(other.microsecondsSinceEpoch);

  bool operator ==(Object other) =>
      other is DateTime &&
      microsecondsSinceEpoch == other.microsecondsSinceEpoch &&
      isUtc == other.isUtc;
  int get hashCode =>
      (microsecondsSinceEpoch ^ (microsecondsSinceEpoch >> 30)) & 0x3fffffff;

  DateTime toLocal() =>
      isUtc ? DateTime._checked(microsecondsSinceEpoch, false) : this;
  DateTime toUtc() =>
      isUtc ? this : DateTime._checked(microsecondsSinceEpoch, true);

  DateTime add(Duration duration) => DateTime._checked(
      microsecondsSinceEpoch + duration.inMicroseconds, isUtc);
  DateTime subtract(Duration duration) => DateTime._checked(
      microsecondsSinceEpoch - duration.inMicroseconds, isUtc);
  Duration difference(DateTime other) => Duration(
      microseconds: microsecondsSinceEpoch - other.microsecondsSinceEpoch);

  static String _pad(int value, int width) =>
      value.toString().padLeft(width, '0');

  String _text(String separator, bool wideYears) {
    final (year, month, day) = _dateOf(_localDays);
    final size = year.abs();
    final yearText = wideYears && size > 9999
        ? '${year < 0 ? '-' : '+'}${_pad(size, 6)}'
        : '${year < 0 ? '-' : ''}${_pad(size, 4)}';
    final micro = microsecond;
    return '$yearText-${_pad(month, 2)}-${_pad(day, 2)}$separator'
        '${_pad(hour, 2)}:${_pad(minute, 2)}:${_pad(second, 2)}.'
        '${_pad(millisecond, 3)}${micro == 0 ? '' : _pad(micro, 3)}'
        '${isUtc ? 'Z' : ''}';
  }

  String toString() => _text(' ', false);
  String toIso8601String() => _text('T', true);
}

extension DateTimeCopyWith on DateTime {
  DateTime copyWith(
      {int? year,
      int? month,
      int? day,
      int? hour,
      int? minute,
      int? second,
      int? millisecond,
      int? microsecond,
      bool? isUtc}) {
    final make = isUtc ?? this.isUtc ? DateTime.utc : DateTime.new;
    return make(
        year ?? this.year,
        month ?? this.month,
        day ?? this.day,
        hour ?? this.hour,
        minute ?? this.minute,
        second ?? this.second,
        millisecond ?? this.millisecond,
        microsecond ?? this.microsecond);
  }
}
