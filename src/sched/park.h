// park.h: a place where one thread sleeps until another gives it a token.
//
// A park holds at most one token. `il_park_wait` takes it, or sleeps until it
// comes or until a time of il_clock_now_ns; `il_park_give` puts it
// there. A token given before the wait is not lost, and neither call makes a
// system call unless somebody really sleeps. Nothing spins.
//
//     EMPTY ──give──▶ TOKEN ──wait──▶ EMPTY
//       │ wait                          ▲
//       ▼                               │
//     ASLEEP ──give (and a futex wake)──┘   or the deadline passes
//
// It is a Linux futex: absolute deadlines, as precise as the kernel's timers.
//
// Owner:     the struct lives inside a worker.
// Threads:   one waits; any gives.
// Allocates: nothing.
// Fails:     never; a wait may end early only by its token or its deadline.
#ifndef IL_SCHED_PARK_H
#define IL_SCHED_PARK_H

#include <stdatomic.h>

#include "base/common.h"

// A deadline that never comes.
#define IL_NEVER UINT64_MAX

typedef struct Park {
  // The waiter moves EMPTY to ASLEEP and back; any giver sets TOKEN (release),
  // the waiter takes it (acquire).
  _Atomic(uint32_t) state;
} Park;

void il_park_init(Park *park);

// Sleeps until a token comes (true) or the deadline has passed (false).
bool il_park_wait(Park *park, uint64_t deadline_ns);

// Gives the token; wakes the waiter when it sleeps.
void il_park_give(Park *park);

// Asks the kernel for precise wake-ups of the calling thread: by default it
// may delay each by 50 microseconds.
void il_park_make_precise(void);

#endif
