// utf.h: UTF-8 and UTF-16.
//
// Dart strings are sequences of UTF-16 code units and may hold lone surrogates;
// source text and messages are UTF-8. The decoder takes well-formed UTF-8 and,
// so that lone surrogates survive a round trip through a Text, their three-byte
// forms; everything else decodes to U+FFFD, one for each maximal bad prefix.
//
// Owner:     nothing to own.
// Threads:   any.
// Allocates: nothing.
// Fails:     never.
#ifndef IL_BASE_UTF_H
#define IL_BASE_UTF_H

#include "base/common.h"
#include "base/text.h"

#define UTF_REPLACEMENT 0xFFFDu
#define UTF_MAX_RUNE 0x10FFFFu

// Decodes the code point at *offset (below the length) and moves offset past
// it. is_bad, if given, is set to true (never to false) for malformed bytes.
uint32_t il_utf_decode(Text text, uint32_t *offset, bool *is_bad);

// Writes the UTF-8 form of a code point and returns its length, 1 to 4.
uint32_t il_utf_encode(uint32_t rune, char bytes[4]);

// Well-formed UTF-8 without surrogates?
bool il_utf_is_valid(Text text);

// All bytes below 0x80?
bool il_utf_is_ascii(Text text);

// How many UTF-16 code units the text has; all_latin1, if given, says whether
// each of them is below 256.
uint32_t il_utf_count_units(Text text, bool *all_latin1);

// Writes the code units; the array has room for il_utf_count_units of them.
void il_utf_to_units(Text text, uint16_t *units);
void il_utf_to_latin1(Text text, uint8_t *units);

// Appends UTF-16 (a surrogate pair is one rune) or Latin-1 as UTF-8. A lone
// surrogate becomes U+FFFD.
void il_utf_append_units(TextBuilder *builder, const uint16_t *units,
                         uint32_t count);
void il_utf_append_latin1(TextBuilder *builder, const uint8_t *units,
                          uint32_t count);

static inline bool il_utf_is_lead(uint32_t unit) {
  return (unit & 0xFFFFFC00u) == 0xD800u;
}

static inline bool il_utf_is_trail(uint32_t unit) {
  return (unit & 0xFFFFFC00u) == 0xDC00u;
}

static inline bool il_utf_is_surrogate(uint32_t rune) {
  return (rune & 0xFFFFF800u) == 0xD800u;
}

// The code point of a pair.
static inline uint32_t il_utf_join(uint32_t lead, uint32_t trail) {
  return 0x10000u + ((lead & 0x3FFu) << 10) + (trail & 0x3FFu);
}

// The two units of a code point of at least 0x10000.
static inline uint16_t il_utf_lead_of(uint32_t rune) {
  return (uint16_t)(0xD800u + ((rune - 0x10000u) >> 10));
}

static inline uint16_t il_utf_trail_of(uint32_t rune) {
  return (uint16_t)(0xDC00u + ((rune - 0x10000u) & 0x3FFu));
}

#endif
