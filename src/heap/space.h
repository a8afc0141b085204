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
#define EVACUATE_LINES 512u
#define IDLE_YOUNG_BYTES (2u << 10)
#else
#define SMALL_LIVE_BYTES (256u << 10)
#define YOUNG_MIN_BYTES (64u << 10)
#define NURSERY_BYTES (1u << 20)
#define OLD_MIN_BYTES (4u << 20)
#define EVACUATE_LINES 8192u
#define IDLE_YOUNG_BYTES (16u << 10)
#endif
// So many stores into huge lists are remembered one by one.
#define STORED_MAX (NURSERY_BYTES / 32)
// What is owed to marking for what has become old: past that slices are larger,
// past four times that collections pay the rest.
#define MARK_DEBT_MAX (8 * NURSERY_BYTES)
// Memory of a message that is more becomes old.
#define ADOPT_OLD_BYTES SMALL_LIVE_BYTES

typedef IL_VEC(Object *) Objects;
typedef IL_VEC(Value *) Slots;
typedef IL_VEC(Block *) Blocks;

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
  size_t young_live_bytes;   // after the last collection of a small heap
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
  bool is_generational, is_marking, is_sweeping, is_copying_all, is_promoting;
  bool has_promoted;         // since it became generational
  bool is_evacuating;        // slots that name sparse blocks are noted
  Objects gray;              // copied, not yet scanned
  Objects marks;             // marked, not yet scanned
  Objects remembered;        // old objects that may name young ones
  Slots stored;              // slots of huge lists that got young ones; when
                             // there are too many, cards and `remembered`
  Objects fresh_large;       // large ones since the last collection: as those
  Objects weak;              // WEAK and EPHEMERON objects that copying met
  Objects marked_weak;       // and those that marking met: until its end
  Objects finalizers;        // FINALIZER objects, held strongly
  Objects dead;              // those whose value died, for the event loop
  bool (*leaves)(const Program *, const Object *);  // of a hand-over under way
  Object *culprit;           // what may not leave
  Blocks sparse;             // see sweep.c
  Slots slots;               // that name what is to be evacuated
  Block *sweep_block, *sweep_large;  // the next to be swept
  uint32_t sparse_lines;     // live ones in sparse blocks
  size_t traced_bytes;       // of large lists, by the last copying of all
  size_t marked_bytes;       // by this cycle
  size_t mark_debt_bytes;    // to be scanned for what was allocated since
  size_t promoted_bytes;     // by the last collection
  size_t limit_bytes;
  Budget *budget;            // of the pool
  Payloads *payloads;        // that the heap holds
  size_t payload_charge;     // on the pool's account for them
  uint64_t payload_pass;     // the tracing of all that is under way or next
  const Object *noted;       // by it, last
  uint64_t hash_state;
  uint64_t collection_count, cycle_count, evacuated_count;
} HeapSpace;

// ---- collect.c
// Copies what lives; the heap has a chunk to fill after it.
void il_collect_young(Heap *heap);
// A fresh chunk to fill, with room for size_bytes.
bool il_collect_add_chunk(Heap *heap, size_t size_bytes);

// ---- old_space.c
// Room for an object that is promoted; its lines are live.
void *il_old_allocate(HeapSpace *space, size_t size_bytes);
void il_old_start_marking(HeapSpace *space);
// Scans marked objects of about that size in all; true when none is left.
bool il_old_mark_some(HeapSpace *space, size_t size_bytes);
// Scans one marked object, or some items of a huge one, and returns about how
// many bytes that were. *scanned is the object, or NULL when it was met before.
size_t il_old_scan_next(HeapSpace *space, Object **scanned);
// Ends the cycle: weak things, evacuation; sweeping begins. Nothing may be
// young.
void il_old_finish_marking(HeapSpace *space);
// Forgets the cycle under way, if there is one: all counts as live that did.
void il_old_cancel_marking(HeapSpace *space);
// What il_old_start_marking does before it marks roots.
void il_old_next_cycle(HeapSpace *space);
// Shades an old object.
void il_old_mark(HeapSpace *space, Object *object);
// The same for any that is no young one: payloads stay.
void il_old_shade(HeapSpace *space, Object *object);
bool il_old_is_marked(const HeapSpace *space, const Object *object);

// ---- sweep.c
// After a cycle: blocks and runs are to be looked at, from where holes are
// looked for too.
void il_sweep_start(HeapSpace *space);
// Gives back those of the next `count` blocks that have no live line, and large
// objects that were not marked; true when none is left to look at.
bool il_sweep_some(HeapSpace *space, uint32_t count);
// When the next cycle starts, after what the heap holds now.
void il_sweep_choose_limit(HeapSpace *space);

// ---- evacuate.c
// After marking: moves what lives in sparse blocks and gives those back.
void il_evacuate(HeapSpace *space);
// Does not do it after all.
void il_evacuate_forget(HeapSpace *space);
void il_evacuate_note_slot(HeapSpace *space, Value *slot);
// Notes a slot of the heap that names an object of it.
static inline void il_evacuate_note(HeapSpace *space, Value *slot) {
  if (IL_UNLIKELY(space->is_evacuating) &&
      il_block_of(il_value_object(*slot))->is_sparse)
    il_evacuate_note_slot(space, slot);
}

// ---- payload.c
// Payloads that are met from now on stay.
void il_payload_begin_pass(HeapSpace *space);
void il_payload_note(HeapSpace *space, const Object *object);
// All has been traced: what was not noted is released.
void il_payload_end_pass(HeapSpace *space);
// Of a heap that dies: releases all, or gives it to a message.
void il_payload_drop_all(HeapSpace *space);
void il_payload_hand_over(HeapSpace *space, Payloads **into);
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
// Keeps the values of ephemerons whose keys live; these are settled then.
void il_weak_settle_ephemerons(HeapSpace *space, Objects *weak,
                               const WeakPass *pass);
// Settles everything in `weak`, which is empty then, and the finalizers.
void il_weak_settle(HeapSpace *space, Objects *weak, const WeakPass *pass);

static inline bool il_space_is_local(Value v) {
  return !il_value_is_small(v) &&
         !(il_value_object(v)->header & HEADER_SHARED);
}
static inline void il_space_link(Block **list, Block *b) {
  b->previous = NULL;
  b->next = *list;
  if (b->next) b->next->previous = b;
  *list = b;
}
static inline void il_space_unlink(Block **list, Block *b) {
  if (b->previous) b->previous->next = b->next;
  else *list = b->next;
  if (b->next) b->next->previous = b->previous;
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
// What came with messages makes a cycle due, or its next step.
static inline bool il_space_is_heavy(const HeapSpace *s) {
  if (s->is_marking) return s->mark_debt_bytes > 5 * MARK_DEBT_MAX;
  return !s->is_sweeping && il_space_old_bytes(s) > s->old_limit;
}
// Then the next allocation is told that there is no room.
static inline void il_space_expect_collection(HeapSpace *s) {
  if (il_space_is_heavy(s) || s->young_bytes > s->young_limit)
    s->heap->end = s->heap->top;
}

#endif
