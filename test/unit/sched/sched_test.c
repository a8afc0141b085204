// sched_test.c: tasks wake, hand off, sleep and end; no wake is lost under
// storms; a seed repeats; a host drives a pinned worker; nothing is left over.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/common.h"
#include "sched/choice.h"
#include "sched/sched.h"

// A task that passes a count to its partner until it is used up.
typedef struct Player {
  Task task;
  struct Player *partner;
  _Atomic(uint32_t) ball;  // 0: not here
  _Atomic(uint32_t) *done_count;
  _Atomic(int) busy;  // 1 while running: never on two workers
  uint64_t runs;
} Player;

static TaskOutcome play(Task *task, Worker *worker) {
  Player *player = (Player *)task;
  assert_int_equal(atomic_fetch_add(&player->busy, 1), 0);
  player->runs++;
  uint32_t ball = atomic_exchange(&player->ball, 0);
  TaskOutcome outcome = TASK_WAIT;
  if (ball > 1) {
    atomic_store(&player->partner->ball, ball - 1);
    il_worker_wake(worker, &player->partner->task);
  } else if (ball == 1) {
    if (player->done_count) atomic_fetch_add(player->done_count, 1);
    il_sched_notify(il_worker_sched(worker));
    outcome = TASK_DONE;
  }
  atomic_fetch_sub(&player->busy, 1);
  return outcome;
}

typedef struct Goal {
  _Atomic(uint32_t) *count;
  uint32_t wanted;
} Goal;

static bool is_reached(void *context) {
  Goal *goal = context;
  return atomic_load(goal->count) >= goal->wanted;
}

static void make_pair(Player *pair, Sched *sched, _Atomic(uint32_t) *done) {
  for (int i = 0; i < 2; i++) {
    pair[i].partner = &pair[1 - i];
    pair[i].done_count = done;
    il_task_init(&pair[i].task, sched, play, NULL);
  }
}

// Many pairs play at once.
static void play_pairs(SchedConfig config, uint32_t pair_count,
                       uint32_t throws) {
  _Atomic(uint32_t) done = 0;
  Sched *sched = il_sched_new(&config);
  Player *players = calloc(pair_count * 2, sizeof(Player));
  for (uint32_t i = 0; i < pair_count; i++) {
    make_pair(&players[i * 2], sched, &done);
  }
  uint64_t start = (uint64_t)il_clock_now_ns();
  for (uint32_t i = 0; i < pair_count; i++) {
    atomic_store(&players[i * 2].ball, throws);
    il_task_wake(&players[i * 2].task);
  }
  Goal goal = {&done, pair_count};
  assert_true(il_sched_run_until(sched, is_reached, &goal));
  uint64_t spent = (uint64_t)il_clock_now_ns() - start;
  SchedCounts counts = il_sched_counts(sched);
  assert_true(counts.switches >= (uint64_t)pair_count * throws);
  printf(
      "  %u pairs, %u throws: %.0f ns each; handoffs %llu steals %llu "
      "parks %llu\n",
      pair_count, throws, (double)spent / pair_count / throws,
      (unsigned long long)counts.handoffs, (unsigned long long)counts.steals,
      (unsigned long long)counts.parks);
  il_sched_free(sched);
  free(players);
}

static void test_one_pair_stays_on_one_worker(void **state) {
  (void)state;
  play_pairs((SchedConfig){.workers = 2}, 1, 1000000);
}

static void test_one_worker(void **state) {
  (void)state;
  play_pairs((SchedConfig){.workers = 1}, 10, 10000);
}

static void test_100000_tasks(void **state) {
  (void)state;
  play_pairs((SchedConfig){.workers = 4}, 50000, 20);
}

static void test_seeded_pairs(void **state) {
  (void)state;
  play_pairs((SchedConfig){.seed = 5}, 100, 100);
}

// ---- wake storms ----

typedef struct Bell {
  Task task;
  _Atomic(uint32_t) rings;  // rung and not yet heard
  _Atomic(int) busy;
  uint64_t heard;
} Bell;

static TaskOutcome hear(Task *task, Worker *worker) {
  Bell *bell = (Bell *)task;
  (void)worker;
  assert_int_equal(atomic_fetch_add(&bell->busy, 1), 0);
  bell->heard += atomic_exchange(&bell->rings, 0);
  atomic_fetch_sub(&bell->busy, 1);
  il_sched_notify(il_worker_sched(worker));
  return bell->heard % 3 == 0 ? TASK_YIELD : TASK_WAIT;
}

enum { BELL_COUNT = 8, RING_COUNT = 20000, RINGER_COUNT = 3 };

static void *ring(void *context) {
  Bell *bells = context;
  for (int i = 0; i < RING_COUNT; i++) {
    Bell *bell = &bells[i % BELL_COUNT];
    atomic_fetch_add(&bell->rings, 1);
    il_task_wake(&bell->task);
    if (i % 1000 == 0) usleep(100);  // so that workers fall asleep
  }
  return NULL;
}

static bool is_all_quiet(void *context) {
  Bell *bells = context;
  for (int i = 0; i < BELL_COUNT; i++) {
    if (atomic_load(&bells[i].rings) || atomic_load(&bells[i].busy)) {
      return false;
    }
  }
  return true;
}

static void test_no_wake_is_lost(void **state) {
  (void)state;
  Sched *sched = il_sched_new(&(SchedConfig){.workers = 3});
  static Bell bells[BELL_COUNT];
  pthread_t ringers[RINGER_COUNT];
  // A bell that heard a multiple of three yields, that is runs again; it must
  // not do so for ever, so start beside a multiple.
  for (int i = 0; i < BELL_COUNT; i++) {
    bells[i].heard = 1;
    il_task_init(&bells[i].task, sched, hear, NULL);
  }
  for (int i = 0; i < RINGER_COUNT; i++) {
    pthread_create(&ringers[i], NULL, ring, bells);
  }
  for (int i = 0; i < RINGER_COUNT; i++) pthread_join(ringers[i], NULL);
  assert_true(il_sched_run_until(sched, is_all_quiet, bells));
  il_sched_free(sched);
  uint64_t sum = 0;
  for (int i = 0; i < BELL_COUNT; i++) sum += bells[i].heard - 1;
  assert_int_equal(sum, RINGER_COUNT * RING_COUNT);
}

// ---- timers ----

typedef struct Sleeper {
  Task task;
  uint64_t due_ns, period_ns, worst_ns;
  uint32_t rounds;
  _Atomic(uint32_t) *done_count;
} Sleeper;

static TaskOutcome doze(Task *task, Worker *worker) {
  Sleeper *sleeper = (Sleeper *)task;
  Sched *sched = il_worker_sched(worker);
  uint64_t now = il_sched_now_ns(sched);
  if (sleeper->due_ns && now < sleeper->due_ns) return TASK_WAIT;
  if (sleeper->due_ns) {
    uint64_t late = now - sleeper->due_ns;
    if (late > sleeper->worst_ns) sleeper->worst_ns = late;
    if (sleeper->rounds-- == 0) {
      atomic_fetch_add(sleeper->done_count, 1);
      il_sched_notify(sched);
      return TASK_DONE;
    }
  }
  sleeper->due_ns = now + sleeper->period_ns;
  il_timer_set(task, sleeper->due_ns);
  return TASK_WAIT;
}

static void run_sleepers(SchedConfig config, uint32_t count, uint32_t rounds) {
  Sched *sched = il_sched_new(&config);
  Sleeper *sleepers = calloc(count, sizeof(Sleeper));
  _Atomic(uint32_t) done = 0;
  for (uint32_t i = 0; i < count; i++) {
    sleepers[i].period_ns = 500000 + i * 1000;
    sleepers[i].rounds = rounds;
    sleepers[i].done_count = &done;
    il_task_init(&sleepers[i].task, sched, doze, NULL);
    il_task_wake(&sleepers[i].task);
  }
  assert_true(il_sched_run_until(sched, is_reached, &(Goal){&done, count}));
  SchedCounts counts = il_sched_counts(sched);
  assert_true(counts.timers >= (uint64_t)count * rounds);
  uint64_t worst = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (sleepers[i].worst_ns > worst) worst = sleepers[i].worst_ns;
  }
  printf("  %u sleepers: worst lateness %.0f us, parks %llu\n", count,
         (double)worst / 1000, (unsigned long long)counts.parks);
  il_sched_free(sched);
  free(sleepers);
}

static void test_timers(void **state) {
  (void)state;
  run_sleepers((SchedConfig){.workers = 2}, 1, 100);
  run_sleepers((SchedConfig){.workers = 2}, 200, 20);
}

static void test_virtual_time_does_not_wait(void **state) {
  (void)state;
  uint64_t start = (uint64_t)il_clock_now_ns();
  run_sleepers((SchedConfig){.seed = 9}, 10, 10000);  // five seconds of it
  assert_true((uint64_t)il_clock_now_ns() - start < UINT64_C(3000000000));
}

// ---- a stuck worker ----

typedef struct Stuck {
  Task task;
  Player *player;
  _Atomic(uint32_t) *done_count;
  bool says_so;
  bool is_done;
} Stuck;

static TaskOutcome get_stuck(Task *task, Worker *worker) {
  Stuck *stuck = (Stuck *)task;
  atomic_store(&stuck->player->ball, 1);
  il_worker_wake(worker, &stuck->player->task);
  if (stuck->says_so) il_worker_announce_long(worker);
  for (int i = 0; i < 5000; i++) {
    if (atomic_load(stuck->done_count)) break;
    usleep(1000);
  }
  stuck->is_done = atomic_load(stuck->done_count) == 1;
  return TASK_DONE;
}

static void test_announced_long_run_frees_the_handoff(void **state) {
  (void)state;
  Sched *sched = il_sched_new(&(SchedConfig){.workers = 2});
  _Atomic(uint32_t) done = 0;
  Player player = {.done_count = &done};
  Stuck stuck = {.player = &player, .done_count = &done, .says_so = true};
  il_task_init(&player.task, sched, play, NULL);
  il_task_init(&stuck.task, sched, get_stuck, NULL);
  il_task_wake(&stuck.task);
  assert_true(il_sched_run_until(sched, is_reached, &(Goal){&done, 1}));
  il_sched_free(sched);
  assert_true(stuck.is_done);
}

// ---- seeds ----

typedef struct Tracer {
  Task task;
  char name;
  int rounds;
  char *trace;
  _Atomic(uint32_t) *done_count;
} Tracer;

static TaskOutcome leave_trace(Task *task, Worker *worker) {
  Tracer *tracer = (Tracer *)task;
  (void)worker;
  size_t length = strlen(tracer->trace);
  tracer->trace[length] = tracer->name;
  if (--tracer->rounds > 0) return TASK_YIELD;
  atomic_fetch_add(tracer->done_count, 1);
  return TASK_DONE;
}

static void trace_seed(uint64_t seed, char *trace) {
  Sched *sched = il_sched_new(&(SchedConfig){.seed = seed});
  _Atomic(uint32_t) done = 0;
  Tracer tracers[4];
  for (int i = 0; i < 4; i++) {
    tracers[i] = (Tracer){.name = (char)('a' + i),
                          .rounds = 6,
                          .trace = trace,
                          .done_count = &done};
    il_task_init(&tracers[i].task, sched, leave_trace, NULL);
    il_task_wake(&tracers[i].task);
  }
  assert_true(il_sched_run_until(sched, is_reached, &(Goal){&done, 4}));
  // Nothing can run any more: a predicate that never holds gives up.
  assert_false(il_sched_run_until(sched, is_reached, &(Goal){&done, 5}));
  il_sched_free(sched);
}

static void test_a_seed_repeats(void **state) {
  (void)state;
  char first[64] = {0}, again[64] = {0}, other[64] = {0};
  trace_seed(1, first);
  trace_seed(1, again);
  trace_seed(2, other);
  assert_string_equal(first, again);
  assert_string_not_equal(first, other);
}

// ---- a host's own thread ----

static void note_wake(void *context) {
  atomic_fetch_add((_Atomic(uint32_t) *)context, 1);
}

static void test_pinned_task_runs_in_steps(void **state) {
  (void)state;
  Sched *sched = il_sched_new(&(SchedConfig){.workers = 2});
  _Atomic(uint32_t) wakes = 0, done = 0;
  Worker *worker = il_worker_new_pinned(sched, note_wake, &wakes);
  Player players[2] = {{.partner = &players[1], .done_count = &done},
                       {.partner = &players[0], .done_count = &done}};
  il_task_init(&players[0].task, sched, play, worker);
  il_task_init(&players[1].task, sched, play, NULL);
  atomic_store(&players[0].ball, 100);
  il_task_wake(&players[0].task);
  assert_int_equal(players[0].runs, 0);
  while (!atomic_load(&done)) il_worker_step(worker);
  assert_true(atomic_load(&wakes) >= 1);

  Sleeper sleeper = {.period_ns = 1000000, .rounds = 3, .done_count = &done};
  il_task_init(&sleeper.task, sched, doze, worker);
  il_task_wake(&sleeper.task);
  while (atomic_load(&done) < 2) {
    il_worker_step(worker);
    usleep(50);
  }
  il_worker_free_pinned(worker);
  il_sched_free(sched);
}

// ---- blocking jobs ----

typedef struct Job {
  BlockingJob job;
  Bell *bell;
} Job;

static void block(BlockingJob *blocking) {
  Job *job = (Job *)blocking;
  usleep(2000);
  atomic_fetch_add(&job->bell->rings, 1);
  il_task_wake(&job->bell->task);
}

static void test_blocking_jobs(void **state) {
  (void)state;
  Sched *sched = il_sched_new(&(SchedConfig){.workers = 1});
  Bell bell = {.heard = 1};
  il_task_init(&bell.task, sched, hear, NULL);
  Job *jobs = calloc(100, sizeof(Job));
  for (int i = 0; i < 100; i++) {
    jobs[i] = (Job){.job.run = block, .bell = &bell};
    assert_int_equal(il_blocking_submit(sched, &jobs[i].job), IL_OK);
  }
  // Freeing waits for the jobs; then everything was rung.
  il_sched_free(sched);
  assert_int_equal(bell.heard - 1 + atomic_load(&bell.rings), 100);
  free(jobs);
}

// Waits for nothing but to be cancelled.
static void wait_for_ever(BlockingJob *blocking) {
  Job *job = (Job *)blocking;
  struct pollfd wait = {.fd = blocking->cancel_fd, .events = POLLIN};
  while (poll(&wait, 1, -1) < 1) {
  }
  atomic_fetch_add(&job->bell->rings, 1);
}

// More jobs than threads: some are cancelled before they begin. The first half
// one by one, the rest by the end of the scheduler.
static void test_cancelled_jobs(void **state) {
  (void)state;
  enum { COUNT = 200 };
  Sched *sched = il_sched_new(&(SchedConfig){.workers = 1});
  Bell bell = {.heard = 1};
  Job *jobs = calloc(COUNT, sizeof(Job));
  for (int i = 0; i < COUNT; i++) {
    jobs[i] = (Job){.job.run = wait_for_ever, .bell = &bell};
    assert_int_equal(il_blocking_submit(sched, &jobs[i].job), IL_OK);
  }
  for (int i = 0; i < COUNT / 2; i++) il_blocking_cancel(sched, &jobs[i].job);
  while (atomic_load(&bell.rings) < COUNT / 2) usleep(1000);
  assert_int_equal(atomic_load(&bell.rings), COUNT / 2);
  il_sched_free(sched);
  assert_int_equal(atomic_load(&bell.rings), COUNT);
  free(jobs);
}

// ---- life ----

static void free_task(Task *task, Worker *worker, void *context) {
  (void)worker;
  (void)context;
  free(task);
}

static TaskOutcome end(Task *task, Worker *worker) {
  Player *player = (Player *)task;
  atomic_fetch_add(player->done_count, 1);
  il_sched_notify(il_worker_sched(worker));
  return TASK_DONE;
}

static void test_short_lives(void **state) {
  (void)state;
  for (int i = 0; i < 30; i++) {
    Sched *sched =
        il_sched_new(&(SchedConfig){.workers = 3, .task_done = free_task});
    _Atomic(uint32_t) done = 0;
    for (int j = 0; j < i; j++) {
      Player *player = calloc(1, sizeof(Player));
      player->done_count = &done;
      il_task_init(&player->task, sched, end, NULL);
      il_task_wake(&player->task);
    }
    assert_true(
        il_sched_run_until(sched, is_reached, &(Goal){&done, (uint32_t)i}));
    il_sched_free(sched);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_one_pair_stays_on_one_worker),
      cmocka_unit_test(test_one_worker),
      cmocka_unit_test(test_100000_tasks),
      cmocka_unit_test(test_seeded_pairs),
      cmocka_unit_test(test_no_wake_is_lost),
      cmocka_unit_test(test_timers),
      cmocka_unit_test(test_virtual_time_does_not_wait),
      cmocka_unit_test(test_announced_long_run_frees_the_handoff),
      cmocka_unit_test(test_a_seed_repeats),
      cmocka_unit_test(test_pinned_task_runs_in_steps),
      cmocka_unit_test(test_blocking_jobs),
      cmocka_unit_test(test_cancelled_jobs),
      cmocka_unit_test(test_short_lives),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
