// async.c: async, async*, sync*, await for. The protocol with the machine
// and the library is told in docs/architecture.md.
#include "lower/lowering.h"

static TypeId element_vector(Fn *f) {
  TypeId element = f->body->element_type;
  if (element == TYPE_ID_NONE) element = TYPE_ID_DYNAMIC;
  return il_type_vector(f->l->types->types, &element, 1);
}

// Emits an instruction that suspends. What is in use now lives on.
static void emit_suspend(Fn *f, Op op, uint32_t a, uint32_t b, uint32_t c) {
  uint64_t live =
      f->ref_next >= 64 ? UINT64_MAX : (UINT64_C(1) << f->ref_next) - 1;
  il_emit_line(f);
  il_emit_x(f, op, a, b, c, live);
}

void il_async_begin(Fn *f) {
  f->result_rep = REP_REF;
  f->offset = f->body->offset;
  f->coroutine = il_frame_new(f, REP_REF);
  il_frame_bind(f, f->coroutine, true);
  if (f->is_generator) {
    FrameMark mark = il_frame_mark(f);
    VReg t = il_expr_type(f, element_vector(f), VREG_ANY);
    emit_suspend(f, OP_GENERATOR_BEGIN, f->coroutine, t, f->is_async ? 1 : 0);
    il_frame_release(f, mark);
  } else {
    f->future = il_frame_new(f, REP_REF);
    il_frame_bind(f, f->future, true);
    il_call_core(f, CORE_ASYNC_FUTURE, element_vector(f), NULL, NULL, 0,
                 REP_REF, f->future);
    il_emit_at(f, OP_NEW_COROUTINE, f->coroutine, f->future, 0);
  }
  f->body_start = il_label_new(f);
  il_label_bind(f, f->body_start);
}

void il_async_return(Fn *f, VReg value) {
  FrameMark mark = il_frame_mark(f);
  il_frame_hold(f, value);
  if (f->is_generator) {
    Constant no = {.kind = CONSTANT_BOOL, .type = TYPE_ID_BOOL};
    VReg r = il_constant_load(f, &no, REP_REF, VREG_ANY);
    il_emit(f, OP_RETURN, r, 0, 0);
  } else {
    if (value == VREG_NONE) {
      value = il_frame_new(f, REP_REF);
      il_emit(f, OP_LOAD_NULL, value, 0, 0);
    }
    VReg args[2] = {f->future, value};
    Rep reps[2] = {REP_REF, REP_REF};
    il_call_core(f, CORE_ASYNC_RETURN, TYPE_ID_NONE, args, reps, 2, REP_REF,
                 VREG_NONE);
    il_emit(f, OP_RETURN, f->future, 0, 0);
  }
  il_frame_release(f, mark);
}

// Ends the body; what it throws completes the future or stream.
void il_async_end(Fn *f) {
  if (!f->is_dead) il_async_return(f, VREG_NONE);
  il_collection_flush(f, 0);
  if (f->is_generator && !f->is_async) return;
  Label stop = il_label_new(f), target = il_label_new(f);
  bool is_empty = f->labels.items[f->body_start] == f->items.count;
  il_label_bind(f, stop);
  if (is_empty) return;
  VReg args[3] = {f->is_generator ? f->coroutine : f->future,
                  il_frame_new(f, REP_REF), il_frame_new(f, REP_REF)};
  Rep reps[3] = {REP_REF, REP_REF, REP_REF};
  Handler h = {f->body_start, stop, target, args[1], args[2]};
  il_vec_push(&f->handlers, h);
  il_label_bind_loop(f, target);
  il_call_core(f, f->is_generator ? CORE_ASYNC_STAR_FAIL : CORE_ASYNC_ERROR,
               TYPE_ID_NONE, args, reps, 3, REP_REF, VREG_NONE);
  if (f->is_generator) {
    il_emit(f, OP_RETURN_NULL, 0, 0, 0);
  } else {
    il_emit(f, OP_RETURN, f->future, 0, 0);
  }
}

VReg il_async_await(Fn *f, VReg value, Rep rep, VReg want) {
  VReg d = want == VREG_NONE ? il_frame_new(f, REP_REF)
                             : il_expr_target(f, rep, want, REP_REF);
  if (il_vreg_kind(d) == VREG_OUT) d = il_frame_new(f, REP_REF);
  emit_suspend(f, OP_AWAIT, d, value, f->coroutine);
  if (d == want || want == VREG_NONE) return d;
  return il_expr_convert(f, d, REP_REF, rep, want);
}

void il_async_yield(Fn *f, TypedYield *s) {
  FrameMark mark = il_frame_mark(f);
  VReg v = il_expr_any(f, s->value, REP_REF);
  // The value it is resumed with is written to the same register.
  v = il_expr_keep(f, v, REP_REF, true);
  f->offset = s->base.offset;
  emit_suspend(f, OP_YIELD, f->coroutine, v, s->is_star ? 1 : 0);
  if (f->is_async) {
    // Resumed with true: the listener has cancelled.
    Label go = il_label_new(f);
    VReg b = il_frame_new(f, REP_BOOL);
    il_emit(f, OP_UNBOX_BOOL, b, v, 0);
    il_emit_branch(f, OP_JUMP_UNLESS, b, 0, go);
    il_statement_return(f, VREG_NONE);
    il_label_bind(f, go);
  }
  il_frame_release(f, mark);
}

// ------------------------------------------------------------------- await for

typedef struct {
  TypedForIn *s;
  VReg iterator;
  FunctionElement *move_next, *current, *cancel;
  LoopBody *body;
  void *data;
} AwaitFor;

static void await_for_loop(Fn *f, void *data) {
  AwaitFor *loop = data;
  TypedForIn *s = loop->s;
  Label next = il_label_new(f), exit = il_label_new(f);
  Target t = {s->target, exit, next, f->finally};
  uint32_t targets = f->targets.count;
  il_vec_push(&f->targets, t);
  Label top = il_label_new(f);
  il_emit_jump(f, next);
  il_label_bind_loop(f, top);
  FrameMark mark = il_frame_mark(f);
  f->offset = s->base.offset;
  Rep rep = il_local_rep(f->l, s->local);
  VReg v = il_call_member(f, loop->current, loop->iterator, NULL, NULL, 0, rep,
                          VREG_ANY);
  il_local_declare_reg(f, s->local, v, rep);
  if (s->assign) il_statement(f, s->assign);
  if (!f->is_dead) loop->body(f, loop->data);
  il_frame_release(f, mark);
  il_label_bind(f, next);
  if (!f->is_dead) {
    f->offset = s->base.offset;
    VReg future = il_call_member(f, loop->move_next, loop->iterator, NULL,
                                 NULL, 0, REP_REF, VREG_ANY);
    VReg more = il_async_await(f, future, REP_BOOL, VREG_ANY);
    il_emit_branch(f, OP_JUMP_IF, more, 0, top);
    il_frame_release(f, mark);
  }
  f->targets.count = targets;
  il_label_bind(f, exit);
}

static void await_for_cancel(Fn *f, void *data) {
  AwaitFor *loop = data;
  FrameMark mark = il_frame_mark(f);
  f->offset = loop->s->base.offset;
  VReg future = il_call_member(f, loop->cancel, loop->iterator, NULL, NULL, 0,
                               REP_REF, VREG_ANY);
  il_async_await(f, future, REP_REF, VREG_NONE);
  il_frame_release(f, mark);
}

static FunctionElement *iterator_member(Fn *f, Name name) {
  Library *async = f->l->sema->async;
  Element *e = il_library_find_exported(async, NAME_StreamIterator, false);
  if (!e || e->kind != ELEMENT_CLASS) return NULL;
  il_class_require((ClassElement *)e, STAGE_MEMBERS);
  return il_class_find_member((ClassElement *)e, name, false);
}

void il_async_for(Fn *f, TypedForIn *s, LoopBody *body, void *data) {
  AwaitFor loop = {.s = s, .body = body, .data = data};
  loop.move_next = iterator_member(f, NAME_moveNext);
  loop.current = iterator_member(f, NAME_current);
  loop.cancel = iterator_member(f, NAME_cancel);
  if (!loop.move_next || !loop.current || !loop.cancel) {
    il_lower_error(f, "await for without StreamIterator");
    return;
  }
  FrameMark mark = il_frame_mark(f);
  loop.iterator = il_frame_new(f, REP_REF);
  FrameMark inner = il_frame_mark(f);
  VReg stream = il_expr_any(f, s->iterable, REP_REF);
  Rep rep = REP_REF;
  f->offset = s->base.offset;
  TypeId vector = il_type_vector(f->l->types->types, &s->element, 1);
  il_call_core(f, CORE_STREAM_ITERATOR, vector, &stream, &rep, 1, REP_REF,
               loop.iterator);
  il_frame_release(f, inner);
  il_frame_bind(f, loop.iterator, true);
  il_exception_finally(f, await_for_loop, await_for_cancel, &loop);
  il_frame_release(f, mark);
}
