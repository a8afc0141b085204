// string.c: what the run time itself does with strings.

#include <string.h>

#include "object/object.h"

static uint32_t make_hash(const String *s) {
  uint32_t hash = 0x811c9dc5;
  for (uint64_t i = 0; i < s->length; i++)
    hash = (hash ^ il_string_unit(s, i)) * 0x01000193;
  hash = (hash ^ hash >> 15) & 0x3fffffff;
  return hash ? hash : 1;
}

// Many may read a payload at once, and its hash too: all write the same there.
static uint32_t counted_hash(String *s) {
  _Atomic(uint32_t) *kept = il_object_counted_hash((Object *)(void *)s);
  uint32_t hash = atomic_load_explicit(kept, memory_order_relaxed);
  if (hash) return hash;
  hash = make_hash(s);
  atomic_store_explicit(kept, hash, memory_order_relaxed);
  return hash;
}

uint32_t il_string_hash(String *s) {
  uint32_t hash = (uint32_t)(s->header >> HEADER_HASH_SHIFT);
  if (hash) return hash;
  if (s->header & HEADER_COUNTED) return counted_hash(s);
  hash = make_hash(s);
  s->header |= (Header)hash << HEADER_HASH_SHIFT;
  return hash;
}

// Equal strings have equal widths, since each has the narrowest.
bool il_string_equal(const String *a, const String *b) {
  bool wide = il_string_is_wide(a);
  return a->length == b->length && wide == il_string_is_wide(b) &&
         memcmp(a->bytes, b->bytes, a->length << wide) == 0;
}
