// heap.h: one isolate's heap.
//
// A heap is a set of chunks and blocks on loan from the group's pool
// (chunk.h). It allocates by bumping a pointer and is collected alone, by the
// worker that runs its isolate, at points where the machine says so: nothing in
// C collects by itself. A small heap (under about 256 KiB) is one space
// collected by copying; past that there is a copying nursery and a mark-region
// old space (old_space.c), marked incrementally by the owner, snapshot at the
// beginning. One store barrier (il_heap_store) serves both.
//
// Allocation never collects: it returns NULL when the bump region is used up
// and the caller answers NEED(bytes); the machine calls il_heap_reserve, which
// collects or borrows memory and guarantees that much, and runs it again.
//
// Owner:     the isolate; il_heap_drop gives all back to the pool.
// Threads:   the worker that runs the isolate, except the counters.
// Allocates: from the pool, chunk-wise.
// Fails:     il_heap_reserve says IL_NO_MEMORY at the isolate's limit or when
//            the pool has none: the machine throws OutOfMemoryError.
#ifndef ISLE_HEAP_HEAP_H
#define ISLE_HEAP_HEAP_H

#include "base/flag.h"
#include "base/status.h"
#include "heap/chunk.h"
#include "object/object.h"

typedef struct Heap Heap;

// Declared by the heap, installed by the isolate: calls visit on every root
// (stack frames, statics, ports' handlers, microtasks, timers, ...).
typedef void RootsFn(void *roots_context, EdgeFn *visit, void *context);

// Bump region, public so that the machine and natives allocate inline.
struct Heap {
  char *top, *end;
  struct HeapSpace *space;   // private: everything else
};

void il_heap_init(Heap *heap, Pool *pool, const Program *program,
                  const Flags *flags, RootsFn *roots, void *roots_context);
void il_heap_drop(Heap *heap);

// size_bytes is a multiple of 8; returns memory without a header, not cleared,
// or NULL: the caller says NEED(size_bytes). Sizes over HEAP_LARGE_BYTES come
// from large runs, after il_heap_reserve was told so.
#define HEAP_LARGE_BYTES 8192
void *il_heap_allocate_slow(Heap *heap, size_t size_bytes);
static inline void *il_heap_allocate(Heap *heap, size_t size_bytes) {
  char *p = heap->top;
  if (IL_LIKELY((size_t)(heap->end - p) >= size_bytes)) {
    heap->top = p + size_bytes;
    return p;
  }
  return il_heap_allocate_slow(heap, size_bytes);
}
// Makes sure that allocations of size_bytes in all succeed next (of no more than
// HEAP_LARGE_BYTES in all for those that are not large); may collect:
// every Value held in C is stale after it. Only the machine calls it.
Status il_heap_reserve(Heap *heap, size_t size_bytes);
// A full collection, as for tests and memory pressure.
void il_heap_collect(Heap *heap);
// Called at safepoints: does a slice of marking or sweeping when one is due.
void il_heap_step(Heap *heap);

// Called when the isolate has nothing to do: what is young and much of it dead
// goes, and a cycle of the old space is brought to its end, or begun when much
// was promoted since the last. A slice of work each time; true when there is
// more.
bool il_heap_idle(Heap *heap);

// Stores a reference into an object of this heap, with the barrier: an old
// object is remembered when it gets a young one, and what is overwritten while
// marking is marked.
void il_heap_store_old(Heap *heap, Object *into, Value *slot, Value v);
static inline void il_heap_store(Heap *heap, Object *into, Value *slot,
                                 Value v) {
  if (IL_UNLIKELY(il_block_of(into)->is_old))
    il_heap_store_old(heap, into, slot, v);
  else
    *slot = v;
}

// What a weak slot (of WEAK or EPHEMERON) holds, for the program to have: while
// marking it is marked, since the snapshot may not have it. Returns v.
Value il_heap_load_weak(Heap *heap, Value v);

// Identity hash of an object; made when absent (shared objects have theirs).
uint32_t il_heap_hash(Heap *heap, Object *object);

size_t il_heap_borrowed_bytes(const Heap *heap);  // from the pool
// The same with the payloads that it holds: what its limit is about.
size_t il_heap_charged_bytes(const Heap *heap);
void il_heap_set_limit(Heap *heap, size_t limit_bytes);
// Checks every object and edge; aborts with a description when wrong.
void il_heap_audit(Heap *heap);
uint64_t il_heap_collection_count(const Heap *heap);

// Watches a new FINALIZER object: it is held until its value dies or it is
// cleared.
void il_heap_add_finalizer(Heap *heap, Object *entry);
// One whose value died, for the event loop to run; 0 when there is none.
Value il_heap_take_dead(Heap *heap);

#endif
