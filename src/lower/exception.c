// exception.c: try, catch, finally, rethrow.
//
// A cleanup (the body of a finally) stands once. Who leaves through it puts a
// number in `kind`, the value returned in f->result, and jumps to it; behind
// it the number is looked at: 0 goes on, 1 throws again, others leave further.
#include "lower/lowering.h"

static void push_handler(Fn *f, Label start, Label end, Label target,
                         VReg exception, VReg trace) {
  Handler h = {start, end, target, exception, trace};
  il_vec_push(&f->handlers, h);
}

void il_exception_rethrow(Fn *f, const TypedCatch *from) {
  for (Catch *c = f->catches; c; c = c->outer) {
    if (c->clause != from && from) continue;
    il_emit_at(f, OP_RETHROW, c->exception, c->trace, 0);
    return;
  }
  il_lower_error(f, "this rethrow");
}

static void lower_clause(Fn *f, TypedCatch *clause, VReg exception,
                         VReg trace) {
  Catch c = {f->catches, clause, exception, trace};
  f->catches = &c;
  if (clause->exception) {
    il_local_declare_reg(f, clause->exception, exception, REP_REF);
  }
  if (clause->stack_trace) {
    il_local_declare_reg(f, clause->stack_trace, trace, REP_REF);
  }
  il_statement(f, clause->body);
  f->catches = c.outer;
}

static void lower_clauses(Fn *f, TypedTry *s, VReg exception, VReg trace,
                          Label end) {
  for (uint32_t i = 0; i < s->catch_count; i++) {
    TypedCatch *clause = s->catches[i];
    FrameMark mark = il_frame_mark(f);
    Label next = il_label_new(f), yes = il_label_new(f);
    f->offset = clause->offset;
    if (clause->type) {
      il_expr_type_test(f, exception, TYPE_ID_OBJECT, clause->type, yes, next,
                        yes);
      il_label_bind(f, yes);
    }
    if (!f->is_dead) lower_clause(f, clause, exception, trace);
    il_frame_release(f, mark);
    il_emit_jump(f, end);
    il_label_bind(f, next);
    if (f->is_dead) return;
  }
  il_emit(f, OP_RETHROW, exception, trace, 0);
}

static void lower_catches(Fn *f, TypedTry *s) {
  if (s->catch_count == 0) {
    il_statement(f, s->body);
    return;
  }
  FrameMark mark = il_frame_mark(f);
  VReg exception = il_frame_new(f, REP_REF), trace = il_frame_new(f, REP_REF);
  il_frame_bind(f, exception, true);
  il_frame_bind(f, trace, true);
  Label start = il_label_new(f), stop = il_label_new(f);
  Label target = il_label_new(f), end = il_label_new(f);
  uint32_t slow = f->slow.count;
  il_label_bind(f, start);
  il_statement(f, s->body);
  il_emit_jump(f, end);
  il_collection_flush(f, slow);
  bool is_empty = f->labels.items[start] == f->items.count;
  il_label_bind(f, stop);
  if (!is_empty) {
    push_handler(f, start, stop, target, exception, trace);
    il_label_bind_loop(f, target);
    lower_clauses(f, s, exception, trace, end);
  }
  il_label_bind(f, end);
  il_frame_release(f, mark);
}

void il_exception_leave(Fn *f, bool is_return, bool is_continue,
                        uint32_t target) {
  Finally *fin = f->finally;
  uint32_t i = 0;
  for (; i < fin->exit_count; i++) {
    if (fin->exits[i].is_return == is_return &&
        fin->exits[i].is_continue == is_continue &&
        fin->exits[i].target == target) {
      break;
    }
  }
  if (i == fin->exit_count) {
    if (i == IL_COUNT_OF(fin->exits)) {
      il_lower_error(f, "so many ways out of a try statement");
      return;
    }
    fin->exits[i].is_return = is_return;
    fin->exits[i].is_continue = is_continue;
    fin->exits[i].target = target;
    fin->exit_count++;
  }
  il_emit_int(f, fin->kind, 2 + (int64_t)i);
  il_emit_jump(f, fin->label);
}

static void lower_exits(Fn *f, const Finally *fin, Label end, bool falls) {
  Label throws = il_label_new(f);
  if (falls) il_emit_branch(f, OP_JUMP_EQ_I64_K, fin->kind, 0, end);
  if (fin->exit_count == 0) {
    il_emit(f, OP_RETHROW, fin->exception, fin->trace, 0);
    return;
  }
  il_emit_branch(f, OP_JUMP_EQ_I64_K, fin->kind, 1, throws);
  for (uint32_t i = 0; i < fin->exit_count; i++) {
    Label next = il_label_new(f);
    if (i + 1 < fin->exit_count) {
      il_emit_branch(f, OP_JUMP_NE_I64_K, fin->kind, (uint16_t)(2 + i), next);
    }
    if (fin->exits[i].is_return) {
      il_statement_return(f, f->result);
    } else {
      il_statement_jump(f, fin->exits[i].target, fin->exits[i].is_continue);
    }
    il_label_bind(f, next);
  }
  il_label_bind(f, throws);
  il_emit(f, OP_RETHROW, fin->exception, fin->trace, 0);
}

void il_exception_finally(Fn *f, Cleanup *body, Cleanup *cleanup, void *data) {
  FrameMark mark = il_frame_mark(f);
  bool is_outermost = f->finally == NULL && f->result == VREG_NONE;
  if (is_outermost) {
    f->result = il_frame_new(f, f->result_rep);
    il_frame_bind(f, f->result, true);
  }
  Finally fin = {.outer = f->finally, .label = il_label_new(f),
                 .kind = il_frame_new(f, REP_INT),
                 .exception = il_frame_new(f, REP_REF),
                 .trace = il_frame_new(f, REP_REF)};
  il_frame_bind(f, fin.kind, true);
  il_frame_bind(f, fin.exception, true);
  il_frame_bind(f, fin.trace, true);
  Label start = il_label_new(f), stop = il_label_new(f);
  Label target = il_label_new(f), end = il_label_new(f);
  uint32_t slow = f->slow.count;
  il_label_bind(f, start);
  f->finally = &fin;
  body(f, data);
  f->finally = fin.outer;
  bool falls = !f->is_dead;
  if (falls) {
    il_emit_int(f, fin.kind, 0);
    il_emit_jump(f, fin.label);
  }
  il_collection_flush(f, slow);
  bool is_empty = f->labels.items[start] == f->items.count;
  il_label_bind(f, stop);
  if (!is_empty) {
    push_handler(f, start, stop, target, fin.exception, fin.trace);
    il_label_bind_loop(f, target);
    il_emit_int(f, fin.kind, 1);
    il_label_bind(f, fin.label);
    cleanup(f, data);
    if (!f->is_dead) lower_exits(f, &fin, end, falls);
  }
  if (is_outermost) f->result = VREG_NONE;
  il_label_bind(f, end);
  il_frame_release(f, mark);
}

static void lower_try_body(Fn *f, void *data) { lower_catches(f, data); }

static void lower_try_cleanup(Fn *f, void *data) {
  il_statement(f, ((TypedTry *)data)->finally);
}

void il_exception_try(Fn *f, TypedTry *s) {
  if (s->finally) {
    il_exception_finally(f, lower_try_body, lower_try_cleanup, s);
  } else {
    lower_catches(f, s);
  }
}
