// statement.c: statements. In order: jumps and returns, loops, for-in, switch,
// assert, the switch over statements.
//
// A loop is rotated: it is entered by a jump to its condition, which stands at
// the bottom and jumps back, one fused instruction when it is a comparison.
#include "lower/lowering.h"

// ---------------------------------------------------------- jumps and returns

static uint32_t push_target(Fn *f, TypedTarget *target, Label break_label,
                            Label continue_label) {
  Target t = {target, break_label, continue_label, f->finally};
  il_vec_push(&f->targets, t);
  return f->targets.count - 1;
}

void il_statement_jump(Fn *f, uint32_t target, bool is_continue) {
  const Target *t = &f->targets.items[target];
  if (f->finally != t->finally) {
    il_exception_leave(f, false, is_continue, target);
    return;
  }
  il_emit_jump(f, is_continue ? t->continue_label : t->break_label);
}

static void lower_jump(Fn *f, TypedJump *s) {
  for (uint32_t i = f->targets.count; i-- > 0;) {
    if (f->targets.items[i].target != s->target) continue;
    il_statement_jump(f, i, s->is_continue);
    return;
  }
  il_lower_error(f, "this jump");
}

void il_statement_return(Fn *f, VReg value) {
  if (!f->finally) {
    if (f->is_async || f->is_generator) {
      il_async_return(f, value);
    } else {
      il_function_return(f, value);
    }
    return;
  }
  if (value != VREG_NONE) {
    il_emit_move(f, f->result, value);
  }
  il_exception_leave(f, true, false, 0);
}

// Each branch of a conditional returns by itself; the chain of `otherwise` is
// walked, the rest is as deep as the source is nested.
static void return_branches(Fn *f, TypedExpr *e, uint32_t offset) {
  for (; e->kind == EXPR_CONDITIONAL;) {
    TypedConditional *c = (TypedConditional *)e;
    Label then = il_label_new(f), otherwise = il_label_new(f);
    il_expr_condition(f, c->condition, then, otherwise, then);
    il_label_bind(f, then);
    return_branches(f, c->then, offset);
    il_label_bind(f, otherwise);
    e = c->otherwise;
  }
  FrameMark mark = il_frame_mark(f);
  VReg value = il_expr_any(f, e, f->result_rep);
  f->offset = offset;
  il_statement_return(f, value);
  il_frame_release(f, mark);
}

static void lower_return(Fn *f, TypedReturn *s) {
  if (s->value && s->value->kind == EXPR_CONDITIONAL && !f->finally &&
      !f->is_async && !f->is_generator &&
      !(f->out.head.flags & CODE_IS_CONSTRUCTOR) &&
      f->out.head.result_type != TYPE_ID_VOID) {
    return_branches(f, s->value, s->base.offset);
    return;
  }
  FrameMark mark = il_frame_mark(f);
  VReg value = VREG_NONE;
  if (s->value) {
    // A value returned as void is there still, for who casts it.
    if ((f->out.head.flags & CODE_IS_CONSTRUCTOR) || f->is_generator) {
      il_expr_effect(f, s->value);
    } else {
      value = il_expr_any(f, s->value, f->result_rep);
    }
  }
  f->offset = s->base.offset;
  il_statement_return(f, value);
  il_frame_release(f, mark);
}

void il_statement_unreachable(Fn *f, CoreFunction error) {
  if (f->is_dead) return;
  il_call_core(f, error, TYPE_ID_NONE, NULL, NULL, 0, REP_REF, VREG_NONE);
  il_emit(f, OP_UNREACHABLE, 0, 0, 0);
}

// ---------------------------------------------------------------------- loops

static bool is_true(const TypedExpr *e) {
  return !e || (e->kind == EXPR_CONSTANT &&
                ((const TypedConstant *)e)->value->kind == CONSTANT_BOOL &&
                ((const TypedConstant *)e)->value->integer);
}

typedef struct {
  TypedTarget *target;
  TypedExpr *condition;        // NULL: true
  const TypedStmts *renew;     // variables that each iteration has anew
  const TypedExprs *update;
  bool is_do;
  LoopBody *body;
  void *data;
} Loop;

static void lower_loop(Fn *f, const Loop *loop) {
  Label top = il_label_new(f), next = il_label_new(f);
  Label check = il_label_new(f), exit = il_label_new(f);
  bool endless = is_true(loop->condition);
  uint32_t targets = f->targets.count;
  push_target(f, loop->target, exit, next);
  if (!loop->is_do && !endless) il_emit_jump(f, check);
  f->loop_depth++;
  il_label_bind_loop(f, top);
  FrameMark mark = il_frame_mark(f);
  loop->body(f, loop->data);
  il_frame_release(f, mark);
  il_label_bind(f, next);
  for (uint32_t i = 0; loop->renew && i < loop->renew->count; i++) {
    TypedStmt *s = loop->renew->items[i];
    if (s->kind == STMT_VAR) il_local_renew(f, ((TypedVarStmt *)s)->local);
  }
  for (uint32_t i = 0; loop->update && i < loop->update->count; i++) {
    il_expr_effect(f, loop->update->items[i]);
  }
  il_label_bind(f, check);
  if (endless) {
    il_emit_jump(f, top);
  } else if (!f->is_dead) {
    il_expr_condition(f, loop->condition, top, exit, exit);
  }
  f->loop_depth--;
  f->targets.count = targets;
  il_label_bind(f, exit);
}

static void lower_body(Fn *f, void *body) { il_statement(f, body); }

static void lower_for(Fn *f, TypedFor *s, LoopBody *body, void *data) {
  FrameMark mark = il_frame_mark(f);
  il_statement_list(f, &s->init);
  Loop loop = {s->target, s->condition, &s->init, &s->update, false, body,
               data};
  lower_loop(f, &loop);
  il_frame_release(f, mark);
}

// --------------------------------------------------------------------- for-in

typedef struct {
  TypedForIn *s;
  VReg iterator;
  FunctionElement *current;
  LoopBody *body;
  void *data;
} ForIn;

static void lower_for_in_body(Fn *f, void *data) {
  ForIn *loop = data;
  FrameMark mark = il_frame_mark(f);
  f->offset = loop->s->base.offset;
  Rep rep = il_local_rep(f->l, loop->s->local);
  if (il_local_is_cell(loop->s->local)) {
    VReg v = il_call_member(f, loop->current, loop->iterator, NULL, NULL, 0,
                            rep, VREG_ANY);
    il_local_declare_reg(f, loop->s->local, v, rep);
  } else {
    il_local_reserve(f, loop->s->local);
    il_call_member(f, loop->current, loop->iterator, NULL, NULL, 0, rep,
                   loop->s->local->lowered[0]);
  }
  if (loop->s->assign) il_statement(f, loop->s->assign);
  if (!f->is_dead) loop->body(f, loop->data);
  il_frame_release(f, mark);
}

// ---- over a List, or an Iterable that may be one
//
// The lists of dart:core are read by index; all else, which LIST_LENGTH's guard
// tells, by its iterator. Both share the body:
//
//     index = 0, length = LIST_LENGTH source, else go to start
//   next: value = LIST_NEXT source, index, length, else go to other
//   use: body; go to next
//   other: if length < 0 go to slow; check the length; if index == length
//     leave; value = source[index++], go to use
//   start: length = -1, iterator = source.iterator
//   slow: if !iterator.moveNext() leave; value = iterator.current, go to use

static bool may_be_list(Fn *f, const TypedExpr *e) {
  const Type *t = il_type_get(f->l->types->types, il_erase(f->l, e->type));
  return t->kind == TYPE_INTERFACE && !t->nullable &&
         (t->head == CLASS_LIST || t->head == CLASS_ITERABLE);
}

typedef struct {
  VReg source, iterator, index, length, value;
  Rep rep;
  FunctionElement *iterator_of, *move_next, *current, *at;
} ListLoop;

static void find_list_members(Fn *f, ListLoop *loop) {
  Sema *sema = f->l->sema;
  loop->iterator_of =
      il_sema_core_member(sema, CLASS_ITERABLE, NAME_iterator, false);
  loop->move_next =
      il_sema_core_member(sema, CLASS_ITERATOR, NAME_moveNext, false);
  loop->current =
      il_sema_core_member(sema, CLASS_ITERATOR, NAME_current, false);
  loop->at = il_sema_core_member(sema, CLASS_LIST, NAME_op_index, false);
}

static VReg new_bound(Fn *f, Rep rep) {
  VReg r = il_frame_new(f, rep);
  il_frame_bind(f, r, true);
  return r;
}

// What follows a guarded instruction whose guard may fail: the general path.
static void emit_otherwise(Fn *f, Label otherwise) {
  Label go = il_label_new(f);
  il_emit_jump(f, otherwise);
  il_label_bind_loop(f, go);
}

static Op next_op(Rep rep) {
  return rep == REP_INT      ? OP_LIST_NEXT_I64
         : rep == REP_DOUBLE ? OP_LIST_NEXT_F64
                             : OP_LIST_NEXT_REF;
}

// What LIST_NEXT does not do: the end, a list that has changed, an element
// that is to be made, an iterator.
static void lower_for_in_other(Fn *f, const ListLoop *loop, Label start,
                               Label use, Label exit) {
  Label slow = il_label_new(f), changed = il_label_new(f);
  il_emit_branch(f, OP_JUMP_LT_I64_K, loop->length, 0, slow);
  VReg now = il_frame_new(f, REP_INT);
  il_emit_at(f, OP_LIST_LENGTH, now, loop->source, 0);
  emit_otherwise(f, exit);  // never: its class is one of those
  il_emit_branch(f, OP_JUMP_NE_I64, now, loop->length, changed);
  il_emit_branch(f, OP_JUMP_LE_I64, now, loop->index, exit);
  Rep rep = REP_INT;
  il_call_member(f, loop->at, loop->source, &loop->index, &rep, 1, loop->rep,
                 loop->value);
  il_emit(f, OP_ADD_I64_K, loop->index, loop->index, 1);
  il_emit_jump(f, use);
  il_label_bind(f, start);
  il_call_member(f, loop->iterator_of, loop->source, NULL, NULL, 0, REP_REF,
                 loop->iterator);
  il_emit_int(f, loop->length, -1);
  il_label_bind(f, slow);
  VReg more = il_call_member(f, loop->move_next, loop->iterator, NULL, NULL, 0,
                             REP_BOOL, now);
  il_emit_branch(f, OP_JUMP_UNLESS, more, 0, exit);
  il_call_member(f, loop->current, loop->iterator, NULL, NULL, 0, loop->rep,
                 loop->value);
  il_emit_jump(f, use);
  il_label_bind(f, changed);
  rep = REP_REF;
  il_call_core(f, CORE_CONCURRENT_ERROR, TYPE_ID_NONE, &loop->source, &rep, 1,
               REP_REF, VREG_NONE);
  il_emit(f, OP_UNREACHABLE, 0, 0, 0);
}

static void lower_for_in_list(Fn *f, TypedForIn *s, LoopBody *body,
                              void *data) {
  ListLoop loop = {0};
  find_list_members(f, &loop);
  FrameMark mark = il_frame_mark(f);
  loop.rep = il_local_rep(f->l, s->local);
  loop.source = new_bound(f, REP_REF);
  loop.iterator = new_bound(f, REP_REF);
  loop.index = new_bound(f, REP_INT);
  loop.length = new_bound(f, REP_INT);  // beside the index
  bool is_cell = il_local_is_cell(s->local);
  if (is_cell) {
    loop.value = new_bound(f, loop.rep);
  } else {
    il_local_reserve(f, s->local);
    loop.value = s->local->lowered[0];
  }
  FrameMark inner = il_frame_mark(f);
  il_expr(f, s->iterable, REP_REF, loop.source);
  il_frame_release(f, inner);
  f->offset = s->base.offset;
  Label next = il_label_new(f), other = il_label_new(f);
  Label start = il_label_new(f), use = il_label_new(f);
  Label exit = il_label_new(f);
  uint32_t targets = f->targets.count;
  push_target(f, s->target, exit, next);
  il_emit_int(f, loop.index, 0);
  il_emit_at(f, OP_LIST_LENGTH, loop.length, loop.source, 0);
  emit_otherwise(f, start);
  il_label_bind_loop(f, next);
  f->loop_depth++;
  il_emit_at(f, next_op(loop.rep), loop.value, loop.source, loop.index);
  emit_otherwise(f, other);
  il_label_bind_loop(f, use);
  if (is_cell) il_local_declare_reg(f, s->local, loop.value, loop.rep);
  if (s->assign) il_statement(f, s->assign);
  if (!f->is_dead) body(f, data);
  il_frame_release(f, inner);
  f->loop_depth--;
  f->offset = s->base.offset;
  il_emit_jump(f, next);
  il_label_bind(f, other);
  lower_for_in_other(f, &loop, start, use, exit);
  f->targets.count = targets;
  il_label_bind(f, exit);
  il_frame_release(f, mark);
}

static void lower_for_in(Fn *f, TypedForIn *s, LoopBody *body, void *data) {
  if (s->is_await) {
    il_async_for(f, s, body, data);
    return;
  }
  if (may_be_list(f, s->iterable)) {
    lower_for_in_list(f, s, body, data);
    return;
  }
  Sema *sema = f->l->sema;
  FunctionElement *iterator =
      il_sema_core_member(sema, CLASS_ITERABLE, NAME_iterator, false);
  FunctionElement *move_next =
      il_sema_core_member(sema, CLASS_ITERATOR, NAME_moveNext, false);
  FunctionElement *current =
      il_sema_core_member(sema, CLASS_ITERATOR, NAME_current, false);
  FrameMark mark = il_frame_mark(f);
  VReg it = il_frame_new(f, REP_REF);
  FrameMark inner = il_frame_mark(f);
  VReg source = il_expr_any(f, s->iterable, REP_REF);
  f->offset = s->base.offset;
  il_call_member(f, iterator, source, NULL, NULL, 0, REP_REF, it);
  il_frame_release(f, inner);
  il_frame_bind(f, it, true);
  ForIn loop = {s, it, current, body, data};
  Label top = il_label_new(f), next = il_label_new(f), exit = il_label_new(f);
  uint32_t targets = f->targets.count;
  push_target(f, s->target, exit, next);
  il_emit_jump(f, next);
  il_label_bind_loop(f, top);
  f->loop_depth++;
  lower_for_in_body(f, &loop);
  f->loop_depth--;
  il_label_bind(f, next);
  f->offset = s->base.offset;
  VReg more = il_call_member(f, move_next, it, NULL, NULL, 0, REP_BOOL,
                             VREG_ANY);
  il_emit_branch(f, OP_JUMP_IF, more, 0, top);
  f->targets.count = targets;
  il_label_bind(f, exit);
  il_frame_release(f, mark);
}

void il_statement_loop(Fn *f, TypedStmt *s, LoopBody *body, void *data) {
  if (f->is_dead) return;
  switch ((StmtKind)s->kind) {
    case STMT_FOR:
      lower_for(f, (TypedFor *)s, body, data);
      return;
    case STMT_FOR_IN:
      lower_for_in(f, (TypedForIn *)s, body, data);
      return;
    case STMT_WHILE:
    case STMT_DO: {
      TypedWhile *w = (TypedWhile *)s;
      Loop loop = {.target = w->target, .condition = w->condition,
                   .is_do = s->kind == STMT_DO, .body = body, .data = data};
      lower_loop(f, &loop);
      return;
    }
    default:
      il_lower_error(f, "this loop");
  }
}

// --------------------------------------------------------------------- switch

typedef struct {
  TypedCase **cases;
  uint32_t count;
  LocalVar *value;
  MatchKeys keys;
  Label *bodies;
  Label otherwise, end;
  bool is_statement;
  Rep rep;            // of an expression's value
  VReg d;
} Switch;

// The number a constant case stands for: an int's value or an enum's index.
static bool case_number(const TypedPattern *p, ClassId enum_class,
                        int64_t *number) {
  if (p->kind != PATTERN_CONSTANT) return false;
  const Constant *c = ((const TypedConstantPattern *)p)->value;
  if (!enum_class) {
    *number = c->integer;
    return c->kind == CONSTANT_INT;
  }
  if (c->kind != CONSTANT_INSTANCE || c->count == 0 ||
      c->items[0]->kind != CONSTANT_INT) {
    return false;
  }
  *number = c->items[0]->integer;
  return true;
}

typedef struct {
  int64_t first, last;
  uint32_t count;
  ClassId enum_class;
} Table;

static bool find_table(Fn *f, const Switch *s, Table *t) {
  TypeId type = il_erase(f->l, s->value->type);
  const Type *info = il_type_get(f->l->types->types, type);
  *t = (Table){INT64_MAX, INT64_MIN, 0, CLASS_NONE};
  if (type != TYPE_ID_INT) {
    if (info->kind != TYPE_INTERFACE || info->nullable ||
        !(il_class_get(f->l->types->classes, info->head)->flags &
          CLASS_IS_ENUM)) {
      return false;
    }
    t->enum_class = info->head;
  }
  for (uint32_t i = 0; i < s->count; i++) {
    const TypedCase *c = s->cases[i];
    for (uint32_t k = 0; k < c->pattern_count; k++) {
      if (c->guards && c->guards[k]) return false;
      if (!c->patterns[k]) continue;
      int64_t n;
      if (!case_number(c->patterns[k], t->enum_class, &n)) return false;
      if (n < t->first) t->first = n;
      if (n > t->last) t->last = n;
      t->count++;
    }
  }
  if (t->count < 4 || t->first < INT32_MIN || t->last > INT32_MAX) return false;
  return (uint64_t)(t->last - t->first) < (uint64_t)t->count * 3 + 8;
}

static VReg switch_number(Fn *f, const Switch *s, const Table *t) {
  if (!t->enum_class) return il_local_get(f, s->value, REP_INT, VREG_ANY);
  FunctionElement *index =
      il_sema_core_member(f->l->sema, CLASS_ENUM_VALUE, NAME_index, false);
  VReg v = il_local_get(f, s->value, REP_REF, VREG_ANY);
  return il_field_load(f, v, index->field, REP_INT, VREG_ANY, false);
}

static void emit_table(Fn *f, const Switch *s, const Table *t) {
  FrameMark mark = il_frame_mark(f);
  VReg n = switch_number(f, s, t);
  uint32_t count = (uint32_t)(t->last - t->first + 1);
  il_emit_x(f, OP_SWITCH_I64, n, 0, 0,
            (uint64_t)count << 32 | (uint32_t)(int32_t)t->first);
  Label *targets = il_memory_alloc(count * sizeof(Label));
  for (uint32_t i = 0; i < count; i++) targets[i] = s->otherwise;
  for (uint32_t i = s->count; i-- > 0;) {
    const TypedCase *c = s->cases[i];
    for (uint32_t k = 0; k < c->pattern_count; k++) {
      int64_t number;
      if (c->patterns[k] &&
          case_number(c->patterns[k], t->enum_class, &number)) {
        targets[number - t->first] = s->bodies[i];
      }
    }
  }
  for (uint32_t i = 0; i < count; i++) il_emit_word(f, targets[i]);
  il_memory_free(targets, count * sizeof(Label));
  il_frame_release(f, mark);
}

static void lower_case_body(Fn *f, Switch *s, TypedCase *c) {
  FrameMark mark = il_frame_mark(f);
  if (s->is_statement) {
    il_statement_list(f, &c->body);
  } else if (s->d == VREG_NONE) {
    il_expr_effect(f, c->value);
  } else {
    il_expr(f, c->value, s->rep, s->d);
  }
  il_frame_release(f, mark);
  il_emit_jump(f, s->end);
}

static bool has_default(const TypedCase *c) {
  for (uint32_t k = 0; k < c->pattern_count; k++) {
    if (!c->patterns[k]) return true;
  }
  return false;
}

// Binds a case's body; one that `continue` names may be reached from below.
static void lower_bound_body(Fn *f, Switch *s, uint32_t i) {
  TypedCase *c = s->cases[i];
  if (c->target && c->target->is_continued) {
    il_label_bind_loop(f, s->bodies[i]);
  } else {
    il_label_bind(f, s->bodies[i]);
  }
  if (!f->is_dead) lower_case_body(f, s, c);
}

// Tests the patterns of a case in order; the body follows. The default comes
// last and takes everything.
static void lower_case(Fn *f, Switch *s, uint32_t i) {
  TypedCase *c = s->cases[i];
  if (has_default(c)) {
    lower_bound_body(f, s, i);
    return;
  }
  Label next = il_label_new(f);
  FrameMark mark = il_frame_mark(f);
  for (uint32_t k = 0; k < c->pattern_count; k++) {
    il_match_declare(f, c->patterns[k]);
  }
  for (uint32_t k = 0; k < c->pattern_count; k++) {
    if (k > 0) {
      il_label_bind(f, next);
      next = il_label_new(f);
    }
    FrameMark inner = il_frame_mark(f);
    Rep rep = il_local_rep(f->l, s->value);
    VReg v = il_local_get(f, s->value, rep, VREG_ANY);
    f->offset = c->offset;
    il_match_keyed(&s->keys, c->patterns[k], v, rep, next);
    if (c->guards && c->guards[k]) {
      Label yes = il_label_new(f);
      il_expr_condition(f, c->guards[k], yes, next, yes);
      il_label_bind(f, yes);
      if (c->pattern_count > 1) il_match_renew(f, c->patterns[k]);
    }
    il_frame_release(f, inner);
    il_emit_jump(f, s->bodies[i]);
  }
  lower_bound_body(f, s, i);
  il_frame_release(f, mark);
  il_label_bind(f, next);
}

static void reserve_keys(Fn *f, Switch *s) {
  il_match_keys_init(&s->keys, f);
  for (uint32_t i = 0; i < s->count; i++) {
    const TypedCase *c = s->cases[i];
    for (uint32_t k = 0; k < c->pattern_count; k++) {
      il_match_keys_collect(&s->keys, c->patterns[k]);
    }
  }
  il_match_keys_reserve(&s->keys);
}

static void lower_switch(Fn *f, Switch *s, bool throws) {
  s->bodies = IL_NEW_ARRAY(&f->l->arena, Label, s->count + 1);
  s->otherwise = il_label_new(f);
  bool any_default = false;
  for (uint32_t i = 0; i < s->count; i++) {
    s->bodies[i] = il_label_new(f);
    if (has_default(s->cases[i])) any_default = true;
    if (s->cases[i]->target) {
      push_target(f, s->cases[i]->target, s->end, s->bodies[i]);
    }
  }
  Table table;
  bool is_table = find_table(f, s, &table);
  if (is_table) {
    emit_table(f, s, &table);
  } else {
    reserve_keys(f, s);
  }
  if (is_table && !any_default) {
    // Falls past the table, or jumps here from a hole in it.
    il_label_bind(f, s->otherwise);
    if (throws) {
      il_statement_unreachable(f, CORE_REACHABILITY_ERROR);
    } else {
      il_emit_jump(f, s->end);
    }
  } else if (is_table) {
    il_emit_jump(f, s->otherwise);
  }
  for (uint32_t i = 0; i < s->count; i++) {
    if (!is_table) {
      lower_case(f, s, i);
      continue;
    }
    if (has_default(s->cases[i])) il_label_bind(f, s->otherwise);
    lower_bound_body(f, s, i);
  }
  if (is_table) return;
  if (!any_default && throws) {
    il_statement_unreachable(f, CORE_REACHABILITY_ERROR);
  }
  il_match_keys_drop(&s->keys);
}

static void lower_switch_statement(Fn *f, TypedSwitchStmt *s) {
  FrameMark mark = il_frame_mark(f);
  uint32_t targets = f->targets.count;
  Switch sw = {.cases = s->cases, .count = s->case_count, .value = s->value,
               .end = il_label_new(f), .is_statement = true, .d = VREG_NONE};
  il_local_declare(f, s->value, s->subject);
  push_target(f, s->target, sw.end, LABEL_NONE);
  f->offset = s->base.offset;
  lower_switch(f, &sw, s->is_exhaustive);
  f->targets.count = targets;
  il_label_bind(f, sw.end);
  il_frame_release(f, mark);
}

VReg il_statement_switch_expression(Fn *f, TypedSwitch *e, Rep rep, VReg want) {
  VReg d = want == VREG_ANY ? il_frame_new(f, rep) : want;
  FrameMark mark = il_frame_mark(f);
  Switch sw = {.cases = e->cases, .count = e->case_count, .value = e->value,
               .end = il_label_new(f), .rep = rep, .d = d};
  il_local_declare(f, e->value, e->subject);
  uint32_t targets = f->targets.count;
  f->offset = e->base.offset;
  lower_switch(f, &sw, true);
  f->targets.count = targets;
  il_label_bind(f, sw.end);
  il_frame_release(f, mark);
  return d;
}

// ------------------------------------------------------------ other statements

// The label that a statement which only breaks or continues jumps to;
// LABEL_NONE: it is no such statement, or leaves a try on its way.
static Label plain_jump(const Fn *f, const TypedStmt *s) {
  while (s && s->kind == STMT_BLOCK && !((const TypedBlock *)s)->target &&
         ((const TypedBlock *)s)->statements.count == 1) {
    s = ((const TypedBlock *)s)->statements.items[0];
  }
  if (!s || (s->kind != STMT_BREAK && s->kind != STMT_CONTINUE)) {
    return LABEL_NONE;
  }
  const TypedJump *jump = (const TypedJump *)s;
  for (uint32_t i = f->targets.count; i-- > 0;) {
    const Target *t = &f->targets.items[i];
    if (t->target != jump->target) continue;
    if (t->finally != f->finally) return LABEL_NONE;
    return jump->is_continue ? t->continue_label : t->break_label;
  }
  return LABEL_NONE;
}

static void lower_if(Fn *f, TypedIf *s) {
  Label away = s->otherwise ? LABEL_NONE : plain_jump(f, s->then);
  if (away != LABEL_NONE) {
    Label stay = il_label_new(f);
    il_expr_condition(f, s->condition, away, stay, stay);
    il_label_bind(f, stay);
    return;
  }
  Label then = il_label_new(f), otherwise = il_label_new(f);
  FrameMark mark = il_frame_mark(f);
  il_expr_condition(f, s->condition, then, otherwise, then);
  il_label_bind(f, then);
  if (s->then) il_statement(f, s->then);
  il_frame_release(f, mark);
  if (!s->otherwise) {
    il_label_bind(f, otherwise);
    return;
  }
  Label end = il_label_new(f);
  il_emit_jump(f, end);
  il_label_bind(f, otherwise);
  il_statement(f, s->otherwise);
  il_frame_release(f, mark);
  il_label_bind(f, end);
}

static void lower_if_case(Fn *f, TypedIfCase *s) {
  Label otherwise = il_label_new(f), end = il_label_new(f);
  FrameMark mark = il_frame_mark(f);
  Rep rep = il_expr_rep(f, s->value);
  il_match_declare(f, s->pattern);
  VReg v = il_expr_any(f, s->value, rep);
  f->offset = s->base.offset;
  il_match_pattern(f, s->pattern, v, rep, otherwise);
  if (s->guard) {
    Label yes = il_label_new(f);
    il_expr_condition(f, s->guard, yes, otherwise, yes);
    il_label_bind(f, yes);
  }
  if (s->then) il_statement(f, s->then);
  il_frame_release(f, mark);
  il_emit_jump(f, end);
  il_label_bind(f, otherwise);
  if (s->otherwise) il_statement(f, s->otherwise);
  il_frame_release(f, mark);
  il_label_bind(f, end);
}

static void lower_assert(Fn *f, TypedAssert *s) {
  Lower *l = f->l;
  if (!l->sema->options.enable_asserts) return;
  Label fine = il_label_new(f), wrong = il_label_new(f);
  FrameMark mark = il_frame_mark(f);
  il_expr_condition(f, s->condition, fine, wrong, wrong);
  il_label_bind(f, wrong);
  VReg args[5];
  Rep reps[5] = {REP_REF, REP_REF, REP_INT, REP_INT, REP_REF};
  Text text = TEXT(""), uri = TEXT("");
  SourcePosition p = {0, 0};
  if (f->unit) {
    const Source *source = &f->unit->source;
    text = il_text_slice(source->text, s->start_offset, s->end_offset);
    uri = il_name_text(l->names, il_function_uri(l, f->unit));
    p = il_source_position(source, s->start_offset);
  }
  for (uint32_t i = 0; i < 5; i++) args[i] = il_frame_new(f, reps[i]);
  if (s->message) {
    il_expr(f, s->message, REP_REF, args[4]);
  } else {
    il_emit(f, OP_LOAD_NULL, args[4], 0, 0);
  }
  il_constant_load_id(f, il_constant_string(l, text), args[0]);
  il_constant_load_id(f, il_constant_string(l, uri), args[1]);
  il_emit_int(f, args[2], p.line);
  il_emit_int(f, args[3], p.column);
  f->offset = s->base.offset;
  il_call_core(f, CORE_ASSERTION_ERROR, TYPE_ID_NONE, args, reps, 5, REP_REF,
               VREG_NONE);
  il_emit(f, OP_UNREACHABLE, 0, 0, 0);
  il_frame_release(f, mark);
  il_label_bind(f, fine);
}

static void lower_block(Fn *f, TypedBlock *s) {
  FrameMark mark = il_frame_mark(f);
  uint32_t targets = f->targets.count;
  Label end = LABEL_NONE;
  if (s->target) {
    end = il_label_new(f);
    push_target(f, s->target, end, LABEL_NONE);
  }
  il_statement_list(f, &s->statements);
  f->targets.count = targets;
  if (s->target) il_label_bind(f, end);
  il_frame_release(f, mark);
}

static void lower_pattern_var(Fn *f, TypedPatternVar *s) {
  il_match_declare(f, s->pattern);
  if (il_match_record(f, s->pattern, s->value)) return;
  FrameMark mark = il_frame_mark(f);
  Rep rep = il_expr_rep(f, s->value);
  VReg v = il_expr_any(f, s->value, rep);
  f->offset = s->base.offset;
  il_match_pattern(f, s->pattern, v, rep, LABEL_NONE);
  il_frame_release(f, mark);
}

void il_statement_list(Fn *f, const TypedStmts *list) {
  for (uint32_t i = 0; i < list->count; i++) il_statement(f, list->items[i]);
}

void il_statement(Fn *f, TypedStmt *s) {
  if (!s || f->is_dead) return;
  f->offset = s->offset;
  switch ((StmtKind)s->kind) {
    case STMT_BLOCK: lower_block(f, (TypedBlock *)s); return;
    case STMT_EXPRESSION:
      il_expr_effect(f, ((TypedExprStmt *)s)->expression);
      return;
    case STMT_VAR:
      il_local_declare(f, ((TypedVarStmt *)s)->local,
                       ((TypedVarStmt *)s)->value);
      return;
    case STMT_FUNCTION:
      il_closure_local_function(f, ((TypedFunctionStmt *)s)->local);
      return;
    case STMT_PATTERN_VAR: lower_pattern_var(f, (TypedPatternVar *)s); return;
    case STMT_IF: lower_if(f, (TypedIf *)s); return;
    case STMT_IF_CASE: lower_if_case(f, (TypedIfCase *)s); return;
    case STMT_WHILE:
    case STMT_DO:
      il_statement_loop(f, s, lower_body, ((TypedWhile *)s)->body);
      return;
    case STMT_FOR:
      il_statement_loop(f, s, lower_body, ((TypedFor *)s)->body);
      return;
    case STMT_FOR_IN:
      il_statement_loop(f, s, lower_body, ((TypedForIn *)s)->body);
      return;
    case STMT_SWITCH:
      lower_switch_statement(f, (TypedSwitchStmt *)s);
      return;
    case STMT_BREAK:
    case STMT_CONTINUE:
      lower_jump(f, (TypedJump *)s);
      return;
    case STMT_RETURN: lower_return(f, (TypedReturn *)s); return;
    case STMT_TRY: il_exception_try(f, (TypedTry *)s); return;
    case STMT_ASSERT: lower_assert(f, (TypedAssert *)s); return;
    case STMT_YIELD: il_async_yield(f, (TypedYield *)s); return;
    case STMT_SUPER_INIT:
    case STMT_THIS_INIT:
      il_constructor_invoke(f, (TypedConstructorInvoke *)s);
      return;
    case STMT_FIELD_INIT:
      il_constructor_field_init(f, (TypedFieldInit *)s);
      return;
    default:
      il_lower_error(f, "this statement");
  }
}
