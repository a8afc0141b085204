// arena.h: memory that is freed all at once.
//
// Trees, types and tables of the compiler live in arenas: allocation bumps a
// pointer, nothing is freed alone, and il_arena_drop gives everything back.
// Blocks grow from 4 KiB to 256 KiB; a request larger than a block gets its own.
//
//   block ─ next → older block ─ next → ...
//   [ header | used ........ | at .. free .. limit ]
//
// Owner:     the arena lives inside another struct; its memory is the arena's.
// Threads:   one at a time.
// Allocates: from the system, through memory.h.
// Fails:     never returns NULL.
#ifndef IL_BASE_ARENA_H
#define IL_BASE_ARENA_H

#include "base/common.h"
#include "base/text.h"

typedef struct ArenaBlock ArenaBlock;

typedef struct {
  char *at;            // next free byte of the newest block
  char *limit;         // its end
  ArenaBlock *blocks;  // newest first
  size_t size_bytes;   // what all blocks take from the system
} Arena;

// A place to return to with il_arena_rewind.
typedef struct {
  ArenaBlock *block;
  char *at;
  char *limit;
} ArenaMark;

// Makes an empty arena; takes no memory yet. A zeroed Arena is the same.
void il_arena_init(Arena *arena);

// Frees everything; the arena is empty again.
void il_arena_drop(Arena *arena);

// The slow path of il_arena_alloc.
void *il_arena_alloc_slow(Arena *arena, size_t size_bytes);

// Zeroed bytes, 8-aligned; never NULL.
static inline void *il_arena_alloc(Arena *arena, size_t size_bytes) {
  size_t size = (size_bytes + 7) & ~(size_t)7;
  if (IL_LIKELY(size <= (size_t)(arena->limit - arena->at) && size > 0)) {
    void *p = arena->at;
    arena->at += size;
    IL_UNPOISON(p, size_bytes);
    return memset(p, 0, size_bytes);
  }
  return il_arena_alloc_slow(arena, size);
}

// A copy of the text in the arena, with a NUL after it.
Text il_arena_copy_text(Arena *arena, Text text);

// A copy of size bytes in the arena.
void *il_arena_copy(Arena *arena, const void *bytes, size_t size_bytes);

// Formats into the arena, as printf does, with a NUL after it.
Text il_arena_format(Arena *arena, const char *format, ...) IL_PRINTF(2, 3);

// Remembers the present end; il_arena_rewind frees what came after it.
ArenaMark il_arena_mark(const Arena *arena);
void il_arena_rewind(Arena *arena, ArenaMark mark);

#define IL_NEW(arena, T) ((T *)il_arena_alloc((arena), sizeof(T)))
#define IL_NEW_ARRAY(arena, T, n) \
  ((T *)il_arena_alloc((arena), sizeof(T) * (size_t)(n)))

#endif
