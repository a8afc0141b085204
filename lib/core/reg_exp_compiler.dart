part of dart.core;

// Lays a tree out as the program of _RegExpMatcher. Slots: two a group, then
// counters and marks of loops. What lies in a look-behind is matched from right
// to left.
class _RegExpCompiler {
  _RegExpCompiler(this._unicode, this._folds, int groupCount)
      : slotCount = 2 * groupCount + 2;

  final bool _unicode, _folds;
  final List<int> _code = <int>[];
  final List<_CharSet> sets = <_CharSet>[];
  int slotCount;
  String? firstUnit;

  List<int> compile(_RegExpNode tree) {
    _compile(tree, false);
    _code.add(_opMatch);
    firstUnit = _firstOf(tree);
    return _code;
  }

  // The unit with which each match begins.
  String? _firstOf(_RegExpNode tree) {
    var node = tree;
    for (;;) {
      switch (node) {
        case _CharNode(:final code)
            when code <= 0xffff &&
                !(_unicode && (code & 0xf800) == 0xd800) &&
                !_hasCase(code):
          return String.fromCharCode(code);
        case _SequenceNode(:final items):
          node = items[0];
        case _GroupNode(:final body):
          node = body;
        case _RepeatNode(:final body, :final min) when min > 0:
          node = body;
        default:
          return null;
      }
    }
  }

  bool _hasCase(int code) {
    if (!_folds) return false;
    if (_canonical(code, _unicode) != code) return true;
    if (code < 128) {
      return code >= 0x41 && code <= 0x5a || code >= 0x61 && code <= 0x7a;
    }
    return true; // another may have it as its canonical form
  }

  void _compile(_RegExpNode node, bool back) {
    switch (node) {
      case _EmptyNode():
        break;
      case _CharNode(:final code):
        _compileChar(code, back);
      case _SetNode():
        _compileSet(node.ranges, node.isNegated, back);
      case _SequenceNode(:final items):
        if (back) {
          for (var i = items.length - 1; i >= 0; i--) {
            _compile(items[i], back);
          }
        } else {
          for (final item in items) {
            _compile(item, back);
          }
        }
      case _ChoiceNode():
        _compileChoice(node, back);
      case _GroupNode(:final body, :final index):
        _emit(_opSave, back ? 2 * index + 1 : 2 * index);
        _compile(body, back);
        _emit(_opSave, back ? 2 * index : 2 * index + 1);
      case _ReferenceNode(:final index):
        _emit(back ? _opReferenceBack : _opReference, index);
      case _AssertionNode(:final op, :final operand):
        _code.add(op);
        if (operand >= 0) _code.add(operand);
      case _LookNode():
        _emit(_opLook, node.isNegative ? 0 : 1);
        final after = _hole();
        _compile(node.body, node.isBack);
        _code.add(_opMatch);
        _code[after] = _code.length;
      case _RepeatNode():
        _compileRepeat(node, back);
    }
  }

  void _emit(int op, int operand) {
    _code.add(op);
    _code.add(operand);
  }

  int _hole() {
    _code.add(0);
    return _code.length - 1;
  }

  void _compileChar(int code, bool back) {
    if (_hasCase(code) || _unicode && (code & 0x1ff800) == 0xd800) {
      _compileSet([code, code], false, back);
    } else if (code > 0xffff) {
      final high = 0xd7c0 + (code >> 10), low = 0xdc00 + (code & 0x3ff);
      _emit(back ? _opCharBack : _opChar, back ? low : high);
      _emit(back ? _opCharBack : _opChar, back ? high : low);
    } else {
      _emit(back ? _opCharBack : _opChar, code);
    }
  }

  int _addSet(List<int> ranges, bool isNegated) {
    sets.add(_CharSet(
        _folds ? _CharSet.fold(ranges, _unicode) : ranges, isNegated));
    return sets.length - 1;
  }

  void _compileSet(List<int> ranges, bool isNegated, bool back) {
    if (!_unicode && isNegated && identical(ranges, _CharSet.lineEnds)) {
      _code.add(back ? _opAnyBack : _opAny);
      return;
    }
    final op = _unicode
        ? (_folds ? _opSetCodeFold : _opSetCode)
        : (_folds ? _opSetFold : _opSet);
    _emit(back ? op + 1 : op, _addSet(ranges, isNegated));
  }

  void _compileChoice(_ChoiceNode node, bool back) {
    final ends = <int>[];
    for (var i = 0; i < node.choices.length; i++) {
      if (i == node.choices.length - 1) {
        _compile(node.choices[i], back);
        break;
      }
      _code.add(_opSplit);
      final next = _hole();
      _compile(node.choices[i], back);
      _code.add(_opJump);
      ends.add(_hole());
      _code[next] = _code.length;
    }
    for (final end in ends) {
      _code[end] = _code.length;
    }
  }

  static bool _canBeEmpty(_RegExpNode node) => switch (node) {
        _CharNode() || _SetNode() => false,
        _SequenceNode(:final items) => items.every(_canBeEmpty),
        _ChoiceNode(:final choices) => choices.any(_canBeEmpty),
        _GroupNode(:final body) => _canBeEmpty(body),
        _RepeatNode(:final body, :final min) => min == 0 || _canBeEmpty(body),
        _ => true,
      };

  void _compileRepeat(_RepeatNode node, bool back) {
    final body = node.body;
    final min = node.min, max = node.max;
    if (max == 0) return;
    if (min == 1 && max == 1) {
      _compile(body, back);
      return;
    }
    // A greedy loop over single units is one instruction.
    if (node.isGreedy && !back && !_unicode) {
      var what = 0, isSingle = false;
      if (body is _CharNode && !_hasCase(body.code)) {
        what = -body.code - 1;
        isSingle = true;
      } else if (body is _SetNode && !_folds) {
        what = _addSet(body.ranges, body.isNegated);
        isSingle = true;
      }
      if (isSingle) {
        _emit(_opLoop, min);
        _emit(max, what);
        return;
      }
    }
    final canBeEmpty = _canBeEmpty(body);
    final counts = min > 0 || max > 1;
    final counter = counts ? slotCount++ : -1;
    final mark = canBeEmpty ? slotCount++ : -1;
    if (counts) _emit(_opCounterSet, counter);
    final start = _code.length;
    var toBody = -1, toEnd = -1, toEnd2 = -1;
    if (min > 0) {
      _emit(_opJumpLess, counter);
      _code.add(min);
      toBody = _hole();
    }
    var toTry = -1;
    if (counts && max >= 0) {
      _emit(_opJumpLess, counter);
      _code.add(max);
      toTry = _hole();
      _code.add(_opJump);
      toEnd = _hole();
      _code[toTry] = _code.length;
    }
    if (node.isGreedy) {
      _code.add(_opSplit);
      toEnd2 = _hole();
    } else {
      _code.add(_opSplit);
      final later = _hole();
      _code.add(_opJump);
      toEnd2 = _hole();
      _code[later] = _code.length;
    }
    if (toBody >= 0) _code[toBody] = _code.length;
    if (node.lastGroup > node.firstGroup) {
      _emit(_opClear, 2 * node.firstGroup);
      _code.add(2 * node.lastGroup);
    }
    if (counts) _emit(_opCounterAdd, counter);
    if (canBeEmpty) _emit(_opMark, mark);
    _compile(body, back);
    if (canBeEmpty) {
      _emit(_opNotEmpty, mark);
      _emit(counter, min);
    }
    if (counts || max < 0) _emit(_opJump, start);
    if (toEnd >= 0) _code[toEnd] = _code.length;
    _code[toEnd2] = _code.length;
  }
}
