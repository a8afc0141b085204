// collect.c: copying what is young.
//
// One pass serves both modes: survivors go to fresh chunks (a small heap, all of
// which is traced) or to old blocks (a nursery, from roots and the remembered
// set). Work is a stack of copied objects; nothing recurses.

#include <string.h>

#include "base/memory.h"
#include "heap/space.h"

bool il_collect_add_chunk(Heap *heap, size_t size_bytes) {
  HeapSpace *s = heap->space;
  size_t want = s->young_bytes == 0                        ? CHUNK_SMALL_BYTES
                : s->young_bytes < 8 * CHUNK_MEDIUM_BYTES ? CHUNK_MEDIUM_BYTES
                                                          : BLOCK_BYTES / 2;
  if (want < size_bytes + sizeof(Chunk)) want = size_bytes + sizeof(Chunk);
  Chunk *c = il_pool_take_chunk(s->pool, want, MEMORY_HEAP);
  if (!c) return false;
  if (s->young) s->young->used = (uint32_t)(heap->top - s->young->data);
  c->next = s->young;
  s->young = c;
  s->young_bytes += c->size;
  heap->top = c->data;
  heap->end = (char *)c + c->size;
  return true;
}

static void *allocate_copy(Heap *heap, size_t size_bytes) {
  HeapSpace *s = heap->space;
  void *p;
  if (s->is_promoting) {
    s->promoted_bytes += size_bytes;
    p = il_old_allocate(s, size_bytes);
  } else {
    if ((size_t)(heap->end - heap->top) < size_bytes &&
        !il_collect_add_chunk(heap, size_bytes)) {
      il_memory_exhausted(size_bytes);
    }
    p = heap->top;
    heap->top += size_bytes;
  }
  if (!p) il_memory_exhausted(size_bytes);
  return p;
}

static void copy_edge(Value *slot, void *context) {
  Heap *heap = context;
  HeapSpace *s = heap->space;
  Value v = *slot;
  if (il_value_is_small(v)) return;
  Object *o = il_value_object(v);
  Header h = o->header;
  if (!(h & HEADER_IS_HEADER)) {
    *slot = h + 1;
    return;
  }
  if (h & HEADER_SHARED) {
    il_space_note_shared(s, o);
    return;
  }
  Block *b = il_block_of(o);
  if (b->is_old) {
    if (s->is_copying_all && !b->is_marked) {
      uint64_t count;
      b->is_marked = 1;
      if (il_object_items(s->program, o, &count))
        s->traced_bytes += b->size_bytes;
      il_vec_push(&s->gray, o);
    }
    return;
  }
  size_t size = il_object_size_bytes(s->program, o);
  Object *copy = allocate_copy(heap, size);
  memcpy(copy, o, size);
  o->header = (Header)(uintptr_t)copy;
  *slot = il_value_of(copy);
  il_vec_push(&s->gray, copy);
}

// A slot of the heap: while marking it may come to name what is to be moved.
static void copy_heap_edge(Value *slot, void *context) {
  copy_edge(slot, context);
  Heap *heap = context;
  if (IL_UNLIKELY(heap->space->is_evacuating) && il_space_is_local(*slot))
    il_evacuate_note(heap->space, slot);
}

static void scan(HeapSpace *s, Object *o) {
  il_object_each_edge(s->program, o,
                      s->is_evacuating ? copy_heap_edge : copy_edge, s->heap);
}

static void drain(HeapSpace *s) {
  while (s->gray.count > 0) {
    Object *o = s->gray.items[--s->gray.count];
    scan(s, o);
    if (!il_object_is_weak(s->program, o)) continue;
    il_vec_push(&s->weak, o);
    // It counts as live in this cycle, and its end may find otherwise of what
    // it names, or move that.
    if (s->is_marking) il_vec_push(&s->marked_weak, o);
  }
}

static void scan_range(HeapSpace *s, Value *slot, const Value *end) {
  for (; slot < end; slot++) {
    if (s->is_evacuating) copy_heap_edge(slot, s->heap);
    else copy_edge(slot, s->heap);
  }
}

// The parts of a huge list in which something young was stored.
static void scan_cards(HeapSpace *s, Block *b, Value *items, uint64_t count) {
  for (uint32_t w = 0; w < BLOCK_MARKS / 64; w++) {
    for (uint64_t bits = b->marks[w]; bits; bits &= bits - 1) {
      size_t card = w * 64 + (size_t)__builtin_ctzll(bits);
      Value *from = (Value *)(void *)((char *)b + (card << b->card_shift));
      Value *to = from + (((size_t)1 << b->card_shift) / sizeof(Value));
      if (from < items) from = items;
      scan_range(s, from, to < items + count ? to : items + count);
    }
    b->marks[w] = 0;
  }
}

static void scan_old(HeapSpace *s, Object *o) {
  Block *b = il_block_of(o);
  uint64_t count;
  Value *items =
      b->kind == BLOCK_LARGE ? il_object_items(s->program, o, &count) : NULL;
  if (items) scan_cards(s, b, items, count);
  else scan(s, o);
}

// An old object that was given references: its ephemeron's value is held.
static void scan_remembered(HeapSpace *s) {
  for (uint32_t i = 0; i < s->remembered.count; i++) {
    Object *o = s->remembered.items[i];
    o->header &= ~(Header)HEADER_REMEMBERED;
    scan_old(s, o);
    Layout layout = il_object_layout(s->program, o);
    if (layout == LAYOUT_EPHEMERON) {
      copy_heap_edge(&((Ephemeron *)(void *)o)->key, s->heap);
      copy_heap_edge(&((Ephemeron *)(void *)o)->value, s->heap);
    } else if (layout == LAYOUT_WEAK) {
      il_vec_push(&s->weak, o);
    }
  }
  s->remembered.count = 0;
  for (uint32_t i = 0; i < s->stored.count; i++)
    scan_range(s, s->stored.items[i], s->stored.items[i] + 1);
  s->stored.count = 0;
  for (uint32_t i = 0; i < s->fresh_large.count; i++)
    scan(s, s->fresh_large.items[i]);
}

// At the first promotion: until then large objects were traced, and those that
// name young ones need not be remembered.
static void scan_all_large(HeapSpace *s) {
  for (Block *b = s->large; b; b = b->next)
    scan(s, (Object *)(void *)((char *)b + BLOCK_HEAD_BYTES));
}

static void forget_remembered(HeapSpace *s) {
  for (uint32_t i = 0; i < s->remembered.count; i++) {
    Object *o = s->remembered.items[i];
    Block *b = il_block_of(o);
    o->header &= ~(Header)HEADER_REMEMBERED;
    if (b->kind == BLOCK_LARGE) memset(b->marks, 0, sizeof b->marks);
  }
  s->remembered.count = s->stored.count = 0;
}

static void copy_objects(Objects *objects, Heap *heap) {
  for (uint32_t i = 0; i < objects->count; i++) {
    Value v = il_value_of(objects->items[i]);
    copy_edge(&v, heap);
    objects->items[i] = il_value_object(v);
  }
}

static bool copy_survives(HeapSpace *s, Value *slot) {
  Value v = *slot;
  if (il_value_is_small(v)) return true;
  Object *o = il_value_object(v);
  if (!(o->header & HEADER_IS_HEADER)) {
    *slot = o->header + 1;
    return true;
  }
  if (o->header & HEADER_SHARED) return true;
  Block *b = il_block_of(o);
  return b->is_old && (!s->is_copying_all || b->is_marked);
}

static void copy_keep(HeapSpace *s, Value *slot) { copy_edge(slot, s->heap); }
static void copy_drain(HeapSpace *s) { drain(s); }

static const WeakPass copy_pass = {copy_survives, copy_keep, copy_drain};

// After tracing a small heap.
static void sweep_large(HeapSpace *s) {
  for (Block *b = s->large, *next; b; b = next) {
    next = b->next;
    if (b->is_marked) {
      b->is_marked = 0;
      continue;
    }
    il_space_unlink(&s->large, b);
    s->large_bytes -= b->size_bytes;
    il_pool_give_block(s->pool, b, MEMORY_HEAP);
  }
}

static void give_chunks(HeapSpace *s, Chunk *chunks) {
  for (Chunk *c = chunks, *next; c; c = next) {
    next = c->next;
    il_pool_give_chunk(s->pool, c, MEMORY_HEAP);
  }
}

void il_collect_young(Heap *heap) {
  HeapSpace *s = heap->space;
  Chunk *from = s->young;
  s->young = NULL;
  s->young_bytes = 0;
  heap->top = heap->end = NULL;
  s->is_promoting = s->is_generational;
  s->is_copying_all = !s->is_generational;
  if (s->is_copying_all) il_payload_begin_pass(s);
  s->promoted_bytes = s->traced_bytes = 0;
  s->roots(s->roots_context, copy_edge, heap);
  copy_objects(&s->finalizers, heap);
  copy_objects(&s->dead, heap);
  // A small heap's only old objects are large ones, found by tracing.
  if (s->is_copying_all) {
    forget_remembered(s);
  } else {
    scan_remembered(s);
    if (!s->has_promoted) scan_all_large(s);
    s->has_promoted = true;
  }
  drain(s);
  il_weak_settle(s, &s->weak, &copy_pass);
  if (s->is_copying_all) {
    sweep_large(s);
    il_payload_end_pass(s);
  }
  give_chunks(s, from);
  s->fresh_large.count = 0;
  s->collection_count++;
}
