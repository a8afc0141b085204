part of dart.core;

class Error {
  Error();

  // Set by the machine when the error is first thrown.
  StackTrace? _stackTrace;
  StackTrace? get stackTrace => _stackTrace;

  static String safeToString(Object? object) {
    if (object is num || object is bool || object == null ||
        object is _Closure) {
      return object.toString();
    }
    if (object is String) return _quote(object);
    return "Instance of '${_className(object)}'";
  }

  static String _quote(String text) {
    final buffer = StringBuffer('"');
    for (var i = 0; i < text.length; i++) {
      final unit = text.codeUnitAt(i);
      switch (unit) {
        case 0x0a:
          buffer.write(r'\n');
        case 0x0d:
          buffer.write(r'\r');
        case 0x09:
          buffer.write(r'\t');
        case 0x22:
          buffer.write(r'\"');
        case 0x5c:
          buffer.write(r'\\');
        case < 0x20:
          buffer.write('\\x${unit.toRadixString(16).padLeft(2, '0')}');
        default:
          buffer.writeCharCode(unit);
      }
    }
    buffer.write('"');
    return buffer.toString();
  }

  external static Never throwWithStackTrace(
      Object error, StackTrace stackTrace);
}

class AssertionError extends Error {
  AssertionError([this.message]);

  final Object? message;

  String toString() => message != null
      ? 'Assertion failed: ${Error.safeToString(message)}'
      : 'Assertion failed';
}

class _AssertionError extends AssertionError {
  _AssertionError(
      this._condition, this._uri, this._line, this._column, super.message);

  final String _condition, _uri;
  final int _line, _column;

  String toString() {
    final what = message;
    final text = what == null
        ? 'is not true.'
        : what is String
            ? what
            : Error.safeToString(what);
    return "'$_uri': Failed assertion: line $_line pos $_column: "
        "'$_condition': $text";
  }
}

class TypeError extends Error {}

class _TypeError extends TypeError {
  _TypeError(this._message);

  final String _message;

  String toString() => _message;
}

class ArgumentError extends Error {
  ArgumentError([this.message, this.name])
      : invalidValue = null,
        _hasValue = false;
  ArgumentError.value(this.invalidValue, [this.name, this.message])
      : _hasValue = true;
  ArgumentError.notNull([this.name])
      : invalidValue = null,
        _hasValue = false,
        message = 'Must not be null';

  static T checkNotNull<T>(T? argument, [String? name]) =>
      argument ?? (throw ArgumentError.notNull(name));

  final dynamic invalidValue;
  final String? name;
  final dynamic message;
  final bool _hasValue;

  String get _errorName => 'Invalid argument${_hasValue ? '' : '(s)'}';
  String get _errorExplanation => '';

  String toString() {
    final nameText = name == null ? '' : ' ($name)';
    final messageText = message == null ? '' : ': ${message}';
    final prefix = '$_errorName$nameText$messageText';
    if (!_hasValue) return prefix;
    return '$prefix$_errorExplanation: ${Error.safeToString(invalidValue)}';
  }
}

class RangeError extends ArgumentError {
  RangeError(dynamic message)
      : start = null,
        end = null,
        super(message);

  RangeError.value(num value, [String? name, String? message])
      : start = null,
        end = null,
        super.value(value, name, message ?? 'Value not in range');

  RangeError.range(num invalidValue, int? minValue, int? maxValue,
      [String? name, String? message])
      : start = minValue,
        end = maxValue,
        super.value(invalidValue, name, message ?? 'Invalid value');

  factory RangeError.index(int index, dynamic indexable,
          [String? name, String? message, int? length]) =>
      IndexError.withLength(index, length ?? indexable.length as int,
          indexable: indexable, name: name, message: message);

  final num? start;
  final num? end;

  num? get invalidValue => super.invalidValue as num?;

  static int checkValueInInterval(int value, int minValue, int maxValue,
      [String? name, String? message]) {
    if (value < minValue || value > maxValue) {
      throw RangeError.range(value, minValue, maxValue, name, message);
    }
    return value;
  }

  static int checkValidIndex(int index, dynamic indexable,
      [String? name, int? length, String? message]) {
    length ??= indexable.length as int;
    return IndexError.check(index, length,
        indexable: indexable, name: name, message: message);
  }

  static int checkValidRange(int start, int? end, int length,
      [String? startName, String? endName, String? message]) {
    if (start < 0 || start > length) {
      throw RangeError.range(start, 0, length, startName ?? 'start', message);
    }
    if (end == null) return length;
    if (end < start || end > length) {
      throw RangeError.range(end, start, length, endName ?? 'end', message);
    }
    return end;
  }

  static int checkNotNegative(int value, [String? name, String? message]) {
    if (value < 0) {
      throw RangeError.range(value, 0, null, name ?? 'index', message);
    }
    return value;
  }

  String get _errorName => 'RangeError';
  String get _errorExplanation {
    if (start == null) {
      return end == null ? '' : ': Not less than or equal to $end';
    }
    if (end == null) return ': Not greater than or equal to $start';
    if (end! > start!) return ': Not in inclusive range $start..$end';
    if (end! < start!) return ': Valid value range is empty';
    return ': Only valid value is $start';
  }
}

class IndexError extends ArgumentError implements RangeError {
  IndexError(int invalidValue, dynamic indexable,
      [String? name, String? message, int? length])
      : indexable = indexable,
        length = length ?? indexable.length as int,
        super.value(invalidValue, name, message ?? 'Index out of range');

  IndexError.withLength(int invalidValue, this.length,
      {this.indexable, String? name, String? message})
      : super.value(invalidValue, name, message ?? 'Index out of range');

  static int check(int index, int length,
      {Object? indexable, String? name, String? message}) {
    if (index < 0 || index >= length) {
      throw IndexError.withLength(index, length,
          indexable: indexable, name: name ?? 'index', message: message);
    }
    return index;
  }

  final Object? indexable;
  final int length;

  int get invalidValue => super.invalidValue as int;
  int get start => 0;
  int get end => length - 1;

  String get _errorName => 'RangeError';
  String get _errorExplanation {
    if (invalidValue < 0) return ': index must not be negative';
    if (length == 0) return ': no indices are valid';
    return ': index should be less than $length';
  }
}

class NoSuchMethodError extends Error {
  NoSuchMethodError.withInvocation(Object? receiver, Invocation invocation)
      : _receiver = receiver,
        _invocation = invocation;

  final Object? _receiver;
  final Invocation _invocation;

  String toString() {
    final name = _symbolName(_invocation.memberName);
    final receiver = Error.safeToString(_receiver);
    final kind = _invocation.isGetter
        ? 'getter'
        : _invocation.isSetter
            ? 'setter'
            : 'method';
    final bare = kind == 'setter' && name.endsWith('=')
        ? name.substring(0, name.length - 1)
        : name;
    final buffer = StringBuffer('NoSuchMethodError: ');
    if (_receiver == null) {
      buffer.write("The $kind '$bare' was called on null.\n");
    } else if (_receiver is Function && name == 'call') {
      buffer.write('Closure call with mismatched arguments: function '
          "'call'\n");
    } else {
      buffer.write("Class '${_className(_receiver)}' has no instance $kind "
          "'$bare'${_mismatch}.\n");
    }
    buffer.write('Receiver: $receiver\n');
    if (_invocation.isMethod) {
      buffer.write('Tried calling: $name($_argumentText)');
    } else if (_invocation.isSetter) {
      buffer.write('Tried calling: $bare=$_argumentText');
    } else {
      buffer.write('Tried calling: $bare');
    }
    return buffer.toString();
  }

  String get _mismatch => '';

  String get _argumentText {
    final parts = <String>[
      for (final argument in _invocation.positionalArguments)
        Error.safeToString(argument),
      for (final MapEntry(:key, :value) in _invocation.namedArguments.entries)
        '${_symbolName(key)}: ${Error.safeToString(value)}',
    ];
    return parts.join(', ');
  }

  static String _symbolName(Symbol symbol) => (symbol as _Symbol)._name;
}

class UnsupportedError extends Error {
  UnsupportedError(String this.message);

  final String? message;

  String toString() => 'Unsupported operation: $message';
}

class UnimplementedError extends Error implements UnsupportedError {
  UnimplementedError([this.message]);

  final String? message;

  String toString() =>
      message != null ? 'UnimplementedError: $message' : 'UnimplementedError';
}

class StateError extends Error {
  StateError(this.message);

  final String message;

  String toString() => 'Bad state: $message';
}

class ConcurrentModificationError extends Error {
  ConcurrentModificationError([this.modifiedObject]);

  final Object? modifiedObject;

  String toString() => modifiedObject == null
      ? 'Concurrent modification during iteration.'
      : 'Concurrent modification during iteration: '
          '${Error.safeToString(modifiedObject)}.';
}

final class OutOfMemoryError implements Error {
  const OutOfMemoryError();

  StackTrace? get _stackTrace => null;
  set _stackTrace(StackTrace? value) {}
  StackTrace? get stackTrace => null;
  String toString() => 'Out of Memory';
}

final class StackOverflowError implements Error {
  const StackOverflowError();

  StackTrace? get _stackTrace => null;
  set _stackTrace(StackTrace? value) {}
  StackTrace? get stackTrace => null;
  String toString() => 'Stack Overflow';
}

class ReachabilityError extends Error {
  ReachabilityError([this._message]);

  final String? _message;

  String toString() => _message != null
      ? 'ReachabilityError: $_message'
      : 'ReachabilityError';
}

class _LateError extends Error {
  _LateError(this._message);

  final String _message;

  String toString() => 'LateInitializationError: $_message';
}

