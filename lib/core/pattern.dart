part of dart.core;

abstract interface class Match {
  int get start;
  int get end;
  String? group(int group);
  String? operator [](int group);
  List<String?> groups(List<int> groupIndices);
  int get groupCount;
  String get input;
  Pattern get pattern;
}

abstract interface class Pattern {
  Iterable<Match> allMatches(String string, [int start = 0]);
  Match? matchAsPrefix(String string, [int start = 0]);
}

class _StringMatch implements Match {
  const _StringMatch(this.start, this.input, this._pattern);

  final int start;
  final String input;
  final String _pattern;

  int get end => start + _pattern.length;
  Pattern get pattern => _pattern;
  int get groupCount => 0;
  String operator [](int group) => this.group(group);

  String group(int group) {
    if (group != 0) throw RangeError.value(group);
    return _pattern;
  }

  List<String> groups(List<int> groupIndices) =>
      [for (final index in groupIndices) group(index)];
}

class _StringMatches extends Iterable<Match> {
  _StringMatches(this._pattern, this._input, this._start);

  final String _pattern, _input;
  final int _start;

  Iterator<Match> get iterator =>
      _StringMatchIterator(_pattern, _input, _start);
}

class _StringMatchIterator implements Iterator<Match> {
  _StringMatchIterator(this._pattern, this._input, this._next);

  final String _pattern, _input;
  int _next;
  Match? _current;

  Match get current => _current!;

  bool moveNext() {
    if (_next + _pattern.length > _input.length) {
      _current = null;
      return false;
    }
    final at = _input.indexOf(_pattern, _next);
    if (at < 0) {
      _next = _input.length + 1;
      _current = null;
      return false;
    }
    // An empty match must not be found twice.
    _next = _pattern.isEmpty ? at + 1 : at + _pattern.length;
    _current = _StringMatch(at, _input, _pattern);
    return true;
  }
}
