// replay.c: the seeded mode. The caller's thread runs everything. Which ready
// task is next and whether a poll becomes a switch are drawn from the seed.
// The virtual clock moves by a fixed step at each switch and each poll, so that
// a loop that waits for the clock ends, and jumps to the next deadline when
// nothing is ready.
#include "base/memory.h"
#include "sched/worker.h"

// A poll comes after about this long, a switch costs about that.
static const uint64_t POLL_NS = 20000;
static const uint64_t SWITCH_NS = 1000;
static const uint64_t START_NS = 1000000;

static void advance(Sched *sched, uint64_t step_ns) {
  atomic_fetch_add(&sched->virtual_now_ns, step_ns);
}

bool il_replay_init(Sched *sched) {
  il_lock_init(&sched->ready_lock, RANK_WORKER);
  atomic_store(&sched->virtual_now_ns, START_NS);
  Worker *worker = il_worker_new(sched, 0);
  if (!worker) return false;
  sched->workers[0] = worker;
  atomic_store(&sched->started_count, 1);
  if (sched->config.worker_start) {
    sched->config.worker_start(worker, sched->config.context);
  }
  return true;
}

void il_replay_stop(Sched *sched) {
  Worker *worker = sched->workers[0];
  if (worker && sched->config.worker_stop) {
    sched->config.worker_stop(worker, sched->config.context);
  }
}

void il_replay_drop(Sched *sched) {
  if (sched->workers[0]) il_worker_free(sched->workers[0]);
  if (sched->ready) {
    il_memory_free(sched->ready, sched->ready_capacity * sizeof(Task *));
  }
  il_lock_drop(&sched->ready_lock);
}

void il_replay_put(Sched *sched, Task *task) {
  il_lock_take(&sched->ready_lock);
  if (sched->ready_count == sched->ready_capacity) {
    uint32_t before = sched->ready_capacity;
    sched->ready_capacity = before ? before * 2 : 64;
    sched->ready = il_memory_realloc(sched->ready, before * sizeof(Task *),
                                     sched->ready_capacity * sizeof(Task *));
  }
  sched->ready[sched->ready_count++] = task;
  il_lock_release(&sched->ready_lock);
}

// Any of the ready tasks; the last one fills its place.
static Task *take_ready(Sched *sched) {
  Task *task = NULL;
  il_lock_take(&sched->ready_lock);
  if (sched->ready_count) {
    uint32_t index = il_choice(&sched->workers[0]->choices, sched->ready_count);
    task = sched->ready[index];
    sched->ready[index] = sched->ready[--sched->ready_count];
  }
  il_lock_release(&sched->ready_lock);
  return task;
}

// Wakes every task whose deadline has come. Their order does not matter: the
// next choice is free among them.
static void fire_due(Sched *sched) {
  uint64_t now = atomic_load(&sched->virtual_now_ns);
  if (il_timer_heap_next_ns(&sched->timers) > now) return;
  for (Task *task; (task = il_timer_heap_take_due(&sched->timers, now));) {
    il_worker_count(&sched->workers[0]->timers);
    il_task_wake(task);
  }
}

bool il_replay_should_yield(Worker *worker) {
  Sched *sched = worker->sched;
  advance(sched, POLL_NS);
  fire_due(sched);
  if (sched->config.preempt_stress) return true;
  il_lock_take(&sched->ready_lock);
  bool has_others = sched->ready_count > 0;
  il_lock_release(&sched->ready_lock);
  return has_others && il_choice(&worker->choices, 2) == 0;
}

bool il_replay_run_until(Sched *sched, SchedPredicateFn *holds, void *context) {
  Worker *worker = sched->workers[0];
  while (!holds(context)) {
    fire_due(sched);
    Task *task = take_ready(sched);
    if (task) {
      advance(sched, SWITCH_NS);
      if (il_task_run(task, worker)) il_replay_put(sched, task);
      continue;
    }
    uint64_t next = il_timer_heap_next_ns(&sched->timers);
    if (next == IL_NEVER) return false;
    atomic_store(&sched->virtual_now_ns, next);
  }
  return true;
}
