// flow.c: flow analysis of variables and expressions.  In order: life, what
// expressions tell, variables, properties, operators, closures.
#include "sema/flow.h"

#include "sema/flow_state.h"

// ------------------------------------------------------------------------ life

Flow *il_flow_new(InferContext *f, TreeNode *root) {
  Flow *flow = il_memory_zalloc(sizeof(Flow));
  flow->f = f;
  FlowReach *reach = IL_NEW(&flow->arena, FlowReach);
  reach->local = reach->overall = true;
  flow->current.reach = reach;
  il_flow_scan(flow, root);
  return flow;
}

void il_flow_free(Flow *flow) {
  if (!flow) return;
  uint32_t cursor = 0;
  uint64_t key, value;
  while (il_map_next(&flow->regions, &cursor, &key, &value)) {
    FlowRegion *region = (FlowRegion *)(uintptr_t)value;
    il_vec_drop(&region->written);
    il_vec_drop(&region->captured);
  }
  il_vec_drop(&flow->everywhere.written);
  il_vec_drop(&flow->everywhere.captured);
  il_map_drop(&flow->regions);
  il_map_drop(&flow->places);
  il_map_drop(&flow->infos);
  for (uint32_t i = 0; i < flow->locals.count; i++) {
    flow->locals.items[i]->flow = NULL;
  }
  il_vec_drop(&flow->locals);
  il_vec_drop(&flow->frames);
  il_arena_drop(&flow->arena);
  il_memory_free(flow, sizeof(Flow));
}

// Without a Flow (in constants) states are empty.
FlowState il_flow_get(const Flow *flow) {
  return flow ? flow->current : (FlowState){0};
}

void il_flow_set(Flow *flow, FlowState state) {
  if (flow) flow->current = state;
}

bool il_flow_is_reachable(Flow *flow) {
  return !flow || flow->current.reach->overall;
}

void il_flow_exit(Flow *flow) {
  if (flow) flow->current = il_flow_unreachable(flow, flow->current);
}

void il_flow_statement(Flow *flow) {
  // Inside a closure an outer expression may still be waiting for its parts.
  if (flow && flow->closure_depth == 0) il_map_clear(&flow->infos);
}

// -------------------------------------------------------- what is told by them

FlowInfo *il_flow_info(const Flow *flow, const TypedExpr *e) {
  return e ? il_map_find_pointer(&flow->infos, il_map_key(e)) : NULL;
}

FlowInfo *il_flow_set_info(Flow *flow, const TypedExpr *e) {
  FlowInfo *info = IL_NEW(&flow->arena, FlowInfo);
  info->key = -1;
  il_map_put(&flow->infos, il_map_key(e), il_map_key(info));
  return info;
}

static void set_states(Flow *flow, const TypedExpr *e, FlowState if_true,
                       FlowState if_false) {
  if (!e) return;
  FlowInfo *info = il_flow_set_info(flow, e);
  info->has_states = true;
  info->if_true = if_true;
  info->if_false = if_false;
}

static bool is_null_literal(const TypedExpr *e) {
  return e->kind == EXPR_CONSTANT && e->type == TYPE_ID_NULL;
}

// A condition of type dynamic is cast; what it says stays the same.
static FlowInfo *condition_info(const Flow *flow, const TypedExpr *e) {
  while (e && e->kind == EXPR_AS &&
         ((const TypedAs *)e)->as_kind == AS_DOWNCAST) {
    e = ((const TypedAs *)e)->operand;
  }
  return il_flow_info(flow, e);
}

FlowState il_flow_true(Flow *flow, const TypedExpr *e) {
  FlowInfo *info = condition_info(flow, e);
  return info && info->has_states ? info->if_true : flow->current;
}

FlowState il_flow_false(Flow *flow, const TypedExpr *e) {
  FlowInfo *info = condition_info(flow, e);
  return info && info->has_states ? info->if_false : flow->current;
}

void il_flow_bool(Flow *flow, TypedExpr *e, bool value) {
  if (!flow) return;
  FlowState never = il_flow_unreachable(flow, flow->current);
  set_states(flow, e, value ? flow->current : never,
             value ? never : flow->current);
}

FlowState il_flow_promote_expr(Flow *flow, FlowState state, const TypedExpr *e,
                               TypeId type, TypeId tested) {
  FlowInfo *info = il_flow_info(flow, e);
  return info && info->key >= 0
             ? il_flow_promote(flow, state, (uint32_t)info->key, type, tested)
             : state;
}

static FlowState promote_non_null(Flow *flow, FlowState state,
                                  const TypedExpr *e) {
  TypeId type = il_type_non_null(flow->f->types, e->type);
  return il_flow_promote_expr(flow, state, e, type, type);
}

void il_flow_alias(Flow *flow, TypedExpr *e, const TypedExpr *original) {
  if (!flow) return;
  FlowInfo *from = il_flow_info(flow, original);
  if (!from || from->key < 0) return;
  FlowInfo *to = il_flow_set_info(flow, e);
  to->key = from->key;
  to->ssa = from->ssa;
}

// ------------------------------------------------------------------- variables

static bool find_key(const LocalVar *local, uint32_t *key) {
  if (!local->flow) return false;
  *key = (uint32_t)(uintptr_t)local->flow - 1;
  return true;
}

static const FlowModel *model_of(Flow *flow, const LocalVar *local) {
  uint32_t key;
  return flow && find_key(local, &key) ? il_flow_model(&flow->current, key)
                                       : NULL;
}

void il_flow_declare(Flow *flow, LocalVar *local, bool is_initialized) {
  if (!flow) return;
  uint32_t key;
  if (!find_key(local, &key)) {
    key = flow->key_count++;
    local->flow = (void *)(uintptr_t)(key + 1);
    il_vec_push(&flow->locals, local);
  }
  FlowModel m = {.declared = local->type,
                 .assigned = is_initialized,
                 .unassigned = !is_initialized,
                 .ssa = il_flow_new_ssa(flow, NULL)};
  il_flow_put(flow, &flow->current, key, m);
}

// Promotion to a type of interest by writing a value of this type: `demote` has
// been done. NONE: no promotion.
static TypeId find_interest(Flow *flow, const FlowModel *m, TypeId written) {
  const TypeContext *c = flow->f->type_context;
  TypeTable *types = flow->f->types;
  TypeId now = il_flow_model_type(m);
  if (written == now) return TYPE_ID_NONE;
  uint32_t count = 0;
  TypeId *all = IL_NEW_ARRAY(&flow->arena, TypeId, 2u * m->tested_count + 2u);
  TypeId non_null = il_type_non_null(types, m->declared);
  if (non_null != m->declared) all[count++] = non_null;
  for (uint32_t i = 0; i < m->tested_count; i++) {
    all[count++] = m->tested[i];
    all[count++] = il_type_non_null(types, m->tested[i]);
  }
  TypeId best = TYPE_ID_NONE;
  for (uint32_t i = 0; i < count; i++) {
    if (all[i] == written && written != now) return written;
  }
  for (uint32_t i = 0; i < count; i++) {
    if (all[i] == now || !il_type_is_subtype(c, written, all[i]) ||
        !il_type_is_subtype(c, all[i], now)) {
      continue;
    }
    if (!best || il_type_is_subtype(c, all[i], best)) best = all[i];
  }
  for (uint32_t i = 0; best && i < count; i++) {
    if (all[i] == now || !il_type_is_subtype(c, written, all[i]) ||
        !il_type_is_subtype(c, all[i], now)) {
      continue;
    }
    if (!il_type_is_subtype(c, best, all[i])) return TYPE_ID_NONE;
  }
  return best;
}

static void push_chain(Flow *flow, FlowModel *m, TypeId t) {
  TypeId *all = IL_NEW_ARRAY(&flow->arena, TypeId, m->chain_count + 1u);
  if (m->chain_count) {
    memcpy(all, m->chain, m->chain_count * sizeof(TypeId));
  }
  all[m->chain_count++] = t;
  m->chain = all;
}

// The model after a value of type `written` has been stored.
static void write_model(Flow *flow, LocalVar *local, const TypedExpr *value,
                        TypeId written, bool seeks_interest) {
  uint32_t key;
  const FlowModel *old = model_of(flow, local);
  if (!old || !find_key(local, &key)) return;
  const TypeContext *c = flow->f->type_context;
  FlowModel m = *old;
  m.declared = local->type;
  m.assigned = true;
  m.unassigned = false;
  m.ssa = il_flow_new_ssa(flow, il_flow_info(flow, value));
  if (m.captured) {
    m.chain_count = 0;
  } else {
    while (m.chain_count > 0 &&
           !il_type_is_subtype(c, written, m.chain[m.chain_count - 1])) {
      m.chain_count--;
    }
    if (seeks_interest) {
      TypeId to = find_interest(flow, &m, written);
      if (to != TYPE_ID_NONE) push_chain(flow, &m, to);
    }
  }
  il_flow_put(flow, &flow->current, key, m);
}

void il_flow_initialize(Flow *flow, LocalVar *local, TypedExpr *value,
                        bool is_inferred) {
  if (!flow) return;
  TypeId written = value->type;
  // A final variable keeps the type that was written for it.
  bool seeks_interest = !is_inferred && !(local->flags & LOCAL_IS_FINAL);
  write_model(flow, local, value, written, seeks_interest);
  // `var x = y` with y of a promoted type parameter: x is declared with the
  // parameter and promoted at once.
  const Type *t = il_type_get(flow->f->types, written);
  uint32_t key;
  if (is_inferred && t->kind == TYPE_INTERSECTION && find_key(local, &key)) {
    flow->current =
        il_flow_promote(flow, flow->current, key, t->items[1], t->items[1]);
  }
}

// Reports a write to a final variable that may have a value.
static void check_write(Flow *flow, LocalVar *local, const TreeNode *node) {
  const FlowModel *m = model_of(flow, local);
  if (!m || !(local->flags & LOCAL_IS_FINAL)) return;
  InferContext *f = flow->f;
  Text name = il_infer_name_text(f, local->base.name);
  if (local->flags & LOCAL_IS_LATE) {
    if (m->assigned) il_infer_error(f, node, DIAG_LATE_FINAL_ASSIGNED, name);
    return;
  }
  if (m->assigned) {
    il_infer_error(f, node, DIAG_ASSIGN_FINAL, name);
  } else if (!m->unassigned) {
    il_infer_error(f, node, DIAG_FINAL_MAYBE_ASSIGNED, name);
  }
}

void il_flow_assign(Flow *flow, LocalVar *local, TypedExpr *value,
                    const TreeNode *node) {
  if (!flow) return;
  check_write(flow, local, node);
  write_model(flow, local, value, value ? value->type : local->type, true);
}

// What is stored when the matched value goes into a variable.
static TypeId matched_type(Flow *flow, FlowMatch *match, LocalVar *local) {
  TypeId type = il_flow_match_type(flow, match);
  return il_type_is_subtype(flow->f->type_context, type, local->type)
             ? type
             : local->type;
}

void il_flow_match_declare(Flow *flow, FlowMatch *match, LocalVar *local,
                           bool is_inferred) {
  if (!flow) return;
  TypeId written = matched_type(flow, match, local);
  il_flow_declare(flow, local, true);
  write_model(flow, local, NULL, written, !is_inferred);
  const Type *t = il_type_get(flow->f->types, written);
  uint32_t key;
  if (is_inferred && t->kind == TYPE_INTERSECTION && find_key(local, &key)) {
    flow->current =
        il_flow_promote(flow, flow->current, key, t->items[1], t->items[1]);
  }
}

void il_flow_match_assign(Flow *flow, FlowMatch *match, LocalVar *local,
                          const TreeNode *node) {
  if (!flow) return;
  check_write(flow, local, node);
  write_model(flow, local, NULL, matched_type(flow, match, local), true);
}

TypeId il_flow_promoted(Flow *flow, LocalVar *local) {
  const FlowModel *m = model_of(flow, local);
  return m && m->chain_count ? il_flow_model_type(m) : TYPE_ID_NONE;
}

// Reports a read of a variable that may have no value yet.
static void check_read(Flow *flow, LocalVar *local, const FlowModel *m,
                       const TreeNode *node) {
  InferContext *f = flow->f;
  if (m->assigned || !node) return;
  Text name = il_infer_name_text(f, local->base.name);
  if (local->flags & LOCAL_IS_LATE) {
    if (m->unassigned) {
      il_infer_error(f, node, DIAG_LATE_UNASSIGNED, name);
    }
    local->flags |= LOCAL_NEEDS_UNASSIGNED_CHECK;
    return;
  }
  if (local->flags & LOCAL_IS_FINAL) {
    il_infer_error(f, node, DIAG_FINAL_UNASSIGNED, name);
  } else if (local->type != TYPE_ID_INVALID &&
             !il_type_is_nullable(f->type_context, local->type)) {
    il_infer_error(f, node, DIAG_NOT_ASSIGNED, name);
  }
}

TypedExpr *il_flow_read(Flow *flow, LocalVar *local, TypedExpr *get,
                        const TreeNode *node) {
  const FlowModel *m = model_of(flow, local);
  uint32_t key;
  if (!m || !find_key(local, &key)) return get;
  check_read(flow, local, m, node);
  if (m->chain_count) get->type = il_flow_model_type(m);
  FlowInfo *told = m->ssa->info;
  FlowInfo *info = il_flow_set_info(flow, get);
  info->key = (int32_t)key;
  info->ssa = m->ssa;
  if (told && told->has_states &&
      (get->type == TYPE_ID_BOOL || get->type == TYPE_ID_DYNAMIC)) {
    // `final ok = x != null; if (ok) ...`
    info->has_states = true;
    info->if_true = il_flow_rebase(flow, flow->current, told->if_true);
    info->if_false = il_flow_rebase(flow, flow->current, told->if_false);
  }
  if (il_type_is_bottom(flow->f->type_context, get->type)) il_flow_exit(flow);
  return get;
}

// ------------------------------------------------------------------ properties

// Names of private members that some class of the library keeps from being
// promoted: a getter, a field that is not final, or a forwarder made by
// noSuchMethod could stand behind them.
static bool is_stable_name(Library *library, Name name) {
  for (uint32_t i = 0; i < library->sema->classes.count; i++) {
    ClassElement *c = library->sema->classes.items[i];
    if (!c || c->base.library != library) continue;
    if (c->class_kind == CLASS_KIND_EXTENSION ||
        c->class_kind == CLASS_KIND_EXTENSION_TYPE) {
      continue;
    }
    for (uint32_t k = 0; k < c->fields.count; k++) {
      FieldElement *field = c->fields.items[k];
      if (field->base.name != name || (field->flags & FIELD_IS_STATIC)) {
        continue;
      }
      if (!(field->flags & FIELD_IS_FINAL) ||
          (field->flags & FIELD_IS_EXTERNAL)) {
        return false;
      }
    }
    for (uint32_t k = 0; k < c->functions.count; k++) {
      FunctionElement *g = c->functions.items[k];
      if (g->base.name != name || g->function_kind != FUNCTION_GETTER ||
          (g->flags & FUNCTION_IS_STATIC) || g->field) {
        continue;
      }
      if (!(g->flags & FUNCTION_IS_ABSTRACT) ||
          (g->flags & (FUNCTION_IS_NO_SUCH_METHOD | FUNCTION_IS_EXTERNAL))) {
        return false;
      }
    }
  }
  return true;
}

static bool is_promotable(Flow *flow, const Member *member) {
  if (member->kind != MEMBER_INSTANCE &&
      member->kind != MEMBER_REPRESENTATION) {
    return false;
  }
  const FunctionElement *getter = member->function;
  if (!getter || !il_name_is_private(flow->f->sema->names, getter->base.name)) {
    return false;
  }
  Library *library = getter->base.library;
  if (!library || library->outline != NULL ||
      library->language_version < IL_VERSION(3, 2)) {
    return false;
  }
  if (member->kind == MEMBER_REPRESENTATION) return true;
  FieldElement *field = getter->field;
  if (!field || !(field->flags & FIELD_IS_FINAL) ||
      (field->flags & (FIELD_IS_EXTERNAL | FIELD_IS_STATIC))) {
    return false;
  }
  return is_stable_name(library, field->base.name);
}

// The value that a property belongs to; NULL when it has no name to be known
// by.
static FlowSsa *receiver_ssa(Flow *flow, const TypedExpr *receiver) {
  if (!receiver) return &flow->super_ssa;
  FlowInfo *info = il_flow_info(flow, receiver);
  if (info && info->ssa) return info->ssa;
  if (receiver->kind == EXPR_THIS) return &flow->this_ssa;
  if (receiver->kind == EXPR_LOCAL_GET && flow->f->receiver &&
      ((const TypedLocalGet *)receiver)->local == flow->f->receiver) {
    return &flow->this_ssa;
  }
  return NULL;
}

static FlowProperty *find_property(Flow *flow, FlowSsa *ssa, Name name) {
  for (FlowProperty *p = ssa->properties; p; p = p->next) {
    if (p->name == name) return p;
  }
  FlowProperty *p = IL_NEW(&flow->arena, FlowProperty);
  p->name = name;
  p->key = flow->key_count++;
  p->ssa = il_flow_new_ssa(flow, NULL);
  p->next = ssa->properties;
  ssa->properties = p;
  return p;
}

TypedExpr *il_flow_property_read(Flow *flow, TypedExpr *receiver,
                                 const Member *member, TypedExpr *get) {
  if (!flow || il_infer_is_invalid(get)) return get;
  if (il_type_is_bottom(flow->f->type_context, get->type)) il_flow_exit(flow);
  if (!is_promotable(flow, member)) return get;
  FlowSsa *ssa = receiver_ssa(flow, receiver);
  if (!ssa) return get;
  FlowProperty *p = find_property(flow, ssa, member->function->base.name);
  const FlowModel *m = il_flow_model(&flow->current, p->key);
  if (!m) {
    il_flow_put(
        flow, &flow->current, p->key,
        (FlowModel){.declared = get->type, .assigned = true, .ssa = p->ssa});
    m = il_flow_model(&flow->current, p->key);
  }
  TypeId type = il_flow_model_type(m);
  if (m->chain_count && type != get->type &&
      il_infer_is_subtype(flow->f, type, get->type)) {
    get = il_infer_downcast(flow->f, get, type, AS_UNCHECKED);
    if (type == TYPE_ID_NEVER) il_flow_exit(flow);
  }
  FlowInfo *info = il_flow_set_info(flow, get);
  info->key = (int32_t)p->key;
  info->ssa = p->ssa;
  return get;
}

// ------------------------------------------------------------------- operators

// The state of one branch of a condition that has just been seen. A branch that
// is not reached though the condition is, is not reached from the split.
static FlowState split_branch(Flow *flow, FlowState state) {
  if (state.reach->local || !flow->current.reach->local) {
    return il_flow_split(flow, state);
  }
  FlowState split = il_flow_split(flow, flow->current);
  state.reach = il_flow_unreachable(flow, split).reach;
  return state;
}

static FlowFrame *push_frame(Flow *flow, FlowFrameKind kind, FlowState other) {
  il_vec_push(&flow->frames,
              (FlowFrame){.kind = (uint8_t)kind, .other = other});
  return &il_vec_last(&flow->frames);
}

static FlowFrame pop_frame(Flow *flow, FlowFrameKind kind) {
  FlowFrame frame = il_vec_pop(&flow->frames);
  IL_ASSERT(frame.kind == kind);
  (void)kind;
  return frame;
}

void il_flow_not(Flow *flow, TypedExpr *operand, TypedExpr *result) {
  if (!flow) return;
  set_states(flow, result, il_flow_false(flow, operand),
             il_flow_true(flow, operand));
}

void il_flow_logical_begin(Flow *flow, TypedExpr *left, bool is_and) {
  if (!flow) return;
  FlowState t = split_branch(flow, il_flow_true(flow, left));
  FlowState e = split_branch(flow, il_flow_false(flow, left));
  push_frame(flow, FRAME_LOGICAL, is_and ? e : t);
  flow->current = is_and ? t : e;
}

void il_flow_logical_end(Flow *flow, TypedExpr *right, TypedExpr *result,
                         bool is_and) {
  if (!flow) return;
  FlowState other = pop_frame(flow, FRAME_LOGICAL).other;
  FlowState t = il_flow_true(flow, right), e = il_flow_false(flow, right);
  if (is_and) {
    e = il_flow_join_states(flow, other, e);
  } else {
    t = il_flow_join_states(flow, other, t);
  }
  FlowState both = il_flow_join_states(flow, t, e);
  flow->current = il_flow_unsplit(flow, both);
  set_states(flow, result, il_flow_unsplit(flow, t), il_flow_unsplit(flow, e));
}

void il_flow_then(Flow *flow, TypedExpr *condition) {
  if (!flow) return;
  FlowState t = split_branch(flow, il_flow_true(flow, condition));
  FlowState e = split_branch(flow, il_flow_false(flow, condition));
  push_frame(flow, FRAME_CONDITION, e);
  flow->current = t;
}

void il_flow_else(Flow *flow, TypedExpr *then) {
  if (!flow) return;
  FlowFrame *frame = &il_vec_last(&flow->frames);
  IL_ASSERT(frame->kind == FRAME_CONDITION);
  FlowState otherwise = frame->other;
  frame->other = flow->current;
  if (then) {
    frame->has_info = true;
    frame->if_true = il_flow_true(flow, then);
    frame->if_false = il_flow_false(flow, then);
  }
  flow->current = otherwise;
}

void il_flow_join(Flow *flow, TypedExpr *otherwise, TypedExpr *result) {
  if (!flow) return;
  FlowFrame frame = pop_frame(flow, FRAME_CONDITION);
  FlowState joined = il_flow_join_states(flow, frame.other, flow->current);
  if (result && otherwise && frame.has_info && result->type == TYPE_ID_BOOL) {
    FlowState t =
        il_flow_join_states(flow, frame.if_true, il_flow_true(flow, otherwise));
    FlowState e = il_flow_join_states(flow, frame.if_false,
                                      il_flow_false(flow, otherwise));
    set_states(flow, result, il_flow_unsplit(flow, t),
               il_flow_unsplit(flow, e));
  }
  flow->current = il_flow_unsplit(flow, joined);
}

static bool is_null_type(const Flow *flow, TypeId t) {
  return t == TYPE_ID_NULL ||
         (t != TYPE_ID_INVALID && t != TYPE_ID_UNKNOWN &&
          il_type_is_subtype(flow->f->type_context, t, TYPE_ID_NULL) &&
          !il_type_is_non_nullable(flow->f->type_context, t));
}

// Since 3.9 a non-nullable type is trusted to hold no null.
static bool is_non_null_type(const Flow *flow, TypeId t) {
  return t != TYPE_ID_INVALID && t != TYPE_ID_NEVER &&
         flow->f->library->language_version >= IL_VERSION(3, 9) &&
         il_type_is_non_nullable(flow->f->type_context, t);
}

void il_flow_if_null_begin(Flow *flow, TypedExpr *left) {
  if (!flow) return;
  FlowState split = il_flow_split(flow, flow->current);
  FlowState present = promote_non_null(flow, split, left);
  if (is_null_type(flow, left->type)) {
    present = il_flow_unreachable(flow, present);
  }
  push_frame(flow, FRAME_IF_NULL, present);
  flow->current = is_non_null_type(flow, left->type)
                      ? il_flow_unreachable(flow, split)
                      : split;
}

void il_flow_if_null_end(Flow *flow) {
  if (!flow) return;
  FlowState present = pop_frame(flow, FRAME_IF_NULL).other;
  FlowState both = il_flow_join_states(flow, flow->current, present);
  flow->current = il_flow_unsplit(flow, both);
}

void il_flow_null_aware_begin(Flow *flow, TypedExpr *receiver) {
  if (!flow) return;
  FlowState split = il_flow_split(flow, flow->current);
  FlowState absent = is_non_null_type(flow, receiver->type)
                         ? il_flow_unreachable(flow, split)
                         : split;
  push_frame(flow, FRAME_NULL_AWARE, absent);
  flow->current = promote_non_null(flow, split, receiver);
  if (is_null_type(flow, receiver->type)) il_flow_exit(flow);
}

void il_flow_null_aware_end(Flow *flow) {
  if (!flow) return;
  FlowState absent = pop_frame(flow, FRAME_NULL_AWARE).other;
  FlowState both = il_flow_join_states(flow, absent, flow->current);
  flow->current = il_flow_unsplit(flow, both);
}

void il_flow_equals(Flow *flow, TypedExpr *left, TypedExpr *right,
                    bool is_negated, TypedExpr *result) {
  if (!flow) return;
  FlowState equal = flow->current, different = flow->current;
  bool left_null = is_null_type(flow, left->type);
  bool right_null = is_null_type(flow, right->type);
  if (left_null && right_null) {
    different = il_flow_unreachable(flow, different);
  } else if ((left_null && is_non_null_type(flow, right->type)) ||
             (right_null && is_non_null_type(flow, left->type))) {
    equal = il_flow_unreachable(flow, equal);
  } else if (is_null_literal(left)) {
    different = promote_non_null(flow, different, right);
  } else if (is_null_literal(right)) {
    different = promote_non_null(flow, different, left);
  } else {
    return;
  }
  flow->current = il_flow_join_states(flow, equal, different);
  set_states(flow, result, is_negated ? different : equal,
             is_negated ? equal : different);
}

void il_flow_is_test(Flow *flow, TypedExpr *operand, TypeId type, bool is_not,
                     TypedExpr *result) {
  if (!flow || type == TYPE_ID_INVALID || il_infer_is_invalid(operand)) return;
  FlowState yes = flow->current, no = flow->current;
  const TypeContext *c = flow->f->type_context;
  if (il_type_is_bottom(c, operand->type)) {
    yes = il_flow_unreachable(flow, yes);
  } else {
    yes = il_flow_promote_expr(flow, yes, operand, type, type);
    if (il_type_is_bottom(c, type)) yes = il_flow_unreachable(flow, yes);
    if (il_type_is_subtype(c, operand->type, type) &&
        flow->f->library->language_version >= IL_VERSION(3, 9)) {
      no = il_flow_unreachable(flow, no);
    } else {
      TypeId rest = il_flow_factor(flow, operand->type, type);
      no = il_flow_promote_expr(flow, no, operand, rest, type);
    }
  }
  flow->current = il_flow_join_states(flow, yes, no);
  set_states(flow, result, is_not ? no : yes, is_not ? yes : no);
}

void il_flow_as(Flow *flow, TypedExpr *operand, TypeId type) {
  if (!flow || type == TYPE_ID_INVALID) return;
  flow->current =
      il_flow_promote_expr(flow, flow->current, operand, type, type);
  if (il_type_is_bottom(flow->f->type_context, type)) il_flow_exit(flow);
}

void il_flow_null_check(Flow *flow, TypedExpr *operand) {
  if (!flow || il_infer_is_invalid(operand)) return;
  flow->current = promote_non_null(flow, flow->current, operand);
  if (is_null_type(flow, operand->type)) il_flow_exit(flow);
}

// -------------------------------------------------------------------- closures

void il_flow_closure_begin(Flow *flow, TreeNode *node) {
  if (!flow) return;
  const FlowRegion *region = il_flow_region(flow, node);
  if (region) {
    // What the closure writes may be written any time from now on.
    FlowRegion captured = {0};
    captured.captured.items = region->written.items;
    captured.captured.count = region->written.count;
    flow->current = il_flow_conservative(flow, flow->current, &captured);
  }
  push_frame(flow, FRAME_CLOSURE, flow->current);
  FlowState inside = il_flow_conservative_everywhere(flow, flow->current);
  flow->current = il_flow_split(flow, inside);
  // The code of a closure that stands where nothing is reached is looked at as
  // if it were.
  flow->closure_depth++;
}

void il_flow_closure_end(Flow *flow) {
  if (!flow) return;
  flow->closure_depth--;
  flow->current = pop_frame(flow, FRAME_CLOSURE).other;
}

void il_flow_late_begin(Flow *flow, TreeNode *initializer) {
  il_flow_closure_begin(flow, initializer);
}

void il_flow_late_end(Flow *flow) { il_flow_closure_end(flow); }
