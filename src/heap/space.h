// space.h: the private half of a heap, shared by the files of this room.
//
// Young objects lie in a list of chunks, the first being filled. A small heap
// has no other: each collection copies what lives to fresh chunks. Once more
// than SMALL_LIVE_BYTES live, the next collection promotes: survivors go to
// old blocks, and from then on the chunks are a nursery, empty after each
// collection; the remembered set has the old objects that were given
// references to young ones. Large objects are old from birth.
//
//            small                            generational
//      young ──copy──▶ young        nursery ──promote──▶ old blocks
//      large: traced                  ▲ remembered         │ cycle: mark, sweep
//
// The old space is marked in cycles, incrementally, by the owner (old_space.c).
// A cycle begins and ends right after a collection of the nursery, when nothing
// is young.
//
// Owner:     the heap.
// Threads:   the isolate's worker.
// Allocates: work lists from memory.
// Fails:     copying ends the process when the system has no memory: limits
//            are checked before.
#ifndef ISLE_HEAP_SPACE_H
#define ISLE_HEAP_SPACE_H

#include "base/vec.h"
#include "heap/heap.h"
#include "heap/payload.h"

#if IL_DEBUG
#define SMALL_LIVE_BYTES (24u << 10)
#define YOUNG_MIN_BYTES (4u << 10)
#define NURSERY_BYTES (64u << 10)
#define OLD_MIN_BYTES (256u << 10)
#else
#define SMALL_LIVE_BYTES (256u << 10)
#define YOUNG_MIN_BYTES (64u << 10)
#define NURSERY_BYTES (1u << 20)
#define OLD_MIN_BYTES (4u << 20)
#endif

typedef IL_VEC(Object *) Objects;

typedef struct HeapSpace {
  Heap *heap;
  Pool *pool;
  const Program *program;
  const Flags *flags;
  RootsFn *roots;
  void *roots_context;

  Chunk *young;              // the first is being filled
  size_t young_bytes;        // of all young chunks
  size_t young_limit;        // collect before there are more
  size_t granted_large;      // the machine was promised that much

  Block *large;              // linked both ways
  Block *old;                // linked both ways
  size_t large_bytes, old_bytes;    // borrowed
  size_t old_limit;          // start a cycle when old and large are more
  Block *hole_block;         // where promoted objects go: the next block to
                             // look for holes in
  uint32_t hole_line;        // and the line from which
  char *old_top, *old_end;   // the hole
  char *over_top, *over_end; // a fresh block for what no hole holds

  uint8_t cycle;             // of marking: under way or last
  bool is_generational, is_marking, is_copying_all, is_promoting;
  bool has_promoted;         // since it became generational
  Objects gray;              // copied, not yet scanned
  Objects marks;             // marked, not yet scanned
  Objects remembered;        // old objects that may name young ones
  Objects fresh_large;       // large ones since the last collection: as those
  Objects weak;              // WEAK and EPHEMERON objects that copying met
  Objects marked_weak;       // and those that marking met: until its end
  Objects finalizers;        // FINALIZER objects, held strongly
  Objects dead;              // those whose value died, for the event loop
  size_t promoted_bytes;     // by the last collection
  size_t limit_bytes;
  Budget *budget;            // of the pool
  Payloads *payloads;        // that the heap holds
  uint64_t payload_pass;     // the tracing of all that is under way or next
  const Object *noted;       // by it, last
  uint64_t hash_state;
  uint64_t collection_count, cycle_count;
} HeapSpace;

// ---- collect.c
// Copies what lives; the heap has a chunk to fill after it.
void il_collect_young(Heap *heap);
// The same with one root only, for a heap that dies.
void il_collect_root(Heap *heap, Value *root);
// A fresh chunk to fill, with room for size_bytes.
bool il_collect_add_chunk(Heap *heap, size_t size_bytes);
// Frees large objects that are not marked, and takes the marks away.
void il_collect_sweep_large(HeapSpace *space);

// ---- old_space.c
// Room for an object that is promoted; its lines are live.
void *il_old_allocate(HeapSpace *space, size_t size_bytes);
void il_old_start_marking(HeapSpace *space);
// Scans marked objects of about that size in all; true when none is left.
bool il_old_mark_some(HeapSpace *space, size_t size_bytes);
// Ends the cycle: weak things, sweeping. Nothing may be young.
void il_old_finish_marking(HeapSpace *space);
// Shades an old object.
void il_old_mark(HeapSpace *space, Object *object);
// The same for any that is no young one: payloads stay.
void il_old_shade(HeapSpace *space, Object *object);
bool il_old_is_marked(const HeapSpace *space, const Object *object);
// Gives back blocks that have no live line.
void il_old_sweep(HeapSpace *space);

// ---- payload.c
// Payloads that are met from now on stay.
void il_payload_begin_pass(HeapSpace *space);
void il_payload_note(HeapSpace *space, const Object *object);
// All has been traced: what was not noted is released.
void il_payload_end_pass(HeapSpace *space);
// What a slot names outside the heap: notes a payload.
static inline void il_space_note_shared(HeapSpace *space, const Object *o) {
  if (IL_UNLIKELY(o->header & HEADER_COUNTED)) il_payload_note(space, o);
}

// ---- weak.c
// How a collection asks whether something lived, and has it live.
typedef struct WeakPass {
  // Where a live object is now; false when it died.
  bool (*survives)(HeapSpace *space, Value *slot);
  void (*keep)(HeapSpace *space, Value *slot);  // visits a strong edge
  void (*drain)(HeapSpace *space);              // scans what keep found
} WeakPass;
// Settles everything in `weak`, which is empty then, and the finalizers.
void il_weak_settle(HeapSpace *space, Objects *weak, const WeakPass *pass);

static inline bool il_space_is_local(Value v) {
  return !il_value_is_small(v) &&
         !(il_value_object(v)->header & HEADER_SHARED);
}
static inline size_t il_space_borrowed(const HeapSpace *s) {
  return s->young_bytes + s->old_bytes + s->large_bytes;
}
// What counts as old: payloads like large objects.
static inline size_t il_space_old_bytes(const HeapSpace *s) {
  return s->old_bytes + s->large_bytes + il_payload_bytes(s->payloads);
}
// What the heap's limit is about.
static inline size_t il_space_charged(const HeapSpace *s) {
  return s->young_bytes + il_space_old_bytes(s);
}
// What came with messages makes a cycle due.
static inline bool il_space_is_heavy(const HeapSpace *s) {
  return !s->is_marking && il_space_old_bytes(s) > s->old_limit;
}
// Then the next allocation is told that there is no room.
static inline void il_space_expect_collection(HeapSpace *s) {
  if (il_space_is_heavy(s)) s->heap->end = s->heap->top;
}

#endif
