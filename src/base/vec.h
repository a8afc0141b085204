// vec.h: a typed growing array.
//
//   typedef IL_VEC(Token) TokenVec;
//   TokenVec tokens = {0};            // empty: no memory
//   il_vec_push(&tokens, token);
//   for (uint32_t i = 0; i < tokens.count; i++) use(tokens.items[i]);
//   il_vec_drop(&tokens);
//
// A vector is three fields that anyone may read. The macros evaluate their
// vector argument more than once and their item argument once.
//
// Owner:     the vector owns its items' memory; it lives in another struct.
// Threads:   one at a time.
// Allocates: from the system, through memory.h.
// Fails:     never: memory.h ends the process.
#ifndef IL_BASE_VEC_H
#define IL_BASE_VEC_H

#include "base/arena.h"
#include "base/common.h"
#include "base/memory.h"

#define IL_VEC(T)             \
  struct {                    \
    T *items;                 \
    uint32_t count, capacity; \
  }

// Grows items to hold at least wanted of them; the function behind the macros.
void *il_vec_grow(void *items, uint32_t *capacity, uint32_t wanted,
                  size_t item_bytes);

// Makes room for n items in all.
#define il_vec_reserve(v, n)                                              \
  do {                                                                    \
    if ((v)->capacity < (uint32_t)(n)) {                                  \
      (v)->items = il_vec_grow((v)->items, &(v)->capacity, (uint32_t)(n), \
                               sizeof(*(v)->items));                      \
    }                                                                     \
  } while (0)

// Appends one item.
#define il_vec_push(v, ...)                           \
  do {                                                \
    __typeof__(*(v)->items) il_item_ = (__VA_ARGS__); \
    il_vec_reserve(v, (v)->count + 1);                \
    (v)->items[(v)->count++] = il_item_;              \
  } while (0)

// Appends n items from an array.
#define il_vec_append(v, from, n)                      \
  do {                                                 \
    uint32_t il_n_ = (uint32_t)(n);                    \
    il_vec_reserve(v, (v)->count + il_n_);             \
    if (il_n_ > 0) {                                   \
      memcpy((v)->items + (v)->count, (from),          \
             (size_t)il_n_ * sizeof(*(v)->items));     \
    }                                                  \
    (v)->count += il_n_;                               \
  } while (0)

// Removes the last item and is its value, which need not be used.
#define il_vec_pop(v)                                                \
  __extension__({                                                    \
    IL_ASSERT((v)->count > 0);                                       \
    __typeof__(*(v)->items) il_popped_ = (v)->items[--(v)->count];   \
    il_popped_;                                                      \
  })

// The last item, as an lvalue.
#define il_vec_last(v) ((v)->items[(v)->count - 1])

// Forgets the items and keeps the memory.
#define il_vec_clear(v) ((void)((v)->count = 0))

// Frees the memory; the vector is empty again.
#define il_vec_drop(v)                                            \
  do {                                                            \
    il_memory_free((v)->items,                                    \
                   (size_t)(v)->capacity * sizeof(*(v)->items));  \
    (v)->items = NULL;                                            \
    (v)->count = (v)->capacity = 0;                               \
  } while (0)

// Copies the items into the arena and is the pointer to the first (untyped);
// NULL when there are none.
#define il_vec_to_arena(v, arena)                                       \
  ((v)->count == 0 ? NULL                                               \
                   : il_arena_copy((arena), (v)->items,                 \
                                   (size_t)(v)->count * sizeof(*(v)->items)))

#endif
