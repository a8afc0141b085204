// memory.c: thin covers over malloc and mmap.
//
// The debug counters of bytes are thread-local so that there is no shared state:
// a block freed on another thread makes one balance too high and the other too
// low by the same amount, and the sum stays right. The adversary counts for the
// whole process: whichever thread asks for the nth block does not get it.
#include "base/memory.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#if IL_DEBUG
static _Thread_local int64_t thread_balance;
static _Atomic(int64_t) fail_at;  // any thread counts it down (relaxed)

static void count_bytes(int64_t delta) { thread_balance += delta; }

// One step of the adversary: must this allocation fail?
static bool must_fail(void) {
  if (atomic_load_explicit(&fail_at, memory_order_relaxed) <= 0) return false;
  if (atomic_fetch_sub_explicit(&fail_at, 1, memory_order_relaxed) != 1) {
    return false;
  }
  fputs("stress: an allocation fails\n", stderr);
  return true;
}

int64_t il_memory_balance(void) { return thread_balance; }

void il_memory_fail_at(int64_t nth) { atomic_store(&fail_at, nth); }
#else
static void count_bytes(int64_t delta) { (void)delta; }

static bool must_fail(void) { return false; }

int64_t il_memory_balance(void) { return 0; }

void il_memory_fail_at(int64_t nth) { (void)nth; }
#endif

void il_memory_exhausted(size_t wanted_bytes) {
  fprintf(stderr, "isle: out of memory (%zu bytes wanted)\n", wanted_bytes);
  fflush(NULL);
  _Exit(255);
}

void *il_memory_alloc(size_t size_bytes) {
  if (size_bytes == 0) return NULL;
  void *p = must_fail() ? NULL : malloc(size_bytes);
  if (IL_UNLIKELY(!p)) il_memory_exhausted(size_bytes);
#if IL_DEBUG
  memset(p, 0xA5, size_bytes);  // nobody may count on zeroes
#endif
  count_bytes((int64_t)size_bytes);
  return p;
}

void *il_memory_zalloc(size_t size_bytes) {
  if (size_bytes == 0) return NULL;
  void *p = must_fail() ? NULL : calloc(1, size_bytes);
  if (IL_UNLIKELY(!p)) il_memory_exhausted(size_bytes);
  count_bytes((int64_t)size_bytes);
  return p;
}

void *il_memory_realloc(void *p, size_t old_bytes, size_t new_bytes) {
  IL_ASSERT(p || old_bytes == 0);
  if (new_bytes == 0) {
    il_memory_free(p, old_bytes);
    return NULL;
  }
  void *moved = must_fail() ? NULL : realloc(p, new_bytes);
  if (IL_UNLIKELY(!moved)) il_memory_exhausted(new_bytes);
  count_bytes((int64_t)new_bytes - (int64_t)old_bytes);
  return moved;
}

void il_memory_free(void *p, size_t size_bytes) {
  if (!p) return;
  count_bytes(-(int64_t)size_bytes);
#if IL_DEBUG && !IL_ASAN
  memset(p, 0xDD, size_bytes);  // what is freed must not look alive
#endif
  free(p);
}

void *il_memory_try_alloc(size_t size_bytes) {
  if (size_bytes == 0) return NULL;
  if (must_fail()) return NULL;
  void *p = calloc(1, size_bytes);
  if (p) count_bytes((int64_t)size_bytes);
  return p;
}

void *il_memory_try_realloc(void *p, size_t old_bytes, size_t new_bytes) {
  IL_ASSERT((p || old_bytes == 0) && new_bytes > 0);
  if (must_fail()) return NULL;
  void *moved = realloc(p, new_bytes);
  if (moved) count_bytes((int64_t)new_bytes - (int64_t)old_bytes);
  return moved;
}

enum { HUGE_PAGE_BYTES = 2 << 20, HUGE_RUN_BYTES = 4 * HUGE_PAGE_BYTES };

void *il_memory_map(size_t size_bytes, size_t alignment_bytes) {
  IL_ASSERT(il_common_is_power_of_two(alignment_bytes));
  if (must_fail()) return NULL;
  // Map too much, then give back what lies before and after the aligned part.
  const size_t page = 4096;
  bool is_huge = size_bytes >= HUGE_RUN_BYTES;
  if (is_huge && alignment_bytes < HUGE_PAGE_BYTES)
    alignment_bytes = HUGE_PAGE_BYTES;
  size_t extra = alignment_bytes > page ? alignment_bytes - page : 0;
  size_t total = size_bytes + extra;
  if (total < size_bytes) return NULL;
  void *raw = mmap(NULL, total, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (raw == MAP_FAILED) return NULL;
  uintptr_t start = (uintptr_t)raw;
  uintptr_t aligned = (uintptr_t)il_common_align(start, alignment_bytes);
  uintptr_t end = aligned + (size_t)il_common_align(size_bytes, page);
  if (aligned > start) munmap(raw, aligned - start);
  if (start + total > end) munmap((void *)end, start + total - end);
  // Much is filled in a fraction of the time when it comes in huge pages; where
  // there are none nothing is lost.
  if (is_huge) madvise((void *)aligned, size_bytes, MADV_HUGEPAGE);
  return (void *)aligned;
}

void il_memory_unmap(void *p, size_t size_bytes) {
  if (!p) return;
  // Poison outlives a mapping: the next one at this address would inherit it.
  IL_UNPOISON(p, size_bytes);
  munmap(p, size_bytes);
}

void il_memory_forget(void *p, size_t size_bytes) {
  madvise(p, size_bytes, MADV_DONTNEED);
}
