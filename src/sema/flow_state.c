// flow_state.c: operations on states.  In order: models, the trie,
// reachability, joins, promotion, conservative joins, try/finally, rebasing.
#include "sema/flow_state.h"

// --------------------------------------------------------------------- models

TypeId il_flow_model_type(const FlowModel *m) {
  return m->chain_count ? m->chain[m->chain_count - 1] : m->declared;
}

FlowSsa *il_flow_new_ssa(Flow *flow, FlowInfo *info) {
  FlowSsa *ssa = IL_NEW(&flow->arena, FlowSsa);
  ssa->info = info;
  return ssa;
}

static bool contains(const TypeId *types, uint32_t count, TypeId t) {
  for (uint32_t i = 0; i < count; i++) {
    if (types[i] == t) return true;
  }
  return false;
}

static const TypeId *append_type(Flow *flow, const TypeId *types,
                                 uint32_t count, TypeId t) {
  TypeId *all = IL_NEW_ARRAY(&flow->arena, TypeId, count + 1);
  if (count) memcpy(all, types, count * sizeof(TypeId));
  all[count] = t;
  return all;
}

static void add_tested(Flow *flow, FlowModel *m, TypeId t) {
  if (contains(m->tested, m->tested_count, t)) return;
  m->tested = append_type(flow, m->tested, m->tested_count, t);
  m->tested_count++;
}

static void add_all_tested(Flow *flow, FlowModel *m, const FlowModel *from) {
  if (m->tested == from->tested) return;
  for (uint32_t i = 0; i < from->tested_count; i++) {
    add_tested(flow, m, from->tested[i]);
  }
}

static bool is_same_model(const FlowModel *a, const FlowModel *b) {
  return a->declared == b->declared && a->chain == b->chain &&
         a->chain_count == b->chain_count && a->tested == b->tested &&
         a->tested_count == b->tested_count && a->assigned == b->assigned &&
         a->unassigned == b->unassigned && a->captured == b->captured &&
         a->ssa == b->ssa;
}

// ----------------------------------------------------------------------- trie

static uint32_t levels_for(uint32_t key) {
  uint32_t levels = 1;
  while (key >> 4) {
    key >>= 4;
    levels++;
  }
  return levels;
}

const FlowModel *il_flow_model(const FlowState *state, uint32_t key) {
  if (levels_for(key) > state->levels) return NULL;
  const void *at = state->root;
  for (uint32_t level = state->levels; at && level > 0; level--) {
    at = ((const FlowNode *)at)->kids[(key >> (4 * (level - 1))) & 15];
  }
  return at;
}

// The same variables in a trie of more levels.
static const FlowNode *raise_levels(Flow *flow, const FlowNode *root,
                                    uint32_t from, uint32_t to) {
  for (; from < to; from++) {
    FlowNode *node = IL_NEW(&flow->arena, FlowNode);
    node->kids[0] = root;
    root = node;
  }
  return root;
}

static void put_pointer(Flow *flow, FlowState *state, uint32_t key,
                        const FlowModel *model) {
  uint32_t levels = levels_for(key);
  if (levels < state->levels) levels = state->levels;
  state->root = raise_levels(flow, state->root, state->levels, levels);
  state->levels = levels;
  const FlowNode *old = state->root;
  const FlowNode **place = &state->root;
  for (uint32_t level = levels; level > 0; level--) {
    FlowNode *node = IL_NEW(&flow->arena, FlowNode);
    if (old) *node = *old;
    *place = node;
    uint32_t i = (key >> (4 * (level - 1))) & 15;
    if (level == 1) {
      node->kids[i] = model;
      return;
    }
    old = node->kids[i];
    place = (const FlowNode **)(void *)&node->kids[i];
  }
}

void il_flow_put(Flow *flow, FlowState *state, uint32_t key, FlowModel model) {
  const FlowModel *old = il_flow_model(state, key);
  if (old && is_same_model(old, &model)) return;
  FlowModel *copy = IL_NEW(&flow->arena, FlowModel);
  *copy = model;
  put_pointer(flow, state, key, copy);
}

// --------------------------------------------------------------- reachability

static const FlowReach *make_reach(Flow *flow, const FlowReach *parent,
                                   bool local) {
  FlowReach *r = IL_NEW(&flow->arena, FlowReach);
  r->parent = parent;
  r->local = local;
  r->overall = local && (!parent || parent->overall);
  return r;
}

FlowState il_flow_split(Flow *flow, FlowState s) {
  if (!flow) return s;
  s.reach = make_reach(flow, s.reach, true);
  return s;
}

FlowState il_flow_unsplit(Flow *flow, FlowState s) {
  if (!flow) return s;
  const FlowReach *r = s.reach;
  IL_ASSERT(r->parent);
  s.reach = r->local || !r->parent->local
                ? r->parent
                : make_reach(flow, r->parent->parent, false);
  return s;
}

FlowState il_flow_unreachable(Flow *flow, FlowState s) {
  if (!flow) return s;
  if (s.reach->local) s.reach = make_reach(flow, s.reach->parent, false);
  return s;
}

// ----------------------------------------------------------------------- joins

static const FlowModel *join_models(Flow *flow, const FlowModel *a,
                                    const FlowModel *b) {
  FlowModel m = *a;
  if (a->chain != b->chain || a->chain_count != b->chain_count) {
    uint16_t n = 0;
    TypeId *common = NULL;
    for (uint32_t i = 0; i < a->chain_count; i++) {
      if (!contains(b->chain, b->chain_count, a->chain[i])) continue;
      if (!common) common = IL_NEW_ARRAY(&flow->arena, TypeId, a->chain_count);
      common[n++] = a->chain[i];
    }
    if (n != a->chain_count) m.chain = common;
    m.chain_count = n;
  }
  add_all_tested(flow, &m, b);
  m.assigned = a->assigned && b->assigned;
  m.unassigned = a->unassigned && b->unassigned;
  m.captured = a->captured || b->captured;
  if (m.captured) m.chain_count = 0;
  if (a->ssa != b->ssa) m.ssa = il_flow_new_ssa(flow, NULL);
  if (is_same_model(&m, a)) return a;
  FlowModel *copy = IL_NEW(&flow->arena, FlowModel);
  *copy = m;
  return copy;
}

// What both tries know; `level` counts down to the models.
static const void *join_tries(Flow *flow, const void *a, const void *b,
                              uint32_t level) {
  if (a == b) return a;
  if (!a || !b) return NULL;
  if (level == 0) return join_models(flow, a, b);
  const FlowNode *x = a, *y = b;
  FlowNode node;
  bool is_a = true, is_b = true;
  for (int i = 0; i < 16; i++) {
    node.kids[i] = join_tries(flow, x->kids[i], y->kids[i], level - 1);
    is_a = is_a && node.kids[i] == x->kids[i];
    is_b = is_b && node.kids[i] == y->kids[i];
  }
  if (is_a) return a;
  if (is_b) return b;
  FlowNode *copy = IL_NEW(&flow->arena, FlowNode);
  *copy = node;
  return copy;
}

FlowState il_flow_join_states(Flow *flow, FlowState a, FlowState b) {
  if (!flow) return a;
  if (a.reach->local && !b.reach->local) return a;
  if (!a.reach->local && b.reach->local) return b;
  FlowState s = {.reach = a.reach};
  s.levels = a.levels > b.levels ? a.levels : b.levels;
  s.root = join_tries(flow, raise_levels(flow, a.root, a.levels, s.levels),
                      raise_levels(flow, b.root, b.levels, s.levels), s.levels);
  return s;
}

void il_flow_join_add(Flow *flow, FlowJoin *join, FlowState state) {
  join->state =
      join->is_reached ? il_flow_join_states(flow, join->state, state) : state;
  join->is_reached = true;
}

// ------------------------------------------------------------------- promotion

TypeId il_flow_factor(Flow *flow, TypeId type, TypeId test) {
  const TypeContext *c = flow->f->type_context;
  TypeTable *types = flow->f->types;
  for (;;) {
    if (il_type_is_subtype(c, type, test)) return TYPE_ID_NEVER;
    const Type *t = il_type_get(types, type);
    if (t->nullable) {
      TypeId inner = il_type_with_nullable(types, type, false);
      if (il_type_is_subtype(c, TYPE_ID_NULL, test)) {
        type = inner;
        continue;
      }
      TypeId rest = il_flow_factor(flow, inner, test);
      return il_type_with_nullable(types, rest, true);
    }
    if (t->kind != TYPE_FUTURE_OR) return type;
    TypeId of = t->items[0];
    TypeId future = il_type_interface(types, CLASS_FUTURE, &of, 1);
    if (il_type_is_subtype(c, future, test)) {
      type = of;
    } else if (il_type_is_subtype(c, of, test)) {
      type = future;
    } else {
      return type;
    }
  }
}

// What a variable of type `from` becomes when it is known to be a `to`; NONE
// when that tells nothing.
static TypeId promoted_type(Flow *flow, TypeId from, TypeId to) {
  const TypeContext *c = flow->f->type_context;
  if (from == to || il_type_is_subtype(c, from, to)) {
    // A mutual subtype may still be a better name: dynamic is not left.
    return TYPE_ID_NONE;
  }
  if (il_type_is_subtype(c, to, from)) return to;
  const Type *t = il_type_get(flow->f->types, from);
  if (t->nullable) return TYPE_ID_NONE;
  if (t->kind == TYPE_INTERSECTION) {
    return il_type_is_subtype(c, to, t->items[1])
               ? il_type_intersection(flow->f->types, t->items[0], to)
               : TYPE_ID_NONE;
  }
  if (t->kind == TYPE_PARAM) {
    TypeId bound = il_type_param_get(flow->f->types, t->head)->bound;
    if (!bound) bound = TYPE_ID_OBJECT_NULLABLE;
    return il_type_is_subtype(c, to, bound)
               ? il_type_intersection(flow->f->types, from, to)
               : TYPE_ID_NONE;
  }
  return TYPE_ID_NONE;
}

FlowState il_flow_promote(Flow *flow, FlowState state, uint32_t key,
                          TypeId type, TypeId tested) {
  const FlowModel *old = il_flow_model(&state, key);
  if (!old || old->captured || type == TYPE_ID_INVALID) return state;
  FlowModel m = *old;
  TypeId from = il_flow_model_type(old);
  TypeId to = promoted_type(flow, from, type);
  if (to != TYPE_ID_NONE) {
    m.chain = append_type(flow, m.chain, m.chain_count, to);
    m.chain_count++;
  }
  if (tested != TYPE_ID_NEVER && tested != TYPE_ID_NULL &&
      !il_type_is_subtype(flow->f->type_context, from, tested)) {
    add_tested(flow, &m, tested);
  }
  il_flow_put(flow, &state, key, m);
  bool is_never = il_type_is_subtype(flow->f->type_context,
                                     il_flow_model_type(&m), TYPE_ID_NEVER);
  return is_never ? il_flow_unreachable(flow, state) : state;
}

// ------------------------------------------------------------------ being wary

// Brings the places of variables declared since the last question up to date.
static void register_locals(Flow *flow) {
  for (; flow->registered < flow->locals.count; flow->registered++) {
    LocalVar *local = flow->locals.items[flow->registered];
    if (local->declared_at == 0) continue;
    il_map_put(&flow->places, local->declared_at,
               (uint64_t)(uintptr_t)local->flow);
  }
}

static FlowState forget(Flow *flow, FlowState state, const uint32_t *places,
                        uint32_t count, bool is_captured) {
  for (uint32_t i = 0; i < count; i++) {
    uint64_t key;
    if (!il_map_find(&flow->places, places[i], &key)) continue;
    const FlowModel *old = il_flow_model(&state, (uint32_t)key - 1);
    if (!old) continue;
    FlowModel m = *old;
    m.chain_count = 0;
    m.unassigned = false;
    m.captured = m.captured || is_captured;
    m.ssa = il_flow_new_ssa(flow, NULL);
    il_flow_put(flow, &state, (uint32_t)key - 1, m);
  }
  return state;
}

FlowState il_flow_conservative(Flow *flow, FlowState state,
                               const FlowRegion *region) {
  if (!region) return state;
  register_locals(flow);
  state =
      forget(flow, state, region->written.items, region->written.count, false);
  return forget(flow, state, region->captured.items, region->captured.count,
                true);
}

FlowState il_flow_conservative_everywhere(Flow *flow, FlowState state) {
  return il_flow_conservative(flow, state, &flow->everywhere);
}

// ------------------------------------------------------- changes between two

// Calls `change` for each model of b that differs from a's.
typedef void DifferenceFn(Flow *flow, FlowState *out, uint32_t key,
                          const FlowModel *a, const FlowModel *b);

static void each_difference(Flow *flow, FlowState *out, const void *a,
                            const void *b, uint32_t level, uint32_t key,
                            DifferenceFn *change) {
  if (a == b || !b) return;
  if (level == 0) {
    change(flow, out, key, a, b);
    return;
  }
  const FlowNode *x = a, *y = b;
  for (uint32_t i = 0; i < 16; i++) {
    each_difference(flow, out, x ? x->kids[i] : NULL, y->kids[i], level - 1,
                    key << 4 | i, change);
  }
}

static FlowState merge_states(Flow *flow, FlowState a, FlowState b,
                              DifferenceFn *change) {
  uint32_t levels = a.levels > b.levels ? a.levels : b.levels;
  FlowState out = a;
  each_difference(flow, &out, raise_levels(flow, a.root, a.levels, levels),
                  raise_levels(flow, b.root, b.levels, levels), levels, 0,
                  change);
  return out;
}

static void take_tested(Flow *flow, FlowState *out, uint32_t key,
                        const FlowModel *a, const FlowModel *b) {
  if (!a) return;
  FlowModel m = *a;
  add_all_tested(flow, &m, b);
  il_flow_put(flow, out, key, m);
}

FlowState il_flow_inherit_tested(Flow *flow, FlowState a, FlowState b) {
  return merge_states(flow, a, b, take_tested);
}

// The chain with those of `more` that are below its last.
static void rebase_chain(Flow *flow, FlowModel *m, const FlowModel *more) {
  for (uint32_t i = 0; i < more->chain_count; i++) {
    TypeId last = il_flow_model_type(m), t = more->chain[i];
    if (t == last || contains(m->chain, m->chain_count, t)) continue;
    if (!il_type_is_subtype(flow->f->type_context, t, last)) continue;
    m->chain = append_type(flow, m->chain, m->chain_count, t);
    m->chain_count++;
  }
}

static void take_promotions(Flow *flow, FlowState *out, uint32_t key,
                            const FlowModel *a, const FlowModel *b) {
  // A property that is not known yet has nothing against its promotions, as
  // long as the value it hangs on is the same: its key says so.
  if (!a) {
    if (b->chain_count > 0) il_flow_put(flow, out, key, *b);
    return;
  }
  if (a->ssa != b->ssa || a->captured) return;
  FlowModel m = *a;
  rebase_chain(flow, &m, b);
  add_all_tested(flow, &m, b);
  il_flow_put(flow, out, key, m);
}

FlowState il_flow_rebase(Flow *flow, FlowState now, FlowState then) {
  FlowState s = merge_states(flow, now, then, take_promotions);
  return then.reach->overall ? s : il_flow_unreachable(flow, s);
}

FlowState il_flow_attach_finally(Flow *flow, FlowState after_try,
                                 FlowState before_finally,
                                 FlowState after_finally) {
  FlowState out = after_finally;
  out.reach = after_try.reach;
  for (uint32_t key = 0; key < flow->key_count; key++) {
    const FlowModel *m1 = il_flow_model(&after_try, key);
    const FlowModel *m2 = il_flow_model(&before_finally, key);
    const FlowModel *m3 = il_flow_model(&after_finally, key);
    if (!m1 || m1 == m3) continue;
    if (!m3) {
      il_flow_put(flow, &out, key, *m1);
      continue;
    }
    FlowModel m = *m3;
    if (m2 && m2->ssa == m3->ssa) {
      // Not written by the finally block: what try knew holds.
      m.chain = m1->chain;
      m.chain_count = m3->captured ? 0 : m1->chain_count;
      if (!m3->captured) rebase_chain(flow, &m, m3);
      m.ssa = m1->ssa;
    }
    m.assigned = m1->assigned || m3->assigned;
    il_flow_put(flow, &out, key, m);
  }
  return after_finally.reach->local ? out : il_flow_unreachable(flow, out);
}
