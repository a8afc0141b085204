part of dart.isolate;

abstract interface class Capability {
  factory Capability() => _Capability();
}

final class _Capability implements Capability {
  external factory _Capability();

  external bool operator ==(Object other);
  external int get hashCode;
  String toString() => 'Capability';
}
