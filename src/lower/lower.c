// lower.c: the whole program: numbers, layouts, bodies, and the segment.
#include "lower/lower.h"

#include "lower/lowering.h"

static Lower *lower_new(Sema *sema, const Segment *core) {
  Lower *l = il_memory_zalloc(sizeof *l);
  il_arena_init(&l->arena);
  l->sema = sema;
  l->core = core;
  l->is_core = core == NULL;
  l->types = &sema->type_context;
  l->names = sema->names;
  l->builder = il_builder_new(sema->names, sema->type_context, core);
  l->name_remainder = il_name_intern(l->names, TEXT("remainder"));
  l->name_to_double = il_name_intern(l->names, TEXT("toDouble"));
  l->name_to_int = il_name_intern(l->names, TEXT("toInt"));
  l->name_truncate = il_name_intern(l->names, TEXT("truncate"));
  l->name_abs = il_name_intern(l->names, TEXT("abs"));
  l->name_floor_to_double = il_name_intern(l->names, TEXT("floorToDouble"));
  l->name_code_unit_at = il_name_intern(l->names, TEXT("codeUnitAt"));
  il_native_init(l);
  return l;
}

static void lower_free(Lower *l) {
  il_map_drop(&l->tear_offs);
  il_map_drop(&l->captures);
  il_map_drop(&l->inline_costs);
  il_map_drop(&l->declared);
  il_map_drop(&l->externals);
  il_map_drop(&l->native_names);
  il_map_drop(&l->bodies);
  il_map_drop(&l->signatures);
  il_map_drop(&l->mixin_inits);
  il_vec_drop(&l->pending);
  il_vec_drop(&l->mixed);
  il_builder_free(l->builder);
  il_arena_drop(&l->arena);
  il_memory_free(l, sizeof *l);
}

static void lower_mixin_inits(Lower *l) {
  for (ClassId id = l->first_class; id < l->class_count; id++) {
    ClassElement *c = l->classes[id].element;
    if (c && !c->mixin && l->classes[id].is_mixin) {
      il_constructor_lower_mixin_init(l, c);
    }
  }
}

// Lowering a body may number further functions.
static void lower_pending(Lower *l) {
  for (uint32_t i = 0; i < l->pending.count; i++) {
    il_function_lower(l, l->pending.items[i]);
  }
  l->pending.count = 0;
}

static bool find_body(Lower *l, const MixedFunction *m, BuilderFunction *out) {
  ClassElement *mixin = m->application->mixin;
  const void *key = m->element ? (const void *)m->element
                               : (const void *)mixin;
  BuilderFunction *own = il_map_find_pointer(&l->bodies, il_map_key(key));
  if (own) {
    *out = *own;
    return true;
  }
  FunctionId id = m->element ? m->element->code_index
                             : il_constructor_mixin_init(l, mixin);
  if (id == 0) return false;
  il_builder_body_get(l->builder, id, out);
  return true;
}

static void set_mixed(Lower *l) {
  for (uint32_t i = 0; i < l->mixed.count; i++) {
    const MixedFunction *m = &l->mixed.items[i];
    BuilderFunction body;
    if (!find_body(l, m, &body)) continue;
    body.head.id = m->id;
    body.head.holder = m->application->id;
    il_builder_function_set(l->builder, m->id, &body);
  }
}

static void set_core_functions(Lower *l) {
  static const struct { const char *library, *name; } names[] = {
#define CORE_FUNCTION(id, library, name) {library, name},
#include "code/core_function.def"
#undef CORE_FUNCTION
  };
  for (uint32_t i = 0; i < IL_COUNT_OF(names); i++) {
    FunctionElement *e = il_sema_core_function(l->sema, names[i].library,
                                               names[i].name);
    FunctionId id = e ? il_lower_function(l, e) : 0;
    if (id == 0) continue;
    il_builder_core_function(l->builder, (CoreFunction)i, id);
  }
}

// main as a closure-ABI function would do for isolates; the entry is the
// function itself.
static void set_main(Lower *l) {
  Library *root = l->sema->root;
  FunctionElement *main = root ? root->main : NULL;
  if (main) il_builder_main(l->builder, il_lower_function(l, main));
}

Segment *il_lower_program(Sema *sema, const Segment *core,
                          LowerOutline *outline, void *context) {
  Lower *l = lower_new(sema, core);
  il_class_collect(l);
  il_class_number(l);
  if (l->is_core) set_core_functions(l);
  il_class_layout(l);
  lower_pending(l);
  il_class_statics(l);
  lower_mixin_inits(l);
  if (!l->is_core) set_main(l);
  lower_pending(l);
  set_mixed(l);
  Text section = outline ? outline(context, sema) : TEXT("");
  Segment *segment = NULL;
  if (!il_diagnostic_any(sema->diagnostics)) {
    segment = il_builder_finish(l->builder, il_thunk_selector, l,
                                section.bytes, section.length);
    const char *error = il_builder_error(l->builder);
    if (error) {
      il_lower_fail(l, NULL, 0, error);
      if (segment) il_segment_free(segment);
      segment = NULL;
    }
  }
  lower_free(l);
  return segment;
}
