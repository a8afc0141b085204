// old_space.c: the mark-region old space, after Blackburn and McKinley's Immix
// (PLDI 2008).
//
// A block's lines carry the number of the cycle in which they were last live.
// A line is free when its number is neither the current cycle's nor, while
// marking, the one before. Promoted objects are bump-allocated into runs of
// free lines; what no run holds goes into a fresh block.
//
// Marking is a snapshot at the beginning: a cycle starts from the roots while
// nothing is young; the store barrier shades what is overwritten, and
// il_heap_load_weak what is got from a weak slot; objects that become old
// meanwhile count as live. So slices may be done at any time.

#include <string.h>

#include "base/memory.h"
#include "heap/space.h"

#define LAST_CYCLE 250

static bool is_free_line(const HeapSpace *s, uint8_t line) {
  return line != s->cycle && !(s->is_marking && line == s->cycle - 1);
}

static void set_lines(HeapSpace *s, const void *object, size_t size_bytes) {
  Block *b = il_block_of(object);
  size_t at = (size_t)((const char *)object - (const char *)b);
  memset(b->lines + at / LINE_BYTES, s->cycle,
         (at + size_bytes - 1) / LINE_BYTES - at / LINE_BYTES + 1);
}

// The next run of free lines from hole_block and hole_line on.
static bool find_hole(HeapSpace *s) {
  for (; s->hole_block; s->hole_block = s->hole_block->next,
                        s->hole_line = BLOCK_FIRST_LINE) {
    const Block *b = s->hole_block;
    uint32_t start = s->hole_line;
    while (start < BLOCK_LINES && !is_free_line(s, b->lines[start])) start++;
    if (start == BLOCK_LINES) continue;
    uint32_t end = start;
    while (end < BLOCK_LINES && is_free_line(s, b->lines[end])) end++;
    s->hole_line = end;
    s->old_top = (char *)(uintptr_t)b + start * LINE_BYTES;
    s->old_end = (char *)(uintptr_t)b + end * LINE_BYTES;
    return true;
  }
  return false;
}

static bool add_block(HeapSpace *s, char **top, char **end) {
  Block *b = il_pool_take_block(s->pool, MEMORY_HEAP);
  if (!b) return false;
  b->previous = NULL;
  b->next = s->old;
  if (b->next) b->next->previous = b;
  s->old = b;
  s->old_bytes += BLOCK_BYTES;
  *top = (char *)b + BLOCK_HEAD_BYTES;
  *end = (char *)b + BLOCK_BYTES;
  return true;
}

void *il_old_allocate(HeapSpace *s, size_t size_bytes) {
  char *p;
  while ((size_t)(s->old_end - s->old_top) < size_bytes) {
    if (size_bytes > LINE_BYTES && s->old_end != s->old_top) {
      // Too big for this hole: beside, so that the hole is not lost.
      if ((size_t)(s->over_end - s->over_top) < size_bytes &&
          !add_block(s, &s->over_top, &s->over_end)) {
        return NULL;
      }
      p = s->over_top;
      s->over_top += size_bytes;
      goto made;
    }
    if (!find_hole(s) && !add_block(s, &s->old_top, &s->old_end)) return NULL;
  }
  p = s->old_top;
  s->old_top += size_bytes;
made:
  set_lines(s, p, size_bytes);
  if (s->is_marking) {
    Block *b = il_block_of(p);
    uint32_t bit = (uint32_t)((p - (char *)b) / 8);
    b->marks[bit / 64] |= UINT64_C(1) << bit % 64;
  }
  return p;
}

// ------------------------------------------------------------------- marking

bool il_old_is_marked(const HeapSpace *s, const Object *o) {
  (void)s;
  const Block *b = il_block_of(o);
  if (b->kind == BLOCK_LARGE) return b->is_marked;
  uint32_t bit = (uint32_t)(((const char *)o - (const char *)b) / 8);
  return b->marks[bit / 64] >> bit % 64 & 1;
}

void il_old_mark(HeapSpace *s, Object *o) {
  Block *b = il_block_of(o);
  if (!b->is_old) return;
  if (b->kind == BLOCK_LARGE) {
    if (b->is_marked) return;
    b->is_marked = 1;
  } else {
    uint32_t bit = (uint32_t)(((char *)o - (char *)b) / 8);
    uint64_t mask = UINT64_C(1) << bit % 64;
    if (b->marks[bit / 64] & mask) return;
    b->marks[bit / 64] |= mask;
  }
  il_vec_push(&s->marks, o);
}

void il_old_shade(HeapSpace *s, Object *o) {
  if (o->header & HEADER_SHARED) il_space_note_shared(s, o);
  else il_old_mark(s, o);
}

static void mark_edge(Value *slot, void *context) {
  if (!il_value_is_small(*slot)) il_old_shade(context, il_value_object(*slot));
}

static void renumber_lines(HeapSpace *s) {
  for (Block *b = s->old; b; b = b->next)
    for (uint32_t i = 0; i < BLOCK_LINES; i++)
      b->lines[i] = b->lines[i] == s->cycle;
  s->cycle = 1;
}

void il_old_start_marking(HeapSpace *s) {
  if (s->cycle == LAST_CYCLE) renumber_lines(s);
  s->cycle++;
  s->is_marking = true;
  il_payload_begin_pass(s);
  for (Block *b = s->old; b; b = b->next) memset(b->marks, 0, sizeof b->marks);
  for (Block *b = s->large; b; b = b->next) b->is_marked = 0;
  s->roots(s->roots_context, mark_edge, s);
  for (uint32_t i = 0; i < s->finalizers.count; i++)
    il_old_mark(s, s->finalizers.items[i]);
  for (uint32_t i = 0; i < s->dead.count; i++)
    il_old_mark(s, s->dead.items[i]);
}

bool il_old_mark_some(HeapSpace *s, size_t budget_bytes) {
  size_t done = 0;
  while (s->marks.count > 0) {
    if (done >= budget_bytes) return false;
    Object *o = s->marks.items[--s->marks.count];
    size_t size = il_object_size_bytes(s->program, o);
    if (il_block_of(o)->kind != BLOCK_LARGE) set_lines(s, o, size);
    il_object_each_edge(s->program, o, mark_edge, s);
    if (il_object_is_weak(s->program, o)) il_vec_push(&s->marked_weak, o);
    done += size;
  }
  return true;
}

static bool mark_survives(HeapSpace *s, Value *slot) {
  return !il_space_is_local(*slot) ||
         il_old_is_marked(s, il_value_object(*slot));
}
static void mark_keep(HeapSpace *s, Value *slot) { mark_edge(slot, s); }
static void mark_drain(HeapSpace *s) { il_old_mark_some(s, SIZE_MAX); }

static const WeakPass mark_pass = {mark_survives, mark_keep, mark_drain};

void il_old_finish_marking(HeapSpace *s) {
  il_old_mark_some(s, SIZE_MAX);
  il_weak_settle(s, &s->marked_weak, &mark_pass);
  il_payload_end_pass(s);
  s->is_marking = false;
  s->cycle_count++;
  il_collect_sweep_large(s);
  il_old_sweep(s);
}

void il_old_sweep(HeapSpace *s) {
  for (Block *b = s->old, *next; b; b = next) {
    next = b->next;
    uint32_t i = BLOCK_FIRST_LINE;
    while (i < BLOCK_LINES && is_free_line(s, b->lines[i])) i++;
    if (i < BLOCK_LINES) continue;
    if (b->previous) b->previous->next = b->next;
    else s->old = b->next;
    if (b->next) b->next->previous = b->previous;
    s->old_bytes -= BLOCK_BYTES;
    il_pool_give_block(s->pool, b, MEMORY_HEAP);
  }
  // Holes are looked for from the start again.
  s->hole_block = s->old;
  s->hole_line = BLOCK_FIRST_LINE;
  s->old_top = s->old_end = s->over_top = s->over_end = NULL;
}
