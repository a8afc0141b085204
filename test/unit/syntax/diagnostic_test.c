// diagnostic_test.c: order, duplicates, limit and layout of messages.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "syntax/diagnostic.h"

static void messages_are_sorted_and_shown(void **state) {
  (void)state;
  Arena arena = {0};
  Source source, other;
  il_source_init(&source, &arena, TEXT("a.dart"), TEXT("one\n\ttwo x\n"));
  il_source_init(&other, &arena, TEXT("b.dart"), TEXT("b"));
  Diagnostics d;
  TextBuilder out = {0};
  il_diagnostic_init(&d);
  il_diagnostic_error(&d, &source, 9, 10, DIAG_UNKNOWN_LABEL, TEXT("x"),
                      "break");
  il_diagnostic_error(&d, &other, 0, 1, DIAG_INVALID_RETHROW);
  il_diagnostic_error(&d, &source, 0, 3, DIAG_EXPECTED_TYPE, TEXT("one"));
  // The second message for a place is dropped.
  il_diagnostic_error(&d, &source, 9, 9, DIAG_INVALID_THIS);
  il_diagnostic_print(&d, &out, true);
  assert_string_equal(
      il_text_builder_string(&out),
      "a.dart:1:1: Error[expected_type]: Expected a type but found 'one'.\n"
      "one\n"
      "^\n"
      "a.dart:2:6: Error[unknown_label]: There is no label 'x' that 'break' "
      "could go to.\n"
      "\ttwo x\n"
      "\t    ^\n"
      "b.dart:1:1: Error[invalid_rethrow]: 'rethrow' must stand inside a "
      "catch clause.\n"
      "b\n"
      "^\n");
  il_text_builder_drop(&out);
  il_diagnostic_drop(&d);
  il_arena_drop(&arena);
}

static void beyond_the_limit_messages_are_counted(void **state) {
  (void)state;
  Arena arena = {0};
  Source source;
  il_source_init(&source, &arena, TEXT("a.dart"), TEXT("x"));
  Diagnostics d;
  il_diagnostic_init(&d);
  for (uint32_t i = 0; i < IL_DIAGNOSTIC_LIMIT + 7; i++) {
    il_diagnostic_error(&d, NULL, 0, 0, DIAG_INVALID_THIS);
  }
  assert_int_equal(d.items.count, IL_DIAGNOSTIC_LIMIT);
  assert_int_equal(d.count, IL_DIAGNOSTIC_LIMIT + 7);
  TextBuilder out = {0};
  il_diagnostic_print(&d, &out, false);
  assert_true(il_text_ends_with(il_text_builder_text(&out),
                                TEXT("7 more errors are not shown.\n")));
  il_text_builder_drop(&out);
  il_diagnostic_drop(&d);
  il_arena_drop(&arena);
}

static void a_long_line_is_cut_around_its_place(void **state) {
  (void)state;
  Arena arena = {0};
  char text[2001];
  memset(text, 'a', 2000);
  text[1000] = '!';
  text[2000] = '\0';
  Source source;
  il_source_init(&source, &arena, TEXT("a.dart"), il_text_of(text));
  Diagnostics d;
  il_diagnostic_init(&d);
  il_diagnostic_error(&d, &source, 1000, 1001, DIAG_INVALID_THIS);
  TextBuilder out = {0};
  il_diagnostic_print(&d, &out, false);
  assert_true(il_text_builder_text(&out).length < 400);
  assert_true(il_text_find(il_text_builder_text(&out), TEXT("a!a"), 0) > 0);
  il_text_builder_drop(&out);
  il_diagnostic_drop(&d);
  il_arena_drop(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(messages_are_sorted_and_shown),
      cmocka_unit_test(beyond_the_limit_messages_are_counted),
      cmocka_unit_test(a_long_line_is_cut_around_its_place),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
