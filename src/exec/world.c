// world.c: makes the shared run-time side of a program.
#include "exec/world.h"

#include "base/memory.h"
#include "exec/constant.h"
#include "exec/machine.h"

static void make_static_pages(World *w) {
  const Program *p = w->program;
  uint32_t count = il_program_static_count(p);
  w->static_page_count = (count + STATIC_PAGE_SLOTS - 1) / STATIC_PAGE_SLOTS;
  w->static_pages =
      IL_NEW_ARRAY(&w->arena, StaticPage *, w->static_page_count + 1);
  for (uint32_t i = 0; i < w->static_page_count; i++) {
    w->static_pages[i] = IL_NEW(&w->arena, StaticPage);
  }
  for (StaticId id = 1; id < count; id++) {
    const CodeStatic *s = il_program_static(p, id);
    StaticPage *page = w->static_pages[id / STATIC_PAGE_SLOTS];
    uint64_t *slot = &page->slots[id % STATIC_PAGE_SLOTS];
    *slot = s->rep == REP_REF ? w->constants[s->value]
                              : il_program_constant(p, s->value)->bits;
    if (s->initializer == 0) {
      page->initialized |= 1u << id % STATIC_PAGE_SLOTS;
    } else if (s->rep == REP_REF) {
      *slot = VALUE_NULL;
    }
  }
}

TypeId il_world_list_vector(World *w, ClassId list, TypeId vector) {
  const ClassCode *c = w->tables.classes[list];
  const Type *t = il_type_get(w->types->types, vector);
  const Type *own = il_type_get(w->types->types, c->vector);
  if (!(own->flags & TYPE_HAS_CLASS_PARAM)) return c->vector;
  if (t->count == c->vector_count) return vector;
  // The list's parameter is the vector's last item.
  return il_test_instantiate(w, c->vector, vector, t->count - 1, TYPE_ID_NONE);
}

World *il_world_new(const Program *program, NativeFn *const *natives,
                    const Flags *flags) {
  World *w = il_memory_zalloc(sizeof *w);
  w->program = program;
  w->tables = *il_program_tables(program);
  w->types = il_program_types(program);
  w->natives = natives;
  w->flags = flags;
  il_arena_init(&w->arena);
  w->constants = il_constant_make_all(w);
  make_static_pages(w);
  return w;
}

void il_world_free(World *w) {
  if (!w) return;
  il_arena_drop(&w->arena);
  il_memory_free(w, sizeof *w);
}
