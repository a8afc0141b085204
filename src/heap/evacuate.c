// evacuate.c: moves what lives in sparse blocks.
//
// Sweeping sets blocks apart in which little lives, up to EVACUATE_LINES in all,
// so that the work at the end of a cycle is bounded. While the next cycle runs,
// every slot of the heap that is seen to name an object in such a block is
// noted: by marking, by the store barrier, by promotion. Roots are not, for they
// come and go. When marking has ended all that lives is marked and nothing is
// young, so that the marks in a sparse block say what is to be moved, and what
// names it are the noted slots, the roots and the moved objects themselves:
//
//    sparse block  [a][.][b][.....]      copies  [a'][b']
//                   │     └──▶ b'        noted slots, roots, slots of a' and b':
//                   └──▶ a'              what names a names a'
//
// A noted slot may have changed since, or lie in an object that has died: then
// it is left, or corrected in vain.

#include <string.h>

#include "heap/space.h"

// More slots than that: it does not pay.
#define SLOTS_MAX (1u << 20)

void il_evacuate_forget(HeapSpace *s) {
  for (uint32_t i = 0; i < s->sparse.count; i++)
    s->sparse.items[i]->is_sparse = false;
  s->sparse.count = 0;
  s->sparse_lines = 0;
  s->slots.count = 0;
  s->is_evacuating = false;
}

void il_evacuate_note_slot(HeapSpace *s, Value *slot) {
  if (s->slots.count >= SLOTS_MAX) il_evacuate_forget(s);
  else il_vec_push(&s->slots, slot);
}

static void correct(Value *slot, void *context) {
  (void)context;
  if (il_value_is_small(*slot)) return;
  Header h = il_value_object(*slot)->header;
  if (!(h & HEADER_IS_HEADER)) *slot = h + 1;
}

static void correct_objects(Objects *objects) {
  for (uint32_t i = 0; i < objects->count; i++) {
    Value v = il_value_of(objects->items[i]);
    correct(&v, NULL);
    objects->items[i] = il_value_object(v);
  }
}

static void correct_weak(const HeapSpace *s, Object *o) {
  Layout layout = il_object_layout(s->program, o);
  if (layout == LAYOUT_WEAK) {
    correct(&((Weak *)(void *)o)->target, NULL);
  } else if (layout == LAYOUT_EPHEMERON) {
    correct(&((Ephemeron *)(void *)o)->key, NULL);
    correct(&((Ephemeron *)(void *)o)->value, NULL);
  } else if (layout == LAYOUT_FINALIZER) {
    correct(&((FinalizerEntry *)(void *)o)->value, NULL);
  }
}

// False when there is no memory: what was not moved stays.
static bool move_object(HeapSpace *s, Object *o, Objects *moved) {
  size_t size = il_object_size_bytes(s->program, o);
  Object *copy = il_old_allocate(s, size);
  if (!copy) return false;
  memcpy(copy, o, size);
  o->header = (Header)(uintptr_t)copy;
  il_vec_push(moved, copy);
  return true;
}

static bool empty_block(HeapSpace *s, Block *b, Objects *moved) {
  if (b->marks_cycle != s->cycle) return true;
  for (uint32_t w = 0; w < IL_COUNT_OF(b->marks); w++) {
    for (uint64_t bits = b->marks[w]; bits; bits &= bits - 1) {
      size_t at = (w * 64 + (size_t)__builtin_ctzll(bits)) * 8;
      if (!move_object(s, (Object *)(void *)((char *)b + at), moved))
        return false;
    }
  }
  return true;
}

static void correct_all(HeapSpace *s, const Objects *moved) {
  for (uint32_t i = 0; i < s->slots.count; i++)
    correct(s->slots.items[i], NULL);
  for (uint32_t i = 0; i < moved->count; i++) {
    il_object_each_edge(s->program, moved->items[i], correct, NULL);
    correct_weak(s, moved->items[i]);
  }
  s->roots(s->roots_context, correct, NULL);
  correct_objects(&s->finalizers);
  correct_objects(&s->dead);
}

void il_evacuate(HeapSpace *s) {
  if (!s->is_evacuating) return;
  Objects moved = {0};
  uint32_t emptied = 0;
  while (emptied < s->sparse.count &&
         empty_block(s, s->sparse.items[emptied], &moved)) {
    emptied++;
  }
  correct_all(s, &moved);
  s->evacuated_count += moved.count;
  il_vec_drop(&moved);
  for (uint32_t i = 0; i < emptied; i++) {
    Block *b = s->sparse.items[i];
    il_space_unlink(&s->old, b);
    s->old_bytes -= BLOCK_BYTES;
    il_pool_give_block(s->pool, b, MEMORY_HEAP);
  }
  s->sparse.count -= emptied;
  memmove(s->sparse.items, s->sparse.items + emptied,
          s->sparse.count * sizeof *s->sparse.items);
  il_evacuate_forget(s);
}
