part of dart.core;

// Regular expressions with the semantics of ECMAScript. A pattern is parsed to
// a tree (reg_exp_parser.dart), the tree is compiled to a program of integers
// (reg_exp_compiler.dart), and the program is run here by a matcher that keeps
// what it may come back to on a stack of its own.
abstract interface class RegExp implements Pattern {
  factory RegExp(String source,
      {bool multiLine,
      bool caseSensitive,
      bool unicode,
      bool dotAll}) = _RegExp;

  static String escape(String text) {
    final buffer = StringBuffer();
    for (var i = 0; i < text.length; i++) {
      final unit = text.codeUnitAt(i);
      if (_isSyntaxCharacter(unit)) buffer.write(r'\');
      buffer.writeCharCode(unit);
    }
    return buffer.toString();
  }

  RegExpMatch? firstMatch(String input);
  Iterable<RegExpMatch> allMatches(String input, [int start = 0]);
  RegExpMatch? matchAsPrefix(String input, [int start = 0]);
  bool hasMatch(String input);
  String? stringMatch(String input);
  String get pattern;
  bool get isMultiLine;
  bool get isCaseSensitive;
  bool get isUnicode;
  bool get isDotAll;
}

abstract interface class RegExpMatch implements Match {
  String? namedGroup(String name);
  Iterable<String> get groupNames;
  RegExp get pattern;
}

// One of ^ $ \ . * + ? ( ) [ ] { } |
bool _isSyntaxCharacter(int unit) => switch (unit) {
      0x24 || 0x28 || 0x29 || 0x2a || 0x2b || 0x2e || 0x3f || 0x5b => true,
      0x5c || 0x5d || 0x5e || 0x7b || 0x7c || 0x7d => true,
      _ => false,
    };

class _RegExp implements RegExp {
  _RegExp(this.pattern,
      {bool multiLine = false,
      bool caseSensitive = true,
      bool unicode = false,
      bool dotAll = false})
      : isMultiLine = multiLine,
        isCaseSensitive = caseSensitive,
        isUnicode = unicode,
        isDotAll = dotAll {
    final parser = _RegExpParser(pattern, unicode, caseSensitive, multiLine,
        dotAll);
    final tree = parser.parse();
    _groupCount = parser.groupCount;
    _names = parser.names;
    final compiler = _RegExpCompiler(unicode, !caseSensitive, _groupCount);
    _program = compiler.compile(tree);
    _sets = compiler.sets;
    _slotCount = compiler.slotCount;
    _firstUnit = compiler.firstUnit;
  }

  final String pattern;
  final bool isMultiLine, isCaseSensitive, isUnicode, isDotAll;
  int _groupCount = 0;
  int _slotCount = 0;
  String? _firstUnit; // what every match begins with, when that is known
  Map<String, int> _names = const {};
  List<int> _program = const [];
  List<_CharSet> _sets = const [];

  RegExpMatch? firstMatch(String input) => _search(input, 0);

  bool hasMatch(String input) => _search(input, 0) != null;

  bool _hasMatchFrom(String input, int start) => _search(input, start) != null;

  String? stringMatch(String input) => _search(input, 0)?[0];

  RegExpMatch? matchAsPrefix(String input, [int start = 0]) {
    if (start < 0 || start > input.length) {
      throw RangeError.range(start, 0, input.length);
    }
    final matcher = _RegExpMatcher(this, input);
    return matcher.matchAt(start) ? _RegExpMatch(this, input, matcher.take()) : null;
  }

  Iterable<RegExpMatch> allMatches(String input, [int start = 0]) {
    if (start < 0 || start > input.length) {
      throw RangeError.range(start, 0, input.length, 'start');
    }
    return _RegExpMatches(this, input, start);
  }

  _RegExpMatch? _search(String input, int start) {
    final matcher = _RegExpMatcher(this, input);
    return matcher.search(start) ? _RegExpMatch(this, input, matcher.take()) : null;
  }

  String toString() => 'RegExp: pattern=$pattern flags='
      '${isMultiLine ? 'm' : ''}${isCaseSensitive ? '' : 'i'}'
      '${isUnicode ? 'u' : ''}${isDotAll ? 's' : ''}';
}

class _RegExpMatch implements RegExpMatch {
  _RegExpMatch(this._owner, this.input, this._slots);

  final _RegExp _owner;
  final String input;
  final List<int> _slots; // starts and ends of the groups, -1: none

  RegExp get pattern => _owner;
  int get start => _slots[0];
  int get end => _slots[1];
  int get groupCount => _owner._groupCount;

  String? group(int group) {
    if (group < 0 || group > groupCount) {
      throw RangeError.range(group, 0, groupCount, 'group');
    }
    final from = _slots[2 * group], to = _slots[2 * group + 1];
    return from < 0 || to < 0 ? null : input.substring(from, to);
  }

  String? operator [](int group) => this.group(group);

  List<String?> groups(List<int> groupIndices) =>
      <String?>[for (final index in groupIndices) group(index)];

  String? namedGroup(String name) {
    final index = _owner._names[name];
    if (index == null) {
      throw ArgumentError.value(name, 'name', 'Not a capture group name');
    }
    return group(index);
  }

  Iterable<String> get groupNames => _owner._names.keys;
}

class _RegExpMatches extends Iterable<RegExpMatch> {
  _RegExpMatches(this._regExp, this._input, this._start);

  final _RegExp _regExp;
  final String _input;
  final int _start;

  Iterator<RegExpMatch> get iterator =>
      _RegExpMatchIterator(_regExp, _input, _start);
}

class _RegExpMatchIterator implements Iterator<RegExpMatch> {
  _RegExpMatchIterator(this._regExp, this._input, this._next)
      : _matcher = _RegExpMatcher(_regExp, _input);

  final _RegExp _regExp;
  final String _input;
  final _RegExpMatcher _matcher;
  int _next;
  _RegExpMatch? _current;

  RegExpMatch get current => _current!;

  bool moveNext() {
    if (_next < 0 || !_matcher.search(_next)) {
      _next = -1;
      _current = null;
      return false;
    }
    final match = _RegExpMatch(_regExp, _input, _matcher.take());
    _current = match;
    _next = match.end;
    if (match.end == match.start) {
      // An empty match must not be found twice.
      _next++;
      if (_regExp.isUnicode &&
          _next < _input.length &&
          _isHighUnit(_input.codeUnitAt(_next - 1)) &&
          _isLowUnit(_input.codeUnitAt(_next))) {
        _next++;
      }
      if (_next > _input.length) _next = -1;
    }
    return true;
  }
}

bool _isHighUnit(int unit) => (unit & 0xfc00) == 0xd800;
bool _isLowUnit(int unit) => (unit & 0xfc00) == 0xdc00;

bool _isLineEnd(int unit) =>
    unit == 0x0a || unit == 0x0d || unit == 0x2028 || unit == 0x2029;

bool _isWordUnit(int unit) =>
    unit >= 0x61 && unit <= 0x7a ||
    unit >= 0x41 && unit <= 0x5a ||
    unit >= 0x30 && unit <= 0x39 ||
    unit == 0x5f;

// The form in which characters that differ in case alone are one.
int _canonical(int c, bool unicode) {
  if (c < 128) {
    if (unicode) return c >= 0x41 && c <= 0x5a ? c + 32 : c;
    return c >= 0x61 && c <= 0x7a ? c - 32 : c;
  }
  return _canonicalOf(c, unicode);
}

external int _canonicalOf(int c, bool unicode);

// The first character from c whose canonical form is another; -1: none.
external int _nextCased(int c, bool unicode);

// The first character from c whose category's bit in mask is not `inside`.
external int _nextCategory(int c, int mask, bool inside);

// Instructions: a word, then operands. "Back" forms look to the left.
const int _opChar = 0; //        unit
const int _opCharBack = 1; //    unit
const int _opSet = 2; //         set
const int _opSetBack = 3; //     set
const int _opAny = 4; //
const int _opAnyBack = 5; //
const int _opLoop = 6; //        min, max (-1: none), set or -unit - 1: greedy
const int _opSave = 7; //        slot
const int _opSplit = 8; //       target tried later
const int _opJump = 9; //        target
const int _opSetFold = 10; //    set of canonical characters
const int _opSetFoldBack = 11;
const int _opSetCode = 12; //    set, whole code points
const int _opSetCodeBack = 13;
const int _opSetCodeFold = 14;
const int _opSetCodeFoldBack = 15;
const int _opReference = 16; //  group
const int _opReferenceBack = 17;
const int _opInputStart = 18;
const int _opInputEnd = 19;
const int _opLineStart = 20;
const int _opLineEnd = 21;
const int _opWordEdge = 22; //   1: edge, 0: none
const int _opLook = 23; //       1: must match, 0: must not; after it
const int _opMatch = 24;
const int _opClear = 25; //      first slot, slot after the last
const int _opCounterSet = 26; // slot
const int _opCounterAdd = 27; // slot
const int _opJumpLess = 28; //   slot, bound, target
const int _opMark = 29; //       slot
const int _opNotEmpty = 30; //   mark slot, counter slot or -1, min
const int _opFail = 31;
const int _opWordEdgeFold = 32;

// A stack entry is three words: (program point, position, 0) to go on there;
// (-1, slot, value) to restore a slot; (-2, position, least) with the point
// below it, to give up one character of a loop.
class _RegExpMatcher {
  _RegExpMatcher(this._regExp, this._input)
      : _slots = List<int>.filled(_regExp._slotCount, -1);

  final _RegExp _regExp;
  final String _input;
  List<int> _slots;
  List<int> _stack = List<int>.filled(96, 0);
  int _top = 0;

  List<int> take() => _slots.sublist(0, 2 * _regExp._groupCount + 2);

  bool matchAt(int start) {
    _slots.fillRange(0, _slots.length, -1);
    _top = 0;
    final end = _run(0, start);
    if (end < 0) return false;
    _slots[0] = start;
    _slots[1] = end;
    return true;
  }

  bool search(int start) {
    final length = _input.length;
    final first = _regExp._firstUnit;
    if (first != null) {
      for (var at = start; at < length; at++) {
        at = _input._indexOf(first, at);
        if (at < 0) return false;
        if (matchAt(at)) return true;
      }
      return false;
    }
    if (_regExp.isUnicode) {
      for (var at = start; at <= length; at++) {
        if (at > 0 &&
            at < length &&
            at > start &&
            _isLowUnit(_input.codeUnitAt(at)) &&
            _isHighUnit(_input.codeUnitAt(at - 1))) {
          continue;
        }
        if (matchAt(at)) return true;
      }
      return false;
    }
    for (var at = start; at <= length; at++) {
      if (matchAt(at)) return true;
    }
    return false;
  }

  void _push(int a, int b, int c) {
    final top = _top;
    if (top + 3 > _stack.length) {
      final grown = List<int>.filled(_stack.length * 2, 0);
      grown.setRange(0, top, _stack);
      _stack = grown;
    }
    final stack = _stack;
    stack[top] = a;
    stack[top + 1] = b;
    stack[top + 2] = c;
    _top = top + 3;
  }

  void _setSlot(int slot, int value) {
    _push(-1, slot, _slots[slot]);
    _slots[slot] = value;
  }

  // Undoes down to `base`.
  void _unwind(int base) {
    while (_top > base) {
      _top -= 3;
      if (_stack[_top] == -1) _slots[_stack[_top + 1]] = _stack[_top + 2];
    }
  }

  // What may be come back to is forgotten; what must be undone stays.
  void _commit(int base) {
    var to = base;
    for (var from = base; from < _top; from += 3) {
      if (_stack[from] != -1) continue;
      _stack[to] = -1;
      _stack[to + 1] = _stack[from + 1];
      _stack[to + 2] = _stack[from + 2];
      to += 3;
    }
    _top = to;
  }

  int _codeAt(int at) {
    final unit = _input.codeUnitAt(at);
    if (_isHighUnit(unit) && at + 1 < _input.length) {
      final low = _input.codeUnitAt(at + 1);
      if (_isLowUnit(low)) {
        return 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
      }
    }
    return unit;
  }

  int _codeBefore(int at) {
    final unit = _input.codeUnitAt(at - 1);
    if (_isLowUnit(unit) && at > 1) {
      final high = _input.codeUnitAt(at - 2);
      if (_isHighUnit(high)) {
        return 0x10000 + ((high & 0x3ff) << 10) + (unit & 0x3ff);
      }
    }
    return unit;
  }

  bool _isWordAt(int at, bool fold) {
    if (at < 0 || at >= _input.length) return false;
    final unit = _input.codeUnitAt(at);
    return _isWordUnit(unit) || fold && (unit == 0x17f || unit == 0x212a);
  }

  // Where what the group holds ends (or begins) again, -1: not here.
  int _reference(int group, int at, bool back) {
    final from = _slots[2 * group], to = _slots[2 * group + 1];
    if (from < 0 || to < 0) return at;
    final length = to - from;
    final start = back ? at - length : at;
    if (start < 0 || start + length > _input.length) return -1;
    final folds = !_regExp.isCaseSensitive;
    final unicode = _regExp.isUnicode;
    for (var i = 0; i < length; i++) {
      var a = _input.codeUnitAt(from + i), b = _input.codeUnitAt(start + i);
      if (a == b) continue;
      if (!folds) return -1;
      if (unicode && _isLowUnit(a) && i > 0) {
        a = _codeBefore(from + i + 1);
        b = _codeBefore(start + i + 1);
      }
      if (unicode && _isHighUnit(a) && i + 1 < length) continue;
      if (_canonical(a, unicode) != _canonical(b, unicode)) return -1;
    }
    return back ? start : start + length;
  }

  // Runs the program from pc at position `at`: where it matches, -1: nowhere.
  // What it leaves on the stack undoes its slots.
  int _run(int pc, int at) {
    final program = _regExp._program;
    final sets = _regExp._sets;
    final input = _input;
    final length = input.length;
    final base = _top;
    for (;;) {
      var fails = false;
      switch (program[pc]) {
        case _opChar:
          if (at < length && input.codeUnitAt(at) == program[pc + 1]) {
            at++;
            pc += 2;
          } else {
            fails = true;
          }
        case _opSet:
          if (at < length && sets[program[pc + 1]].has(input.codeUnitAt(at))) {
            at++;
            pc += 2;
          } else {
            fails = true;
          }
        case _opAny:
          if (at < length && !_isLineEnd(input.codeUnitAt(at))) {
            at++;
            pc++;
          } else {
            fails = true;
          }
        case _opLoop:
          final least = at + program[pc + 1];
          final most = program[pc + 2];
          final what = program[pc + 3];
          final stop =
              most < 0 || at + most > length ? length : at + most;
          pc += 4;
          if (what < 0) {
            final unit = -what - 1;
            while (at < stop && input.codeUnitAt(at) == unit) {
              at++;
            }
          } else {
            final set = sets[what];
            while (at < stop && set.has(input.codeUnitAt(at))) {
              at++;
            }
          }
          if (at < least) {
            fails = true;
          } else if (at > least) {
            _push(pc, 0, 0);
            _push(-2, at, least);
          }
        case _opSave:
          _setSlot(program[pc + 1], at);
          pc += 2;
        case _opSplit:
          _push(program[pc + 1], at, 0);
          pc += 2;
        case _opJump:
          pc = program[pc + 1];
        case _opMatch:
          return at;
        case _opCharBack:
          if (at > 0 && input.codeUnitAt(at - 1) == program[pc + 1]) {
            at--;
            pc += 2;
          } else {
            fails = true;
          }
        case _opSetBack:
          if (at > 0 && sets[program[pc + 1]].has(input.codeUnitAt(at - 1))) {
            at--;
            pc += 2;
          } else {
            fails = true;
          }
        case _opAnyBack:
          if (at > 0 && !_isLineEnd(input.codeUnitAt(at - 1))) {
            at--;
            pc++;
          } else {
            fails = true;
          }
        case _opSetFold:
          if (at < length &&
              sets[program[pc + 1]]
                  .has(_canonical(input.codeUnitAt(at), false))) {
            at++;
            pc += 2;
          } else {
            fails = true;
          }
        case _opSetFoldBack:
          if (at > 0 &&
              sets[program[pc + 1]]
                  .has(_canonical(input.codeUnitAt(at - 1), false))) {
            at--;
            pc += 2;
          } else {
            fails = true;
          }
        case _opSetCode || _opSetCodeFold:
          if (at < length) {
            final code = _codeAt(at);
            final tested =
                program[pc] == _opSetCode ? code : _canonical(code, true);
            if (sets[program[pc + 1]].has(tested)) {
              at += code > 0xffff ? 2 : 1;
              pc += 2;
            } else {
              fails = true;
            }
          } else {
            fails = true;
          }
        case _opSetCodeBack || _opSetCodeFoldBack:
          if (at > 0) {
            final code = _codeBefore(at);
            final tested =
                program[pc] == _opSetCodeBack ? code : _canonical(code, true);
            if (sets[program[pc + 1]].has(tested)) {
              at -= code > 0xffff ? 2 : 1;
              pc += 2;
            } else {
              fails = true;
            }
          } else {
            fails = true;
          }
        case _opReference || _opReferenceBack:
          final next =
              _reference(program[pc + 1], at, program[pc] == _opReferenceBack);
          if (next < 0) {
            fails = true;
          } else {
            at = next;
            pc += 2;
          }
        case _opInputStart:
          fails = at != 0;
          pc++;
        case _opInputEnd:
          fails = at != length;
          pc++;
        case _opLineStart:
          fails = at != 0 && !_isLineEnd(input.codeUnitAt(at - 1));
          pc++;
        case _opLineEnd:
          fails = at != length && !_isLineEnd(input.codeUnitAt(at));
          pc++;
        case _opWordEdge || _opWordEdgeFold:
          final fold = program[pc] == _opWordEdgeFold;
          final edge = _isWordAt(at - 1, fold) != _isWordAt(at, fold);
          fails = edge != (program[pc + 1] == 1);
          pc += 2;
        case _opLook:
          final start = _top;
          final found = _run(pc + 3, at) >= 0;
          if (program[pc + 1] == 1) {
            if (found) {
              _commit(start);
              pc = program[pc + 2];
            } else {
              fails = true;
            }
          } else {
            _unwind(start);
            if (found) {
              fails = true;
            } else {
              pc = program[pc + 2];
            }
          }
        case _opClear:
          for (var slot = program[pc + 1]; slot < program[pc + 2]; slot++) {
            if (_slots[slot] != -1) _setSlot(slot, -1);
          }
          pc += 3;
        case _opCounterSet:
          _setSlot(program[pc + 1], 0);
          pc += 2;
        case _opCounterAdd:
          _setSlot(program[pc + 1], _slots[program[pc + 1]] + 1);
          pc += 2;
        case _opJumpLess:
          pc = _slots[program[pc + 1]] < program[pc + 2]
              ? program[pc + 3]
              : pc + 4;
        case _opMark:
          _setSlot(program[pc + 1], at);
          pc += 2;
        case _opNotEmpty:
          final counter = program[pc + 2];
          fails = _slots[program[pc + 1]] == at &&
              (counter < 0 || _slots[counter] > program[pc + 3]);
          pc += 4;
        default:
          fails = true;
      }
      if (!fails) continue;
      // Back to the last choice.
      for (;;) {
        final top = _top - 3;
        if (top < base) return -1;
        final point = _stack[top];
        if (point >= 0) {
          _top = top;
          pc = point;
          at = _stack[top + 1];
          break;
        }
        if (point == -2) {
          at = _stack[top + 1] - 1;
          pc = _stack[top - 3];
          if (at > _stack[top + 2]) {
            _stack[top + 1] = at;
          } else {
            _top = top - 3;
          }
          break;
        }
        _slots[_stack[top + 1]] = _stack[top + 2];
        _top = top;
      }
    }
  }
}
