// machine.h: the execution state of one isolate.
//
// A machine runs Dart functions on a stack of its own: a Dart call is no C
// call. It stops at any safepoint (calls and backward jumps) and goes on
// later, on another thread too; between il_machine_run calls everything is in
// this struct and on the stack.
//
//   stack ─▶ +--------+-----------+--------+--------+--------+ ... limit | slack
//            | header | base      | header | frame  | header |
//            +--------+-----------+--------+--------+--------+
//                     ▲ its code is CALL, EXIT      ▲ fp (saved as an offset)
//
// The stack exists only while something runs; it grows by copying, since links
// are offsets. Past its limit the program gets a StackOverflowError, and the
// slack lets handlers run.
//
// The budget: each safepoint counts it down; when it is used up the machine
// says MACHINE_PREEMPTED and whoever drives it looks at control messages,
// limits and other isolates, and calls il_machine_run again.
//
// Owner:     the isolate.
// Threads:   the worker that runs the isolate.
// Allocates: the stack and static pages, from memory.
// Fails:     by Dart exceptions.
#ifndef ISLE_EXEC_MACHINE_H
#define ISLE_EXEC_MACHINE_H

#include "exec/native.h"
#include "exec/world.h"

typedef enum {
  MACHINE_DONE,        // result: in the representation of the function called
  MACHINE_THREW,       // error, trace
  MACHINE_PREEMPTED,   // the budget is used up: call il_machine_run again
  MACHINE_BLOCKED,     // a native waits: il_machine_run runs it again, stage 1
  MACHINE_STOPPED,     // il_machine_stop was called by a native (Isolate.exit);
                       // only il_machine_reset may follow
} MachineOutcome;

#define STATIC_PAGE_SLOTS 32

// A page of static fields. Until an isolate writes to a page it reads the
// world's, which has the initial values.
typedef struct StaticPage {
  uint64_t slots[STATIC_PAGE_SLOTS];
  uint32_t initialized;   // bits
  bool is_own;            // of this isolate
} StaticPage;

struct Machine {
  // What the interpreter keeps in registers while it runs.
  const Instruction *pc;  // of the next instruction
  uint64_t *stack;        // NULL while nothing runs
  uint64_t *fp;           // valid while the stack is
  uint64_t *limit;        // a frame may not reach beyond
  int64_t budget;
  World *world;
  Heap *heap;
  Isolate *isolate;       // opaque here: natives want it
  StaticPage **statics;   // the world's table until the first write
  // Results.
  uint64_t result;
  Value error, trace;
  // Sizes.
  uint32_t stack_words;   // up to the limit
  uint32_t allocated_words;  // with the slack
  uint32_t max_words;     // limit for growth
  uint8_t state;          // idle, ready or blocked
  uint8_t outcome;        // MachineOutcome of the last run
  uint8_t owns_statics;   // the table is ours
  uint8_t is_overflowing; // the slack is in use
  uint8_t is_stopping;
  uint8_t throws_at_start;
  uint8_t result_is_ref;
  uint32_t outgoing_refs; // references in the outgoing area of m->fp that are
                          // alive while a call is being prepared
  uint64_t preempt_count; // how often it was preempted
#if IL_DEBUG
  uint64_t instruction_count; // executed
#endif
};

// The defaults; a machine's max_words may be changed before it runs.
#define MACHINE_FIRST_WORDS 256u
#define MACHINE_MAX_WORDS (4u << 20)   // 32 MiB
#define MACHINE_SLACK_WORDS 1024u

// The world and the heap are borrowed.
void il_machine_init(Machine *m, World *world, Heap *heap, Isolate *isolate);
void il_machine_drop(Machine *m);
// Forgets all frames and frees the stack; statics stay.
void il_machine_reset(Machine *m);

// A driver with many machines keeps a stack of the first size for the next that
// runs: lends it to a machine without one, and takes it back (NULL when it has
// grown) once nothing runs.
static inline void il_machine_lend_stack(Machine *m, uint64_t *stack) {
  m->stack = stack;
  m->stack_words = m->allocated_words = MACHINE_FIRST_WORDS;
  m->limit = stack + MACHINE_FIRST_WORDS;
}
static inline uint64_t *il_machine_take_stack(Machine *m) {
  uint64_t *stack = m->stack;
  if (m->allocated_words != MACHINE_FIRST_WORDS) return NULL;
  m->stack = m->fp = m->limit = NULL;
  m->stack_words = m->allocated_words = 0;
  return stack;
}

// Prepares a call; nothing else may be running. args are the words of the
// callee's frame: references first, then raw ones (program.h).
void il_machine_call(Machine *m, FunctionId f, const uint64_t *args,
                     uint32_t count);
// Prepares the call of a closure with positional arguments (references); the
// result is a reference. At most 8 arguments; is_checked: of any types, which
// may be wrong.
void il_machine_call_closure(Machine *m, Value closure, const Value *args,
                             uint32_t count, bool is_checked);

// Runs until one of the outcomes, for at most `budget` safepoints.
MachineOutcome il_machine_run(Machine *m, int64_t budget);

// Is a call prepared or suspended?
bool il_machine_is_running(const Machine *m);
// From a native: the machine comes to its driver at the next safepoint.
void il_machine_preempt(Machine *m);
// From a native: no Dart code of this isolate runs any more.
void il_machine_stop(Machine *m);

// Visits every reference: frames, statics, result, error, trace.
void il_machine_each_root(Machine *m, EdgeFn *visit, void *context);

#endif
