part of dart.core;

// A set of characters: sorted ranges, and bits for the first 256.
class _CharSet {
  _CharSet(List<int> ranges, this.isNegated) : _ranges = _normalize(ranges) {
    for (var c = 0; c < 256; c++) {
      if (_find(c) != isNegated) _bits[c >> 5] |= 1 << (c & 31);
    }
  }

  final List<int> _ranges; // first, last, first, last, ...
  final bool isNegated;
  final List<int> _bits = List<int>.filled(8, 0);

  bool has(int c) => c < 256
      ? _bits[c >> 5] >> (c & 31) & 1 == 1
      : _find(c) != isNegated;

  bool _find(int c) {
    var low = 0, high = _ranges.length >> 1;
    while (low < high) {
      final middle = (low + high) >> 1;
      if (c < _ranges[2 * middle]) {
        high = middle;
      } else if (c > _ranges[2 * middle + 1]) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  // Sorted, and without overlap.
  static List<int> _normalize(List<int> ranges) {
    final count = ranges.length >> 1;
    var sorted = true;
    for (var i = 1; i < count && sorted; i++) {
      sorted = ranges[2 * i] > ranges[2 * i - 1] + 1;
    }
    if (sorted) return ranges;
    final order = List<int>.generate(count, (i) => i)
      ..sort((a, b) => ranges[2 * a] - ranges[2 * b]);
    final result = <int>[];
    for (final i in order) {
      final from = ranges[2 * i], to = ranges[2 * i + 1];
      if (result.isNotEmpty && from <= result.last + 1) {
        if (to > result.last) result[result.length - 1] = to;
      } else {
        result.add(from);
        result.add(to);
      }
    }
    return result;
  }

  // What is not in the ranges, up to the last code point.
  static List<int> invert(List<int> ranges) {
    final sorted = _normalize(ranges);
    final result = <int>[];
    var next = 0;
    for (var i = 0; i < sorted.length; i += 2) {
      if (sorted[i] > next) {
        result.add(next);
        result.add(sorted[i] - 1);
      }
      next = sorted[i + 1] + 1;
    }
    if (next <= 0x10ffff) {
      result.add(next);
      result.add(0x10ffff);
    }
    return result;
  }

  // With the canonical forms of all members.
  static List<int> fold(List<int> ranges, bool unicode) {
    final result = List<int>.of(ranges);
    for (var i = 0; i < ranges.length; i += 2) {
      var c = _nextCased(ranges[i], unicode);
      while (c >= 0 && c <= ranges[i + 1]) {
        final other = _canonical(c, unicode);
        result.add(other);
        result.add(other);
        c = _nextCased(c + 1, unicode);
      }
    }
    return result;
  }

  static const List<int> digits = [0x30, 0x39];
  static const List<int> words = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
  static const List<int> spaces = [
    0x09, 0x0d, 0x20, 0x20, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, //
    0x2028, 0x2029, 0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000, 0xfeff,
    0xfeff,
  ];
  static const List<int> lineEnds = [0x0a, 0x0a, 0x0d, 0x0d, 0x2028, 0x2029];
}

// Bits of general categories, in the numbering of utf8proc: Cn Lu Ll Lt Lm Lo
// Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co.
const Map<String, int> _categories = {
  'Cn': 0x1, 'Unassigned': 0x1, 'Lu': 0x2, 'Uppercase_Letter': 0x2, //
  'Ll': 0x4, 'Lowercase_Letter': 0x4, 'Lt': 0x8, 'Titlecase_Letter': 0x8,
  'LC': 0xe, 'Cased_Letter': 0xe, 'Lm': 0x10, 'Modifier_Letter': 0x10,
  'Lo': 0x20, 'Other_Letter': 0x20, 'L': 0x3e, 'Letter': 0x3e,
  'Mn': 0x40, 'Nonspacing_Mark': 0x40, 'Mc': 0x80, 'Spacing_Mark': 0x80,
  'Me': 0x100, 'Enclosing_Mark': 0x100, 'M': 0x1c0, 'Mark': 0x1c0,
  'Combining_Mark': 0x1c0, 'Nd': 0x200, 'Decimal_Number': 0x200,
  'digit': 0x200, 'Nl': 0x400, 'Letter_Number': 0x400, 'No': 0x800,
  'Other_Number': 0x800, 'N': 0xe00, 'Number': 0xe00, 'Pc': 0x1000,
  'Connector_Punctuation': 0x1000, 'Pd': 0x2000, 'Dash_Punctuation': 0x2000,
  'Ps': 0x4000, 'Open_Punctuation': 0x4000, 'Pe': 0x8000,
  'Close_Punctuation': 0x8000, 'Pi': 0x10000, 'Initial_Punctuation': 0x10000,
  'Pf': 0x20000, 'Final_Punctuation': 0x20000, 'Po': 0x40000,
  'Other_Punctuation': 0x40000, 'P': 0x7f000, 'Punctuation': 0x7f000,
  'punct': 0x7f000, 'Sm': 0x80000, 'Math_Symbol': 0x80000, 'Sc': 0x100000,
  'Currency_Symbol': 0x100000, 'Sk': 0x200000, 'Modifier_Symbol': 0x200000,
  'So': 0x400000, 'Other_Symbol': 0x400000, 'S': 0x780000,
  'Symbol': 0x780000, 'Zs': 0x800000, 'Space_Separator': 0x800000,
  'Zl': 0x1000000, 'Line_Separator': 0x1000000, 'Zp': 0x2000000,
  'Paragraph_Separator': 0x2000000, 'Z': 0x3800000, 'Separator': 0x3800000,
  'Cc': 0x4000000, 'Control': 0x4000000, 'cntrl': 0x4000000,
  'Cf': 0x8000000, 'Format': 0x8000000, 'Cs': 0x10000000,
  'Surrogate': 0x10000000, 'Co': 0x20000000, 'Private_Use': 0x20000000,
  'C': 0x3c000001, 'Other': 0x3c000001, 'Any': 0x3fffffff,
  'Assigned': 0x3ffffffe, 'Alphabetic': 0x43e, 'Alpha': 0x43e,
  'Uppercase': 0x2, 'Upper': 0x2, 'Lowercase': 0x4, 'Lower': 0x4,
};
