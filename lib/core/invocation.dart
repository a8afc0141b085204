part of dart.core;

abstract class Invocation {
  Invocation();

  factory Invocation.method(
          Symbol memberName, Iterable<Object?>? positionalArguments,
          [Map<Symbol, Object?>? namedArguments]) =>
      Invocation.genericMethod(
          memberName, null, positionalArguments, namedArguments);

  factory Invocation.genericMethod(Symbol memberName,
          Iterable<Type>? typeArguments, Iterable<Object?>? positionalArguments,
          [Map<Symbol, Object?>? namedArguments]) =>
      _Invocation(
          memberName,
          _Invocation.methodKind,
          List.unmodifiable(typeArguments ?? const []),
          List.unmodifiable(positionalArguments ?? const []),
          Map.unmodifiable(namedArguments ?? const {}));

  factory Invocation.getter(Symbol name) =>
      _Invocation(name, _Invocation.getterKind, const [], const [], const {});

  factory Invocation.setter(Symbol memberName, Object? argument) => _Invocation(
      memberName,
      _Invocation.setterKind,
      const [],
      List.unmodifiable([argument]),
      const {});

  Symbol get memberName;
  List<Type> get typeArguments => const [];
  List<dynamic> get positionalArguments;
  Map<Symbol, dynamic> get namedArguments;
  bool get isMethod;
  bool get isGetter;
  bool get isSetter;
  bool get isAccessor => isGetter || isSetter;
}

final class _Invocation extends Invocation {
  _Invocation(this.memberName, this._kind, List<Type> typeArguments,
      List<dynamic> positionalArguments, Map<Symbol, dynamic> namedArguments)
      : typeArguments = List<Type>.unmodifiable(typeArguments),
        positionalArguments = List<dynamic>.unmodifiable(positionalArguments),
        namedArguments = Map<Symbol, dynamic>.unmodifiable(namedArguments);

  static const methodKind = 0, getterKind = 1, setterKind = 2;

  final Symbol memberName;
  final int _kind;
  final List<Type> typeArguments;
  final List<dynamic> positionalArguments;
  final Map<Symbol, dynamic> namedArguments;

  bool get isMethod => _kind == methodKind;
  bool get isGetter => _kind == getterKind;
  bool get isSetter => _kind == setterKind;
}

// What the machine found at a call that nothing understands.
Invocation _makeInvocation(Symbol name, int kind, _Array typeArguments,
    _Array positional, _Array names, _Array named) {
  final map = <Symbol, Object?>{};
  for (var i = 0; i < names.length; i++) {
    map[names[i] as Symbol] = named[i];
  }
  return _Invocation(
      name,
      kind,
      <Type>[
        for (var i = 0; i < typeArguments.length; i++)
          typeArguments[i] as Type
      ],
      [for (var i = 0; i < positional.length; i++) positional[i]],
      map);
}

dynamic _callNoSuchMethod(Object? receiver, Invocation invocation) =>
    receiver.noSuchMethod(invocation);
