// map_test.c: numbers to numbers, against a plain array as the truth.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/map.h"
#include "base/memory.h"

static void test_empty(void **state) {
  (void)state;
  Map map;
  il_map_init(&map);
  uint64_t value = 9;
  uint32_t cursor = 0;
  assert_false(il_map_find(&map, 0, &value));
  assert_int_equal(value, 9);
  assert_false(il_map_remove(&map, 0));
  assert_false(il_map_next(&map, &cursor, NULL, NULL));
  assert_null(il_map_find_pointer(&map, 1));
  il_map_drop(&map);
}

static void test_all_keys_are_allowed(void **state) {
  (void)state;
  Map map = {0};
  il_map_put(&map, 0, 1);
  il_map_put(&map, UINT64_MAX, 2);
  il_map_put(&map, 0, 3);
  uint64_t value;
  assert_true(il_map_find(&map, 0, &value));
  assert_int_equal(value, 3);
  assert_true(il_map_find(&map, UINT64_MAX, &value));
  assert_int_equal(value, 2);
  assert_int_equal(il_map_count(&map), 2);
  il_map_drop(&map);
}

static void test_random_changes(void **state) {
  (void)state;
  enum { KEYS = 512 };
  int64_t before = il_memory_balance();
  bool has[KEYS] = {false};
  uint64_t values[KEYS] = {0};
  uint32_t count = 0;
  Map map = {0};
  uint64_t x = 42;
  for (int i = 0; i < 50000; i++) {
    x = x * UINT64_C(6364136223846793005) + 1;
    uint32_t key = (uint32_t)(x >> 40) % KEYS;
    if ((x >> 20) % 3 == 0) {
      assert_int_equal(il_map_remove(&map, key), has[key]);
      count -= has[key];
      has[key] = false;
    } else {
      il_map_put(&map, key, x);
      count += !has[key];
      has[key] = true;
      values[key] = x;
    }
    assert_int_equal(il_map_count(&map), count);
  }
  for (uint32_t key = 0; key < KEYS; key++) {
    uint64_t value = 0;
    assert_int_equal(il_map_find(&map, key, &value), has[key]);
    if (has[key]) assert_int_equal(value, values[key]);
  }
  // Removed entries do not pile up.
  assert_true(map.capacity <= 4 * KEYS);
  il_map_drop(&map);
  assert_int_equal(il_memory_balance(), before);
}

static void test_iteration_follows_insertion(void **state) {
  (void)state;
  Map map = {0};
  for (uint64_t i = 0; i < 100; i++) il_map_put(&map, i * 7919 % 101, i);
  for (uint64_t i = 0; i < 100; i += 2) il_map_remove(&map, i * 7919 % 101);
  uint32_t cursor = 0;
  uint64_t key, value, wanted = 1;
  while (il_map_next(&map, &cursor, &key, &value)) {
    assert_int_equal(value, wanted);
    assert_int_equal(key, wanted * 7919 % 101);
    wanted += 2;
  }
  assert_int_equal(wanted, 101);
  il_map_clear(&map);
  assert_int_equal(il_map_count(&map), 0);
  assert_false(il_map_find(&map, 1, NULL));
  il_map_drop(&map);
}

static void test_at_inserts_once(void **state) {
  (void)state;
  Map map = {0};
  bool is_new;
  *il_map_at(&map, 5, &is_new) = 6;
  assert_true(is_new);
  assert_int_equal(*il_map_at(&map, 5, &is_new), 6);
  assert_false(is_new);
  il_map_put(&map, il_map_key(&map), il_map_key(&is_new));
  assert_ptr_equal(il_map_find_pointer(&map, il_map_key(&map)), &is_new);
  il_map_drop(&map);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_empty),
      cmocka_unit_test(test_all_keys_are_allowed),
      cmocka_unit_test(test_random_changes),
      cmocka_unit_test(test_iteration_follows_insertion),
      cmocka_unit_test(test_at_inserts_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
