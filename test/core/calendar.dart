// Dates and durations: a month's page, ages, working days, schedules.
extension Dates on DateTime {
  bool get isLeapYear =>
      year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  int get daysInMonth => DateTime.utc(year, month + 1, 0).day;
  int get dayOfYear => difference(DateTime.utc(year)).inDays + 1;
  bool get isWeekend => weekday >= DateTime.saturday;
  DateTime plusDays(int n) => DateTime.utc(year, month, day + n);
  String get iso => toIso8601String().split('T').first;

  int get isoWeek {
    final thursday = plusDays(DateTime.thursday - weekday);
    return (thursday.dayOfYear - 1) ~/ 7 + 1;
  }

  int yearsUntil(DateTime later) {
    final hadBirthday = (later.month, later.day).isAtLeast((month, day));
    return later.year - year - (hadBirthday ? 0 : 1);
  }
}

extension on (int, int) {
  bool isAtLeast((int, int) o) => $1 > o.$1 || $1 == o.$1 && $2 >= o.$2;
}

List<String> monthPage(int year, int month) {
  final first = DateTime.utc(year, month);
  final cells = [
    ...List.filled(first.weekday - 1, '  '),
    for (var d = 1; d <= first.daysInMonth; d++) '$d'.padLeft(2),
  ];
  return [
    'Mo Tu We Th Fr Sa Su',
    for (var i = 0; i < cells.length; i += 7)
      cells.skip(i).take(7).join(' '),
  ];
}

DateTime easter(int year) {
  final a = year % 19, b = year ~/ 100, c = year % 100;
  final d = (19 * a + b - b ~/ 4 - (b - (b + 8) ~/ 25 + 1) ~/ 3 + 15) % 30;
  final e = (32 + 2 * (b % 4) + 2 * (c ~/ 4) - d - c % 4) % 7;
  final f = d + e - 7 * ((a + 11 * d + 22 * e) ~/ 451) + 114;
  return DateTime.utc(year, f ~/ 31, f % 31 + 1);
}

Iterable<DateTime> workingDays(DateTime from, {required int count}) sync* {
  for (var day = from; count > 0; day = day.plusDays(1)) {
    if (day.isWeekend) continue;
    yield day;
    count--;
  }
}

String inWords(Duration d) {
  if (d.isNegative) return '-${inWords(-d)}';
  return [
    if (d.inDays case final n when n > 0) '${n}d',
    if (d.inHours % 24 case final n when n > 0) '${n}h',
    if (d.inMinutes.remainder(60) case final n when n > 0) '${n}m',
    if (d.inSeconds.remainder(60) case final n when n > 0) '${n}s',
  ].join(' ');
}

void main() {
  monthPage(2024, 2).forEach(print);
  // expect: Mo Tu We Th Fr Sa Su
  // expect:           1  2  3  4
  // expect:  5  6  7  8  9 10 11
  // expect: 12 13 14 15 16 17 18
  // expect: 19 20 21 22 23 24 25
  // expect: 26 27 28 29
  print([1900, 2000, 2023, 2024].where((y) => DateTime(y).isLeapYear).toList());
  // expect: [2000, 2024]
  print([for (var y = 2023; y < 2027; y++) easter(y).iso].join(' '));
  // expect: 2023-04-09 2024-03-31 2025-04-20 2026-04-05
  print([DateTime.utc(2021, 1, 3), DateTime.utc(2021, 1, 4),
      DateTime.utc(2020, 12, 31), DateTime.utc(2024, 12, 30)]
      .map((d) => d.isoWeek).toList()); // expect: [53, 1, 53, 1]
  print(DateTime.utc(2024, 12, 31).dayOfYear); // expect: 366
  print(workingDays(DateTime.utc(2026, 5, 1), count: 4).map((d) => d.day).toList());
  // expect: [1, 4, 5, 6]
  final born = DateTime.utc(2000, 2, 29);
  print(born.yearsUntil(DateTime.utc(2026, 2, 28))); // expect: 25
  print(born.yearsUntil(DateTime.utc(2026, 3, 1))); // expect: 26

  // Fields out of range carry over; time stands still in UTC.
  print(DateTime.utc(2023, 14, -1, 25, 61)); // expect: 2024-01-31 02:01:00.000Z
  final noon = DateTime.utc(2024, 2, 28, 12);
  print(noon.add(const Duration(days: 2, hours: -13)));
  // expect: 2024-02-29 23:00:00.000Z
  print(noon.subtract(const Duration(microseconds: 1)).toIso8601String());
  // expect: 2024-02-28T11:59:59.999999Z
  print(DateTime.parse('2024-02-28T14:30:00+02:30') == noon); // expect: true
  print(DateTime.parse('20240228T120000Z').isAtSameMomentAs(noon)); // expect: true
  print(DateTime.parse('-0044-03-15 00:00Z').year); // expect: -44
  print(DateTime.tryParse('yesterday')); // expect: null
  print(DateTime.fromMillisecondsSinceEpoch(0, isUtc: true).weekday); // expect: 4
  print(DateTime.utc(1969, 12, 31, 23, 59, 59).millisecondsSinceEpoch);
  // expect: -1000
  print((noon.copyWith(year: 2023, day: 1)).iso); // expect: 2023-02-01
  final dates = [noon, born, DateTime.utc(2010)]..sort();
  print(dates.map((d) => d.year).toList()); // expect: [2000, 2010, 2024]
  print(born.isBefore(noon) && noon.isAfter(born)); // expect: true

  const lap = Duration(minutes: 1, seconds: 23, milliseconds: 450);
  print(lap * 3); // expect: 0:04:10.350000
  print(lap ~/ 2); // expect: 0:00:41.725000
  print(-lap); // expect: -0:01:23.450000
  print(lap + const Duration(hours: 30)); // expect: 30:01:23.450000
  print(lap.compareTo(lap * 1) == 0 && lap > Duration.zero); // expect: true
  print(inWords(const Duration(days: 1, hours: 2, seconds: 5))); // expect: 1d 2h 5s
  print(inWords(const Duration(minutes: -61))); // expect: -1h 1m
  print(noon.difference(born)); // expect: 210372:00:00.000000
}
