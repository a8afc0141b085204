// The bytes: flags, then the pattern, a zero, the text.
import 'dart:isolate';

String? check(List<int> bytes) {
  if (bytes.isEmpty) return null;
  final flags = bytes[0];
  var end = bytes.indexOf(0, 1);
  if (end < 0) end = bytes.length;
  final pattern = String.fromCharCodes(bytes, 1, end);
  var text = end < bytes.length ? String.fromCharCodes(bytes, end + 1) : 'aab';
  if (text.length > 60) text = text.substring(0, 60);
  final RegExp expression;
  try {
    expression = RegExp(pattern,
        multiLine: flags & 1 != 0,
        caseSensitive: flags & 2 != 0,
        unicode: flags & 4 != 0,
        dotAll: flags & 8 != 0);
  } on FormatException {
    return null;
  }
  var last = -1;
  for (final match in expression.allMatches(text).take(100)) {
    if (match.start < last || match.end < match.start ||
        match.end > text.length) {
      return 'a match out of place';
    }
    if (match[0] != text.substring(match.start, match.end)) {
      return 'group 0 is not what was matched';
    }
    for (var i = 1; i <= match.groupCount; i++) {
      final group = match[i];
      if (group != null && !text.contains(group)) return 'a group out of place';
    }
    last = match.start;
  }
  if (expression.hasMatch(text) != (expression.firstMatch(text) != null)) {
    return 'hasMatch and firstMatch disagree';
  }
  return null;
}

void work(List<Object?> start) {
  final [answer as SendPort, bytes as List] = start;
  String? complaint;
  try {
    complaint = check(bytes.cast<int>().toList());
  } on StackOverflowError {
    // Deeply nested.
  } on Object catch (error, trace) {
    complaint = '$error\n$trace';
  }
  Isolate.exit(answer, [complaint]);
}

Future<void> main(List<String> arguments, SendPort host) async {
  final units = ReceivePort();
  host.send(units.sendPort);
  await for (final bytes in units) {
    final answers = ReceivePort();
    final worker = await Isolate.spawn(work, [answers.sendPort, bytes],
        onExit: answers.sendPort);
    // Backtracking may take for ever: that is no fault.
    final answer = await answers.first.timeout(const Duration(seconds: 1),
        onTimeout: () {
      worker.kill(priority: Isolate.immediate);
      return [null];
    });
    host.send((answer as List?)?[0]);
  }
}
