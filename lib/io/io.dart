// dart:io: standard streams, files, directories, the platform, the process.
// Sockets, HTTP and child processes are not there yet: naming them is a
// compile-time error.
//
// A call of the system is an _Action (call.dart), by the numbers of
// src/io/call.def: made `now`, while the isolate waits with its stack and no
// thread of the scheduler is held, or `later`, while it goes on with its events.
library dart.io;

import 'dart:async';
import 'dart:convert';
import 'dart:isolate';
import 'dart:typed_data';

part 'call.dart';
part 'directory.dart';
part 'exception.dart';
part 'file.dart';
part 'file_system_entity.dart';
part 'link.dart';
part 'platform.dart';
part 'process.dart';
part 'random_access_file.dart';
part 'sink.dart';
part 'stdio.dart';
