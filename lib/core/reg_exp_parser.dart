part of dart.core;

// The tree of a pattern.
sealed class _RegExpNode {}

class _EmptyNode extends _RegExpNode {}

class _CharNode extends _RegExpNode {
  _CharNode(this.code);
  final int code;
}

class _SetNode extends _RegExpNode {
  _SetNode(this.ranges, this.isNegated);
  final List<int> ranges;
  final bool isNegated;
}

class _SequenceNode extends _RegExpNode {
  _SequenceNode(this.items);
  final List<_RegExpNode> items;
}

class _ChoiceNode extends _RegExpNode {
  _ChoiceNode(this.choices);
  final List<_RegExpNode> choices;
}

class _GroupNode extends _RegExpNode {
  _GroupNode(this.body, this.index);
  final _RegExpNode body;
  final int index;
}

class _ReferenceNode extends _RegExpNode {
  _ReferenceNode(this.index, this.name);
  int index;
  final String? name;
}

class _AssertionNode extends _RegExpNode {
  _AssertionNode(this.op, this.operand);
  final int op;
  final int operand; // -1: none
}

class _LookNode extends _RegExpNode {
  _LookNode(this.body, this.isBack, this.isNegative);
  final _RegExpNode body;
  final bool isBack, isNegative;
}

class _RepeatNode extends _RegExpNode {
  _RepeatNode(this.body, this.min, this.max, this.isGreedy, this.firstGroup,
      this.lastGroup);
  final _RegExpNode body;
  final int min, max; // max -1: none
  final bool isGreedy;
  final int firstGroup, lastGroup; // groups inside: first <= g < last
}

// The grammar of ECMAScript; without the unicode flag with what browsers allow
// beside it (Annex B).
class _RegExpParser {
  _RegExpParser(this._source, this._unicode, this._isCaseSensitive,
      this._multiLine, this._dotAll);

  final String _source;
  final bool _unicode, _isCaseSensitive, _multiLine, _dotAll;
  int _at = 0;
  int _depth = 0;
  int groupCount = 0;
  final Map<String, int> names = <String, int>{};
  final List<_ReferenceNode> _references = <_ReferenceNode>[];
  bool _hasNames = false;
  int _totalGroups = 0;

  Never _fail(String message) => throw FormatException(message, _source);

  bool get _atEnd => _at >= _source.length;
  int get _peek => _at < _source.length ? _source.codeUnitAt(_at) : -1;
  int _peekAt(int offset) => _at + offset < _source.length
      ? _source.codeUnitAt(_at + offset)
      : -1;

  bool _eat(int unit) {
    if (_peek != unit) return false;
    _at++;
    return true;
  }

  // Groups are counted beforehand: what \5 is depends on how many there are.
  void _countGroups() {
    var inClass = false;
    for (var i = 0; i < _source.length; i++) {
      switch (_source.codeUnitAt(i)) {
        case 0x5c:
          i++;
        case 0x5b:
          inClass = true;
        case 0x5d:
          inClass = false;
        case 0x28:
          if (inClass) break;
          if (!_source.startsWith('(?', i)) {
            _totalGroups++;
          } else if (_source.startsWith('(?<', i) &&
              !_source.startsWith('(?<=', i) &&
              !_source.startsWith('(?<!', i)) {
            _totalGroups++;
            _hasNames = true;
          }
      }
    }
  }

  _RegExpNode parse() {
    _countGroups();
    final tree = _parseChoice();
    if (!_atEnd) {
      _fail(_peek == 0x29 ? 'Unmatched \')\'' : 'Unexpected character');
    }
    for (final reference in _references) {
      final index = names[reference.name];
      if (index == null) _fail('Invalid named capture referenced');
      reference.index = index;
    }
    return tree;
  }

  _RegExpNode _parseChoice() {
    if (++_depth > 500) _fail('Regular expression too large');
    final first = _parseSequence();
    if (_peek != 0x7c) {
      _depth--;
      return first;
    }
    final choices = <_RegExpNode>[first];
    while (_eat(0x7c)) {
      choices.add(_parseSequence());
    }
    _depth--;
    return _ChoiceNode(choices);
  }

  _RegExpNode _parseSequence() {
    final items = <_RegExpNode>[];
    while (!_atEnd && _peek != 0x7c && _peek != 0x29) {
      items.add(_parseTerm());
    }
    return items.isEmpty
        ? _EmptyNode()
        : items.length == 1
            ? items[0]
            : _SequenceNode(items);
  }

  _RegExpNode _parseTerm() {
    final groupsBefore = groupCount;
    final unit = _peek;
    _RegExpNode atom;
    switch (unit) {
      case 0x5e:
        _at++;
        return _AssertionNode(_multiLine ? _opLineStart : _opInputStart, -1);
      case 0x24:
        _at++;
        return _AssertionNode(_multiLine ? _opLineEnd : _opInputEnd, -1);
      case 0x28:
        atom = _parseGroup();
        if (atom is _LookNode && (_unicode || atom.isBack)) return atom;
      case 0x2e:
        _at++;
        atom = _SetNode(
            _dotAll ? const <int>[] : _CharSet.lineEnds, true);
      case 0x5b:
        atom = _parseClass();
      case 0x5c:
        atom = _parseEscape();
        if (atom is _AssertionNode) return atom;
      case 0x2a || 0x2b || 0x3f:
        _fail('Nothing to repeat');
      case 0x7b:
        if (_unicode) _fail('Nothing to repeat');
        if (_parseBraces() != null) _fail('Nothing to repeat');
        _at++;
        atom = _CharNode(unit);
      case 0x7d || 0x5d:
        if (_unicode) _fail('Lone quantifier brackets');
        _at++;
        atom = _CharNode(unit);
      default:
        atom = _CharNode(_takeCharacter());
    }
    return _parseQuantifier(atom, groupsBefore);
  }

  // One unit, or with the unicode flag one code point.
  int _takeCharacter() {
    final unit = _source.codeUnitAt(_at++);
    if (_unicode && _isHighUnit(unit) && _isLowUnit(_peek)) {
      final low = _source.codeUnitAt(_at++);
      return 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
    }
    return unit;
  }

  // {n}, {n,} or {n,m} from here on; null and nothing taken when it is none.
  (int, int)? _parseBraces() {
    final start = _at;
    _at++;
    final min = _parseNumber();
    if (min >= 0) {
      var max = min;
      if (_eat(0x2c)) max = _peek == 0x7d ? -1 : _parseNumber(-2);
      if (max >= -1 && _eat(0x7d)) return (min, max);
    }
    _at = start;
    return null;
  }

  int _parseNumber([int otherwise = -1]) {
    var value = otherwise, any = false;
    while (_peek >= 0x30 && _peek <= 0x39) {
      if (!any) value = 0;
      any = true;
      if (value < 0x7fffffff) value = value * 10 + _peek - 0x30;
      _at++;
    }
    return value;
  }

  _RegExpNode _parseQuantifier(_RegExpNode atom, int groupsBefore) {
    var min = 0, max = -1;
    switch (_peek) {
      case 0x2a:
        _at++;
      case 0x2b:
        _at++;
        min = 1;
      case 0x3f:
        _at++;
        max = 1;
      case 0x7b:
        final bounds = _parseBraces();
        if (bounds == null) {
          if (_unicode) _fail('Incomplete quantifier');
          return atom;
        }
        (min, max) = bounds;
        if (max >= 0 && max < min) {
          _fail('numbers out of order in {} quantifier');
        }
      default:
        return atom;
    }
    final isGreedy = !_eat(0x3f);
    return _RepeatNode(atom, min, max, isGreedy, groupsBefore + 1,
        groupCount + 1);
  }

  _RegExpNode _parseGroup() {
    _at++;
    var index = 0;
    var isLook = false, isBack = false, isNegative = false;
    if (_peek == 0x3f) {
      final next = _peekAt(1), after = _peekAt(2);
      if (next == 0x3a) {
        _at += 2;
      } else if (next == 0x3d || next == 0x21) {
        isLook = true;
        isNegative = next == 0x21;
        _at += 2;
      } else if (next == 0x3c && (after == 0x3d || after == 0x21)) {
        isLook = isBack = true;
        isNegative = after == 0x21;
        _at += 3;
      } else if (next == 0x3c) {
        _at += 2;
        index = ++groupCount;
        final name = _parseName();
        if (names.containsKey(name)) _fail('Duplicate capture group name');
        names[name] = index;
      } else {
        _fail('Invalid group');
      }
    } else {
      index = ++groupCount;
    }
    final body = _parseChoice();
    if (!_eat(0x29)) _fail('Unterminated group');
    if (isLook) return _LookNode(body, isBack, isNegative);
    return index > 0 ? _GroupNode(body, index) : body;
  }

  // After `<`, up to and with `>`.
  String _parseName() {
    final buffer = StringBuffer();
    for (;;) {
      if (_atEnd) _fail('Invalid capture group name');
      var code = _source.codeUnitAt(_at++);
      if (code == 0x3e) break;
      if (code == 0x5c) {
        if (!_eat(0x75)) _fail('Invalid Unicode escape');
        code = _parseUnicodeEscape(true);
        if (code < 0) _fail('Invalid Unicode escape');
      } else if (_isHighUnit(code) && _isLowUnit(_peek)) {
        code = 0x10000 + ((code & 0x3ff) << 10) +
            (_source.codeUnitAt(_at++) & 0x3ff);
      }
      final isStart = _isWordUnit(code) && (code < 0x30 || code > 0x39) ||
          code == 0x24 ||
          code > 127 && _nextCategory(code, 0x43e, true) != code;
      final isPart = isStart ||
          code >= 0x30 && code <= 0x39 ||
          code == 0x200c ||
          code == 0x200d ||
          code > 127 && _nextCategory(code, 0x16fe, true) != code;
      if (!(buffer.isEmpty ? isStart : isPart)) {
        _fail('Invalid capture group name');
      }
      buffer.writeCharCode(code);
    }
    if (buffer.isEmpty) _fail('Invalid capture group name');
    return buffer.toString();
  }

  static int _hexValue(int unit) => unit >= 0x30 && unit <= 0x39
      ? unit - 0x30
      : unit >= 0x61 && unit <= 0x66
          ? unit - 0x57
          : unit >= 0x41 && unit <= 0x46
              ? unit - 0x37
              : -1;

  // So many hexadecimal digits, -1 and nothing taken when they are not there.
  int _parseHex(int count) {
    var value = 0;
    for (var i = 0; i < count; i++) {
      final digit = _hexValue(_peekAt(i));
      if (digit < 0) return -1;
      value = value * 16 + digit;
    }
    _at += count;
    return value;
  }

  // After \u; -1: none here.
  int _parseUnicodeEscape(bool unicode) {
    if (unicode && _peek == 0x7b) {
      final start = _at++;
      var value = 0, any = false;
      while (_hexValue(_peek) >= 0) {
        value = value * 16 + _hexValue(_peek);
        if (value > 0x10ffff) _fail('Invalid Unicode escape');
        any = true;
        _at++;
      }
      if (any && _eat(0x7d)) return value;
      _at = start;
      return -1;
    }
    final value = _parseHex(4);
    if (unicode && value >= 0 && _isHighUnit(value)) {
      final start = _at;
      if (_eat(0x5c) && _eat(0x75)) {
        final low = _parseHex(4);
        if (low >= 0 && _isLowUnit(low)) {
          return 0x10000 + ((value & 0x3ff) << 10) + (low & 0x3ff);
        }
      }
      _at = start;
    }
    return value;
  }

  // \d \D \s \S \w \W \p{} \P{} after the backslash; null: none of them.
  List<int>? _parseSetEscape() {
    switch (_peek) {
      case 0x64:
        _at++;
        return _CharSet.digits;
      case 0x44:
        _at++;
        return _CharSet.invert(_CharSet.digits);
      case 0x73:
        _at++;
        return _CharSet.spaces;
      case 0x53:
        _at++;
        return _CharSet.invert(_CharSet.spaces);
      case 0x77:
        _at++;
        return _words;
      case 0x57:
        _at++;
        return _CharSet.invert(_words);
      case 0x70 || 0x50 when _unicode:
        final inverted = _peek == 0x50;
        _at++;
        final ranges = _parseProperty();
        return inverted ? _CharSet.invert(ranges) : ranges;
    }
    return null;
  }

  List<int> get _words => _unicode && !_isCaseSensitive
      ? [..._CharSet.words, 0x17f, 0x17f, 0x212a, 0x212a]
      : _CharSet.words;

  List<int> _parseProperty() {
    if (!_eat(0x7b)) _fail('Invalid property name');
    final start = _at;
    while (!_atEnd && _peek != 0x7d) {
      _at++;
    }
    if (_atEnd) _fail('Invalid property name');
    var name = _source.substring(start, _at++);
    for (final prefix in const ['General_Category=', 'gc=']) {
      if (name.startsWith(prefix)) name = name.substring(prefix.length);
    }
    switch (name) {
      case 'ASCII':
        return const [0, 127];
      case 'ASCII_Hex_Digit' || 'AHex':
        return const [0x30, 0x39, 0x41, 0x46, 0x61, 0x66];
      case 'White_Space' || 'space':
        return const [
          0x09, 0x0d, 0x20, 0x20, 0x85, 0x85, 0xa0, 0xa0, 0x1680, 0x1680, //
          0x2000, 0x200a, 0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f,
          0x3000, 0x3000,
        ];
    }
    final mask = _categories[name];
    if (mask == null) _fail('Invalid property name');
    final ranges = <int>[];
    var c = _nextCategory(0, mask, false);
    while (c <= 0x10ffff) {
      final end = _nextCategory(c, mask, true);
      ranges.add(c);
      ranges.add(end - 1);
      c = _nextCategory(end, mask, false);
    }
    return ranges;
  }

  _RegExpNode _parseEscape() {
    _at++;
    if (_atEnd) _fail(r'\ at end of pattern');
    switch (_peek) {
      case 0x62:
        _at++;
        return _AssertionNode(_edgeOp, 1);
      case 0x42:
        _at++;
        return _AssertionNode(_edgeOp, 0);
      case 0x6b:
        if (_unicode || _hasNames) {
          _at++;
          if (!_eat(0x3c)) _fail('Invalid named reference');
          final reference = _ReferenceNode(0, _parseName());
          _references.add(reference);
          return reference;
        }
    }
    final set = _parseSetEscape();
    if (set != null) return _SetNode(set, false);
    if (_peek >= 0x31 && _peek <= 0x39) {
      final start = _at;
      final index = _parseNumber();
      if (index <= _totalGroups) return _ReferenceNode(index, null);
      if (_unicode) _fail('Invalid escape');
      _at = start;
    }
    return _CharNode(_parseCharacterEscape(false));
  }

  int get _edgeOp =>
      _unicode && !_isCaseSensitive ? _opWordEdgeFold : _opWordEdge;

  // A character after the backslash, the same inside and outside a class.
  int _parseCharacterEscape(bool inClass) {
    final unit = _peek;
    switch (unit) {
      case 0x74:
        _at++;
        return 0x09;
      case 0x6e:
        _at++;
        return 0x0a;
      case 0x76:
        _at++;
        return 0x0b;
      case 0x66:
        _at++;
        return 0x0c;
      case 0x72:
        _at++;
        return 0x0d;
      case 0x63:
        final letter = _peekAt(1);
        final isLetter = letter >= 0x61 && letter <= 0x7a ||
            letter >= 0x41 && letter <= 0x5a;
        if (isLetter ||
            inClass &&
                !_unicode &&
                (letter >= 0x30 && letter <= 0x39 || letter == 0x5f)) {
          _at += 2;
          return letter & 31;
        }
        if (_unicode) _fail('Invalid Unicode escape');
        return 0x5c; // the backslash itself; the c stays
      case 0x78:
        _at++;
        final value = _parseHex(2);
        if (value >= 0) return value;
        if (_unicode) _fail('Invalid escape');
        return 0x78;
      case 0x75:
        _at++;
        final value = _parseUnicodeEscape(_unicode);
        if (value >= 0) return value;
        if (_unicode) _fail('Invalid Unicode escape');
        return 0x75;
      case >= 0x30 && <= 0x37:
        if (_unicode) {
          final next = _peekAt(1);
          if (unit != 0x30 || next >= 0x30 && next <= 0x39) {
            _fail('Invalid decimal escape');
          }
          _at++;
          return 0;
        }
        var value = 0;
        for (var i = 0; i < 3; i++) {
          final digit = _peek;
          if (digit < 0x30 || digit > 0x37) break;
          if (value * 8 + digit - 0x30 > 255) break;
          value = value * 8 + digit - 0x30;
          _at++;
        }
        return value;
    }
    if (_unicode) {
      if (_isSyntaxCharacter(unit) || unit == 0x2f || inClass && unit == 0x2d) {
        _at++;
        return unit;
      }
      _fail('Invalid escape');
    }
    if (unit == 0x6b && _hasNames) _fail('Invalid escape');
    return _takeCharacter();
  }

  _RegExpNode _parseClass() {
    _at++;
    final isNegated = _eat(0x5e);
    final ranges = <int>[];
    while (!_eat(0x5d)) {
      if (_atEnd) _fail('Unterminated character class');
      final (from, fromSet) = _parseClassAtom();
      if (_peek == 0x2d && _peekAt(1) != 0x5d && _peekAt(1) != -1) {
        _at++;
        final (to, toSet) = _parseClassAtom();
        if (fromSet != null || toSet != null) {
          if (_unicode) _fail('Invalid character class');
          _addAtom(ranges, from, fromSet);
          _addAtom(ranges, 0x2d, null);
          _addAtom(ranges, to, toSet);
          continue;
        }
        if (from > to) _fail('Range out of order in character class');
        ranges.add(from);
        ranges.add(to);
        continue;
      }
      _addAtom(ranges, from, fromSet);
    }
    return _SetNode(ranges, isNegated);
  }

  void _addAtom(List<int> ranges, int code, List<int>? set) {
    if (set != null) {
      ranges.addAll(set);
    } else {
      ranges.add(code);
      ranges.add(code);
    }
  }

  (int, List<int>?) _parseClassAtom() {
    if (_peek != 0x5c) return (_takeCharacter(), null);
    _at++;
    if (_atEnd) _fail(r'\ at end of pattern');
    if (_peek == 0x62) {
      _at++;
      return (0x08, null);
    }
    final set = _parseSetEscape();
    if (set != null) return (0, set);
    if (_unicode && _peek == 0x2d) {
      _at++;
      return (0x2d, null);
    }
    return (_parseCharacterEscape(true), null);
  }
}
