// vec.c: growth.
#include "base/vec.h"

void *il_vec_grow(void *items, uint32_t *capacity, uint32_t wanted,
                  size_t item_bytes) {
  uint32_t grown = *capacity < 8 ? 8 : *capacity + *capacity / 2;
  if (grown < wanted) grown = wanted;
  void *moved = il_memory_realloc(items, (size_t)*capacity * item_bytes,
                                  (size_t)grown * item_bytes);
  *capacity = grown;
  return moved;
}
