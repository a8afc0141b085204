// sched.h: runs very many tasks on a few threads.
//
// A task is a struct embedded in the thing that is run (an isolate). Whoever
// has news for it wakes it; a worker thread then calls its run function, which
// works for a while and says how it ended: done for good, still busy (it goes
// to the tail of the queue), or waiting (it sleeps until the next wake). A task
// never runs on two workers at once, and no wake is lost: a wake that comes
// while the task runs makes it run once more.
//
//              wake                    taken by a worker
//     IDLE ───────────▶ WOKEN (queued) ────────────────▶ RUNNING ──DONE──▶ DEAD
//      ▲                    ▲                             │    │wake
//      │ WAIT               │ YIELD, or WAIT after a wake │    ▼
//      └────────────────────┼─────────────────────────────┘  RUNNING|WOKEN
//                           └──────────────────────────────────┘
//
// Each worker has a hand-off slot, a queue, and takes from a global queue and
// from other workers when it has nothing. A task woken by a task goes into the
// slot: the receiver of a message runs next, on the same core, without a system
// call. The slot is used HANDOFF_LIMIT times in a row at most, then the queue
// has its turn. Workers without work sleep; at most one at a time is searching.
// Threads start when there is work for them.
//
// A task may also be pinned to a thread of the host program, which drives it.
//
// With a seed there are no threads: the caller of il_sched_run_until runs every
// task, every choice comes from the seed, and the clock is virtual.
//
// Owner:     il_sched_new's caller; tasks belong to their owners and must stay
//            readable for late wakes as long as the scheduler lives (a slot
//            that is used again is fine: il_task_init comes last).
// Threads:   as said at each function.
// Allocates: workers, timers, overflow: outside any heap.
// Fails:     il_sched_new returns NULL; il_timer_set says IL_NO_MEMORY.
#ifndef IL_SCHED_SCHED_H
#define IL_SCHED_SCHED_H

#include <stdatomic.h>

#include "base/common.h"
#include "base/status.h"
#include "sched/park.h"

typedef struct Sched Sched;
typedef struct Task Task;
typedef struct Worker Worker;
typedef struct BlockingJob BlockingJob;

typedef enum TaskOutcome {
  TASK_DONE,   // never run it again
  TASK_YIELD,  // it can go on: to the tail of the queue
  TASK_WAIT,   // it sleeps until woken
} TaskOutcome;

typedef TaskOutcome TaskRunFn(Task *task, Worker *worker);

struct Task {
  // Bits of TaskState. Any thread adds WOKEN (seq_cst); the worker that runs
  // the task changes the rest.
  _Atomic(uint32_t) state;
  uint32_t timer_place;           // under the timer heap's lock
  _Atomic(uint64_t) deadline_ns;  // written under the same lock
  Task *next;                     // link in the global queue or an inbox
  TaskRunFn *run;
  Sched *sched;
  Worker *pin;  // the host's worker that alone may run it, or NULL
};

typedef struct SchedConfig {
  uint32_t workers;     // threads at most; 0: one per core
  uint64_t seed;        // not 0: the deterministic mode
  bool preempt_stress;  // every poll asks for a switch
  void *context;        // for the hooks
  // Called on a worker's own thread as it starts, as it is about to sleep, and
  // as it ends; each may be NULL. il_worker_set_local keeps what they make.
  void (*worker_start)(Worker *worker, void *context);
  void (*worker_idle)(Worker *worker, void *context);
  void (*worker_stop)(Worker *worker, void *context);
  // Called once for each task that said TASK_DONE, when the scheduler will not
  // touch it again: its owner may free or reuse it.
  void (*task_done)(Task *task, Worker *worker, void *context);
} SchedConfig;

// Sums over the workers; each is exact once they rest.
typedef struct SchedCounts {
  uint64_t switches;     // runs of a task
  uint64_t handoffs;     // of those, from the hand-off slot
  uint64_t preemptions;  // runs that ended by TASK_YIELD
  uint64_t steals;       // times a worker robbed another
  uint64_t parks;        // times a worker slept
  uint64_t timers;       // deadlines that came
} SchedCounts;

// ---- the scheduler -------------------------------------------------------

// Makes one; threads start later. NULL when memory is short.
Sched *il_sched_new(const SchedConfig *config);

// Stops the workers after the task each is running, lets the blocking jobs
// finish and joins all threads. Tasks that have not ended stay as they are, with
// their owners; waking them does nothing of use any more. Not from a worker.
void il_sched_stop(Sched *sched);

// Stops if need be, and frees.
void il_sched_free(Sched *sched);

// Waits until the predicate holds; it is asked first and after each
// il_sched_notify, under a lock: it must be quick and wake nothing. With a
// seed this call does the running, and returns false when the predicate does
// not hold and nothing can run any more; else it returns true.
typedef bool SchedPredicateFn(void *context);
bool il_sched_run_until(Sched *sched, SchedPredicateFn *holds, void *context);

// Tells waiters in il_sched_run_until that their predicate may hold now. Any
// thread.
void il_sched_notify(Sched *sched);

// The monotonic clock, or the virtual one. Any thread.
uint64_t il_sched_now_ns(Sched *sched);

// Time since 1970-01-01 UTC, from the wall clock or the virtual one.
uint64_t il_sched_wall_ns(Sched *sched);

// True when there is a seed: one thread, no outside world.
bool il_sched_is_seeded(const Sched *sched);

SchedCounts il_sched_counts(Sched *sched);

// ---- tasks ---------------------------------------------------------------

// Prepares a task, IDLE. Everything else about the thing that is run must be
// ready before, for a late wake may make it run at once. `pin` is NULL or a
// worker of il_worker_new_pinned.
void il_task_init(Task *task, Sched *sched, TaskRunFn *run, Worker *pin);

// Prepares the memory of a task that nobody has yet: wakes do nothing.
void il_task_init_dead(Task *task);

// Makes the task run, or run once more. What the waker wrote before, the task
// sees. Any thread, any time; a dead task stays dead.
void il_task_wake(Task *task);

// The same from inside a run function on `worker`: the task comes next here.
void il_worker_wake(Worker *worker, Task *task);

// Wakes the task at a time of il_sched_now_ns; replaces its deadline; IL_NEVER
// takes it away. A task that ends loses its deadline. Any thread, but one at a
// time for each task.
Status il_timer_set(Task *task, uint64_t deadline_ns);

// ---- inside a run function -----------------------------------------------

// True when this worker has another task to run or a deadline has come: say
// TASK_YIELD soon. To be asked every 20 microseconds or so.
bool il_sched_should_yield(Worker *worker);

// Says that the running task will keep this worker for long: what waits here
// becomes free for others, and one of them is woken.
void il_worker_announce_long(Worker *worker);

// A number below `count`, from the worker's own stream or from the seed.
uint32_t il_worker_random(Worker *worker, uint32_t count);

Sched *il_worker_sched(const Worker *worker);
void il_worker_set_local(Worker *worker, void *local);
void *il_worker_local(const Worker *worker);

// ---- a worker driven by the host -----------------------------------------

// A worker without a thread, for tasks pinned to it. `wake` is called from any
// thread when it has something to do; it may only signal. NULL when memory is
// short. It must be freed before the scheduler, when its tasks have ended.
Worker *il_worker_new_pinned(Sched *sched, void (*wake)(void *context),
                             void *context);
void il_worker_free_pinned(Worker *worker);

// Runs what is ready, each task once; true when there is more to run now. One
// thread at a time.
bool il_worker_step(Worker *worker);

// ---- blocking calls ------------------------------------------------------

struct BlockingJob {
  BlockingJob *next;
  // Runs once, on a helper thread; may free the job. To report, wake a task.
  void (*run)(BlockingJob *job);
  // Readable when the job is cancelled or the scheduler stops: to be polled
  // beside what `run` waits for. Set before run; -1 with a seed.
  int cancel_fd;
  bool is_cancelled;  // the pool's
};

// Runs a job that may block for long; with a seed it runs at once, in the
// caller. IL_NO_MEMORY when no thread can be had: the job did not run.
Status il_blocking_submit(Sched *sched, BlockingJob *job);

// Asks a job to end soon, whether it runs or waits for a thread; nothing if it
// has ended. The caller sees to it that the job is not freed meanwhile.
void il_blocking_cancel(Sched *sched, BlockingJob *job);

#endif
