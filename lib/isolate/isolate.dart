// dart:isolate.
library dart.isolate;

import 'dart:async';
import 'dart:typed_data';

part 'capability.dart';
part 'entry.dart';
part 'host.dart';
part 'isolate_class.dart';
part 'port.dart';
part 'transferable.dart';
part 'uncaught.dart';
