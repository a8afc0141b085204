#include "heap/parcel.h"

#include <string.h>

#include "heap/space.h"

void il_parcel_init(Parcel *parcel, Pool *pool) {
  *parcel = (Parcel){.pool = pool};
}

void il_parcel_init_large(Parcel *parcel, Pool *pool) {
  *parcel = (Parcel){.pool = pool, .has_whole_blocks = true};
}

bool il_parcel_has_outgrown(const Parcel *p) {
  return p->chunks && !p->has_whole_blocks &&
         p->borrowed_bytes > ADOPT_OLD_BYTES;
}

static void close_chunk(Parcel *p) {
  Chunk *c = p->chunks;
  if (c) c->used = (uint32_t)(p->top - c->data);
}

void *il_parcel_allocate(Parcel *p, size_t size_bytes) {
  if (size_bytes > HEAP_LARGE_BYTES) {
    Block *b = il_pool_take_large(p->pool, size_bytes, MEMORY_MAIL);
    if (!b) return NULL;
    b->next = p->blocks;
    p->blocks = b;
    p->borrowed_bytes += b->size_bytes;
    return (char *)b + BLOCK_HEAD_BYTES;
  }
  if ((size_t)(p->end - p->top) < size_bytes) {
    size_t want = p->has_whole_blocks || p->borrowed_bytes >= BLOCK_BYTES
                      ? BLOCK_BYTES / 2
                  : p->borrowed_bytes < CHUNK_MEDIUM_BYTES ? CHUNK_SMALL_BYTES
                                                           : CHUNK_MEDIUM_BYTES;
    if (want < size_bytes + sizeof(Chunk)) want = size_bytes + sizeof(Chunk);
    Chunk *c = il_pool_take_chunk(p->pool, want, MEMORY_MAIL);
    if (!c) return NULL;
    close_chunk(p);
    c->next = p->chunks;
    p->chunks = c;
    p->top = c->data;
    p->end = (char *)c + c->size;
    p->borrowed_bytes += il_pool_chunk_bytes(c);
  }
  void *result = p->top;
  p->top += size_bytes;
  return result;
}

void il_parcel_drop(Parcel *p) {
  for (Chunk *c = p->chunks, *next; c; c = next) {
    next = c->next;
    il_pool_give_chunk(p->pool, c, MEMORY_MAIL);
  }
  for (Block *b = p->blocks, *next; b; b = next) {
    next = b->next;
    il_pool_give_block(p->pool, b, MEMORY_MAIL);
  }
  il_payload_drop(&p->payloads);
  il_parcel_init(p, p->pool);
}

// ------------------------------------------------------------------ adopting

// What is adopted while marking counts as live, and so does all that it names.
static void adopt_block(HeapSpace *s, Block *b) {
  b->marks_cycle = 0;
  b->is_sparse = false;
  if (s->is_marking) {
    memset(b->marks, 0xff, sizeof b->marks);
    b->marks_cycle = s->cycle;
  }
  il_space_link(&s->old, b);
  s->old_bytes += BLOCK_BYTES;
}

// A block of a heap that has died: its lines say 0 or 1.
static void adopt_lines(HeapSpace *s, Block *b) {
  for (uint32_t i = 0; i < BLOCK_LINES; i++)
    b->lines[i] = (uint8_t)(b->lines[i] * s->cycle);
  adopt_block(s, b);
}

// A chunk that is a whole block becomes an old one.
static void adopt_chunk(HeapSpace *s, Chunk *c) {
  Block *b = il_block_of(c);
  size_t used = (size_t)(c->data - (char *)b) + c->used;
  uint32_t live = (uint32_t)((used + LINE_BYTES - 1) / LINE_BYTES);
  IL_ASSERT(b->kind == BLOCK_YOUNG);
  b->kind = BLOCK_OLD;
  b->is_old = true;
  memset(b->lines, s->cycle, live);
  memset(b->lines + live, 0, BLOCK_LINES - live);
  adopt_block(s, b);
}

// Objects of a small parcel may name young ones: those in its chunks.
static void adopt_large(HeapSpace *s, Block *b, bool names_young) {
  il_space_link(&s->large, b);
  s->large_bytes += b->size_bytes;
  b->marks_cycle = s->is_marking ? s->cycle : 0;
  if (names_young)
    il_vec_push(&s->fresh_large,
                (Object *)(void *)((char *)b + BLOCK_HEAD_BYTES));
}

static void adopt_young(Heap *heap, Chunk *c) {
  HeapSpace *s = heap->space;
  // Behind the chunk that is being filled.
  if (s->young) {
    c->next = s->young->next;
    s->young->next = c;
  } else {
    c->next = NULL;
    s->young = c;
    heap->top = heap->end = (char *)c + c->size;
  }
  s->young_bytes += c->size;
}

static void adopt_chunks(Heap *heap, Chunk *chunks, bool is_old) {
  for (Chunk *c = chunks, *next; c; c = next) {
    next = c->next;
    if (is_old) adopt_chunk(heap->space, c);
    else adopt_young(heap, c);
  }
}

// Without this a heap that lives by adopting alone would never collect.
static void press(HeapSpace *s, size_t old_bytes) {
  s->mark_debt_bytes += old_bytes;
  if (s->is_sweeping) il_sweep_some(s, (uint32_t)(2 * old_bytes / BLOCK_BYTES));
  il_space_expect_collection(s);
}

void il_heap_adopt(Heap *heap, Parcel *p) {
  HeapSpace *s = heap->space;
  bool is_old = p->borrowed_bytes > ADOPT_OLD_BYTES &&
                (!p->chunks || p->has_whole_blocks);
  close_chunk(p);
  il_pool_move_bytes(p->pool, p->borrowed_bytes, MEMORY_MAIL, MEMORY_HEAP);
  adopt_chunks(heap, p->chunks, is_old);
  for (Block *b = p->blocks, *next; b; b = next) {
    next = b->next;
    if (b->kind == BLOCK_LARGE) adopt_large(s, b, !is_old);
    else adopt_lines(s, b);
  }
  il_payload_adopt(heap, &p->payloads);
  if (is_old) s->is_generational = true;
  press(s, is_old ? p->borrowed_bytes : 0);
  il_parcel_init(p, p->pool);
}
