// map.h: a hash map from 64-bit numbers to 64-bit numbers.
//
// Pointers and small ids are cast to the key and the value. Entries are kept in
// the order of insertion and iteration follows it, so what the compiler makes
// does not depend on addresses.
//
//   index:   [ 3 | - | 1 | - | 2 | ... ]   entry number + 1, linear probing
//   entries: [ {key, value, hash}, ... ]   dense; a removed one is marked
//
// Owner:     the map lives inside another struct and owns its tables.
// Threads:   one writer, or any number of readers.
// Allocates: from the system, through memory.h; nothing while empty.
// Fails:     never: memory.h ends the process.
#ifndef IL_BASE_MAP_H
#define IL_BASE_MAP_H

#include "base/common.h"

typedef struct {
  uint64_t key;
  uint64_t value;
  uint32_t hash;
  bool is_live;
} MapEntry;

typedef struct {
  MapEntry *entries;
  uint32_t *index;
  uint32_t count;           // live entries
  uint32_t used;            // entries in order, removed ones too
  uint32_t capacity;        // of entries
  uint32_t index_capacity;  // a power of two, or 0
} Map;

// Makes an empty map. A zeroed Map is the same.
void il_map_init(Map *map);

// Frees the tables; the map is empty again.
void il_map_drop(Map *map);

// Forgets all entries and keeps the memory.
void il_map_clear(Map *map);

// Finds the value of a key; value may be NULL and is left alone if not found.
bool il_map_find(const Map *map, uint64_t key, uint64_t *value);

// The value of a key as a pointer, or NULL.
void *il_map_find_pointer(const Map *map, uint64_t key);

// Inserts or replaces.
void il_map_put(Map *map, uint64_t key, uint64_t value);

// The place of the value of a key, inserted with value 0 when it is new; valid
// until the next change of the map.
uint64_t *il_map_at(Map *map, uint64_t key, bool *is_new);

// Removes a key; says whether it was there.
bool il_map_remove(Map *map, uint64_t key);

static inline uint32_t il_map_count(const Map *map) { return map->count; }

// Iterates in order of insertion. Begin with cursor 0; false at the end. Keys
// may be removed during the iteration, not inserted.
bool il_map_next(const Map *map, uint32_t *cursor, uint64_t *key,
                 uint64_t *value);

// A pointer as a key or a value.
static inline uint64_t il_map_key(const void *p) {
  return (uint64_t)(uintptr_t)p;
}

#endif
