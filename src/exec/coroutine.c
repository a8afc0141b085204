// coroutine.c: await, yield, and the natives of class _Coroutine.
#include "exec/coroutine.h"

#include "exec/native_list.h"
#include "exec/step.h"

static size_t size_of(const Function *f) {
  return sizeof(Coroutine) + f->frame_words * sizeof(uint64_t);
}

static Coroutine *allocate(Machine *m, const Function *f) {
  Coroutine *c = il_heap_allocate(m->heap, size_of(f));
  if (!c) return NULL;
  c->header = il_header(CLASS_COROUTINE, 0);
  c->function = f->id;
  c->pc = 0;
  c->state = COROUTINE_RUNNING;
  c->frame_words = f->frame_words;
  c->future = c->current = c->attachment = VALUE_NULL;
  for (uint32_t s = 0; s < f->frame_words; s++) {
    bool is_ref = s < f->ref_arg_count || s >= f->ref_local_start;
    c->frame[s] = is_ref ? VALUE_NULL : 0;
  }
  return c;
}

// The instruction that suspends takes two words; the second says which of the
// first 64 reference locals live on.
enum { SUSPEND_WORDS = 2 };

static bool lives_on(uint64_t mask, uint32_t local) {
  return local >= 64 || (mask >> local & 1);
}

// Copies the frame in; it goes on at m->pc.
static void save_frame(Machine *m, Coroutine *c) {
  const Function *f = il_frame_function(m->fp);
  uint64_t mask = m->pc[-1];
  Object *o = (Object *)c;
  uint64_t *fp = m->fp;
  for (uint32_t s = 0; s < f->ref_arg_count; s++) {
    il_heap_store(m->heap, o, &c->frame[s], fp[s]);
  }
  for (uint32_t s = f->ref_arg_count; s < f->ref_local_start; s++) {
    c->frame[s] = fp[s];
  }
  for (uint32_t s = f->ref_local_start; s < f->frame_words; s++) {
    bool is_live = lives_on(mask, s - f->ref_local_start);
    il_heap_store(m->heap, o, &c->frame[s], is_live ? fp[s] : VALUE_NULL);
  }
  c->pc = (uint32_t)(m->pc - il_function_code(f));
  c->state = COROUTINE_SUSPENDED;
}

static void pop_frame(Machine *m) {
  m->pc = il_frame_return_pc(m->fp);
  m->fp -= il_frame_link(m->fp);
}

static Step enter_core(Machine *m, CoreFunction id) {
  FunctionId f = il_program_core_function(m->world->program, id);
  return il_stack_enter(m, m->world->tables.functions[f]);
}

Step il_coroutine_make(Machine *m, Instruction i) {
  const Function *f = il_frame_function(m->fp);
  Coroutine *c = allocate(m, f);
  if (!c) return il_slow_collect(m, size_of(f), 1);
  c->future = m->fp[il_b(i)];
  m->fp[il_a(i)] = il_value_of(c);
  return STEP_GO;
}

Step il_coroutine_suspend_await(Machine *m, Instruction i) {
  Value coroutine = m->fp[il_c(i)], value = m->fp[il_b(i)];
  save_frame(m, (Coroutine *)il_value_object(coroutine));
  pop_frame(m);
  uint64_t *out = il_frame_outgoing(m);
  // The popped frame was here: there is room for a header and two words.
  out[0] = coroutine;
  out[1] = value;
  return enter_core(m, CORE_ASYNC_AWAIT);
}

Step il_coroutine_start_generator(Machine *m, Instruction i) {
  const Function *f = il_frame_function(m->fp);
  Coroutine *c = allocate(m, f);
  if (!c) return il_slow_collect(m, size_of(f), SUSPEND_WORDS);
  TypeId vector = (TypeId)m->fp[il_b(i)];
  m->fp[il_a(i)] = VALUE_NULL;   // set anew whenever a copy is resumed
  save_frame(m, c);
  pop_frame(m);
  uint64_t *out = il_frame_outgoing(m);
  out[0] = il_value_of(c);
  out[1] = vector;
  return enter_core(m, il_c(i) ? CORE_ASYNC_STAR : CORE_SYNC_STAR);
}

Step il_coroutine_suspend_yield(Machine *m, Instruction i) {
  Coroutine *c = (Coroutine *)il_value_object(m->fp[il_a(i)]);
  il_heap_store(m->heap, (Object *)c, &c->current, m->fp[il_b(i)]);
  save_frame(m, c);
  if (il_c(i)) c->state |= COROUTINE_YIELD_EACH;
  il_stack_return(m, VALUE_TRUE);
  return STEP_GO;
}

// The frame of the native `resume` or `resumeError`, which is m->fp, becomes
// the coroutine's.
Step il_coroutine_resume(Machine *m, bool is_error) {
  Value coroutine = m->fp[0], first = m->fp[1];
  Value trace = is_error ? m->fp[2] : 0;
  const Coroutine *c = (const Coroutine *)il_value_object(coroutine);
  if (!(c->state & COROUTINE_SUSPENDED)) {
    // The library never does it: each coroutine has one driver.
    IL_FATAL("a coroutine is resumed while it runs");
  }
  const Function *f = m->world->tables.functions[c->function];
  // Room for the larger frame, above the one that it replaces.
  if (!il_stack_reserve(m, f->top_words)) return il_stack_overflow(m);
  uint64_t *fp = m->fp;
  fp[-3] = (uint64_t)(uintptr_t)f;
  fp[-1] = il_frame_link(fp);
  memcpy(fp, c->frame, c->frame_words * sizeof *fp);
  ((Coroutine *)il_value_object(coroutine))->state = COROUTINE_RUNNING;
  m->pc = il_function_code(f) + c->pc;
  Instruction last = m->pc[-SUSPEND_WORDS];
  if (is_error) return il_throw(m, first, trace);
  if (il_op(last) == OP_AWAIT) fp[il_a(last)] = first;
  else if (il_op(last) == OP_YIELD) fp[il_b(last)] = first;
  else if (il_op(last) == OP_GENERATOR_BEGIN) fp[il_a(last)] = coroutine;
  return STEP_GO;
}

// ---- natives

#define THIS ((Coroutine *)il_value_object(call->args[0]))

NATIVE(core__Coroutine_resume) {
  (void)call;
  return NATIVE_RESUME;
}

NATIVE(core__Coroutine_resumeError) {
  (void)call;
  return NATIVE_RESUME_ERROR;
}

NATIVE(core__Coroutine_future) { RETURN_VALUE(THIS->future); }
NATIVE(core__Coroutine_current) { RETURN_VALUE(THIS->current); }
NATIVE(core__Coroutine_attachment) { RETURN_VALUE(THIS->attachment); }

NATIVE(core__Coroutine_isYieldEach) {
  RETURN_VALUE((THIS->state & COROUTINE_YIELD_EACH) != 0);
}

NATIVE(core__Coroutine_attachment_set) {
  il_heap_store(call->heap, (Object *)THIS, &THIS->attachment, call->args[1]);
  RETURN_VALUE(VALUE_NULL);
}

NATIVE(core__Coroutine_clone) {
  size_t size = sizeof(Coroutine) + THIS->frame_words * sizeof(uint64_t);
  Coroutine *copy = il_heap_allocate(call->heap, size);
  if (!copy) return NEED(size);
  // The newest object of the heap: it needs no barrier.
  memcpy(copy, THIS, size);
  copy->header = il_header(CLASS_COROUTINE, 0);
  RETURN_VALUE(il_value_of(copy));
}

// The same for dart:async, which sees coroutines as objects.

NATIVE(async__coroutineResume) {
  (void)call;
  return NATIVE_RESUME;
}

NATIVE(async__coroutineResumeError) {
  (void)call;
  return NATIVE_RESUME_ERROR;
}

NATIVE(async__coroutineFuture) { RETURN_VALUE(THIS->future); }
NATIVE(async__coroutineCurrent) { RETURN_VALUE(THIS->current); }
NATIVE(async__coroutineAttachment) { RETURN_VALUE(THIS->attachment); }

NATIVE(async__coroutineIsYieldEach) {
  RETURN_VALUE((THIS->state & COROUTINE_YIELD_EACH) != 0);
}

NATIVE(async__coroutineSetAttachment) {
  il_heap_store(call->heap, (Object *)THIS, &THIS->attachment, call->args[1]);
  RETURN_VALUE(VALUE_NULL);
}
