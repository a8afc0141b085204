part of dart.core;

// Parts are kept apart, as they stand in the text after normalization: percent
// escapes in upper case, those of unreserved characters decoded, scheme and
// host in lower case.
abstract interface class Uri {
  factory Uri(
      {String? scheme,
      String? userInfo,
      String? host,
      int? port,
      String? path,
      Iterable<String>? pathSegments,
      String? query,
      Map<String, dynamic>? queryParameters,
      String? fragment}) {
    final schemeText = scheme == null ? '' : _Uri._checkScheme(scheme);
    final userText =
        userInfo == null ? '' : _normalizePart(userInfo, _userChars);
    var hostText = host == null ? null : _Uri._checkHost(host);
    final isFile = schemeText == 'file';
    if (hostText == null &&
        (userText.isNotEmpty || port != null || isFile)) {
      hostText = '';
    }
    final hasAuthority = hostText != null;
    var pathText = _Uri._makePath(path, pathSegments, schemeText, hasAuthority);
    if (schemeText.isEmpty && !hasAuthority && !pathText.startsWith('/')) {
      final allowsScheme = false;
      pathText = _Uri._normalizeRelativePath(pathText, allowsScheme);
    } else {
      pathText = _Uri._removeDots(pathText);
    }
    if (!hasAuthority && pathText.startsWith('//')) hostText = '';
    if (query != null && queryParameters != null) {
      throw ArgumentError('Both query and queryParameters specified');
    }
    final queryText = query != null
        ? _normalizePart(query, _queryChars)
        : queryParameters != null
            ? _Uri._makeQuery(queryParameters)
            : null;
    final fragmentText =
        fragment == null ? null : _normalizePart(fragment, _queryChars);
    return _Uri(schemeText, userText, hostText,
        _Uri._checkPort(port, schemeText), pathText, queryText, fragmentText);
  }

  factory Uri.http(String authority,
          [String unencodedPath = '',
          Map<String, dynamic>? queryParameters]) =>
      _Uri._ofAuthority('http', authority, unencodedPath, queryParameters);

  factory Uri.https(String authority,
          [String unencodedPath = '',
          Map<String, dynamic>? queryParameters]) =>
      _Uri._ofAuthority('https', authority, unencodedPath, queryParameters);

  factory Uri.file(String path, {bool? windows}) =>
      _Uri._ofFile(path, windows ?? false, false);
  factory Uri.directory(String path, {bool? windows}) =>
      _Uri._ofFile(path, windows ?? false, true);

  factory Uri.dataFromString(String content,
          {String? mimeType,
          Encoding? encoding,
          Map<String, String>? parameters,
          bool base64 = false}) =>
      UriData.fromString(content,
              mimeType: mimeType,
              encoding: encoding,
              parameters: parameters,
              base64: base64)
          .uri;

  factory Uri.dataFromBytes(List<int> bytes,
          {String mimeType = 'application/octet-stream',
          Map<String, String>? parameters,
          bool percentEncoded = false}) =>
      UriData.fromBytes(bytes,
              mimeType: mimeType,
              parameters: parameters,
              percentEncoded: percentEncoded)
          .uri;

  static Uri get base => Uri.directory(_currentDirectory());

  static Uri parse(String uri, [int start = 0, int? end]) {
    end ??= uri.length;
    return _Uri._parse(uri.substring(start, end));
  }

  static Uri? tryParse(String uri, [int start = 0, int? end]) {
    try {
      return parse(uri, start, end);
    } on FormatException {
      return null;
    }
  }

  static String encodeComponent(String component) =>
      _percentEncode(component, _unreserved, false);
  static String encodeQueryComponent(String component,
          {Encoding encoding = utf8}) =>
      _percentEncodeBytes(encoding.encode(component), _unreservedQuery, true);
  static String decodeComponent(String encodedComponent) =>
      _percentDecode(encodedComponent, false);
  static String decodeQueryComponent(String encodedComponent,
          {Encoding encoding = utf8}) =>
      identical(encoding, utf8)
          ? _percentDecode(encodedComponent, true)
          : encoding.decode(_percentDecodeBytes(encodedComponent, true));
  static String encodeFull(String uri) => _percentEncode(uri, _fullChars, false);
  static String decodeFull(String uri) => _percentDecode(uri, false);

  static Map<String, String> splitQueryString(String query,
      {Encoding encoding = utf8}) {
    final result = <String, String>{};
    if (query.isEmpty) return result;
    for (final part in query.split('&')) {
      final at = part.indexOf('=');
      if (at == -1) {
        if (part.isNotEmpty) {
          result[decodeQueryComponent(part, encoding: encoding)] = '';
        }
      } else if (at != 0) {
        result[decodeQueryComponent(part.substring(0, at),
                encoding: encoding)] =
            decodeQueryComponent(part.substring(at + 1), encoding: encoding);
      }
    }
    return result;
  }

  static List<int> parseIPv4Address(String host) {
    final parts = host.split('.');
    if (parts.length != 4) {
      throw FormatException(
          'Illegal IPv4 address, IPv4 address should contain exactly 4 parts',
          host);
    }
    final bytes = Uint8List(4);
    for (var i = 0; i < 4; i++) {
      final value = int.tryParse(parts[i]);
      if (value == null ||
          parts[i].startsWith(RegExp('[-+]|0.')) ||
          value < 0 ||
          value > 255) {
        throw FormatException(
            'Illegal IPv4 address, each part must be in the range 0..255',
            host);
      }
      bytes[i] = value;
    }
    return bytes;
  }

  static List<int> parseIPv6Address(String host, [int start = 0, int? end]) =>
      _parseAddress6(host.substring(start, end));

  String get scheme;
  String get authority;
  String get userInfo;
  String get host;
  int get port;
  String get path;
  String get query;
  String get fragment;
  List<String> get pathSegments;
  Map<String, String> get queryParameters;
  Map<String, List<String>> get queryParametersAll;
  bool get isAbsolute;
  bool get hasScheme => scheme.isNotEmpty;
  bool get hasAuthority;
  bool get hasPort;
  bool get hasQuery;
  bool get hasFragment;
  bool get hasEmptyPath;
  bool get hasAbsolutePath;
  String get origin;
  bool isScheme(String scheme);
  String toFilePath({bool? windows});
  UriData? get data;
  int get hashCode;
  bool operator ==(Object other);
  String toString();
  Uri replace(
      {String? scheme,
      String? userInfo,
      String? host,
      int? port,
      String? path,
      Iterable<String>? pathSegments,
      String? query,
      Map<String, dynamic>? queryParameters,
      String? fragment});
  Uri removeFragment();
  Uri resolve(String reference);
  Uri resolveUri(Uri reference);
  Uri normalizePath();
}

external String _currentDirectory();

// Sets of ASCII characters, as strings: letters and digits belong to all.
const String _unreserved = "-_.!~*'()";
const String _unreservedQuery = '-_.~';
const String _fullChars = "-_.!~*'();/?:@&=+\$,#";
const String _userChars = r"-._~!$&'()*+,;=:";
const String _pathChars = r"-._~!$&'()*+,;=:@/";
const String _segmentChars = r"-._~!$&'()*+,;=:@";
const String _queryChars = r"-._~!$&'()*+,;=:@/?";
const String _hostChars = r"-._~!$&'()*+,;=";
const String _plainChars = '-._~';

bool _isLetterOrDigit(int unit) =>
    unit >= 0x61 && unit <= 0x7a ||
    unit >= 0x41 && unit <= 0x5a ||
    unit >= 0x30 && unit <= 0x39;

bool _isIn(int unit, String set) {
  if (_isLetterOrDigit(unit)) return true;
  for (var i = 0; i < set.length; i++) {
    if (set.codeUnitAt(i) == unit) return true;
  }
  return false;
}

void _writePercent(StringBuffer buffer, int byte) {
  const digits = '0123456789ABCDEF';
  buffer.write('%');
  buffer.writeCharCode(digits.codeUnitAt(byte >> 4));
  buffer.writeCharCode(digits.codeUnitAt(byte & 15));
}

String _percentEncode(String text, String allowed, bool plusForSpace) {
  for (var i = 0; i < text.length; i++) {
    final unit = text.codeUnitAt(i);
    if (unit > 127 || !_isIn(unit, allowed)) {
      return _percentEncodeBytes(utf8.encode(text), allowed, plusForSpace);
    }
  }
  return text;
}

String _percentEncodeBytes(
    List<int> bytes, String allowed, bool plusForSpace) {
  final buffer = StringBuffer();
  for (final byte in bytes) {
    if (byte < 128 && _isIn(byte, allowed)) {
      buffer.writeCharCode(byte);
    } else if (plusForSpace && byte == 0x20) {
      buffer.write('+');
    } else {
      _writePercent(buffer, byte);
    }
  }
  return buffer.toString();
}

int _percentByte(String text, int at) {
  if (at + 2 >= text.length) return -1;
  final high = _RegExpParser._hexValue(text.codeUnitAt(at + 1));
  final low = _RegExpParser._hexValue(text.codeUnitAt(at + 2));
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

String _percentDecode(String text, bool plusIsSpace) {
  if (!text.contains('%')) {
    for (var i = 0; i < text.length; i++) {
      if (text.codeUnitAt(i) > 127) return _decodeMixed(text, plusIsSpace);
    }
    return plusIsSpace ? text.replaceAll('+', ' ') : text;
  }
  return _decodeMixed(text, plusIsSpace);
}

String _decodeMixed(String text, bool plusIsSpace) =>
    utf8.decode(_percentDecodeBytes(text, plusIsSpace));

List<int> _percentDecodeBytes(String text, bool plusIsSpace) {
  final bytes = <int>[];
  for (var i = 0; i < text.length; i++) {
    final unit = text.codeUnitAt(i);
    if (unit > 127) {
      throw ArgumentError('Illegal percent encoding in URI');
    }
    if (unit == 0x25) {
      if (i + 2 >= text.length) throw ArgumentError('Truncated URI');
      final byte = _percentByte(text, i);
      if (byte < 0) throw ArgumentError('Invalid URL encoding');
      bytes.add(byte);
      i += 2;
    } else {
      bytes.add(plusIsSpace && unit == 0x2b ? 0x20 : unit);
    }
  }
  return bytes;
}

// Escapes what is not allowed, and brings escapes to their normal form.
String _normalizePart(String text, String allowed) {
  var isNormal = true;
  for (var i = 0; i < text.length && isNormal; i++) {
    final unit = text.codeUnitAt(i);
    isNormal = unit <= 127 && _isIn(unit, allowed);
  }
  if (isNormal) return text;
  final buffer = StringBuffer();
  for (var i = 0; i < text.length; i++) {
    final unit = text.codeUnitAt(i);
    if (unit == 0x25) {
      final byte = _percentByte(text, i);
      if (byte < 0) {
        buffer.write('%25');
      } else {
        if (byte < 128 && _isIn(byte, _plainChars)) {
          buffer.writeCharCode(byte);
        } else {
          _writePercent(buffer, byte);
        }
        i += 2;
      }
    } else if (unit <= 127) {
      if (_isIn(unit, allowed)) {
        buffer.writeCharCode(unit);
      } else {
        _writePercent(buffer, unit);
      }
    } else {
      var end = i + 1;
      if (_isHighUnit(unit) &&
          end < text.length &&
          _isLowUnit(text.codeUnitAt(end))) {
        end++;
      }
      for (final byte in utf8.encode(text.substring(i, end))) {
        _writePercent(buffer, byte);
      }
      i = end - 1;
    }
  }
  return buffer.toString();
}

List<int> _parseAddress6(String host) {
  Never fail(String message) =>
      throw FormatException('Illegal IPv6 address, $message', host);
  if (host.length < 2) fail('address is too short');
  final parts = <int>[];
  var gap = -1;
  final pieces = host.split(':');
  for (var i = 0; i < pieces.length; i++) {
    final piece = pieces[i];
    if (piece.isEmpty) {
      if (i == 0) {
        if (pieces[1].isNotEmpty) fail('invalid start colon.');
        continue;
      }
      if (i == pieces.length - 1 && gap == parts.length) break;
      if (gap >= 0) fail('only one wildcard `::` is allowed');
      if (i == pieces.length - 1) fail('expected a part after last `:`');
      gap = parts.length;
    } else if (piece.contains('.') && i == pieces.length - 1) {
      final bytes = Uri.parseIPv4Address(piece);
      parts.add(bytes[0] << 8 | bytes[1]);
      parts.add(bytes[2] << 8 | bytes[3]);
    } else {
      final value = piece.length > 4 || piece.startsWith(RegExp('[-+]'))
          ? null
          : int.tryParse(piece, radix: 16);
      if (value == null) fail('an IPv6 part is 1 to 4 hexadecimal digits');
      parts.add(value);
    }
  }
  if (gap < 0 ? parts.length != 8 : parts.length > 7) {
    fail('an address without a wildcard must contain exactly 8 parts');
  }
  final bytes = Uint8List(16);
  var at = 0;
  for (var i = 0; i < parts.length; i++) {
    if (i == gap) at += 2 * (8 - parts.length);
    bytes[at++] = parts[i] >> 8;
    bytes[at++] = parts[i] & 255;
  }
  return bytes;
}

class _Uri implements Uri {
  _Uri(this.scheme, this.userInfo, this._host, this._port, this.path,
      this._query, this._fragment);

  final String scheme;
  final String userInfo;
  final String? _host; // null: no authority
  final int _port; // -1: none is written
  final String path;
  final String? _query, _fragment;

  String get host {
    final host = _host ?? '';
    return host.startsWith('[') ? host.substring(1, host.length - 1) : host;
  }

  int get port => _port >= 0 ? _port : _defaultPort(scheme);
  String get query => _query ?? '';
  String get fragment => _fragment ?? '';
  bool get hasScheme => scheme.isNotEmpty;
  bool get hasAuthority => _host != null;
  bool get hasPort => _port >= 0;
  bool get hasQuery => _query != null;
  bool get hasFragment => _fragment != null;
  bool get hasEmptyPath => path.isEmpty;
  bool get hasAbsolutePath => path.startsWith('/');
  bool get isAbsolute => hasScheme && !hasFragment;

  String get authority {
    if (_host == null) return '';
    final user = userInfo.isEmpty ? '' : '$userInfo@';
    return '$user$_host${_port >= 0 ? ':$_port' : ''}';
  }

  bool isScheme(String other) => scheme == other.toLowerCase();

  List<String> get pathSegments {
    if (path.isEmpty) return const <String>[];
    final text = path.startsWith('/') ? path.substring(1) : path;
    if (text.isEmpty) return const <String>[];
    return List<String>.unmodifiable(text.split('/').map(Uri.decodeComponent));
  }

  Map<String, String> get queryParameters =>
      UnmodifiableMapView<String, String>(Uri.splitQueryString(query));

  Map<String, List<String>> get queryParametersAll {
    final result = <String, List<String>>{};
    for (final part in query.split('&')) {
      if (part.isEmpty) continue;
      final at = part.indexOf('=');
      if (at == 0) continue;
      final name = Uri.decodeQueryComponent(at < 0 ? part : part.substring(0, at));
      final value =
          at < 0 ? '' : Uri.decodeQueryComponent(part.substring(at + 1));
      (result[name] ??= <String>[]).add(value);
    }
    return UnmodifiableMapView<String, List<String>>(result.map((name, values) =>
        MapEntry<String, List<String>>(
            name, List<String>.unmodifiable(values))));
  }

  String get origin {
    if (scheme.isEmpty) throw StateError("Cannot use origin without a scheme: $this");
    if (scheme != 'http' && scheme != 'https') {
      throw StateError(
          'Origin is only applicable to schemes http and https: $this');
    }
    if (host.isEmpty) {
      throw StateError('A $scheme: URI should have a non-empty host name: $this');
    }
    return '$scheme://$_host${_port >= 0 ? ':$_port' : ''}';
  }

  UriData? get data => scheme == 'data' ? UriData.fromUri(this) : null;

  static int _defaultPort(String scheme) => scheme == 'http'
      ? 80
      : scheme == 'https'
          ? 443
          : 0;

  static int _checkPort(int? port, String scheme) =>
      port == null || port == _defaultPort(scheme) && port != 0 ? -1 : port;

  static bool _isSchemeText(String text) {
    if (text.isEmpty) return false;
    for (var i = 0; i < text.length; i++) {
      final unit = text.codeUnitAt(i);
      final isLetter = unit >= 0x61 && unit <= 0x7a || unit >= 0x41 && unit <= 0x5a;
      if (isLetter) continue;
      if (i == 0) return false;
      if (unit >= 0x30 && unit <= 0x39) continue;
      if (unit != 0x2b && unit != 0x2d && unit != 0x2e) return false;
    }
    return true;
  }

  static String _checkScheme(String scheme) {
    if (scheme.isEmpty) return '';
    if (!_isSchemeText(scheme)) {
      for (var i = 0; i < scheme.length; i++) {
        if (!_isSchemeText(scheme.substring(0, i + 1))) {
          throw FormatException('Illegal scheme character', scheme, i);
        }
      }
    }
    return scheme.toLowerCase();
  }

  static String _checkHost(String host) {
    if (host.isEmpty) return host;
    if (host.startsWith('[')) {
      if (!host.endsWith(']')) {
        throw FormatException('Missing end `]` to match `[` in host', host);
      }
      return _bracketed(host.substring(1, host.length - 1));
    }
    if (host.contains(':')) return _bracketed(host);
    return _normalizeHost(host);
  }

  static String _bracketed(String host) {
    final zone = host.indexOf('%');
    if (zone < 0) {
      if (host.startsWith('v') || host.startsWith('V')) return '[$host]';
      Uri.parseIPv6Address(host);
      return '[${host.toLowerCase()}]';
    }
    Uri.parseIPv6Address(host.substring(0, zone));
    var name = host.substring(zone + 1);
    if (name.startsWith('25')) name = name.substring(2);
    return '[${host.substring(0, zone).toLowerCase()}%25'
        '${_normalizePart(name, _plainChars)}]';
  }

  static String _normalizeHost(String host) {
    for (var i = 0; i < host.length; i++) {
      final unit = host.codeUnitAt(i);
      if (unit <= 127 && unit != 0x25 && !_isIn(unit, _hostChars)) {
        if (unit == 0x23 || unit == 0x2f || unit == 0x3f || unit == 0x40 ||
            unit == 0x5b || unit == 0x5d || unit == 0x3a) {
          throw FormatException('Invalid character', host, i);
        }
      }
    }
    final text = _normalizePart(host, _hostChars);
    final buffer = StringBuffer();
    for (var i = 0; i < text.length; i++) {
      final unit = text.codeUnitAt(i);
      if (unit == 0x25) {
        buffer.write(text.substring(i, i + 3));
        i += 2;
      } else {
        buffer.writeCharCode(unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit);
      }
    }
    return buffer.toString();
  }

  static String _makePath(String? path, Iterable<String>? segments,
      String scheme, bool hasAuthority) {
    if (path != null && segments != null) {
      throw ArgumentError('Both path and pathSegments specified');
    }
    final text = path != null
        ? _normalizePart(path, _pathChars)
        : segments != null
            ? segments
                .map((segment) => _percentEncode(segment, _segmentChars, false))
                .join('/')
            : '';
    if (text.isEmpty) return scheme == 'file' ? '/' : text;
    if ((scheme == 'file' || hasAuthority) && !text.startsWith('/')) {
      return '/$text';
    }
    return text;
  }

  static String _makeQuery(Map<String, dynamic> parameters) {
    final buffer = StringBuffer();
    var separator = '';
    void write(String name, String? value) {
      buffer.write(separator);
      separator = '&';
      buffer.write(Uri.encodeQueryComponent(name));
      if (value != null && value.isNotEmpty) {
        buffer.write('=');
        buffer.write(Uri.encodeQueryComponent(value));
      }
    }

    parameters.forEach((name, dynamic value) {
      if (value == null || value is String) {
        write(name, value as String?);
      } else {
        for (final item in value as Iterable) {
          write(name, item as String?);
        }
      }
    });
    return buffer.toString();
  }

  static bool _mayHaveDots(String path) =>
      path.startsWith('.') || path.contains('/.');

  static String _removeDots(String path) {
    if (!_mayHaveDots(path)) return path;
    final output = <String>[];
    var atDirectory = false;
    for (final segment in path.split('/')) {
      atDirectory = false;
      if (segment == '..') {
        if (output.isNotEmpty) {
          output.removeLast();
          if (output.isEmpty) output.add('');
        }
        atDirectory = true;
      } else if (segment == '.') {
        atDirectory = true;
      } else {
        output.add(segment);
      }
    }
    if (atDirectory) output.add('');
    return output.join('/');
  }

  // Keeps leading "..", and hides what would read as a scheme.
  static String _normalizeRelativePath(String path, bool allowsScheme) {
    if (!_mayHaveDots(path)) {
      return allowsScheme ? path : _hideScheme(path);
    }
    final output = <String>[];
    var atDirectory = false;
    for (final segment in path.split('/')) {
      atDirectory = false;
      if (segment == '..') {
        if (output.isNotEmpty && output.last != '..') {
          output.removeLast();
          atDirectory = true;
        } else {
          output.add('..');
        }
      } else if (segment == '.') {
        atDirectory = true;
      } else {
        output.add(segment);
      }
    }
    if (output.isEmpty || output.length == 1 && output[0].isEmpty) return './';
    if (atDirectory || output.last == '..') output.add('');
    if (!allowsScheme) output[0] = _hideScheme(output[0]);
    return output.join('/');
  }

  static String _hideScheme(String path) {
    final colon = path.indexOf(':');
    if (colon <= 0 || !_isSchemeText(path.substring(0, colon))) return path;
    return '${path.substring(0, colon)}%3A${path.substring(colon + 1)}';
  }

  static Uri _ofAuthority(String scheme, String authority, String path,
      Map<String, dynamic>? parameters) {
    var user = '', host = authority;
    int? port;
    final at = host.indexOf('@');
    if (at >= 0) {
      user = host.substring(0, at);
      host = host.substring(at + 1);
    }
    final colon = host.startsWith('[')
        ? host.indexOf(':', host.indexOf(']') < 0 ? 0 : host.indexOf(']'))
        : host.lastIndexOf(':');
    if (colon >= 0) {
      final text = host.substring(colon + 1);
      if (text.isNotEmpty) port = int.parse(text);
      host = host.substring(0, colon);
    }
    return Uri(
        scheme: scheme,
        userInfo: user,
        host: authority.isEmpty ? null : host,
        port: port,
        path: path
            .split('/')
            .map((segment) => _percentEncode(segment, _segmentChars, false))
            .join('/'),
        queryParameters: parameters);
  }

  static Uri _ofFile(String path, bool windows, bool isDirectory) {
    if (windows) {
      var text = path;
      if (text.startsWith(r'\\?\')) {
        if (text.startsWith(r'UNC\', 4)) {
          text = '//${text.substring(8)}';
        } else {
          text = text.substring(4);
          if (text.length < 3 || text[1] != ':' || text[2] != r'\') {
            throw ArgumentError.value(path, 'path',
                r'Windows paths with \\?\ prefix must be absolute');
          }
        }
        if (text.contains('/')) {
          throw ArgumentError.value(path, 'path', 'Illegal path character /');
        }
      }
      text = text.replaceAll(r'\', '/');
      final colon = text.indexOf(':');
      if (colon >= 0 &&
          (colon != 1 ||
              !_isSchemeText(text[0]) ||
              text.indexOf(':', 2) >= 0 ||
              text.length == 2 ||
              text[2] != '/')) {
        throw ArgumentError.value(
            path, 'path', 'Windows paths with drive letter must be absolute');
      }
      if (isDirectory && text.isNotEmpty && !text.endsWith('/')) text = '$text/';
      if (text.startsWith('//')) {
        final end = text.indexOf('/', 2);
        final host = end < 0 ? text.substring(2) : text.substring(2, end);
        return Uri(
            scheme: 'file',
            host: host,
            pathSegments:
                end < 0 ? const [] : text.substring(end + 1).split('/'));
      }
      if (text.length > 1 && text[1] == ':') {
        return Uri(scheme: 'file', host: '', pathSegments: text.split('/'));
      }
      return text.startsWith('/')
          ? Uri(scheme: 'file', pathSegments: text.substring(1).split('/'))
          : Uri(pathSegments: text.split('/'));
    }
    var text = path;
    if (isDirectory && text.isNotEmpty && !text.endsWith('/')) text = '$text/';
    final segments = text.split('/');
    if (text.startsWith('/')) {
      return Uri(scheme: 'file', pathSegments: segments.sublist(1));
    }
    return Uri(pathSegments: segments);
  }

  static Uri _parse(String text) {
    // scheme ":" "//" authority path "?" query "#" fragment
    var rest = text;
    String? fragment, query;
    var at = rest.indexOf('#');
    if (at >= 0) {
      fragment = _normalizePart(rest.substring(at + 1), _queryChars);
      rest = rest.substring(0, at);
    }
    at = rest.indexOf('?');
    if (at >= 0) {
      query = _normalizePart(rest.substring(at + 1), _queryChars);
      rest = rest.substring(0, at);
    }
    var scheme = '';
    final colon = rest.indexOf(':');
    final slash = rest.indexOf('/');
    if (colon >= 0 && (slash < 0 || colon < slash)) {
      if (colon == 0) {
        throw FormatException('Invalid empty scheme', text, 0);
      }
      final candidate = rest.substring(0, colon);
      if (!_isSchemeText(candidate)) {
        for (var i = 0; i < colon; i++) {
          if (!_isSchemeText(candidate.substring(0, i + 1))) {
            throw FormatException('Illegal scheme character', text, i);
          }
        }
      }
      scheme = candidate.toLowerCase();
      rest = rest.substring(colon + 1);
    }
    var user = '';
    String? host;
    var port = -1;
    if (rest.startsWith('//')) {
      final end = rest.indexOf('/', 2);
      var authority = end < 0 ? rest.substring(2) : rest.substring(2, end);
      rest = end < 0 ? '' : rest.substring(end);
      final sign = authority.lastIndexOf('@');
      if (sign >= 0) {
        user = _normalizePart(authority.substring(0, sign), _userChars);
        authority = authority.substring(sign + 1);
      }
      final bracket = authority.lastIndexOf(']');
      final portAt = authority.indexOf(':', bracket < 0 ? 0 : bracket);
      if (portAt >= 0) {
        final digits = authority.substring(portAt + 1);
        if (digits.isNotEmpty) {
          final value = int.tryParse(digits);
          if (value == null || value < 0 || value > 65535 ||
              !_isDigits(digits)) {
            throw FormatException('Invalid port', text,
                text.indexOf(authority) + portAt + 1);
          }
          port = _checkPort(value, scheme);
        }
        authority = authority.substring(0, portAt);
      }
      host = authority.startsWith('[') ? _checkHost(authority) : _normalizeHost(authority);
    } else if (scheme == 'file') {
      host = '';
    }
    var path = _normalizePart(rest, _pathChars);
    if (host != null || scheme.isNotEmpty) {
      if (scheme != 'data') {
        if (host != null && path.isEmpty && scheme == 'file') path = '/';
        path = scheme.isNotEmpty && host == null && !path.startsWith('/')
            ? _normalizeRelativePath2(path)
            : _removeDots(path);
      } else {
        path = UriData.parse('data:$rest')._text.substring(5);
      }
      if (scheme == 'file' && !path.startsWith('/')) path = '/$path';
      if ((scheme == 'http' || scheme == 'https') && host == null) {
        // An http address without an authority keeps its path.
      }
    } else if (path.startsWith('/')) {
      path = _removeDots(path);
    } else {
      path = _normalizeRelativePath(path, false);
    }
    return _Uri(scheme, user, host, port, path, query, fragment);
  }

  static String _normalizeRelativePath2(String path) =>
      _mayHaveDots(path) ? _removeDots(path) : path;

  static bool _isDigits(String text) {
    for (var i = 0; i < text.length; i++) {
      final unit = text.codeUnitAt(i);
      if (unit < 0x30 || unit > 0x39) return false;
    }
    return true;
  }

  Uri resolve(String reference) => resolveUri(Uri.parse(reference));

  Uri resolveUri(Uri reference) {
    final other = reference is _Uri ? reference : Uri.parse('$reference') as _Uri;
    if (other.scheme.isNotEmpty) {
      return _Uri(other.scheme, other.userInfo, other._host, other._port,
          _removeDots(other.path), other._query, other._fragment);
    }
    if (other.hasAuthority) {
      return _Uri(scheme, other.userInfo, other._host,
          _checkPort(other._port < 0 ? null : other._port, scheme),
          _removeDots(other.path), other._query, other._fragment);
    }
    var newPath = path;
    var newQuery = other._query;
    if (other.path.isEmpty) {
      newQuery ??= _query;
    } else if (other.path.startsWith('/')) {
      newPath = _removeDots(other.path);
    } else if (path.isEmpty) {
      if (!hasAuthority) {
        newPath = scheme.isEmpty ? other.path : _removeDots(other.path);
      } else {
        newPath = _removeDots('/${other.path}');
      }
    } else {
      final slash = path.lastIndexOf('/');
      final merged = slash < 0
          ? other.path
          : '${path.substring(0, slash + 1)}${other.path}';
      newPath = scheme.isNotEmpty || hasAuthority || path.startsWith('/')
          ? _removeDots(merged)
          : _normalizeRelativePath(merged, false);
    }
    return _Uri(scheme, userInfo, _host, _port, newPath, newQuery,
        other._fragment);
  }

  Uri replace(
      {String? scheme,
      String? userInfo,
      String? host,
      int? port,
      String? path,
      Iterable<String>? pathSegments,
      String? query,
      Map<String, dynamic>? queryParameters,
      String? fragment}) {
    final newScheme = scheme ?? this.scheme;
    final hasPath = path != null || pathSegments != null;
    final hasQuery = query != null || queryParameters != null;
    var newPort = port;
    if (newPort == null && _port >= 0) newPort = _port;
    return Uri(
        scheme: newScheme,
        userInfo: userInfo ?? this.userInfo,
        host: host ?? (_host == null ? null : _host),
        port: newPort,
        path: hasPath ? path : this.path,
        pathSegments: pathSegments,
        query: hasQuery ? query : _query,
        queryParameters: queryParameters,
        fragment: fragment ?? _fragment);
  }

  Uri removeFragment() => hasFragment
      ? _Uri(scheme, userInfo, _host, _port, path, _query, null)
      : this;

  Uri normalizePath() {
    final normal = scheme.isEmpty && _host == null && !path.startsWith('/')
        ? _normalizeRelativePath(path, false)
        : _removeDots(path);
    final whole = (scheme == 'http' || scheme == 'https') &&
            _host != null &&
            normal.isEmpty
        ? '/'
        : normal;
    return whole == path
        ? this
        : _Uri(scheme, userInfo, _host, _port, whole, _query, _fragment);
  }

  String toFilePath({bool? windows}) {
    if (scheme.isNotEmpty && scheme != 'file') {
      throw UnsupportedError('Cannot extract a file path from a $scheme URI');
    }
    if (query.isNotEmpty) {
      throw UnsupportedError(
          'Cannot extract a file path from a URI with a query component');
    }
    if (fragment.isNotEmpty) {
      throw UnsupportedError(
          'Cannot extract a file path from a URI with a fragment component');
    }
    final segments = pathSegments;
    if (windows ?? false) {
      for (final segment in segments) {
        if (segment.contains(RegExp(r'["*/:<>?\\|]')) &&
            !(identical(segment, segments.first) &&
                RegExp(r'^[a-zA-Z]:$').hasMatch(segment))) {
          throw UnsupportedError('Illegal path character in $segment');
        }
      }
      final isDrive = segments.isNotEmpty &&
          RegExp(r'^[a-zA-Z]:$').hasMatch(segments.first);
      final text = segments.join(r'\');
      if (host.isNotEmpty) return '\\\\$host\\$text';
      if (isDrive) return segments.length == 1 ? '$text\\' : text;
      return path.startsWith('/') ? '\\$text' : text;
    }
    if (host.isNotEmpty) {
      throw UnsupportedError(
          'Cannot extract a non-Windows file path from a file URI '
          'with an authority');
    }
    for (final segment in segments) {
      if (segment.contains('/')) {
        throw UnsupportedError('Illegal path character $segment');
      }
    }
    final text = segments.join('/');
    return path.startsWith('/') ? '/$text' : text;
  }

  bool operator ==(Object other) =>
      identical(this, other) || other is Uri && other.toString() == toString();

  int get hashCode => toString().hashCode;

  String toString() {
    final buffer = StringBuffer();
    if (scheme.isNotEmpty) {
      buffer
        ..write(scheme)
        ..write(':');
    }
    if (_host != null || path.startsWith('//') || scheme == 'file') {
      buffer
        ..write('//')
        ..write(authority);
    }
    buffer.write(path);
    if (_query != null) {
      buffer
        ..write('?')
        ..write(_query);
    }
    if (_fragment != null) {
      buffer
        ..write('#')
        ..write(_fragment);
    }
    return buffer.toString();
  }
}

// A `data:` URI: a media type with parameters, and content.
final class UriData {
  UriData._(this._text, this._comma);

  factory UriData.fromString(String content,
      {String? mimeType,
      Encoding? encoding,
      Map<String, String>? parameters,
      bool base64 = false}) {
    final charset = parameters?['charset'];
    final chosen =
        encoding ?? (charset == null ? null : Encoding.getByName(charset)) ??
            ascii;
    final buffer = StringBuffer('data:');
    _writeType(buffer, mimeType ?? '', parameters,
        encoding == null || charset != null ? null : encoding.name);
    if (base64) {
      buffer
        ..write(';base64,')
        ..write(_base64.encode(chosen.encode(content)));
    } else {
      buffer
        ..write(',')
        ..write(_percentEncodeBytes(
            chosen.encode(content), _queryChars, false));
    }
    return UriData.parse(buffer.toString());
  }

  factory UriData.fromBytes(List<int> bytes,
      {String mimeType = 'application/octet-stream',
      Map<String, String>? parameters,
      bool percentEncoded = false}) {
    final buffer = StringBuffer('data:');
    _writeType(buffer, mimeType, parameters, null);
    if (percentEncoded) {
      buffer
        ..write(',')
        ..write(_percentEncodeBytes(bytes, _queryChars, false));
    } else {
      buffer
        ..write(';base64,')
        ..write(_base64.encode(bytes));
    }
    return UriData.parse(buffer.toString());
  }

  factory UriData.fromUri(Uri uri) {
    if (!uri.isScheme('data')) {
      throw ArgumentError.value(uri, 'uri', 'Scheme must be \'data\'');
    }
    if (uri.hasAuthority) {
      throw ArgumentError.value(
          uri, 'uri', 'Data uri must not have authority');
    }
    if (uri.hasFragment) {
      throw ArgumentError.value(uri, 'uri', 'Data uri must not have a fragment part');
    }
    return UriData.parse(uri.toString());
  }

  static UriData parse(String uri) {
    if (uri.length < 5 || uri.substring(0, 5).toLowerCase() != 'data:') {
      throw FormatException('Does not start with \'data:\'', uri, 0);
    }
    final comma = uri.indexOf(',');
    if (comma < 0) throw FormatException('Expecting \'=\'', uri, uri.length);
    final parts = uri.substring(5, comma).split(';');
    for (var i = 1; i < parts.length; i++) {
      final isLast = i == parts.length - 1;
      if (!parts[i].contains('=') && !(isLast && parts[i] == 'base64')) {
        throw FormatException('Expecting \'=\'', uri, comma);
      }
    }
    final content = uri.substring(comma + 1);
    final normal = parts.length > 1 && parts.last == 'base64'
        ? _base64.normalize(content)
        : _normalizePart(content, _queryChars);
    if (normal == content) return UriData._(uri, comma);
    return UriData._('${uri.substring(0, comma + 1)}$normal', comma);
  }

  static void _writeType(StringBuffer buffer, String mimeType,
      Map<String, String>? parameters, String? charset) {
    if (mimeType.toLowerCase() != 'text/plain') {
      if (mimeType.isNotEmpty && !mimeType.contains('/')) {
        throw ArgumentError.value(mimeType, 'mimeType', 'Invalid MIME type');
      }
      buffer.write(
          _percentEncode(mimeType, r"!$&'*+-./^_`{|}~", false));
    }
    if (charset != null) {
      buffer
        ..write(';charset=')
        ..write(charset);
    }
    parameters?.forEach((name, value) {
      if (name.isEmpty) {
        throw ArgumentError.value('', 'Parameter names must not be empty');
      }
      buffer
        ..write(';')
        ..write(_percentEncode(name, r"!$&'*+-.^_`{|}~", false))
        ..write('=')
        ..write(_percentEncode(value, r"!$&'*+-.^_`{|}~", false));
    });
  }

  final String _text;
  final int _comma;

  List<String> get _header => _text.substring(5, _comma).split(';');

  Uri get uri => Uri.parse(_text);

  String get mimeType {
    final first = _header.first;
    return first.isEmpty || first == 'base64'
        ? 'text/plain'
        : Uri.decodeComponent(first);
  }

  bool isMimeType(String mimeType) =>
      (mimeType.isEmpty ? 'text/plain' : mimeType).toLowerCase() ==
      this.mimeType.toLowerCase();

  String get charset => parameters['charset'] ?? 'US-ASCII';

  bool isCharset(String charset) =>
      (charset.isEmpty ? 'us-ascii' : charset).toLowerCase() ==
      this.charset.toLowerCase();

  bool isEncoding(Encoding encoding) => isCharset(encoding.name);

  bool get isBase64 => _header.length > 1 && _header.last == 'base64';
  String get contentText => _text.substring(_comma + 1);

  Uint8List contentAsBytes() => isBase64
      ? _base64.decode(_base64.normalize(contentText))
      : Uint8List.fromList(_percentDecodeBytes(contentText, false));

  String contentAsString({Encoding? encoding}) {
    encoding ??= Encoding.getByName(charset);
    if (encoding == null) throw UnsupportedError('Unknown charset: $charset');
    return encoding.decode(contentAsBytes());
  }

  Map<String, String> get parameters {
    final result = <String, String>{};
    for (final part in _header.skip(1)) {
      final at = part.indexOf('=');
      if (at > 0) {
        result[Uri.decodeComponent(part.substring(0, at))] =
            Uri.decodeComponent(part.substring(at + 1));
      }
    }
    return result;
  }

  String toString() => _text;
}

const Base64Codec _base64 = base64;
