// memory_test.c: blocks, pages, and the adversary.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"

static void test_pages_are_aligned_and_zeroed(void **state) {
  (void)state;
  for (size_t alignment = 4096; alignment <= (size_t)1 << 22; alignment *= 4) {
    char *p = il_memory_map(40960, alignment);
    assert_non_null(p);
    assert_int_equal((uintptr_t)p % alignment, 0);
    assert_int_equal(p[40959], 0);
    p[40959] = 1;
    il_memory_forget(p, 40960);
    assert_int_equal(p[40959], 0);
    il_memory_unmap(p, 40960);
  }
}

static void test_realloc_from_and_to_nothing(void **state) {
  (void)state;
  char *p = il_memory_realloc(NULL, 0, 10);
  p[9] = 7;
  p = il_memory_realloc(p, 10, 1000);
  assert_int_equal(p[9], 7);
  assert_null(il_memory_realloc(p, 1000, 0));
  assert_null(il_memory_alloc(0));
  il_memory_free(NULL, 0);
}

static void test_the_adversary_fails_the_nth(void **state) {
  (void)state;
  if (!IL_DEBUG) skip();
  il_memory_fail_at(2);
  void *first = il_memory_try_alloc(8);
  assert_non_null(first);
  assert_null(il_memory_try_alloc(8));
  void *third = il_memory_try_realloc(first, 8, 16);
  assert_non_null(third);
  il_memory_free(third, 16);
  il_memory_fail_at(0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_pages_are_aligned_and_zeroed),
      cmocka_unit_test(test_realloc_from_and_to_nothing),
      cmocka_unit_test(test_the_adversary_fails_the_nth),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
