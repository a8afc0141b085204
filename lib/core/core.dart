// dart:core. Each part holds one family of classes; the implementation classes
// that the run time makes itself begin with an underscore and stand beside
// what they implement (their names: src/type/well_known.def).
library dart.core;

import 'dart:async';
import 'dart:collection';
import 'dart:convert' show Base64Codec, Encoding, ascii, base64, utf8;
import 'dart:math' show Random;
import 'dart:typed_data' show Uint8List;

export 'dart:async'
    show
        Future,
        Stream,
        FutureExtensions,
        FutureIterable,
        FutureRecord2,
        FutureRecord3,
        FutureRecord4,
        FutureRecord5,
        FutureRecord6,
        FutureRecord7,
        FutureRecord8,
        FutureRecord9,
        ParallelWaitError;

part 'annotation.dart';
part 'big_int.dart';
part 'bool.dart';
part 'comparable.dart';
part 'coroutine.dart';
part 'date_time.dart';
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
part 'reg_exp.dart';
part 'reg_exp_compiler.dart';
part 'reg_exp_parser.dart';
part 'reg_exp_set.dart';
part 'set.dart';
part 'sink.dart';
part 'stack_trace.dart';
part 'stopwatch.dart';
part 'string.dart';
part 'string_buffer.dart';
part 'symbol.dart';
part 'type.dart';
part 'uri.dart';
part 'weak.dart';
