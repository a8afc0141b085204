part of dart.core;

abstract final class Function {
  static dynamic apply(Function function, List<dynamic>? positionalArguments,
      [Map<Symbol, dynamic>? namedArguments]) {
    final count = positionalArguments?.length ?? 0;
    final positional = _Array(count);
    for (var i = 0; i < count; i++) {
      positional[i] = positionalArguments![i];
    }
    final namedCount = namedArguments?.length ?? 0;
    final names = _Array(namedCount);
    final named = _Array(namedCount);
    var at = 0;
    namedArguments?.forEach((name, value) {
      names[at] = name;
      named[at++] = value;
    });
    return _applyFunction(function, positional, names, named);
  }
}

// Calls with arguments that the machine binds; names are symbols.
external dynamic _applyFunction(
    Function function, _Array positional, _Array names, _Array named);

final class _Closure implements Function {
  external factory _Closure._();

  external bool operator ==(Object other);
  external int get hashCode;
  external Type get runtimeType;
  // Which function was torn off; empty for a function expression.
  external String get _origin;
  String toString() => 'Closure: $runtimeType$_origin';
}

// What holds a variable that a closure captures and somebody assigns: made by
// the machine, seen by no program.
final class _Cell {}

final class _RawCell {}
