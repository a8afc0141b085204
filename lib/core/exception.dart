part of dart.core;

abstract interface class Exception {
  factory Exception([dynamic message]) = _Exception;
}

class _Exception implements Exception {
  _Exception([this.message]);

  final dynamic message;

  String toString() => message == null ? 'Exception' : 'Exception: $message';
}

class FormatException implements Exception {
  const FormatException([this.message = '', this.source, this.offset]);

  final String message;
  final dynamic source;
  final int? offset;

  String toString() {
    var report = 'FormatException';
    if (message.isNotEmpty) report = '$report: $message';
    final text = source;
    var at = offset;
    if (text is! String) {
      return at == null || at < 0 ? report : '$report (at offset $at)';
    }
    if (at != null && (at < 0 || at > text.length)) at = null;
    if (at == null) {
      final shown = text.length > 78 ? '${text.substring(0, 75)}...' : text;
      return '$report\n$shown';
    }
    var line = 1, lineStart = 0;
    var afterReturn = false;
    for (var i = 0; i < at; i++) {
      final unit = text.codeUnitAt(i);
      if (unit == 0x0a) {
        if (lineStart != i || !afterReturn) line++;
        lineStart = i + 1;
        afterReturn = false;
      } else if (unit == 0x0d) {
        line++;
        lineStart = i + 1;
        afterReturn = true;
      }
    }
    report = line > 1
        ? '$report (at line $line, character ${at - lineStart + 1})\n'
        : '$report (at character ${at + 1})\n';
    var lineEnd = text.length;
    for (var i = at; i < text.length; i++) {
      final unit = text.codeUnitAt(i);
      if (unit == 0x0a || unit == 0x0d) {
        lineEnd = i;
        break;
      }
    }
    var start = lineStart, end = lineEnd;
    var prefix = '', suffix = '';
    if (end - start > 78) {
      if (at - start < 75) {
        end = start + 75;
        suffix = '...';
      } else if (end - at < 75) {
        start = end - 75;
        prefix = '...';
      } else {
        start = at - 36;
        end = at + 36;
        prefix = suffix = '...';
      }
    }
    final shown = text.substring(start, end);
    final caret = at - start + prefix.length;
    return '$report$prefix$shown$suffix\n${' ' * caret}^\n';
  }
}

class IntegerDivisionByZeroException implements UnsupportedError, Exception {
  const IntegerDivisionByZeroException();

  String? get message => 'Division resulted in non-finite value';
  StackTrace? get _stackTrace => null;
  set _stackTrace(StackTrace? value) {}
  StackTrace? get stackTrace => null;
  String toString() => 'IntegerDivisionByZeroException';
}
