// A type of a deferred library cannot be an annotation.
import 'dart:math' deferred as m;
m.Random? f() => null; // error: deferred_type
void main() {}
