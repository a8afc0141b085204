// lock_test.c: locks and conditions between two threads.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/lock.h"

typedef struct {
  Lock lock;
  Condition changed;
  int turn;
  int sum;
} Shared;

static void *run_other(void *argument) {
  Shared *shared = argument;
  for (int i = 0; i < 1000; i++) {
    il_lock_take(&shared->lock);
    while (shared->turn != 1) {
      il_condition_wait(&shared->changed, &shared->lock);
    }
    shared->turn = 0;
    shared->sum++;
    il_condition_wake_all(&shared->changed);
    il_lock_release(&shared->lock);
  }
  return NULL;
}

static void test_two_threads_take_turns(void **state) {
  (void)state;
  Shared shared = {.turn = 0};
  il_lock_init(&shared.lock, RANK_GROUP);
  il_condition_init(&shared.changed);
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, run_other, &shared), 0);
  for (int i = 0; i < 1000; i++) {
    il_lock_take(&shared.lock);
    il_lock_assert_held(&shared.lock);
    shared.turn = 1;
    il_condition_wake_one(&shared.changed);
    while (shared.turn != 0) {
      il_condition_wait(&shared.changed, &shared.lock);
    }
    il_lock_release(&shared.lock);
  }
  pthread_join(thread, NULL);
  assert_int_equal(shared.sum, 1000);
  il_lock_assert_none();
  il_condition_drop(&shared.changed);
  il_lock_drop(&shared.lock);
}

static void test_deadlines_pass(void **state) {
  (void)state;
  Lock lock;
  Condition condition;
  il_lock_init(&lock, RANK_MEMORY);
  il_condition_init(&condition);
  il_lock_take(&lock);
  int64_t start = il_clock_now_ns();
  while (il_condition_wait_until(&condition, &lock, start + 2000000)) {
  }
  assert_true(il_clock_now_ns() - start >= 2000000);
  il_lock_release(&lock);
  assert_true(il_lock_try_take(&lock));
  il_lock_release(&lock);
  il_condition_drop(&condition);
  il_lock_drop(&lock);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_two_threads_take_turns),
      cmocka_unit_test(test_deadlines_pass),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
