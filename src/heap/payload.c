// payload.c: one payload, sets of them, those of a heap.

#include "heap/payload.h"

#include <string.h>

#include "base/memory.h"
#include "heap/space.h"

// In a large run the head of a payload lies at the end of the block's, over the
// marks, which a run does not use.
_Static_assert(offsetof(Block, marks) + sizeof(Payload) <= BLOCK_HEAD_BYTES,
               "head of a payload in a run");
_Static_assert(sizeof(Payload) % 8 == 0, "alignment of objects");

static void init_payload(Payload *p, Budget *budget, size_t size_bytes,
                         bool is_run, bool is_sealed) {
  p->budget = budget;
  p->size_bytes = size_bytes;
  atomic_init(&p->holders, 1);
  p->is_run = is_run;
  p->is_sealed = is_sealed;
  atomic_init(&p->hash, 0);
  if (!budget) return;
  atomic_fetch_add_explicit(&budget->payload_count, 1, memory_order_relaxed);
  atomic_fetch_add_explicit(&budget->payload_bytes, size_bytes,
                            memory_order_relaxed);
}

Payload *il_payload_new(Budget *budget, size_t object_bytes) {
  size_t size_bytes = sizeof(Payload) + object_bytes;
  Payload *p = il_memory_try_alloc(size_bytes);
  if (!p) return NULL;
  init_payload(p, budget, size_bytes, false, false);
  il_budget_add(budget, size_bytes);
  return p;
}

void il_payload_retain(Payload *p) {
  atomic_fetch_add_explicit(&p->holders, 1, memory_order_relaxed);
}

void il_payload_release(Payload *p) {
  if (atomic_fetch_sub_explicit(&p->holders, 1, memory_order_acq_rel) != 1)
    return;
  if (p->budget) {
    atomic_fetch_sub_explicit(&p->budget->payload_count, 1,
                              memory_order_relaxed);
    atomic_fetch_sub_explicit(&p->budget->payload_bytes, p->size_bytes,
                              memory_order_relaxed);
    il_budget_remove(p->budget, p->size_bytes);
  }
  if (p->is_run) il_memory_unmap(il_block_of(p), p->size_bytes);
  else il_memory_free(p, p->size_bytes);
}

// ---------------------------------------------------------------------- sets

// True when it is new to the set.
static bool see(Payloads **set, Payload *p, uint64_t pass) {
  if (!*set) *set = il_memory_zalloc(sizeof **set);
  bool is_new;
  *il_map_at(&(*set)->passes, il_map_key(p), &is_new) = pass;
  if (is_new) (*set)->size_bytes += p->size_bytes;
  return is_new;
}

void il_payload_hold(Payloads **set, Payload *p, uint64_t pass) {
  if (see(set, p, pass)) il_payload_retain(p);
}

void il_payload_take(Payloads **set, Payload *p, uint64_t pass) {
  if (!see(set, p, pass)) il_payload_release(p);
}

static void free_set(Payloads **set) {
  il_map_drop(&(*set)->passes);
  il_memory_free(*set, sizeof **set);
  *set = NULL;
}

void il_payload_join(Payloads **into, Payloads **from, uint64_t pass) {
  if (!*from) return;
  uint32_t cursor = 0;
  uint64_t key, old_pass;
  while (il_map_next(&(*from)->passes, &cursor, &key, &old_pass))
    il_payload_take(into, (Payload *)(uintptr_t)key, pass);
  free_set(from);
}

void il_payload_forget(Payloads *set, Payload *p) {
  if (!set || !il_map_remove(&set->passes, il_map_key(p))) return;
  set->size_bytes -= p->size_bytes;
  il_payload_release(p);
}

void il_payload_drop(Payloads **set) {
  if (!*set) return;
  uint32_t cursor = 0;
  uint64_t key, pass;
  while (il_map_next(&(*set)->passes, &cursor, &key, &pass))
    il_payload_release((Payload *)(uintptr_t)key);
  free_set(set);
}

// ------------------------------------------------------------------ of a heap

// The pool counts what its heaps are charged for.
static void charge(HeapSpace *s) {
  size_t now = il_payload_bytes(s->payloads);
  atomic_fetch_add_explicit(&s->pool->payload_bytes, now - s->payload_charge,
                            memory_order_relaxed);
  s->payload_charge = now;
}

static void take(HeapSpace *s, Payload *p) {
  il_payload_take(&s->payloads, p, s->payload_pass);
  charge(s);
}

void il_payload_begin_pass(HeapSpace *s) {
  s->payload_pass++;
  s->noted = NULL;
}

void il_payload_note(HeapSpace *s, const Object *o) {
  if (s->noted == o) return;
  s->noted = o;
  bool is_new;
  *il_map_at(&s->payloads->passes, il_map_key(il_payload_of(o)), &is_new) =
      s->payload_pass;
  IL_ASSERT(!is_new);
}

void il_payload_end_pass(HeapSpace *s) {
  if (!s->payloads) return;
  s->noted = NULL;
  uint32_t cursor = 0;
  uint64_t key, pass;
  while (il_map_next(&s->payloads->passes, &cursor, &key, &pass)) {
    if (pass != s->payload_pass)
      il_payload_forget(s->payloads, (Payload *)(uintptr_t)key);
  }
  if (il_map_count(&s->payloads->passes) == 0) il_payload_drop(&s->payloads);
  charge(s);
}

void il_payload_drop_all(HeapSpace *s) {
  il_payload_drop(&s->payloads);
  charge(s);
}

void il_payload_hand_over(HeapSpace *s, Payloads **into) {
  il_payload_join(into, &s->payloads, 0);
  charge(s);
}

void il_payload_adopt(Heap *heap, Payloads **set) {
  HeapSpace *s = heap->space;
  il_payload_join(&s->payloads, set, s->payload_pass);
  charge(s);
  il_space_expect_collection(s);
}

void il_payload_leave(Heap *heap, Object *bytes) {
  HeapSpace *s = heap->space;
  if (s->noted == bytes) s->noted = NULL;
  il_payload_forget(s->payloads, il_payload_of(bytes));
  charge(s);
}

static void unlink_run(HeapSpace *s, Block *b) {
  if (s->sweep_large == b) s->sweep_large = b->next;
  il_space_unlink(&s->large, b);
  s->large_bytes -= b->size_bytes;
  Object *o = (Object *)(void *)((char *)b + BLOCK_HEAD_BYTES);
  for (uint32_t i = s->fresh_large.count; i-- > 0;) {
    if (s->fresh_large.items[i] != o) continue;
    s->fresh_large.items[i] = s->fresh_large.items[--s->fresh_large.count];
    return;
  }
}

void il_payload_convert(Heap *heap, Object *o, bool is_constant,
                        bool is_sealed) {
  HeapSpace *s = heap->space;
  Block *b = il_block_of(o);
  IL_ASSERT(b->kind == BLOCK_LARGE);
  unlink_run(s, b);
  // From the pool's account to the budget's own.
  atomic_fetch_sub_explicit(&s->pool->bytes[MEMORY_HEAP], b->size_bytes,
                            memory_order_relaxed);
  atomic_fetch_sub_explicit(&s->pool->mapped_bytes, b->size_bytes,
                            memory_order_relaxed);
  Payload *p = il_payload_of(o);
  init_payload(p, s->budget, b->size_bytes, true, is_sealed);
  o->header |= HEADER_SHARED | HEADER_COUNTED;
  if (is_constant) o->header |= HEADER_CANONICAL;
  take(s, p);
}

static Object *copy_string(Heap *heap, String *string) {
  HeapSpace *s = heap->space;
  size_t size_bytes =
      il_string_size_bytes(string->length, il_string_is_wide(string));
  Payload *p = il_payload_new(s->budget, size_bytes);
  if (!p) return NULL;
  Object *copy = il_payload_object(p);
  memcpy(copy, string, size_bytes);
  copy->header = (string->header & ~(Header)HEADER_REMEMBERED) | HEADER_SHARED |
                 HEADER_COUNTED | HEADER_CANONICAL;
  take(s, p);
  return copy;
}

Object *il_payload_share(Heap *heap, String *string) {
  Object *o = (Object *)(void *)string;
  if (o->header & HEADER_COUNTED) return o;
  Value *twin = il_string_twin(string);
  if (*twin) return il_value_object(*twin);
  if (il_block_of(o)->kind == BLOCK_LARGE) {
    il_payload_convert(heap, o, true, false);
    return o;
  }
  // The twin is no object of this heap: no barrier is wanted.
  Object *copy = copy_string(heap, string);
  if (copy) *twin = il_value_of(copy);
  return copy;
}

Bytes *il_payload_new_bytes(Heap *heap, size_t length) {
  HeapSpace *s = heap->space;
  size_t size_bytes = il_object_round(sizeof(Bytes) + length);
  Bytes *bytes;
  if (size_bytes > HEAP_LARGE_BYTES) {
    bytes = il_heap_allocate_slow(heap, size_bytes);
    if (!bytes) return NULL;
    bytes->header = il_header(CLASS_TYPED_DATA, 0);
    il_payload_convert(heap, (Object *)(void *)bytes, false, true);
  } else {
    Payload *p = il_payload_new(s->budget, size_bytes);
    if (!p) return NULL;
    p->is_sealed = true;
    bytes = (Bytes *)(void *)il_payload_object(p);
    bytes->header =
        il_header(CLASS_TYPED_DATA, HEADER_SHARED | HEADER_COUNTED);
    take(s, p);
  }
  bytes->length = length;
  return bytes;
}
