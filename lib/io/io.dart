// dart:io: standard streams, files, directories, the platform, the process.
// Sockets, HTTP and child processes are not there yet: naming them is a
// compile-time error.
//
// Calls of the system go through _call (call.dart), by the numbers of
// src/io/call.def. The isolate waits with its stack and no thread of the
// scheduler is held; so the synchronous members cost other isolates nothing,
// and the asynchronous ones are made of them.
library dart.io;

import 'dart:async';
import 'dart:convert';
import 'dart:typed_data';

part 'call.dart';
part 'directory.dart';
part 'exception.dart';
part 'file.dart';
part 'file_system_entity.dart';
part 'platform.dart';
part 'process.dart';
part 'random_access_file.dart';
part 'sink.dart';
part 'stdio.dart';
