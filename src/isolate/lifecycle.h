// lifecycle.h: the states of an isolate and the moves between them.
//
// lifecycle.def is the table. Nothing else assigns a state: whoever thinks that
// something has happened says so to il_lifecycle_move, which looks it up.
//
// Owner:     the state lives inside an isolate.
// Threads:   moved by the worker that runs the isolate; read by any.
// Allocates: nothing.
// Fails:     a move that the table does not have ends the process: our fault.
#ifndef IL_ISOLATE_LIFECYCLE_H
#define IL_ISOLATE_LIFECYCLE_H

#include <stdatomic.h>

#include "base/common.h"

typedef enum IsolateState {
#define STATE(id, text) ISOLATE_##id,
#define MOVE(from, event, to)
#include "isolate/lifecycle.def"
#undef STATE
#undef MOVE
  ISOLATE_STATE_COUNT
} IsolateState;

typedef enum IsolateMove {
  MOVE_BEGIN,
  MOVE_PREEMPT,
  MOVE_BLOCK,
  MOVE_WAIT,
  MOVE_PAUSE,
  MOVE_END,
  MOVE_ABANDON,
  ISOLATE_MOVE_COUNT
} IsolateMove;

typedef _Atomic(uint8_t) Lifecycle;  // the owner stores, any loads (relaxed)

void il_lifecycle_init(Lifecycle *life);
void il_lifecycle_move(Lifecycle *life, IsolateMove move);

static inline IsolateState il_lifecycle_get(Lifecycle *life) {
  return (IsolateState)atomic_load_explicit(life, memory_order_relaxed);
}

// The name as in the table.
const char *il_lifecycle_name(IsolateState state);

#endif
