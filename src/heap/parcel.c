#include "heap/parcel.h"

#include "heap/space.h"

void il_parcel_init(Parcel *parcel, Pool *pool) {
  *parcel = (Parcel){.pool = pool};
}

static void close_chunk(Parcel *p) {
  Chunk *c = p->chunks;
  if (c) c->used = (uint32_t)(p->top - c->data);
}

void *il_parcel_allocate(Parcel *p, size_t size_bytes) {
  p->used_bytes += size_bytes;
  if (size_bytes > HEAP_LARGE_BYTES) {
    Block *b = il_pool_take_large(p->pool, size_bytes, MEMORY_MAIL);
    if (!b) return NULL;
    b->next = p->large;
    p->large = b;
    p->borrowed_bytes += b->size_bytes;
    return (char *)b + BLOCK_HEAD_BYTES;
  }
  if ((size_t)(p->end - p->top) < size_bytes) {
    size_t want = p->borrowed_bytes < CHUNK_MEDIUM_BYTES     ? CHUNK_SMALL_BYTES
                  : p->borrowed_bytes < BLOCK_BYTES ? CHUNK_MEDIUM_BYTES
                                                    : BLOCK_BYTES / 2;
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
  for (Block *b = p->large, *next; b; b = next) {
    next = b->next;
    il_pool_give_block(p->pool, b, MEMORY_MAIL);
  }
  il_payload_drop(&p->payloads);
  il_parcel_init(p, p->pool);
}

static void adopt_large(HeapSpace *s, Block *b) {
  b->previous = NULL;
  b->next = s->large;
  if (b->next) b->next->previous = b;
  s->large = b;
  s->large_bytes += b->size_bytes;
  b->is_marked = s->is_marking;
  il_vec_push(&s->fresh_large,
              (Object *)(void *)((char *)b + BLOCK_HEAD_BYTES));
}

// All becomes young: the next collection copies or promotes what lives of it.
void il_heap_adopt(Heap *heap, Parcel *p) {
  HeapSpace *s = heap->space;
  close_chunk(p);
  il_pool_move_bytes(p->pool, p->borrowed_bytes, MEMORY_MAIL, MEMORY_HEAP);
  for (Chunk *c = p->chunks, *next; c; c = next) {
    next = c->next;
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
  for (Block *b = p->large, *next; b; b = next) {
    next = b->next;
    adopt_large(s, b);
  }
  il_payload_adopt(heap, &p->payloads);
  il_parcel_init(p, p->pool);
}

Status il_heap_hand_over(Heap *heap, Value *root, Parcel *p) {
  HeapSpace *s = heap->space;
  // An old space is handed over by copying what is sent.
  if (s->is_generational || s->old) return IL_INVALID;
  il_collect_root(heap, root);
  il_parcel_init(p, s->pool);
  if (s->young) s->young->used = (uint32_t)(heap->top - s->young->data);
  p->chunks = s->young;
  p->large = s->large;
  p->top = heap->top;
  p->end = heap->end;
  for (const Chunk *c = s->young; c; c = c->next) {
    p->borrowed_bytes += il_pool_chunk_bytes(c);
    p->used_bytes += c->used;
  }
  p->borrowed_bytes += s->large_bytes;
  p->used_bytes += s->large_bytes;
  il_pool_move_bytes(s->pool, p->borrowed_bytes, MEMORY_HEAP, MEMORY_MAIL);
  il_payload_join(&p->payloads, &s->payloads, 0);
  s->young = NULL;
  s->large = NULL;
  s->young_bytes = s->large_bytes = 0;
  heap->top = heap->end = NULL;
  return IL_OK;
}
