// scanner_test.c: tokens, brackets, strings, the version comment.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "syntax/scanner.h"

typedef struct Scan {
  Arena arena;
  NameTable names;
  Diagnostics diagnostics;
  Source source;
  ScannerResult result;
} Scan;

static void scan(Scan *s, Text text) {
  *s = (Scan){0};
  il_name_table_init(&s->names);
  il_diagnostic_init(&s->diagnostics);
  il_source_init(&s->source, &s->arena, TEXT("a.dart"), text);
  il_scanner_scan(&s->result, &s->names, &s->source, &s->diagnostics);
}

static void drop(Scan *s) {
  il_scanner_drop(&s->result);
  il_diagnostic_drop(&s->diagnostics);
  il_name_table_drop(&s->names);
  il_arena_drop(&s->arena);
}

static TokenKind kind(const Scan *s, uint32_t index) {
  assert_true(index < s->result.tokens.count);
  return (TokenKind)s->result.tokens.items[index].kind;
}

static void assert_kinds(const char *text, const TokenKind *kinds,
                         uint32_t count) {
  Scan s;
  scan(&s, il_text_of(text));
  assert_int_equal(s.result.tokens.count, count + 1);
  for (uint32_t i = 0; i < count; i++) assert_int_equal(kind(&s, i), kinds[i]);
  assert_int_equal(kind(&s, count), TOK_END);
  drop(&s);
}

#define KINDS(text, ...)                                         \
  do {                                                           \
    const TokenKind kinds_[] = {__VA_ARGS__};                    \
    assert_kinds((text), kinds_, (uint32_t)IL_COUNT_OF(kinds_)); \
  } while (0)

static void every_punctuator_and_word_is_itself(void **state) {
  (void)state;
  for (TokenKind k = TOK_OPEN_PAREN; k < TOK_COUNT; k++) {
    Text text = il_text_of(il_token_text(k));
    Scan s;
    scan(&s, text);
    if (text.bytes[0] == '>') {
      // Scanned one by one.
      assert_int_equal(kind(&s, 0), TOK_GREATER);
    } else {
      assert_int_equal(s.result.tokens.count, 2);
      assert_int_equal(kind(&s, 0), k);
      assert_false(il_diagnostic_any(&s.diagnostics));
    }
    drop(&s);
  }
}

static void numbers(void **state) {
  (void)state;
  KINDS("0 12 0xFf 1.5 .5 1e9 1.5e-3", TOK_INT, TOK_INT, TOK_HEX, TOK_DOUBLE,
        TOK_DOUBLE, TOK_DOUBLE, TOK_DOUBLE);
  KINDS("1.x 1..x 1_000", TOK_INT, TOK_DOT, TOK_IDENTIFIER, TOK_INT,
        TOK_DOT_DOT, TOK_IDENTIFIER, TOK_INT);
  KINDS("a?.5:1", TOK_IDENTIFIER, TOK_QUESTION, TOK_DOUBLE, TOK_COLON, TOK_INT);
}

static void comments_nest_and_leave_nothing(void **state) {
  (void)state;
  KINDS("a /* /* b */ c */ d // e", TOK_IDENTIFIER, TOK_IDENTIFIER);
}

static void strings_with_interpolation(void **state) {
  (void)state;
  KINDS("'a'", TOK_STRING);
  KINDS("r'$a'", TOK_STRING);
  KINDS("'''a'b\n'''", TOK_STRING);
  KINDS("'a$b'", TOK_STRING_HEAD, TOK_IDENTIFIER, TOK_STRING_TAIL);
  KINDS("'$a$b'", TOK_STRING_HEAD, TOK_IDENTIFIER, TOK_STRING_MIDDLE,
        TOK_IDENTIFIER, TOK_STRING_TAIL);
  KINDS("'${ {1} }'", TOK_STRING_HEAD, TOK_OPEN_BRACE, TOK_INT, TOK_CLOSE_BRACE,
        TOK_STRING_TAIL);
  KINDS("'${'${a}'}'", TOK_STRING_HEAD, TOK_STRING_HEAD, TOK_IDENTIFIER,
        TOK_STRING_TAIL, TOK_STRING_TAIL);
  KINDS("'\\'' \"\\$a\"", TOK_STRING, TOK_STRING);
}

static void brackets_know_their_partners(void **state) {
  (void)state;
  Scan s;
  scan(&s, TEXT("( [ { } ( ] ) ) }"));
  //             0 1 2 3 4 5 6 7 8
  assert_int_equal(s.result.tokens.items[0].value, 6);
  assert_int_equal(s.result.tokens.items[1].value, 5);
  assert_int_equal(s.result.tokens.items[2].value, 3);
  assert_int_equal(s.result.tokens.items[4].value, 0);
  drop(&s);
  // A parenthesis does not close beyond its braces.
  scan(&s, TEXT("( { ) }"));
  assert_int_equal(s.result.tokens.items[0].value, 0);
  assert_int_equal(s.result.tokens.items[1].value, 3);
  drop(&s);
}

static void assert_code(const char *text, DiagnosticCode code) {
  Scan s;
  scan(&s, il_text_of(text));
  assert_true(s.diagnostics.items.count >= 1);
  assert_int_equal(s.diagnostics.items.items[0].code, code);
  drop(&s);
}

static void bad_text_is_reported(void **state) {
  (void)state;
  assert_code("'abc", DIAG_UNTERMINATED_STRING);
  assert_code("'abc\n'", DIAG_UNTERMINATED_STRING);
  assert_code("'''abc", DIAG_UNTERMINATED_STRING);
  assert_code("'${a", DIAG_UNTERMINATED_STRING);
  assert_code("/* /* */", DIAG_UNTERMINATED_COMMENT);
  assert_code("0x", DIAG_INVALID_NUMBER);
  assert_code("1e+", DIAG_INVALID_NUMBER);
  assert_code("1_", DIAG_INVALID_SEPARATOR);
  assert_code("a \\ b", DIAG_INVALID_CHARACTER);
  assert_code("\xFF", DIAG_INVALID_UTF8);
  assert_code("'$ '", DIAG_INVALID_INTERPOLATION);
}

static void assert_version(const char *text, bool has, uint32_t major,
                           uint32_t minor) {
  Scan s;
  scan(&s, il_text_of(text));
  assert_int_equal(s.result.has_version_comment, has);
  if (has) {
    assert_int_equal(s.result.version_major, major);
    assert_int_equal(s.result.version_minor, minor);
  }
  drop(&s);
}

static void the_version_comment_comes_first(void **state) {
  (void)state;
  assert_version("// @dart = 2.19\nmain() {}", true, 2, 19);
  assert_version("#!/usr/bin/isle\n// A\n//@dart=3.0\n", true, 3, 0);
  assert_version("/* A */ // @dart = 3.1", true, 3, 1);
  assert_version("main() {}\n// @dart = 2.19\n", false, 0, 0);
  assert_version("/// @dart = 2.19\n", false, 0, 0);
  assert_version("// @dart = 2.19 or so\n", false, 0, 0);
}

static void every_byte_alone_is_scanned(void **state) {
  (void)state;
  for (int c = 0; c < 256; c++) {
    char text[1] = {(char)c};
    Scan s;
    scan(&s, il_text_make(text, 1));
    assert_true(s.result.tokens.count >= 1);
    drop(&s);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_punctuator_and_word_is_itself),
      cmocka_unit_test(numbers),
      cmocka_unit_test(comments_nest_and_leave_nothing),
      cmocka_unit_test(strings_with_interpolation),
      cmocka_unit_test(brackets_know_their_partners),
      cmocka_unit_test(bad_text_is_reported),
      cmocka_unit_test(the_version_comment_comes_first),
      cmocka_unit_test(every_byte_alone_is_scanned),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
