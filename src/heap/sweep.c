// sweep.c: what a cycle of marking found dead goes back, a little at a time.
//
// A line that was not live is free at once (old_space.c), so allocation into
// holes need not wait for this. Here blocks without a live line and large
// objects without a mark are given back, in slices, before the next cycle. A
// block in which few lines live is set apart: nothing more is allocated in it,
// and the next cycle moves what still lives there (evacuate.c).

#include "heap/space.h"

// Looking at a large object costs as much as that many blocks.
#define LARGE_COST 16
// A block with more live lines is not sparse.
#define SPARSE_LINES (BLOCK_LINES / 4)

void il_sweep_start(HeapSpace *s) {
  s->is_sweeping = true;
  s->sweep_block = s->hole_block = s->old;
  s->sweep_large = s->large;
  s->hole_line = BLOCK_FIRST_LINE;
  s->old_top = s->old_end = s->over_top = s->over_end = NULL;
}

static uint32_t count_live_lines(const HeapSpace *s, const Block *b) {
  uint32_t live = 0;
  for (uint32_t i = BLOCK_FIRST_LINE; i < BLOCK_LINES; i++)
    live += b->lines[i] == s->cycle;
  return live;
}

static bool is_being_filled(const HeapSpace *s, const Block *b) {
  return (s->old_end != s->old_top && il_block_of(s->old_end - 1) == b) ||
         (s->over_end != s->over_top && il_block_of(s->over_end - 1) == b);
}

static void sweep_block(HeapSpace *s, Block *b) {
  if (is_being_filled(s, b)) return;
  uint32_t live = count_live_lines(s, b);
  if (live == 0) {
    if (s->hole_block == b) {
      s->hole_block = b->next;
      s->hole_line = BLOCK_FIRST_LINE;
    }
    il_space_unlink(&s->old, b);
    s->old_bytes -= BLOCK_BYTES;
    il_pool_give_block(s->pool, b, MEMORY_HEAP);
  } else if (live <= SPARSE_LINES && s->hole_block != b &&
             s->sparse_lines + live <= EVACUATE_LINES) {
    b->is_sparse = true;
    s->sparse_lines += live;
    il_vec_push(&s->sparse, b);
  }
}

static void sweep_large(HeapSpace *s, Block *b) {
  if (b->marks_cycle == s->cycle) return;
  il_space_unlink(&s->large, b);
  s->large_bytes -= b->size_bytes;
  il_pool_give_block(s->pool, b, MEMORY_HEAP);
}

void il_sweep_choose_limit(HeapSpace *s) {
  size_t live = il_space_old_bytes(s);
  s->old_limit = live * 2 > OLD_MIN_BYTES ? live * 2 : OLD_MIN_BYTES;
}

bool il_sweep_some(HeapSpace *s, uint32_t count) {
  uint32_t done = 0;
  while (s->sweep_block || s->sweep_large) {
    if (done >= count) return false;
    Block *b = s->sweep_block;
    if (b) {
      s->sweep_block = b->next;
      sweep_block(s, b);
      done++;
    } else {
      b = s->sweep_large;
      s->sweep_large = b->next;
      sweep_large(s, b);
      done += LARGE_COST;
    }
  }
  s->is_sweeping = false;
  il_sweep_choose_limit(s);
  return true;
}
