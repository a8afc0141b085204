// dart:async.
library dart.async;

import 'dart:collection';

part 'async_error.dart';
part 'coroutine.dart';
part 'deferred.dart';
part 'future.dart';
part 'future_extensions.dart';
part 'microtask.dart';
part 'stream.dart';
part 'stream_controller.dart';
part 'stream_operator.dart';
part 'stream_subscription.dart';
part 'stream_transformer.dart';
part 'timer.dart';
part 'zone.dart';
