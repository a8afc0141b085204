part of dart.core;

final class bool {
  external const factory bool.fromEnvironment(String name,
      {bool defaultValue = false});
  external const factory bool.hasEnvironment(String name);

  static bool parse(String source, {bool caseSensitive = true}) =>
      tryParse(source, caseSensitive: caseSensitive) ??
      (throw FormatException('Invalid boolean', source));

  static bool? tryParse(String source, {bool caseSensitive = true}) {
    final text = caseSensitive ? source : source.toLowerCase();
    if (text == 'true') return true;
    if (text == 'false') return false;
    return null;
  }

  int get hashCode => this ? 1231 : 1237;

  bool operator &(bool other) => this ? other : false;
  bool operator |(bool other) => this ? true : other;
  bool operator ^(bool other) => this ? !other : other;

  String toString() => this ? 'true' : 'false';
}
