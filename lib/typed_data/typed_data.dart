// dart:typed_data.
library dart.typed_data;

import 'dart:collection';

part 'buffer.dart';
part 'byte_data.dart';
part 'bytes_builder.dart';
part 'integer_list.dart';
part 'float_list.dart';
part 'typed_list.dart';
