part of dart.core;

abstract interface class Type {
  int get hashCode;
  bool operator ==(Object other);
  String toString();
}

final class _Type implements Type {
  external factory _Type._();

  external int get hashCode;
  external bool operator ==(Object other);
  external String toString();
}
