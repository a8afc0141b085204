// dart:convert.
library dart.convert;

import 'dart:async';
import 'dart:typed_data';

part 'base64.dart';
part 'byte_codec.dart';
part 'chunked.dart';
part 'codec.dart';
part 'html_escape.dart';
part 'json_decoder.dart';
part 'json_encoder.dart';
part 'line_splitter.dart';
part 'utf.dart';
