// An import names a library that Isle has.
import 'dart:mirrors'; // error: unknown_dart_library
void main() {}
