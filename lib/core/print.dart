part of dart.core;

void print(Object? object) {
  final line = '$object';
  final zone = Zone.current;
  if (identical(zone, Zone.root)) {
    _printLine(line);
  } else {
    zone.print(line);
  }
}

// Writes the line and a line feed to standard output, as one piece.
external void _printLine(String line);
