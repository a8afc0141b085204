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
// meanwhile count as live. So slices may be done at any time. A block's marks
// count only when their number is the cycle's, and a huge list is scanned piece
// by piece: no step's time grows with the heap or with one object.

#include <string.h>

#include "base/memory.h"
#include "heap/space.h"

#define LAST_CYCLE 250
// Items of a huge list that are scanned at a time.
#define ITEMS_SLICE 1024
// Blocks in which a hole is looked for before a fresh block is taken.
#define HOLE_LOOKS 32

static bool is_free_line(const HeapSpace *s, uint8_t line) {
  return line != s->cycle && !(s->is_marking && line == s->cycle - 1);
}

static void set_lines(HeapSpace *s, const void *object, size_t size_bytes) {
  Block *b = il_block_of(object);
  size_t at = (size_t)((const char *)object - (const char *)b);
  memset(b->lines + at / LINE_BYTES, s->cycle,
         (at + size_bytes - 1) / LINE_BYTES - at / LINE_BYTES + 1);
}

// The next run of free lines from hole_block and hole_line on. After some blocks
// without one it is left for later: a heap may be full of them.
static bool find_hole(HeapSpace *s) {
  for (uint32_t looks = HOLE_LOOKS; s->hole_block;
       s->hole_block = s->hole_block->next, s->hole_line = BLOCK_FIRST_LINE) {
    const Block *b = s->hole_block;
    if (looks-- == 0) return false;
    if (b->is_sparse) continue;
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
  il_space_link(&s->old, b);
  s->old_bytes += BLOCK_BYTES;
  *top = (char *)b + BLOCK_HEAD_BYTES;
  *end = (char *)b + BLOCK_BYTES;
  return true;
}

// The byte and the bit of an object's mark.
static uint64_t *find_mark(Block *b, const Object *o, uint64_t *mask) {
  uint32_t bit = (uint32_t)(((const char *)o - (const char *)b) / 8);
  *mask = UINT64_C(1) << bit % 64;
  return &b->marks[bit / 64];
}

// True when it was not marked before. A block's marks of an earlier cycle are
// forgotten at the first mark of this one.
static bool set_mark(HeapSpace *s, Object *o) {
  Block *b = il_block_of(o);
  if (b->kind == BLOCK_LARGE) {
    if (b->marks_cycle == s->cycle) return false;
    b->marks_cycle = s->cycle;
    return true;
  }
  if (b->marks_cycle != s->cycle) {
    memset(b->marks, 0, sizeof b->marks);
    b->marks_cycle = s->cycle;
  }
  uint64_t mask, *word = find_mark(b, o, &mask);
  if (*word & mask) return false;
  *word |= mask;
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
  if (s->is_marking) set_mark(s, (Object *)(void *)p);
  return p;
}

// ------------------------------------------------------------------- marking

bool il_old_is_marked(const HeapSpace *s, const Object *o) {
  Block *b = il_block_of(o);
  if (b->marks_cycle != s->cycle) return false;
  if (b->kind == BLOCK_LARGE) return true;
  uint64_t mask;
  return *find_mark(b, o, &mask) & mask;
}

void il_old_mark(HeapSpace *s, Object *o) {
  if (il_block_of(o)->is_old && set_mark(s, o)) il_vec_push(&s->marks, o);
}

void il_old_shade(HeapSpace *s, Object *o) {
  if (o->header & HEADER_SHARED) il_space_note_shared(s, o);
  else il_old_mark(s, o);
}

static void mark_root(Value *slot, void *context) {
  if (!il_value_is_small(*slot)) il_old_shade(context, il_value_object(*slot));
}

// A slot in the heap: noted, when what it names is to be moved.
static void mark_edge(Value *slot, void *context) {
  if (il_value_is_small(*slot)) return;
  Object *o = il_value_object(*slot);
  if (o->header & HEADER_SHARED) {
    il_space_note_shared(context, o);
  } else {
    il_old_mark(context, o);
    il_evacuate_note(context, slot);
  }
}

static void renumber_lines(HeapSpace *s) {
  for (Block *b = s->old; b; b = b->next) {
    for (uint32_t i = 0; i < BLOCK_LINES; i++)
      b->lines[i] = b->lines[i] == s->cycle;
    b->marks_cycle = 0;
  }
  for (Block *b = s->large; b; b = b->next) b->marks_cycle = 0;
  s->cycle = 1;
}

void il_old_next_cycle(HeapSpace *s) {
  if (s->is_sweeping) il_sweep_some(s, UINT32_MAX);
  if (s->cycle == LAST_CYCLE) renumber_lines(s);
  s->cycle++;
  s->is_marking = true;
  il_payload_begin_pass(s);
  s->marked_bytes = 0;
}

void il_old_start_marking(HeapSpace *s) {
  il_old_next_cycle(s);
  s->is_evacuating = s->sparse_lines > 0;
  s->roots(s->roots_context, mark_root, s);
  for (uint32_t i = 0; i < s->finalizers.count; i++)
    il_old_mark(s, s->finalizers.items[i]);
  for (uint32_t i = 0; i < s->dead.count; i++)
    il_old_mark(s, s->dead.items[i]);
}

void il_old_cancel_marking(HeapSpace *s) {
  if (!s->is_marking) return;
  // What lived before this cycle lives still; its own marks are forgotten with
  // the next.
  uint8_t before = (uint8_t)(s->cycle - 1);
  for (Block *b = s->old; b; b = b->next) {
    for (uint32_t i = 0; i < BLOCK_LINES; i++)
      if (b->lines[i] == before) b->lines[i] = s->cycle;
  }
  s->marks.count = s->marked_weak.count = s->slots.count = 0;
  s->is_marking = s->is_evacuating = false;
}

// Scans some items of a huge list. The rest waits on the stack, below what these
// name: the next index, then the list with a tag.
static size_t scan_items(HeapSpace *s, Object *list, uint64_t from) {
  uint64_t count, end;
  Value *items = il_object_items(s->program, list, &count);
  end = count - from > ITEMS_SLICE ? from + ITEMS_SLICE : count;
  if (end < count) {
    il_vec_push(&s->marks, (Object *)(uintptr_t)end);
    il_vec_push(&s->marks, (Object *)((uintptr_t)list | 1));
  }
  for (uint64_t i = from; i < end; i++) mark_edge(&items[i], s);
  return (size_t)(end - from) * sizeof(Value);
}

size_t il_old_scan_next(HeapSpace *s, Object **scanned) {
  Object *o = il_vec_pop(&s->marks);
  *scanned = NULL;
  if ((uintptr_t)o & 1) {
    uint64_t from = (uintptr_t)il_vec_pop(&s->marks);
    return scan_items(s, (Object *)((uintptr_t)o & ~(uintptr_t)1), from);
  }
  *scanned = o;
  Block *b = il_block_of(o);
  if (b->kind == BLOCK_LARGE) {
    uint64_t count;
    s->marked_bytes += b->size_bytes;
    if (il_object_items(s->program, o, &count)) return scan_items(s, o, 0);
    return sizeof(Block);
  }
  size_t size = il_object_size_bytes(s->program, o);
  s->marked_bytes += size;
  set_lines(s, o, size);
  il_object_each_edge(s->program, o, mark_edge, s);
  if (il_object_is_weak(s->program, o)) il_vec_push(&s->marked_weak, o);
  return size;
}

bool il_old_mark_some(HeapSpace *s, size_t budget_bytes) {
  Object *scanned;
  for (size_t done = 0; s->marks.count > 0;) {
    if (done >= budget_bytes) return false;
    done += il_old_scan_next(s, &scanned);
  }
  return true;
}

static bool mark_survives(HeapSpace *s, Value *slot) {
  if (!il_space_is_local(*slot)) return true;
  if (!il_old_is_marked(s, il_value_object(*slot))) return false;
  il_evacuate_note(s, slot);
  return true;
}
static void mark_keep(HeapSpace *s, Value *slot) { mark_edge(slot, s); }
static void mark_drain(HeapSpace *s) { il_old_mark_some(s, SIZE_MAX); }

static const WeakPass mark_pass = {mark_survives, mark_keep, mark_drain};

void il_old_finish_marking(HeapSpace *s) {
  il_old_mark_some(s, SIZE_MAX);
  il_weak_settle(s, &s->marked_weak, &mark_pass);
  il_evacuate(s);
  // Last, for slots of dead objects are read till then.
  il_payload_end_pass(s);
  s->is_marking = false;
  s->cycle_count++;
  il_sweep_start(s);
}
