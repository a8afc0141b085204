// string.c: String of dart:core.
//
// A string is flat, Latin-1 (one byte a unit) or UTF-16. Results are always
// the narrowest: what can only shrink is looked through before it is made.
// In order: copying between widths, making, comparing, searching, case.

#include <utf8proc.h>

#include "natives/argument.h"

static void copy_units(String *to, uint64_t at, const String *from,
                       uint64_t start, uint64_t count) {
  bool wide = il_string_is_wide(from);
  if (!il_string_is_wide(to)) {
    memcpy(to->bytes + at, from->bytes + start, count);
  } else if (wide) {
    memcpy(il_string_units(to) + at, (const uint8_t *)from->bytes + 2 * start,
           2 * count);
  } else {
    uint16_t *units = il_string_units(to) + at;
    for (uint64_t i = 0; i < count; i++) units[i] = from->bytes[start + i];
  }
}

// Does any unit of the range need 16 bits?
static bool has_wide_units(const String *s, uint64_t start, uint64_t end) {
  if (!il_string_is_wide(s)) return false;
  for (uint64_t i = start; i < end; i++)
    if (il_string_unit(s, i) > 0xff) return true;
  return false;
}

static Value new_substring(NativeCall *call, const String *s, uint64_t start,
                           uint64_t end) {
  bool wide = has_wide_units(s, start, end);
  String *result = il_new_string(call, end - start, wide);
  if (!result) return 0;
  if (wide || !il_string_is_wide(s)) {
    copy_units(result, 0, s, start, end - start);
  } else {
    for (uint64_t i = start; i < end; i++)
      result->bytes[i - start] = (uint8_t)il_string_unit(s, i);
  }
  return il_value_of(result);
}

NATIVE(core_String__substring) {
  RETURN_NEW(new_substring(call, ARG(String, 0), (uint64_t)ARG_INT(1),
                           (uint64_t)ARG_INT(2)));
}

NATIVE(core_String_at) {
  const String *s = ARG(String, 0);
  uint64_t at = (uint64_t)ARG_INT(1);
  if (at >= s->length)
    return il_throw_range_error(call, (int64_t)at, (int64_t)s->length);
  RETURN_NEW(new_substring(call, s, at, at + 1));
}

NATIVE(core_String_codeUnitAt) {
  const String *s = ARG(String, 0);
  uint64_t at = (uint64_t)ARG_INT(1);
  if (at >= s->length)
    return il_throw_range_error(call, (int64_t)at, (int64_t)s->length);
  RETURN_VALUE(il_string_unit(s, at));
}

NATIVE(core_String__fromCharCode) {
  uint32_t code = (uint32_t)ARG_INT(0);
  bool pair = code > 0xffff;
  String *s = il_new_string(call, pair ? 2 : 1, code > 0xff);
  if (!s) return NATIVE_NEED;
  if (pair) {
    il_string_units(s)[0] = (uint16_t)(0xd7c0 + (code >> 10));
    il_string_units(s)[1] = (uint16_t)(0xdc00 + (code & 0x3ff));
  } else if (code > 0xff) {
    il_string_units(s)[0] = (uint16_t)code;
  } else {
    s->bytes[0] = (uint8_t)code;
  }
  RETURN_VALUE(il_value_of(s));
}

NATIVE(core_String__fromUnits) {
  const RawArray *units = ARG(RawArray, 0);
  uint64_t count = (uint64_t)ARG_INT(1), all = 0;
  for (uint64_t i = 0; i < count; i++) all |= units->words[i];
  String *s = il_new_string(call, count, all > 0xff);
  if (!s) return NATIVE_NEED;
  for (uint64_t i = 0; i < count; i++) {
    if (all > 0xff) il_string_units(s)[i] = (uint16_t)units->words[i];
    else s->bytes[i] = (uint8_t)units->words[i];
  }
  RETURN_VALUE(il_value_of(s));
}

NATIVE(core_String_add) {
  const String *a = ARG(String, 0), *b = ARG(String, 1);
  if (a->length == 0) RETURN_VALUE(call->args[1]);
  if (b->length == 0) RETURN_VALUE(call->args[0]);
  String *s = il_new_string(call, a->length + b->length,
                            il_string_is_wide(a) || il_string_is_wide(b));
  if (!s) return NATIVE_NEED;
  copy_units(s, 0, a, 0, a->length);
  copy_units(s, a->length, b, 0, b->length);
  RETURN_VALUE(il_value_of(s));
}

NATIVE(core_String__repeat) {
  const String *s = ARG(String, 0);
  uint64_t times = (uint64_t)ARG_INT(1), length;
  if (__builtin_mul_overflow(s->length, times, &length) ||
      length > UINT64_C(1) << 40) {
    return il_throw_core_error(call, CORE_OUT_OF_MEMORY_ERROR, NULL, 0);
  }
  String *result = il_new_string(call, length, il_string_is_wide(s));
  if (!result) return NATIVE_NEED;
  for (uint64_t i = 0; i < times; i++)
    copy_units(result, i * s->length, s, 0, s->length);
  RETURN_VALUE(il_value_of(result));
}

// The first `count` items of an array of strings as one string.
NATIVE(core__joinStrings) {
  const Array *parts = ARG(Array, 0);
  uint64_t count = (uint64_t)ARG_INT(1), length = 0, at = 0;
  bool wide = false;
  for (uint64_t i = 0; i < count; i++) {
    const String *part = (const String *)(void *)il_value_object(parts->items[i]);
    length += part->length;
    wide |= il_string_is_wide(part);
  }
  String *s = il_new_string(call, length, wide);
  if (!s) return NATIVE_NEED;
  for (uint64_t i = 0; i < count; i++) {
    const String *part = (const String *)(void *)il_value_object(parts->items[i]);
    copy_units(s, at, part, 0, part->length);
    at += part->length;
  }
  RETURN_VALUE(il_value_of(s));
}

// ---------------------------------------------------------------- comparing

NATIVE(core_String_eq) {
  Value other = call->args[1];
  if (other == call->args[0]) RETURN_VALUE(true);
  ClassId c = il_value_class(other);
  if (c != CLASS_ONE_BYTE_STRING && c != CLASS_TWO_BYTE_STRING)
    RETURN_VALUE(false);
  RETURN_VALUE(il_string_equal(ARG(String, 0), ARG(String, 1)));
}

NATIVE(core_String_compareTo) {
  const String *a = ARG(String, 0), *b = ARG(String, 1);
  uint64_t n = a->length < b->length ? a->length : b->length;
  for (uint64_t i = 0; i < n; i++) {
    uint16_t x = il_string_unit(a, i), y = il_string_unit(b, i);
    if (x != y) RETURN_VALUE(x < y ? -1 : 1);
  }
  RETURN_VALUE(a->length < b->length ? -1 : a->length > b->length);
}

// FNV-1a over the code units, kept in the header; constants have theirs made
// when they are loaded.
NATIVE(core_String_hashCode) {
  String *s = ARG(String, 0);
  RETURN_VALUE(il_string_hash(s));
}

// ---------------------------------------------------------------- searching

static bool matches_at(const String *s, const String *other, uint64_t at) {
  uint64_t n = other->length;
  if (n > s->length || at > s->length - n) return false;
  if (il_string_is_wide(s) == il_string_is_wide(other)) {
    int shift = il_string_is_wide(s);
    return memcmp(s->bytes + (at << shift), other->bytes, n << shift) == 0;
  }
  for (uint64_t i = 0; i < n; i++)
    if (il_string_unit(s, at + i) != il_string_unit(other, i)) return false;
  return true;
}

NATIVE(core_String__matchesAt) {
  RETURN_VALUE(
      matches_at(ARG(String, 0), ARG(String, 1), (uint64_t)ARG_INT(2)));
}

static int64_t index_of(const String *s, const String *other, uint64_t start) {
  uint64_t n = other->length;
  if (n == 0) return (int64_t)start;
  if (n > s->length || start > s->length - n) return -1;
  if (!il_string_is_wide(s)) {
    if (il_string_is_wide(other)) return -1;
    const uint8_t *found =
        memmem(s->bytes + start, s->length - start, other->bytes, n);
    return found ? found - s->bytes : -1;
  }
  uint16_t first = il_string_unit(other, 0);
  for (uint64_t i = start; i <= s->length - n; i++)
    if (il_string_unit(s, i) == first && matches_at(s, other, i))
      return (int64_t)i;
  return -1;
}

NATIVE(core_String__indexOf) {
  RETURN_VALUE(index_of(ARG(String, 0), ARG(String, 1), (uint64_t)ARG_INT(2)));
}

NATIVE(core_String__lastIndexOf) {
  const String *s = ARG(String, 0), *other = ARG(String, 1);
  int64_t at = ARG_INT(2);
  if (other->length > s->length) RETURN_VALUE(-1);
  if (at > (int64_t)(s->length - other->length))
    at = (int64_t)(s->length - other->length);
  while (at >= 0 && !matches_at(s, other, (uint64_t)at)) at--;
  RETURN_VALUE(at);
}

static bool is_space(uint16_t c) {
  return (c >= 9 && c <= 13) || c == 32 || c == 0x85 || c == 0xa0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
         c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 ||
         c == 0xfeff;
}

NATIVE(core_String__trimStart) {
  const String *s = ARG(String, 0);
  uint64_t i = 0;
  while (i < s->length && is_space(il_string_unit(s, i))) i++;
  RETURN_VALUE(i);
}

NATIVE(core_String__trimEnd) {
  const String *s = ARG(String, 0);
  uint64_t i = s->length;
  while (i > 0 && is_space(il_string_unit(s, i - 1))) i--;
  RETURN_VALUE(i);
}

NATIVE(core_String__replaceAllString) {
  const String *s = ARG(String, 0), *from = ARG(String, 1),
               *to = ARG(String, 2);
  uint64_t count = 0;
  for (int64_t at = 0; (at = index_of(s, from, (uint64_t)at)) >= 0;
       at += (int64_t)from->length) {
    count++;
  }
  if (count == 0) RETURN_VALUE(call->args[0]);
  uint64_t length = s->length - count * from->length + count * to->length;
  // What is taken away may have been all that was wide: made wide at first,
  // and narrowed by the rule for substrings below when it is not.
  bool wide = il_string_is_wide(s) || il_string_is_wide(to);
  if (wide && il_string_is_wide(from) && !il_string_is_wide(to)) {
    bool needed = false;
    uint64_t at = 0;
    while (!needed) {
      int64_t next = index_of(s, from, at);
      uint64_t end = next < 0 ? s->length : (uint64_t)next;
      needed = has_wide_units(s, at, end);
      if (next < 0) break;
      at = end + from->length;
    }
    wide = needed;
  }
  String *result = il_new_string(call, length, wide);
  if (!result) return NATIVE_NEED;
  uint64_t at = 0, out = 0;
  for (;;) {
    int64_t next = index_of(s, from, at);
    uint64_t end = next < 0 ? s->length : (uint64_t)next;
    if (wide || !il_string_is_wide(s)) {
      copy_units(result, out, s, at, end - at);
    } else {
      for (uint64_t i = at; i < end; i++)
        result->bytes[out + i - at] = (uint8_t)il_string_unit(s, i);
    }
    out += end - at;
    if (next < 0) break;
    copy_units(result, out, to, 0, to->length);
    out += to->length;
    at = end + from->length;
  }
  RETURN_VALUE(il_value_of(result));
}

// --------------------------------------------------------------------- case

typedef utf8proc_int32_t CaseFn(utf8proc_int32_t);

static uint32_t code_at(const String *s, uint64_t i, uint32_t *units) {
  uint32_t c = il_string_unit(s, i);
  *units = 1;
  if ((c & 0xfc00) == 0xd800 && i + 1 < s->length) {
    uint32_t low = il_string_unit(s, i + 1);
    if ((low & 0xfc00) == 0xdc00) {
      *units = 2;
      return 0x10000 + ((c & 0x3ff) << 10) + (low & 0x3ff);
    }
  }
  return c;
}

// Single code points map to single ones, but for sharp s, whose upper case is
// two letters.
static NativeOutcome change_case(NativeCall *call, CaseFn *change,
                                 bool is_upper) {
  const String *s = ARG(String, 0);
  uint64_t length = 0;
  uint32_t units, all = 0;
  bool changes = false;
  for (uint64_t i = 0; i < s->length; i += units) {
    uint32_t c = code_at(s, i, &units);
    uint32_t d = is_upper && c == 0xdf ? 'S' : (uint32_t)change((int32_t)c);
    changes |= d != c;
    all |= d;
    length += is_upper && c == 0xdf ? 2 : d > 0xffff ? 2 : 1;
  }
  if (!changes) RETURN_VALUE(call->args[0]);
  bool wide = all > 0xff;
  String *result = il_new_string(call, length, wide);
  if (!result) return NATIVE_NEED;
  uint64_t out = 0;
  for (uint64_t i = 0; i < s->length; i += units) {
    uint32_t c = code_at(s, i, &units);
    bool sharp = is_upper && c == 0xdf;
    uint32_t d = sharp ? 'S' : (uint32_t)change((int32_t)c);
    for (int n = sharp ? 2 : 1; n > 0; n--) {
      if (!wide) {
        result->bytes[out++] = (uint8_t)d;
      } else if (d > 0xffff) {
        il_string_units(result)[out++] = (uint16_t)(0xd7c0 + (d >> 10));
        il_string_units(result)[out++] = (uint16_t)(0xdc00 + (d & 0x3ff));
      } else {
        il_string_units(result)[out++] = (uint16_t)d;
      }
    }
  }
  RETURN_VALUE(il_value_of(result));
}

NATIVE(core_String_toLowerCase) {
  return change_case(call, utf8proc_tolower, false);
}

NATIVE(core_String_toUpperCase) {
  return change_case(call, utf8proc_toupper, true);
}
