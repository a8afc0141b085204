// text.c: UTF-8 text and strings.

#include "natives/text.h"

#include "base/utf.h"

Value il_new_text(NativeCall *call, Text text) {
  uint64_t units = 0;
  bool wide = false;
  for (uint32_t i = 0; i < text.length; i++) {
    uint8_t c = (uint8_t)text.bytes[i];
    if ((c & 0xc0) != 0x80) units += c >= 0xf0 ? 2 : 1;
    wide |= c > 0xc3;
  }
  String *s = il_new_string(call, units, wide);
  if (!s) return 0;
  uint64_t at = 0;
  for (uint32_t i = 0; i < text.length;) {
    uint8_t c = (uint8_t)text.bytes[i];
    int more = c < 0x80 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
    uint32_t code = more == 0 ? c : c & (0x3fu >> more);
    for (int k = 1; k <= more; k++)
      code = code << 6 | ((uint8_t)text.bytes[i + (uint32_t)k] & 0x3f);
    i += 1 + (uint32_t)more;
    if (code > 0xffff) {
      il_string_units(s)[at++] = (uint16_t)(0xd7c0 + (code >> 10));
      il_string_units(s)[at++] = (uint16_t)(0xdc00 + (code & 0x3ff));
    } else if (wide) {
      il_string_units(s)[at++] = (uint16_t)code;
    } else {
      s->bytes[at++] = (uint8_t)code;
    }
  }
  return il_value_of(s);
}

void il_text_append_units(TextBuilder *out, const String *s) {
  for (uint64_t i = 0; i < s->length; i++) {
    uint32_t c = il_string_unit(s, i);
    if ((c & 0xfc00) == 0xd800 && i + 1 < s->length &&
        (il_string_unit(s, i + 1) & 0xfc00) == 0xdc00) {
      c = 0x10000 + ((c & 0x3ff) << 10) + (il_string_unit(s, ++i) & 0x3ffu);
    }
    char bytes[4];
    uint32_t n = il_utf_encode(c, bytes);
    il_text_append(out, (Text){bytes, n});
  }
}
