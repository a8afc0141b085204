part of dart.core;

abstract final class Function {
  external static dynamic apply(Function function,
      List<dynamic>? positionalArguments,
      [Map<Symbol, dynamic>? namedArguments]);
}

final class _Closure implements Function {
  external factory _Closure._();

  external bool operator ==(Object other);
  external int get hashCode;
  external Type get runtimeType;
  String toString() => 'Closure: $runtimeType';
}
