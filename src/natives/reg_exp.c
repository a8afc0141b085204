// reg_exp.c: what RegExp of dart:core asks of Unicode.

#include <utf8proc.h>

#include "natives/argument.h"

// Canonicalize of ECMAScript: with the unicode flag the simple folding, else
// the upper case where that is one code unit and does not turn into ASCII.
static int32_t canonical_of(int32_t c, bool unicode) {
  if (unicode) {
    if (c == 0x130 || c == 0x131) return c;
    return utf8proc_tolower(utf8proc_toupper(c));
  }
  if (c == 0xdf || c > 0xffff) return c;
  int32_t upper = utf8proc_toupper(c);
  if (upper > 0xffff || (c > 127 && upper < 128)) return c;
  return upper;
}

NATIVE(core__canonicalOf) {
  RETURN_VALUE(canonical_of((int32_t)ARG_INT(0), ARG_INT(1) != 0));
}

NATIVE(core__nextCased) {
  int32_t c = (int32_t)ARG_INT(0);
  bool unicode = ARG_INT(1) != 0;
  int32_t limit = unicode ? 0x1ffff : 0xffff;
  for (; c <= limit; c++)
    if (canonical_of(c, unicode) != c) RETURN_VALUE(c);
  RETURN_VALUE(-1);
}

// (c, mask, inside): one past the last code point when there is none.
NATIVE(core__nextCategory) {
  int32_t c = (int32_t)ARG_INT(0);
  uint32_t mask = (uint32_t)ARG_INT(1);
  bool inside = ARG_INT(2) != 0;
  while (c <= 0x10ffff &&
         (mask >> (uint32_t)utf8proc_category(c) & 1) == (inside ? 1u : 0u)) {
    c++;
  }
  RETURN_VALUE(c);
}
