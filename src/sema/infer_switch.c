// infer_switch.c: where patterns stand: declarations, assignments, if-case,
// switch expressions and switch statements.
#include "sema/exhaustive.h"
#include "sema/infer_pattern.h"

// -------------------------------------------------- declaration and assignment

// A pattern that always matches; leaves the variables in the walk. A value that
// goes into one variable as a whole is converted like any other.
static TypedPattern *infer_irrefutable(PatternWalk *w, TreeNode *pattern,
                                       TypedExpr **value_place) {
  Flow *flow = w->f->flow;
  TypedExpr *value = *value_place;
  if (pattern->kind == TREE_VARIABLE_PATTERN ||
      pattern->kind == TREE_ASSIGNED_PATTERN) {
    TypeId type = il_pattern_schema(w->f, pattern);
    if (type != TYPE_ID_UNKNOWN && type != TYPE_ID_INVALID) {
      TypedExpr *coerced = il_infer_try_coerce(w->f, value, type);
      if (coerced) *value_place = value = coerced;
    }
  }
  FlowMatch match;
  FlowPattern saved;
  il_flow_match_begin(flow, &match, value, value->type);
  il_flow_pattern_begin(flow, &saved);
  TypedPattern *p = il_pattern_infer(w, pattern, &match);
  il_flow_pattern_end(flow, &saved);
  return p;
}

static TypedExpr *infer_subject(InferContext *f, TreeNode *node,
                                TypeId context) {
  return il_infer_used(f, il_infer_expr(f, node, context), node);
}

TypedStmt *il_pattern_declare(InferContext *f, TreePatternVariables *node,
                              TypedExpr *value) {
  if (!value) {
    TypeId schema = il_pattern_schema(f, node->pattern);
    value = infer_subject(f, node->value, schema);
  }
  PatternWalk w = {.f = f,
                   .mode = WALK_DECLARE,
                   .is_final = (node->modifiers & TREE_MOD_FINAL) != 0};
  TypedPatternVar *s =
      NEW_STMT(f, PATTERN_VAR, TypedPatternVar, node->base.start);
  s->pattern = infer_irrefutable(&w, node->pattern, &value);
  s->value = value;
  il_pattern_declare_vars(&w);
  il_pattern_drop(&w);
  return &s->base;
}

// Variables are assigned when the whole pattern has matched: where something can
// fail half-way, what is matched goes into temporaries first.
//   let v = value in { var pattern' = v; x = t1; y = t2; v }
static TypedExpr *assign_late(PatternWalk *w, TypedPatternAssign *e) {
  InferContext *f = w->f;
  uint32_t n = w->assigned.count, offset = e->base.offset;
  LocalVar *held = il_infer_new_temp(f, e->value->type);
  TypedStmt **statements = IL_NEW_ARRAY(f->arena, TypedStmt *, n + 1);
  TypedPatternVar *match = NEW_STMT(f, PATTERN_VAR, TypedPatternVar, offset);
  match->pattern = e->pattern;
  match->value = il_infer_local_get(f, held, offset);
  statements[0] = &match->base;
  for (uint32_t i = 0; i < n; i++) {
    TypedAssignedPattern *p = w->assigned.items[i];
    LocalVar *temp = il_infer_new_temp(f, p->local->type);
    TypedLocalSet *set = NEW_EXPR(f, LOCAL_SET, TypedLocalSet, p->base.offset,
                                  p->local->type);
    set->local = p->local;
    set->value = il_infer_local_get(f, temp, p->base.offset);
    statements[i + 1] = il_infer_expr_stmt(f, &set->base);
    p->base.kind = PATTERN_VARIABLE;
    p->local = temp;
  }
  TypedExpr *result = il_infer_local_get(f, held, offset);
  TypedExpr *body = il_infer_sequence(f, statements, n + 1, result);
  return il_infer_let(f, held, e->value, body);
}

TypedExpr *il_infer_pattern_assign(InferContext *f, TreePatternAssign *node,
                                   TypeId context) {
  (void)context;
  TypeId schema = il_pattern_schema(f, node->pattern);
  TypedExpr *value = infer_subject(f, node->value, schema);
  PatternWalk w = {.f = f, .mode = WALK_ASSIGN};
  TypedPatternAssign *e = NEW_EXPR(f, PATTERN_ASSIGN, TypedPatternAssign,
                                   node->base.start, value->type);
  e->pattern = infer_irrefutable(&w, node->pattern, &value);
  e->value = value;
  TypedExpr *result =
      w.may_throw && w.assigned.count > 0 ? assign_late(&w, e) : &e->base;
  il_pattern_drop(&w);
  return result;
}

// --------------------------------------------------------------------- if-case

typedef struct {
  FlowState failed, then;
} CaseFlow;

void il_infer_case_begin(InferContext *f, TreeIf *node, InferCaseHead *head) {
  Flow *flow = f->flow;
  memset(head, 0, sizeof *head);
  head->value = infer_subject(f, node->condition, TYPE_ID_UNKNOWN);
  head->saved = il_infer_open_block(f, NULL);
  CaseFlow *states = IL_NEW(f->arena, CaseFlow);
  head->flow = states;
  il_flow_set(flow, il_flow_split(flow, il_flow_get(flow)));
  PatternWalk w = {.f = f, .mode = WALK_MATCH};
  FlowMatch match;
  FlowPattern saved;
  il_flow_match_begin(flow, &match, head->value, head->value->type);
  il_flow_pattern_begin(flow, &saved);
  head->pattern = il_pattern_infer(&w, node->pattern, &match);
  il_pattern_declare_vars(&w);
  il_pattern_drop(&w);
  if (node->guard) {
    head->guard = il_infer_condition(f, node->guard);
    il_flow_guard(flow, head->guard);
  }
  states->failed = il_flow_pattern_end(flow, &saved);
}

void il_infer_case_else(InferContext *f, InferCaseHead *head) {
  CaseFlow *states = head->flow;
  il_infer_close_block(f, head->saved);
  states->then = il_flow_get(f->flow);
  il_flow_set(f->flow, states->failed);
}

void il_infer_case_end(InferContext *f, InferCaseHead *head) {
  CaseFlow *states = head->flow;
  FlowState both =
      il_flow_join_states(f->flow, states->then, il_flow_get(f->flow));
  il_flow_set(f->flow, il_flow_unsplit(f->flow, both));
}

// ----------------------------------------------------------------- both
// switches

// A switch under way.
typedef struct {
  InferContext *f;
  TypedExpr *subject;
  LocalVar *value;
  FlowMatch match;
  FlowState start;                 // before any case
  FlowState unmatched;             // by the cases so far
  IL_VEC(TypedPattern *) certain;  // patterns without guard
  bool has_default;
} Switch;

static void open_switch(Switch *s, InferContext *f, TreeNode *value) {
  memset(s, 0, sizeof *s);
  s->f = f;
  s->subject = infer_subject(f, value, TYPE_ID_UNKNOWN);
  s->value = il_infer_new_temp(f, s->subject->type);
}

static void begin_cases(Switch *s) {
  il_flow_match_begin(s->f->flow, &s->match, s->subject, s->subject->type);
  s->start = s->unmatched = il_flow_get(s->f->flow);
}

// One `pattern when guard`, its variables declared in the innermost scope.
// Flow: on with the match.
static TypedPattern *infer_head(Switch *s, PatternWalk *w, TreeNode *pattern,
                                TreeNode *guard, TypedExpr **typed_guard) {
  InferContext *f = s->f;
  FlowPattern saved;
  il_flow_set(f->flow, s->unmatched);
  il_flow_pattern_begin(f->flow, &saved);
  TypedPattern *p = il_pattern_infer(w, pattern, &s->match);
  il_pattern_declare_vars(w);
  *typed_guard = NULL;
  if (guard) {
    *typed_guard = il_infer_condition(f, guard);
    il_flow_guard(f->flow, *typed_guard);
  } else {
    il_vec_push(&s->certain, p);
  }
  s->unmatched = il_flow_pattern_end(f->flow, &saved);
  return p;
}

static bool check_exhaustive(Switch *s, const TreeNode *node) {
  InferContext *f = s->f;
  TypeId type = s->subject->type;
  if (type == TYPE_ID_INVALID ||
      il_exhaustive_check(f, type, s->certain.items, s->certain.count)) {
    return true;
  }
  il_infer_error(f, node, DIAG_NOT_EXHAUSTIVE, il_infer_type_text(f, type));
  return false;
}

// ------------------------------------------------------------ switch
// expression

static TypedCase *infer_arm(Switch *s, TreeSwitchArm *arm, TypeId context) {
  InferContext *f = s->f;
  TypedCase *c = IL_NEW(f->arena, TypedCase);
  c->offset = arm->base.start;
  c->pattern_count = 1;
  c->patterns = IL_NEW_ARRAY(f->arena, TypedPattern *, 1);
  c->guards = IL_NEW_ARRAY(f->arena, TypedExpr *, 1);
  Scope *saved = il_infer_open_block(f, NULL);
  PatternWalk w = {.f = f, .mode = WALK_MATCH};
  c->patterns[0] = infer_head(s, &w, arm->pattern, arm->guard, &c->guards[0]);
  il_pattern_drop(&w);
  c->value = il_infer_expr(f, arm->value, context);
  il_infer_close_block(f, saved);
  return c;
}

TypedExpr *il_infer_switch_expression(InferContext *f,
                                      TreeSwitchExpression *node,
                                      TypeId context) {
  Switch s;
  open_switch(&s, f, node->value);
  TypedSwitch *e =
      NEW_EXPR(f, SWITCH_EXPR, TypedSwitch, node->base.start, TYPE_ID_NEVER);
  e->subject = s.subject;
  e->value = s.value;
  e->cases = IL_NEW_ARRAY(f->arena, TypedCase *, node->arms.count + 1);
  il_flow_set(f->flow, il_flow_split(f->flow, il_flow_get(f->flow)));
  begin_cases(&s);
  FlowJoin results = {0};
  bool is_void = false, is_invalid = il_infer_is_invalid(s.subject);
  for (uint32_t i = 0; i < node->arms.count; i++) {
    if (node->arms.items[i]->kind != TREE_SWITCH_ARM) continue;
    TypedCase *c = infer_arm(&s, (TreeSwitchArm *)node->arms.items[i], context);
    TypeId type = c->value->type;
    il_flow_join_add(f->flow, &results, il_flow_get(f->flow));
    is_void = is_void || type == TYPE_ID_VOID;
    is_invalid = is_invalid || type == TYPE_ID_INVALID;
    if (!is_void && !is_invalid) {
      e->base.type = e->case_count == 0
                         ? type
                         : il_infer_join(f, e->base.type, type, context);
    }
    e->cases[e->case_count++] = c;
  }
  if (is_void) e->base.type = TYPE_ID_VOID;
  if (is_invalid) e->base.type = TYPE_ID_INVALID;
  check_exhaustive(&s, node->value);
  il_vec_drop(&s.certain);
  il_flow_set(f->flow, results.is_reached
                           ? results.state
                           : il_flow_unreachable(f->flow, s.unmatched));
  il_flow_set(f->flow, il_flow_unsplit(f->flow, il_flow_get(f->flow)));
  return &e->base;
}

// ------------------------------------------------------------- switch
// statement

// Cases first .. last - 1 share the statements of the last.
typedef struct {
  uint32_t first, last;
} Group;

static TreeSwitchCase *case_at(TreeSwitch *node, uint32_t i) {
  return (TreeSwitchCase *)node->cases.items[i];
}

// The variables that the body sees: those of all heads. Others are declared
// without a type, so that a use is an error and none outside is seen.
static void declare_common(Switch *s, const PatternVars *common,
                           const PatternVars *partial) {
  for (uint32_t i = 0; i < common->count; i++) {
    il_infer_declare(s->f, common->items[i].local, &common->items[i].name);
  }
  for (uint32_t i = 0; i < partial->count; i++) {
    LocalVar *nothing = il_infer_new_local(
        s->f, partial->items[i].local->base.name, TYPE_ID_NONE, 0);
    il_infer_declare(s->f, nothing, &partial->items[i].name);
  }
}

static bool has_var(const PatternVars *vars, const PatternVar *v) {
  for (uint32_t i = 0; i < vars->count; i++) {
    if (vars->items[i].local == v->local) return true;
  }
  return false;
}

// Keeps in `common` what `more` has too; the rest goes to `partial`.
static void intersect(PatternVars *common, PatternVars *partial,
                      const PatternVars *more) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < common->count; i++) {
    if (has_var(more, &common->items[i])) {
      common->items[kept++] = common->items[i];
    } else {
      il_vec_push(partial, common->items[i]);
    }
  }
  for (uint32_t i = 0; i < more->count; i++) {
    bool is_known = false;
    for (uint32_t k = 0; k < kept; k++) {
      is_known |= common->items[k].local == more->items[i].local;
    }
    if (!is_known) il_vec_push(partial, more->items[i]);
  }
  common->count = kept;
}

// The heads of a group; what they have in common is declared in the innermost
// scope at the end. Flow: where any of them matched.
static void infer_heads(Switch *s, TreeSwitch *node, Group g, TypedCase *c) {
  InferContext *f = s->f;
  FlowJoin entry = {0};
  PatternVars common = {0}, partial = {0};
  bool is_first = true, has_label = false;
  for (uint32_t i = g.first; i < g.last; i++) {
    TreeSwitchCase *head = case_at(node, i);
    uint32_t n = c->pattern_count++;
    has_label = has_label || head->labels.count > 0;
    PatternWalk w = {.f = f, .mode = WALK_MATCH};
    if (!is_first) {
      w.shared = common.items;
      w.shared_count = common.count;
    }
    if (head->pattern) {
      Scope *saved = il_infer_open_block(f, NULL);
      c->patterns[n] =
          infer_head(s, &w, head->pattern, head->guard, &c->guards[n]);
      il_infer_close_block(f, saved);
      il_flow_join_add(f->flow, &entry, il_flow_get(f->flow));
    } else {
      s->has_default = true;
      il_flow_join_add(f->flow, &entry, s->unmatched);
      s->unmatched = il_flow_unreachable(f->flow, s->unmatched);
    }
    if (is_first) {
      common = w.vars;
      memset(&w.vars, 0, sizeof w.vars);
    } else {
      intersect(&common, &partial, &w.vars);
    }
    is_first = false;
    il_pattern_drop(&w);
  }
  il_flow_set(f->flow, entry.state);
  if (has_label) {
    // `continue label` comes from anywhere, without having matched.
    il_flow_set(f->flow, il_flow_join_states(f->flow, entry.state, s->start));
    il_flow_assume_written(f->flow, &node->base);
    PatternVars none = {0};
    intersect(&common, &partial, &none);
  }
  declare_common(s, &common, &partial);
  il_vec_drop(&common);
  il_vec_drop(&partial);
}

static TypedCase *infer_group(Switch *s, TreeSwitch *node, Group g,
                              TypedTarget *target) {
  InferContext *f = s->f;
  uint32_t n = g.last - g.first;
  TypedCase *c = IL_NEW(f->arena, TypedCase);
  c->offset = case_at(node, g.first)->base.start;
  c->target = target;
  c->patterns = IL_NEW_ARRAY(f->arena, TypedPattern *, n);
  c->guards = IL_NEW_ARRAY(f->arena, TypedExpr *, n);
  Scope *saved = il_infer_open_block(f, NULL);
  infer_heads(s, node, g, c);
  TreeList *statements = &case_at(node, g.last - 1)->statements;
  il_infer_open_block(f, statements);
  c->body = il_infer_statements(f, statements);
  il_infer_close_block(f, saved);
  return c;
}

// Splits the cases into groups; the labelled ones get targets for `continue`.
static uint32_t find_groups(InferContext *f, TreeSwitch *node, Group *groups,
                            TypedTarget **targets) {
  uint32_t count = 0, first = 0;
  for (uint32_t i = 0; i < node->cases.count; i++) {
    if (case_at(node, i)->labels.count > 0 && !targets[count]) {
      targets[count] = IL_NEW(f->arena, TypedTarget);
    }
    bool is_last = i + 1 == node->cases.count;
    if (case_at(node, i)->statements.count == 0 && !is_last) continue;
    groups[count++] = (Group){first, i + 1};
    first = i + 1;
  }
  return count;
}

// Reports labels of case i that an earlier case has.
static void check_labels(InferContext *f, TreeSwitch *node, uint32_t i) {
  TreeNames *labels = &case_at(node, i)->labels;
  for (uint32_t n = 0; n < labels->count; n++) {
    for (uint32_t k = 0; k < i; k++) {
      TreeNames *others = &case_at(node, k)->labels;
      for (uint32_t o = 0; o < others->count; o++) {
        if (others->items[o].name != labels->items[n].name) continue;
        il_infer_error_name(f, labels->items[n], DIAG_DUPLICATE_DECLARATION,
                            il_infer_name_text(f, labels->items[n].name));
      }
    }
  }
}

// Makes the labels of all cases known inside of the switch.
static void push_case_targets(InferContext *f, TreeSwitch *node,
                              const Group *groups, TypedTarget **targets,
                              uint32_t count) {
  for (uint32_t g = 0; g < count; g++) {
    for (uint32_t i = groups[g].first; i < groups[g].last; i++) {
      TreeSwitchCase *c = case_at(node, i);
      if (c->labels.count == 0) continue;
      check_labels(f, node, i);
      InferTarget *link = IL_NEW(f->arena, InferTarget);
      link->outer = f->targets;
      link->target = targets[g];
      link->labels = &c->labels;
      link->is_case = true;
      f->targets = link;
    }
  }
}

static void check_fall_through(InferContext *f, TreeSwitch *node, Group g) {
  if (f->library->language_version >= IL_VERSION(3, 0) ||
      g.last == node->cases.count || !il_flow_is_reachable(f->flow) ||
      case_at(node, g.last - 1)->statements.count == 0) {
    return;
  }
  il_infer_error(f, case_at(node, g.first), DIAG_CASE_FALLS_THROUGH);
}

TypedStmt *il_pattern_switch_statement(InferContext *f, TreeSwitch *node,
                                       const TreeNames *labels) {
  TypedSwitchStmt *st = NEW_STMT(f, SWITCH, TypedSwitchStmt, node->base.start);
  Switch s;
  open_switch(&s, f, node->value);
  st->subject = s.subject;
  st->value = s.value;
  st->target = IL_NEW(f->arena, TypedTarget);
  FlowTarget flow;
  InferTarget link = {.outer = f->targets,
                      .target = st->target,
                      .labels = labels,
                      .is_switch = true,
                      .flow = &flow};
  f->targets = &link;
  il_flow_label_begin(f->flow, &flow);
  begin_cases(&s);
  uint32_t n = node->cases.count;
  Group *groups = IL_NEW_ARRAY(f->arena, Group, n + 1);
  TypedTarget **targets = IL_NEW_ARRAY(f->arena, TypedTarget *, n + 1);
  uint32_t count = find_groups(f, node, groups, targets);
  push_case_targets(f, node, groups, targets, count);
  st->cases = IL_NEW_ARRAY(f->arena, TypedCase *, count + 1);
  for (uint32_t g = 0; g < count; g++) {
    st->cases[st->case_count++] = infer_group(&s, node, groups[g], targets[g]);
    check_fall_through(f, node, groups[g]);
    il_flow_break(f->flow, &flow);
  }
  f->targets = link.outer;
  bool is_required = il_exhaustive_is_required(f, s.subject->type);
  if (is_required && !s.has_default &&
      f->library->language_version >= IL_VERSION(3, 0)) {
    check_exhaustive(&s, node->value);
  }
  st->is_exhaustive = s.has_default || is_required;
  il_flow_set(f->flow, st->is_exhaustive
                           ? il_flow_unreachable(f->flow, s.unmatched)
                           : s.unmatched);
  il_flow_label_end(f->flow, &flow);
  il_vec_drop(&s.certain);
  return &st->base;
}
