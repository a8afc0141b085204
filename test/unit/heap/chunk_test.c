// chunk_test.c: the pool's accounts, whatever is taken and given back.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "heap/chunk.h"

typedef struct {
  Chunk *chunk;
  Block *block;
  MemoryOwner owner;
  uint8_t pattern;
} Loan;

static char *data_of(const Loan *l, size_t *size) {
  if (l->chunk) {
    *size = l->chunk->size - sizeof(Chunk);
    return l->chunk->data;
  }
  *size = l->block->size_bytes - BLOCK_HEAD_BYTES;
  return (char *)l->block + BLOCK_HEAD_BYTES;
}

static void take(Pool *pool, Loan *l, uint32_t x) {
  l->owner = x & 1 ? MEMORY_MAIL : MEMORY_HEAP;
  switch (x >> 1 & 3) {
    case 0: l->chunk = il_pool_take_chunk(pool, 1 + (x >> 8) % 1024, l->owner);
      break;
    case 1: l->chunk = il_pool_take_chunk(pool, 1 + (x >> 8) % 9000, l->owner);
      break;
    case 2: l->block = il_pool_take_block(pool, l->owner); break;
    default:
      l->block = il_pool_take_large(pool, 8200 + (x >> 8) % 100000, l->owner);
  }
  assert_true(l->chunk || l->block);
  l->pattern = (uint8_t)(x >> 16);
  size_t size;
  char *data = data_of(l, &size);
  memset(data, l->pattern, size);
}

static void give(Pool *pool, Loan *l) {
  size_t size;
  const char *data = data_of(l, &size);
  for (size_t i = 0; i < size; i += 61)
    assert_int_equal((uint8_t)data[i], l->pattern);
  if (l->chunk) il_pool_give_chunk(pool, l->chunk, l->owner);
  else il_pool_give_block(pool, l->block, l->owner);
  *l = (Loan){0};
}

static void test_random(void **state) {
  (void)state;
  enum { LOANS = 400 };
  Loan loans[LOANS] = {0};
  Pool *pool = il_pool_new(0);
  uint64_t random = 5;
  for (uint32_t i = 0; i < 40000; i++) {
    random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
    Loan *l = &loans[(random >> 40) % LOANS];
    if (l->chunk || l->block) give(pool, l);
    else take(pool, l, (uint32_t)(random >> 20));
    if (i % 64 == 0) assert_true(il_pool_audit(pool));
  }
  for (uint32_t i = 0; i < LOANS; i++)
    if (loans[i].chunk || loans[i].block) give(pool, &loans[i]);
  assert_true(il_pool_audit(pool));
  assert_int_equal(il_pool_held_bytes(pool), 0);
  il_pool_free(pool);
}

// Areas go back to the system when many blocks are free.
static void test_shrinks(void **state) {
  (void)state;
  enum { BLOCKS = 640 };
  static Block *blocks[BLOCKS];
  Pool *pool = il_pool_new(0);
  for (uint32_t i = 0; i < BLOCKS; i++)
    blocks[i] = il_pool_take_block(pool, MEMORY_HEAP);
  assert_true(pool->mapped_bytes >= BLOCKS * (size_t)BLOCK_BYTES);
  for (uint32_t i = 0; i < BLOCKS; i++)
    il_pool_give_block(pool, blocks[i], MEMORY_HEAP);
  assert_true(pool->mapped_bytes <= 5 * (size_t)AREA_BYTES);
  assert_true(il_pool_audit(pool));
  il_pool_free(pool);
}

static void test_limit(void **state) {
  (void)state;
  Pool *pool = il_pool_new(2 * BLOCK_BYTES);
  Block *a = il_pool_take_block(pool, MEMORY_HEAP);
  Block *b = il_pool_take_block(pool, MEMORY_MAIL);
  assert_true(a && b);
  assert_null(il_pool_take_chunk(pool, 100, MEMORY_MAIL));
  assert_null(il_pool_take_block(pool, MEMORY_MAIL));
  assert_null(il_pool_take_large(pool, 9000, MEMORY_MAIL));
  // A heap asks first; its collections get what they want.
  assert_true(il_pool_refuses(pool, 0, 1));
  Chunk *c = il_pool_take_chunk(pool, 100, MEMORY_HEAP);
  assert_non_null(c);
  il_pool_give_chunk(pool, c, MEMORY_HEAP);
  il_pool_move_bytes(pool, BLOCK_BYTES, MEMORY_MAIL, MEMORY_HEAP);
  il_pool_give_block(pool, b, MEMORY_HEAP);
  assert_false(il_pool_refuses(pool, 0, 100));
  il_pool_give_block(pool, a, MEMORY_HEAP);
  il_pool_free(pool);
}

// A budget is shared by pools; who holds little may go a little past it.
static void test_budget(void **state) {
  (void)state;
  Budget budget = {.limit_bytes = 2 * AREA_BYTES};
  Pool *one = il_pool_new(0), *two = il_pool_new(0);
  one->budget = two->budget = &budget;
  Block *a = il_pool_take_block(one, MEMORY_HEAP);
  Block *b = il_pool_take_large(two, 4 * BLOCK_BYTES, MEMORY_HEAP);
  assert_true(a && b);
  assert_true(budget.used_bytes == AREA_BYTES + b->size_bytes);
  assert_false(il_pool_refuses(two, 0, AREA_BYTES / 2));
  assert_true(il_pool_refuses(two, 0, AREA_BYTES));
  Block *c = il_pool_take_large(two, AREA_BYTES - b->size_bytes, MEMORY_HEAP);
  assert_non_null(c);
  assert_true(il_pool_refuses(two, AREA_BYTES, 1000));
  assert_false(il_pool_refuses(two, 1000, 1000));
  // What is free in a pool is its heaps' to have.
  assert_false(il_pool_refuses(one, AREA_BYTES, 1000));
  assert_null(il_pool_take_large(one, AREA_BYTES, MEMORY_MAIL));
  il_pool_give_block(two, c, MEMORY_HEAP);
  il_pool_give_block(two, b, MEMORY_HEAP);
  il_pool_give_block(one, a, MEMORY_HEAP);
  il_pool_free(one);
  il_pool_free(two);
  assert_true(budget.used_bytes == 0);
}

// The audit sees what was counted wrong or has been forgotten.
static void test_audit(void **state) {
  (void)state;
  Pool *pool = il_pool_new(0);
  Chunk *c = il_pool_take_chunk(pool, 100, MEMORY_HEAP);
  Block *b = il_pool_take_block(pool, MEMORY_MAIL);
  assert_true(il_pool_audit(pool));
  pool->free_block_count++;
  assert_false(il_pool_audit_blocks(pool));
  pool->free_block_count--;
  pool->bytes[MEMORY_FREE] += 1024;
  assert_false(il_pool_audit_blocks(pool));
  pool->bytes[MEMORY_FREE] -= 1024;
  b->kind = BLOCK_FREE;
  assert_false(il_pool_audit_blocks(pool));
  b->kind = BLOCK_OLD;
  pool->bytes[MEMORY_MAIL] -= 1024;  // of an owner's: blocks alone do not tell
  assert_true(il_pool_audit_blocks(pool));
  assert_false(il_pool_audit(pool));
  pool->bytes[MEMORY_MAIL] += 1024;
  assert_true(il_pool_audit(pool));
  il_pool_give_block(pool, b, MEMORY_MAIL);
  il_pool_give_chunk(pool, c, MEMORY_HEAP);
  il_pool_free(pool);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_random),
      cmocka_unit_test(test_shrinks),
      cmocka_unit_test(test_limit),
      cmocka_unit_test(test_audit),
      cmocka_unit_test(test_budget),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
