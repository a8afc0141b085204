// timer_test.c: tasks leave the heap in the order of their deadlines, whatever
// was moved or removed between.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sched/choice.h"
#include "sched/timer.h"

enum { TASK_COUNT = 1000 };

static void test_order_after_random_changes(void **state) {
  (void)state;
  static Task tasks[TASK_COUNT];
  TimerHeap heap;
  Choices choices;
  il_choice_init(&choices, 7);
  il_timer_heap_init(&heap);
  for (int i = 0; i < TASK_COUNT * 10; i++) {
    Task *task = &tasks[il_choice(&choices, TASK_COUNT)];
    uint64_t deadline = il_choice(&choices, 5) == 0
                            ? IL_NEVER
                            : 1 + il_choice(&choices, 100000);
    assert_int_equal(il_timer_heap_set(&heap, task, deadline), IL_OK);
  }
  uint32_t expected = heap.count, count = 0;
  uint64_t last = 0;
  while (il_timer_heap_next_ns(&heap) != IL_NEVER) {
    uint64_t next = il_timer_heap_next_ns(&heap);
    assert_null(il_timer_heap_take_due(&heap, next - 1));
    Task *task = il_timer_heap_take_due(&heap, next);
    assert_non_null(task);
    assert_true(next >= last);
    assert_int_equal(task->timer_place, 0);
    last = next;
    count++;
  }
  assert_int_equal(count, expected);
  il_timer_heap_drop(&heap);
}

static void test_choices_repeat(void **state) {
  (void)state;
  Choices a, b;
  uint32_t seen[10] = {0};
  il_choice_init(&a, 42);
  il_choice_init(&b, 42);
  for (int i = 0; i < 10000; i++) {
    uint32_t choice = il_choice(&a, 10);
    assert_true(choice < 10);
    assert_int_equal(choice, il_choice(&b, 10));
    seen[choice]++;
  }
  for (int i = 0; i < 10; i++) assert_in_range(seen[i], 800, 1200);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_order_after_random_changes),
      cmocka_unit_test(test_choices_repeat),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
