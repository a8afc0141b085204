// event_test.c: ports by number, timers in order, microtasks first in first
// out, also after wrapping round.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "isolate/event.h"
#include "isolate/lifecycle.h"
#include "sched/choice.h"

static Value item(int64_t n) { return il_value_small(n); }

static void test_ports_open_and_close(void **state) {
  (void)state;
  PortList ports = {.next_number = 1};
  uint32_t numbers[100];
  for (int i = 0; i < 100; i++) {
    assert_true(il_event_open_port(&ports, item(i + 1), &numbers[i]));
  }
  assert_int_equal(ports.keep_count, 100);
  for (int i = 0; i < 100; i += 2) il_event_close_port(&ports, numbers[i]);
  il_event_close_port(&ports, numbers[0]);  // a second time does nothing
  assert_int_equal(ports.open_count, 50);
  for (int i = 0; i < 100; i++) {
    PortEntry *entry = il_event_find_port(&ports, numbers[i]);
    if (i % 2 == 0) {
      assert_null(entry);
    } else {
      assert_int_equal(entry->handler, item(i + 1));
    }
  }
  il_event_set_keeps_alive(&ports, numbers[1], false);
  il_event_set_keeps_alive(&ports, numbers[1], false);
  assert_int_equal(ports.keep_count, 49);
  // Opening and closing for ever does not grow the list.
  for (int i = 0; i < 100000; i++) {
    uint32_t number;
    assert_true(il_event_open_port(&ports, item(7), &number));
    il_event_close_port(&ports, number);
  }
  assert_true(ports.capacity <= 128);
  il_event_drop(&ports, &(TimerList){0}, &(MicrotaskRing){0});
}

static void test_port_numbers_come_round(void **state) {
  (void)state;
  PortList ports = {.next_number = (1u << 22) - 2};
  uint32_t first, number = 0;
  assert_true(il_event_open_port(&ports, item(1), &first));
  for (int i = 0; i < 5; i++) {
    assert_true(il_event_open_port(&ports, item(2), &number));
    assert_true(number > 0 && number < 1u << 22);
  }
  assert_int_equal(number, 4);
  assert_int_equal(il_event_find_port(&ports, first)->handler, item(1));
  assert_int_equal(il_event_find_port(&ports, 1)->handler, item(2));
  il_event_drop(&ports, &(TimerList){0}, &(MicrotaskRing){0});
}

static void test_timers_fire_in_order(void **state) {
  (void)state;
  enum { COUNT = 1000 };
  TimerList timers = {0};
  Choices choices;
  il_choice_init(&choices, 3);
  uint32_t places[COUNT];
  uint64_t dues[COUNT];
  for (int i = 0; i < COUNT; i++) {
    dues[i] = 1 + il_choice(&choices, 50);
    assert_true(il_event_add_timer(&timers, dues[i], item(i + 1), &places[i]));
  }
  for (int i = 0; i < COUNT; i += 3) {
    il_event_cancel_timer(&timers, places[i]);
  }
  assert_int_equal(il_event_take_timer(&timers, 0), 0);
  uint64_t last_due = 0;
  int64_t last = -1;
  int count = 0;
  for (Value timer; (timer = il_event_take_timer(&timers, 1000));) {
    int64_t i = il_value_small_get(timer) - 1;  // 0 would be no timer
    assert_int_not_equal(i % 3, 0);
    assert_true(dues[i] >= last_due);
    if (dues[i] == last_due) assert_true(i > last);
    last_due = dues[i];
    last = i;
    count++;
  }
  assert_int_equal(count, COUNT - (COUNT + 2) / 3);
  il_event_drop(&(PortList){0}, &timers, &(MicrotaskRing){0});
}

static void test_microtasks_in_order(void **state) {
  (void)state;
  MicrotaskRing ring = {0};
  int64_t in = 1, out = 1;
  for (int round = 0; round < 50; round++) {
    for (int i = 0; i < round; i++) {
      assert_true(il_event_add_microtask(&ring, item(in++)));
    }
    for (int i = 0; i < round - 1; i++) {
      assert_int_equal(il_event_take_microtask(&ring), item(out++));
    }
  }
  while (out < in)
    assert_int_equal(il_event_take_microtask(&ring), item(out++));
  assert_int_equal(il_event_take_microtask(&ring), 0);
  il_event_drop(&(PortList){0}, &(TimerList){0}, &ring);
}

static void test_life(void **state) {
  (void)state;
  Lifecycle life;
  il_lifecycle_init(&life);
  assert_string_equal(il_lifecycle_name(il_lifecycle_get(&life)), "STARTING");
  const IsolateMove moves[] = {MOVE_BEGIN, MOVE_WAIT,  MOVE_BEGIN, MOVE_PAUSE,
                               MOVE_BEGIN, MOVE_BLOCK, MOVE_BEGIN, MOVE_END};
  for (size_t i = 0; i < IL_COUNT_OF(moves); i++) {
    il_lifecycle_move(&life, moves[i]);
  }
  assert_int_equal(il_lifecycle_get(&life), ISOLATE_DEAD);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_ports_open_and_close),
      cmocka_unit_test(test_port_numbers_come_round),
      cmocka_unit_test(test_timers_fire_in_order),
      cmocka_unit_test(test_microtasks_in_order),
      cmocka_unit_test(test_life),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
