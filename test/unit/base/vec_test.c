// vec_test.c: the typed growing array.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/vec.h"

typedef struct {
  int a;
  char b;
} Pair;

static void test_push_and_pop(void **state) {
  (void)state;
  IL_VEC(int) v = {0};
  for (int i = 0; i < 1000; i++) il_vec_push(&v, i * 2);
  assert_int_equal(v.count, 1000);
  assert_int_equal(v.items[999], 1998);
  assert_int_equal(il_vec_last(&v), 1998);
  assert_int_equal(il_vec_pop(&v), 1998);
  assert_int_equal(v.count, 999);
  il_vec_clear(&v);
  assert_int_equal(v.count, 0);
  assert_true(v.capacity > 0);
  il_vec_drop(&v);
  assert_null(v.items);
}

static void test_structs_and_compound_literals(void **state) {
  (void)state;
  int64_t before = il_memory_balance();
  IL_VEC(Pair) v = {0};
  il_vec_push(&v, (Pair){1, 'x'});
  il_vec_push(&v, v.items[0]);
  assert_int_equal(v.items[1].a, 1);
  assert_int_equal(v.items[1].b, 'x');
  il_vec_drop(&v);
  assert_int_equal(il_memory_balance(), before);
}

static void test_append_and_reserve(void **state) {
  (void)state;
  IL_VEC(uint64_t) v = {0};
  il_vec_reserve(&v, 100);
  assert_true(v.capacity >= 100);
  const uint64_t some[] = {1, 2, 3};
  il_vec_append(&v, some, 3);
  il_vec_append(&v, some, 0);
  assert_int_equal(v.count, 3);
  assert_int_equal(v.items[2], 3);
  il_vec_drop(&v);
}

static void test_to_arena(void **state) {
  (void)state;
  Arena arena = {0};
  IL_VEC(int) v = {0};
  assert_null(il_vec_to_arena(&v, &arena));
  il_vec_push(&v, 5);
  il_vec_push(&v, 6);
  int *copy = il_vec_to_arena(&v, &arena);
  il_vec_drop(&v);
  assert_int_equal(copy[0], 5);
  assert_int_equal(copy[1], 6);
  il_arena_drop(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_push_and_pop),
      cmocka_unit_test(test_structs_and_compound_literals),
      cmocka_unit_test(test_append_and_reserve),
      cmocka_unit_test(test_to_arena),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
