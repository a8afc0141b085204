// All core libraries: what the image is made of.
import 'dart:async';
import 'dart:collection';
import 'dart:core';
import 'dart:isolate';
import 'dart:math';
import 'dart:typed_data';

void main() {}
