part of 'core.dart';

/// What every enum is.
abstract interface class Enum {
  /// The position of this value among the values of its enum, from 0.
  int get index;

  /// Orders values of one enum by their positions.
  static int compareByIndex<T extends Enum>(T value1, T value2) =>
      value1.index - value2.index;

  /// Orders values of one enum by their names.
  static int compareByName<T extends Enum>(T value1, T value2) =>
      value1.name.compareTo(value2.name);
}

/// The superclass of every enum. The compiler fills the three fields of each
/// value; its constructor is never called.
class _Enum implements Enum {
  final int index;
  final String _name;
  final String _class;

  const _Enum(this.index, this._name, this._class);

  String toString() => '$_class.$_name';
}

extension EnumName on Enum {
  /// The name of this value as its enum declares it.
  String get name => (this as _Enum)._name;
}

extension EnumByName<T extends Enum> on Iterable<T> {
  /// The value with this name; an [ArgumentError] when there is none.
  T byName(String name) {
    for (final value in this) {
      if (value.name == name) return value;
    }
    throw ArgumentError.value(name, 'name', 'No enum value with that name');
  }

  /// The values by their names.
  Map<String, T> asNameMap() => <String, T>{
        for (final value in this) value.name: value
      };
}
