// source_test.c: lines and columns.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "syntax/source.h"

static Source open_text(Arena *arena, const char *text) {
  Source source;
  il_source_init(&source, arena, TEXT("a.dart"), il_text_of(text));
  return source;
}

static void assert_position(const Source *source, uint32_t offset,
                            uint32_t line, uint32_t column) {
  SourcePosition p = il_source_position(source, offset);
  assert_int_equal(p.line, line);
  assert_int_equal(p.column, column);
}

static void all_line_ends_count(void **state) {
  (void)state;
  Arena arena = {0};
  Source source = open_text(&arena, "a\nb\r\nc\rd");
  assert_int_equal(source.line_count, 4);
  assert_position(&source, 0, 1, 1);
  assert_position(&source, 2, 2, 1);
  assert_position(&source, 5, 3, 1);
  assert_position(&source, 7, 4, 1);
  assert_position(&source, 8, 4, 2);
  assert_position(&source, 99, 4, 2);
  assert_true(il_text_equal(il_source_line(&source, 2), TEXT("b")));
  il_arena_drop(&arena);
}

static void columns_are_utf16_units(void **state) {
  (void)state;
  Arena arena = {0};
  Source source = open_text(&arena, "\xC3\xA9\xF0\x9F\x98\x80x");
  assert_position(&source, 2, 1, 2);
  assert_position(&source, 6, 1, 4);
  il_arena_drop(&arena);
}

static void a_byte_order_mark_has_no_column(void **state) {
  (void)state;
  Arena arena = {0};
  Source source = open_text(&arena, "\xEF\xBB\xBFxy");
  assert_position(&source, 4, 1, 2);
  assert_true(il_text_equal(il_source_line(&source, 1), TEXT("xy")));
  il_arena_drop(&arena);
}

static void the_empty_text_has_one_line(void **state) {
  (void)state;
  Arena arena = {0};
  Source source = open_text(&arena, "");
  assert_int_equal(source.line_count, 1);
  assert_position(&source, 0, 1, 1);
  assert_int_equal(il_source_line(&source, 1).length, 0);
  il_arena_drop(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_line_ends_count),
      cmocka_unit_test(columns_are_utf16_units),
      cmocka_unit_test(a_byte_order_mark_has_no_column),
      cmocka_unit_test(the_empty_text_has_one_line),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
