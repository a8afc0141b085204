// stack.c: entering frames from C, growing and overflowing.
#include "base/memory.h"
#include "exec/step.h"

// Moves the stack to a larger block, the first `used` words with it. False at
// the limit, where the slack is opened once, and when there is no such block.
static bool grow_to(Machine *m, size_t needed, size_t used) {
  size_t words = m->stack_words, fp = (size_t)(m->fp - m->stack);
  size_t allowed = m->max_words;
  if (needed > allowed) return false;
  while (words < needed) words *= 2;
  if (words > allowed) words = allowed;
  // The slack is allocated with the last step, and lies beyond the limit.
  size_t slack = words == allowed ? MACHINE_SLACK_WORDS : 0;
  uint64_t *grown = il_memory_try_alloc((words + slack) * sizeof *grown);
  if (!grown) return false;
  memcpy(grown, m->stack, used * sizeof *grown);
  il_memory_free(m->stack, m->allocated_words * sizeof *grown);
  m->stack = grown;
  m->stack_words = (uint32_t)words;
  m->allocated_words = (uint32_t)(words + slack);
  m->fp = grown + fp;
  m->limit = grown + words;
  return true;
}

static void clear_locals(uint64_t *fp, const Function *f) {
  for (uint32_t s = f->ref_local_start; s < f->frame_words; s++) {
    fp[s] = VALUE_NULL;
  }
}

static Step count_safepoint(Machine *m) {
  if (--m->budget > 0) return STEP_GO;
  m->outcome = MACHINE_PREEMPTED;
  return STEP_LEAVE;
}

// The constant that the core's function returns.
static Value constant_error(const Machine *m) {
  const World *w = m->world;
  FunctionId id =
      il_program_core_function(w->program, CORE_STACK_OVERFLOW_ERROR);
  Instruction first = *il_function_code(w->tables.functions[id]);
  return il_op(first) == OP_LOAD_CONST ? w->constants[(uint32_t)il_imm(first)]
                                       : VALUE_NULL;
}

Step il_stack_overflow(Machine *m) {
  if (!m->is_overflowing && m->allocated_words > m->stack_words) {
    m->is_overflowing = 1;
    m->limit = m->stack + m->allocated_words;
    return il_throw_core(m, CORE_STACK_OVERFLOW_ERROR, NULL, 0);
  }
  // Even the slack is used up: no function can be called to make the error.
  return il_throw(m, constant_error(m), 0);
}

Step il_stack_grow(Machine *m) {
  const Function *f = il_frame_function(m->fp);
  size_t at = (size_t)(m->fp - m->stack);
  size_t arguments = (size_t)f->ref_arg_count + f->raw_arg_count;
  if (m->fp + f->top_words > m->limit) {
    if (m->is_overflowing ||
        !grow_to(m, at + f->top_words, at + arguments)) {
      m->pc = il_frame_return_pc(m->fp);
      m->fp -= il_frame_link(m->fp);
      return il_stack_overflow(m);
    }
  }
  clear_locals(m->fp, f);
  return count_safepoint(m);
}

Step il_stack_enter(Machine *m, const Function *f) {
  uint64_t *base = il_frame_outgoing(m);
  base[-3] = (uint64_t)(uintptr_t)f;
  base[-2] = (uint64_t)(uintptr_t)m->pc;
  base[-1] = (uint64_t)(base - m->fp);
  m->fp = base;
  m->pc = il_function_code(f);
  if (IL_UNLIKELY(base + f->top_words > m->limit)) return il_stack_grow(m);
  clear_locals(base, f);
  return count_safepoint(m);
}

bool il_stack_reserve(Machine *m, size_t words) {
  const Function *f = il_frame_function(m->fp);
  uint64_t *end = m->fp + f->top_words + words;
  if (end <= m->limit) return true;
  if (m->is_overflowing) return false;
  size_t used = (size_t)(m->fp - m->stack) + f->top_words;
  return grow_to(m, (size_t)(end - m->stack), used);
}

bool il_stack_push_stub(Machine *m, Stub stub, uint64_t slot0) {
  const Function *f = il_stub(stub);
  if (!il_stack_reserve(m, f->top_words + FRAME_HEADER_WORDS)) return false;
  uint64_t *base = il_frame_outgoing(m);
  base[-3] = (uint64_t)(uintptr_t)f;
  base[-2] = (uint64_t)(uintptr_t)m->pc;
  base[-1] = (uint64_t)(base - m->fp);
  base[STUB_RAW0] = slot0;
  base[STUB_RAW1] = 0;
  base[STUB_REF0] = base[STUB_REF1] = VALUE_NULL;
  m->fp = base;
  m->pc = il_function_code(f) + 1;
  return true;
}

void il_stack_return(Machine *m, uint64_t word) {
  m->pc = il_frame_return_pc(m->fp);
  m->fp -= il_frame_link(m->fp);
  m->fp[il_a(m->pc[-1])] = word;
}
