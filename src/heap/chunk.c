#include "heap/chunk.h"

#include <string.h>

#include "base/memory.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) __asan_poison_memory_region(p, n)
#define UNPOISON(p, n) __asan_unpoison_memory_region(p, n)
#else
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define POISON(p, n) __asan_poison_memory_region(p, n)
#define UNPOISON(p, n) __asan_unpoison_memory_region(p, n)
#endif
#endif
#endif
#ifndef POISON
#define POISON(p, n) ((void)0)
#define UNPOISON(p, n) ((void)0)
#endif

// An area is 1 MiB of blocks; its record is kept apart.
typedef struct Area {
  struct Area *next;
  char *start;
  uint32_t free_count;   // blocks of it in the free list
} Area;

#define AREA_BLOCKS (AREA_BYTES / BLOCK_BYTES)
// Free blocks that are kept before areas go back to the system.
#define KEEP_BLOCKS (4 * AREA_BLOCKS)

_Static_assert(sizeof(Block) <= BLOCK_HEAD_BYTES, "head of a block");
_Static_assert(BLOCK_HEAD_BYTES % LINE_BYTES == 0, "head of a block");

static void count(Pool *pool, MemoryOwner owner, ptrdiff_t bytes) {
  atomic_fetch_add_explicit(&pool->bytes[owner], (size_t)bytes,
                            memory_order_relaxed);
}

Pool *il_pool_new(size_t limit_bytes) {
  Pool *pool = il_memory_try_alloc(sizeof *pool);
  if (!pool) return NULL;
  il_lock_init(&pool->lock, RANK_MEMORY);
  pool->limit_bytes = limit_bytes;
  return pool;
}

static void unmap_area(Pool *pool, Area *area) {
  il_budget_remove(pool->budget, AREA_BYTES);
  UNPOISON(area->start, AREA_BYTES);
  il_memory_unmap(area->start, AREA_BYTES);
  count(pool, MEMORY_FREE, -(ptrdiff_t)AREA_BYTES);
  atomic_fetch_sub_explicit(&pool->mapped_bytes, AREA_BYTES,
                            memory_order_relaxed);
  il_memory_free(area, sizeof *area);
}

void il_pool_free(Pool *pool) {
  if (!pool) return;
  IL_ASSERT(il_pool_held_bytes(pool) == 0);
  IL_ASSERT(il_pool_audit(pool));
  for (Area *a = pool->areas, *next; a; a = next) {
    next = a->next;
    unmap_area(pool, a);
  }
  il_lock_drop(&pool->lock);
  il_memory_free(pool, sizeof *pool);
}

static void unlink_free(Pool *pool, Block *b) {
  if (b->previous) b->previous->next = b->next;
  else pool->free_blocks = b->next;
  if (b->next) b->next->previous = b->previous;
  pool->free_block_count--;
}

// Gives areas that are wholly free back, when many blocks are free.
static void shrink(Pool *pool) {
  for (Area **link = &pool->areas; *link;) {
    Area *a = *link;
    if (a->free_count < AREA_BLOCKS ||
        pool->free_block_count < KEEP_BLOCKS / 2 + AREA_BLOCKS) {
      link = &a->next;
      continue;
    }
    for (uint32_t i = 0; i < AREA_BLOCKS; i++)
      unlink_free(pool, (Block *)(void *)(a->start + i * BLOCK_BYTES));
    *link = a->next;
    unmap_area(pool, a);
  }
}

static void put_free(Pool *pool, Block *b) {
  b->kind = BLOCK_FREE;
  b->is_old = 0;
  b->previous = NULL;
  b->next = pool->free_blocks;
  if (b->next) b->next->previous = b;
  pool->free_blocks = b;
  pool->free_block_count++;
  POISON((char *)b + BLOCK_HEAD_BYTES, BLOCK_BYTES - BLOCK_HEAD_BYTES);
}

bool il_pool_refuses(const Pool *pool, size_t held_bytes, size_t more_bytes) {
  size_t all = il_pool_held_bytes(pool) + more_bytes +
               atomic_load_explicit(&pool->payload_bytes, memory_order_relaxed);
  return (pool->limit_bytes && all > pool->limit_bytes) ||
         il_budget_refuses(
             pool->budget,
             atomic_load_explicit(&pool->bytes[MEMORY_FREE],
                                  memory_order_relaxed),
             held_bytes, more_bytes);
}

// A heap has asked before; a collection of it must get what it wants.
static bool is_over_limit(const Pool *pool, MemoryOwner owner, size_t bytes) {
  return owner == MEMORY_MAIL && il_pool_refuses(pool, 0, bytes);
}

static bool add_area(Pool *pool) {
  Area *area = il_memory_try_alloc(sizeof *area);
  if (!area) return false;
  area->start = il_memory_map(AREA_BYTES, AREA_BYTES);
  if (!area->start) {
    il_memory_free(area, sizeof *area);
    return false;
  }
  area->next = pool->areas;
  pool->areas = area;
  area->free_count = AREA_BLOCKS;
  for (uint32_t i = AREA_BLOCKS; i-- > 0;) {
    Block *b = (Block *)(void *)(area->start + i * BLOCK_BYTES);
    b->area = area;
    put_free(pool, b);
  }
  count(pool, MEMORY_FREE, AREA_BYTES);
  il_budget_add(pool->budget, AREA_BYTES);
  atomic_fetch_add_explicit(&pool->mapped_bytes, AREA_BYTES,
                            memory_order_relaxed);
  return true;
}

// Under the lock. The block counts as free until its owner counts it.
static Block *take_free(Pool *pool) {
  if (!pool->free_blocks && !add_area(pool)) return NULL;
  Block *b = pool->free_blocks;
  unlink_free(pool, b);
  b->area->free_count--;
  UNPOISON(b, BLOCK_BYTES);
  b->next = b->previous = NULL;
  b->size_bytes = BLOCK_BYTES;
  b->is_marked = b->marks_cycle = b->is_sparse = 0;
  return b;
}

static void give_free(Pool *pool, Block *b) {
  b->area->free_count++;
  put_free(pool, b);
  if (pool->free_block_count > KEEP_BLOCKS) shrink(pool);
}

static Chunk **list_of(Pool *pool, uint32_t size) {
  return size == CHUNK_MEDIUM_BYTES ? &pool->free_medium : &pool->free_small;
}

static void link_chunk(Pool *pool, Chunk *c) {
  Chunk **list = list_of(pool, c->size);
  c->next = *list;
  c->previous = NULL;
  if (c->next) c->next->previous = c;
  *list = c;
  POISON(c->data, c->size - sizeof *c);
}

static void unlink_chunk(Pool *pool, Chunk *c) {
  if (c->previous) c->previous->next = c->next;
  else *list_of(pool, c->size) = c->next;
  if (c->next) c->next->previous = c->previous;
}

// The size of the chunk at an offset in a cut block: of 1 KiB, or, when the
// block is medium, from 4 KiB on of 4 KiB.
static uint32_t cut_size(bool is_medium, uint32_t at) {
  return is_medium && at >= CHUNK_MEDIUM_BYTES ? CHUNK_MEDIUM_BYTES
                                               : CHUNK_SMALL_BYTES;
}

#define CUT_MEDIUM_CHUNKS (3 + (BLOCK_BYTES / CHUNK_MEDIUM_BYTES - 1))
#define CUT_SMALL_CHUNKS (BLOCK_BYTES / CHUNK_SMALL_BYTES - 1)

static bool cut_block(Pool *pool, bool is_medium) {
  Block *b = take_free(pool);
  if (!b) return false;
  b->kind = BLOCK_CUT;
  b->is_old = 0;
  b->is_medium = is_medium;
  b->free_chunks = is_medium ? CUT_MEDIUM_CHUNKS : CUT_SMALL_CHUNKS;
  for (uint32_t at = CHUNK_SMALL_BYTES; at < BLOCK_BYTES;
       at += cut_size(is_medium, at)) {
    Chunk *c = (Chunk *)(void *)((char *)b + at);
    c->size = cut_size(is_medium, at);
    link_chunk(pool, c);
  }
  return true;
}

// A cut block whose chunks are all free becomes a free block again.
static void mend_block(Pool *pool, Block *b) {
  bool is_medium = b->is_medium;
  for (uint32_t at = CHUNK_SMALL_BYTES; at < BLOCK_BYTES;
       at += cut_size(is_medium, at)) {
    unlink_chunk(pool, (Chunk *)(void *)((char *)b + at));
  }
  UNPOISON(b, BLOCK_BYTES);
  give_free(pool, b);
}

Chunk *il_pool_take_chunk(Pool *pool, size_t size_bytes, MemoryOwner owner) {
  Chunk *c = NULL;
  size_t total = size_bytes <= CHUNK_SMALL_BYTES    ? CHUNK_SMALL_BYTES
                 : size_bytes <= CHUNK_MEDIUM_BYTES ? CHUNK_MEDIUM_BYTES
                                                    : BLOCK_BYTES;
  IL_ASSERT(size_bytes <= BLOCK_BYTES - BLOCK_HEAD_BYTES);
  il_lock_take(&pool->lock);
  if (is_over_limit(pool, owner, total)) {
    c = NULL;
  } else if (total == BLOCK_BYTES) {
    Block *b = take_free(pool);
    if (b) {
      b->kind = BLOCK_YOUNG;
      b->is_old = 0;
      c = (Chunk *)(void *)((char *)b + BLOCK_HEAD_BYTES);
      c->size = BLOCK_BYTES - BLOCK_HEAD_BYTES;
    }
  } else {
    bool medium = total == CHUNK_MEDIUM_BYTES;
    Chunk **list = medium ? &pool->free_medium : &pool->free_small;
    if (*list || cut_block(pool, medium)) {
      c = *list;
      unlink_chunk(pool, c);
      il_block_of(c)->free_chunks--;
      UNPOISON(c, c->size);
    }
  }
  if (c) {
    c->next = NULL;
    c->used = 0;
    count(pool, owner, (ptrdiff_t)total);
    count(pool, MEMORY_FREE, -(ptrdiff_t)total);
  }
  il_lock_release(&pool->lock);
  return c;
}

size_t il_pool_chunk_bytes(const Chunk *c) {
  return c->size == BLOCK_BYTES - BLOCK_HEAD_BYTES ? BLOCK_BYTES : c->size;
}

void il_pool_give_chunk(Pool *pool, Chunk *chunk, MemoryOwner owner) {
  size_t total = il_pool_chunk_bytes(chunk);
  il_lock_take(&pool->lock);
  count(pool, owner, -(ptrdiff_t)total);
  count(pool, MEMORY_FREE, (ptrdiff_t)total);
  Block *b = il_block_of(chunk);
  if (total == BLOCK_BYTES) {
    give_free(pool, b);
  } else {
    link_chunk(pool, chunk);
    b->free_chunks++;
    if (b->free_chunks == (b->is_medium ? CUT_MEDIUM_CHUNKS : CUT_SMALL_CHUNKS))
      mend_block(pool, b);
  }
  il_lock_release(&pool->lock);
}

Block *il_pool_take_block(Pool *pool, MemoryOwner owner) {
  il_lock_take(&pool->lock);
  Block *b = is_over_limit(pool, owner, BLOCK_BYTES) ? NULL : take_free(pool);
  if (b) {
    b->kind = BLOCK_OLD;
    b->is_old = 1;
    memset(b->lines, 0, sizeof b->lines);
    count(pool, owner, BLOCK_BYTES);
    count(pool, MEMORY_FREE, -(ptrdiff_t)BLOCK_BYTES);
  }
  il_lock_release(&pool->lock);
  return b;
}

Block *il_pool_take_large(Pool *pool, size_t object_bytes, MemoryOwner owner) {
  size_t size = (object_bytes + BLOCK_HEAD_BYTES + 4095) & ~(size_t)4095;
  if (is_over_limit(pool, owner, size)) return NULL;
  Block *b = il_memory_map(size, BLOCK_BYTES);
  if (!b) return NULL;
  b->kind = BLOCK_LARGE;
  b->is_old = 1;
  b->size_bytes = size;
  b->card_shift = 9;
  while (size >> b->card_shift >= BLOCK_MARKS) b->card_shift++;
  count(pool, owner, (ptrdiff_t)size);
  il_budget_add(pool->budget, size);
  atomic_fetch_add_explicit(&pool->mapped_bytes, size, memory_order_relaxed);
  return b;
}

void il_pool_give_block(Pool *pool, Block *block, MemoryOwner owner) {
  size_t size = block->size_bytes;
  if (block->kind == BLOCK_LARGE) {
    il_memory_unmap(block, size);
    il_budget_remove(pool->budget, size);
    count(pool, owner, -(ptrdiff_t)size);
    atomic_fetch_sub_explicit(&pool->mapped_bytes, size, memory_order_relaxed);
    return;
  }
  il_lock_take(&pool->lock);
  count(pool, owner, -(ptrdiff_t)BLOCK_BYTES);
  count(pool, MEMORY_FREE, BLOCK_BYTES);
  give_free(pool, block);
  il_lock_release(&pool->lock);
}

void il_pool_move_bytes(Pool *pool, size_t bytes, MemoryOwner from,
                        MemoryOwner to) {
  count(pool, from, -(ptrdiff_t)bytes);
  count(pool, to, (ptrdiff_t)bytes);
}

size_t il_pool_held_bytes(const Pool *pool) {
  size_t sum = 0;
  for (uint32_t i = 0; i < MEMORY_FREE; i++)
    sum += atomic_load_explicit(&pool->bytes[i], memory_order_relaxed);
  return sum;
}

// What a walk over all blocks finds.
typedef struct {
  size_t held_bytes, free_bytes;
  uint32_t free_blocks;
  bool is_sound;
} Survey;

// A cut block's first chunk is its head, which nobody holds: it stays free.
static void survey_block(const Block *b, Survey *survey) {
  size_t free_bytes = 0;
  if (b->kind == BLOCK_FREE) {
    free_bytes = BLOCK_BYTES;
    survey->free_blocks++;
  } else if (b->kind == BLOCK_CUT) {
    uint32_t total = b->is_medium ? CUT_MEDIUM_CHUNKS : CUT_SMALL_CHUNKS;
    survey->is_sound &= b->free_chunks < total;
    free_bytes = CHUNK_SMALL_BYTES;
  } else {
    survey->is_sound &= b->kind == BLOCK_YOUNG || b->kind == BLOCK_OLD;
  }
  survey->free_bytes += free_bytes;
  survey->held_bytes += BLOCK_BYTES - free_bytes;
}

static void survey_chunks(const Chunk *list, Survey *survey) {
  for (const Chunk *c = list; c; c = c->next) {
    survey->is_sound &= il_block_of(c)->kind == BLOCK_CUT;
    survey->free_bytes += c->size;
    survey->held_bytes -= c->size;
  }
}

// Under the lock.
static Survey survey_pool(const Pool *pool) {
  Survey survey = {.is_sound = true};
  for (const Area *a = pool->areas; a; a = a->next) {
    uint32_t before = survey.free_blocks;
    for (uint32_t i = 0; i < AREA_BLOCKS; i++)
      survey_block((Block *)(void *)(a->start + i * BLOCK_BYTES), &survey);
    survey.is_sound &= survey.free_blocks - before == a->free_count;
  }
  survey_chunks(pool->free_small, &survey);
  survey_chunks(pool->free_medium, &survey);
  survey.is_sound &= survey.free_blocks == pool->free_block_count;
  return survey;
}

bool il_pool_audit_blocks(Pool *pool) {
  il_lock_take(&pool->lock);
  Survey survey = survey_pool(pool);
  bool ok = survey.is_sound &&
            survey.free_bytes == atomic_load_explicit(&pool->bytes[MEMORY_FREE],
                                                      memory_order_relaxed);
  il_lock_release(&pool->lock);
  return ok;
}

bool il_pool_audit(Pool *pool) {
  if (!il_pool_audit_blocks(pool)) return false;
  il_lock_take(&pool->lock);
  Survey survey = survey_pool(pool);
  size_t mapped =
      atomic_load_explicit(&pool->mapped_bytes, memory_order_relaxed);
  // What is mapped and in no area are runs of large objects.
  size_t runs = mapped - survey.held_bytes - survey.free_bytes;
  bool ok = il_pool_held_bytes(pool) == survey.held_bytes + runs;
  il_lock_release(&pool->lock);
  return ok;
}
