// name_test.c: interned identifiers.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/memory.h"
#include "base/name.h"

static void test_predefined_names_have_their_numbers(void **state) {
  (void)state;
  NameTable table;
  il_name_table_init(&table);
  assert_int_equal(il_name_intern(&table, TEXT("call")), NAME_call);
  assert_int_equal(il_name_intern(&table, TEXT(">>>")), NAME_op_ushr);
  assert_int_equal(il_name_intern(&table, TEXT("unary-")), NAME_op_neg);
  assert_int_equal(il_name_intern(&table, TEXT("")), NAME_empty);
  assert_true(il_text_equal(il_name_text(&table, NAME_noSuchMethod),
                            TEXT("noSuchMethod")));
  assert_int_equal(table.count, NAME_PREDEFINED_COUNT);
#define NAME(id, text) \
  assert_int_equal(il_name_find(&table, TEXT(text)), NAME_##id);
#include "base/name.def"
#undef NAME
  il_name_table_drop(&table);
}

static void test_equal_texts_have_equal_names(void **state) {
  (void)state;
  int64_t before = il_memory_balance();
  NameTable table;
  il_name_table_init(&table);
  Name names[5000];
  for (int i = 0; i < 5000; i++) {
    char word[32];
    snprintf(word, sizeof word, "word%d", i);
    assert_int_equal(il_name_find(&table, il_text_of(word)), NAME_NONE);
    names[i] = il_name_intern(&table, il_text_of(word));
  }
  for (int i = 0; i < 5000; i++) {
    char word[32];
    snprintf(word, sizeof word, "word%d", i);
    assert_int_equal(il_name_intern(&table, il_text_of(word)), names[i]);
    assert_string_equal(il_name_text(&table, names[i]).bytes, word);
  }
  il_name_table_drop(&table);
  assert_int_equal(il_memory_balance(), before);
}

static void test_private_names_belong_to_a_library(void **state) {
  (void)state;
  NameTable table;
  il_name_table_init(&table);
  Name one = il_name_intern_private(&table, TEXT("_x"), 1);
  Name two = il_name_intern_private(&table, TEXT("_x"), 2);
  assert_int_not_equal(one, two);
  assert_int_equal(one, il_name_intern_private(&table, TEXT("_x"), 1));
  assert_true(il_text_equal(il_name_text(&table, two), TEXT("_x@2")));
  assert_true(il_text_equal(il_name_public_text(&table, two), TEXT("_x")));
  assert_true(il_name_is_private(&table, two));
  Name open = il_name_intern_private(&table, TEXT("x"), 1);
  assert_int_equal(open, il_name_intern(&table, TEXT("x")));
  assert_false(il_name_is_private(&table, open));
  il_name_table_drop(&table);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_predefined_names_have_their_numbers),
      cmocka_unit_test(test_equal_texts_have_equal_names),
      cmocka_unit_test(test_private_names_belong_to_a_library),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
