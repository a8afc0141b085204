// The extensions of a library that is imported deferred must be hidden.
import 'dart:async' deferred as a; // error: deferred_extension
import 'dart:async' deferred as b hide FutureExtensions, FutureIterable, FutureRecord2, FutureRecord3, FutureRecord4, FutureRecord5, FutureRecord6, FutureRecord7, FutureRecord8, FutureRecord9;

void main() {
  a.loadLibrary();
  b.loadLibrary();
}
