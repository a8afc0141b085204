part of dart.core;

class Deprecated {
  const Deprecated(this.message);
  const Deprecated.implement([this.message = 'unspecified']);
  const Deprecated.extend([this.message = 'unspecified']);
  const Deprecated.subclass([this.message = 'unspecified']);
  const Deprecated.instantiate([this.message = 'unspecified']);
  const Deprecated.mixin([this.message = 'unspecified']);
  const Deprecated.optional([this.message = 'unspecified']);

  final String message;

  String toString() => 'Deprecated feature: $message';
}

const Deprecated deprecated = Deprecated('next release');

class _Override {
  const _Override();
}

const Object override = _Override();

class pragma {
  final String name;
  final Object? options;

  const factory pragma(String name, [Object? options]) = pragma._;
  const pragma._(this.name, [this.options]);
}
