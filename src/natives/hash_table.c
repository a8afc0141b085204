// hash_table.c: look-ups in the tables of dart:collection whose keys are
// integers and strings; see lib/collection/hash_table.dart for the table.
//
// Whatever needs a user's == or hashCode is left to Dart.

#include "natives/argument.h"

enum { NOT_THERE = -1, FOR_DART = -2, IS_NEW = -3 };

static bool is_string(ClassId c) {
  return c == CLASS_ONE_BYTE_STRING || c == CLASS_TWO_BYTE_STRING;
}

static int64_t int_of(Value v) {
  return il_value_is_small(v)
             ? il_value_small_get(v)
             : ((const Integer *)(const void *)il_value_object(v))->value;
}

static String *string_of(Value v) {
  return (String *)(void *)il_value_object(v);
}

// False when the key is neither.
static bool hash_plain(Value key, ClassId c, uint64_t *hash) {
  uint64_t h;
  if (c == CLASS_INT) h = (uint64_t)int_of(key);
  else if (is_string(c)) h = il_string_hash(string_of(key));
  else return false;
  uint64_t product = h * UINT64_C(0x9e3779b97f4a7c15);
  *hash = product ^ product >> 29;
  return true;
}

// 1: the same, 0: not, -1: Dart must say.
static int compare_plain(Value stored, Value key, ClassId key_class) {
  if (stored == key) return 1;
  ClassId c = il_value_class(stored);
  if (c == CLASS_INT)
    return key_class == CLASS_INT && int_of(stored) == int_of(key);
  if (!is_string(c)) return -1;
  return c == key_class && il_string_equal(string_of(stored), string_of(key));
}

// The place of the word of the key, or of the free word where it would be.
static int64_t find(const RawList *index, const List *entries, uint64_t stride,
                    Value key, ClassId key_class, uint64_t hash,
                    uint64_t *place) {
  uint64_t mask = index->length - 1, tag = hash >> 32;
  uint64_t at = hash & mask;
  for (;; at = (at + 1) & mask) {
    uint64_t word = index->words[at];
    *place = at;
    if (word == 0) return NOT_THERE;
    if (word >> 32 != tag) continue;
    uint64_t entry = (word & 0xffffffff) - 1;
    int same = compare_plain(entries->items[entry * stride], key, key_class);
    if (same > 0) return (int64_t)entry;
    if (same < 0) return FOR_DART;
  }
}

// (key, index, entries, stride)
NATIVE(collection__findPlain) {
  Value key = call->args[0];
  ClassId c = il_value_class(key);
  uint64_t hash, place;
  if (!hash_plain(key, c, &hash)) RETURN_VALUE(FOR_DART);
  RETURN_VALUE(find(ARG(RawList, 1), ARG(List, 2), call->args[3], key, c, hash,
                    &place));
}

// (key, index, entries, stride, used)
NATIVE(collection__addPlain) {
  Value key = call->args[0];
  RawList *index = ARG(RawList, 1);
  List *entries = ARG(List, 2);
  uint64_t stride = call->args[3], used = call->args[4], hash, place;
  ClassId c = il_value_class(key);
  if (!hash_plain(key, c, &hash)) RETURN_VALUE(FOR_DART);
  int64_t found = find(index, entries, stride, key, c, hash, &place);
  if (found != NOT_THERE) RETURN_VALUE(found);
  if (used * stride >= entries->length) RETURN_VALUE(NOT_THERE);
  index->words[place] = hash >> 32 << 32 | (used + 1);
  il_heap_store(call->heap, ARG(Object, 2), &entries->items[used * stride],
                key);
  RETURN_VALUE(IS_NEW);
}

// (from, to, index, stride, used): a removed entry has a key that is neither
// integer nor string; a table with such entries is moved by Dart.
NATIVE(collection__movePlain) {
  const List *from = ARG(List, 0);
  List *to = ARG(List, 1);
  RawList *index = ARG(RawList, 2);
  uint64_t stride = call->args[3], used = call->args[4];
  uint64_t mask = index->length - 1, count = 0, hash;
  for (uint64_t i = 0; i < used; i++) {
    ClassId c = il_value_class(from->items[i * stride]);
    if (c != CLASS_INT && !is_string(c)) RETURN_VALUE(FOR_DART);
  }
  for (uint64_t i = 0; i < used; i++) {
    Value key = from->items[i * stride];
    hash_plain(key, il_value_class(key), &hash);
    for (uint64_t k = 0; k < stride; k++) {
      il_heap_store(call->heap, ARG(Object, 1), &to->items[count * stride + k],
                    from->items[i * stride + k]);
    }
    uint64_t at = hash & mask;
    while (index->words[at] != 0) at = (at + 1) & mask;
    index->words[at] = hash >> 32 << 32 | ++count;
  }
  RETURN_VALUE(count);
}
