// arena_test.c: memory that is freed all at once.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/memory.h"

static void test_memory_is_zeroed_and_aligned(void **state) {
  (void)state;
  Arena arena;
  il_arena_init(&arena);
  for (size_t size = 1; size < 200; size++) {
    char *p = il_arena_alloc(&arena, size);
    assert_int_equal((uintptr_t)p % 8, 0);
    for (size_t i = 0; i < size; i++) assert_int_equal(p[i], 0);
    memset(p, 0xFF, size);
  }
  il_arena_drop(&arena);
}

static void test_large_requests_get_their_own_block(void **state) {
  (void)state;
  Arena arena = {0};
  char *small = il_arena_alloc(&arena, 16);
  char *large = il_arena_alloc(&arena, 1 << 20);
  large[(1 << 20) - 1] = 1;
  // Bumping goes on in the block that has more room.
  char *next = il_arena_alloc(&arena, 16);
  assert_ptr_equal(next, small + 16);
  il_arena_drop(&arena);
}

static void test_empty_requests_are_distinct(void **state) {
  (void)state;
  Arena arena = {0};
  void *a = il_arena_alloc(&arena, 0);
  void *b = il_arena_alloc(&arena, 0);
  assert_non_null(a);
  assert_ptr_not_equal(a, b);
  il_arena_drop(&arena);
}

static void test_drop_gives_everything_back(void **state) {
  (void)state;
  int64_t before = il_memory_balance();
  Arena arena = {0};
  for (int i = 0; i < 10000; i++) il_arena_alloc(&arena, 100);
  assert_true(arena.size_bytes >= 1000000);
  il_arena_drop(&arena);
  assert_int_equal(arena.size_bytes, 0);
  assert_int_equal(il_memory_balance(), before);
}

static void test_rewind_returns_to_the_mark(void **state) {
  (void)state;
  Arena arena = {0};
  char *kept = il_arena_alloc(&arena, 8);
  *kept = 7;
  ArenaMark mark = il_arena_mark(&arena);
  size_t size = arena.size_bytes;
  for (int i = 0; i < 1000; i++) il_arena_alloc(&arena, 100);
  il_arena_rewind(&arena, mark);
  assert_int_equal(arena.size_bytes, size);
  assert_int_equal(*kept, 7);
  char *again = il_arena_alloc(&arena, 8);
  assert_ptr_equal(again, kept + 8);
  assert_int_equal(*again, 0);
  il_arena_drop(&arena);
}

static void test_texts_are_copied_and_formatted(void **state) {
  (void)state;
  Arena arena = {0};
  char word[] = "isle";
  Text copy = il_arena_copy_text(&arena, il_text_of(word));
  word[0] = 'x';
  assert_true(il_text_equal(copy, TEXT("isle")));
  assert_int_equal(copy.bytes[4], 0);
  Text text = il_arena_format(&arena, "%d-%s", 42, "b");
  assert_true(il_text_equal(text, TEXT("42-b")));
  il_arena_drop(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_memory_is_zeroed_and_aligned),
      cmocka_unit_test(test_large_requests_get_their_own_block),
      cmocka_unit_test(test_empty_requests_are_distinct),
      cmocka_unit_test(test_drop_gives_everything_back),
      cmocka_unit_test(test_rewind_returns_to_the_mark),
      cmocka_unit_test(test_texts_are_copied_and_formatted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
