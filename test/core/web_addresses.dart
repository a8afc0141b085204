// Uri: parts, resolving, encoding, queries, normal forms, data, and a router
// that matches paths by list patterns.
sealed class Route {
  const Route();
}

class Home extends Route {
  const Home();
}

class Item extends Route {
  const Item(this.id, {this.isEdited = false});
  final int id;
  final bool isEdited;
}

class Search extends Route {
  const Search(this.words, this.page);
  final List<String> words;
  final int page;
}

class NotFound extends Route {
  const NotFound(this.path);
  final String path;
}

Route route(Uri uri) => switch ((uri.pathSegments, uri.queryParameters)) {
      ([] || [''], _) => const Home(),
      (['items', final id], _) when int.tryParse(id) != null =>
        Item(int.parse(id)),
      (['items', final id, 'edit' || 'change'], _) when int.tryParse(id) != null =>
        Item(int.parse(id), isEdited: true),
      (['search', ...], {'q': final q, 'page': final page}) =>
        Search(q.split(' '), int.tryParse(page) ?? 1),
      (['search', ...], {'q': final q}) => Search(q.split(' '), 1),
      (_, _) => NotFound(uri.path),
    };

String show(Route route) => switch (route) {
      Home() => 'home',
      Item(:final id, isEdited: true) => 'item $id in the editor',
      Item(:final id) => 'item $id',
      Search(:final words, :final page) => 'search $words, page $page',
      NotFound(:final path) => 'nothing at $path',
    };

void main() {
  final uri = Uri.parse(
      'https://ann:pw@Example.org:8443/a/b%20c/../d?x=1&x=2&y=%C3%A9+z#top');
  print((uri.scheme, uri.userInfo, uri.host, uri.port)); // expect: (https, ann:pw, example.org, 8443)
  print((uri.path, uri.pathSegments)); // expect: (/a/d, [a, d])
  print((uri.query, uri.fragment)); // expect: (x=1&x=2&y=%C3%A9+z, top)
  print(uri.queryParametersAll); // expect: {x: [1, 2], y: [é z]}
  print(uri.queryParameters); // expect: {x: 2, y: é z}
  print(uri.authority); // expect: ann:pw@example.org:8443
  print(uri.origin); // expect: https://example.org:8443
  print(uri.removeFragment().replace(userInfo: '', port: 443, query: ''));
  // expect: https://example.org/a/d?

  // The examples of RFC 3986, resolved against its base.
  final base = Uri.parse('http://a/b/c/d;p?q');
  for (final (reference, expected) in [
    ('g:h', 'g:h'), ('g', 'http://a/b/c/g'), ('./g', 'http://a/b/c/g'),
    ('g/', 'http://a/b/c/g/'), ('/g', 'http://a/g'), ('//g', 'http://g'),
    ('?y', 'http://a/b/c/d;p?y'), ('g?y', 'http://a/b/c/g?y'),
    ('#s', 'http://a/b/c/d;p?q#s'), (';x', 'http://a/b/c/;x'),
    ('', 'http://a/b/c/d;p?q'), ('..', 'http://a/b/'), ('../g', 'http://a/b/g'),
    ('../..', 'http://a/'), ('../../g', 'http://a/g'),
    ('../../../g', 'http://a/g'), ('/./g', 'http://a/g'), ('g.', 'http://a/b/c/g.'),
    ('./g/.', 'http://a/b/c/g/'), ('g/../h', 'http://a/b/c/h'), //
  ]) {
    final resolved = base.resolve(reference).toString();
    if (resolved != expected) print('$reference: $resolved, not $expected');
  }

  print(Uri(scheme: 'https', host: 'x.org', pathSegments: ['a/b', 'c d'],
      queryParameters: {'k': 'v&w', 'list': ['1', '2'], 'e': ''}));
  // expect: https://x.org/a%2Fb/c%20d?k=v%26w&list=1&list=2&e
  print(Uri.http('h.org:80', '/p', {'a': 'ü'})); // expect: http://h.org/p?a=%C3%BC
  print(Uri.https('h.org', 'x y').path); // expect: /x%20y
  print(Uri.parse('HTTP://h.org:80/%7euser/%c3') == Uri.parse('http://h.org/~user/%C3'));
  // expect: true
  print(Uri.encodeComponent('a b/é?&=')); // expect: a%20b%2F%C3%A9%3F%26%3D
  print(Uri.encodeQueryComponent('a b&')); // expect: a+b%26
  print(Uri.encodeFull('http://h/a b?q=é')); // expect: http://h/a%20b?q=%C3%A9
  print(Uri.decodeComponent('%F0%9F%98%80')); // expect: 😀
  print(Uri.splitQueryString('a=1&b=%20&c')); // expect: {a: 1, b:  , c: }
  print((Uri.file('/tmp/a b.txt', windows: false),
      Uri.parse('file:///tmp/a%20b.txt').toFilePath(windows: false)));
  // expect: (file:///tmp/a%20b.txt, /tmp/a b.txt)
  print(Uri.parse('mailto:ann@x.org').path); // expect: ann@x.org
  print((Uri.parse('//h/p').hasScheme, Uri.parse('a:b').isAbsolute, Uri.parse('a/b').hasAuthority));
  // expect: (false, true, false)
  print(Uri.parse('http://[::1]:80/').host); // expect: ::1
  final data = Uri.parse('data:text/plain;charset=utf-8,a%20b').data!;
  print((data.mimeType, data.charset, data.contentAsString())); // expect: (text/plain, utf-8, a b)
  print(UriData.fromBytes([1, 2, 255]).toString());
  // expect: data:application/octet-stream;base64,AQL/
  for (final bad in ['http://h:port/', 'http://[::/', '%zz', ':a']) {
    print(Uri.tryParse(bad)?.toString() ?? 'refused');
  }
  // expect: refused
  // expect: refused
  // expect: %25zz
  // expect: refused

  for (final path in ['/', '/items/7', '/items/7/edit', '/items/x', '/search/all?q=a+b',
      '/search?page=3&q=c', '/search']) {
    print(show(route(Uri.parse(path))));
  }
  // expect: home
  // expect: item 7
  // expect: item 7 in the editor
  // expect: nothing at /items/x
  // expect: search [a, b], page 1
  // expect: search [c], page 3
  // expect: nothing at /search
}
