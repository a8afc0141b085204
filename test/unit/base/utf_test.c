// utf_test.c: UTF-8 and UTF-16, every code point there and back.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf.h"

static void test_every_rune_there_and_back(void **state) {
  (void)state;
  for (uint32_t rune = 0; rune <= UTF_MAX_RUNE; rune++) {
    char bytes[4];
    uint32_t length = il_utf_encode(rune, bytes), offset = 0;
    bool is_bad = false;
    Text text = il_text_make(bytes, length);
    assert_int_equal(il_utf_decode(text, &offset, &is_bad), rune);
    assert_int_equal(offset, length);
    assert_false(is_bad);
    if (rune >= 0x10000) {
      assert_int_equal(il_utf_join(il_utf_lead_of(rune), il_utf_trail_of(rune)),
                       rune);
    }
  }
}

static uint32_t count_replacements(Text text) {
  uint32_t count = 0;
  bool is_bad = false;
  for (uint32_t i = 0; i < text.length;) {
    count += il_utf_decode(text, &i, &is_bad) == UTF_REPLACEMENT;
  }
  assert_true(is_bad);
  return count;
}

static void test_malformed_bytes(void **state) {
  (void)state;
  assert_int_equal(count_replacements(TEXT("\x80")), 1);
  assert_int_equal(count_replacements(TEXT("\xC0\x80")), 2);
  assert_int_equal(count_replacements(TEXT("\xE2\x82")), 1);
  assert_int_equal(count_replacements(TEXT("\xE2\x82x")), 1);
  assert_int_equal(count_replacements(TEXT("\xE0\x80\x80")), 3);
  assert_int_equal(count_replacements(TEXT("\xF4\x90\x80\x80")), 4);
  assert_int_equal(count_replacements(TEXT("\xF0\x9F\x98")), 1);
  assert_int_equal(count_replacements(TEXT("\xFF\xFE")), 2);
}

static void test_validity(void **state) {
  (void)state;
  assert_true(il_utf_is_valid(TEXT("a\xC3\xA9\xF0\x9F\x98\x80")));
  assert_false(il_utf_is_valid(TEXT("\xED\xA0\x80")));
  assert_false(il_utf_is_valid(TEXT("a\xC3")));
  assert_true(il_utf_is_ascii(TEXT("abc")));
  assert_false(il_utf_is_ascii(TEXT("\xC3\xA9")));
}

static void test_units(void **state) {
  (void)state;
  Text text = TEXT("a\xC3\xA9\xF0\x9F\x98\x80");
  bool all_latin1;
  assert_int_equal(il_utf_count_units(text, &all_latin1), 4);
  assert_false(all_latin1);
  uint16_t units[4];
  il_utf_to_units(text, units);
  assert_int_equal(units[1], 0xE9);
  assert_int_equal(units[2], 0xD83D);
  assert_int_equal(units[3], 0xDE00);
  TextBuilder builder = {0};
  il_utf_append_units(&builder, units, 4);
  assert_true(il_text_equal(il_text_builder_text(&builder), text));
  il_text_builder_clear(&builder);
  il_utf_append_units(&builder, units, 3);  // ends in a lone surrogate
  assert_true(il_text_equal(il_text_builder_text(&builder),
                            TEXT("a\xC3\xA9\xEF\xBF\xBD")));
  il_text_builder_clear(&builder);
  uint8_t latin1[2];
  text = TEXT("a\xC3\xA9");
  assert_int_equal(il_utf_count_units(text, &all_latin1), 2);
  assert_true(all_latin1);
  il_utf_to_latin1(text, latin1);
  il_utf_append_latin1(&builder, latin1, 2);
  assert_true(il_text_equal(il_text_builder_text(&builder), text));
  il_text_builder_drop(&builder);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_rune_there_and_back),
      cmocka_unit_test(test_malformed_bytes),
      cmocka_unit_test(test_validity),
      cmocka_unit_test(test_units),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
