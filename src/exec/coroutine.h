// coroutine.h: frames that are suspended in heap objects.
//
// A coroutine holds a copy of one frame. To suspend is to copy the frame into
// it, pop it and hand something to whoever called or resumed it; to resume is
// to push the frame again in place of the native `resume`, so that it returns
// to the one that called that. Only the frame on top can be suspended: what it
// calls is an ordinary call.
//
//   created ── resume ──▶ running ── await, yield ──▶ suspended
//                            ▲                            │
//                            └──────────── resume ────────┘
//
// Owner:     the heap.
// Threads:   the isolate's worker.
// Allocates: from the heap: one object, when it is made.
// Fails:     resuming one that runs is a fault of the library: fatal.
#ifndef ISLE_EXEC_COROUTINE_H
#define ISLE_EXEC_COROUTINE_H

#include "exec/machine.h"
#include "object/object.h"

enum {
  COROUTINE_RUNNING = 0,
  COROUTINE_SUSPENDED = 1,
  COROUTINE_YIELD_EACH = 2,   // flag: `current` is that of a yield*
};

// The natives of class _Coroutine: il_native_core__Coroutine_resume and so on.

#endif
