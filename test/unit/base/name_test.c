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

// A table over an image finds the image's names with their numbers, and gives
// new ones the numbers behind.
static void test_a_table_stands_on_an_image(void **state) {
  (void)state;
  NameTable below;
  il_name_table_init(&below);
  Name apple = il_name_intern(&below, TEXT("apple"));
  Name pear = il_name_intern(&below, TEXT("pear"));
  uint32_t ends[NAME_PREDEFINED_COUNT + 2];
  TextBuilder bytes = {0};
  for (Name name = 0; name < below.count; name++) {
    il_text_append(&bytes, il_name_text(&below, name));
    ends[name] = il_text_builder_text(&bytes).length;
  }
  uint32_t capacity =
      (uint32_t)il_common_round_up_power(below.count * (uint64_t)4 / 3);
  uint32_t *index = il_memory_zalloc(capacity * sizeof(uint32_t));
  il_name_make_index(&below, index, capacity);
  NameImage image = {ends, il_text_builder_text(&bytes).bytes, index,
                     below.count, capacity};
  NameTable table;
  il_name_table_init_over(&table, &image);
  assert_int_equal(il_name_find(&table, TEXT("apple")), apple);
  assert_int_equal(il_name_intern(&table, TEXT("pear")), pear);
  assert_int_equal(il_name_find(&table, TEXT("plum")), NAME_NONE);
  for (int i = 0; i < 1000; i++) {
    char word[32];
    snprintf(word, sizeof word, "word%d", i);
    Name name = below.count + (Name)i;
    assert_int_equal(il_name_intern(&table, il_text_of(word)), name);
    assert_int_equal(il_name_find(&table, il_text_of(word)), name);
    assert_true(il_text_equal(il_name_text(&table, name), il_text_of(word)));
  }
  assert_int_equal(il_name_find(&table, TEXT("call")), NAME_call);
  il_name_table_drop(&table);
  il_memory_free(index, capacity * sizeof(uint32_t));
  il_text_builder_drop(&bytes);
  il_name_table_drop(&below);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_predefined_names_have_their_numbers),
      cmocka_unit_test(test_equal_texts_have_equal_names),
      cmocka_unit_test(test_private_names_belong_to_a_library),
      cmocka_unit_test(test_a_table_stands_on_an_image),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
