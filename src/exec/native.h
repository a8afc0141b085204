// native.h: C functions called from Dart.
//
// A native does not call Dart and does not collect. It reads its arguments
// from the callee's frame slots (program.h: references first, then raw), and
// ends in one of six ways:
//
//   NATIVE_VALUE    the result is in call->result (raw or reference, as declared)
//   NATIVE_THROW    call->result is the error object; or what core code makes:
//                   return il_throw_range_error(call, index, length), ...
//   NATIVE_NEED     collect, guarantee call->need bytes, run me again: so
//                   allocate before any side effect
//   NATIVE_TAIL     call->function with its arguments laid out at call->args
//                   becomes this call: return il_native_tail(call, function)
//   NATIVE_CALL     call a Dart function, then resume me with its result in
//                   call->resumed and call->stage as I set it (not 0); state
//                   is kept in this frame's slots. The arguments lie at
//                   il_native_outgoing(call), at most NATIVE_OUTGOING - 4:
//                     il_native_call(call, stage, function): as its frame
//                     il_native_call_closure(call, stage, n): the closure, then
//                     n references; the result is a reference
//                     il_native_call_member(call, stage, name, kind, n): the
//                     receiver, then n references; the result is a reference
//   NATIVE_BLOCKED  the isolate waits for a request (io/); run again with stage
//                   (at least 1) when the driver runs the machine again
//
// `args` are this frame's slots: references, then raw ones, then scratch slots
// of its own (program.h): raw ones at il_native_raw_scratch(call), three, and
// references, three, null at first, at il_native_ref_scratch(call). When a native
// is run again after NEED or CALL, `args` and all objects may have moved.
//
// Owner:     call lives on the machine's C stack for the time of the call.
// Threads:   the isolate's worker.
// Allocates: from call->heap by il_heap_allocate only.
// Fails:     as above; a native returns holding no lock.
#ifndef ISLE_EXEC_NATIVE_H
#define ISLE_EXEC_NATIVE_H

#include "heap/heap.h"

typedef struct Isolate Isolate;  // isolate/isolate.h
typedef struct Machine Machine;  // exec/machine.h: stack and execution state

typedef enum {
  NATIVE_VALUE,
  NATIVE_THROW,
  NATIVE_NEED,
  NATIVE_TAIL,
  NATIVE_CALL,
  NATIVE_BLOCKED,
  NATIVE_RESUME,        // exec's own: the coroutine in args[0] goes on here
  NATIVE_RESUME_ERROR,
  NATIVE_APPLY,         // exec's own: Function.apply
} NativeOutcome;

typedef struct NativeCall {
  Machine *machine;
  Heap *heap;
  Isolate *isolate;
  const Program *program;
  const Function *self;   // the Dart function whose body this is
  uint64_t *args;         // the frame's slots
  uint64_t result;        // VALUE, THROW
  size_t need;            // NEED
  uint32_t stage;         // 0 at first; what the native left there after CALL
  uint64_t resumed;       // result of the Dart function called, as it returns it
  // Set by the functions below.
  FunctionId function;    // TAIL, CALL; 0: a closure or member
  Name member;            // CALL
  uint8_t member_kind;
  uint8_t core;           // CoreFunction that makes the error
  bool throws_core;
  Value thrown_trace;     // THROW: the stack trace to throw with; 0: make one
  uint8_t error_arg_count;
  uint32_t arg_count;
  uint64_t error_args[4];
} NativeCall;

typedef NativeOutcome NativeFn(NativeCall *call);

#define NATIVE(name) NativeOutcome il_native_##name(NativeCall *call)
#define NEED(bytes) (call->need = (bytes), NATIVE_NEED)
#define RETURN_VALUE(v) return (call->result = (uint64_t)(v), NATIVE_VALUE)

// Scratch slots, see above.
static inline uint64_t *il_native_raw_scratch(const NativeCall *c) {
  return c->args + c->self->ref_arg_count + c->self->raw_arg_count;
}
static inline uint64_t *il_native_ref_scratch(const NativeCall *c) {
  return c->args + c->self->ref_local_start;
}
static inline uint64_t *il_native_outgoing(const NativeCall *c) {
  return c->args + c->self->frame_words + FRAME_HEADER_WORDS;
}
static inline NativeOutcome il_native_tail(NativeCall *c, FunctionId f) {
  c->function = f;
  return NATIVE_TAIL;
}
static inline NativeOutcome il_native_call(NativeCall *c, uint32_t stage,
                                           FunctionId f) {
  c->stage = stage;
  c->function = f;
  return NATIVE_CALL;
}
static inline NativeOutcome il_native_call_closure(NativeCall *c,
                                                   uint32_t stage,
                                                   uint32_t count) {
  c->stage = stage;
  c->function = 0;
  c->member = 0;
  c->arg_count = count;
  return NATIVE_CALL;
}
static inline NativeOutcome il_native_call_member(NativeCall *c,
                                                  uint32_t stage, Name name,
                                                  MemberKind kind,
                                                  uint32_t count) {
  c->stage = stage;
  c->function = 0;
  c->member = name;
  c->member_kind = (uint8_t)kind;
  c->arg_count = count;
  return NATIVE_CALL;
}

// Errors made by functions of core_function.def: `return il_throw_...`.
NativeOutcome il_throw_range_error(NativeCall *call, int64_t index,
                                   int64_t length);
// args: the words of the function's frame, references first; at most 4.
NativeOutcome il_throw_core_error(NativeCall *call, CoreFunction f,
                                  const uint64_t *args, uint32_t count);

static inline int64_t il_native_int(const NativeCall *c, uint32_t slot) {
  return (int64_t)c->args[slot];
}
static inline double il_native_double(const NativeCall *c, uint32_t slot) {
  double d;
  __builtin_memcpy(&d, &c->args[slot], sizeof d);
  return d;
}
static inline void il_native_return_double(NativeCall *c, double d) {
  __builtin_memcpy(&c->result, &d, sizeof d);
}

#endif
