// declare_type.c: types as written become TypeIds.
//
// In order: instantiation to bounds, named types, function types, record types,
// typedefs, constructor names, checks of bounds.
//
// Bounds are not checked here, because a type may be resolved while the classes
// it mentions have no supertypes yet: each instantiation is queued in
// Sema.bound_checks.
#include "sema/declare.h"

enum { STATE_NEW, STATE_BUSY, STATE_DONE };

TypeId il_declare_this_type(Sema *sema, ClassElement *c) {
  uint32_t count = c->type_params.count;
  TypeId *args = IL_NEW_ARRAY(sema->arena, TypeId, count);
  for (uint32_t i = 0; i < count; i++) {
    args[i] = il_type_param(sema->types, c->type_params.items[i]->id);
  }
  return il_type_interface(sema->types, c->id, args, count);
}

// ----------------------------------------------------- walks with variance

// Gives the replacement of a type at a place, or NONE to go on inside.
typedef TypeId VarianceFn(Sema *sema, TypeId type, bool is_contra,
                          const void *data);

// Rebuilds a type with some parts replaced, which may depend on whether they
// stand covariantly. Generic function types are left as they are.
static TypeId map_variance(Sema *sema, TypeId id, bool is_contra,
                           VarianceFn *replace, const void *data) {
  TypeId made = replace(sema, id, is_contra, data);
  if (made != TYPE_ID_NONE) return made;
  const Type *t = il_type_get(sema->types, id);
  if (t->count == 0) return id;
  TypeId *items = IL_NEW_ARRAY(sema->arena, TypeId, t->count);
  switch ((TypeKind)t->kind) {
    case TYPE_INTERFACE:
    case TYPE_FUTURE_OR:
    case TYPE_RECORD:
      for (uint32_t i = 0; i < t->count; i++) {
        items[i] = map_variance(sema, t->items[i], is_contra, replace, data);
      }
      break;
    case TYPE_FUNCTION: {
      const TypeShape *shape = il_type_shape_get(sema->types, t);
      if (shape->type_param_count > 0) return id;
      for (uint32_t i = 0; i < t->count; i++) {
        items[i] = map_variance(sema, t->items[i],
                                i == 0 ? is_contra : !is_contra, replace, data);
      }
      uint32_t positional = shape->required_count + shape->optional_count;
      Name *names = IL_NEW_ARRAY(sema->arena, Name, shape->named_count);
      bool *required = IL_NEW_ARRAY(sema->arena, bool, shape->named_count);
      for (uint32_t i = 0; i < shape->named_count; i++) {
        names[i] = shape->names[i] & ~TYPE_NAMED_REQUIRED;
        required[i] = (shape->names[i] & TYPE_NAMED_REQUIRED) != 0;
      }
      TypeFunctionParts parts = {
          .result = items[0],
          .positional = items + 1,
          .required_count = shape->required_count,
          .optional_count = shape->optional_count,
          .names = names,
          .named = items + 1 + positional,
          .named_required = required,
          .named_count = shape->named_count,
      };
      made = il_type_function(sema->types, &parts);
      break;
    }
    default: return id;
  }
  if (t->kind == TYPE_INTERFACE) {
    made = il_type_interface(sema->types, t->head, items, t->count);
  } else if (t->kind == TYPE_FUTURE_OR) {
    made = il_type_future_or(sema->types, items[0]);
  } else if (t->kind == TYPE_RECORD) {
    made = il_type_record(sema->types, items, t->head, t->items + t->count,
                          items + t->head, t->count - t->head);
  }
  return il_type_with_nullable(sema->types, made, t->nullable);
}

static TypeId invert_top(Sema *sema, TypeId type, bool is_contra,
                         const void *data) {
  (void)data;
  if (!is_contra && il_type_is_top(&sema->type_context, type)) {
    return TYPE_ID_NEVER;
  }
  if (is_contra && type == TYPE_ID_NEVER) {
    return il_type_with_nullable(
        sema->types, il_type_interface(sema->types, CLASS_OBJECT, NULL, 0),
        true);
  }
  return TYPE_ID_NONE;
}

typedef struct {
  const TypeParamId *params;
  uint32_t count;
  const TypeId *args;
} ParamSet;

// Parameters by their arguments, Never where contravariant.
static TypeId replace_params(Sema *sema, TypeId type, bool is_contra,
                             const void *data) {
  const ParamSet *set = data;
  const Type *t = il_type_get(sema->types, type);
  if (t->kind != TYPE_PARAM) return TYPE_ID_NONE;
  for (uint32_t i = 0; i < set->count; i++) {
    if (set->params[i] != t->head) continue;
    return is_contra ? TYPE_ID_NEVER : set->args[i];
  }
  return TYPE_ID_NONE;
}

// Members of a cycle of bounds: dynamic, Never where contravariant.
static TypeId cut_params(Sema *sema, TypeId type, bool is_contra,
                         const void *data) {
  const ParamSet *set = data;
  const Type *t = il_type_get(sema->types, type);
  if (t->kind != TYPE_PARAM) return TYPE_ID_NONE;
  for (uint32_t i = 0; i < set->count; i++) {
    if (set->params[i] != t->head) continue;
    return is_contra ? TYPE_ID_NEVER : TYPE_ID_DYNAMIC;
  }
  return TYPE_ID_NONE;
}

static TypeId eliminate_param(Sema *sema, TypeId type, bool is_contra,
                              const void *data) {
  (void)data;
  if (il_type_get(sema->types, type)->kind != TYPE_PARAM) return TYPE_ID_NONE;
  if (!is_contra) return TYPE_ID_NEVER;
  return il_type_with_nullable(
      sema->types, il_type_interface(sema->types, CLASS_OBJECT, NULL, 0),
      true);
}

TypeId il_declare_eliminate_params(Sema *sema, TypeId type) {
  uint32_t flags = il_type_get(sema->types, type)->flags;
  if (!(flags & (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM))) return type;
  return map_variance(sema, type, false, eliminate_param, NULL);
}

// How a parameter occurs in a type: bit 0: covariantly, bit 1: contravariantly.
static uint32_t occurrences(const TypeTable *types, TypeId id,
                            TypeParamId param, bool is_contra) {
  const Type *t = il_type_get(types, id);
  if (t->kind == TYPE_PARAM) {
    return t->head == param ? (is_contra ? 2 : 1) : 0;
  }
  uint32_t found = 0;
  uint32_t bounds = 0;
  if (t->kind == TYPE_FUNCTION) {
    bounds = il_type_shape_get(types, t)->type_param_count;
  }
  for (uint32_t i = 0; i < t->count; i++) {
    bool flips = t->kind == TYPE_FUNCTION && i > 0;
    uint32_t inside =
        occurrences(types, t->items[i], param, is_contra != flips);
    // In the bound of a generic function's parameter: invariantly.
    bool is_bound = flips && i <= bounds;
    found |= is_bound && inside ? 3 : inside;
  }
  return found;
}

// Is the parameter of a typedef only used contravariantly in it?
static bool is_contravariant(Sema *sema, const Element *e,
                             TypeParamId param) {
  if (e == NULL || e->kind != ELEMENT_TYPEDEF) return false;
  TypeId type = il_typedef_type((TypedefElement *)e);
  return occurrences(sema->types, type, param, false) == 2;
}

// Or both ways, or in a bound?
static bool is_invariant(Sema *sema, const Element *e, TypeParamId param) {
  if (e == NULL || e->kind != ELEMENT_TYPEDEF) return false;
  TypeId type = il_typedef_type((TypedefElement *)e);
  return occurrences(sema->types, type, param, false) == 3;
}

// ------------------------------------------------- instantiation to bounds

// Does the type mention the parameter?  Types are finite and shallow.
static bool mentions(const TypeTable *types, TypeId id, TypeParamId param) {
  const Type *type = il_type_get(types, id);
  if (type->kind == TYPE_PARAM) return type->head == param;
  for (uint32_t i = 0; i < type->count; i++) {
    if (mentions(types, type->items[i], param)) return true;
  }
  return false;
}

// The default arguments for parameters: their bounds, cycles cut by dynamic.
static void default_arguments(Sema *sema, const Element *e,
                              const TypeParamElements *params, TypeId *args) {
  uint32_t n = params->count;
  TypeParamId *ids = IL_NEW_ARRAY(sema->arena, TypeParamId, n);
  bool *reaches = IL_NEW_ARRAY(sema->arena, bool, n * n);
  for (uint32_t i = 0; i < n; i++) {
    ids[i] = params->items[i]->id;
    args[i] = params->items[i]->has_bound
                  ? il_type_param_get(sema->types, ids[i])->bound
                  : TYPE_ID_DYNAMIC;
  }
  for (uint32_t i = 0; i < n; i++) {
    for (uint32_t k = 0; k < n; k++) {
      reaches[i * n + k] = mentions(sema->types, args[i], ids[k]);
    }
  }
  for (uint32_t k = 0; k < n; k++) {
    for (uint32_t i = 0; i < n; i++) {
      for (uint32_t j = 0; reaches[i * n + k] && j < n; j++) {
        if (reaches[k * n + j]) reaches[i * n + j] = true;
      }
    }
  }
  // Within a cycle the members become dynamic in each other's bounds.
  TypeId *cut = IL_NEW_ARRAY(sema->arena, TypeId, n);
  for (uint32_t i = 0; i < n; i++) {
    TypeParamId *cycle = IL_NEW_ARRAY(sema->arena, TypeParamId, n);
    ParamSet set = {cycle, 0, NULL};
    for (uint32_t k = 0; k < n; k++) {
      if (reaches[i * n + k] && reaches[k * n + i]) cycle[set.count++] = ids[k];
    }
    if (set.count > 0 && is_invariant(sema, e, ids[i])) {
      TypeId *dynamics = IL_NEW_ARRAY(sema->arena, TypeId, set.count);
      for (uint32_t k = 0; k < set.count; k++) dynamics[k] = TYPE_ID_DYNAMIC;
      cut[i] = il_type_substitute(sema->types, args[i], cycle, dynamics,
                                  set.count);
      continue;
    }
    cut[i] = set.count == 0 ? args[i]
                            : map_variance(sema, args[i],
                                           is_contravariant(sema, e, ids[i]),
                                           cut_params, &set);
  }
  memcpy(args, cut, sizeof(TypeId) * n);
  ParamSet all = {ids, n, args};
  for (uint32_t pass = 0; pass < n; pass++) {
    for (uint32_t i = 0; i < n; i++) {
      cut[i] = map_variance(sema, args[i], is_contravariant(sema, e, ids[i]),
                            replace_params, &all);
      cut[i] = il_type_substitute(sema->types, cut[i], ids, args, n);
    }
    memcpy(args, cut, sizeof(TypeId) * n);
  }
}

// The element's type applied to arguments.
static TypeId apply(Sema *sema, Element *e, const TypeId *args,
                    uint32_t count) {
  if (e->kind == ELEMENT_TYPEDEF) {
    TypedefElement *t = (TypedefElement *)e;
    TypeId type = il_typedef_type(t);
    TypeParamId *ids = IL_NEW_ARRAY(sema->arena, TypeParamId, count);
    for (uint32_t i = 0; i < count; i++) {
      ids[i] = t->type_params.items[i]->id;
    }
    return il_type_substitute(sema->types, type, ids, args, count);
  }
  ClassElement *c = (ClassElement *)e;
  if (c->base.name == NAME_FutureOr && c->base.library == sema->async) {
    return il_type_future_or(sema->types, args[0]);
  }
  return il_type_interface(sema->types, c->id, args, count);
}

static TypeParamElements *params_of(Element *e) {
  return e->kind == ELEMENT_TYPEDEF ? &((TypedefElement *)e)->type_params
                                    : &((ClassElement *)e)->type_params;
}

TypeId il_declare_raw_type(Sema *sema, Element *e) {
  TypeParamElements *params = params_of(e);
  TypeId *args = IL_NEW_ARRAY(sema->arena, TypeId, params->count);
  bool is_known = true;
  for (uint32_t i = 0; i < params->count; i++) {
    args[i] =
        il_type_param_get(sema->types, params->items[i]->id)->default_type;
    if (args[i] == TYPE_ID_NONE) is_known = false;
  }
  if (!is_known) {
    uint32_t *state = e->kind == ELEMENT_TYPEDEF
                          ? &((TypedefElement *)e)->state
                          : &((ClassElement *)e)->state;
    bool is_busy = (*state & 0x100) != 0;
    *state |= 0x100;
    if (e->node != NULL && !is_busy && (*state & 0x200) == 0) {
      il_declare_bounds(sema, e);
      *state |= 0x200;
    }
    default_arguments(sema, e, params, args);
    if (!is_busy) {
      *state &= ~0x100u;
      for (uint32_t i = 0; i < params->count; i++) {
        il_type_param_set_default(sema->types, params->items[i]->id, args[i]);
      }
    }
  }
  return apply(sema, e, args, params->count);
}

// -------------------------------------------------------------- named types

// What a possibly prefixed name of a type means.  NULL: not found; *hit tells
// where.  `prefix` and `name` are as written.
static Element *find_type(Sema *sema, const Scope *scope, Name prefix,
                          Name name, PrefixElement **through, ScopeHit *hit) {
  (void)sema;
  *through = NULL;
  Name own = il_scope_name(scope, name);
  if (prefix == NAME_NONE) {
    *hit = il_scope_lookup(scope, own);
    return hit->element;
  }
  *hit = il_scope_lookup(scope, il_scope_name(scope, prefix));
  if (hit->element == NULL || hit->element->kind != ELEMENT_PREFIX) return NULL;
  *through = (PrefixElement *)hit->element;
  return il_library_find_prefixed(*through, own, false, &hit->is_ambiguous);
}

static void report_missing_type(Sema *sema, const Scope *scope,
                                const TreeNamedType *node, Element *e) {
  Text text = il_name_text(sema->names, node->name.name);
  if (node->prefix.name != NAME_NONE) {
    Text prefix = il_name_text(sema->names, node->prefix.name);
    text = il_arena_format(sema->arena, "%.*s.%.*s", TEXT_ARG(prefix),
                           TEXT_ARG(text));
  }
  il_sema_error(sema, scope->unit, node,
                e == NULL ? DIAG_UNDEFINED_TYPE : DIAG_NOT_A_TYPE, text);
}

static TypeId param_type(Sema *sema, const Scope *scope,
                         const TreeNamedType *node, TypeParamElement *p,
                         const ScopeHit *hit) {
  if (hit->scope->is_class_params) {
    for (const Scope *s = scope; s != hit->scope; s = s->parent) {
      if (!s->is_static) continue;
      il_sema_error(sema, scope->unit, node, DIAG_TYPE_PARAMETER_STATIC,
                    il_sema_text(sema, p->base.name));
      return TYPE_ID_INVALID;
    }
  }
  if (node->type_arguments.count > 0) {
    il_sema_error(sema, scope->unit, node, DIAG_TYPE_ARGUMENT_COUNT, 0);
  }
  return il_type_param(sema->types, p->id);
}

TypeId *il_declare_types(Sema *sema, const Scope *scope, TreeList list) {
  TypeId *types = IL_NEW_ARRAY(sema->arena, TypeId, list.count);
  for (uint32_t i = 0; i < list.count; i++) {
    types[i] = il_declare_type(sema, scope, list.items[i]);
  }
  return types;
}

static bool has_invariant_cycle(Sema *sema, Element *e);

static TypeId generic_type(Sema *sema, const Scope *scope, TreeNode *node,
                           Element *e, TreeList arguments) {
  TypeParamElements *params = params_of(e);
  if (arguments.count == 0) {
    if (params->count == 0) return apply(sema, e, NULL, 0);
    TypeId raw = il_declare_raw_type(sema, e);
    BoundCheck check = {.unit = scope->unit, .node = node, .type = raw,
                        .allow_super_bounded = true};
    if (e->kind == ELEMENT_TYPEDEF) {
      TypeId *args = IL_NEW_ARRAY(sema->arena, TypeId, params->count);
      for (uint32_t i = 0; i < params->count; i++) {
        args[i] =
            il_type_param_get(sema->types, params->items[i]->id)->default_type;
      }
      check.alias = e;
      check.arguments = args;
    }
    il_vec_push(&sema->bound_checks, check);
    if (sema->has_bounds && has_invariant_cycle(sema, e)) {
      il_sema_error(sema, scope->unit, node, DIAG_RAW_TYPE_CYCLE,
                    il_sema_text(sema, e->name));
    }
    return raw;
  }
  TypeId *args = il_declare_types(sema, scope, arguments);
  if (arguments.count != params->count) {
    il_sema_error(sema, scope->unit, node, DIAG_TYPE_ARGUMENT_COUNT,
                  (int)params->count);
    return TYPE_ID_INVALID;
  }
  TypeId type = apply(sema, e, args, params->count);
  BoundCheck check = {.unit = scope->unit, .node = node, .type = type,
                      .allow_super_bounded = true};
  if (e->kind == ELEMENT_TYPEDEF) {
    check.alias = e;
    check.arguments = args;
  }
  il_vec_push(&sema->bound_checks, check);
  return type;
}

static TypeId named_type(Sema *sema, const Scope *scope, TreeNamedType *node) {
  PrefixElement *prefix;
  ScopeHit hit;
  Element *e = find_type(sema, scope, node->prefix.name, node->name.name,
                         &prefix, &hit);
  if (hit.is_ambiguous) {
    il_sema_error(sema, scope->unit, node, DIAG_AMBIGUOUS_NAME,
                  il_name_text(sema->names, node->name.name));
    return TYPE_ID_INVALID;
  }
  bool may_be_core = node->prefix.name == NAME_NONE || prefix != NULL;
  if (e == NULL && may_be_core && hit.setter == NULL) {
    // These two are names of dart:core that no declaration stands for.
    if (node->name.name == NAME_dynamic) return TYPE_ID_DYNAMIC;
    if (node->name.name == NAME_Never) return TYPE_ID_NEVER;
  }
  if (e == NULL && node->prefix.name == NAME_NONE && hit.setter == NULL &&
      node->name.name == NAME_NONE) {
    return TYPE_ID_INVALID;  // the parser has reported it
  }
  if (prefix != NULL && prefix->is_deferred) {
    il_sema_error(sema, scope->unit, node, DIAG_DEFERRED_TYPE,
                  il_name_text(sema->names, node->name.name));
    return TYPE_ID_INVALID;
  }
  if (e != NULL && e->kind == ELEMENT_TYPE_PARAM) {
    return param_type(sema, scope, node, (TypeParamElement *)e, &hit);
  }
  bool is_type =
      e != NULL && (e->kind == ELEMENT_TYPEDEF ||
                    (e->kind == ELEMENT_CLASS &&
                     ((ClassElement *)e)->class_kind != CLASS_KIND_EXTENSION));
  if (!is_type) {
    report_missing_type(sema, scope, node, e);
    return TYPE_ID_INVALID;
  }
  return generic_type(sema, scope, &node->base, e, node->type_arguments);
}

// ------------------------------------------------------------ simple bounds

enum { SIMPLE_BUSY = 0x400, SIMPLE_YES = 0x800, SIMPLE_NO = 0x1000000 };

typedef struct {
  Sema *sema;
  const Scope *scope;
  const TypeParamElements *own;  // bounds that mention these are not simple
  bool is_simple;
  bool report;
} SimpleWalk;

static bool has_simple_bounds(Sema *sema, Element *e);

static void walk_bound(TreeNode *node, void *context) {
  SimpleWalk *w = context;
  if (node->kind == TREE_NAMED_TYPE) {
    TreeNamedType *type = (TreeNamedType *)node;
    PrefixElement *prefix;
    ScopeHit hit;
    Element *e = find_type(w->sema, w->scope, type->prefix.name,
                           type->name.name, &prefix, &hit);
    for (uint32_t i = 0; w->own != NULL && i < w->own->count; i++) {
      if (e == &w->own->items[i]->base) w->is_simple = false;
    }
    bool is_generic =
        e != NULL && (e->kind == ELEMENT_TYPEDEF ||
                      e->kind == ELEMENT_CLASS) &&
        params_of(e)->count > 0;
    if (is_generic && type->type_arguments.count == 0 &&
        !has_simple_bounds(w->sema, e)) {
      w->is_simple = false;
      if (w->report) {
        il_sema_error(w->sema, w->scope->unit, node, DIAG_RAW_TYPE_CYCLE,
                      il_sema_text(w->sema, e->name));
      }
    }
  }
  il_tree_each_child(node, walk_bound, w);
}

// Recursion ends at a declaration being looked at, which is then not simple.
static bool has_simple_bounds(Sema *sema, Element *e) {
  TypeParamElements *params = params_of(e);
  if (e->node == NULL) {
    // From the image: only the parameters themselves can tell.
    for (uint32_t i = 0; i < params->count; i++) {
      if (!params->items[i]->has_bound) continue;
      TypeId bound =
          il_type_param_get(sema->types, params->items[i]->id)->bound;
      for (uint32_t k = 0; k < params->count; k++) {
        if (mentions(sema->types, bound, params->items[k]->id)) return false;
      }
    }
    return true;
  }
  uint32_t *state = e->kind == ELEMENT_TYPEDEF ? &((TypedefElement *)e)->state
                                               : &((ClassElement *)e)->state;
  if (*state & SIMPLE_YES) return true;
  if (*state & (SIMPLE_NO | SIMPLE_BUSY)) return false;
  *state |= SIMPLE_BUSY;
  Scope *scope = il_declare_scope(sema, e);
  if (e->kind == ELEMENT_CLASS) scope = scope->parent;
  SimpleWalk w = {sema, scope, params, true, false};
  for (uint32_t i = 0; i < params->count; i++) {
    TreeTypeParameter *node = (TreeTypeParameter *)params->items[i]->base.node;
    if (node->bound != NULL) walk_bound(node->bound, &w);
  }
  *state = (*state & ~(uint32_t)SIMPLE_BUSY) |
           (w.is_simple ? SIMPLE_YES : SIMPLE_NO);
  return w.is_simple;
}

// A raw type whose bounds use one of its parameters invariantly, as an argument
// of a typedef, within a cycle: there is nothing to instantiate it to.
typedef struct {
  Sema *sema;
  const Scope *scope;
  const TypeParamElements *own;
  TypeParamElement *bounded;   // whose bound is walked
  bool in_invariant;
  bool is_found;
} InvariantWalk;

static bool depends_on(Sema *sema, const TypeParamElements *own,
                       TypeParamElement *from, TypeParamElement *to,
                       uint32_t steps) {
  if (from == to) return true;
  if (steps == 0) return false;
  TypeId bound = il_type_param_get(sema->types, from->id)->bound;
  for (uint32_t i = 0; i < own->count; i++) {
    if (own->items[i] == from) continue;
    if (mentions(sema->types, bound, own->items[i]->id) &&
        depends_on(sema, own, own->items[i], to, steps - 1)) {
      return true;
    }
  }
  return false;
}

static void walk_invariant(TreeNode *node, void *context) {
  InvariantWalk *w = context;
  if (node->kind != TREE_NAMED_TYPE) {
    il_tree_each_child(node, walk_invariant, w);
    return;
  }
  TreeNamedType *type = (TreeNamedType *)node;
  PrefixElement *prefix;
  ScopeHit hit;
  Element *e = find_type(w->sema, w->scope, type->prefix.name, type->name.name,
                         &prefix, &hit);
  for (uint32_t i = 0; w->in_invariant && i < w->own->count; i++) {
    if (e == &w->own->items[i]->base &&
        depends_on(w->sema, w->own, w->own->items[i], w->bounded,
                   w->own->count)) {
      w->is_found = true;
    }
  }
  bool is_alias = e != NULL && e->kind == ELEMENT_TYPEDEF &&
                  params_of(e)->count == type->type_arguments.count;
  for (uint32_t i = 0; i < type->type_arguments.count; i++) {
    bool saved = w->in_invariant;
    if (is_alias) {
      TypeId aliased = il_typedef_type((TypedefElement *)e);
      TypeParamId param = params_of(e)->items[i]->id;
      if (occurrences(w->sema->types, aliased, param, false) == 3) {
        w->in_invariant = true;
      }
    }
    walk_invariant(type->type_arguments.items[i], w);
    w->in_invariant = saved;
  }
}

static bool has_invariant_cycle(Sema *sema, Element *e) {
  if (e->node == NULL) return false;
  const TypeParamElements *params = params_of(e);
  Scope *scope = il_declare_scope(sema, e);
  if (e->kind == ELEMENT_CLASS) scope = scope->parent;
  InvariantWalk w = {sema, scope, params, NULL, false, false};
  for (uint32_t i = 0; i < params->count; i++) {
    w.bounded = params->items[i];
    TreeTypeParameter *node = (TreeTypeParameter *)w.bounded->base.node;
    if (node->bound != NULL) walk_invariant(node->bound, &w);
  }
  return w.is_found;
}

void il_declare_check_simple(Sema *sema, const Scope *scope,
                             TreeNode *bound) {
  SimpleWalk w = {sema, scope, NULL, true, true};
  walk_bound(bound, &w);
}

// ---------------------------------------------- function and record types

static TypeId function_type(Sema *sema, const Scope *outer,
                            TreeFunctionType *node) {
  TypeParamElements made = {0};
  Scope *scope = il_declare_type_params(sema, (Scope *)outer,
                                        node->type_parameters, &made);
  TypeFunctionParts parts = {0};
  TreeList list = {0};
  if (node->parameters != NULL) list = node->parameters->items;
  TypeId *positional = IL_NEW_ARRAY(sema->arena, TypeId, list.count);
  TypeId *named = IL_NEW_ARRAY(sema->arena, TypeId, list.count);
  Name *names = IL_NEW_ARRAY(sema->arena, Name, list.count);
  bool *required = IL_NEW_ARRAY(sema->arena, bool, list.count);
  uint32_t count = 0;
  for (uint32_t i = 0; i < list.count; i++) {
    TreeParameter *p = (TreeParameter *)list.items[i];
    TypeId type = il_declare_type(sema, scope, p->type);
    if (p->kind == TREE_PARAMETER_NAMED) {
      Name written = p->argument_name ? p->argument_name : p->name.name;
      names[parts.named_count] = il_scope_name(scope, written);
      required[parts.named_count] = (p->modifiers & TREE_MOD_REQUIRED) != 0;
      named[parts.named_count++] = type;
      continue;
    }
    positional[count++] = type;
    if (p->kind == TREE_PARAMETER_OPTIONAL) {
      parts.optional_count++;
    } else {
      parts.required_count++;
    }
  }
  TypeParamId *ids = IL_NEW_ARRAY(sema->arena, TypeParamId, made.count);
  for (uint32_t i = 0; i < made.count; i++) ids[i] = made.items[i]->id;
  parts.result = il_declare_type(sema, scope, node->return_type);
  parts.type_params = ids;
  parts.type_param_count = made.count;
  parts.positional = positional;
  parts.names = names;
  parts.named = named;
  parts.named_required = required;
  il_vec_drop(&made);
  return il_type_function(sema->types, &parts);
}

static void report_field(Sema *sema, const Scope *scope, TreeName name,
                         const char *message) {
  il_sema_error_name(sema, scope->unit, name, DIAG_RECORD_FIELD, message);
}

// `$3` is the number 3; 0 for other names.
static uint32_t positional_number(Text text) {
  if (text.length < 2 || text.bytes[0] != '$' || text.bytes[1] == '0') return 0;
  uint32_t number = 0;
  for (uint32_t i = 1; i < text.length; i++) {
    if (text.bytes[i] < '0' || text.bytes[i] > '9' || number > 100000) return 0;
    number = number * 10 + (uint32_t)(text.bytes[i] - '0');
  }
  return number;
}

static void check_field_name(Sema *sema, const Scope *scope, TreeName name,
                             uint32_t position, uint32_t positional_count) {
  if (name.name == NAME_NONE || name.name == NAME_wildcard) return;
  Text text = il_name_text(sema->names, name.name);
  bool is_object = name.name == NAME_hashCode || name.name == NAME_toString ||
                   name.name == NAME_runtimeType ||
                   name.name == NAME_noSuchMethod;
  if (is_object) {
    report_field(sema, scope, name,
                 "A field of a record cannot be named as a member of Object.");
  }
  if (text.bytes[0] == '_') {
    report_field(sema, scope, name,
                 "A field of a record cannot be private.");
  }
  uint32_t number = positional_number(text);
  if (number != 0 && number <= positional_count && number != position) {
    report_field(sema, scope, name,
                 "The name is that of another field's position.");
  }
}

static void check_record_names(Sema *sema, const Scope *scope,
                               const TreeRecordType *node) {
  uint32_t positional = node->positional.count;
  uint32_t count = positional + node->named.count;
  for (uint32_t i = 0; i < count; i++) {
    TreeNode *item = i < positional ? node->positional.items[i]
                                    : node->named.items[i - positional];
    TreeName name = ((TreeRecordTypeField *)item)->name;
    check_field_name(sema, scope, name, i < positional ? i + 1 : 0,
                     positional);
    if (name.name == NAME_NONE || name.name == NAME_wildcard) continue;
    for (uint32_t k = 0; k < i; k++) {
      TreeNode *other = k < positional ? node->positional.items[k]
                                       : node->named.items[k - positional];
      if (((TreeRecordTypeField *)other)->name.name != name.name) continue;
      report_field(sema, scope, name, "The field is declared twice.");
      break;
    }
  }
}

static TypeId record_type(Sema *sema, const Scope *scope,
                          TreeRecordType *node) {
  check_record_names(sema, scope, node);
  uint32_t positional_count = node->positional.count;
  uint32_t named_count = node->named.count;
  TypeId *types =
      IL_NEW_ARRAY(sema->arena, TypeId, positional_count + named_count);
  Name *names = IL_NEW_ARRAY(sema->arena, Name, named_count);
  for (uint32_t i = 0; i < positional_count; i++) {
    types[i] = il_declare_type(
        sema, scope, ((TreeRecordTypeField *)node->positional.items[i])->type);
  }
  for (uint32_t i = 0; i < named_count; i++) {
    TreeRecordTypeField *field = (TreeRecordTypeField *)node->named.items[i];
    types[positional_count + i] = il_declare_type(sema, scope, field->type);
    names[i] = il_scope_name(scope, field->name.name);
  }
  return il_type_record(sema->types, types, positional_count, names,
                        types + positional_count, named_count);
}

TypeId il_declare_type(Sema *sema, const Scope *scope, TreeNode *node) {
  if (node == NULL) return TYPE_ID_DYNAMIC;
  TypeId type;
  bool is_nullable = false;
  switch (node->kind) {
    case TREE_VOID_TYPE: return TYPE_ID_VOID;
    case TREE_NAMED_TYPE:
      type = named_type(sema, scope, (TreeNamedType *)node);
      is_nullable = ((TreeNamedType *)node)->is_nullable;
      break;
    case TREE_FUNCTION_TYPE:
      type = function_type(sema, scope, (TreeFunctionType *)node);
      is_nullable = ((TreeFunctionType *)node)->is_nullable;
      break;
    case TREE_RECORD_TYPE:
      type = record_type(sema, scope, (TreeRecordType *)node);
      is_nullable = ((TreeRecordType *)node)->is_nullable;
      break;
    default: return TYPE_ID_INVALID;  // reported by the parser
  }
  if (!is_nullable || type == TYPE_ID_INVALID) return type;
  return il_type_with_nullable(sema->types, type, true);
}

// ----------------------------------------------------------------- typedefs

TypeId il_typedef_type(TypedefElement *t) {
  if ((t->state & 0xff) == STATE_DONE || t->base.node == NULL) return t->type;
  Sema *sema = t->base.library->sema;
  TreeTypedef *node = (TreeTypedef *)t->base.node;
  if ((t->state & 0xff) == STATE_BUSY) {
    if (t->type != TYPE_ID_INVALID) {
      il_sema_error_name(sema, t->base.unit, node->name, DIAG_CYCLIC_TYPEDEF,
                         il_sema_text(sema, t->base.name));
    }
    t->type = TYPE_ID_INVALID;
    return TYPE_ID_INVALID;
  }
  if (!il_sema_enter(sema, &t->base)) return TYPE_ID_INVALID;
  t->state |= STATE_BUSY;
  Scope *scope = il_declare_scope(sema, &t->base);
  uint32_t first_check = sema->bound_checks.count;
  TypeId type = il_declare_type(sema, scope, node->type);
  for (uint32_t i = first_check; i < sema->bound_checks.count; i++) {
    // What a generic typedef stands for must keep its bounds itself.
    BoundCheck *check = &sema->bound_checks.items[i];
    if (check->node == node->type && node->type_parameters.count > 0) {
      check->allow_super_bounded = false;
    }
  }
  il_sema_leave(sema);
  if (t->type != TYPE_ID_INVALID) t->type = type;
  t->state = (t->state & ~0xffu) | STATE_DONE;
  return t->type;
}

// --------------------------------------------------------- constructor names

static bool report_constructor(Sema *sema, const Scope *scope,
                               const TreeConstructorName *node) {
  TextBuilder text = {0};
  for (uint32_t i = 0; i < node->names.count; i++) {
    if (i > 0) il_text_append_char(&text, '.');
    il_text_append(&text, il_name_text(sema->names, node->names.items[i].name));
  }
  il_sema_error(sema, scope->unit, node, DIAG_UNDEFINED_CONSTRUCTOR,
                il_text_builder_text(&text));
  il_text_builder_drop(&text);
  return false;
}

// The class that constructors of an element belong to, or NULL.
static ClassElement *class_of(Sema *sema, Element *e) {
  if (e->kind == ELEMENT_CLASS) return (ClassElement *)e;
  TypeId type = il_typedef_type((TypedefElement *)e);
  const Type *t = il_type_get(sema->types, type);
  if (t->kind != TYPE_INTERFACE || t->nullable) return NULL;
  return il_sema_class(sema, t->head);
}

bool il_declare_constructor_ref(Sema *sema, const Scope *scope,
                                const TreeConstructorName *node,
                                ConstructorRef *ref) {
  memset(ref, 0, sizeof *ref);
  const TreeName *names = node->names.items;
  uint32_t count = node->names.count;
  if (count == 0 || names[0].name == NAME_NONE) return false;
  uint32_t used = 1;
  PrefixElement *prefix;
  ScopeHit hit;
  Element *e =
      find_type(sema, scope, NAME_NONE, names[0].name, &prefix, &hit);
  if (e != NULL && e->kind == ELEMENT_PREFIX && count > 1) {
    e = find_type(sema, scope, names[0].name, names[1].name, &ref->prefix,
                  &hit);
    used = 2;
  }
  if (hit.is_ambiguous) {
    il_sema_error(sema, scope->unit, node, DIAG_AMBIGUOUS_NAME,
                  il_name_text(sema->names, names[used - 1].name));
    return false;
  }
  bool is_type = e != NULL &&
                 (e->kind == ELEMENT_TYPEDEF || e->kind == ELEMENT_CLASS);
  if (!is_type || count > used + 1) {
    return report_constructor(sema, scope, node);
  }
  if (node->type_part_count != 0 && node->type_part_count != used) {
    return report_constructor(sema, scope, node);
  }
  ref->element = e;
  ref->owner = class_of(sema, e);
  if (ref->owner == NULL || ref->owner->class_kind == CLASS_KIND_EXTENSION) {
    return report_constructor(sema, scope, node);
  }
  ref->constructor =
      count > used ? il_scope_name(scope, names[used].name) : NAME_new;
  if (node->type_arguments.count > 0) {
    ref->type = generic_type(sema, scope, (TreeNode *)node, e,
                             node->type_arguments);
    if (ref->type == TYPE_ID_INVALID) return false;
    sema->bound_checks.items[sema->bound_checks.count - 1]
        .allow_super_bounded = false;
  } else if (params_of(e)->count == 0) {
    ref->type = apply(sema, e, NULL, 0);
  }
  return true;
}

// ---------------------------------------------------------- checks of bounds

// Checks arguments against the bounds of parameters.
static bool check_arguments(Sema *sema, const BoundCheck *check,
                            const TypeParamId *ids, const TypeId *args,
                            uint32_t count, bool report) {
  for (uint32_t i = 0; i < count; i++) {
    const TypeParam *p = il_type_param_get(sema->types, ids[i]);
    TypeId bound =
        il_type_substitute(sema->types, p->bound, ids, args, count);
    TypeId arg = args[i];
    if (arg == TYPE_ID_INVALID || bound == TYPE_ID_INVALID) continue;
    if (il_type_is_subtype(&sema->type_context, arg, bound)) continue;
    if (report) {
      il_sema_error(sema, check->unit, check->node, DIAG_BOUND_NOT_KEPT,
                    il_sema_type_text(sema, arg),
                    il_sema_type_text(sema, bound),
                    il_sema_text(sema, p->name));
    }
    return false;
  }
  return true;
}

static void check_bounds_of(Sema *sema, const BoundCheck *check) {
  TypeParamId *ids;
  const TypeId *args;
  uint32_t count;
  const Type *type = il_type_get(sema->types, check->type);
  if (check->alias != NULL) {
    TypeParamElements *params = params_of(check->alias);
    count = params->count;
    args = check->arguments;
    ids = IL_NEW_ARRAY(sema->arena, TypeParamId, count);
    for (uint32_t i = 0; i < count; i++) ids[i] = params->items[i]->id;
  } else {
    if (type->kind != TYPE_INTERFACE || type->count == 0) return;
    const TypeClass *record = il_class_get(sema->class_table, type->head);
    count = type->count;
    args = type->items;
    ids = IL_NEW_ARRAY(sema->arena, TypeParamId, count);
    for (uint32_t i = 0; i < count; i++) ids[i] = record->first_param + i;
  }
  if (check_arguments(sema, check, ids, args, count,
                      !check->allow_super_bounded) ||
      !check->allow_super_bounded) {
    return;
  }
  // Super-bounded: well-bounded once what is at the top in covariant places is
  // read as Never, and what is Never in contravariant ones as the top.
  TypeId *inverted = IL_NEW_ARRAY(sema->arena, TypeId, count);
  for (uint32_t i = 0; i < count; i++) {
    // A parameter of a typedef is as variant as its use there.
    bool is_contra = is_contravariant(sema, check->alias, ids[i]);
    inverted[i] = map_variance(sema, args[i], is_contra, invert_top, NULL);
  }
  if (check_arguments(sema, check, ids, inverted, count, false)) return;
  check_arguments(sema, check, ids, args, count, true);
}

void il_declare_check_bounds(Sema *sema) {
  for (uint32_t i = 0; i < sema->bound_checks.count; i++) {
    BoundCheck check = sema->bound_checks.items[i];
    check_bounds_of(sema, &check);
  }
  il_vec_clear(&sema->bound_checks);
}
