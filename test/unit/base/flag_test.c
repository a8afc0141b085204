// flag_test.c: command-line flags of the runtime.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/flag.h"

static void test_defaults(void **state) {
  (void)state;
  Flags flags;
  il_flag_init(&flags);
  assert_false(flags.gc_stress);
  assert_int_equal(flags.seed, 0);
  assert_int_equal(flags.trace, 0);
}

static void test_values(void **state) {
  (void)state;
  Flags flags;
  il_flag_init(&flags);
  assert_int_equal(il_flag_parse(&flags, "--gc-stress"), FLAG_TAKEN);
  assert_true(flags.gc_stress);
  assert_int_equal(il_flag_parse(&flags, "--no-gc-stress"), FLAG_TAKEN);
  assert_false(flags.gc_stress);
  assert_int_equal(il_flag_parse(&flags, "--seed=7"), FLAG_TAKEN);
  assert_int_equal(flags.seed, 7);
  assert_int_equal(il_flag_parse(&flags, "--heap-limit=64m"), FLAG_TAKEN);
  assert_int_equal(flags.heap_limit, 64 << 20);
  assert_int_equal(il_flag_parse(&flags, "--trace=gc,load"), FLAG_TAKEN);
  assert_int_equal(flags.trace, TRACE_BIT(gc) | TRACE_BIT(load));
}

static void test_mistakes(void **state) {
  (void)state;
  Flags flags;
  il_flag_init(&flags);
  assert_int_equal(il_flag_parse(&flags, "--nonsense"), FLAG_UNKNOWN);
  assert_int_equal(il_flag_parse(&flags, "file.dart"), FLAG_UNKNOWN);
  assert_int_equal(il_flag_parse(&flags, "--seed"), FLAG_BAD_VALUE);
  assert_int_equal(il_flag_parse(&flags, "--seed=x"), FLAG_BAD_VALUE);
  assert_int_equal(il_flag_parse(&flags, "--no-seed=1"), FLAG_BAD_VALUE);
  assert_int_equal(il_flag_parse(&flags, "--gc-stress=1"), FLAG_BAD_VALUE);
  assert_int_equal(il_flag_parse(&flags, "--trace=gcx"), FLAG_BAD_VALUE);
  assert_int_equal(il_flag_parse(&flags, "--gc-stres"), FLAG_UNKNOWN);
  assert_int_equal(il_flag_parse(&flags, "--seed=99999999999999999999"),
                   FLAG_BAD_VALUE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_defaults),
      cmocka_unit_test(test_values),
      cmocka_unit_test(test_mistakes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
