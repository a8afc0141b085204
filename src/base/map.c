// map.c: an index of entry numbers over a dense array of entries.
//
// Removal marks the entry and leaves its number in the index, so that probe
// sequences stay whole; the next growth of the entries drops the marked ones
// and makes the index anew.
#include "base/map.h"

#include "base/memory.h"

#define FIRST_CAPACITY 8u

static uint32_t hash_key(uint64_t key) { return (uint32_t)il_common_mix(key); }

static void index_entry(Map *map, uint32_t number) {
  uint32_t mask = map->index_capacity - 1;
  uint32_t slot = map->entries[number].hash & mask;
  while (map->index[slot] != 0) slot = (slot + 1) & mask;
  map->index[slot] = number + 1;
}

// Makes room for one more entry: drops removed ones, doubles if still full.
static void make_room(Map *map) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < map->used; i++) {
    if (map->entries[i].is_live) map->entries[kept++] = map->entries[i];
  }
  IL_ASSERT(kept == map->count);
  map->used = kept;
  uint32_t capacity = map->capacity ? map->capacity : FIRST_CAPACITY;
  if (map->count > capacity / 2 && map->capacity) capacity *= 2;
  if (capacity != map->capacity) {
    map->entries =
        il_memory_realloc(map->entries, map->capacity * sizeof(MapEntry),
                          capacity * sizeof(MapEntry));
    map->index = il_memory_realloc(map->index,
                                   map->index_capacity * sizeof(uint32_t),
                                   capacity * 2 * sizeof(uint32_t));
    map->capacity = capacity;
    map->index_capacity = capacity * 2;
  }
  memset(map->index, 0, map->index_capacity * sizeof(uint32_t));
  for (uint32_t i = 0; i < map->used; i++) index_entry(map, i);
}

static MapEntry *find_entry(const Map *map, uint64_t key) {
  if (map->count == 0) return NULL;
  uint32_t hash = hash_key(key), mask = map->index_capacity - 1;
  for (uint32_t slot = hash & mask; map->index[slot] != 0;
       slot = (slot + 1) & mask) {
    MapEntry *entry = &map->entries[map->index[slot] - 1];
    if (entry->key == key && entry->is_live) return entry;
  }
  return NULL;
}

void il_map_init(Map *map) { memset(map, 0, sizeof *map); }

void il_map_drop(Map *map) {
  il_memory_free(map->entries, map->capacity * sizeof(MapEntry));
  il_memory_free(map->index, map->index_capacity * sizeof(uint32_t));
  il_map_init(map);
}

void il_map_clear(Map *map) {
  map->count = map->used = 0;
  if (map->index) {
    memset(map->index, 0, map->index_capacity * sizeof(uint32_t));
  }
}

bool il_map_find(const Map *map, uint64_t key, uint64_t *value) {
  const MapEntry *entry = find_entry(map, key);
  if (!entry) return false;
  if (value) *value = entry->value;
  return true;
}

void *il_map_find_pointer(const Map *map, uint64_t key) {
  const MapEntry *entry = find_entry(map, key);
  return entry ? (void *)(uintptr_t)entry->value : NULL;
}

uint64_t *il_map_at(Map *map, uint64_t key, bool *is_new) {
  MapEntry *entry = find_entry(map, key);
  if (is_new) *is_new = entry == NULL;
  if (entry) return &entry->value;
  if (map->used == map->capacity) make_room(map);
  entry = &map->entries[map->used];
  *entry = (MapEntry){.key = key, .hash = hash_key(key), .is_live = true};
  index_entry(map, map->used);
  map->used++;
  map->count++;
  return &entry->value;
}

void il_map_put(Map *map, uint64_t key, uint64_t value) {
  *il_map_at(map, key, NULL) = value;
}

bool il_map_remove(Map *map, uint64_t key) {
  MapEntry *entry = find_entry(map, key);
  if (!entry) return false;
  entry->is_live = false;
  map->count--;
  return true;
}

bool il_map_next(const Map *map, uint32_t *cursor, uint64_t *key,
                 uint64_t *value) {
  while (*cursor < map->used) {
    const MapEntry *entry = &map->entries[(*cursor)++];
    if (!entry->is_live) continue;
    if (key) *key = entry->key;
    if (value) *value = entry->value;
    return true;
  }
  return false;
}
