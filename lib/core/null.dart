part of dart.core;

final class Null {
  factory Null._() => throw UnsupportedError('Null has no constructor');

  int get hashCode => 2011;
  String toString() => 'null';
}
