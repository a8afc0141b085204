// audit.c: checks of a whole heap, for --audit-heap.
//
// Walks everything reachable and asserts that each object has a header of a
// known class, lies in memory that this heap holds, and that no old object
// names a young one unremembered.

#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "heap/space.h"

typedef struct {
  HeapSpace *space;
  Map seen;
  Objects todo;
  Map stored;        // the slots of HeapSpace.stored
  Object *from;      // whose edges are visited; NULL: roots
} Audit;

IL_NORETURN static void fail(const Audit *a, const Object *o, const char *what) {
  fprintf(stderr, "isle: heap audit: %s: object %p of class %u", what,
          (const void *)o, (unsigned)il_object_class(o));
  if (a->from)
    fprintf(stderr, ", named by %p of class %u", (void *)a->from,
            (unsigned)il_object_class(a->from));
  fprintf(stderr, "\n");
  abort();
}

static bool is_young_here(const HeapSpace *s, const Object *o) {
  const char *p = (const char *)o;
  for (const Chunk *c = s->young; c; c = c->next)
    if (p >= c->data && p < (const char *)c + c->size) return true;
  return false;
}

static bool is_listed(const Block *list, const Block *b) {
  while (list && list != b) list = list->next;
  return list != NULL;
}

static void check_payload(const Audit *a, const Object *o) {
  if (!(o->header & HEADER_COUNTED)) return;
  const Payloads *held = a->space->payloads;
  uint64_t unused;
  if (!held ||
      !il_map_find(&held->passes, il_map_key(il_payload_of(o)), &unused)) {
    fail(a, o, "a payload not held");
  }
}

static void visit(Value *slot, void *context) {
  Audit *a = context;
  HeapSpace *s = a->space;
  if (il_value_is_small(*slot)) return;
  Object *o = il_value_object(*slot);
  if (o->header & HEADER_SHARED) {
    check_payload(a, o);
    return;
  }
  if (!(o->header & HEADER_IS_HEADER)) fail(a, o, "forwarded");
  ClassId id = il_object_class(o);
  if (id == 0 || id > il_program_class_count(s->program))
    fail(a, o, "no such class");
  uint64_t unused;
  if (!il_map_find(&a->seen, (uint64_t)(uintptr_t)o, &unused)) {
    Block *b = il_block_of(o);
    bool ok = b->kind == BLOCK_LARGE ? is_listed(s->large, b)
              : b->is_old            ? is_listed(s->old, b)
                                     : is_young_here(s, o);
    if (!ok) fail(a, o, "not in this heap");
    il_map_put(&a->seen, (uint64_t)(uintptr_t)o, 1);
    il_vec_push(&a->todo, o);
  }
}

// What is weak is dead or whole, too.
static void visit_weak(Audit *a, Object *o) {
  Layout layout = il_object_layout(a->space->program, o);
  if (layout == LAYOUT_WEAK) visit(&((Weak *)(void *)o)->target, a);
  if (layout == LAYOUT_EPHEMERON) {
    visit(&((Ephemeron *)(void *)o)->key, a);
    visit(&((Ephemeron *)(void *)o)->value, a);
  }
}

static void visit_finalizers(Audit *a, const Objects *entries) {
  for (uint32_t i = 0; i < entries->count; i++) {
    Value entry = il_value_of(entries->items[i]);
    visit(&entry, a);
    visit(&((FinalizerEntry *)(void *)entries->items[i])->value, a);
  }
}

static void check_old_edge(Value *slot, void *context) {
  Audit *a = context;
  if (!il_space_is_local(*slot)) return;
  Object *o = il_value_object(*slot);
  if (!il_block_of(o)->is_old) fail(a, o, "young, not remembered");
}

// Each young item of a huge list lies in a card or was noted alone.
static void check_cards(Audit *a, Object *list) {
  uint64_t count = 0, mask, unused;
  Value *items = il_object_items(a->space->program, list, &count);
  for (uint64_t i = 0; i < count; i++) {
    if (!(*il_block_card(il_block_of(list), &items[i], &mask) & mask) &&
        !il_map_find(&a->stored, il_map_key(&items[i]), &unused)) {
      check_old_edge(&items[i], a);
    }
  }
}

static void check_remembered(Audit *a, Object *o) {
  if (il_block_of(o)->kind == BLOCK_LARGE)
    check_cards(a, o);
  else if (!(o->header & HEADER_REMEMBERED))
    il_object_each_edge(a->space->program, o, check_old_edge, a);
}

static bool is_fresh(const HeapSpace *s, const Object *o) {
  for (uint32_t i = 0; i < s->fresh_large.count; i++)
    if (s->fresh_large.items[i] == o) return true;
  return false;
}

// Collections between two looks at the whole pool.
#define POOL_PERIOD 64

void il_heap_audit(Heap *heap) {
  HeapSpace *s = heap->space;
  if (s->collection_count % POOL_PERIOD == 0 &&
      !il_pool_audit_blocks(s->pool)) {
    fprintf(stderr, "isle: heap audit: the pool's free blocks do not add up\n");
    abort();
  }
  Audit a = {.space = s};
  il_map_init(&a.seen);
  il_map_init(&a.stored);
  for (uint32_t i = 0; i < s->stored.count; i++)
    il_map_put(&a.stored, il_map_key(s->stored.items[i]), 1);
  s->roots(s->roots_context, visit, &a);
  visit_finalizers(&a, &s->finalizers);
  visit_finalizers(&a, &s->dead);
  while (a.todo.count > 0) {
    Object *o = a.from = a.todo.items[--a.todo.count];
    il_object_each_edge(s->program, o, visit, &a);
    visit_weak(&a, o);
    if (s->has_promoted && il_block_of(o)->is_old && !is_fresh(s, o))
      check_remembered(&a, o);
  }
  il_map_drop(&a.seen);
  il_map_drop(&a.stored);
  il_vec_drop(&a.todo);
}
