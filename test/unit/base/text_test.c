// text_test.c: slices and the builder.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"

static void test_compare(void **state) {
  (void)state;
  assert_true(il_text_equal(TEXT(""), (Text){NULL, 0}));
  assert_true(il_text_compare(TEXT("a"), TEXT("b")) < 0);
  assert_true(il_text_compare(TEXT("ab"), TEXT("a")) > 0);
  assert_true(il_text_compare(TEXT("\xff"), TEXT("a")) > 0);
  assert_int_equal(il_text_compare(TEXT("a"), TEXT("a")), 0);
  assert_int_equal(il_text_hash(TEXT("ab")),
                   il_text_hash(il_text_slice(TEXT("xabx"), 1, 3)));
  assert_true(il_text_hash(TEXT("ab")) != il_text_hash(TEXT("ba")));
}

static void test_find(void **state) {
  (void)state;
  Text path = TEXT("a/b/c.dart");
  assert_int_equal(il_text_find_char(path, '/'), 1);
  assert_int_equal(il_text_find_last_char(path, '/'), 3);
  assert_int_equal(il_text_find_char(path, 'z'), -1);
  assert_int_equal(il_text_find(path, TEXT("c."), 0), 4);
  assert_int_equal(il_text_find(path, TEXT("a"), 1), 7);
  assert_int_equal(il_text_find(path, TEXT("zz"), 0), -1);
  assert_int_equal(il_text_find(path, TEXT(""), 10), 10);
  assert_int_equal(il_text_find(path, TEXT(""), 11), -1);
  assert_true(il_text_starts_with(path, TEXT("a/")));
  assert_false(il_text_starts_with(TEXT("a"), path));
  assert_true(il_text_ends_with(path, TEXT(".dart")));
}

static void test_builder(void **state) {
  (void)state;
  TextBuilder builder;
  il_text_builder_init(&builder);
  assert_int_equal(il_text_builder_text(&builder).length, 0);
  assert_string_equal(il_text_builder_string(&builder), "");
  il_text_append(&builder, TEXT("ab"));
  il_text_append_char(&builder, 'c');
  il_text_append_rune(&builder, 0x20AC);
  il_text_append_string(&builder, "-");
  il_text_append_format(&builder, "%03d", 7);
  assert_string_equal(il_text_builder_string(&builder), "abc\xE2\x82\xAC-007");
  for (int i = 0; i < 1000; i++) il_text_append_format(&builder, "%d,", i);
  assert_int_equal(il_text_builder_text(&builder).length, 10 + 3890);
  il_text_builder_clear(&builder);
  assert_string_equal(il_text_builder_string(&builder), "");
  il_text_builder_drop(&builder);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_compare),
      cmocka_unit_test(test_find),
      cmocka_unit_test(test_builder),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
