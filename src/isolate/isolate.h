// isolate.h: one isolate.
//
// An isolate is a heap, a machine, a slot that others can send to, and what its
// event loop keeps: ports with handlers, microtasks, timers, listeners. It is a
// task of the scheduler: its slot is the task, and il_isolate_run its run
// function. Each call goes on where the last one stopped:
//
//      ┌─▶ controls ─▶ stack suspended? ── run the machine ──▶ budget used up
//      │                   │ no                                  │ yield?
//      │              microtasks? ── start the next        ▼
//      │                   │ no                               TASK_YIELD
//      │                paused? ── TASK_WAIT
//      │                   │ no
//      └── due timer or event ── start its handler
//                          │ none
//                       live port, timer? ── TASK_WAIT ── none: the end
//
// What is seldom there (listeners, pause tokens, a large message under way) is
// in the Extra, made on demand, so that an idle isolate stays small.
//
// Owner:     the group; the struct is freed as the isolate ends.
// Threads:   the worker that runs it; others reach it through its slot only.
// Allocates: its heap from the group's pool; lists from the system.
// Fails:     il_isolate_spawn says IL_NO_MEMORY.
#ifndef IL_ISOLATE_ISOLATE_H
#define IL_ISOLATE_ISOLATE_H

#include "base/vec.h"
#include "exec/machine.h"
#include "isolate/event.h"
#include "isolate/group.h"
#include "isolate/lifecycle.h"
#include "isolate/message.h"
#include "isolate/request.h"

typedef IL_VEC(Mail *) MailVec;
typedef IL_VEC(PortId) PortVec;
typedef IL_VEC(uint64_t) PauseVec;

typedef struct IsolateExtra {
  MailVec exit_responses;  // sent at the end, each to its port
  PortVec error_listeners;
  PauseVec pause_tokens;  // paused while there is one
  MailVec later;          // controls that wait for the end of the event
  Mail *last_words;       // of Isolate.exit: sent before the exit responses
  // A large message: under way, then what came of it, for the native's second
  // run.
  MessageCopy *copy;
  MessageResult copy_result;
  Mail *copy_mail;
  Value copy_culprit;
  Mail *farewell;  // of Isolate.exit: its root's memory is being handed over
  Request *kept;     // the last call of the system, for its results; or NULL
  Request *started;  // those under way that it does not wait for
  uint64_t started_count;  // so far
  uint64_t cpu_ns, cpu_since_ns;  // used; measured up to; see limit.h
} IsolateExtra;

typedef enum IsolatePhase {
  PHASE_START,       // the start mail is to be taken
  PHASE_IDLE,        // between events
  PHASE_EVENT,       // a handler, the entry or main runs
  PHASE_MICROTASKS,  // _runMicrotasks runs
  PHASE_UNCAUGHT,    // _uncaught runs for an error
} IsolatePhase;

struct Isolate {
  Heap heap;
  Slot *slot;
  Group *group;
  Worker *worker;  // that runs it now
  Machine machine;
  IsolateExtra *extra;       // or NULL
  Mail *mail;                // taken from the box, oldest first
  Request *request;          // that a blocked native waits for, or NULL
  uint64_t delivered_bytes;  // of mail, not yet taken from the slot's account
  PortList ports;
  TimerList timers;
  MicrotaskRing microtasks;
  Value name;  // debugName, a string or null
  uint64_t pause_capability, terminate_capability;
  uint32_t capability_count;
  const Limits *limits;
  uint64_t sent_count;           // messages not yet added to the worker's
  uint32_t counted_collections;  // added to the worker's
  Lifecycle life;
  uint8_t phase;  // IsolatePhase
  bool errors_fatal;
  bool is_ending;  // killed, exited or failed: no Dart code runs any more
  bool has_failed;
  uint8_t end;     // IsolateEnd, once it is_ending for another reason
  bool took_timer;           // the last event was a timer: mail has its turn
  uint8_t spawn_kind;        // SpawnKind
  Isolate *next, *previous;  // in the group, under its lock
};

// What the first event, the start mail, is for: Isolate.spawn's function, which
// gets it whole; or the program's main, whose arguments are its items.
// Or an isolate of the host's that stays, for dart:isolate's _runHosted.
typedef enum SpawnKind { SPAWN_ENTRY, SPAWN_MAIN, SPAWN_HOSTED } SpawnKind;

typedef struct SpawnOptions {
  bool errors_fatal;
  bool is_paused;
  Mail *on_exit;    // a ready response, consumed; or NULL
  PortId on_error;  // or 0
  Worker *worker;   // the caller's, or NULL
  Worker *pin;      // a host's worker, or NULL
  const Limits *limits;  // kept by the group; NULL: the group's
} SpawnOptions;

typedef struct Spawned {
  PortId control;
  uint64_t pause_capability, terminate_capability;
} Spawned;

// Makes an isolate and wakes it. Consumes the mail also when it fails:
// IL_NO_MEMORY, or IL_LIMIT for too many isolates.
Status il_isolate_spawn(Group *group, SpawnKind kind, Mail *start,
                        const SpawnOptions *options, Spawned *spawned);

// What Isolate.spawnUri asks of the host. The start mail, for SPAWN_MAIN, and
// options.on_exit are the host's to use or free; the texts are borrowed. The
// answer is a mail for `reply` (il_plain_to_mail): a list of the new isolate's
// control port and its two capabilities, or a text that says what failed.
struct SpawnUriRequest {
  Group *parent;
  Text uri;
  Text package_config;  // empty: the parent's
  Mail *start;
  PortId reply;
  SpawnOptions options;
};

// The run function, in loop.c.
TaskOutcome il_isolate_run(Task *task, Worker *worker);

// Frees the blocks for isolates that a worker has kept.
void il_isolate_cache_drop(WorkerCache *cache);

// Frees everything but the slot, and tells who wants to know: the last act.
void il_isolate_end(Isolate *isolate, IsolateMove move);

// The isolate of a running native.
static inline WorkerCache *il_isolate_cache(Isolate *isolate) {
  return isolate->worker ? il_worker_local(isolate->worker) : NULL;
}

// Is a large message under way? Then nobody may touch the heap.
static inline bool il_isolate_is_copying(const Isolate *isolate) {
  const IsolateExtra *extra = isolate->extra;
  return extra && (extra->copy || extra->farewell);
}

// Makes sure that there is an Extra.
IsolateExtra *il_isolate_extra(Isolate *isolate);

// A number that no other call in the process gives.
uint64_t il_isolate_new_capability(Isolate *isolate);

// The control port of an isolate.
static inline PortId il_isolate_control(Isolate *isolate) {
  return il_port_make(isolate->slot, PORT_CONTROL);
}

// An isolate has a stack only while something runs: it borrows the worker's
// spare one, and returns it with nothing running any more.
void il_isolate_borrow_stack(Isolate *isolate);
void il_isolate_return_stack(Isolate *isolate);

// The isolate ends at the next safepoint (Isolate.exit, a fatal error).
void il_isolate_end_soon(Isolate *isolate, bool has_failed);
// The same, for a reason of limit.h.
void il_isolate_end_for(Isolate *isolate, int end);

// Adds what has been counted to the worker's sums.
void il_isolate_flush_counts(Isolate *isolate);

#endif
