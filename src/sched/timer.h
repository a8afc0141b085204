// timer.h: the next deadline of every task that has one.
//
// One heap for the whole scheduler, under one lock. A task has at most one
// entry: what a task does with its own many timers is its own affair. The
// earliest deadline stands beside the heap as an atomic, so that a worker that
// only wants to know "is anything due?" takes no lock.
//
//     entries[0] is the earliest; the children of i are 4i+1 … 4i+4
//     task->timer_place is the entry's index + 1, 0 when it has none
//
// Owner:     the struct lives inside the scheduler.
// Threads:   any.
// Allocates: the entries, outside any heap.
// Fails:     il_timer_heap_set says IL_NO_MEMORY and changes nothing.
#ifndef IL_SCHED_TIMER_H
#define IL_SCHED_TIMER_H

#include <stdatomic.h>

#include "base/lock.h"
#include "base/status.h"
#include "sched/sched.h"

typedef struct TimerEntry {
  uint64_t deadline_ns;
  Task *task;
} TimerEntry;

typedef struct TimerHeap {
  Lock lock;
  // Written under the lock (seq_cst), read by any.
  _Atomic(uint64_t) next_deadline_ns;
  TimerEntry *entries;
  uint32_t count;
  uint32_t capacity;
} TimerHeap;

void il_timer_heap_init(TimerHeap *heap);
void il_timer_heap_drop(TimerHeap *heap);

// Sets, moves or (IL_NEVER) removes the entry of a task.
Status il_timer_heap_set(TimerHeap *heap, Task *task, uint64_t deadline_ns);

// Removes and returns a task whose deadline is at or before `now_ns`; NULL
// when there is none.
Task *il_timer_heap_take_due(TimerHeap *heap, uint64_t now_ns);

// The earliest deadline, IL_NEVER when there is none.
static inline uint64_t il_timer_heap_next_ns(TimerHeap *heap) {
  return atomic_load(&heap->next_deadline_ns);
}

#endif
