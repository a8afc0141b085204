part of dart.core;

abstract interface class Symbol {
  static const Symbol unaryMinus = Symbol('unary-');
  static const Symbol empty = Symbol('');

  const factory Symbol(String name) = _Symbol;

  int get hashCode;
  bool operator ==(Object other);
}

final class _Symbol implements Symbol {
  external const factory _Symbol(String name);

  external String get _name;
  external int get hashCode;
  external bool operator ==(Object other);
  String toString() => 'Symbol("$_name")';
}
