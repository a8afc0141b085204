// subtype.c: the subtype relation of the specification, in its order: tops and
// bottoms, Object and Null, unions (nullable, FutureOr), variables, then the
// kinds one by one.  Entry: il_type_is_subtype, at the end.
#include "type/relation.h"

TypeId il_type_future(TypeTable *types, TypeId of) {
  return il_type_interface(types, CLASS_FUTURE, &of, 1);
}

TypeId il_relation_bound(const Relation *r, const Type *variable) {
  TypeId bound;
  if (variable->kind == TYPE_PARAM) {
    bound = il_type_param_get(r->types, variable->head)->bound;
  } else {
    uint32_t distance = variable->binders - 1u;
    const Binder *b = r->binder;
    for (uint32_t i = 0; b && i < distance; i++) b = b->outer;
    if (!b) return TYPE_ID_OBJECT_NULLABLE;
    bound = il_type_shift(
        r->types, b->function->items[1 + (variable->head & 0xFFFF)], distance);
  }
  return bound ? bound : TYPE_ID_OBJECT_NULLABLE;
}

static bool is_variable(const Type *t) {
  return t->kind == TYPE_PARAM || t->kind == TYPE_BOUND ||
         t->kind == TYPE_INTERSECTION;
}

// What a variable is known to be.
static bool variable_is_subtype(Relation *r, const Type *a, TypeId b) {
  if (a->kind == TYPE_INTERSECTION) {
    return il_relation_is_subtype(r, a->items[1], b) ||
           il_relation_is_subtype(r, a->items[0], b);
  }
  return il_relation_is_subtype(r, il_relation_bound(r, a), b);
}

// a <: Object, for an `a` that is not marked nullable.
static bool is_object(Relation *r, const Type *a) {
  switch ((TypeKind)a->kind) {
    case TYPE_INTERFACE: {
      if (a->head == CLASS_NULL) return false;
      const TypeClass *c = il_class_get(r->c->classes, a->head);
      return !(c->flags & CLASS_IS_EXTENSION_TYPE) ||
             (c->super_count > 0 && c->super_ids[0] == CLASS_OBJECT);
    }
    case TYPE_FUTURE_OR:
      return il_relation_is_subtype(r, a->items[0], TYPE_ID_OBJECT);
    case TYPE_PARAM:
    case TYPE_BOUND:
    case TYPE_INTERSECTION:
      return variable_is_subtype(r, a, TYPE_ID_OBJECT);
    default:
      return true;
  }
}

static bool args_are_subtypes(Relation *r, const Type *a, const Type *b) {
  if (a->count != b->count) return false;
  for (uint32_t i = 0; i < a->count; i++) {
    if (!il_relation_is_subtype(r, a->items[i], b->items[i])) return false;
  }
  return true;
}

static bool interface_is_subtype(Relation *r, TypeId a, const Type *b) {
  TypeId seen = il_class_as_instance_of(r->c, a, b->head);
  return seen != TYPE_ID_NONE &&
         args_are_subtypes(r, il_type_get(r->types, seen), b);
}

static bool record_is_subtype(Relation *r, const Type *a, const Type *b) {
  if (a->head != b->head || a->count != b->count) return false;
  uint32_t named = a->count - a->head;
  if (named > 0 && memcmp(a->items + a->count, b->items + b->count,
                          named * sizeof(uint32_t)) != 0) {
    return false;
  }
  return args_are_subtypes(r, a, b);
}

// Named parameters: both lists are sorted the same way, though by text, so the
// names are met in the same order.
static bool named_are_subtypes(Relation *r, const Type *a, const TypeShape *sa,
                               const Type *b, const TypeShape *sb) {
  const TypeId *ta = a->items + a->count - sa->named_count;
  const TypeId *tb = b->items + b->count - sb->named_count;
  uint32_t i = 0;
  for (uint32_t k = 0; k < sb->named_count; k++) {
    Name name = sb->names[k] & ~TYPE_NAMED_REQUIRED;
    while (i < sa->named_count &&
           (sa->names[i] & ~TYPE_NAMED_REQUIRED) != name) {
      // Passed over: b does not know it, so it must not be required.
      if (sa->names[i++] & TYPE_NAMED_REQUIRED) return false;
    }
    if (i == sa->named_count) return false;
    if ((sa->names[i] & TYPE_NAMED_REQUIRED) &&
        !(sb->names[k] & TYPE_NAMED_REQUIRED)) {
      return false;
    }
    if (!il_relation_is_subtype(r, tb[k], ta[i++])) return false;
  }
  for (; i < sa->named_count; i++) {
    if (sa->names[i] & TYPE_NAMED_REQUIRED) return false;
  }
  return true;
}

static bool parts_are_subtypes(Relation *r, const Type *a, const TypeShape *sa,
                               const Type *b, const TypeShape *sb) {
  uint32_t params = sa->type_param_count;
  for (uint32_t i = 0; i < params; i++) {
    TypeId x = a->items[1 + i], y = b->items[1 + i];
    if (x != y &&
        !(il_relation_is_subtype(r, x, y) && il_relation_is_subtype(r, y, x))) {
      return false;
    }
  }
  if (!il_relation_is_subtype(r, a->items[0], b->items[0])) return false;
  for (uint32_t i = 0; i < sb->required_count + sb->optional_count; i++) {
    if (!il_relation_is_subtype(r, b->items[1 + params + i],
                                a->items[1 + params + i])) {
      return false;
    }
  }
  return named_are_subtypes(r, a, sa, b, sb);
}

static bool function_is_subtype(Relation *r, const Type *a, const Type *b) {
  const TypeShape *sa = il_type_shape_get(r->types, a);
  const TypeShape *sb = il_type_shape_get(r->types, b);
  if (sa->type_param_count != sb->type_param_count ||
      sa->required_count > sb->required_count ||
      sa->required_count + sa->optional_count <
          sb->required_count + sb->optional_count) {
    return false;
  }
  if (sa->type_param_count == 0) return parts_are_subtypes(r, a, sa, b, sb);
  Binder binder = {r->binder, b};
  r->binder = &binder;
  bool result = parts_are_subtypes(r, a, sa, b, sb);
  r->binder = binder.outer;
  return result;
}

// The last step: `a` is no union, `b` is no union.
static bool kinds_are_subtypes(Relation *r, TypeId id_a, const Type *a,
                               TypeId id_b, const Type *b) {
  if (is_variable(a)) return variable_is_subtype(r, a, id_b);
  switch ((TypeKind)a->kind) {
    case TYPE_INTERFACE:
      return b->kind == TYPE_INTERFACE && interface_is_subtype(r, id_a, b);
    case TYPE_FUNCTION:
      return id_b == TYPE_ID_FUNCTION ||
             (b->kind == TYPE_FUNCTION && function_is_subtype(r, a, b));
    case TYPE_RECORD:
      return id_b == TYPE_ID_RECORD ||
             (b->kind == TYPE_RECORD && record_is_subtype(r, a, b));
    case TYPE_VECTOR:
      return b->kind == TYPE_VECTOR && args_are_subtypes(r, a, b);
    default:
      return false;
  }
}

// Neither side is trivially top, bottom or equal.
static bool relate(Relation *r, TypeId id_a, const Type *a, TypeId id_b,
                   const Type *b) {
  TypeTable *types = r->types;
  if (a->kind == TYPE_DYNAMIC || a->kind == TYPE_VOID) {
    return il_relation_is_subtype(r, TYPE_ID_OBJECT_NULLABLE, id_b);
  }
  if (a->nullable) {
    return il_relation_is_subtype(r, TYPE_ID_NULL, id_b) &&
           il_relation_is_subtype(r, il_type_with_nullable(types, id_a, false),
                                  id_b);
  }
  if (id_b == TYPE_ID_OBJECT) return is_object(r, a);
  if (id_a == TYPE_ID_NULL) {
    return b->nullable || (b->kind == TYPE_FUTURE_OR &&
                           il_relation_is_subtype(r, id_a, b->items[0]));
  }
  if (a->kind == TYPE_FUTURE_OR) {
    if (b->kind == TYPE_FUTURE_OR &&
        il_relation_is_subtype(r, a->items[0], b->items[0])) {
      return true;
    }
    return il_relation_is_subtype(r, a->items[0], id_b) &&
           il_relation_is_subtype(r, il_type_future(types, a->items[0]), id_b);
  }
  if (b->nullable) {
    return il_relation_is_subtype(r, id_a,
                                  il_type_with_nullable(types, id_b, false)) ||
           (is_variable(a) && variable_is_subtype(r, a, id_b));
  }
  if (b->kind == TYPE_INTERSECTION) {
    return il_relation_is_subtype(r, id_a, b->items[0]) &&
           il_relation_is_subtype(r, id_a, b->items[1]);
  }
  if (b->kind == TYPE_FUTURE_OR) {
    return il_relation_is_subtype(r, id_a, b->items[0]) ||
           il_relation_is_subtype(r, id_a,
                                  il_type_future(types, b->items[0])) ||
           (is_variable(a) && variable_is_subtype(r, a, id_b));
  }
  return kinds_are_subtypes(r, id_a, a, id_b, b);
}

bool il_relation_is_subtype(Relation *r, TypeId id_a, TypeId id_b) {
  if (id_a == id_b) return true;
  const Type *a = il_type_get(r->types, id_a), *b = il_type_get(r->types, id_b);
  if (b->kind == TYPE_DYNAMIC || b->kind == TYPE_VOID ||
      id_b == TYPE_ID_OBJECT_NULLABLE || a->kind == TYPE_NEVER) {
    return true;
  }
  // An erroneous expression causes no further errors; a hole fits anything.
  if (a->kind == TYPE_INVALID || b->kind == TYPE_INVALID ||
      a->kind == TYPE_UNKNOWN || b->kind == TYPE_UNKNOWN) {
    return true;
  }
  if (r->depth > 2 * IL_TYPE_MAX_DEPTH || ++r->steps > RELATION_BUDGET) {
    return false;
  }
  r->depth++;
  bool result = relate(r, id_a, a, id_b, b);
  r->depth--;
  return result;
}

bool il_type_is_subtype(const TypeContext *c, TypeId sub, TypeId super) {
  if (sub == super) return true;
  Relation r = il_relation_new(c);
  return il_relation_is_subtype(&r, sub, super);
}

bool il_type_is_equivalent(const TypeContext *c, TypeId a, TypeId b) {
  return a == b || (il_type_is_subtype(c, a, b) && il_type_is_subtype(c, b, a));
}

bool il_type_is_nullable(const TypeContext *c, TypeId t) {
  if (t == TYPE_ID_INVALID || t == TYPE_ID_UNKNOWN) return t == TYPE_ID_UNKNOWN;
  return il_type_is_subtype(c, TYPE_ID_NULL, t);
}

bool il_type_is_non_nullable(const TypeContext *c, TypeId t) {
  if (t == TYPE_ID_UNKNOWN) return false;
  return il_type_is_subtype(c, t, TYPE_ID_OBJECT);
}

bool il_type_is_top(const TypeContext *c, TypeId id) {
  for (;;) {
    const Type *t = il_type_get(c->types, id);
    if (t->kind == TYPE_DYNAMIC || t->kind == TYPE_VOID) return true;
    if (id == TYPE_ID_OBJECT_NULLABLE) return true;
    if (t->kind != TYPE_FUTURE_OR) return false;
    // FutureOr<Object>? is a top type, FutureOr<Object> is Object.
    if (t->nullable && il_type_is_non_nullable(c, t->items[0])) {
      TypeId of = t->items[0];
      while (il_type_get(c->types, of)->kind == TYPE_FUTURE_OR) {
        of = il_type_get(c->types, of)->items[0];
      }
      return of == TYPE_ID_OBJECT;
    }
    id = t->items[0];
  }
}

bool il_type_is_bottom(const TypeContext *c, TypeId id) {
  if (id == TYPE_ID_NEVER) return true;
  const Type *t = il_type_get(c->types, id);
  if (t->kind != TYPE_PARAM && t->kind != TYPE_INTERSECTION) return false;
  return il_type_is_subtype(c, id, TYPE_ID_NEVER);
}
