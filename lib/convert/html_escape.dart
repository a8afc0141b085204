part of dart.convert;

const HtmlEscape htmlEscape = HtmlEscape();

final class HtmlEscapeMode {
  const HtmlEscapeMode(
      {String name = 'custom',
      this.escapeLtGt = false,
      this.escapeQuot = false,
      this.escapeApos = false,
      this.escapeSlash = false})
      : _name = name;

  final String _name;
  final bool escapeLtGt, escapeQuot, escapeApos, escapeSlash;

  static const HtmlEscapeMode unknown = HtmlEscapeMode(
      name: 'unknown',
      escapeLtGt: true,
      escapeQuot: true,
      escapeApos: true,
      escapeSlash: true);
  static const HtmlEscapeMode attribute =
      HtmlEscapeMode(name: 'attribute', escapeLtGt: true, escapeQuot: true);
  static const HtmlEscapeMode sqAttribute =
      HtmlEscapeMode(name: 'attribute', escapeLtGt: true, escapeApos: true);
  static const HtmlEscapeMode element =
      HtmlEscapeMode(name: 'element', escapeLtGt: true);

  String toString() => _name;
}

final class HtmlEscape extends Converter<String, String> {
  const HtmlEscape([this.mode = HtmlEscapeMode.unknown]);

  final HtmlEscapeMode mode;

  String? _escapeOf(int unit) => switch (unit) {
        0x26 => '&amp;',
        0x3c when mode.escapeLtGt => '&lt;',
        0x3e when mode.escapeLtGt => '&gt;',
        0x22 when mode.escapeQuot => '&quot;',
        0x27 when mode.escapeApos => '&#39;',
        0x2f when mode.escapeSlash => '&#47;',
        _ => null,
      };

  String convert(String text) {
    StringBuffer? buffer;
    var from = 0;
    for (var i = 0; i < text.length; i++) {
      final escape = _escapeOf(text.codeUnitAt(i));
      if (escape == null) continue;
      final out = buffer ??= StringBuffer();
      out.write(text.substring(from, i));
      out.write(escape);
      from = i + 1;
    }
    if (buffer == null) return text;
    buffer.write(text.substring(from));
    return buffer.toString();
  }

  StringConversionSink startChunkedConversion(Sink<String> sink) =>
      _StringChunkSink<String>(convert, sink);
}
