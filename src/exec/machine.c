// machine.c: one isolate's machine from outside.
#include "exec/machine.h"

#include "base/memory.h"
#include "exec/step.h"

void il_machine_init(Machine *m, World *world, Heap *heap, Isolate *isolate) {
  memset(m, 0, sizeof *m);
  m->world = world;
  m->heap = heap;
  m->isolate = isolate;
  m->statics = world->static_pages;
  m->result = m->error = m->trace = VALUE_NULL;
  m->max_words = MACHINE_MAX_WORDS;
}

static void free_stack(Machine *m) {
  il_memory_free(m->stack, m->allocated_words * sizeof *m->stack);
  m->stack = m->fp = m->limit = NULL;
  m->stack_words = m->allocated_words = 0;
}

void il_machine_reset(Machine *m) {
  free_stack(m);
  m->state = STATE_IDLE;
  m->is_overflowing = m->is_stopping = 0;
  m->error = m->trace = VALUE_NULL;
  m->result = 0;
  m->result_is_ref = 0;
}

void il_machine_drop(Machine *m) {
  free_stack(m);
  if (!m->owns_statics) return;
  uint32_t count = m->world->static_page_count;
  for (uint32_t i = 0; i < count; i++) {
    if (m->statics[i]->is_own) il_memory_free(m->statics[i],
                                              sizeof(StaticPage));
  }
  il_memory_free(m->statics, count * sizeof *m->statics);
  m->statics = m->world->static_pages;
  m->owns_statics = 0;
}

// A stack with nothing but a base frame, whose result is of the given kind.
static void begin(Machine *m, bool is_raw) {
  IL_ASSERT(m->state == STATE_IDLE);
  if (!m->stack) {
    m->stack_words = m->allocated_words = MACHINE_FIRST_WORDS;
    m->stack = il_memory_alloc(m->stack_words * sizeof *m->stack);
    m->limit = m->stack + m->stack_words;
  }
  const Function *f = il_stub(is_raw ? STUB_BASE_RAW : STUB_BASE_REF);
  uint64_t *base = m->stack + FRAME_HEADER_WORDS;
  base[-3] = (uint64_t)(uintptr_t)f;
  base[-2] = base[-1] = 0;
  base[STUB_RAW0] = base[STUB_RAW1] = 0;
  base[STUB_REF0] = base[STUB_REF1] = VALUE_NULL;
  m->fp = base;
  m->pc = il_function_code(f) + 1;
  m->state = STATE_READY;
  m->budget = INT64_MAX;
  m->result_is_ref = !is_raw;
  m->result = is_raw ? 0 : VALUE_NULL;
  m->error = m->trace = VALUE_NULL;
}

void il_machine_call(Machine *m, FunctionId id, const uint64_t *args,
                     uint32_t count) {
  const Function *f = m->world->tables.functions[id];
  IL_ASSERT(count == (uint32_t)f->ref_arg_count + f->raw_arg_count);
  begin(m, f->result_rep != REP_REF);
  if (!il_stack_reserve(m, count)) IL_FATAL("too many arguments");
  uint64_t *out = il_frame_outgoing(m);
  for (uint32_t i = 0; i < count; i++) out[i] = args[i];
  il_stack_enter(m, f);
}

void il_machine_call_closure(Machine *m, Value closure, const Value *args,
                             uint32_t count, bool is_checked) {
  begin(m, false);
  uint64_t *out = il_frame_outgoing(m);
  IL_ASSERT(count <= 8);
  out[0] = closure;
  for (uint32_t i = 0; i < count; i++) out[i + 1] = args[i];
  il_invoke_values(m, count, is_checked);
}

MachineOutcome il_machine_run(Machine *m, int64_t budget) {
  IL_ASSERT(m->state != STATE_IDLE);
  m->budget = budget;
  if (m->is_stopping) return MACHINE_STOPPED;
  if (m->state == STATE_BLOCKED) {
    m->state = STATE_READY;
    if (il_slow_native_resume(m, 0) == STEP_GO) il_interpret(m);
  } else if (m->throws_at_start) {
    m->throws_at_start = 0;
    if (il_throw(m, m->error, m->trace) == STEP_GO) il_interpret(m);
  } else {
    il_interpret(m);
  }
  MachineOutcome outcome = (MachineOutcome)m->outcome;
  if (outcome == MACHINE_PREEMPTED) {
    m->preempt_count++;
    if (m->is_stopping) outcome = MACHINE_STOPPED;
  } else if (outcome == MACHINE_BLOCKED) {
    m->state = STATE_BLOCKED;
  } else {
    m->state = STATE_IDLE;
    m->is_overflowing = 0;
  }
  return outcome;
}

bool il_machine_is_running(const Machine *m) { return m->state != STATE_IDLE; }

void il_machine_preempt(Machine *m) { m->budget = 0; }

void il_machine_stop(Machine *m) {
  m->is_stopping = 1;
  m->budget = 0;
}

static void visit_range(uint64_t *from, uint64_t *to, EdgeFn *visit,
                        void *context) {
  for (; from < to; from++) visit(from, context);
}

static void visit_frames(Machine *m, EdgeFn *visit, void *context) {
  uint64_t *fp = m->fp;
  uint64_t *out = il_frame_outgoing(m);
  visit_range(out, out + m->outgoing_refs, visit, context);
  for (;;) {
    const Function *f = il_frame_function(fp);
    visit_range(fp, fp + f->ref_arg_count, visit, context);
    visit_range(fp + f->ref_local_start, fp + f->frame_words, visit, context);
    if (il_frame_is_base(fp)) break;
    fp -= il_frame_link(fp);
  }
}

static void visit_statics(Machine *m, EdgeFn *visit, void *context) {
  const Program *p = m->world->program;
  for (uint32_t i = 0; i < m->world->static_page_count; i++) {
    StaticPage *page = m->statics[i];
    if (!page->is_own) continue;
    for (uint32_t k = 0; k < STATIC_PAGE_SLOTS; k++) {
      StaticId id = i * STATIC_PAGE_SLOTS + k;
      if (id == 0 || id >= il_program_static_count(p)) continue;
      if (il_program_static(p, id)->rep == REP_REF) {
        visit(&page->slots[k], context);
      }
    }
  }
}

void il_machine_each_root(Machine *m, EdgeFn *visit, void *context) {
  visit(&m->error, context);
  visit(&m->trace, context);
  if (m->result_is_ref) visit(&m->result, context);
  if (m->state != STATE_IDLE) visit_frames(m, visit, context);
  if (m->owns_statics) visit_statics(m, visit, context);
}
