part of dart.core;

// The two representations are _OneByteString (Latin-1) and _TwoByteString;
// every string has the narrowest that holds it.
sealed class String implements Comparable<String>, Pattern {
  factory String.fromCharCodes(Iterable<int> charCodes,
      [int start = 0, int? end]) {
    RangeError.checkNotNegative(start, 'start');
    if (end != null && end < start) {
      throw RangeError.range(end, start, null, 'end');
    }
    List<int> codes;
    if (charCodes is List<int>) {
      codes = charCodes;
      if (start > codes.length) {
        throw RangeError.range(start, 0, codes.length, 'start');
      }
      if (end == null) {
        end = codes.length;
      } else if (end > codes.length) {
        throw RangeError.range(end, start, codes.length, 'end');
      }
    } else {
      var rest = charCodes.skip(start);
      if (end != null) rest = rest.take(end - start);
      codes = List<int>.of(rest);
      start = 0;
      end = codes.length;
    }
    final units = _RawArray(2 * (end - start));
    var count = 0;
    for (var i = start; i < end; i++) {
      final code = codes[i];
      if (code < 0 || code > 0x10ffff) {
        throw RangeError.range(code, 0, 0x10ffff);
      }
      if (code <= 0xffff) {
        units[count++] = code;
      } else {
        units[count++] = 0xd7c0 + (code >> 10);
        units[count++] = 0xdc00 + (code & 0x3ff);
      }
    }
    return _fromUnits(units, count);
  }

  factory String.fromCharCode(int charCode) {
    if (charCode < 0 || charCode > 0x10ffff) {
      throw RangeError.range(charCode, 0, 0x10ffff);
    }
    return _fromCharCode(charCode);
  }

  external const factory String.fromEnvironment(String name,
      {String defaultValue = ''});

  external static String _fromCharCode(int charCode);
  external static String _fromUnits(_RawArray units, int count);

  external int get length;
  external int codeUnitAt(int index);
  external String operator [](int index);
  external int get hashCode;
  external bool operator ==(Object other);
  external String operator +(String other);
  external int compareTo(String other);

  // The natives below take ranges that have been checked.
  external String _substring(int start, int end);
  external bool _matchesAt(String other, int at);
  external int _indexOf(String other, int start); // -1 when absent
  external int _lastIndexOf(String other, int start);
  external String _repeat(int times);
  external String toLowerCase();
  external String toUpperCase();
  external int _trimStart(); // where the text without white space begins
  external int _trimEnd();
  external String _replaceAllString(String from, String replace);

  bool get isEmpty => length == 0;
  bool get isNotEmpty => length != 0;

  String toString() => this;
  Type get runtimeType => String;

  String substring(int start, [int? end]) {
    final last = RangeError.checkValidRange(start, end, length);
    if (start == 0 && last == length) return this;
    return _substring(start, last);
  }

  String trim() {
    final start = _trimStart(), end = _trimEnd();
    return start >= end
        ? ''
        : start == 0 && end == length
            ? this
            : _substring(start, end);
  }

  String trimLeft() {
    final start = _trimStart();
    return start == 0 ? this : _substring(start, length);
  }

  String trimRight() {
    final end = _trimEnd();
    return end == length ? this : _substring(0, end);
  }

  String operator *(int times) => times <= 0
      ? ''
      : times == 1
          ? this
          : _repeat(times);

  String padLeft(int width, [String padding = ' ']) {
    final missing = width - length;
    return missing <= 0 ? this : padding._repeat(missing) + this;
  }

  String padRight(int width, [String padding = ' ']) {
    final missing = width - length;
    return missing <= 0 ? this : this + padding._repeat(missing);
  }

  bool startsWith(Pattern pattern, [int index = 0]) {
    if (index < 0 || index > length) {
      throw RangeError.range(index, 0, length);
    }
    if (pattern is String) return _matchesAt(pattern, index);
    return pattern.matchAsPrefix(this, index) != null;
  }

  bool endsWith(String other) =>
      other.length <= length && _matchesAt(other, length - other.length);

  int indexOf(Pattern pattern, [int start = 0]) {
    if (start < 0 || start > length) {
      throw RangeError.range(start, 0, length, 'start');
    }
    if (pattern is String) return _indexOf(pattern, start);
    for (var i = start; i <= length; i++) {
      if (pattern.matchAsPrefix(this, i) != null) return i;
    }
    return -1;
  }

  int lastIndexOf(Pattern pattern, [int? start]) {
    final from = start ?? length;
    if (from < 0 || from > length) {
      throw RangeError.range(from, 0, length, 'start');
    }
    if (pattern is String) return _lastIndexOf(pattern, from);
    for (var i = from; i >= 0; i--) {
      if (pattern.matchAsPrefix(this, i) != null) return i;
    }
    return -1;
  }

  bool contains(Pattern other, [int startIndex = 0]) {
    if (startIndex < 0 || startIndex > length) {
      throw RangeError.range(startIndex, 0, length, 'startIndex');
    }
    if (other is String) return _indexOf(other, startIndex) >= 0;
    if (other is _RegExp) return other._hasMatchFrom(this, startIndex);
    return indexOf(other, startIndex) >= 0;
  }

  Iterable<Match> allMatches(String string, [int start = 0]) {
    if (start < 0 || start > string.length) {
      throw RangeError.range(start, 0, string.length, 'start');
    }
    return _StringMatches(this, string, start);
  }

  Match? matchAsPrefix(String string, [int start = 0]) {
    if (start < 0 || start > string.length) {
      throw RangeError.range(start, 0, string.length);
    }
    return string._matchesAt(this, start)
        ? _StringMatch(start, string, this)
        : null;
  }

  String replaceFirst(Pattern from, String to, [int startIndex = 0]) =>
      replaceFirstMapped(from, (_) => to, startIndex);

  String replaceFirstMapped(Pattern from, String replace(Match match),
      [int startIndex = 0]) {
    if (startIndex < 0 || startIndex > length) {
      throw RangeError.range(startIndex, 0, length, 'startIndex');
    }
    final matches = from.allMatches(this, startIndex).iterator;
    if (!matches.moveNext()) return this;
    final match = matches.current;
    return replaceRange(match.start, match.end, '${replace(match)}');
  }

  String replaceAll(Pattern from, String replace) {
    if (from is String && from.isNotEmpty) {
      return _replaceAllString(from, replace);
    }
    return replaceAllMapped(from, (_) => replace);
  }

  String replaceAllMapped(Pattern from, String replace(Match match)) {
    final buffer = StringBuffer();
    var start = 0;
    for (final match in from.allMatches(this)) {
      buffer.write(substring(start, match.start));
      buffer.write(replace(match));
      start = match.end;
    }
    if (start == 0 && buffer.isEmpty) return this;
    buffer.write(substring(start));
    return buffer.toString();
  }

  String replaceRange(int start, int? end, String replacement) {
    final last = RangeError.checkValidRange(start, end, length);
    return _substring(0, start) + replacement + _substring(last, length);
  }

  List<String> split(Pattern pattern) {
    if (pattern is String && pattern.isEmpty) {
      return [for (var i = 0; i < length; i++) this[i]];
    }
    if (isEmpty) {
      return pattern.matchAsPrefix(this) != null ? <String>[] : <String>[this];
    }
    final parts = <String>[];
    var start = 0, previous = 0;
    for (final match in pattern.allMatches(this)) {
      final matchStart = match.start, matchEnd = match.end;
      if (matchEnd == matchStart &&
          (matchStart == length || matchStart == previous)) {
        // An empty match at the start of a part, or at the end, splits nothing.
        continue;
      }
      parts.add(_substring(start, matchStart));
      start = previous = matchEnd;
    }
    parts.add(_substring(start, length));
    return parts;
  }

  String splitMapJoin(Pattern pattern,
      {String onMatch(Match match)?, String onNonMatch(String nonMatch)?}) {
    final buffer = StringBuffer();
    var start = 0;
    for (final match in pattern.allMatches(this)) {
      final between = substring(start, match.start);
      buffer.write(onNonMatch == null ? between : onNonMatch(between));
      buffer.write(onMatch == null ? match[0]! : onMatch(match));
      start = match.end;
    }
    final rest = substring(start);
    buffer.write(onNonMatch == null ? rest : onNonMatch(rest));
    return buffer.toString();
  }

  List<int> get codeUnits => _CodeUnits(this);
  Runes get runes => Runes(this);
}

final class _OneByteString extends String {
  external factory _OneByteString._();
}

final class _TwoByteString extends String {
  external factory _TwoByteString._();
}

class _CodeUnits extends ListBase<int> {
  _CodeUnits(this._string);

  final String _string;

  int get length => _string.length;
  int operator [](int index) => _string.codeUnitAt(index);

  Never _fail() => throw UnsupportedError('Cannot modify an unmodifiable list');
  set length(int value) => _fail();
  void operator []=(int index, int value) => _fail();
  void add(int value) => _fail();
  void addAll(Iterable<int> iterable) => _fail();
  void insert(int index, int element) => _fail();
  void insertAll(int index, Iterable<int> iterable) => _fail();
  bool remove(Object? value) => _fail();
  int removeAt(int index) => _fail();
  int removeLast() => _fail();
  void removeWhere(bool test(int element)) => _fail();
  void retainWhere(bool test(int element)) => _fail();
  void removeRange(int start, int end) => _fail();
  void replaceRange(int start, int end, Iterable<int> replacements) => _fail();
  void clear() => _fail();
  void sort([int compare(int a, int b)?]) => _fail();
  void shuffle([Random? random]) => _fail();
  void setAll(int index, Iterable<int> iterable) => _fail();
  void setRange(int start, int end, Iterable<int> iterable,
          [int skipCount = 0]) =>
      _fail();
  void fillRange(int start, int end, [int? fillValue]) => _fail();
}

final class Runes extends Iterable<int> {
  Runes(this.string);

  final String string;

  RuneIterator get iterator => RuneIterator(string);

  int get last {
    if (string.isEmpty) throw _noElement();
    final iterator = RuneIterator.at(string, string.length);
    iterator.movePrevious();
    return iterator.current;
  }
}

final class RuneIterator implements Iterator<int> {
  RuneIterator(this.string)
      : _position = 0,
        _next = 0;

  RuneIterator.at(this.string, int index)
      : _position = index,
        _next = index {
    RangeError.checkValueInInterval(index, 0, string.length);
    _checkSplit(index);
  }

  final String string;
  int _position; // of the current rune
  int _next; // after it
  int _current = -1;

  static bool _isHigh(int unit) => (unit & 0xfc00) == 0xd800;
  static bool _isLow(int unit) => (unit & 0xfc00) == 0xdc00;

  void _checkSplit(int index) {
    if (index > 0 &&
        index < string.length &&
        _isHigh(string.codeUnitAt(index - 1)) &&
        _isLow(string.codeUnitAt(index))) {
      throw ArgumentError('Index inside surrogate pair: $index');
    }
  }

  int get rawIndex => _position != _next ? _position : -1;

  set rawIndex(int index) {
    IndexError.check(index, string.length, indexable: string);
    reset(index);
    moveNext();
  }

  void reset([int rawIndex = 0]) {
    RangeError.checkValueInInterval(rawIndex, 0, string.length, 'rawIndex');
    _checkSplit(rawIndex);
    _position = _next = rawIndex;
    _current = -1;
  }

  int get current => _current;
  int get currentSize => _next - _position;
  String get currentAsString => _position == _next
      ? ''
      : string.substring(_position, _next);

  bool moveNext() {
    _position = _next;
    if (_position == string.length) {
      _current = -1;
      return false;
    }
    final unit = string.codeUnitAt(_position);
    var next = _position + 1;
    if (_isHigh(unit) && next < string.length) {
      final low = string.codeUnitAt(next);
      if (_isLow(low)) {
        _next = next + 1;
        _current = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
        return true;
      }
    }
    _next = next;
    _current = unit;
    return true;
  }

  bool movePrevious() {
    _next = _position;
    if (_position == 0) {
      _current = -1;
      return false;
    }
    var at = _position - 1;
    final unit = string.codeUnitAt(at);
    if (_isLow(unit) && at > 0) {
      final high = string.codeUnitAt(at - 1);
      if (_isHigh(high)) {
        _position = at - 1;
        _current = 0x10000 + ((high & 0x3ff) << 10) + (unit & 0x3ff);
        return true;
      }
    }
    _position = at;
    _current = unit;
    return true;
  }
}
