// step.h: what the files of this room share.
//
// A slow path is a C function that gets the machine with its registers saved
// (pc: of the next instruction), changes them, and says whether to go on. To
// retry an instruction it moves pc back. Frames that the machine itself needs
// between two Dart frames (to box a result, to throw what a core function
// makes, to store a static) are frames of stubs: functions of this room, with
// ordinary code (stub.c), so that the collector and the unwinder know only one
// kind of frame.
//
// Owner:     the machine.
// Threads:   its worker.
// Allocates: may grow the stack: pointers into it are stale after.
// Fails:     by throwing, which is a STEP_GO at the handler.
#ifndef ISLE_EXEC_STEP_H
#define ISLE_EXEC_STEP_H

#include "exec/access.h"
#include "exec/machine.h"
#include "object/object.h"

typedef enum {
  STEP_GO,      // continue at m->pc in frame m->fp
  STEP_LEAVE,   // leave with m->outcome
} Step;

enum { STATE_IDLE, STATE_READY, STATE_BLOCKED };

typedef enum {
  STUB_BASE_REF,    // under the first frame; CALL, EXIT
  STUB_BASE_RAW,
  STUB_BOX_INT,     // a result on its way to who wants a reference
  STUB_BOX_DOUBLE,
  STUB_BOX_BOOL,
  STUB_THROW,       // throws what the callee returns
  STUB_STATIC_REF,  // i[0] = number of the static
  STUB_STATIC_RAW,
  STUB_NO_SUCH_METHOD,  // v[2] = receiver; the callee makes the Invocation
  STUB_UNBOX_INT,   // a reference result on its way to who wants it raw
  STUB_UNBOX_DOUBLE,
  STUB_UNBOX_BOOL,
  STUB_CALL_AGAIN,  // a getter's result is called; see invoke.c
  STUB_COUNT
} Stub;

const Function *il_stub(Stub stub);

static inline const Function *il_frame_function(const uint64_t *fp) {
  return (const Function *)(uintptr_t)fp[-3];
}
static inline const Instruction *il_frame_return_pc(const uint64_t *fp) {
  return (const Instruction *)(uintptr_t)fp[-2];
}
static inline uint32_t il_frame_link(const uint64_t *fp) {
  return (uint32_t)fp[-1];
}
static inline const Instruction *il_function_code(const Function *f) {
  return IL_REL(const Instruction, f->code);
}
static inline bool il_frame_is_base(const uint64_t *fp) {
  return il_frame_link(fp) == 0;
}
// Where the next call's arguments lie.
static inline uint64_t *il_frame_outgoing(const Machine *m) {
  return m->fp + il_frame_function(m->fp)->frame_words + FRAME_HEADER_WORDS;
}

// ---- stack.c
// Enters f as the callee of m->fp: its arguments lie in the outgoing area;
// m->pc is where it returns to. Clears its locals; grows the stack.
Step il_stack_enter(Machine *m, const Function *f);
// The interpreter has entered a frame that reaches beyond the limit.
Step il_stack_grow(Machine *m);
// Makes room for `words` above the outgoing area of the frame; the frame may
// move. False when the stack is at its limit: throw.
bool il_stack_reserve(Machine *m, size_t words);
// Pushes a stub's frame with its first slot set; the next call is its CALL.
bool il_stack_push_stub(Machine *m, Stub stub, uint64_t slot0);
enum { STUB_RAW0, STUB_RAW1, STUB_REF0, STUB_REF1 };   // slots of its frame
// Returns a word from m's frame to its caller.
void il_stack_return(Machine *m, uint64_t word);
Step il_stack_overflow(Machine *m);

// ---- throw.c
Step il_throw(Machine *m, Value error, Value trace);   // trace 0: make one
// Throws what a core function makes of its arguments (words of its frame).
Step il_throw_core(Machine *m, CoreFunction f, const uint64_t *args,
                   uint32_t count);
Step il_throw_out_of_memory(Machine *m);
// "a String where an int should be", with a trace, on stderr.
void il_throw_report_type(Machine *m, TypeId type, TypeId wanted);

// ---- slow paths of instructions; i is the instruction at m->pc - words
// Collects for an allocation of size_bytes; runs the instruction (of `words`
// words) again.
Step il_slow_collect(Machine *m, size_t size_bytes, uint32_t words);
Step il_slow_native(Machine *m, NativeCall *call, NativeOutcome outcome);
Step il_slow_native_resume(Machine *m, Instruction i);
Step il_slow_static(Machine *m, StaticId id);          // runs the initialiser
void il_static_set(Machine *m, StaticId id, uint64_t word);
bool il_static_is_initialized(const Machine *m, StaticId id);
Step il_slow_static_done(Machine *m, Instruction i);
Step il_slow_box(Machine *m, Instruction i);           // BOX_INT, BOX_DOUBLE
Step il_slow_arithmetic(Machine *m, Instruction i);    // faults of numbers
Step il_slow_new_closure(Machine *m, Instruction i);
Step il_slow_closure_copy(Machine *m, Instruction i);
Step il_slow_new_array(Machine *m, Instruction i);
Step il_slow_tear_off(Machine *m, Instruction i);
Step il_slow_new_record(Machine *m, Instruction i);
Step il_slow_new_list(Machine *m, Instruction i);
Step il_slow_list_add(Machine *m, Instruction i);
Step il_slow_type_value(Machine *m, Instruction i);
Step il_slow_instantiate(Machine *m, Instruction i);
Step il_slow_as_type(Machine *m, Instruction i);       // also ASSERT_TYPE
Step il_slow_not_null(Machine *m, Instruction i);
Step il_slow_check_bound(Machine *m, Instruction i);
bool il_slow_identical(Value a, Value b);
Step il_slow_array_range(Machine *m, Value array, uint64_t index);
// Items of lists that hold words, boxed and unboxed. False: the general call.
bool il_slow_list_get(Heap *heap, Value list, uint64_t index, Value *item);
bool il_slow_list_set(Value list, uint64_t index, Value item);
// Objects for C paths; 0 or NULL: collect.
Value il_slow_type_object(Machine *m, TypeId type);
Value il_slow_name_string(Machine *m, Name name);   // null for no name
Array *il_slow_array(Machine *m, uint64_t length);  // of nulls
// Debug builds: that the class has a body for the selector; with --check-types
// also that the row says the member's.
void il_slow_check_receiver(Machine *m, SelectorId selector, ClassId c);
void il_slow_check_closure(Machine *m, Value v);
IL_NORETURN void il_slow_assert_failed(Machine *m, Instruction i);
// A closure of the method that the class has under the name; 0: collect.
Value il_invoke_tear_off(Machine *m, Value receiver, ClassId id, Name name,
                         MemberKind kind);

// ---- invoke.c
Step il_invoke_closure(Machine *m, Instruction i);
Step il_invoke_dynamic(Machine *m, Instruction i);
Step il_invoke_super(Machine *m, Instruction i);
Step il_invoke_again(Machine *m, Instruction i);
// The frame is that of the native Function.apply's helper.
Step il_invoke_apply(Machine *m);
// Calls the closure (or object with a call method) in outgoing slot 0 with the
// `count` references after it, from C: m->pc[-1] names the result's slot. What
// static types have not checked is checked here.
Step il_invoke_values(Machine *m, uint32_t count, bool is_checked);
// The same for a member of the object in slot 0.
Step il_invoke_member(Machine *m, Name name, MemberKind kind, uint32_t count);

// ---- coroutine.c
Step il_coroutine_make(Machine *m, Instruction i);
Step il_coroutine_suspend_await(Machine *m, Instruction i);
Step il_coroutine_start_generator(Machine *m, Instruction i);
Step il_coroutine_suspend_yield(Machine *m, Instruction i);
Step il_coroutine_resume(Machine *m, bool is_error);

// ---- interpreter.c
MachineOutcome il_interpret(Machine *m);

#endif
