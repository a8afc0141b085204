// utf.c: decoding by the table of well-formed byte sequences of the Unicode
// Standard (3.9, D92), with lone surrogates let through when asked.
#include "base/utf.h"

static uint32_t decode_at(Text text, uint32_t *offset, bool *is_bad) {
  const unsigned char *s = (const unsigned char *)text.bytes;
  uint32_t i = *offset;
  uint32_t lead = s[i++];
  if (lead < 0x80) {
    *offset = i;
    return lead;
  }
  uint32_t more, rune;
  // The range of the second byte excludes overlong forms and runes too large.
  uint32_t low = 0x80, high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    more = 1, rune = lead & 0x1F;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    more = 2, rune = lead & 0x0F;
    if (lead == 0xE0) low = 0xA0;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    more = 3, rune = lead & 0x07;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    *offset = i;
    if (is_bad) *is_bad = true;
    return UTF_REPLACEMENT;
  }
  while (more > 0 && i < text.length && s[i] >= low && s[i] <= high) {
    rune = (rune << 6) | (s[i++] & 0x3Fu);
    low = 0x80, high = 0xBF;
    more--;
  }
  *offset = i;
  if (more == 0) return rune;
  if (is_bad) *is_bad = true;
  return UTF_REPLACEMENT;
}

uint32_t il_utf_decode(Text text, uint32_t *offset, bool *is_bad) {
  IL_ASSERT(*offset < text.length);
  return decode_at(text, offset, is_bad);
}

uint32_t il_utf_encode(uint32_t rune, char bytes[4]) {
  if (rune < 0x80) {
    bytes[0] = (char)rune;
    return 1;
  }
  if (rune < 0x800) {
    bytes[0] = (char)(0xC0 | (rune >> 6));
    bytes[1] = (char)(0x80 | (rune & 0x3F));
    return 2;
  }
  if (rune > UTF_MAX_RUNE) rune = UTF_REPLACEMENT;
  if (rune < 0x10000) {
    bytes[0] = (char)(0xE0 | (rune >> 12));
    bytes[1] = (char)(0x80 | ((rune >> 6) & 0x3F));
    bytes[2] = (char)(0x80 | (rune & 0x3F));
    return 3;
  }
  bytes[0] = (char)(0xF0 | (rune >> 18));
  bytes[1] = (char)(0x80 | ((rune >> 12) & 0x3F));
  bytes[2] = (char)(0x80 | ((rune >> 6) & 0x3F));
  bytes[3] = (char)(0x80 | (rune & 0x3F));
  return 4;
}

bool il_utf_is_valid(Text text) {
  bool is_bad = false;
  for (uint32_t i = 0; i < text.length;) {
    uint32_t rune = decode_at(text, &i, &is_bad);
    if (is_bad || il_utf_is_surrogate(rune)) return false;
  }
  return true;
}

bool il_utf_is_ascii(Text text) {
  unsigned char all = 0;
  for (uint32_t i = 0; i < text.length; i++) all |= (unsigned char)text.bytes[i];
  return all < 0x80;
}

uint32_t il_utf_count_units(Text text, bool *all_latin1) {
  uint32_t count = 0, all = 0;
  for (uint32_t i = 0; i < text.length;) {
    uint32_t rune = decode_at(text, &i, NULL);
    count += rune >= 0x10000 ? 2 : 1;
    all |= rune;
  }
  if (all_latin1) *all_latin1 = all < 0x100;
  return count;
}

void il_utf_to_units(Text text, uint16_t *units) {
  for (uint32_t i = 0; i < text.length;) {
    uint32_t rune = decode_at(text, &i, NULL);
    if (rune >= 0x10000) {
      *units++ = il_utf_lead_of(rune);
      *units++ = il_utf_trail_of(rune);
    } else {
      *units++ = (uint16_t)rune;
    }
  }
}

void il_utf_to_latin1(Text text, uint8_t *units) {
  for (uint32_t i = 0; i < text.length;) {
    uint32_t rune = decode_at(text, &i, NULL);
    IL_ASSERT(rune < 0x100);
    *units++ = (uint8_t)rune;
  }
}

void il_utf_append_units(TextBuilder *builder, const uint16_t *units,
                         uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    uint32_t rune = units[i];
    if (il_utf_is_lead(rune) && i + 1 < count &&
        il_utf_is_trail(units[i + 1])) {
      rune = il_utf_join(rune, units[++i]);
    } else if (il_utf_is_surrogate(rune)) {
      rune = UTF_REPLACEMENT;
    }
    il_text_append_rune(builder, rune);
  }
}

void il_utf_append_latin1(TextBuilder *builder, const uint8_t *units,
                          uint32_t count) {
  for (uint32_t i = 0; i < count; i++) il_text_append_rune(builder, units[i]);
}
