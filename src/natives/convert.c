// convert.c: the inner loops of dart:convert's UTF-8.
//
// Ranges have been checked by the library.

#include "exec/access.h"
#include "natives/argument.h"

static uint32_t code_at(const String *s, uint64_t i, uint64_t end,
                        uint32_t *units) {
  uint32_t c = il_string_unit(s, i);
  *units = 1;
  if ((c & 0xf800) != 0xd800) return c;
  if ((c & 0xfc00) == 0xd800 && i + 1 < end) {
    uint32_t low = il_string_unit(s, i + 1);
    if ((low & 0xfc00) == 0xdc00) {
      *units = 2;
      return 0x10000 + ((c & 0x3ff) << 10) + (low & 0x3ff);
    }
  }
  return 0xfffd;  // an unpaired surrogate
}

static uint32_t bytes_of(uint32_t c) {
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

// (text, start, end)
NATIVE(convert__utf8Length) {
  const String *s = ARG(String, 0);
  uint64_t start = (uint64_t)ARG_INT(1), end = (uint64_t)ARG_INT(2);
  uint64_t length = 0;
  if (!il_string_is_wide(s)) {
    for (uint64_t i = start; i < end; i++) length += 1 + (s->bytes[i] >> 7);
    RETURN_VALUE(length);
  }
  uint32_t units;
  for (uint64_t i = start; i < end; i += units)
    length += bytes_of(code_at(s, i, end, &units));
  RETURN_VALUE(length);
}

// (text, bytes, start, end, at)
NATIVE(convert__utf8Write) {
  const String *s = ARG(String, 0);
  const uint8_t *first = il_typed_item(ARG(Object, 1), 0, 1);
  uint8_t *out = il_typed_item(ARG(Object, 1), (uint64_t)ARG_INT(4), 1);
  uint64_t start = (uint64_t)ARG_INT(2), end = (uint64_t)ARG_INT(3);
  uint32_t units;
  for (uint64_t i = start; i < end; i += units) {
    uint32_t c = code_at(s, i, end, &units);
    if (c < 0x80) {
      *out++ = (uint8_t)c;
    } else if (c < 0x800) {
      *out++ = (uint8_t)(0xc0 | c >> 6);
      *out++ = (uint8_t)(0x80 | (c & 63));
    } else if (c < 0x10000) {
      *out++ = (uint8_t)(0xe0 | c >> 12);
      *out++ = (uint8_t)(0x80 | (c >> 6 & 63));
      *out++ = (uint8_t)(0x80 | (c & 63));
    } else {
      *out++ = (uint8_t)(0xf0 | c >> 18);
      *out++ = (uint8_t)(0x80 | (c >> 12 & 63));
      *out++ = (uint8_t)(0x80 | (c >> 6 & 63));
      *out++ = (uint8_t)(0x80 | (c & 63));
    }
  }
  RETURN_VALUE(out - first);
}

// One character of well-formed UTF-8 at *at; false when it is none.
static bool read_code(const uint8_t **at, const uint8_t *end, uint32_t *code) {
  const uint8_t *p = *at;
  uint32_t c = *p++, low = 0x80, high = 0xbf;
  int more;
  if (c < 0x80) {
    more = 0;
  } else if (c >= 0xc2 && c <= 0xdf) {
    more = 1;
    c &= 0x1f;
  } else if (c >= 0xe0 && c <= 0xef) {
    more = 2;
    if (c == 0xe0) low = 0xa0;
    if (c == 0xed) high = 0x9f;
    c &= 0x0f;
  } else if (c >= 0xf0 && c <= 0xf4) {
    more = 3;
    if (c == 0xf0) low = 0x90;
    if (c == 0xf4) high = 0x8f;
    c &= 0x07;
  } else {
    return false;
  }
  for (; more > 0; more--) {
    if (p == end || *p < low || *p > high) return false;
    c = c << 6 | (*p++ & 63);
    low = 0x80;
    high = 0xbf;
  }
  *at = p;
  *code = c;
  return true;
}

// (bytes, start, end): null when it is malformed.
NATIVE(convert__utf8Read) {
  const uint8_t *first = il_typed_item(ARG(Object, 0), 0, 1);
  const uint8_t *start = first + ARG_INT(1), *end = first + ARG_INT(2);
  uint64_t units = 0;
  uint32_t code, all = 0;
  for (const uint8_t *p = start; p < end;) {
    if (*p < 0x80) {
      p++;
      units++;
      continue;
    }
    if (!read_code(&p, end, &code)) RETURN_VALUE(VALUE_NULL);
    all |= code;
    units += code > 0xffff ? 2 : 1;
  }
  bool wide = all > 0xff;
  String *s = il_new_string(call, units, wide);
  if (!s) return NATIVE_NEED;
  if (all == 0) {
    memcpy(s->bytes, start, units);
    RETURN_VALUE(il_value_of(s));
  }
  uint64_t at = 0;
  for (const uint8_t *p = start; p < end;) {
    read_code(&p, end, &code);
    if (!wide) {
      s->bytes[at++] = (uint8_t)code;
    } else if (code > 0xffff) {
      il_string_units(s)[at++] = (uint16_t)(0xd7c0 + (code >> 10));
      il_string_units(s)[at++] = (uint16_t)(0xdc00 + (code & 0x3ff));
    } else {
      il_string_units(s)[at++] = (uint16_t)code;
    }
  }
  RETURN_VALUE(il_value_of(s));
}
