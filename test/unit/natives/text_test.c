// text_test.c: UTF-8 to strings of the narrowest width and back; a full heap
// says how much is wanted, and nothing has changed.
#include "natives/text.h"

#include "unit/heap/heap_kit.h"

static String *string_of(HeapKit *k, const char *bytes) {
  NativeCall call = {.heap = &k->heap};
  Text text = il_text_of(bytes);
  Value made = il_new_text(&call, text);
  if (!made) {
    assert_true(call.need > 0);
    assert_int_equal(il_heap_reserve(&k->heap, call.need), IL_OK);
    made = il_new_text(&call, text);
  }
  assert_int_not_equal(made, 0);
  return (String *)(void *)il_value_object(made);
}

static void check_round(HeapKit *k, const char *bytes, bool wide,
                        uint64_t units) {
  String *s = string_of(k, bytes);
  assert_int_equal(s->length, units);
  assert_int_equal(il_string_is_wide(s), wide);
  TextBuilder out;
  il_text_builder_init(&out);
  il_text_append_units(&out, s);
  assert_true(il_text_equal(il_text_builder_text(&out), il_text_of(bytes)));
  il_text_builder_drop(&out);
}

static void test_text_goes_round(void **state) {
  (void)state;
  HeapKit kit;
  kit_open(&kit);
  check_round(&kit, "", false, 0);
  check_round(&kit, "isle", false, 4);
  check_round(&kit, "caf\xc3\xa9 \xc3\xbf", false, 6);
  check_round(&kit, "\xc4\x80", true, 1);
  check_round(&kit, "a\xe2\x82\xac", true, 2);
  check_round(&kit, "\xf0\x9f\x8f\x9d!", true, 3);
  kit_close(&kit);
}

static void test_halves_of_pairs_are_three_bytes(void **state) {
  (void)state;
  HeapKit kit;
  kit_open(&kit);
  String *s = string_of(&kit, "\xf0\x9f\x8f\x9d");
  il_string_units(s)[1] = 'x';
  TextBuilder out;
  il_text_builder_init(&out);
  il_text_append_units(&out, s);
  Text text = il_text_builder_text(&out);
  assert_int_equal(text.length, 4);
  assert_memory_equal(text.bytes, "\xed\xa0\xbcx", 4);
  il_text_builder_drop(&out);
  kit_close(&kit);
}

static void test_equal_strings_are_equal_words(void **state) {
  (void)state;
  HeapKit kit;
  kit_open(&kit);
  String *a = string_of(&kit, "thirteen char");
  size_t size = il_string_size_bytes(a->length, false);
  uint64_t copy[8];
  assert_true(size <= sizeof copy);
  memcpy(copy, a, size);
  String *b = string_of(&kit, "thirteen char");
  assert_memory_equal(copy, b, size);
  kit_close(&kit);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_text_goes_round),
      cmocka_unit_test(test_halves_of_pairs_are_three_bytes),
      cmocka_unit_test(test_equal_strings_are_equal_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
