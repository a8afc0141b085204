// constraint.c: type arguments from constraints.
//
// A match of two types yields constraints `lower <: X <: upper` on the
// parameters X being solved for. They are kept in a list in the order found, so
// that a match that fails half-way is undone by cutting the list; solving
// merges those of each parameter. What a parameter has been given by an earlier
// solve stays, unless it still has holes.
#include "type/relation.h"

typedef struct {
  uint32_t param;       // index into params
  TypeId lower, upper;  // _ when there is none
} Constraint;

struct TypeConstraints {
  TypeContext context;
  uint32_t count;
  TypeParamId *params;
  TypeId *solution;
  IL_VEC(Constraint) list;
  uint32_t depth, steps;
  Map mentions;  // deep type → whether it mentions one of the params
};

static bool match(TypeConstraints *k, TypeId p, TypeId q);

TypeConstraints *il_constraint_new(const TypeContext *c,
                                   const TypeParamId *params, uint32_t count) {
  TypeConstraints *k = il_memory_zalloc(sizeof(TypeConstraints));
  k->context = *c;
  k->count = count;
  k->params = il_memory_alloc(count * sizeof(TypeParamId));
  k->solution = il_memory_alloc(count * sizeof(TypeId));
  for (uint32_t i = 0; i < count; i++) {
    k->params[i] = params[i];
    k->solution[i] = TYPE_ID_UNKNOWN;
  }
  return k;
}

void il_constraint_free(TypeConstraints *k) {
  if (!k) return;
  il_memory_free(k->params, k->count * sizeof(TypeParamId));
  il_memory_free(k->solution, k->count * sizeof(TypeId));
  il_vec_drop(&k->list);
  il_map_drop(&k->mentions);
  il_memory_free(k, sizeof *k);
}

// ------------------------------------------------------------------- matching

static int32_t param_index(const TypeConstraints *k, const Type *t) {
  if (t->kind != TYPE_PARAM || t->nullable) return -1;
  for (uint32_t i = 0; i < k->count; i++) {
    if (k->params[i] == t->head) return (int32_t)i;
  }
  return -1;
}

static bool mentions_params(TypeConstraints *k, TypeId id) {
  const Type *t = il_type_get(k->context.types, id);
  if (!(t->flags & (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM))) {
    return false;
  }
  if (t->kind == TYPE_PARAM) {
    for (uint32_t i = 0; i < k->count; i++) {
      if (k->params[i] == t->head) return true;
    }
    return false;
  }
  uint64_t known;
  bool is_deep = t->depth > TYPE_DEEP;
  if (is_deep && il_map_find(&k->mentions, id, &known)) return known != 0;
  bool result = false;
  for (uint32_t i = 0; !result && i < t->count; i++) {
    result = mentions_params(k, t->items[i]);
  }
  if (is_deep) il_map_put(&k->mentions, id, result);
  return result;
}

// Matches and undoes on failure.
static bool try_match(TypeConstraints *k, TypeId p, TypeId q) {
  uint32_t mark = k->list.count;
  if (match(k, p, q)) return true;
  k->list.count = mark;
  return false;
}

// As try_match, but a match without new constraints does not count.
static bool try_fruitful(TypeConstraints *k, TypeId p, TypeId q) {
  uint32_t mark = k->list.count;
  if (match(k, p, q) && k->list.count > mark) return true;
  k->list.count = mark;
  return false;
}

static bool match_items(TypeConstraints *k, const Type *p, const Type *q) {
  if (p->count != q->count) return false;
  for (uint32_t i = 0; i < p->count; i++) {
    if (!match(k, p->items[i], q->items[i])) return false;
  }
  return true;
}

static bool match_future_or(TypeConstraints *k, TypeId p, const Type *tp,
                            const Type *tq) {
  TypeId of = tq->items[0];
  if (tp->kind == TYPE_FUTURE_OR && !tp->nullable &&
      try_match(k, tp->items[0], of)) {
    return true;
  }
  TypeId future = il_type_future(k->context.types, of);
  return try_fruitful(k, p, future) || try_match(k, p, of) ||
         try_match(k, p, future);
}

static bool match_nullable(TypeConstraints *k, TypeId p, const Type *tp,
                           TypeId q) {
  TypeTable *types = k->context.types;
  TypeId inner = il_type_with_nullable(types, q, false);
  if (tp->nullable &&
      try_match(k, il_type_with_nullable(types, p, false), inner)) {
    return true;
  }
  if (tp->kind == TYPE_DYNAMIC || tp->kind == TYPE_VOID) {
    // What may be null must stay so: FutureOr<X>? takes it as its X.
    const Type *t = il_type_get(types, inner);
    if (t->kind == TYPE_FUTURE_OR) return match(k, p, t->items[0]);
    if (try_match(k, TYPE_ID_OBJECT, inner)) return true;
  }
  return try_fruitful(k, p, inner) || try_match(k, p, TYPE_ID_NULL) ||
         try_match(k, p, inner);
}

static bool match_named(TypeConstraints *k, const Type *a, const TypeShape *sa,
                        const Type *b, const TypeShape *sb) {
  const TypeId *ta = a->items + a->count - sa->named_count;
  const TypeId *tb = b->items + b->count - sb->named_count;
  uint32_t i = 0;
  for (uint32_t n = 0; n < sb->named_count; n++) {
    Name name = sb->names[n] & ~TYPE_NAMED_REQUIRED;
    while (i < sa->named_count &&
           (sa->names[i] & ~TYPE_NAMED_REQUIRED) != name) {
      if (sa->names[i++] & TYPE_NAMED_REQUIRED) return false;
    }
    if (i == sa->named_count || !match(k, tb[n], ta[i])) return false;
    if ((sa->names[i++] & TYPE_NAMED_REQUIRED) &&
        !(sb->names[n] & TYPE_NAMED_REQUIRED)) {
      return false;
    }
  }
  for (; i < sa->named_count; i++) {
    if (sa->names[i] & TYPE_NAMED_REQUIRED) return false;
  }
  return true;
}

static bool match_function(TypeConstraints *k, const Type *p, const Type *q) {
  TypeTable *types = k->context.types;
  const TypeShape *sp = il_type_shape_get(types, p);
  const TypeShape *sq = il_type_shape_get(types, q);
  uint32_t params = sp->type_param_count;
  if (params != sq->type_param_count ||
      sp->required_count > sq->required_count ||
      sp->required_count + sp->optional_count <
          sq->required_count + sq->optional_count) {
    return false;
  }
  uint32_t mark = k->list.count;
  for (uint32_t i = 1; i <= params; i++) {
    if (!match(k, p->items[i], q->items[i]) ||
        !match(k, q->items[i], p->items[i])) {
      return false;
    }
  }
  if (!match(k, p->items[0], q->items[0])) return false;
  for (uint32_t i = 0; i < sq->required_count + sq->optional_count; i++) {
    if (!match(k, q->items[1 + params + i], p->items[1 + params + i])) {
      return false;
    }
  }
  if (!match_named(k, p, sp, q, sq)) return false;
  // Constraints do not leave a generic function type with its parameters.
  for (uint32_t i = mark; params > 0 && i < k->list.count; i++) {
    Constraint *c = &k->list.items[i];
    c->lower = il_type_close_bounds(types, c->lower, true);
    c->upper = il_type_close_bounds(types, c->upper, false);
  }
  return true;
}

static bool match_record(TypeConstraints *k, const Type *p, const Type *q) {
  uint32_t named = p->count - p->head;
  if (p->head != q->head || p->count != q->count ||
      (named > 0 && memcmp(p->items + p->count, q->items + q->count,
                           named * sizeof(uint32_t)) != 0)) {
    return false;
  }
  return match_items(k, p, q);
}

// Neither is a union, a hole or a parameter solved for.
static bool match_kinds(TypeConstraints *k, TypeId p, const Type *tp, TypeId q,
                        const Type *tq) {
  TypeTable *types = k->context.types;
  if (tp->kind == TYPE_INTERSECTION) {
    return try_match(k, tp->items[1], q) || try_match(k, tp->items[0], q);
  }
  if (tp->kind == TYPE_PARAM) {
    TypeId bound = il_type_param_get(types, tp->head)->bound;
    return match(k, bound ? bound : TYPE_ID_OBJECT_NULLABLE, q);
  }
  if (tp->kind == TYPE_INTERFACE && tq->kind == TYPE_INTERFACE) {
    TypeId seen = il_class_as_instance_of(&k->context, p, tq->head);
    return seen != TYPE_ID_NONE && match_items(k, il_type_get(types, seen), tq);
  }
  if (tp->kind == TYPE_FUNCTION) {
    return q == TYPE_ID_FUNCTION ||
           (tq->kind == TYPE_FUNCTION && match_function(k, tp, tq));
  }
  if (tp->kind == TYPE_RECORD) {
    return q == TYPE_ID_RECORD ||
           (tq->kind == TYPE_RECORD && match_record(k, tp, tq));
  }
  return il_type_is_subtype(&k->context, p, q);
}

static bool match_steps(TypeConstraints *k, TypeId p, TypeId q) {
  TypeTable *types = k->context.types;
  const Type *tp = il_type_get(types, p), *tq = il_type_get(types, q);
  int32_t ip = param_index(k, tp);
  if (ip >= 0) {
    il_vec_push(&k->list, (Constraint){(uint32_t)ip, TYPE_ID_UNKNOWN, q});
    return true;
  }
  int32_t iq = param_index(k, tq);
  if (iq >= 0) {
    il_vec_push(&k->list, (Constraint){(uint32_t)iq, p, TYPE_ID_UNKNOWN});
    return true;
  }
  if (tq->kind == TYPE_FUTURE_OR && !tq->nullable) {
    if (match_future_or(k, p, tp, tq)) return true;
  } else if (tq->nullable && q != TYPE_ID_OBJECT_NULLABLE) {
    if (match_nullable(k, p, tp, q)) return true;
  }
  if (tp->nullable) {
    return match(k, il_type_with_nullable(types, p, false), q) &&
           match(k, TYPE_ID_NULL, q);
  }
  if (tp->kind == TYPE_FUTURE_OR) {
    return match(k, il_type_future(types, tp->items[0]), q) &&
           match(k, tp->items[0], q);
  }
  if (il_type_is_top(&k->context, q) || tp->kind == TYPE_NEVER) return true;
  if (q == TYPE_ID_OBJECT || p == TYPE_ID_NULL) {
    return il_type_is_subtype(&k->context, p, q);
  }
  return match_kinds(k, p, tp, q, tq);
}

static bool match(TypeConstraints *k, TypeId p, TypeId q) {
  if (p == TYPE_ID_UNKNOWN || q == TYPE_ID_UNKNOWN || p == q) return true;
  if (p == TYPE_ID_INVALID || q == TYPE_ID_INVALID) return true;
  if (!mentions_params(k, p) && !mentions_params(k, q)) {
    return il_type_is_subtype(&k->context, p, q);
  }
  if (k->depth > IL_TYPE_MAX_DEPTH || ++k->steps > RELATION_BUDGET) {
    return false;
  }
  k->depth++;
  bool result = match_steps(k, p, q);
  k->depth--;
  return result;
}

bool il_constraint_match(TypeConstraints *k, TypeId sub, TypeId super) {
  k->steps = 0;
  return try_match(k, sub, super);
}

// -------------------------------------------------------------------- solving

static bool is_known(const TypeConstraints *k, TypeId t) {
  return !(il_type_get(k->context.types, t)->flags & TYPE_HAS_UNKNOWN);
}

// The merge of all constraints on parameter i.
static Constraint merge(const TypeConstraints *k, uint32_t i) {
  Constraint m = {i, TYPE_ID_UNKNOWN, TYPE_ID_UNKNOWN};
  for (uint32_t n = 0; n < k->list.count; n++) {
    const Constraint *c = &k->list.items[n];
    if (c->param != i) continue;
    m.lower = il_type_upper_bound(&k->context, m.lower, c->lower);
    m.upper = il_type_lower_bound(&k->context, m.upper, c->upper);
  }
  return m;
}

static TypeId choose(const TypeConstraints *k, Constraint m, bool grounded) {
  if (m.lower != TYPE_ID_UNKNOWN && is_known(k, m.lower)) return m.lower;
  if (m.upper != TYPE_ID_UNKNOWN && is_known(k, m.upper)) return m.upper;
  if (m.lower != TYPE_ID_UNKNOWN) {
    return grounded ? il_type_least_closure(&k->context, m.lower) : m.lower;
  }
  return grounded ? il_type_greatest_closure(&k->context, m.upper) : m.upper;
}

// Takes the bound of parameter i into account and chooses again. What a lower
// constraint says of the bound is kept: `X extends Iterable<Y>` and
// `List<int> <: X` tell of Y.
static TypeId choose_with_bound(TypeConstraints *k, uint32_t i, TypeId bound,
                                Constraint m, bool final,
                                const TypeId *result) {
  if (m.lower != TYPE_ID_UNKNOWN && try_match(k, m.lower, bound)) {
    return choose(k, merge(k, i), final);
  }
  TypeBuffer args;
  il_type_buffer_init(&args, k->count);
  for (uint32_t n = 0; n < k->count; n++) {
    args.items[n] = n < i ? result[n] : k->solution[n];
  }
  TypeId seen = il_type_substitute(k->context.types, bound, k->params,
                                   args.items, k->count);
  il_type_buffer_drop(&args);
  if (m.lower != TYPE_ID_UNKNOWN) {
    // A dynamic argument is cast to what the bound asks for.
    return il_type_is_top(&k->context, m.lower)
               ? il_type_greatest_closure(&k->context, seen)
               : choose(k, m, final);
  }
  m.upper = il_type_lower_bound(&k->context, m.upper, seen);
  return choose(k, m, final);
}

// Nothing is known of parameter i: what instantiation to bounds gives.
static TypeId default_of(const TypeConstraints *k, const TypeParam *p,
                         uint32_t i, const TypeId *result) {
  bool is_free = !p->bound || p->bound == TYPE_ID_OBJECT_NULLABLE;
  TypeId found = p->default_type ? p->default_type
                 : is_free       ? TYPE_ID_DYNAMIC
                                 : p->bound;
  TypeBuffer args;
  il_type_buffer_init(&args, k->count);
  for (uint32_t n = 0; n < k->count; n++) {
    args.items[n] = n < i ? result[n] : TYPE_ID_UNKNOWN;
  }
  found = il_type_substitute(k->context.types, found, k->params, args.items,
                             k->count);
  il_type_buffer_drop(&args);
  return il_type_greatest_closure(&k->context, found);
}

static TypeId solve_one(TypeConstraints *k, uint32_t i, bool final,
                        const TypeId *result) {
  if (is_known(k, k->solution[i])) return k->solution[i];
  Constraint m = merge(k, i);
  const TypeParam *p = il_type_param_get(k->context.types, k->params[i]);
  bool is_free = !p->bound || p->bound == TYPE_ID_OBJECT_NULLABLE;
  bool is_open = m.lower == TYPE_ID_UNKNOWN && m.upper == TYPE_ID_UNKNOWN;
  if (final && is_open && (is_free || !mentions_params(k, p->bound))) {
    return default_of(k, p, i, result);
  }
  TypeId chosen = choose(k, m, final);
  if (is_free || (!final && !is_known(k, chosen))) return chosen;
  TypeId bounded = choose_with_bound(k, i, p->bound, m, final, result);
  return bounded;
}

// Nothing at all is known: the type arguments that a raw type would have.
static bool solve_by_default(TypeConstraints *k, TypeId *result) {
  if (k->list.count > 0) return false;
  for (uint32_t i = 0; i < k->count; i++) {
    if (k->solution[i] != TYPE_ID_UNKNOWN) return false;
    const TypeParam *p = il_type_param_get(k->context.types, k->params[i]);
    bool is_free = !p->bound || p->bound == TYPE_ID_OBJECT_NULLABLE;
    result[i] = p->default_type;
    if (!result[i] || mentions_params(k, result[i])) {
      result[i] = is_free ? TYPE_ID_DYNAMIC
                          : il_type_resolve_bound(&k->context, p->bound);
    }
    if (mentions_params(k, result[i])) return false;
  }
  return true;
}

void il_constraint_solve(TypeConstraints *k, bool final, TypeId *result) {
  k->steps = 0;
  if (final && solve_by_default(k, result)) return;
  for (uint32_t i = 0; i < k->count; i++) {
    result[i] = solve_one(k, i, final, result);
  }
  for (uint32_t i = 0; i < k->count; i++) k->solution[i] = result[i];
}
