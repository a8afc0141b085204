// sched.c: the scheduler as a whole. In order: the global queue, calling
// workers, tasks, pinned workers, waiting, life.
#include "sched/sched.h"

#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "sched/worker.h"

// Workers run no recursion that data could deepen; sanitizers want more.
enum { WORKER_STACK_BYTES = IL_ASAN || IL_TSAN ? 8 << 20 : 1 << 20 };

// ---- the global queue ----------------------------------------------------

static void append(TaskList *list, Task *first, Task *last, uint32_t count) {
  if (list->last) {
    list->last->next = first;
  } else {
    list->first = first;
  }
  list->last = last;
  list->count += count;
}

void il_sched_put_global(Sched *sched, Task *first, Task *last,
                         uint32_t count) {
  il_lock_take(&sched->global_lock);
  append(&sched->global, first, last, count);
  atomic_store(&sched->global_count, sched->global.count);
  il_lock_release(&sched->global_lock);
}

TaskList il_sched_take_global(Sched *sched, uint32_t limit) {
  TaskList taken = {NULL, NULL, 0};
  il_lock_take(&sched->global_lock);
  // A fair share, so that the others find some too.
  uint32_t share = sched->global.count / sched->worker_count + 1;
  if (share > limit) share = limit;
  taken.first = sched->global.first;
  while (taken.count < share && sched->global.first) {
    taken.last = sched->global.first;
    sched->global.first = taken.last->next;
    taken.count++;
  }
  if (taken.last) taken.last->next = NULL;
  if (!sched->global.first) sched->global.last = NULL;
  sched->global.count -= taken.count;
  atomic_store(&sched->global_count, sched->global.count);
  il_lock_release(&sched->global_lock);
  return taken;
}

// ---- calling workers -----------------------------------------------------

bool il_sched_has_work(Sched *sched) {
  if (atomic_load(&sched->global_count)) return true;
  uint32_t count = atomic_load(&sched->started_count);
  for (uint32_t i = 0; i < count; i++) {
    if (il_run_queue_count(&sched->workers[i]->queue)) return true;
  }
  return false;
}

// Takes one out of the sleepers; its token must follow. The watcher comes last,
// for with it the watch would have to change hands.
static Worker *take_sleeper(Sched *sched) {
  for (;;) {
    uint64_t idle = atomic_load(&sched->idle);
    if (!idle) return NULL;
    uint32_t watcher = atomic_load(&sched->watcher);
    uint64_t rest = watcher == NOBODY ? idle : idle & ~(UINT64_C(1) << watcher);
    uint32_t index = (uint32_t)__builtin_ctzll(rest ? rest : idle);
    uint64_t bit = UINT64_C(1) << index;
    if (atomic_fetch_and(&sched->idle, ~bit) & bit) {
      return sched->workers[index];
    }
  }
}

// Signals belong to the host's threads; faults and profiles stay ours.
static void mask_signals(sigset_t *before) {
  sigset_t all;
  sigfillset(&all);
  const int ours[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGPROF};
  for (size_t i = 0; i < IL_COUNT_OF(ours); i++) sigdelset(&all, ours[i]);
  pthread_sigmask(SIG_SETMASK, &all, before);
}

static bool start_thread(Worker *worker) {
  sigset_t before;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, WORKER_STACK_BYTES);
  mask_signals(&before);
  int error =
      pthread_create(&worker->thread, &attributes, il_worker_main, worker);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
  return !error;
}

// Starts one more worker, searching; false when there are enough, or no more
// can be had.
static bool start_worker(Sched *sched) {
  bool is_started = false;
  il_lock_take(&sched->start_lock);
  uint32_t index = atomic_load(&sched->started_count);
  if (index < sched->worker_count && !atomic_load(&sched->is_stopping)) {
    Worker *worker = il_worker_new(sched, index);
    if (worker) {
      atomic_store(&worker->is_searching, true);
      sched->workers[index] = worker;
      // Counted before it runs, for it will rob others of those counted.
      atomic_store(&sched->started_count, index + 1);
      is_started = worker->has_thread = start_thread(worker);
      if (!is_started) {
        // Only a thread reads the count with us, and sees an empty queue at
        // worst; so the struct stays and no further worker is tried.
        sched->worker_count = index + 1;
        atomic_store(&worker->is_searching, false);
      }
    }
    // Without a single worker nothing would ever run, nor end.
    if (!is_started && index == 0) il_memory_exhausted(sizeof(Worker));
  }
  il_lock_release(&sched->start_lock);
  return is_started;
}

void il_sched_call_worker(Sched *sched) {
  for (;;) {
    if (!atomic_load(&sched->idle) &&
        atomic_load(&sched->started_count) >= sched->worker_count) {
      return;
    }
    uint32_t nobody = 0;
    if (!atomic_compare_exchange_strong(&sched->searching, &nobody, 1)) return;
    Worker *sleeper = take_sleeper(sched);
    if (sleeper) {
      atomic_store_explicit(&sleeper->is_searching, true, memory_order_relaxed);
      il_park_give(&sleeper->park);
      return;
    }
    if (start_worker(sched)) return;
    atomic_store(&sched->searching, 0);
    // While the role was ours, another may have left its task to us and a
    // worker may have gone to sleep before that.
    if (!atomic_load(&sched->idle) || !il_sched_has_work(sched)) return;
  }
}

void il_sched_call_watcher(Sched *sched) {
  uint32_t watcher = atomic_load(&sched->watcher);
  if (watcher != NOBODY) {
    uint64_t bit = UINT64_C(1) << watcher;
    if (atomic_fetch_and(&sched->idle, ~bit) & bit) {
      il_park_give(&sched->workers[watcher]->park);
      return;
    }
  }
  Worker *sleeper = take_sleeper(sched);
  if (sleeper) {
    il_park_give(&sleeper->park);
  } else if (atomic_load(&sched->started_count) == 0) {
    il_sched_call_worker(sched);
  }
}

// ---- tasks ---------------------------------------------------------------

void il_task_init(Task *task, Sched *sched, TaskRunFn *run, Worker *pin) {
  task->timer_place = 0;
  atomic_store_explicit(&task->deadline_ns, IL_NEVER, memory_order_relaxed);
  task->next = NULL;
  task->run = run;
  task->sched = sched;
  task->pin = il_sched_is_seeded(sched) ? NULL : pin;
  atomic_store(&task->state, TASK_IDLE);
}

void il_task_init_dead(Task *task) { atomic_store(&task->state, TASK_DEAD); }

void il_task_wake(Task *task) {
  if (atomic_fetch_or(&task->state, TASK_WOKEN) != TASK_IDLE) return;
  Sched *sched = task->sched;
  if (il_sched_is_seeded(sched)) {
    il_replay_put(sched, task);
  } else if (task->pin) {
    il_worker_put_inbox(task->pin, task);
  } else if (!atomic_load_explicit(&sched->is_stopping,
                                   memory_order_relaxed)) {
    task->next = NULL;
    il_sched_put_global(sched, task, task, 1);
    il_sched_call_worker(sched);
  }
}

Status il_timer_set(Task *task, uint64_t deadline_ns) {
  uint64_t now_set =
      atomic_load_explicit(&task->deadline_ns, memory_order_relaxed);
  if (now_set == deadline_ns) return IL_OK;
  Sched *sched = task->sched;
  Status status = il_timer_heap_set(&sched->timers, task, deadline_ns);
  // A task that runs on a worker leaves the watch to that worker's next step.
  bool is_on_worker = !task->pin && (atomic_load(&task->state) & TASK_RUNNING);
  if (status == IL_OK && !is_on_worker && !il_sched_is_seeded(sched) &&
      deadline_ns < atomic_load(&sched->watch_deadline_ns)) {
    il_sched_call_watcher(sched);
  }
  return status;
}

// ---- pinned workers ------------------------------------------------------

void il_worker_put_inbox(Worker *worker, Task *task) {
  task->next = NULL;
  il_lock_take(&worker->inbox_lock);
  append(&worker->inbox, task, task, 1);
  il_lock_release(&worker->inbox_lock);
  worker->host_wake(worker->host_context);
}

Worker *il_worker_new_pinned(Sched *sched, void (*wake)(void *context),
                             void *context) {
  Worker *worker = il_worker_new(sched, NOBODY);
  if (!worker) return NULL;
  worker->host_wake = wake;
  worker->host_context = context;
  if (sched->config.worker_start) {
    sched->config.worker_start(worker, sched->config.context);
  }
  return worker;
}

void il_worker_free_pinned(Worker *worker) {
  Sched *sched = worker->sched;
  if (sched->config.worker_stop) {
    sched->config.worker_stop(worker, sched->config.context);
  }
  il_worker_free(worker);
}

bool il_worker_step(Worker *worker) {
  il_lock_take(&worker->inbox_lock);
  TaskList taken = worker->inbox;
  worker->inbox = (TaskList){NULL, NULL, 0};
  il_lock_release(&worker->inbox_lock);
  for (Task *task = taken.first; task;) {
    Task *next = task->next;
    task->next = NULL;
    if (il_task_run(task, worker)) {
      il_lock_take(&worker->inbox_lock);
      append(&worker->inbox, task, task, 1);
      il_lock_release(&worker->inbox_lock);
    }
    task = next;
  }
  il_lock_take(&worker->inbox_lock);
  bool has_more = worker->inbox.first != NULL;
  il_lock_release(&worker->inbox_lock);
  return has_more;
}

// ---- waiting and clocks --------------------------------------------------

bool il_sched_run_until(Sched *sched, SchedPredicateFn *holds, void *context) {
  if (il_sched_is_seeded(sched)) {
    return il_replay_run_until(sched, holds, context);
  }
  il_lock_take(&sched->wait_lock);
  while (!holds(context)) {
    il_condition_wait(&sched->wait_news, &sched->wait_lock);
  }
  il_lock_release(&sched->wait_lock);
  return true;
}

void il_sched_notify(Sched *sched) {
  il_lock_take(&sched->wait_lock);
  il_condition_wake_all(&sched->wait_news);
  il_lock_release(&sched->wait_lock);
}

uint64_t il_sched_now_ns(Sched *sched) {
  return il_sched_is_seeded(sched) ? atomic_load(&sched->virtual_now_ns)
                                   : (uint64_t)il_clock_now_ns();
}

uint64_t il_sched_wall_ns(Sched *sched) {
  // A seeded run always begins on the same day: 2026-01-01.
  static const uint64_t SEEDED_EPOCH_NS = UINT64_C(1767225600) * 1000000000;
  return il_sched_is_seeded(sched)
             ? SEEDED_EPOCH_NS + atomic_load(&sched->virtual_now_ns)
             : (uint64_t)il_clock_wall_us() * 1000;
}

bool il_sched_is_seeded(const Sched *sched) { return sched->config.seed != 0; }

static void add_counts(SchedCounts *sum, Worker *worker) {
  sum->switches += atomic_load(&worker->switches);
  sum->handoffs += atomic_load(&worker->handoffs);
  sum->preemptions += atomic_load(&worker->preemptions);
  sum->steals += atomic_load(&worker->steals);
  sum->parks += atomic_load(&worker->parks);
  sum->timers += atomic_load(&worker->timers);
}

SchedCounts il_sched_counts(Sched *sched) {
  SchedCounts sum = {0};
  uint32_t count = atomic_load(&sched->started_count);
  for (uint32_t i = 0; i < count; i++) add_counts(&sum, sched->workers[i]);
  return sum;
}

Status il_blocking_submit(Sched *sched, BlockingJob *job) {
  if (il_sched_is_seeded(sched)) {
    job->cancel_fd = -1;
    job->run(job);
    return IL_OK;
  }
  return il_blocking_pool_submit(&sched->blocking, job);
}

void il_blocking_cancel(Sched *sched, BlockingJob *job) {
  if (il_sched_is_seeded(sched)) return;
  il_blocking_pool_cancel(&sched->blocking, job);
}

// ---- life ----------------------------------------------------------------

static uint32_t count_workers(const SchedConfig *config) {
  long count = config->workers;
  if (config->seed) count = 1;
  if (count < 1) count = sysconf(_SC_NPROCESSORS_ONLN);
  if (count < 1) count = 1;
  return count > WORKER_LIMIT ? WORKER_LIMIT : (uint32_t)count;
}

Sched *il_sched_new(const SchedConfig *config) {
  Sched *sched = il_memory_try_alloc(sizeof(Sched));
  if (!sched) return NULL;
  sched->config = *config;
  sched->worker_count = count_workers(config);
  atomic_init(&sched->watcher, NOBODY);
  atomic_init(&sched->watch_deadline_ns, IL_NEVER);
  il_lock_init(&sched->start_lock, RANK_POOL);
  il_lock_init(&sched->watch_lock, RANK_POOL);
  il_lock_init(&sched->wait_lock, RANK_POOL);
  il_lock_init(&sched->global_lock, RANK_WORKER);
  il_condition_init(&sched->wait_news);
  il_timer_heap_init(&sched->timers);
  il_blocking_pool_init(&sched->blocking);
  if (config->seed && !il_replay_init(sched)) {
    il_sched_free(sched);
    return NULL;
  }
  return sched;
}

static void stop_workers(Sched *sched) {
  atomic_store(&sched->is_stopping, true);
  il_lock_take(&sched->start_lock);  // no thread is being started now
  il_lock_release(&sched->start_lock);
  uint32_t count = atomic_load(&sched->started_count);
  for (uint32_t i = 0; i < count; i++) {
    Worker *worker = sched->workers[i];
    uint64_t bit = UINT64_C(1) << i;
    atomic_fetch_and(&sched->idle, ~bit);
    il_park_give(&worker->park);
  }
  for (uint32_t i = 0; i < count; i++) {
    if (sched->workers[i]->has_thread) {
      pthread_join(sched->workers[i]->thread, NULL);
    }
  }
}

void il_sched_stop(Sched *sched) {
  if (sched->has_stopped) return;
  sched->has_stopped = true;
  il_blocking_pool_drop(&sched->blocking);
  if (il_sched_is_seeded(sched)) {
    il_replay_stop(sched);
  } else {
    stop_workers(sched);
  }
}

void il_sched_free(Sched *sched) {
  il_sched_stop(sched);
  if (il_sched_is_seeded(sched)) {
    il_replay_drop(sched);
  } else {
    uint32_t count = atomic_load(&sched->started_count);
    for (uint32_t i = 0; i < count; i++) il_worker_free(sched->workers[i]);
  }
  il_timer_heap_drop(&sched->timers);
  il_condition_drop(&sched->wait_news);
  il_lock_drop(&sched->global_lock);
  il_lock_drop(&sched->wait_lock);
  il_lock_drop(&sched->watch_lock);
  il_lock_drop(&sched->start_lock);
  il_memory_free(sched, sizeof(Sched));
}
