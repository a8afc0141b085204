// dart:typed_data.
library dart.typed_data;

import 'dart:collection';
import 'dart:math' as math show sqrt;

part 'buffer.dart';
part 'byte_data.dart';
part 'bytes_builder.dart';
part 'integer_list.dart';
part 'float_list.dart';
part 'simd.dart';
part 'simd_list.dart';
part 'typed_list.dart';
