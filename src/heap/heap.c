// heap.c: the policy: when to borrow, when to collect, when to mark.

#include "heap/heap.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "heap/space.h"

#define SWEEP_BLOCKS 256     // swept after a collection
#define SWEEP_STEP_BLOCKS 64 // swept at a safepoint
#define MARK_STEP_BYTES (64u << 10)

void il_heap_init(Heap *heap, Pool *pool, const Program *program,
                  const Flags *flags, RootsFn *roots, void *roots_context) {
  HeapSpace *s = il_memory_zalloc(sizeof *s);
  s->heap = heap;
  s->pool = pool;
  s->budget = pool->budget;
  s->program = program;
  s->flags = flags;
  s->roots = roots;
  s->roots_context = roots_context;
  s->young_limit = YOUNG_MIN_BYTES;
  s->old_limit = OLD_MIN_BYTES;
  s->cycle = 1;
  s->hash_state = (uint64_t)(uintptr_t)s * UINT64_C(0x9e3779b97f4a7c15) | 1;
  if (flags->seed) s->hash_state = (uint64_t)flags->seed * 2 + 1;
  heap->top = heap->end = NULL;
  heap->space = s;
}

void il_heap_drop(Heap *heap) {
  HeapSpace *s = heap->space;
  if (!s) return;
  for (Chunk *c = s->young, *next; c; c = next) {
    next = c->next;
    il_pool_give_chunk(s->pool, c, MEMORY_HEAP);
  }
  Block *lists[] = {s->old, s->large};
  for (uint32_t i = 0; i < 2; i++) {
    for (Block *b = lists[i], *next; b; b = next) {
      next = b->next;
      il_pool_give_block(s->pool, b, MEMORY_HEAP);
    }
  }
  il_payload_drop_all(s);
  il_vec_drop(&s->gray);
  il_vec_drop(&s->marks);
  il_vec_drop(&s->remembered);
  il_vec_drop(&s->fresh_large);
  il_vec_drop(&s->weak);
  il_vec_drop(&s->sparse);
  il_vec_drop(&s->slots);
  il_vec_drop(&s->stored);
  il_vec_drop(&s->marked_weak);
  il_vec_drop(&s->finalizers);
  il_vec_drop(&s->dead);
  il_memory_free(s, sizeof *s);
  heap->space = NULL;
  heap->top = heap->end = NULL;
}

// ---------------------------------------------------------------- allocation

static void *allocate_large(HeapSpace *s, size_t size_bytes) {
  Block *b = il_pool_take_large(s->pool, size_bytes, MEMORY_HEAP);
  if (!b) return NULL;
  il_space_link(&s->large, b);
  s->large_bytes += b->size_bytes;
  b->marks_cycle = s->is_marking ? s->cycle : 0;
  Object *o = (Object *)(void *)((char *)b + BLOCK_HEAD_BYTES);
  // Its maker fills it without a barrier: the next collection looks at it.
  il_vec_push(&s->fresh_large, o);
  return o;
}

// Scans that much; what was owed is less by it.
static bool pay_marking(HeapSpace *s, size_t size_bytes) {
  s->mark_debt_bytes -=
      s->mark_debt_bytes < size_bytes ? s->mark_debt_bytes : size_bytes;
  return il_old_mark_some(s, size_bytes);
}

// A slice, at safepoints and for each chunk that is filled.
static bool mark_slice(HeapSpace *s) {
  size_t bytes = s->mark_debt_bytes == 0              ? MARK_STEP_BYTES / 4
                 : s->mark_debt_bytes < MARK_DEBT_MAX ? MARK_STEP_BYTES
                                                      : 4 * MARK_STEP_BYTES;
  return pay_marking(s, bytes);
}

// The mutator pays for what it is about to fill.
static bool add_chunk(Heap *heap, size_t size_bytes) {
  HeapSpace *s = heap->space;
  if (s->is_marking && s->mark_debt_bytes) mark_slice(s);
  return il_collect_add_chunk(heap, size_bytes);
}

void *il_heap_allocate_slow(Heap *heap, size_t size_bytes) {
  HeapSpace *s = heap->space;
  if (size_bytes > HEAP_LARGE_BYTES) {
    if (s->granted_large < size_bytes) return NULL;
    s->granted_large -= size_bytes;
    return allocate_large(s, size_bytes);
  }
  if (s->flags->gc_stress) return NULL;
  if (s->young_bytes >= s->young_limit || s->limit_bytes ||
      il_space_is_heavy(s)) {
    return NULL;
  }
  if (!add_chunk(heap, size_bytes)) return NULL;
  void *p = heap->top;
  heap->top += size_bytes;
  return p;
}

static size_t young_used(const Heap *heap) {
  const HeapSpace *s = heap->space;
  size_t rest = (size_t)(heap->end - heap->top);
  return s->young_bytes - rest;
}

// After a copying of all: what lives decides how much may be allocated.
static void choose_young_limit(Heap *heap) {
  HeapSpace *s = heap->space;
  if (s->is_generational) {
    s->young_limit = NURSERY_BYTES;
    return;
  }
  // Large lists count, for they are traced each time.
  s->young_live_bytes = young_used(heap);
  size_t live = s->young_live_bytes + s->traced_bytes;
  s->young_limit = live * 2 > YOUNG_MIN_BYTES ? live * 2 : YOUNG_MIN_BYTES;
  if (live > SMALL_LIVE_BYTES) {
    // The next collection promotes; until then a nursery's worth.
    s->is_generational = true;
    s->young_limit = s->young_bytes + NURSERY_BYTES;
    s->old_limit = OLD_MIN_BYTES;
  }
}

// Marking is to end before what is promoted meanwhile is as much again: what is
// promoted makes a debt, which slices pay at safepoints (il_heap_step) and for
// each chunk. Here is paid what they did not get round to.
static void advance_cycle(HeapSpace *s) {
  if (!s->is_generational || s->young) return;
  if (s->is_sweeping && !il_sweep_some(s, SWEEP_BLOCKS)) return;
  if (!s->is_marking) {
    if (il_space_old_bytes(s) < s->old_limit) return;
    il_old_start_marking(s);
    s->mark_debt_bytes = 0;
  }
  s->mark_debt_bytes += 3 * s->promoted_bytes + NURSERY_BYTES / 4;
  size_t due = NURSERY_BYTES / 4;
  if (s->mark_debt_bytes > MARK_DEBT_MAX) due *= 2;
  if (s->mark_debt_bytes > 4 * MARK_DEBT_MAX)
    due = s->mark_debt_bytes - 4 * MARK_DEBT_MAX;
  if (s->flags->gc_stress) due = s->mark_debt_bytes;
  if (pay_marking(s, due)) il_old_finish_marking(s);
}

// One line on stderr: what a collection left.
static void trace_collection(const Heap *heap) {
  const HeapSpace *s = heap->space;
  fprintf(stderr, "gc: %llu: young %zu, old %zu, large %zu bytes%s\n",
          (unsigned long long)s->collection_count, s->young_bytes,
          s->old_bytes, s->large_bytes, s->is_marking ? ", marking" : "");
}

static void collect(Heap *heap) {
  il_collect_young(heap);
  choose_young_limit(heap);
  advance_cycle(heap->space);
  if (heap->space->flags->audit_heap) il_heap_audit(heap);
  if (heap->space->flags->trace & TRACE_BIT(gc)) trace_collection(heap);
}

void il_heap_collect(Heap *heap) {
  HeapSpace *s = heap->space;
  collect(heap);
  if (!s->is_generational) return;
  // Survivors of a heap that has just become generational are still young.
  if (s->young) il_collect_young(heap);
  if (s->is_marking) il_old_finish_marking(s);
  il_old_start_marking(s);
  il_old_finish_marking(s);
  il_sweep_some(s, UINT32_MAX);
  if (s->flags->audit_heap) il_heap_audit(heap);
}

void il_heap_step(Heap *heap) {
  HeapSpace *s = heap->space;
  if (s->leaves) return;
  if (s->is_marking)
    mark_slice(s);
  else if (s->is_sweeping)
    il_sweep_some(s, SWEEP_STEP_BLOCKS);
}

// Does an idle heap keep enough dead young objects to be worth a collection?
static bool is_wasteful(const Heap *heap) {
  const HeapSpace *s = heap->space;
  size_t used = s->young ? young_used(heap) : 0;
  if (s->is_generational) return used > NURSERY_BYTES / 4;
  return used > 2 * s->young_live_bytes + IDLE_YOUNG_BYTES;
}

bool il_heap_idle(Heap *heap) {
  HeapSpace *s = heap->space;
  if (is_wasteful(heap)) {
    collect(heap);
  } else if (s->is_marking) {
    if (!mark_slice(s)) return true;
    if (s->young) il_collect_young(heap);
    il_old_finish_marking(s);
  } else if (s->is_sweeping) {
    il_sweep_some(s, 4 * SWEEP_STEP_BLOCKS);
  } else if (s->is_generational &&
             il_space_old_bytes(s) > s->old_limit / 8 * 5 &&
             il_space_old_bytes(s) > OLD_MIN_BYTES / 2) {
    // A quarter more than what lived.
    if (s->young) il_collect_young(heap);
    il_old_start_marking(s);
  }
  return s->is_marking || s->is_sweeping;
}

static bool is_over_limit(const HeapSpace *s, size_t more) {
  size_t held = il_space_charged(s);
  return (s->limit_bytes && held + more > s->limit_bytes) ||
         il_pool_refuses(s->pool, held, more);
}

static bool has_room(const Heap *heap, size_t size_bytes) {
  return (size_t)(heap->end - heap->top) >= size_bytes;
}

// A large object comes, and the next one shall not collect again at once.
static void make_way(HeapSpace *s, size_t size_bytes) {
  size_t held = il_space_old_bytes(s) + size_bytes;
  if (!s->is_generational) il_sweep_choose_limit(s);
  else if (held > s->old_limit && !s->is_sweeping) s->old_limit = held;
}

Status il_heap_reserve(Heap *heap, size_t size_bytes) {
  HeapSpace *s = heap->space;
  bool is_large = size_bytes > HEAP_LARGE_BYTES;
  size_t small = is_large ? HEAP_LARGE_BYTES : size_bytes;
  size_t large = is_large ? size_bytes : 0;
  bool adds_old = is_large || il_space_is_heavy(s);
  bool is_due = s->flags->gc_stress ||
                s->young_bytes + small > s->young_limit ||
                (adds_old && il_space_old_bytes(s) + large > s->old_limit) ||
                is_over_limit(s, size_bytes + BLOCK_BYTES);
  if (is_due && (s->young || s->large || s->payloads)) {
    collect(heap);
    if (adds_old && !s->is_marking) make_way(s, large);
  }
  if (is_over_limit(s, size_bytes + CHUNK_MEDIUM_BYTES)) {
    il_heap_collect(heap);
    if (is_over_limit(s, size_bytes + CHUNK_MEDIUM_BYTES)) return IL_NO_MEMORY;
  }
  if (!has_room(heap, small) && !add_chunk(heap, small)) return IL_NO_MEMORY;
  if (is_large) s->granted_large = size_bytes;
  // Under stress exactly what was asked for may be allocated before the next
  // collection.
  if (s->flags->gc_stress) heap->end = heap->top + small;
  return IL_OK;
}

// ------------------------------------------------------------------- barrier

void il_heap_store_old(Heap *heap, Object *into, Value *slot, Value v) {
  HeapSpace *s = heap->space;
  Value before = *slot;
  if (s->is_marking && !il_value_is_small(before))
    il_old_shade(s, il_value_object(before));
  *slot = v;
  if (!il_space_is_local(v)) return;
  il_evacuate_note(s, slot);
  if (il_block_of(il_value_object(v))->is_old) return;
  Block *b = il_block_of(into);
  if (b->kind == BLOCK_LARGE) {
    if (s->stored.count < STORED_MAX) {
      il_vec_push(&s->stored, slot);
      return;
    }
    uint64_t mask;
    *il_block_card(b, slot, &mask) |= mask;
  }
  if (into->header & HEADER_REMEMBERED) return;
  into->header |= HEADER_REMEMBERED;
  il_vec_push(&s->remembered, into);
}

Value il_heap_load_weak(Heap *heap, Value v) {
  HeapSpace *s = heap->space;
  if (s->is_marking && !il_value_is_small(v))
    il_old_shade(s, il_value_object(v));
  return v;
}

uint32_t il_heap_hash(Heap *heap, Object *object) {
  uint32_t hash = (uint32_t)(object->header >> HEADER_HASH_SHIFT);
  if (hash) return hash;
  // But a payload with one holder may be written.
  if (object->header & HEADER_SHARED &&
      (object->header & (HEADER_COUNTED | HEADER_CANONICAL)) != HEADER_COUNTED)
    return (uint32_t)((uintptr_t)object >> 3) | 1;
  uint64_t x = heap->space->hash_state;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  heap->space->hash_state = x;
  hash = (uint32_t)(x >> 34);
  if (hash == 0) hash = 1;
  object->header |= (Header)hash << HEADER_HASH_SHIFT;
  return hash;
}

// ------------------------------------------------------------------ counters
size_t il_heap_borrowed_bytes(const Heap *heap) {
  return il_space_borrowed(heap->space);
}
size_t il_heap_charged_bytes(const Heap *heap) {
  return il_space_charged(heap->space);
}
void il_heap_set_limit(Heap *heap, size_t limit_bytes) {
  heap->space->limit_bytes = limit_bytes;
}
uint64_t il_heap_collection_count(const Heap *heap) {
  return heap->space->collection_count;
}

// ---------------------------------------------------------------- finalizers

void il_heap_add_finalizer(Heap *heap, Object *entry) {
  il_vec_push(&heap->space->finalizers, entry);
}

Value il_heap_take_dead(Heap *heap) {
  HeapSpace *s = heap->space;
  if (s->dead.count == 0) return 0;
  return il_value_of(il_vec_pop(&s->dead));
}
