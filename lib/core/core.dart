// dart:core. Each part holds one family of classes; the implementation classes
// that the run time makes itself begin with an underscore and stand beside
// what they implement (their names: src/type/well_known.def).
library dart.core;

import 'dart:async';
import 'dart:collection';
import 'dart:math' show Random;

export 'dart:async' show Future, Stream;

part 'annotation.dart';
part 'bool.dart';
part 'comparable.dart';
part 'coroutine.dart';
part 'double.dart';
part 'duration.dart';
part 'enum.dart';
part 'error.dart';
part 'exception.dart';
part 'function.dart';
part 'int.dart';
part 'invocation.dart';
part 'iterable.dart';
part 'list.dart';
part 'list_storage.dart';
part 'machine.dart';
part 'map.dart';
part 'null.dart';
part 'num.dart';
part 'object.dart';
part 'pattern.dart';
part 'print.dart';
part 'record.dart';
part 'set.dart';
part 'sink.dart';
part 'stack_trace.dart';
part 'stopwatch.dart';
part 'string.dart';
part 'string_buffer.dart';
part 'symbol.dart';
part 'type.dart';
part 'weak.dart';
