// worker.h: the insides of workers and of the scheduler; for this room only.
//
// Who is awake. Each bit of `idle` is a worker that sleeps or is about to. Who
// makes a task available looks at `idle` afterwards; who goes to sleep sets its
// bit and looks at all queues afterwards; both in the one total order of
// sequentially consistent operations, so one of them sees the other.
// `searching` is 1 while some worker looks for work or was woken to look: then
// nobody else need be woken. A searcher that finds something passes the role on
// when there is more.
//
// The watch. At most one sleeper, the watcher, has a deadline: the earliest
// timer, and while others work a period after which it looks whether a worker
// is stuck in one long run with a task in its hand-off slot, and takes it.
//
// Owner:     the scheduler owns its workers; the host those it made.
// Threads:   as said at each field.
// Allocates: see sched.h.
// Fails:     see sched.h.
#ifndef IL_SCHED_WORKER_H
#define IL_SCHED_WORKER_H

#include "base/lock.h"
#include "sched/blocking.h"
#include "sched/choice.h"
#include "sched/run_queue.h"
#include "sched/sched.h"
#include "sched/timer.h"

enum {
  WORKER_LIMIT = 64,   // bits of Sched.idle
  HANDOFF_LIMIT = 16,  // uses of the slot in a row
  GLOBAL_PERIOD = 61,  // switches between looks at the global queue
  CLOCK_PERIOD = 8,    // switches between looks at the clock
  GLOBAL_BATCH = 64,   // tasks taken from the global queue at once
  WATCH_NS = 200000,   // first period of the watch
  WATCH_MAX_NS = 10000000,
  NOBODY = WORKER_LIMIT,  // no watcher
};

typedef enum TaskState {
  TASK_IDLE = 0,
  TASK_WOKEN = 1,
  TASK_RUNNING = 2,
  TASK_DEAD = 4,
} TaskState;

// A count that one thread writes and any reads.
typedef _Atomic(uint64_t) Count;

// Tasks linked by Task.next.
typedef struct TaskList {
  Task *first, *last;
  uint32_t count;
} TaskList;

struct Worker {
  // Its own thread's.
  Sched *sched;
  void *local;
  uint32_t index;
  uint32_t tick;
  uint32_t handoff_streak;
  uint64_t watch_period_ns;
  uint64_t seen_switches[WORKER_LIMIT];  // of the others, at the last watch
  Choices choices;
  pthread_t thread;
  bool has_thread;  // written under start_lock
  Count switches, handoffs, preemptions, steals, parks, timers;

  // Others' too.
  char apart[64];              // what others touch lies in other cache lines
  _Atomic(bool) is_searching;  // set by the waker before the token
  _Atomic(Task *) handoff;     // the owner puts; the owner or a watcher takes
  Park park;
  RunQueue queue;

  // Only for a pinned worker: what others woke, and how to tell the host.
  Lock inbox_lock;
  TaskList inbox;
  void (*host_wake)(void *context);
  void *host_context;
};

struct Sched {
  SchedConfig config;
  _Atomic(uint32_t) worker_count;  // lowered when no thread can be had
  bool has_stopped;  // the embedder's thread
  // Set once by the thread that stops it (seq_cst), read by workers.
  _Atomic(bool) is_stopping;

  char apart_idle[64];
  _Atomic(uint64_t) idle;           // see above; seq_cst
  _Atomic(uint32_t) searching;      // see above; seq_cst
  Lock start_lock;                  // one thread is started at a time
  _Atomic(uint32_t) started_count;  // written under start_lock
  Lock watch_lock;
  // These three are written under watch_lock, read by any.
  _Atomic(uint32_t) watcher;            // the index of a sleeper, or NOBODY
  _Atomic(uint64_t) watch_deadline_ns;  // when it wakes, IL_NEVER for nobody
  _Atomic(bool) has_sentry;             // it will look at the hand-off slots

  char apart_global[64];
  Lock global_lock;
  TaskList global;                 // under its lock
  _Atomic(uint32_t) global_count;  // written under it (seq_cst), read by any

  TimerHeap timers;
  BlockingPool blocking;

  Lock wait_lock;  // of those in il_sched_run_until
  Condition wait_news;

  // The seeded mode: everything runs in workers[0], on the caller's thread.
  Lock ready_lock;
  Task **ready;  // under ready_lock
  uint32_t ready_count, ready_capacity;
  _Atomic(uint64_t) virtual_now_ns;  // written by the driving thread

  Worker *workers[WORKER_LIMIT];  // [i] is set before started_count > i
};

static inline void il_worker_count(Count *count) {
  atomic_store_explicit(count,
                        atomic_load_explicit(count, memory_order_relaxed) + 1,
                        memory_order_relaxed);
}

// Makes a worker without a thread; NULL when memory is short.
Worker *il_worker_new(Sched *sched, uint32_t index);
void il_worker_free(Worker *worker);

// The thread's function.
void *il_worker_main(void *worker);

// Puts tasks into the global queue; takes up to `limit` out of it.
void il_sched_put_global(Sched *sched, Task *first, Task *last, uint32_t count);
TaskList il_sched_take_global(Sched *sched, uint32_t limit);

// Wakes or starts one worker, if there is one to wake and none is searching.
void il_sched_call_worker(Sched *sched);

// Wakes the watcher, or any sleeper to become it, so that the watch is set
// anew.
void il_sched_call_watcher(Sched *sched);

// True when some queue holds a task.
bool il_sched_has_work(Sched *sched);

// Gives a task that has just become WOKEN to the worker it is pinned to.
void il_worker_put_inbox(Worker *worker, Task *task);

// The task runs; its new state is set, and true returned when it must be
// queued again.
bool il_task_run(Task *task, Worker *worker);

// replay.c: the seeded mode.
bool il_replay_init(Sched *sched);
void il_replay_stop(Sched *sched);
void il_replay_drop(Sched *sched);
void il_replay_put(Sched *sched, Task *task);
bool il_replay_run_until(Sched *sched, SchedPredicateFn *holds, void *context);
bool il_replay_should_yield(Worker *worker);

#endif
