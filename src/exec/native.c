// native.c: what becomes of the outcomes of natives.
//
// A native's frame is a Dart function's: its code is NATIVE, followed by the
// places where what it calls returns to (builder.c). What the native keeps
// between its stages is in the frame; the stage is in the frame's flags.
#include "exec/native.h"

#include "exec/step.h"

static uint32_t get_stage(const uint64_t *fp) {
  return (uint32_t)(fp[-1] >> 32);
}
static void set_stage(uint64_t *fp, uint32_t stage) {
  fp[-1] = (uint32_t)fp[-1] | (uint64_t)stage << 32;
}

static Step call_from_native(Machine *m, NativeCall *call) {
  const Function *self = il_frame_function(m->fp);
  uint32_t count = call->arg_count;
  set_stage(m->fp, call->stage);
  const Instruction *code = il_function_code(self);
  const Function *f = call->function
                          ? m->world->tables.functions[call->function]
                          : NULL;
  m->pc = code + (f && f->result_rep != REP_REF ? 4 : 2);
  call->function = 0;
  call->arg_count = 0;
  if (f) return il_stack_enter(m, f);
  if (call->member == 0) return il_invoke_values(m, count, false);
  Name member = call->member;
  call->member = 0;
  return il_invoke_member(m, member, (MemberKind)call->member_kind, count);
}

// The frame becomes the function's: its arguments are in place.
static Step tail_call(Machine *m, NativeCall *call) {
  const Function *f = m->world->tables.functions[call->function];
  call->function = 0;
  m->pc = il_frame_return_pc(m->fp);
  uint64_t *fp = m->fp;
  m->fp -= il_frame_link(fp);
  // il_stack_enter puts the frame at the caller's top, where it is already.
  return il_stack_enter(m, f);
}

static Step throw_from_native(Machine *m, NativeCall *call) {
  Value trace = call->thrown_trace;
  call->thrown_trace = 0;
  if (!call->throws_core) return il_throw(m, call->result, trace);
  call->throws_core = false;
  return il_throw_core(m, (CoreFunction)call->core, call->error_args,
                       call->error_arg_count);
}

Step il_slow_native(Machine *m, NativeCall *call, NativeOutcome outcome) {
  switch (outcome) {
    case NATIVE_VALUE:
      il_stack_return(m, call->result);
      return STEP_GO;
    case NATIVE_THROW:
      return throw_from_native(m, call);
    case NATIVE_NEED:
      return il_slow_collect(m, call->need, 1);
    case NATIVE_TAIL:
      return tail_call(m, call);
    case NATIVE_CALL:
      return call_from_native(m, call);
    case NATIVE_BLOCKED:
      set_stage(m->fp, call->stage ? call->stage : 1);
      m->outcome = m->is_stopping ? MACHINE_STOPPED : MACHINE_BLOCKED;
      return STEP_LEAVE;
    case NATIVE_RESUME:
      return il_coroutine_resume(m, false);
    case NATIVE_RESUME_ERROR:
      return il_coroutine_resume(m, true);
    case NATIVE_APPLY:
      return il_invoke_apply(m);
  }
  IL_UNREACHABLE();
}

// Also entered with i == 0, when the driver runs a blocked machine again.
Step il_slow_native_resume(Machine *m, Instruction i) {
  const Function *self = il_frame_function(m->fp);
  Reg slot = i ? il_a(i) : (Reg)(self->frame_words - 1);
  NativeCall call = {.machine = m,
                     .heap = m->heap,
                     .isolate = m->isolate,
                     .program = m->world->program,
                     .self = self};
  for (;;) {
    call.args = m->fp;
    call.stage = get_stage(m->fp);
    call.resumed = i ? m->fp[slot] : 0;
    NativeOutcome outcome = m->world->natives[self->native](&call);
    if (outcome != NATIVE_NEED) return il_slow_native(m, &call, outcome);
    if (il_heap_reserve(m->heap, call.need) != IL_OK) {
      return il_throw_out_of_memory(m);
    }
  }
}

// ---- errors

static NativeOutcome throw_core(NativeCall *call, CoreFunction f,
                                uint32_t count) {
  call->throws_core = true;
  call->core = (uint8_t)f;
  call->error_arg_count = (uint8_t)count;
  return NATIVE_THROW;
}

NativeOutcome il_throw_range_error(NativeCall *call, int64_t index,
                                   int64_t length) {
  call->error_args[0] = (uint64_t)index;
  call->error_args[1] = (uint64_t)length;
  return throw_core(call, CORE_RANGE_ERROR, 2);
}

NativeOutcome il_throw_core_error(NativeCall *call, CoreFunction f,
                                  const uint64_t *args, uint32_t count) {
  IL_ASSERT(count <= IL_COUNT_OF(call->error_args));
  for (uint32_t i = 0; i < count; i++) call->error_args[i] = args[i];
  return throw_core(call, f, count);
}
