// line_test.c: the table of places says for each word where it comes from.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "code/line.h"

// A function with its bytes behind it, as they lie in a segment.
typedef struct {
  Function function;
  uint8_t bytes[256];
} Placed;

static void place_lines(Placed *p, const CodeLine *lines, uint32_t count) {
  Arena arena;
  il_arena_init(&arena);
  uint32_t size;
  const uint8_t *bytes = il_line_encode(&arena, lines, count, &size);
  assert_true(size <= sizeof p->bytes);
  memset(p, 0, sizeof *p);
  memcpy(p->bytes, bytes, size);
  p->function.line_bytes = size;
  p->function.lines = (Rel)(p->bytes - (uint8_t *)&p->function.lines);
  il_arena_drop(&arena);
}

static void test_each_place_reaches_to_the_next(void **state) {
  (void)state;
  static const CodeLine lines[] = {
      {0, 10, 3},      {4, 9, 200},           {5, 9, 1},
      {900, 1, 70000}, {901, 4000000000u, 0}, {4000000000u, 2, UINT32_MAX},
  };
  enum { COUNT = IL_COUNT_OF(lines) };
  Placed p;
  place_lines(&p, lines, COUNT);
  for (uint32_t i = 0; i < COUNT; i++) {
    uint32_t last = i + 1 < COUNT ? lines[i + 1].pc - 1 : UINT32_MAX;
    uint32_t points[] = {lines[i].pc, last};
    for (int k = 0; k < 2; k++) {
      CodeLine found;
      assert_true(il_line_find(&p.function, points[k], &found));
      assert_int_equal(found.pc, lines[i].pc);
      assert_int_equal(found.line, lines[i].line);
      assert_int_equal(found.column, lines[i].column);
    }
  }
}

static void test_what_is_not_said_is_not_found(void **state) {
  (void)state;
  CodeLine found;
  Placed p;
  place_lines(&p, NULL, 0);
  assert_false(il_line_find(&p.function, 0, &found));
  place_lines(&p, &(CodeLine){7, 1, 1}, 1);
  assert_false(il_line_find(&p.function, 6, &found));
  assert_true(il_line_find(&p.function, 7, &found));
  // Bytes cut off in the middle end the table.
  p.function.line_bytes--;
  il_line_find(&p.function, 7, &found);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_each_place_reaches_to_the_next),
      cmocka_unit_test(test_what_is_not_said_is_not_found),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
