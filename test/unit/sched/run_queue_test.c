// run_queue_test.c: the ring keeps order, spills when full, and loses or
// doubles nothing under thieves.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdlib.h>

#include "sched/run_queue.h"

enum { TASK_COUNT = 200000 };

static void test_first_in_first_out(void **state) {
  (void)state;
  RunQueue queue;
  Task tasks[3] = {0};
  il_run_queue_init(&queue);
  assert_null(il_run_queue_pop(&queue));
  for (int i = 0; i < 3; i++) il_run_queue_push(&queue, &tasks[i]);
  assert_int_equal(il_run_queue_count(&queue), 3);
  for (int i = 0; i < 3; i++) {
    assert_ptr_equal(il_run_queue_pop(&queue), &tasks[i]);
  }
  assert_null(il_run_queue_pop(&queue));
}

static void test_full_ring_spills_its_older_half(void **state) {
  (void)state;
  RunQueue queue;
  Task *tasks = calloc(RUN_QUEUE_SIZE, sizeof(Task));
  il_run_queue_init(&queue);
  for (int i = 0; i < RUN_QUEUE_SIZE; i++) {
    assert_true(il_run_queue_push(&queue, &tasks[i]));
  }
  assert_false(il_run_queue_push(&queue, &tasks[0]));
  Task *first, *last;
  assert_int_equal(il_run_queue_spill(&queue, &first, &last),
                   RUN_QUEUE_SIZE / 2);
  int count = 0;
  for (Task *task = first; task; task = task->next) {
    assert_ptr_equal(task, &tasks[count++]);
  }
  assert_int_equal(count, RUN_QUEUE_SIZE / 2);
  assert_ptr_equal(last, &tasks[RUN_QUEUE_SIZE / 2 - 1]);
  assert_int_equal(il_run_queue_count(&queue), RUN_QUEUE_SIZE / 2);
  free(tasks);
}

static void test_steal_takes_half(void **state) {
  (void)state;
  RunQueue from, into;
  Task tasks[5] = {0};
  il_run_queue_init(&from);
  il_run_queue_init(&into);
  assert_null(il_run_queue_steal(&from, &into));
  for (int i = 0; i < 5; i++) il_run_queue_push(&from, &tasks[i]);
  assert_ptr_equal(il_run_queue_steal(&from, &into), &tasks[0]);
  assert_int_equal(il_run_queue_count(&from), 2);
  assert_int_equal(il_run_queue_count(&into), 2);
  assert_ptr_equal(il_run_queue_pop(&into), &tasks[1]);
}

typedef struct Robbery {
  RunQueue queue;
  _Atomic(uint32_t) taken;
} Robbery;

// Each task is counted in its state field.
static void *rob(void *context) {
  Robbery *robbery = context;
  RunQueue mine;
  il_run_queue_init(&mine);
  while (atomic_load(&robbery->taken) < TASK_COUNT) {
    Task *task = il_run_queue_steal(&robbery->queue, &mine);
    while (task) {
      atomic_fetch_add(&task->state, 1);
      atomic_fetch_add(&robbery->taken, 1);
      task = il_run_queue_pop(&mine);
    }
  }
  return NULL;
}

static void test_thieves_lose_nothing(void **state) {
  (void)state;
  static Robbery robbery;
  Task *tasks = calloc(TASK_COUNT, sizeof(Task));
  pthread_t thieves[2];
  il_run_queue_init(&robbery.queue);
  for (int i = 0; i < 2; i++) pthread_create(&thieves[i], NULL, rob, &robbery);
  for (int i = 0; i < TASK_COUNT;) {
    if (il_run_queue_push(&robbery.queue, &tasks[i])) {
      i++;
      continue;
    }
    Task *task = il_run_queue_pop(&robbery.queue);
    if (!task) continue;
    atomic_fetch_add(&task->state, 1);
    atomic_fetch_add(&robbery.taken, 1);
  }
  for (int i = 0; i < 2; i++) pthread_join(thieves[i], NULL);
  for (int i = 0; i < TASK_COUNT; i++) {
    assert_int_equal(atomic_load(&tasks[i].state), 1);
  }
  free(tasks);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_first_in_first_out),
      cmocka_unit_test(test_full_ring_spills_its_older_half),
      cmocka_unit_test(test_steal_takes_half),
      cmocka_unit_test(test_thieves_lose_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
