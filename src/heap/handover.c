#include "heap/handover.h"

#include "heap/space.h"

// Handed over is what lives in at least one part of so many of its memory.
#define POOR_SHARE 4

bool il_handover_is_worth(const Heap *heap) {
  return il_space_borrowed(heap->space) > ADOPT_OLD_BYTES;
}

void il_handover_begin(Heap *heap, const Value *root, LeavesFn *leaves) {
  HeapSpace *s = heap->space;
  il_old_cancel_marking(s);
  il_evacuate_forget(s);
  s->is_generational = true;
  il_collect_young(heap);
  il_old_next_cycle(s);
  il_evacuate_forget(s);  // what sweeping has just set apart
  s->leaves = leaves;
  s->culprit = NULL;
  if (!il_value_is_small(*root)) il_old_shade(s, il_value_object(*root));
}

static bool mark_some(HeapSpace *s, size_t budget_bytes) {
  Object *scanned;
  for (size_t done = 0; s->marks.count > 0 && !s->culprit;) {
    if (done >= budget_bytes) return false;
    done += il_old_scan_next(s, &scanned);
    if (scanned && !s->leaves(s->program, scanned)) s->culprit = scanned;
  }
  return true;
}

static bool survives(HeapSpace *s, Value *slot) {
  return !il_space_is_local(*slot) ||
         il_old_is_marked(s, il_value_object(*slot));
}
static void keep(HeapSpace *s, Value *slot) {
  if (!il_value_is_small(*slot)) il_old_shade(s, il_value_object(*slot));
}
static void drain(HeapSpace *s) { mark_some(s, SIZE_MAX); }

static const WeakPass leave_pass = {survives, keep, drain};

static bool is_live(const HeapSpace *s, const Block *b) {
  if (b->kind == BLOCK_LARGE) return b->marks_cycle == s->cycle;
  uint32_t i = BLOCK_FIRST_LINE;
  while (i < BLOCK_LINES && b->lines[i] != s->cycle) i++;
  return i < BLOCK_LINES;
}

static bool is_poor(const HeapSpace *s) {
  size_t kept = 0;
  const Block *lists[] = {s->old, s->large};
  for (uint32_t i = 0; i < 2; i++) {
    for (const Block *b = lists[i]; b; b = b->next)
      if (is_live(s, b)) kept += b->size_bytes;
  }
  return kept <= ADOPT_OLD_BYTES || s->marked_bytes < kept / POOR_SHARE;
}

static void put_block(HeapSpace *s, Parcel *p, Block *b) {
  b->next = p->blocks;
  p->blocks = b;
  p->borrowed_bytes += b->size_bytes;
  if (b->kind == BLOCK_LARGE) return;
  // Lines say 1 or 0 on their way, and each heap gives them its own number.
  for (uint32_t i = 0; i < BLOCK_LINES; i++)
    b->lines[i] = b->lines[i] == s->cycle;
}

static void fill_parcel(HeapSpace *s, Parcel *p) {
  il_parcel_init_large(p, s->pool);
  Block *lists[] = {s->old, s->large};
  for (uint32_t i = 0; i < 2; i++) {
    for (Block *b = lists[i], *next; b; b = next) {
      next = b->next;
      if (is_live(s, b)) put_block(s, p, b);
      else il_pool_give_block(s->pool, b, MEMORY_HEAP);
    }
  }
  il_payload_hand_over(s, &p->payloads);
  s->old = s->large = NULL;
  s->old_bytes = s->large_bytes = 0;
  il_pool_move_bytes(s->pool, p->borrowed_bytes, MEMORY_HEAP, MEMORY_MAIL);
}

HandoverResult il_handover_continue(Heap *heap, size_t budget_bytes,
                                    Parcel *parcel, Value *culprit) {
  HeapSpace *s = heap->space;
  if (!mark_some(s, budget_bytes)) return HANDOVER_MORE;
  if (!s->culprit) il_weak_settle_ephemerons(s, &s->marked_weak, &leave_pass);
  bool may_leave = !s->culprit, poor = may_leave && is_poor(s);
  s->leaves = NULL;
  if (!may_leave || poor) {
    if (!may_leave) *culprit = il_value_of(s->culprit);
    il_old_cancel_marking(s);
    return may_leave ? HANDOVER_POOR : HANDOVER_BOUND;
  }
  // Its finalizers die with the isolate.
  s->finalizers.count = s->dead.count = 0;
  il_weak_settle(s, &s->marked_weak, &leave_pass);
  il_payload_end_pass(s);
  s->is_marking = false;
  fill_parcel(s, parcel);
  return HANDOVER_DONE;
}
