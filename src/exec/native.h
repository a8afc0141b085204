// native.h: C functions called from Dart.
//
// A native does not call Dart and does not collect. It reads its arguments
// from the callee's frame slots (program.h: references first, then raw), and
// ends in one of six ways:
//
//   NATIVE_VALUE    the result is in call->result (raw or reference, as declared)
//   NATIVE_THROW    call->result is the error object; or, made by core code:
//                   return il_throw_range_error(call, index, length), ...
//   NATIVE_NEED     collect, guarantee call->need bytes, run me again: so
//                   allocate before any side effect
//   NATIVE_TAIL     call->function with the arguments laid out at call->args
//                   becomes this call (il_native_tail_*)
//   NATIVE_CALL     call the Dart function call->function, then resume me with
//                   its result in call->resumed and call->stage != 0; state is
//                   kept in this frame's slots and call->stage
//   NATIVE_BLOCKED  the isolate waits for a request (io/); resumed later
//
// `args` are this frame's slots; natives with NATIVE_CALL may own scratch
// slots beyond their arguments: NATIVE_SCRATCH in natives/.
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
  FunctionId function;    // TAIL, CALL
  uint32_t stage;         // 0 at first; what the native left there after CALL
  uint64_t resumed;       // result of the Dart function called
} NativeCall;

typedef NativeOutcome NativeFn(NativeCall *call);

#define NATIVE(name) NativeOutcome il_native_##name(NativeCall *call)
#define NEED(bytes) (call->need = (bytes), NATIVE_NEED)
#define RETURN_VALUE(v) return (call->result = (uint64_t)(v), NATIVE_VALUE)

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
