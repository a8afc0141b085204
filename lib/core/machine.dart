part of dart.core;

// What the machine asks of the library when an instruction fails, and what
// lowering makes of the language's constructs: see code/core_function.def.

Object _nullCheckError() => _TypeError('Null check operator used on a null value');

Object _castError(Object? value, Type target, String? name) {
  final where = name == null ? 'type cast' : "'$name'";
  return _TypeError("type '${value.runtimeType}' is not a subtype of type "
      "'$target' in ${name == null ? where : 'of $where'}");
}

Object _implicitCastError(Object? value, Type target, String? name) =>
    _TypeError("type '${value.runtimeType}' is not a subtype of type "
        "'$target'${name == null ? '' : " of '$name'"}");

Object _boundError(Type argument, Type bound, String name) => _TypeError(
    "type '$argument' is not a subtype of type '$bound' of '$name'");

Object _rangeError(int index, int length) =>
    IndexError.withLength(index, length, name: 'index');

Object _divisionByZeroError() => const IntegerDivisionByZeroException();

Object _negativeShiftError(int count) => ArgumentError.value(count);

Object _doubleToIntError(double value) =>
    UnsupportedError('${value.isNaN ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'}'
        ' to int');

Object _stackOverflowError() => const StackOverflowError();
Object _outOfMemoryError() => const OutOfMemoryError();

Object _argumentError(Object? value, String? name, String message) =>
    value == null && name == null
        ? ArgumentError(message)
        : ArgumentError.value(value, name, message);
Object _stateError(String message) => StateError(message);
Object _unsupportedError(String message) => UnsupportedError(message);
Object _formatException(String message, String source, int offset) =>
    FormatException(message, source, offset < 0 ? null : offset);

Never _lateReadError(String name) =>
    throw _LateError("Local '$name' has not been initialized.");
Never _lateFieldReadError(String name) =>
    throw _LateError("Field '$name' has not been initialized.");
Never _lateAssignedError(String name) =>
    throw _LateError("Local '$name' has already been initialized.");
Never _lateFieldAssignedError(String name) =>
    throw _LateError("Field '$name' has already been initialized.");
Never _lateSelfAssignedError(String name) => throw _LateError(
    "Local '$name' has been assigned during initialization.");

Never _assertionError(String condition, String uri, int line, int column,
        Object? message) =>
    throw _AssertionError(condition, uri, line, column, message);

Never _patternError() => throw StateError('Pattern matching error');

Never _reachabilityError() => throw ReachabilityError(
    '`null` encountered as case in a switch expression with a non-nullable '
    'enum type.');

Never _deferredNotLoaded(String prefix) =>
    throw DeferredLoadException("library $prefix was not loaded");

String _interpolate1(Object? part) {
  if (part is String) return part;
  final Object? text = part.toString();
  if (text is String) return text;
  throw ArgumentError.value(part, null, 'toString method returned no string');
}

String _interpolate(_Array parts) {
  for (var i = 0; i < parts.length; i++) {
    parts[i] = _interpolate1(parts[i]);
  }
  return _joinStrings(parts, parts.length);
}

// The first `count` items, all strings, as one string.
external String _joinStrings(_Array parts, int count);

void _listSpread(List<Object?> target, Iterable<Object?> source) {
  target.addAll(source);
}

String _errorToString(Object? error) {
  try {
    return '$error';
  } catch (_) {
    return "Instance of '${_className(error)}'";
  }
}

Never _concurrentError(Object list) => throw ConcurrentModificationError(list);
