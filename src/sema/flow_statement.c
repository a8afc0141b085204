// flow_statement.c: flow analysis of loops, jumps, try and patterns.
#include "sema/flow.h"
#include "sema/flow_state.h"

// Drops the levels of reachability that `state` has beyond `reach`.
static FlowState unsplit_to(Flow *flow, const FlowReach *reach,
                            FlowState state) {
  uint32_t have = 0, want = 0;
  for (const FlowReach *r = state.reach; r; r = r->parent) have++;
  for (const FlowReach *r = reach; r; r = r->parent) want++;
  for (; have > want; have--) state = il_flow_unsplit(flow, state);
  return state;
}

static FlowState joined(Flow *flow, const FlowJoin *join) {
  return join->is_reached ? join->state
                          : il_flow_unreachable(flow, flow->current);
}

// ----------------------------------------------------------------------- loops

void il_flow_loop_begin(Flow *flow, FlowTarget *target, TreeNode *node) {
  memset(target, 0, sizeof *target);
  if (!flow) return;
  flow->current = il_flow_split(flow, flow->current);
  flow->current =
      il_flow_conservative(flow, flow->current, il_flow_region(flow, node));
  target->before = flow->current;
  target->reach = flow->current.reach;
  target->frame_count = flow->frames.count;
}

void il_flow_loop_condition(Flow *flow, FlowTarget *target,
                            TypedExpr *condition) {
  if (!flow) return;
  if (!condition) {
    il_flow_join_add(flow, &target->breaks,
                     il_flow_unreachable(flow, flow->current));
    return;
  }
  FlowState yes = il_flow_true(flow, condition);
  il_flow_join_add(flow, &target->breaks, il_flow_false(flow, condition));
  flow->current = yes;
}

void il_flow_loop_continue(Flow *flow, FlowTarget *target) {
  if (!flow || !target->continues.is_reached) return;
  flow->current =
      il_flow_join_states(flow, flow->current, target->continues.state);
}

void il_flow_loop_end(Flow *flow, FlowTarget *target) {
  if (!flow) return;
  FlowState end = flow->current;
  FlowState after = il_flow_unsplit(flow, joined(flow, &target->breaks));
  flow->current = il_flow_inherit_tested(flow, after, end);
}

void il_flow_do_end(Flow *flow, FlowTarget *target, TypedExpr *condition) {
  if (!flow) return;
  il_flow_join_add(flow, &target->breaks, il_flow_false(flow, condition));
  flow->current = il_flow_unsplit(flow, joined(flow, &target->breaks));
}

void il_flow_for_in_end(Flow *flow, FlowTarget *target) {
  if (!flow) return;
  FlowState both = il_flow_join_states(flow, flow->current, target->before);
  flow->current = il_flow_unsplit(flow, both);
}

void il_flow_label_begin(Flow *flow, FlowTarget *target) {
  memset(target, 0, sizeof *target);
  if (!flow) return;
  flow->current = il_flow_split(flow, flow->current);
  target->before = flow->current;
  target->reach = flow->current.reach;
  target->frame_count = flow->frames.count;
}

void il_flow_label_end(Flow *flow, FlowTarget *target) {
  if (!flow) return;
  il_flow_join_add(flow, &target->breaks, flow->current);
  flow->current = il_flow_unsplit(flow, joined(flow, &target->breaks));
}

// What a jump to the target carries: the finally blocks it leaves run first.
static void jump(Flow *flow, FlowTarget *target, FlowJoin *join) {
  FlowState state = flow->current;
  for (uint32_t i = flow->frames.count; i > target->frame_count; i--) {
    FlowFrame *frame = &flow->frames.items[i - 1];
    if (frame->kind != FRAME_FINALLY) continue;
    state =
        il_flow_conservative(flow, state, il_flow_region(flow, frame->node));
  }
  il_flow_join_add(flow, join, unsplit_to(flow, target->reach, state));
  il_flow_exit(flow);
}

void il_flow_break(Flow *flow, FlowTarget *target) {
  if (flow) jump(flow, target, &target->breaks);
}

void il_flow_continue(Flow *flow, FlowTarget *target) {
  if (flow) jump(flow, target, &target->continues);
}

// ------------------------------------------------------------------------- try

void il_flow_try_begin(Flow *flow, FlowTry *t, TreeTry *node) {
  memset(t, 0, sizeof *t);
  if (!flow) return;
  t->before_all = flow->current;
  if (node->finally) {
    il_vec_push(&flow->frames, (FlowFrame){.kind = FRAME_FINALLY,
                                           .node = (TreeNode *)node->finally});
  }
  flow->current = il_flow_split(flow, flow->current);
  t->before = flow->current;
}

void il_flow_try_body_end(Flow *flow, FlowTry *t) {
  if (flow) t->after = flow->current;
}

void il_flow_catch_begin(Flow *flow, FlowTry *t, TreeTry *node) {
  if (!flow) return;
  flow->current = il_flow_conservative(
      flow, t->before, il_flow_region(flow, (TreeNode *)node->body));
}

void il_flow_catch_end(Flow *flow, FlowTry *t) {
  if (flow) t->after = il_flow_join_states(flow, t->after, flow->current);
}

void il_flow_try_end(Flow *flow, FlowTry *t, TreeTry *node) {
  if (!flow) return;
  flow->current = il_flow_unsplit(flow, t->after);
  t->after_all = flow->current;
  if (node->finally) (void)il_vec_pop(&flow->frames);
}

void il_flow_finally_begin(Flow *flow, FlowTry *t, TreeTry *node) {
  if (!flow) return;
  FlowState thrown = il_flow_conservative(
      flow, t->before_all, il_flow_region(flow, (TreeNode *)node));
  flow->current = il_flow_join_states(flow, t->after_all, thrown);
  // A try that never completes may still throw: finally is reached as the try
  // is.  The join above leaves out what is not reached, so do it by hand.
  if (!t->after_all.reach->local) flow->current = thrown;
  t->before_finally = flow->current;
}

void il_flow_finally_end(Flow *flow, FlowTry *t) {
  if (!flow) return;
  flow->current = il_flow_attach_finally(flow, t->after_all, t->before_finally,
                                         flow->current);
}

// -------------------------------------------------------------------- patterns

static void begin_match(Flow *flow, FlowMatch *match, FlowInfo *of,
                        TypeId type) {
  *match = (FlowMatch){.subject_key = -1, .type = type};
  if (!flow) return;
  match->key = flow->key_count++;
  FlowSsa *ssa = of && of->ssa ? of->ssa : il_flow_new_ssa(flow, NULL);
  if (of && of->key >= 0) {
    match->subject_key = of->key;
    match->subject_ssa = of->ssa;
  }
  il_flow_put(flow, &flow->current, match->key,
              (FlowModel){.declared = type, .assigned = true, .ssa = ssa});
}

void il_flow_match_begin(Flow *flow, FlowMatch *match, TypedExpr *subject,
                         TypeId type) {
  begin_match(flow, match, flow ? il_flow_info(flow, subject) : NULL, type);
}

void il_flow_match_property(Flow *flow, FlowMatch *match, FlowMatch *of,
                            const Member *member, TypeId type) {
  (void)of;
  (void)member;
  begin_match(flow, match, NULL, type);
}

TypeId il_flow_match_type(Flow *flow, const FlowMatch *match) {
  if (!flow) return match->type;
  const FlowModel *m = il_flow_model(&flow->current, match->key);
  return m ? il_flow_model_type(m) : match->type;
}

// The state after the matched value was found to be of the type.
static FlowState promote_match(Flow *flow, FlowState state,
                               const FlowMatch *match, TypeId type,
                               TypeId tested) {
  state = il_flow_promote(flow, state, match->key, type, tested);
  if (match->subject_key < 0) return state;
  const FlowModel *subject =
      il_flow_model(&state, (uint32_t)match->subject_key);
  // The variable may have been written since (by a guard).
  if (!subject || (match->subject_ssa && subject->ssa != match->subject_ssa)) {
    return state;
  }
  return il_flow_promote(flow, state, (uint32_t)match->subject_key, type,
                         tested);
}

void il_flow_pattern_fail(Flow *flow, FlowState state) {
  if (!flow) return;
  flow->unmatched = flow->has_unmatched
                        ? il_flow_join_states(flow, flow->unmatched, state)
                        : state;
  flow->has_unmatched = true;
}

void il_flow_match_may_fail(Flow *flow) {
  if (flow) il_flow_pattern_fail(flow, flow->current);
}

void il_flow_match_test(Flow *flow, FlowMatch *match, TypeId type,
                        FlowMatchKind kind) {
  if (!flow || type == TYPE_ID_INVALID) return;
  TypeId now = il_flow_match_type(flow, match);
  // At run time an extension type is what it represents.
  const TypeContext *c = flow->f->type_context;
  bool covers = il_type_is_subtype(c, il_type_erase(c, now),
                                   il_type_erase(c, type));
  if (kind == MATCH_PARTIAL) {
    il_flow_pattern_fail(flow, flow->current);
  } else if (kind == MATCH_EXACT && !covers) {
    TypeId rest = il_flow_factor(flow, now, type);
    il_flow_pattern_fail(flow,
                         promote_match(flow, flow->current, match, rest, type));
  }
  flow->current = promote_match(flow, flow->current, match, type, type);
}

void il_flow_match_null(Flow *flow, FlowMatch *match, bool is_equal) {
  if (!flow) return;
  TypeId now = il_flow_match_type(flow, match);
  const TypeContext *c = flow->f->type_context;
  FlowState equal = flow->current, different = flow->current;
  if (now == TYPE_ID_NULL) {
    different = il_flow_unreachable(flow, different);
  } else if (now != TYPE_ID_INVALID && il_type_is_non_nullable(c, now)) {
    equal = il_flow_unreachable(flow, equal);
  } else {
    TypeId type = il_type_non_null(flow->f->types, now);
    different = promote_match(flow, different, match, type, type);
  }
  il_flow_pattern_fail(flow, is_equal ? different : equal);
  flow->current = is_equal ? equal : different;
}

void il_flow_pattern_begin(Flow *flow, FlowPattern *saved) {
  memset(saved, 0, sizeof *saved);
  if (!flow) return;
  saved->unmatched = flow->unmatched;
  saved->has_unmatched = flow->has_unmatched;
  flow->has_unmatched = false;
}

FlowState il_flow_pattern_end(Flow *flow, FlowPattern *saved) {
  if (!flow) return (FlowState){0};
  FlowState failed = flow->has_unmatched
                         ? flow->unmatched
                         : il_flow_unreachable(flow, flow->current);
  flow->unmatched = saved->unmatched;
  flow->has_unmatched = saved->has_unmatched;
  return failed;
}

void il_flow_guard(Flow *flow, TypedExpr *guard) {
  if (!flow) return;
  FlowState yes = il_flow_true(flow, guard);
  il_flow_pattern_fail(flow, il_flow_false(flow, guard));
  flow->current = yes;
}

void il_flow_assume_written(Flow *flow, TreeNode *node) {
  if (!flow) return;
  flow->current =
      il_flow_conservative(flow, flow->current, il_flow_region(flow, node));
}
