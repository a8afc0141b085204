// transform.c: types made from types by replacing their leaves: substitution,
// instantiation, opening and closing of generic function types.
#include "type/table.h"

TypeId il_type_rebuild(TypeTable *table, TypeId id, const TypeId *items) {
  const Type *t = il_type_get(table, id);
  if (t->kind == TYPE_INTERSECTION) {
    const Type *p = il_type_get(table, items[0]);
    bool is_param = p->kind == TYPE_PARAM || p->kind == TYPE_INTERSECTION;
    if (!is_param || p->nullable) return items[0];
    return il_type_intersection(table, items[0], items[1]);
  }
  bool is_record = t->kind == TYPE_RECORD;
  return il_type_intern(table, (TypeKind)t->kind, t->nullable, t->head, items,
                        t->count, is_record ? t->items + t->count : NULL,
                        is_record ? t->count - t->head : 0);
}

static TypeId map_below(TypeMapper *m, TypeId id, uint32_t distance) {
  const Type *t = il_type_get(m->table, id);
  if (!m->wants(m, t, distance)) return id;
  uint64_t key = (uint64_t)id << 16 | distance, known;
  bool is_deep = t->depth > TYPE_DEEP;
  if (is_deep && il_map_find(&m->known, key, &known)) return (TypeId)known;
  if (t->kind == TYPE_PARAM || t->kind == TYPE_BOUND) {
    TypeId to = m->leaf(m, t, id, distance);
    return to != id && t->nullable ? il_type_with_nullable(m->table, to, true)
                                   : to;
  }
  if (t->kind == TYPE_FUNCTION &&
      il_type_shape_get(m->table, t)->type_param_count > 0) {
    distance++;
  }
  TypeBuffer items;
  il_type_buffer_init(&items, t->count);
  bool changed = false;
  for (uint32_t i = 0; i < t->count; i++) {
    items.items[i] = map_below(m, t->items[i], distance);
    changed |= items.items[i] != t->items[i];
  }
  TypeId result = changed ? il_type_rebuild(m->table, id, items.items) : id;
  il_type_buffer_drop(&items);
  if (is_deep) il_map_put(&m->known, key, result);
  return result;
}

TypeId il_type_map(TypeMapper *m, TypeId id, uint32_t distance) {
  TypeId result = map_below(m, id, distance);
  if (m->known.count) il_map_drop(&m->known);
  return result;
}

static bool wants_params(const TypeMapper *m, const Type *t,
                         uint32_t distance) {
  (void)m;
  (void)distance;
  return (t->flags & (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM)) != 0;
}

static bool wants_bounds(const TypeMapper *m, const Type *t,
                         uint32_t distance) {
  (void)m;
  return t->binders > distance;
}

// ---------------------------------------------------------------------- shift

static TypeId shift_leaf(TypeMapper *m, const Type *t, TypeId id,
                         uint32_t distance) {
  (void)id;
  (void)distance;
  return il_type_bound(m->table, t->head & 0xFFFF,
                       (uint32_t)((int32_t)t->binders - 1 + m->by));
}

TypeId il_type_shift(TypeTable *table, TypeId id, uint32_t by) {
  if (by == 0 || il_type_get(table, id)->binders == 0) return id;
  TypeMapper m = {.table = table,
                  .leaf = shift_leaf,
                  .wants = wants_bounds,
                  .by = (int32_t)by};
  return il_type_map(&m, id, 0);
}

// --------------------------------------------------------------- substitution

static TypeId substitute_leaf(TypeMapper *m, const Type *t, TypeId id,
                              uint32_t distance) {
  for (uint32_t i = 0; i < m->count; i++) {
    if (m->params[i] == t->head) {
      return il_type_shift(m->table, m->args[i], distance);
    }
  }
  return id;
}

TypeId il_type_substitute(TypeTable *table, TypeId type,
                          const TypeParamId *params, const TypeId *args,
                          uint32_t count) {
  if (count == 0) return type;
  TypeMapper m = {.table = table,
                  .leaf = substitute_leaf,
                  .wants = wants_params,
                  .params = params,
                  .args = args,
                  .count = count};
  return il_type_map(&m, type, 0);
}

static TypeId range_leaf(TypeMapper *m, const Type *t, TypeId id,
                         uint32_t distance) {
  uint32_t i = t->head - m->class_base;
  return i < m->count ? il_type_shift(m->table, m->args[i], distance) : id;
}

TypeId il_type_substitute_range(TypeTable *table, TypeId id, TypeParamId first,
                                const TypeId *args, uint32_t count) {
  if (count == 0) return id;
  TypeMapper m = {.table = table,
                  .leaf = range_leaf,
                  .wants = wants_params,
                  .args = args,
                  .count = count,
                  .class_base = first};
  return il_type_map(&m, id, 0);
}

// -------------------------------------------------------------- instantiation

static bool wants_instantiation(const TypeMapper *m, const Type *t,
                                uint32_t distance) {
  (void)distance;
  return ((t->flags & TYPE_HAS_CLASS_PARAM) && m->class_vector) ||
         ((t->flags & TYPE_HAS_FUNCTION_PARAM) && m->function_vector);
}

static TypeId instantiate_leaf(TypeMapper *m, const Type *t, TypeId id,
                               uint32_t distance) {
  if (t->kind != TYPE_PARAM) return id;
  const TypeParam *p = il_type_param_get(m->table, t->head);
  TypeId vector = p->is_function ? m->function_vector : m->class_vector;
  uint32_t index = p->index + (p->is_function ? 0 : m->class_base);
  const Type *v = il_type_get(m->table, vector);
  IL_ASSERT(v->kind == TYPE_VECTOR && index < v->count);
  return il_type_shift(m->table, v->items[index], distance);
}

TypeId il_type_instantiate(TypeTable *table, TypeId type, TypeId class_vector,
                           uint32_t class_base, TypeId function_vector) {
  TypeMapper m = {.table = table,
                  .leaf = instantiate_leaf,
                  .wants = wants_instantiation,
                  .class_vector = class_vector,
                  .class_base = class_base,
                  .function_vector = function_vector};
  return il_type_map(&m, type, 0);
}

// ----------------------------------------------------------- generic functions

static TypeId close_leaf(TypeMapper *m, const Type *t, TypeId id,
                         uint32_t distance) {
  if (t->kind != TYPE_PARAM) return id;
  for (uint32_t i = 0; i < m->count; i++) {
    if (m->params[i] == t->head) return il_type_bound(m->table, i, distance);
  }
  return id;
}

TypeId il_type_close(TypeTable *table, TypeId id, const TypeParamId *params,
                     uint32_t count) {
  // What was free in the type gets one more binder to reach out of.
  id = il_type_shift(table, id, 1);
  TypeMapper m = {.table = table,
                  .leaf = close_leaf,
                  .wants = wants_params,
                  .params = params,
                  .count = count};
  return il_type_map(&m, id, 0);
}

static TypeId open_leaf(TypeMapper *m, const Type *t, TypeId id,
                        uint32_t distance) {
  if (t->kind != TYPE_BOUND) return id;
  uint32_t index = t->head & 0xFFFF, reach = t->binders - 1u;
  if (reach == distance) {
    IL_ASSERT(index < m->count);
    return il_type_shift(m->table, m->args[index], distance);
  }
  return il_type_bound(m->table, index, reach - 1);
}

TypeId il_type_function_apply(TypeTable *t, TypeId f, const TypeId *args,
                              uint32_t count) {
  const Type *type = il_type_get(t, f);
  const TypeShape *s = il_type_shape_get(t, type);
  IL_ASSERT(s->type_param_count == count);
  if (count == 0) return f;
  TypeMapper m = {.table = t,
                  .leaf = open_leaf,
                  .wants = wants_bounds,
                  .args = args,
                  .count = count};
  TypeBuffer items;
  il_type_buffer_init(&items, type->count);
  uint32_t n = 0;
  for (uint32_t i = 0; i < type->count; i++) {
    if (i >= 1 && i <= count) continue;  // bounds
    items.items[n++] = il_type_map(&m, type->items[i], 0);
  }
  uint32_t shape = il_type_intern_shape(
      t, 0, s->required_count, s->optional_count, s->names, s->named_count);
  TypeId result = il_type_intern(t, TYPE_FUNCTION, type->nullable, shape,
                                 items.items, n, NULL, 0);
  il_type_buffer_drop(&items);
  return result;
}

TypeId il_type_function_open(TypeTable *t, TypeId f, TypeParamId *params) {
  const Type *type = il_type_get(t, f);
  uint32_t count = il_type_shape_get(t, type)->type_param_count;
  TypeBuffer args;
  il_type_buffer_init(&args, count);
  for (uint32_t i = 0; i < count; i++) {
    // Printed as T0, T1 ... by il_class_print_type: it has no name.
    params[i] = il_type_param_new(t, NAME_NONE, true, i);
    args.items[i] = il_type_param(t, params[i]);
  }
  TypeMapper m = {.table = t,
                  .leaf = open_leaf,
                  .wants = wants_bounds,
                  .args = args.items,
                  .count = count};
  for (uint32_t i = 0; i < count; i++) {
    il_type_param_set_bound(t, params[i],
                            il_type_map(&m, type->items[1 + i], 0));
  }
  TypeId result = il_type_function_apply(t, f, args.items, count);
  il_type_buffer_drop(&args);
  return result;
}
