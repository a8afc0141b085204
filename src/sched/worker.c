// worker.c: what a worker thread does. In order: running a task, local queues,
// timers, looking for work, sleeping and the watch, the loop, then the calls
// that run functions make.
#include "sched/worker.h"

#include "base/clock.h"
#include "base/memory.h"

// ---- running a task ------------------------------------------------------

// Each change of state is a read-modify-write even where the old value does not
// matter: it reads the last waker's write, and so sees all that the waker did.
bool il_task_run(Task *task, Worker *worker) {
  IL_ASSERT(atomic_load(&task->state) == TASK_WOKEN);
  atomic_exchange(&task->state, TASK_RUNNING);
  il_worker_count(&worker->switches);
  TaskOutcome outcome = task->run(task, worker);
  if (outcome == TASK_YIELD) {
    il_worker_count(&worker->preemptions);
    atomic_exchange(&task->state, TASK_WOKEN);
    return true;
  }
  if (outcome == TASK_WAIT) {
    uint32_t seen = TASK_RUNNING;
    if (atomic_compare_exchange_strong(&task->state, &seen, TASK_IDLE)) {
      return false;
    }
    atomic_exchange(&task->state, TASK_WOKEN);  // woken meanwhile: once more
    return true;
  }
  Sched *sched = worker->sched;
  il_timer_set(task, IL_NEVER);
  atomic_exchange(&task->state, TASK_DEAD);
  if (sched->config.task_done) {
    sched->config.task_done(task, worker, sched->config.context);
  }
  return false;
}

// ---- local queues --------------------------------------------------------

static void push_local(Worker *worker, Task *task) {
  while (!il_run_queue_push(&worker->queue, task)) {
    Task *first, *last;
    uint32_t count = il_run_queue_spill(&worker->queue, &first, &last);
    if (count) il_sched_put_global(worker->sched, first, last, count);
  }
}

static Task *take_handoff(Worker *worker) {
  if (!atomic_load_explicit(&worker->handoff, memory_order_relaxed)) {
    return NULL;
  }
  return atomic_exchange(&worker->handoff, NULL);
}

static bool has_local_work(Worker *worker) {
  return atomic_load_explicit(&worker->handoff, memory_order_relaxed) ||
         il_run_queue_count(&worker->queue) > 0;
}

// The task ran and is still runnable. A sleeper is called when the worker has
// something else to do first.
static void requeue(Worker *worker, Task *task) {
  bool is_alone = !has_local_work(worker);
  push_local(worker, task);
  if (!is_alone) il_sched_call_worker(worker->sched);
}

// ---- timers --------------------------------------------------------------

// Queues the tasks whose time has come; true when there were some.
static bool fire_timers(Worker *worker) {
  Sched *sched = worker->sched;
  uint64_t next = il_timer_heap_next_ns(&sched->timers);
  if (next == IL_NEVER) return false;
  uint64_t now = (uint64_t)il_clock_now_ns();
  if (next > now) return false;
  uint32_t count = has_local_work(worker);
  uint32_t before = count;
  for (Task *task; (task = il_timer_heap_take_due(&sched->timers, now));) {
    il_worker_count(&worker->timers);
    if (atomic_fetch_or(&task->state, TASK_WOKEN) != TASK_IDLE) continue;
    if (task->pin) {
      il_worker_put_inbox(task->pin, task);
    } else {
      push_local(worker, task);
      count++;
    }
  }
  if (count > 1) il_sched_call_worker(sched);
  return count > before;
}

// ---- looking for work ----------------------------------------------------

static Task *take_from_global(Worker *worker, uint32_t limit) {
  if (atomic_load(&worker->sched->global_count) == 0) return NULL;
  TaskList batch = il_sched_take_global(worker->sched, limit);
  Task *first = batch.first;
  if (!first) return NULL;
  for (Task *task = first->next; task;) {
    Task *next = task->next;
    push_local(worker, task);
    task = next;
  }
  if (batch.count > 1) il_sched_call_worker(worker->sched);
  return first;
}

static Task *steal(Worker *worker) {
  Sched *sched = worker->sched;
  uint32_t count = atomic_load(&sched->started_count);
  uint32_t start = il_choice(&worker->choices, count);
  for (uint32_t i = 0; i < count; i++) {
    Worker *victim = sched->workers[(start + i) % count];
    if (victim == worker) continue;
    Task *task = il_run_queue_steal(&victim->queue, &worker->queue);
    if (!task) continue;
    il_worker_count(&worker->steals);
    return task;
  }
  return NULL;
}

// Takes from the slots of workers that have not switched since the last watch.
static Task *rescue_handoff(Worker *worker) {
  Sched *sched = worker->sched;
  uint32_t count = atomic_load(&sched->started_count);
  for (uint32_t i = 0; i < count; i++) {
    Worker *victim = sched->workers[i];
    if (victim == worker) continue;
    uint64_t switches =
        atomic_load_explicit(&victim->switches, memory_order_relaxed);
    bool is_stuck = switches == worker->seen_switches[i];
    worker->seen_switches[i] = switches;
    Task *task = is_stuck ? take_handoff(victim) : NULL;
    if (!task) continue;
    il_worker_count(&worker->steals);
    return task;
  }
  return NULL;
}

// The role of the one who searches; see worker.h.
static bool take_search(Worker *worker) {
  if (atomic_load_explicit(&worker->is_searching, memory_order_relaxed)) {
    return true;
  }
  uint32_t nobody = 0;
  if (!atomic_compare_exchange_strong(&worker->sched->searching, &nobody, 1)) {
    return false;
  }
  atomic_store_explicit(&worker->is_searching, true, memory_order_relaxed);
  return true;
}

static void drop_search(Worker *worker) {
  if (!atomic_load_explicit(&worker->is_searching, memory_order_relaxed)) {
    return;
  }
  atomic_store_explicit(&worker->is_searching, false, memory_order_relaxed);
  atomic_store(&worker->sched->searching, 0);
}

// The local choice: slot, then queue, with a look elsewhere now and then.
static Task *take_local(Worker *worker) {
  Task *task = take_handoff(worker);
  if (task) {
    if (worker->handoff_streak < HANDOFF_LIMIT) {
      worker->handoff_streak++;
      il_worker_count(&worker->handoffs);
      return task;
    }
    push_local(worker, task);  // the queue has its turn
  }
  worker->handoff_streak = 0;
  return il_run_queue_pop(&worker->queue);
}

static Task *find_task(Worker *worker) {
  Sched *sched = worker->sched;
  Task *task = NULL;
  worker->tick++;
  if (worker->tick % CLOCK_PERIOD == 0) fire_timers(worker);
  if (worker->tick % GLOBAL_PERIOD == 0) {
    task = take_from_global(worker, 1);
    if (task) return task;
    // Working for a while with sleepers about: one of them keeps watch.
    if (atomic_load(&sched->idle) && !atomic_load(&sched->has_sentry)) {
      il_sched_call_watcher(sched);
    }
  }
  task = take_local(worker);
  if (task) return task;
  if (fire_timers(worker)) return il_run_queue_pop(&worker->queue);
  task = take_from_global(worker, GLOBAL_BATCH);
  if (task) return task;
  return take_search(worker) ? steal(worker) : NULL;
}

// ---- sleeping ------------------------------------------------------------

// Decides until when this sleeper sleeps: for ever, unless it becomes the
// watcher.
static uint64_t take_watch(Worker *worker) {
  Sched *sched = worker->sched;
  uint64_t deadline;
  il_lock_take(&sched->watch_lock);
  uint64_t watched = atomic_load(&sched->watch_deadline_ns);
  for (;;) {
    deadline = il_timer_heap_next_ns(&sched->timers);
    bool has_sentry = atomic_load(&sched->has_sentry);
    uint32_t asleep = (uint32_t)__builtin_popcountll(atomic_load(&sched->idle));
    if (!has_sentry && asleep < atomic_load(&sched->started_count)) {
      uint64_t look = (uint64_t)il_clock_now_ns() + worker->watch_period_ns;
      if (look < deadline) deadline = look;
      has_sentry = true;
    }
    if (deadline >= watched) {  // another's watch is enough
      deadline = IL_NEVER;
      break;
    }
    atomic_store(&sched->watcher, worker->index);
    atomic_store(&sched->has_sentry, has_sentry);
    atomic_store(&sched->watch_deadline_ns, deadline);
    // Who set a timer before this store was visible did not call us.
    if (il_timer_heap_next_ns(&sched->timers) >= deadline) break;
    watched = deadline;
  }
  il_lock_release(&sched->watch_lock);
  return deadline;
}

// Gives the watch up; true when it was this worker's and had a sentry's duty.
static bool drop_watch(Worker *worker) {
  Sched *sched = worker->sched;
  bool was_sentry = false;
  if (atomic_load(&sched->watcher) != worker->index) return false;
  il_lock_take(&sched->watch_lock);
  if (atomic_load(&sched->watcher) == worker->index) {
    was_sentry = atomic_load(&sched->has_sentry);
    atomic_store(&sched->watcher, NOBODY);
    atomic_store(&sched->has_sentry, false);
    atomic_store(&sched->watch_deadline_ns, IL_NEVER);
  }
  il_lock_release(&sched->watch_lock);
  return was_sentry;
}

// Leaves the set of sleepers. When somebody took us out of it already, a token
// is on its way and is taken here.
static void leave_idle(Worker *worker, bool has_token) {
  uint64_t bit = UINT64_C(1) << worker->index;
  if (has_token) return;  // the giver has cleared the bit
  if (!(atomic_fetch_and(&worker->sched->idle, ~bit) & bit)) {
    il_park_wait(&worker->park, IL_NEVER);
  }
}

// Sleeps until called; returns a task that the watch found, or NULL.
static Task *sleep_until_called(Worker *worker) {
  Sched *sched = worker->sched;
  drop_search(worker);
  if (sched->config.worker_idle) {
    sched->config.worker_idle(worker, sched->config.context);
  }
  atomic_fetch_or(&sched->idle, UINT64_C(1) << worker->index);
  if (atomic_load(&sched->is_stopping) ||
      (il_sched_has_work(sched) && take_search(worker))) {
    leave_idle(worker, false);
    return NULL;
  }
  uint64_t deadline = take_watch(worker);
  il_worker_count(&worker->parks);
  bool has_token = il_park_wait(&worker->park, deadline);
  leave_idle(worker, has_token);
  bool was_sentry = drop_watch(worker);
  if (has_token || !was_sentry) {
    worker->watch_period_ns = WATCH_NS;
    return NULL;
  }
  Task *task = rescue_handoff(worker);
  worker->watch_period_ns *= 2;
  if (worker->watch_period_ns > WATCH_MAX_NS) {
    worker->watch_period_ns = WATCH_MAX_NS;
  }
  return task;
}

// ---- the loop ------------------------------------------------------------

static void run_task(Worker *worker, Task *task) {
  Sched *sched = worker->sched;
  if (atomic_load_explicit(&worker->is_searching, memory_order_relaxed)) {
    drop_search(worker);
    if (il_sched_has_work(sched)) il_sched_call_worker(sched);
  }
  // This run may be long: let a sleeper care for the next deadline.
  if (il_timer_heap_next_ns(&sched->timers) <
      atomic_load(&sched->watch_deadline_ns)) {
    il_sched_call_watcher(sched);
  }
  if (il_task_run(task, worker)) requeue(worker, task);
}

void *il_worker_main(void *argument) {
  Worker *worker = argument;
  Sched *sched = worker->sched;
  il_park_make_precise();
  if (sched->config.worker_start) {
    sched->config.worker_start(worker, sched->config.context);
  }
  while (!atomic_load_explicit(&sched->is_stopping, memory_order_relaxed)) {
    Task *task = find_task(worker);
    if (!task) task = sleep_until_called(worker);
    if (task) run_task(worker, task);
  }
  drop_search(worker);
  if (sched->config.worker_stop) {
    sched->config.worker_stop(worker, sched->config.context);
  }
  return NULL;
}

Worker *il_worker_new(Sched *sched, uint32_t index) {
  Worker *worker = il_memory_try_alloc(sizeof(Worker));
  if (!worker) return NULL;
  worker->sched = sched;
  worker->index = index;
  worker->watch_period_ns = WATCH_NS;
  il_choice_init(&worker->choices, sched->config.seed + index);
  il_park_init(&worker->park);
  il_run_queue_init(&worker->queue);
  il_lock_init(&worker->inbox_lock, RANK_WORKER);
  return worker;
}

void il_worker_free(Worker *worker) {
  il_lock_drop(&worker->inbox_lock);
  il_memory_free(worker, sizeof(Worker));
}

// ---- calls of run functions ----------------------------------------------

void il_worker_wake(Worker *worker, Task *task) {
  if (worker->host_wake || il_sched_is_seeded(worker->sched)) {
    il_task_wake(task);
    return;
  }
  if (atomic_fetch_or(&task->state, TASK_WOKEN) != TASK_IDLE) return;
  if (task->pin) {
    il_worker_put_inbox(task->pin, task);
    return;
  }
  // The one woken before gives way: two are ready, so another worker may help.
  Task *before = atomic_exchange(&worker->handoff, task);
  if (!before) return;
  push_local(worker, before);
  il_sched_call_worker(worker->sched);
}

bool il_sched_should_yield(Worker *worker) {
  Sched *sched = worker->sched;
  if (il_sched_is_seeded(sched)) return il_replay_should_yield(worker);
  if (sched->config.preempt_stress) return true;
  if (worker->host_wake) return true;  // the host has other things to do
  return has_local_work(worker) ||
         atomic_load_explicit(&sched->global_count, memory_order_relaxed) ||
         atomic_load_explicit(&sched->is_stopping, memory_order_relaxed) ||
         fire_timers(worker);
}

void il_worker_announce_long(Worker *worker) {
  Sched *sched = worker->sched;
  if (worker->host_wake || il_sched_is_seeded(sched)) return;
  Task *task = take_handoff(worker);
  if (task) push_local(worker, task);
  if (il_sched_has_work(sched)) il_sched_call_worker(sched);
  if (il_timer_heap_next_ns(&sched->timers) <
      atomic_load(&sched->watch_deadline_ns)) {
    il_sched_call_watcher(sched);
  }
}

uint32_t il_worker_random(Worker *worker, uint32_t count) {
  return il_choice(&worker->choices, count);
}

Sched *il_worker_sched(const Worker *worker) { return worker->sched; }

void il_worker_set_local(Worker *worker, void *local) { worker->local = local; }

void *il_worker_local(const Worker *worker) { return worker->local; }
