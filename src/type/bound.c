// bound.c: bounds and normal forms of the specification.  In order: the order
// of tops and bottoms, closures, the least upper bound of interfaces, UP and
// DOWN (which need each other), NORM, futures, erasure, representation.
#include <stdlib.h>

#include "type/relation.h"

static TypeId up(Relation *r, TypeId a, TypeId b);
static TypeId down(Relation *r, TypeId a, TypeId b);

// ------------------------------------------------------------ classification

static bool is_object(const TypeTable *types, TypeId id) {
  const Type *t = il_type_get(types, id);
  while (t->kind == TYPE_FUTURE_OR && !t->nullable) {
    id = t->items[0];
    t = il_type_get(types, id);
  }
  return id == TYPE_ID_OBJECT;
}

static bool is_null(const TypeContext *c, TypeId id) {
  if (id == TYPE_ID_NULL) return true;
  const Type *t = il_type_get(c->types, id);
  return t->nullable && t->kind == TYPE_PARAM &&
         il_type_is_bottom(c, il_type_with_nullable(c->types, id, false));
}

// MORETOP: a total order on top types and on those equivalent to Object.
static bool is_more_top(TypeTable *types, TypeId a, TypeId b) {
  for (;;) {
    if (a == TYPE_ID_VOID || b == TYPE_ID_VOID) return a == TYPE_ID_VOID;
    if (a == TYPE_ID_DYNAMIC || b == TYPE_ID_DYNAMIC) {
      return a == TYPE_ID_DYNAMIC;
    }
    if (a == TYPE_ID_OBJECT || b == TYPE_ID_OBJECT) return a == TYPE_ID_OBJECT;
    const Type *x = il_type_get(types, a), *y = il_type_get(types, b);
    if (x->nullable != y->nullable) return y->nullable;
    if (x->nullable) {
      a = il_type_with_nullable(types, a, false);
      b = il_type_with_nullable(types, b, false);
      continue;
    }
    if (x->kind != TYPE_FUTURE_OR || y->kind != TYPE_FUTURE_OR) return true;
    a = x->items[0];
    b = y->items[0];
  }
}

// MOREBOTTOM: an order on types equivalent to Never or to Null.
static bool is_more_bottom(const TypeContext *c, TypeId a, TypeId b) {
  for (int i = 0; i < IL_TYPE_MAX_DEPTH; i++) {
    if (a == TYPE_ID_NEVER || b == TYPE_ID_NEVER) return a == TYPE_ID_NEVER;
    if (a == TYPE_ID_NULL || b == TYPE_ID_NULL) return a == TYPE_ID_NULL;
    const Type *x = il_type_get(c->types, a), *y = il_type_get(c->types, b);
    if (x->nullable != y->nullable) return y->nullable;
    if (x->nullable) {
      a = il_type_with_nullable(c->types, a, false);
      b = il_type_with_nullable(c->types, b, false);
      continue;
    }
    bool promoted_a = x->kind == TYPE_INTERSECTION;
    bool promoted_b = y->kind == TYPE_INTERSECTION;
    if (promoted_a != promoted_b) return promoted_a;
    if (x->kind == TYPE_INTERSECTION) {
      a = x->items[1];
      b = y->items[1];
    } else if (x->kind == TYPE_PARAM && y->kind == TYPE_PARAM) {
      a = il_type_param_get(c->types, x->head)->bound;
      b = il_type_param_get(c->types, y->head)->bound;
    } else {
      return true;
    }
  }
  return true;
}

// ------------------------------------------------------------------- closures

typedef struct {
  TypeTable *types;
  const TypeParamId *params;  // NULL: the hole _
  uint32_t count;
  bool is_of_bounds;  // instead: every free TYPE_BOUND
  Map *known;         // results for deep types
} Closure;

static bool closes(const Closure *k, const Type *t) {
  if (k->is_of_bounds) return t->kind == TYPE_BOUND;
  if (!k->params) return t->kind == TYPE_UNKNOWN;
  if (t->kind != TYPE_PARAM) return false;
  for (uint32_t i = 0; i < k->count; i++) {
    if (k->params[i] == t->head) return true;
  }
  return false;
}

static bool may_mention(const Closure *k, const Type *t, uint32_t distance) {
  if (k->is_of_bounds) return t->binders > distance;
  return (t->flags & (k->params ? TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM
                                : TYPE_HAS_UNKNOWN)) != 0;
}

static bool mentions(const Closure *k, TypeId id, uint32_t distance) {
  const Type *t = il_type_get(k->types, id);
  if (!may_mention(k, t, distance)) return false;
  if (closes(k, t)) return true;
  if (t->kind == TYPE_FUNCTION) {
    distance += il_type_shape_get(k->types, t)->type_param_count > 0;
  }
  for (uint32_t i = 0; i < t->count; i++) {
    if (mentions(k, t->items[i], distance)) return true;
  }
  return false;
}

static TypeId close_below(const Closure *k, TypeId id, bool greatest,
                          uint32_t distance) {
  const Type *t = il_type_get(k->types, id);
  if (!may_mention(k, t, distance)) return id;
  uint64_t key = (uint64_t)id << 17 | (uint64_t)distance << 1 | greatest;
  uint64_t before;
  bool is_deep = t->depth > TYPE_DEEP;
  if (is_deep && il_map_find(k->known, key, &before)) return (TypeId)before;
  if (closes(k, t)) {
    TypeId top = greatest ? TYPE_ID_OBJECT_NULLABLE : TYPE_ID_NEVER;
    return t->nullable ? il_type_with_nullable(k->types, top, true) : top;
  }
  uint32_t first_contravariant = t->count;
  if (t->kind == TYPE_FUNCTION) {
    const TypeShape *s = il_type_shape_get(k->types, t);
    first_contravariant = 1 + s->type_param_count;
    distance += s->type_param_count > 0;
    for (uint32_t i = 0; i < s->type_param_count; i++) {
      if (!mentions(k, t->items[1 + i], distance)) continue;
      TypeId whole = greatest ? TYPE_ID_FUNCTION : TYPE_ID_NEVER;
      return il_type_with_nullable(k->types, whole, t->nullable);
    }
  }
  if (t->kind == TYPE_INTERSECTION &&
      closes(k, il_type_get(k->types, t->items[0]))) {
    return close_below(k, t->items[greatest ? 1 : 0], greatest, distance);
  }
  TypeBuffer items;
  il_type_buffer_init(&items, t->count);
  for (uint32_t i = 0; i < t->count; i++) {
    items.items[i] = close_below(
        k, t->items[i], greatest == (i < first_contravariant), distance);
  }
  TypeId result = il_type_rebuild(k->types, id, items.items);
  il_type_buffer_drop(&items);
  if (is_deep) il_map_put(k->known, key, result);
  return result;
}

static TypeId close_type(const Closure *k, TypeId id, bool greatest) {
  Map known = {0};
  Closure with_memory = *k;
  with_memory.known = &known;
  TypeId result = close_below(&with_memory, id, greatest, 0);
  if (known.count) il_map_drop(&known);
  return result;
}

TypeId il_type_close_bounds(TypeTable *types, TypeId t, bool greatest) {
  Closure k = {.types = types, .is_of_bounds = true};
  return close_type(&k, t, greatest);
}

TypeId il_type_greatest_closure(const TypeContext *c, TypeId t) {
  Closure k = {.types = c->types};
  return close_type(&k, t, true);
}

TypeId il_type_least_closure(const TypeContext *c, TypeId t) {
  Closure k = {.types = c->types};
  return close_type(&k, t, false);
}

TypeId il_type_least_closure_of_params(const TypeContext *c, TypeId t,
                                       const TypeParamId *params,
                                       uint32_t count) {
  Closure k = {.types = c->types, .params = params, .count = count};
  return close_type(&k, t, false);
}

// --------------------------------------- least upper bound of two interfaces

typedef struct {
  ClassId id;
  uint32_t supers, depth;
} Ranked;

static int compare_ranked(const void *a, const void *b) {
  const Ranked *x = a, *y = b;
  if (x->supers != y->supers) return x->supers < y->supers ? -1 : 1;
  return x->id < y->id ? -1 : x->id > y->id;
}

// The longest way from a class up to Object.  Whoever has fewer supers cannot
// be below whoever has more, so one pass in that order is enough.
static uint32_t class_depth(const ClassTable *classes, ClassId id) {
  const TypeClass *c = il_class_get(classes, id);
  uint32_t n = c->super_count, depth = 0;
  if (n == 0) return 0;
  Ranked *all = il_memory_alloc(n * sizeof(Ranked));
  for (uint32_t i = 0; i < n; i++) {
    all[i] = (Ranked){c->super_ids[i],
                      il_class_get(classes, c->super_ids[i])->super_count, 0};
  }
  qsort(all, n, sizeof(Ranked), compare_ranked);
  for (uint32_t i = 0; i < n; i++) {
    const TypeClass *s = il_class_get(classes, all[i].id);
    for (uint32_t k = 0; k < i; k++) {
      for (uint32_t m = 0; m < s->super_count; m++) {
        if (s->super_ids[m] == all[k].id && all[k].depth >= all[i].depth) {
          all[i].depth = all[k].depth + 1;
        }
      }
    }
    if (all[i].depth >= depth) depth = all[i].depth + 1;
  }
  il_memory_free(all, n * sizeof(Ranked));
  return depth;
}

// Of the common superinterfaces, the one that is alone at its depth, as deep as
// possible.
static TypeId interface_upper_bound(Relation *r, TypeId a, TypeId b) {
  const TypeContext *c = r->c;
  const TypeClass *x = il_class_get(c->classes, il_type_get(c->types, a)->head);
  TypeId best = TYPE_ID_NONE;
  uint32_t best_depth = 0, count = 0;
  uint32_t ceiling = UINT32_MAX;
  for (;;) {
    best = TYPE_ID_NONE;
    best_depth = count = 0;
    for (uint32_t i = 0; i <= x->super_count; i++) {
      ClassId id = i < x->super_count ? x->super_ids[i] : x->id;
      TypeId from_b = il_class_as_instance_of(c, b, id);
      if (from_b == TYPE_ID_NONE) continue;
      if (il_class_as_instance_of(c, a, id) != from_b) continue;
      uint32_t depth = class_depth(c->classes, id);
      if (depth >= ceiling || (best && depth < best_depth)) continue;
      count = best && depth == best_depth ? count + 1 : 1;
      best = from_b;
      best_depth = depth;
    }
    if (!best) break;
    if (count == 1) return best;
    ceiling = best_depth;
  }
  return il_relation_is_subtype(r, a, TYPE_ID_OBJECT) &&
                 il_relation_is_subtype(r, b, TYPE_ID_OBJECT)
             ? TYPE_ID_OBJECT
             : TYPE_ID_OBJECT_NULLABLE;
}

// ------------------------------------------------------------------ UP helpers

// Subtyping of schemas: holes count as Never where covariant.
static bool is_below(Relation *r, TypeId a, TypeId b, bool greatest) {
  Closure k = {.types = r->types};
  return il_relation_is_subtype(r, close_type(&k, a, greatest),
                                close_type(&k, b, greatest));
}

static bool is_nullable(Relation *r, TypeId t) {
  return il_relation_is_subtype(r, TYPE_ID_NULL, t);
}

// UP of a variable and something else.
static TypeId up_variable(Relation *r, TypeId id, const Type *x, TypeId other,
                          bool variable_first) {
  TypeId variable = x->kind == TYPE_INTERSECTION ? x->items[0] : id;
  if (is_below(r, variable, other, false)) return other;
  if (is_below(r, other, variable, false)) return variable;
  TypeId bound =
      x->kind == TYPE_INTERSECTION ? x->items[1] : il_relation_bound(r, x);
  if (x->kind != TYPE_BOUND) {
    TypeParamId self = il_type_get(r->types, variable)->head;
    Closure k = {.types = r->types, .params = &self, .count = 1};
    bound = close_type(&k, bound, true);
  }
  return variable_first ? up(r, bound, other) : up(r, other, bound);
}

// The function type with these parts, already closed, in the order of items.
static TypeId make_function(Relation *r, bool nullable, uint32_t params,
                            uint32_t required, uint32_t optional,
                            const uint32_t *names, uint32_t named,
                            const TypeId *items) {
  uint32_t shape =
      il_type_intern_shape(r->types, params, required, optional, names, named);
  return il_type_intern(r->types, TYPE_FUNCTION, nullable, shape, items,
                        1 + params + required + optional + named, NULL, 0);
}

static bool has_name(const TypeShape *s, Name name, uint32_t *at) {
  for (uint32_t i = 0; i < s->named_count; i++) {
    if ((s->names[i] & ~TYPE_NAMED_REQUIRED) == name) {
      *at = i;
      return true;
    }
  }
  return false;
}

static bool has_all_required(const TypeShape *of, const TypeShape *in) {
  for (uint32_t i = 0; i < of->named_count; i++) {
    uint32_t at;
    if ((of->names[i] & TYPE_NAMED_REQUIRED) &&
        !has_name(in, of->names[i] & ~TYPE_NAMED_REQUIRED, &at)) {
      return false;
    }
  }
  return true;
}

static bool has_equal_bounds(const Type *a, const Type *b, uint32_t count) {
  return count == 0 ||
         memcmp(a->items + 1, b->items + 1, count * sizeof(TypeId)) == 0;
}

// Merges the named parameters; `all`: DOWN's, else UP's.  Both lists are in
// the order of text, kept by walking a's and inserting b's where they belong.
static uint32_t merge_named(Relation *r, const Type *a, const TypeShape *sa,
                            const Type *b, const TypeShape *sb, bool all,
                            uint32_t *names, TypeId *types) {
  const TypeId *ta = a->items + a->count - sa->named_count;
  const TypeId *tb = b->items + b->count - sb->named_count;
  uint32_t i = 0, k = 0, n = 0;
  while (i < sa->named_count || k < sb->named_count) {
    int order = 0;
    if (i == sa->named_count) {
      order = 1;
    } else if (k == sb->named_count) {
      order = -1;
    } else {
      order = il_text_compare(
          il_name_text(r->types->names, sa->names[i] & ~TYPE_NAMED_REQUIRED),
          il_name_text(r->types->names, sb->names[k] & ~TYPE_NAMED_REQUIRED));
    }
    if (order == 0) {
      Name name = sa->names[i] & ~TYPE_NAMED_REQUIRED;
      uint32_t either = (sa->names[i] | sb->names[k]) & TYPE_NAMED_REQUIRED;
      uint32_t both = sa->names[i] & sb->names[k] & TYPE_NAMED_REQUIRED;
      names[n] = name | (all ? both : either);
      types[n++] = all ? up(r, ta[i], tb[k]) : down(r, ta[i], tb[k]);
      i++;
      k++;
    } else if (order < 0) {
      if (all) {
        names[n] = sa->names[i] & ~TYPE_NAMED_REQUIRED;
        types[n++] = ta[i];
      }
      i++;
    } else {
      if (all) {
        names[n] = sb->names[k] & ~TYPE_NAMED_REQUIRED;
        types[n++] = tb[k];
      }
      k++;
    }
  }
  return n;
}

static TypeId function_bound(Relation *r, const Type *a, const Type *b,
                             bool is_up) {
  TypeId fail = is_up ? TYPE_ID_FUNCTION : TYPE_ID_NEVER;
  const TypeShape *sa = il_type_shape_get(r->types, a);
  const TypeShape *sb = il_type_shape_get(r->types, b);
  uint32_t params = sa->type_param_count;
  if (params != sb->type_param_count || !has_equal_bounds(a, b, params)) {
    return fail;
  }
  uint32_t na = sa->required_count + sa->optional_count;
  uint32_t nb = sb->required_count + sb->optional_count;
  bool named = sa->named_count > 0 || sb->named_count > 0;
  if (is_up) {
    if (sa->required_count != sb->required_count) return fail;
    if (!has_all_required(sa, sb) || !has_all_required(sb, sa)) return fail;
  } else if (named &&
             (sa->optional_count > 0 || sb->optional_count > 0 || na != nb)) {
    return fail;
  }
  uint32_t least = na < nb ? na : nb, most = na < nb ? nb : na;
  uint32_t positional = is_up ? least : most;
  uint32_t required = sa->required_count < sb->required_count
                          ? sa->required_count
                          : sb->required_count;
  TypeBuffer items, names;
  il_type_buffer_init(&items, a->count + b->count);
  il_type_buffer_init(&names, sa->named_count + sb->named_count);
  Binder binder = {r->binder, a};
  if (params) r->binder = &binder;
  items.items[0] = is_up ? up(r, a->items[0], b->items[0])
                         : down(r, a->items[0], b->items[0]);
  for (uint32_t i = 0; i < params; i++) items.items[1 + i] = a->items[1 + i];
  for (uint32_t i = 0; i < positional; i++) {
    uint32_t at = 1 + params + i;
    items.items[at] = i >= na   ? b->items[at]
                      : i >= nb ? a->items[at]
                      : is_up   ? down(r, a->items[at], b->items[at])
                                : up(r, a->items[at], b->items[at]);
  }
  uint32_t name_count = merge_named(r, a, sa, b, sb, !is_up, names.items,
                                    items.items + 1 + params + positional);
  TypeId result =
      make_function(r, false, params, required, positional - required,
                    names.items, name_count, items.items);
  if (params) r->binder = binder.outer;
  il_type_buffer_drop(&items);
  il_type_buffer_drop(&names);
  return result;
}

static TypeId record_bound(Relation *r, TypeId id, const Type *a, const Type *b,
                           bool is_up) {
  uint32_t named = a->count - a->head;
  if (a->head != b->head || a->count != b->count ||
      (named > 0 && memcmp(a->items + a->count, b->items + b->count,
                           named * sizeof(uint32_t)) != 0)) {
    return is_up ? TYPE_ID_RECORD : TYPE_ID_NEVER;
  }
  TypeBuffer items;
  il_type_buffer_init(&items, a->count);
  for (uint32_t i = 0; i < a->count; i++) {
    items.items[i] = is_up ? up(r, a->items[i], b->items[i])
                           : down(r, a->items[i], b->items[i]);
  }
  TypeId result = il_type_rebuild(r->types, id, items.items);
  il_type_buffer_drop(&items);
  return result;
}

// T of Future<T>; NONE for anything else.
static TypeId future_of(const Type *t) {
  return t->kind == TYPE_INTERFACE && t->head == CLASS_FUTURE && !t->nullable
             ? t->items[0]
             : TYPE_ID_NONE;
}

// Neither is top, bottom, null, Object, nullable, a variable.
static TypeId up_kinds(Relation *r, TypeId ia, const Type *a, TypeId ib,
                       const Type *b) {
  if (a->kind == TYPE_FUNCTION || b->kind == TYPE_FUNCTION) {
    if (a->kind == b->kind) return function_bound(r, a, b, true);
    if (ia == TYPE_ID_FUNCTION || ib == TYPE_ID_FUNCTION) {
      return TYPE_ID_FUNCTION;
    }
    return a->kind == TYPE_FUNCTION ? up(r, TYPE_ID_OBJECT, ib)
                                    : up(r, ia, TYPE_ID_OBJECT);
  }
  if (a->kind == TYPE_RECORD || b->kind == TYPE_RECORD) {
    if (a->kind == b->kind) return record_bound(r, ia, a, b, true);
    if (ia == TYPE_ID_RECORD || ib == TYPE_ID_RECORD) return TYPE_ID_RECORD;
    return a->kind == TYPE_RECORD ? up(r, TYPE_ID_OBJECT, ib)
                                  : up(r, ia, TYPE_ID_OBJECT);
  }
  if (a->kind == TYPE_FUTURE_OR || b->kind == TYPE_FUTURE_OR) {
    TypeId x = a->kind == TYPE_FUTURE_OR ? a->items[0] : future_of(a);
    TypeId y = b->kind == TYPE_FUTURE_OR ? b->items[0] : future_of(b);
    return il_type_future_or(r->types, up(r, x ? x : ia, y ? y : ib));
  }
  if (is_below(r, ia, ib, false)) return ib;
  if (is_below(r, ib, ia, false)) return ia;
  if (a->kind != TYPE_INTERFACE || b->kind != TYPE_INTERFACE) {
    return TYPE_ID_OBJECT_NULLABLE;
  }
  if (a->head == b->head && a->count == b->count) {
    TypeBuffer items;
    il_type_buffer_init(&items, a->count);
    for (uint32_t i = 0; i < a->count; i++) {
      items.items[i] = up(r, a->items[i], b->items[i]);
    }
    TypeId result = il_type_rebuild(r->types, ia, items.items);
    il_type_buffer_drop(&items);
    return result;
  }
  return interface_upper_bound(r, ia, ib);
}

static TypeId up_nulls(Relation *r, TypeId a, TypeId b) {
  bool null_a = is_null(r->c, a), null_b = is_null(r->c, b);
  if (null_a && null_b) return is_more_bottom(r->c, a, b) ? b : a;
  TypeId other = null_a ? b : a;
  return is_nullable(r, other) ? other
                               : il_type_with_nullable(r->types, other, true);
}

static TypeId up_objects(Relation *r, TypeId a, TypeId b) {
  bool object_a = is_object(r->types, a), object_b = is_object(r->types, b);
  if (object_a && object_b) return is_more_top(r->types, a, b) ? a : b;
  TypeId object = object_a ? a : b, other = object_a ? b : a;
  return il_relation_is_subtype(r, other, TYPE_ID_OBJECT)
             ? object
             : il_type_with_nullable(r->types, object, true);
}

static TypeId up_steps(Relation *r, TypeId ia, TypeId ib) {
  const TypeContext *c = r->c;
  const Type *a = il_type_get(r->types, ia), *b = il_type_get(r->types, ib);
  bool top_a = il_type_is_top(c, ia), top_b = il_type_is_top(c, ib);
  if (top_a && top_b) return is_more_top(r->types, ia, ib) ? ia : ib;
  if (top_a) return ia;
  if (top_b) return ib;
  bool bottom_a = il_type_is_bottom(c, ia), bottom_b = il_type_is_bottom(c, ib);
  if (bottom_a && bottom_b) return is_more_bottom(c, ia, ib) ? ib : ia;
  if (bottom_a) return ib;
  if (bottom_b) return ia;
  if (a->kind == TYPE_INTERSECTION) return up_variable(r, ia, a, ib, true);
  if (b->kind == TYPE_INTERSECTION) return up_variable(r, ib, b, ia, false);
  if (is_null(c, ia) || is_null(c, ib)) return up_nulls(r, ia, ib);
  if (is_object(r->types, ia) || is_object(r->types, ib)) {
    return up_objects(r, ia, ib);
  }
  if (a->nullable || b->nullable) {
    TypeId s = up(r, il_type_with_nullable(r->types, ia, false),
                  il_type_with_nullable(r->types, ib, false));
    return il_type_with_nullable(r->types, s, true);
  }
  if (a->kind == TYPE_PARAM || a->kind == TYPE_BOUND) {
    return up_variable(r, ia, a, ib, true);
  }
  if (b->kind == TYPE_PARAM || b->kind == TYPE_BOUND) {
    return up_variable(r, ib, b, ia, false);
  }
  return up_kinds(r, ia, a, ib, b);
}

static TypeId up(Relation *r, TypeId a, TypeId b) {
  if (a == b) return a;
  if (a == TYPE_ID_INVALID || b == TYPE_ID_INVALID) return TYPE_ID_INVALID;
  if (a == TYPE_ID_UNKNOWN) return b;
  if (b == TYPE_ID_UNKNOWN) return a;
  // Bounds of variables that mention each other need not end (the
  // specification says so); Object? is an upper bound of everything.
  if (r->depth > 100 || ++r->steps > RELATION_BUDGET) {
    return TYPE_ID_OBJECT_NULLABLE;
  }
  r->depth++;
  TypeId result = up_steps(r, a, b);
  r->depth--;
  return result;
}

// ------------------------------------------------------------------------ DOWN

static TypeId down_objects(Relation *r, TypeId a, TypeId b) {
  bool object_a = is_object(r->types, a), object_b = is_object(r->types, b);
  if (object_a && object_b) return is_more_top(r->types, b, a) ? a : b;
  TypeId other = object_a ? b : a;
  if (il_relation_is_subtype(r, other, TYPE_ID_OBJECT)) return other;
  TypeId non_null = il_type_non_null(r->types, other);
  return il_relation_is_subtype(r, non_null, TYPE_ID_OBJECT) ? non_null
                                                             : TYPE_ID_NEVER;
}

static TypeId down_kinds(Relation *r, TypeId ia, const Type *a, TypeId ib,
                         const Type *b) {
  if (a->kind == TYPE_FUNCTION && b->kind == TYPE_FUNCTION) {
    return function_bound(r, a, b, false);
  }
  if (a->kind == TYPE_RECORD && b->kind == TYPE_RECORD) {
    return record_bound(r, ia, a, b, false);
  }
  if (is_below(r, ia, ib, true)) return ia;
  if (is_below(r, ib, ia, true)) return ib;
  if (a->kind == TYPE_FUTURE_OR && b->kind == TYPE_FUTURE_OR) {
    return il_type_future_or(r->types, down(r, a->items[0], b->items[0]));
  }
  if (a->kind == TYPE_FUTURE_OR) {
    TypeId y = future_of(b);
    return y ? il_type_future(r->types, down(r, a->items[0], y))
             : down(r, a->items[0], ib);
  }
  if (b->kind == TYPE_FUTURE_OR) {
    TypeId x = future_of(a);
    return x ? il_type_future(r->types, down(r, x, b->items[0]))
             : down(r, ia, b->items[0]);
  }
  return TYPE_ID_NEVER;
}

static TypeId down_steps(Relation *r, TypeId ia, TypeId ib) {
  const TypeContext *c = r->c;
  bool top_a = il_type_is_top(c, ia), top_b = il_type_is_top(c, ib);
  if (top_a && top_b) return is_more_top(r->types, ib, ia) ? ia : ib;
  if (top_a) return ib;
  if (top_b) return ia;
  bool bottom_a = il_type_is_bottom(c, ia), bottom_b = il_type_is_bottom(c, ib);
  if (bottom_a && bottom_b) return is_more_bottom(c, ia, ib) ? ia : ib;
  if (bottom_b) return ib;
  if (bottom_a) return ia;
  if (is_null(c, ia) || is_null(c, ib)) {
    if (is_null(c, ia) && is_null(c, ib)) {
      return is_more_bottom(c, ia, ib) ? ia : ib;
    }
    TypeId other = is_null(c, ia) ? ib : ia;
    return is_nullable(r, other) ? TYPE_ID_NULL : TYPE_ID_NEVER;
  }
  if (is_object(r->types, ia) || is_object(r->types, ib)) {
    return down_objects(r, ia, ib);
  }
  const Type *a = il_type_get(r->types, ia), *b = il_type_get(r->types, ib);
  if (a->nullable || b->nullable) {
    TypeId s = down(r, il_type_with_nullable(r->types, ia, false),
                    il_type_with_nullable(r->types, ib, false));
    return a->nullable && b->nullable ? il_type_with_nullable(r->types, s, true)
                                      : s;
  }
  return down_kinds(r, ia, a, ib, b);
}

static TypeId down(Relation *r, TypeId a, TypeId b) {
  if (a == b) return a;
  if (a == TYPE_ID_INVALID || b == TYPE_ID_INVALID) return TYPE_ID_INVALID;
  if (a == TYPE_ID_UNKNOWN) return b;
  if (b == TYPE_ID_UNKNOWN) return a;
  if (r->depth > IL_TYPE_MAX_DEPTH || ++r->steps > RELATION_BUDGET) {
    return TYPE_ID_NEVER;
  }
  r->depth++;
  TypeId result = down_steps(r, a, b);
  r->depth--;
  return result;
}

TypeId il_type_upper_bound(const TypeContext *c, TypeId a, TypeId b) {
  Relation r = il_relation_new(c);
  return up(&r, a, b);
}

TypeId il_type_lower_bound(const TypeContext *c, TypeId a, TypeId b) {
  Relation r = il_relation_new(c);
  return down(&r, a, b);
}

// ------------------------------------------------------------------------ NORM

static TypeId normalize_future_or(const TypeContext *c, TypeId of) {
  if (il_type_is_top(c, of) || of == TYPE_ID_OBJECT) return of;
  if (of == TYPE_ID_NEVER) return il_type_future(c->types, of);
  if (of == TYPE_ID_NULL) {
    return il_type_with_nullable(c->types, il_type_future(c->types, of), true);
  }
  return il_type_future_or(c->types, of);
}

static TypeId normalize_variable(const TypeContext *c, TypeId id,
                                 const Type *t) {
  if (t->kind == TYPE_INTERSECTION) {
    TypeId s = il_type_normalize(c, t->items[1]);
    if (s == TYPE_ID_NEVER) return s;
    if (il_type_is_top(c, s) || s == t->items[0]) return t->items[0];
    TypeId bound = il_type_resolve_bound(c, t->items[0]);
    return il_type_is_subtype(c, bound, s)
               ? t->items[0]
               : il_type_intersection(c->types, t->items[0], s);
  }
  return il_type_is_bottom(c, id) ? TYPE_ID_NEVER : id;
}

static TypeId normalize(const TypeContext *c, TypeId id, Map *known) {
  const Type *t = il_type_get(c->types, id);
  if (t->count == 0 && t->kind != TYPE_PARAM) return id;
  uint64_t before;
  bool is_deep = t->depth > TYPE_DEEP;
  if (is_deep && il_map_find(known, id, &before)) return (TypeId)before;
  if (t->nullable) {
    TypeId s = normalize(c, il_type_with_nullable(c->types, id, false), known);
    if (il_type_is_top(c, s)) return s;
    const Type *n = il_type_get(c->types, s);
    if (n->kind == TYPE_FUTURE_OR && il_type_is_nullable(c, n->items[0])) {
      return s;
    }
    return il_type_with_nullable(c->types, s, true);
  }
  if (t->kind == TYPE_PARAM || t->kind == TYPE_INTERSECTION) {
    return normalize_variable(c, id, t);
  }
  if (t->kind == TYPE_FUTURE_OR) {
    return normalize_future_or(c, normalize(c, t->items[0], known));
  }
  TypeBuffer items;
  il_type_buffer_init(&items, t->count);
  bool changed = false;
  for (uint32_t i = 0; i < t->count; i++) {
    items.items[i] = normalize(c, t->items[i], known);
    changed |= items.items[i] != t->items[i];
  }
  TypeId result = changed ? il_type_rebuild(c->types, id, items.items) : id;
  il_type_buffer_drop(&items);
  if (is_deep) il_map_put(known, id, result);
  return result;
}

TypeId il_type_normalize(const TypeContext *c, TypeId id) {
  Map known = {0};
  TypeId result = normalize(c, id, &known);
  if (known.count) il_map_drop(&known);
  return result;
}

// --------------------------------------------------------------------- futures

TypeId il_type_flatten(const TypeContext *c, TypeId id) {
  const Type *t = il_type_get(c->types, id);
  if (t->nullable) {
    TypeId inner =
        il_type_flatten(c, il_type_with_nullable(c->types, id, false));
    return il_type_with_nullable(c->types, inner, true);
  }
  if (t->kind == TYPE_FUTURE_OR) return t->items[0];
  TypeId seen = il_class_as_instance_of(c, id, CLASS_FUTURE);
  if (seen) return il_type_get(c->types, seen)->items[0];
  if (t->kind == TYPE_PARAM || t->kind == TYPE_INTERSECTION) {
    TypeId bound = il_type_resolve_bound(c, id);
    const Type *b = il_type_get(c->types, bound);
    if (b->kind == TYPE_FUTURE_OR ||
        il_class_as_instance_of(c, bound, CLASS_FUTURE)) {
      return il_type_flatten(c, bound);
    }
    if (t->kind == TYPE_INTERSECTION) return id;
  }
  return id;
}

TypeId il_type_future_value(const TypeContext *c, TypeId id) {
  const Type *t = il_type_get(c->types, id);
  if (t->kind == TYPE_INVALID || t->kind == TYPE_UNKNOWN) return id;
  if (t->nullable) {
    id = il_type_with_nullable(c->types, id, false);
    t = il_type_get(c->types, id);
  }
  if (t->kind == TYPE_FUTURE_OR) return t->items[0];
  if (t->kind == TYPE_INTERFACE && t->head == CLASS_FUTURE && t->count == 1) {
    return t->items[0];
  }
  if (t->kind == TYPE_VOID || t->kind == TYPE_DYNAMIC) return id;
  return TYPE_ID_OBJECT_NULLABLE;
}

// --------------------------------------------------- erasure, representation

static TypeId erase(const TypeContext *c, TypeId id, uint32_t depth,
                    Map *known) {
  const Type *t = il_type_get(c->types, id);
  if (depth > IL_TYPE_MAX_DEPTH) return id;  // a cycle, reported by sema
  if (t->kind == TYPE_INTERFACE) {
    const TypeClass *class = il_class_get(c->classes, t->head);
    if ((class->flags & CLASS_IS_EXTENSION_TYPE) && class->representation) {
      TypeId inner =
          il_type_substitute_range(c->types, class->representation,
                                   class->first_param, t->items, t->count);
      inner = erase(c, inner, depth + 1, known);
      return t->nullable ? il_type_with_nullable(c->types, inner, true) : inner;
    }
  }
  if (t->count == 0) return id;
  uint64_t before;
  bool is_deep = t->depth > TYPE_DEEP;
  if (is_deep && il_map_find(known, id, &before)) return (TypeId)before;
  TypeBuffer items;
  il_type_buffer_init(&items, t->count);
  bool changed = false;
  for (uint32_t i = 0; i < t->count; i++) {
    items.items[i] = erase(c, t->items[i], depth + 1, known);
    changed |= items.items[i] != t->items[i];
  }
  TypeId result = changed ? il_type_rebuild(c->types, id, items.items) : id;
  il_type_buffer_drop(&items);
  if (is_deep) il_map_put(known, id, result);
  return result;
}

TypeId il_type_erase(const TypeContext *c, TypeId t) {
  Map known = {0};
  TypeId result = erase(c, t, 0, &known);
  if (known.count) il_map_drop(&known);
  return result;
}

Rep il_type_rep(const TypeContext *c, TypeId id) {
  for (int i = 0; i < IL_TYPE_MAX_DEPTH; i++) {
    switch (id) {
      case TYPE_ID_INT:
        return REP_INT;
      case TYPE_ID_DOUBLE:
        return REP_DOUBLE;
      case TYPE_ID_BOOL:
        return REP_BOOL;
      default:
        break;
    }
    const Type *t = il_type_get(c->types, id);
    if (t->kind != TYPE_INTERFACE || t->nullable) return REP_REF;
    const TypeClass *class = il_class_get(c->classes, t->head);
    if (!(class->flags & CLASS_IS_EXTENSION_TYPE) || !class->representation) {
      return REP_REF;
    }
    id = il_type_substitute_range(c->types, class->representation,
                                  class->first_param, t->items, t->count);
  }
  return REP_REF;
}
