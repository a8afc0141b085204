// string.c: what the run time itself does with strings.

#include <string.h>

#include "object/object.h"

uint32_t il_string_hash(String *s) {
  uint32_t hash = (uint32_t)(s->header >> HEADER_HASH_SHIFT);
  if (hash) return hash;
  hash = 0x811c9dc5;
  for (uint64_t i = 0; i < s->length; i++)
    hash = (hash ^ il_string_unit(s, i)) * 0x01000193;
  hash = (hash ^ hash >> 15) & 0x3fffffff;
  if (hash == 0) hash = 1;
  s->header |= (Header)hash << HEADER_HASH_SHIFT;
  return hash;
}

// Equal strings have equal widths, since each has the narrowest.
bool il_string_equal(const String *a, const String *b) {
  bool wide = il_string_is_wide(a);
  return a->length == b->length && wide == il_string_is_wide(b) &&
         memcmp(a->bytes, b->bytes, a->length << wide) == 0;
}
