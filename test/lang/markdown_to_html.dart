// A small part of Markdown: blocks by patterns over lines, spans by RegExp.
sealed class Block {
  const Block();
  String get html;
}

class Heading extends Block {
  const Heading(this.level, this.text);
  final int level;
  final String text;
  @override
  String get html => '<h$level>${spans(text)}</h$level>';
}

class Paragraph extends Block {
  const Paragraph(this.lines);
  final List<String> lines;
  @override
  String get html => '<p>${spans(lines.join(' '))}</p>';
}

class Items extends Block {
  const Items(this.items, {this.isOrdered = false});
  final List<String> items;
  final bool isOrdered;
  @override
  String get html {
    final tag = isOrdered ? 'ol' : 'ul';
    return '<$tag>${items.map((i) => '<li>${spans(i)}</li>').join()}</$tag>';
  }
}

class Code extends Block {
  const Code(this.lines, this.language);
  final List<String> lines;
  final String language;
  @override
  String get html {
    final kind = language.isEmpty ? '' : ' class="$language"';
    return '<pre$kind>${lines.map(escape).join('\n')}</pre>';
  }
}

class Quote extends Block {
  const Quote(this.inner);
  final List<Block> inner;
  @override
  String get html => '<quote>${inner.map((b) => b.html).join()}</quote>';
}

String escape(String text) => text.replaceAllMapped(
    RegExp('[&<>"]'),
    (m) => switch (m[0]) {
          '&' => '&amp;',
          '<' => '&lt;',
          '>' => '&gt;',
          _ => '&quot;',
        });

String spans(String text) {
  final codes = <String>[];
  var html = escape(text).replaceAllMapped(RegExp('`([^`]+)`'), (m) {
    codes.add('<code>${m[1]}</code>');
    return '\u0000${codes.length - 1}\u0000';
  });
  html = html
      .replaceAllMapped(RegExp(r'\[([^\]]+)\]\(([^)\s]+)\)'),
          (m) => '<a href="${m[2]}">${m[1]}</a>')
      .replaceAllMapped(RegExp(r'\*\*(.+?)\*\*'), (m) => '<b>${m[1]}</b>')
      .replaceAllMapped(
          RegExp(r'(?<![\w*])\*(?=\S)(.+?)(?<=\S)\*(?!\w)'),
          (m) => '<i>${m[1]}</i>');
  return html.replaceAllMapped(
      RegExp('\u0000(\\d+)\u0000'), (m) => codes[int.parse(m[1]!)]);
}

final _heading = RegExp(r'^(#{1,6})\s+(.*?)\s*#*$');
final _bullet = RegExp(r'^[-*]\s+(.*)');
final _number = RegExp(r'^\d+\.\s+(.*)');

List<Block> parse(List<String> lines) {
  final blocks = <Block>[];
  var at = 0;
  List<String> takeWhile(RegExp pattern) => [
        for (Match? m;
            at < lines.length && (m = pattern.firstMatch(lines[at])) != null;
            at++)
          m![1]!
      ];
  while (at < lines.length) {
    final line = lines[at];
    if (line.trim().isEmpty) {
      at++;
    } else if (_heading.firstMatch(line) case final m?) {
      blocks.add(Heading(m[1]!.length, m[2]!));
      at++;
    } else if (_bullet.hasMatch(line)) {
      blocks.add(Items(takeWhile(_bullet)));
    } else if (_number.hasMatch(line)) {
      blocks.add(Items(takeWhile(_number), isOrdered: true));
    } else if (line.startsWith('>')) {
      blocks.add(Quote(parse(takeWhile(RegExp('^> ?(.*)')))));
    } else if (line.startsWith('```')) {
      final end = lines.indexWhere((l) => l == '```', at + 1);
      final stop = end < 0 ? lines.length : end;
      blocks.add(Code(lines.sublist(at + 1, stop), line.substring(3)));
      at = stop + 1;
    } else {
      final start = at;
      while (at < lines.length && lines[at].isNotEmpty) {
        at++;
      }
      blocks.add(Paragraph(lines.sublist(start, at)));
    }
  }
  return blocks;
}

void main() {
  const source = '''
# Isle & friends #

Some **bold** and *slanted* text with `a < *b*`
over two lines. 2*3*4 stays; [home](https://e.org/?a=1&b) too.

- one
- **two**
* three

1. first
2. second
> ## Quoted
> words
> - "x"

```dart
if (a < b && c) {}

```
###### deep
```
open''';
  for (final block in parse(source.split('\n'))) {
    print('${block.runtimeType}: ${block.html}');
  }
}

// expect: Heading: <h1>Isle &amp; friends</h1>
// expect: Paragraph: <p>Some <b>bold</b> and <i>slanted</i> text with <code>a &lt; *b*</code> over two lines. 2*3*4 stays; <a href="https://e.org/?a=1&amp;b">home</a> too.</p>
// expect: Items: <ul><li>one</li><li><b>two</b></li><li>three</li></ul>
// expect: Items: <ol><li>first</li><li>second</li></ol>
// expect: Quote: <quote><h2>Quoted</h2><p>words - &quot;x&quot;</p></quote>
// expect: Code: <pre class="dart">if (a &lt; b &amp;&amp; c) {}
// expect: </pre>
// expect: Heading: <h6>deep</h6>
// expect: Code: <pre>open</pre>
