// budget.h: what all heaps of one runtime may take from the system together.
//
// Pools count what they map, payloads what they are made of. The limit is
// looked at where a program asks for memory (il_heap_reserve, a spawn), never
// where a collection does: so the isolate that asks gets an OutOfMemoryError,
// and no collection fails half-way. A small heap may go an eighth past it, so
// that it is the large ones that fail first.
//
// Owner:     the realm.
// Threads:   any; sums are relaxed.
// Allocates: nothing.
// Fails:     never.
#ifndef ISLE_HEAP_BUDGET_H
#define ISLE_HEAP_BUDGET_H

#include <stdatomic.h>

#include "base/common.h"

typedef struct Budget {
  size_t limit_bytes;              // 0: none; written before any use
  _Atomic(size_t) used_bytes;
  _Atomic(size_t) payload_bytes;   // of those, what payloads are
  _Atomic(size_t) payload_count;   // alive
} Budget;

// The budget may be NULL: then nothing is counted.
static inline void il_budget_add(Budget *budget, size_t bytes) {
  if (budget) {
    atomic_fetch_add_explicit(&budget->used_bytes, bytes,
                              memory_order_relaxed);
  }
}
static inline void il_budget_remove(Budget *budget, size_t bytes) {
  if (budget) {
    atomic_fetch_sub_explicit(&budget->used_bytes, bytes,
                              memory_order_relaxed);
  }
}

// May somebody who holds `held_bytes` already not have `more_bytes`? Of what is
// counted as used, `spare_bytes` are free to him.
static inline bool il_budget_refuses(const Budget *budget, size_t spare_bytes,
                                     size_t held_bytes, size_t more_bytes) {
  if (!budget || !budget->limit_bytes) return false;
  size_t limit = budget->limit_bytes;
  if (held_bytes + more_bytes <= limit / 16) limit += limit / 8;
  return atomic_load_explicit(&budget->used_bytes, memory_order_relaxed) +
             more_bytes >
         limit + spare_bytes;
}

#endif
