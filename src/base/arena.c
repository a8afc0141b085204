// arena.c: the slow path, marks and copies.
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/memory.h"

#define FIRST_BLOCK_BYTES ((size_t)4 << 10)
#define LAST_BLOCK_BYTES ((size_t)256 << 10)

struct ArenaBlock {
  ArenaBlock *next;
  size_t size_bytes;  // of the whole block
};

static char *block_start(ArenaBlock *block) { return (char *)(block + 1); }

static void free_block(Arena *arena, ArenaBlock *block) {
  arena->size_bytes -= block->size_bytes;
  IL_UNPOISON(block, block->size_bytes);
  il_memory_free(block, block->size_bytes);
}

static ArenaBlock *new_block(Arena *arena, size_t size_bytes) {
  ArenaBlock *block = il_memory_alloc(size_bytes);
  block->size_bytes = size_bytes;
  arena->size_bytes += size_bytes;
  IL_POISON(block_start(block), size_bytes - sizeof(ArenaBlock));
  return block;
}

// The size of the next block grows with the arena, by doubling.
static size_t next_block_bytes(const Arena *arena) {
  size_t size = il_common_round_up_power(arena->size_bytes + 1);
  if (size < FIRST_BLOCK_BYTES) return FIRST_BLOCK_BYTES;
  return size > LAST_BLOCK_BYTES ? LAST_BLOCK_BYTES : size;
}

void il_arena_init(Arena *arena) { memset(arena, 0, sizeof *arena); }

void il_arena_drop(Arena *arena) {
  ArenaBlock *block = arena->blocks;
  while (block) {
    ArenaBlock *next = block->next;
    free_block(arena, block);
    block = next;
  }
  IL_ASSERT(arena->size_bytes == 0);
  il_arena_init(arena);
}

void *il_arena_alloc_slow(Arena *arena, size_t size_bytes) {
  // Size zero still has an address of its own, so that NULL means absence.
  size_t size = size_bytes ? size_bytes : 8;
  if (size <= (size_t)(arena->limit - arena->at)) {
    return il_arena_alloc(arena, size);
  }
  size_t block_bytes = next_block_bytes(arena);
  if (size > block_bytes - sizeof(ArenaBlock)) {
    block_bytes = size + sizeof(ArenaBlock);
  }
  ArenaBlock *block = new_block(arena, block_bytes);
  block->next = arena->blocks;
  arena->blocks = block;
  char *start = block_start(block);
  char *limit = (char *)block + block_bytes;
  // A large block that leaves less room than the present one has is only
  // listed: bumping goes on in the present one.
  if ((size_t)(limit - start) - size >= (size_t)(arena->limit - arena->at)) {
    arena->at = start + size;
    arena->limit = limit;
  }
  IL_UNPOISON(start, size);
  return memset(start, 0, size);
}

void *il_arena_copy(Arena *arena, const void *bytes, size_t size_bytes) {
  void *copy = il_arena_alloc(arena, size_bytes);
  if (size_bytes > 0) memcpy(copy, bytes, size_bytes);
  return copy;
}

Text il_arena_copy_text(Arena *arena, Text text) {
  char *copy = il_arena_alloc(arena, (size_t)text.length + 1);
  if (text.length > 0) memcpy(copy, text.bytes, text.length);
  return (Text){copy, text.length};
}

Text il_arena_format(Arena *arena, const char *format, ...) {
  va_list list, again;
  va_start(list, format);
  va_copy(again, list);
  int length = vsnprintf(NULL, 0, format, list);
  va_end(list);
  IL_ASSERT(length >= 0);
  char *bytes = il_arena_alloc(arena, (size_t)length + 1);
  vsnprintf(bytes, (size_t)length + 1, format, again);
  va_end(again);
  return (Text){bytes, (uint32_t)length};
}

ArenaMark il_arena_mark(const Arena *arena) {
  return (ArenaMark){arena->blocks, arena->at, arena->limit};
}

void il_arena_rewind(Arena *arena, ArenaMark mark) {
  while (arena->blocks != mark.block) {
    IL_ASSERT(arena->blocks);
    ArenaBlock *next = arena->blocks->next;
    free_block(arena, arena->blocks);
    arena->blocks = next;
  }
  arena->at = mark.at;
  arena->limit = mark.limit;
  IL_POISON(mark.at, (size_t)(mark.limit - mark.at));
}
