// weak.c: what a collection does last: weak references, ephemerons,
// finalizers.

#include "heap/space.h"

// Goes round until no more keys come alive by the values.
void il_weak_settle_ephemerons(HeapSpace *space, Objects *weak,
                               const WeakPass *pass) {
  bool is_changed = true;
  while (is_changed) {
    is_changed = false;
    for (uint32_t i = 0; i < weak->count; i++) {
      Object *o = weak->items[i];
      if (!o || il_object_layout(space->program, o) != LAYOUT_EPHEMERON)
        continue;
      Ephemeron *e = (Ephemeron *)(void *)o;
      if (!pass->survives(space, &e->key)) continue;
      weak->items[i] = NULL;
      pass->keep(space, &e->value);
      pass->drain(space);
      is_changed = true;
    }
  }
}

static void settle_finalizers(HeapSpace *space, const WeakPass *pass) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < space->finalizers.count; i++) {
    FinalizerEntry *e = (FinalizerEntry *)(void *)space->finalizers.items[i];
    if (e->finalizer == VALUE_NULL) continue;  // cleared
    if (pass->survives(space, &e->value)) {
      space->finalizers.items[kept++] = (Object *)(void *)e;
    } else {
      e->value = VALUE_NULL;
      il_vec_push(&space->dead, (Object *)(void *)e);
    }
  }
  space->finalizers.count = kept;
}

void il_weak_settle(HeapSpace *space, Objects *weak, const WeakPass *pass) {
  il_weak_settle_ephemerons(space, weak, pass);
  for (uint32_t i = 0; i < weak->count; i++) {
    Object *o = weak->items[i];
    if (!o) continue;
    if (il_object_layout(space->program, o) == LAYOUT_WEAK) {
      Weak *w = (Weak *)(void *)o;
      if (!pass->survives(space, &w->target)) w->target = VALUE_NULL;
    } else {
      Ephemeron *e = (Ephemeron *)(void *)o;
      e->key = e->value = VALUE_NULL;
    }
  }
  weak->count = 0;
  settle_finalizers(space, pass);
}
