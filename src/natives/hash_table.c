// hash_table.c: the tables of dart:collection; lib/collection/hash_table.dart
// says how they look. In order: layouts, hashes, the index, growing, then what
// maps, sets and iterators do.
//
// Keys that are integers or strings, and all keys of identity tables, are looked
// up here without a step of bytecode; what needs a user's == or hashCode, and
// what is rare, goes on in Dart by a tail call with the same arguments.

#include "exec/machine.h"
#include "natives/argument.h"

// ------------------------------------------------------------------- layouts

// dart:collection's _HashTable.
typedef struct {
  Header header;
  uint64_t vector;
  uint64_t stride, kind;
  Value index;    // RawList: two halves in each word
  Value entries;  // List
  uint64_t used, length, changes;
} HashTable;

typedef struct {
  Header header;
  uint64_t vector;
  Value table;
  uint64_t part, changes, entry;
  Value current;
} KeyIterator;

enum { KIND_PLAIN, KIND_IDENTITY };

enum { NOT_THERE = -1, FOR_DART = -2 };

enum {
  MOVE_SLICE = 4096,      // entries moved in one call
  SMALL_CAPACITY = 128,   // a table that grows to this grows at once
};

// The key of a removed entry.
#define GONE VALUE_SENTINEL

// -------------------------------------------------------------------- hashes

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

// Multiplies, so that keys that differ in few bits are far apart.
static uint64_t spread(uint64_t hash) {
  uint64_t product = hash * UINT64_C(0x9e3779b97f4a7c15);
  return product ^ product >> 29;
}

// False when Dart must say what the hash is.
static bool hash_key(Heap *heap, uint64_t kind, Value key, ClassId c,
                     uint64_t *hash) {
  if (IL_LIKELY(c == CLASS_INT)) {
    *hash = spread((uint64_t)int_of(key));
  } else if (is_string(c)) {
    *hash = spread(il_string_hash(string_of(key)));
  } else if (kind == KIND_IDENTITY && c != CLASS_DOUBLE &&
             c != CLASS_TYPE_VALUE && c != CLASS_SYMBOL_VALUE &&
             c != CLASS_SEND_PORT && c != CLASS_CAPABILITY) {
    *hash = spread(il_heap_hash(heap, il_value_object(key)) & 0x3fffffff);
  } else {
    return false;
  }
  return true;
}

// 1: the same, 0: not, -1: Dart must say.
static int compare_keys(uint64_t kind, Value stored, Value key, ClassId c) {
  if (stored == key) return 1;
  if (il_value_is_small(stored)) return 0;
  if (stored == GONE) return 0;
  ClassId other = il_value_class(stored);
  if (other == CLASS_INT) return c == CLASS_INT && int_of(stored) == int_of(key);
  if (kind == KIND_IDENTITY) return 0;
  if (!is_string(other)) return -1;
  return c == other && il_string_equal(string_of(stored), string_of(key));
}

// ----------------------------------------------------------------- the index

// Halves of words; as many as a power of two. Each that is not 0 has the number
// of an entry + 1 in the bits of the mask, and above them bits of the hash.
typedef struct {
  uint32_t *halves;
  uint64_t mask;
} Index;

static Index index_of(RawList *list) {
  return (Index){(uint32_t *)(void *)list->words, list->length * 2 - 1};
}

// The upper half of the hash, less the bits that the entry's number needs.
static uint32_t tag_of(Index index, uint64_t hash) {
  return (uint32_t)(hash >> 32) & ~(uint32_t)index.mask;
}

// The place of the next half from `at` on that may be the hash's, or of the
// free one that ends the search.
static uint64_t next_place(Index index, uint64_t hash, uint64_t at) {
  uint32_t tag = tag_of(index, hash), upper = ~(uint32_t)index.mask;
  for (;; at++) {
    uint32_t half = index.halves[at & index.mask];
    if (half == 0 || (half & upper) == tag) return at & index.mask;
  }
}

static void put_half(Index index, uint64_t place, uint64_t hash,
                     uint64_t entry) {
  index.halves[place] = tag_of(index, hash) | (uint32_t)(entry + 1);
}

static uint64_t entry_at(Index index, uint64_t place) {
  return (index.halves[place] & index.mask) - 1;
}

// For an entry that is not there.
static void add_half(Index index, uint64_t hash, uint64_t entry) {
  uint64_t at = hash;
  while (index.halves[at & index.mask] != 0) at++;
  put_half(index, at & index.mask, hash, entry);
}

static int64_t find(const HashTable *table, Value key, ClassId c,
                    uint64_t hash, uint64_t *place) {
  Index index = index_of((RawList *)(void *)il_value_object(table->index));
  const Value *items =
      ((const List *)(const void *)il_value_object(table->entries))->items;
  for (uint64_t at = hash;; at++) {
    *place = at = next_place(index, hash, at);
    if (index.halves[at] == 0) return NOT_THERE;
    uint64_t entry = entry_at(index, at);
    int same =
        compare_keys(table->kind, items[entry * table->stride], key, c);
    if (same > 0) return (int64_t)entry;
    if (same < 0) return FOR_DART;
  }
}

static List *entries_of(const HashTable *table) {
  return (List *)(void *)il_value_object(table->entries);
}

static bool is_full(const HashTable *table) {
  return table->used * table->stride >= entries_of(table)->length;
}

// Appends a key; the table is not full.
static uint64_t append_key(NativeCall *call, HashTable *table, Value key,
                           uint64_t hash, uint64_t place) {
  List *entries = entries_of(table);
  uint64_t entry = table->used;
  put_half(index_of((RawList *)(void *)il_value_object(table->index)), place,
           hash, entry);
  il_heap_store(call->heap, (Object *)(void *)entries,
                &entries->items[entry * table->stride], key);
  table->used = entry + 1;
  table->length++;
  table->changes++;
  return entry;
}

// ------------------------------------------------------------------- growing

typedef struct {
  const List *from;
  List *to;
  Index index;
  uint64_t stride, kind;
  uint64_t at, count;  // entries read, written
} Move;

// Moves live entries up to one whose hash Dart must say.
static void move_entries(NativeCall *call, Move *m, uint64_t end) {
  for (; m->at < end; m->at++) {
    const Value *entry = &m->from->items[m->at * m->stride];
    if (entry[0] == GONE) continue;
    uint64_t hash;
    if (!hash_key(call->heap, m->kind, entry[0], il_value_class(entry[0]),
                  &hash)) {
      return;
    }
    for (uint64_t k = 0; k < m->stride; k++) {
      il_heap_store(call->heap, (Object *)(void *)m->to,
                    &m->to->items[m->count * m->stride + k], entry[k]);
    }
    add_half(m->index, hash, m->count++);
  }
}

// The entries that a table shall have room for which has so many.
static uint64_t new_capacity(uint64_t length) {
  uint64_t capacity = 4;
  while (capacity * 3 < length * 4 + 4) capacity *= 2;
  return capacity;
}

// New storage of one more size for a small table: NATIVE_VALUE, NATIVE_NEED, or
// NATIVE_TAIL: the table is left to Dart. The lists' types are the old ones'.
static NativeOutcome grow_small(NativeCall *call, HashTable *table) {
  uint64_t capacity = new_capacity(table->length);
  if (capacity > SMALL_CAPACITY) return NATIVE_TAIL;
  size_t list_bytes = sizeof(List) + capacity * table->stride * 8;
  size_t index_bytes = sizeof(RawList) + capacity * 8;
  char *memory = il_heap_allocate(call->heap, list_bytes + index_bytes);
  if (!memory) return NEED(list_bytes + index_bytes);
  const List *from = entries_of(table);
  List *to = (List *)(void *)memory;
  RawList *index = (RawList *)(void *)(memory + list_bytes);
  to->header = il_header(CLASS_FIXED_LIST, 0);
  to->vector = from->vector;
  to->length = capacity * table->stride;
  for (uint64_t i = 0; i < to->length; i++) to->items[i] = VALUE_NULL;
  index->header = il_header(CLASS_FIXED_INT_LIST, 0);
  index->vector =
      ((const RawList *)(const void *)il_value_object(table->index))->vector;
  index->length = capacity;
  memset(index->words, 0, capacity * 8);
  Move move = {from, to, index_of(index), table->stride, table->kind, 0, 0};
  move_entries(call, &move, table->used);
  // What was allocated is garbage when Dart must go on.
  if (move.at < table->used) return NATIVE_TAIL;
  Object *object = (Object *)(void *)table;
  il_heap_store(call->heap, object, &table->index, il_value_of(index));
  il_heap_store(call->heap, object, &table->entries, il_value_of(to));
  if (move.count != table->used) table->changes++;
  table->used = move.count;
  return NATIVE_VALUE;
}

// ----------------------------------------------- what the tables' Dart code asks

// int _probe(_HashTable table, int hash, int at): the number of the next entry
// whose key may have the hash, and in the upper half its place in the index; -1
// when there is none. `at` is where to begin: -1, or the place found last.
NATIVE(collection__probe) {
  const HashTable *table = ARG(HashTable, 0);
  uint64_t hash = spread((uint64_t)ARG_INT(1));
  Index index = index_of((RawList *)(void *)il_value_object(table->index));
  uint64_t at = ARG_INT(2) < 0 ? hash : (uint64_t)ARG_INT(2) + 1;
  for (;; at++) {
    at = next_place(index, hash, at);
    if (index.halves[at] == 0) RETURN_VALUE(NOT_THERE);
    uint64_t entry = entry_at(index, at);
    if (entries_of(table)->items[entry * table->stride] == GONE) continue;
    RETURN_VALUE(at << 32 | entry);
  }
}

// int _link(_HashTable table, Object? key, int hash): appends a key that is not
// there; its entry, or -1: the table is full.
NATIVE(collection__link) {
  HashTable *table = ARG(HashTable, 0);
  uint64_t hash = spread((uint64_t)ARG_INT(2));
  if (is_full(table)) RETURN_VALUE(NOT_THERE);
  Index index = index_of((RawList *)(void *)il_value_object(table->index));
  uint64_t at = hash & index.mask;
  while (index.halves[at] != 0) at = (at + 1) & index.mask;
  RETURN_VALUE(append_key(call, table, call->args[1], hash, at));
}

// void _place(List<int> index, int hash, int entry)
NATIVE(collection__place) {
  add_half(index_of(ARG(RawList, 0)), spread((uint64_t)ARG_INT(1)),
           (uint64_t)ARG_INT(2));
  RETURN_VALUE(VALUE_NULL);
}

// int _move(List from, List to, List<int> index, int stride, int kind,
//           int used, int at, int count)
NATIVE(collection__move) {
  Move move = {ARG(List, 0), ARG(List, 1), index_of(ARG(RawList, 2)),
               call->args[3], call->args[4], call->args[6], call->args[7]};
  uint64_t end = call->args[5];
  if (end - move.at > MOVE_SLICE) end = move.at + MOVE_SLICE;
  move_entries(call, &move, end);
  RETURN_VALUE(move.at << 32 | move.count);
}

// int _findPlain(_HashTable table, Object? key)
NATIVE(collection__findPlain) {
  const HashTable *table = ARG(HashTable, 0);
  Value key = call->args[1];
  ClassId c = il_value_class(key);
  uint64_t hash, place;
  if (!hash_key(call->heap, table->kind, key, c, &hash)) {
    RETURN_VALUE(FOR_DART);
  }
  RETURN_VALUE(find(table, key, c, hash, &place));
}

// ------------------------------------------------------------ what both can do

static NativeOutcome go_on(NativeCall *call, CoreFunction f) {
  return il_native_tail(call, il_program_core_function(call->program, f));
}

// The entry of the key in args[1], or as above.
static int64_t find_argument(NativeCall *call, const HashTable *table) {
  Value key = call->args[1];
  ClassId c = il_value_class(key);
  uint64_t hash, place;
  if (!hash_key(call->heap, table->kind, key, c, &hash)) return FOR_DART;
  return find(table, key, c, hash, &place);
}

static NativeOutcome contains(NativeCall *call) {
  int64_t found = find_argument(call, ARG(HashTable, 0));
  if (found == FOR_DART) return go_on(call, CORE_TABLE_CONTAINS);
  RETURN_VALUE(found >= 0);
}

// The type argument that is the last but `back`.
static bool is_argument(NativeCall *call, const HashTable *table, uint32_t back,
                        Value v) {
  World *world = call->machine->world;
  const Type *vector = il_type_get(world->types->types, (TypeId)table->vector);
  return il_test_is(world, v, vector->items[vector->count - 1 - back]);
}

// Finds the key in args[1] or appends it: NATIVE_VALUE and the entry; else how
// the native must end, by a tail call that the caller makes.
static NativeOutcome find_or_append(NativeCall *call, uint64_t *entry) {
  HashTable *table = ARG(HashTable, 0);
  Value key = call->args[1];
  ClassId c = il_value_class(key);
  uint64_t hash, place;
  if (!hash_key(call->heap, table->kind, key, c, &hash)) return NATIVE_TAIL;
  int64_t found = find(table, key, c, hash, &place);
  if (found == FOR_DART) return NATIVE_TAIL;
  if (found == NOT_THERE && is_full(table)) {
    NativeOutcome outcome = grow_small(call, table);
    if (outcome != NATIVE_VALUE) return outcome;
    found = find(table, key, c, hash, &place);
  }
  *entry = found >= 0 ? (uint64_t)found
                      : append_key(call, table, key, hash, place);
  return NATIVE_VALUE;
}

// Removes an entry but the last, which Dart removes: then the table is empty.
static void remove_entry(NativeCall *call, HashTable *table, uint64_t entry) {
  List *entries = entries_of(table);
  Value *items = &entries->items[entry * table->stride];
  Object *into = (Object *)(void *)entries;
  il_heap_store(call->heap, into, &items[0], GONE);
  if (table->stride == 2) il_heap_store(call->heap, into, &items[1], VALUE_NULL);
  table->length--;
  table->changes++;
}

// ---------------------------------------------------------------------- maps

static NativeOutcome map_get(NativeCall *call) {
  const HashTable *table = ARG(HashTable, 0);
  int64_t found = find_argument(call, table);
  if (found >= 0) RETURN_VALUE(entries_of(table)->items[found * 2 + 1]);
  if (found == FOR_DART) return go_on(call, CORE_MAP_GET);
  RETURN_VALUE(VALUE_NULL);
}

// A value of a wrong type is Dart's to complain of.
static NativeOutcome map_put(NativeCall *call) {
  const HashTable *table = ARG(HashTable, 0);
  uint64_t entry;
  if (!is_argument(call, table, 1, call->args[1]) ||
      !is_argument(call, table, 0, call->args[2])) {
    return go_on(call, CORE_MAP_PUT);
  }
  NativeOutcome outcome = find_or_append(call, &entry);
  if (outcome == NATIVE_TAIL) return go_on(call, CORE_MAP_PUT);
  if (outcome != NATIVE_VALUE) return outcome;
  List *entries = entries_of(ARG(HashTable, 0));
  il_heap_store(call->heap, (Object *)(void *)entries,
                &entries->items[entry * 2 + 1], call->args[2]);
  RETURN_VALUE(VALUE_NULL);
}

static NativeOutcome map_remove(NativeCall *call) {
  HashTable *table = ARG(HashTable, 0);
  int64_t found = find_argument(call, table);
  if (found == NOT_THERE) RETURN_VALUE(VALUE_NULL);
  if (found == FOR_DART || table->length == 1) {
    return go_on(call, CORE_MAP_REMOVE);
  }
  call->result = entries_of(table)->items[found * 2 + 1];
  remove_entry(call, table, (uint64_t)found);
  return NATIVE_VALUE;
}

NATIVE(collection__LinkedHashMap_at) { return map_get(call); }
NATIVE(collection__LinkedHashMap_at_put) { return map_put(call); }
NATIVE(collection__LinkedHashMap_containsKey) { return contains(call); }
NATIVE(collection__LinkedHashMap_remove) { return map_remove(call); }
NATIVE(collection__IdentityHashMap_at) { return map_get(call); }
NATIVE(collection__IdentityHashMap_at_put) { return map_put(call); }
NATIVE(collection__IdentityHashMap_containsKey) { return contains(call); }
NATIVE(collection__IdentityHashMap_remove) { return map_remove(call); }

// ---------------------------------------------------------------------- sets

static NativeOutcome set_add(NativeCall *call) {
  const HashTable *table = ARG(HashTable, 0);
  uint64_t entry, before = table->length;
  if (!is_argument(call, table, 0, call->args[1])) {
    return go_on(call, CORE_SET_ADD);
  }
  NativeOutcome outcome = find_or_append(call, &entry);
  if (outcome == NATIVE_TAIL) return go_on(call, CORE_SET_ADD);
  if (outcome != NATIVE_VALUE) return outcome;
  RETURN_VALUE(table->length != before);
}

static NativeOutcome set_remove(NativeCall *call) {
  HashTable *table = ARG(HashTable, 0);
  int64_t found = find_argument(call, table);
  if (found == NOT_THERE) RETURN_VALUE(false);
  if (found == FOR_DART || table->length == 1) {
    return go_on(call, CORE_SET_REMOVE);
  }
  remove_entry(call, table, (uint64_t)found);
  RETURN_VALUE(true);
}

NATIVE(collection__LinkedHashSet_add) { return set_add(call); }
NATIVE(collection__LinkedHashSet_contains) { return contains(call); }
NATIVE(collection__LinkedHashSet_remove) { return set_remove(call); }
NATIVE(collection__IdentityHashSet_add) { return set_add(call); }
NATIVE(collection__IdentityHashSet_contains) { return contains(call); }
NATIVE(collection__IdentityHashSet_remove) { return set_remove(call); }

// ----------------------------------------------------------------- iterators

// bool _KeyIterator.moveNext()
NATIVE(collection__KeyIterator_moveNext) {
  KeyIterator *it = ARG(KeyIterator, 0);
  const HashTable *table =
      (const HashTable *)(const void *)il_value_object(it->table);
  if (table->changes != it->changes) {
    call->args[0] = it->table;
    return go_on(call, CORE_CONCURRENT_ERROR);
  }
  const Value *items = entries_of(table)->items;
  uint64_t entry = it->entry, stride = table->stride;
  while (entry < table->used && items[entry * stride] == GONE) entry++;
  bool is_there = entry < table->used;
  it->entry = is_there ? entry + 1 : entry;
  il_heap_store(call->heap, ARG(Object, 0), &it->current,
                is_there ? items[entry * stride + it->part] : VALUE_NULL);
  RETURN_VALUE(is_there);
}
