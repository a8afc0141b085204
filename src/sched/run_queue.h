// run_queue.h: the tasks that wait for one worker, and that others may steal.
//
// A ring of fixed size with one producer and many consumers. The owner pushes
// at `tail`; the owner and the thieves take from `head`, each by moving it with
// one compare-and-swap. Positions only grow; a position's slot is its low bits.
//
//      head              tail
//        ▼                ▼
//   ─ ─ [t][t][t][t][t][t] ─ ─      tail - head <= RUN_QUEUE_SIZE
//
// A thief reads the slots first and moves `head` afterwards: when the swap
// succeeds nobody else took them, and the owner cannot have overwritten them,
// for it never pushes past `head` + size. What the ring cannot hold goes to a
// chain (Task.next) that the worker hands to the scheduler's global queue.
//
// Owner:     the struct lives inside a worker.
// Threads:   push and steal_into (as receiver) by the owner; pop and steal
//            (as victim) by any.
// Allocates: nothing.
// Fails:     il_run_queue_push says false when the ring is full.
#ifndef IL_SCHED_RUN_QUEUE_H
#define IL_SCHED_RUN_QUEUE_H

#include <stdatomic.h>

#include "sched/sched.h"

enum { RUN_QUEUE_SIZE = 256 };

typedef struct RunQueue {
  _Atomic(uint32_t) head;  // any consumer moves it (CAS, acq_rel)
  _Atomic(uint32_t) tail;  // the owner stores (seq_cst: before it looks for
                           // sleepers), consumers load (acquire)
  _Atomic(Task *) slots[RUN_QUEUE_SIZE];
} RunQueue;

void il_run_queue_init(RunQueue *queue);

// Puts a task at the tail; false when the ring is full.
bool il_run_queue_push(RunQueue *queue, Task *task);

// Takes the task at the head; NULL when there is none.
Task *il_run_queue_pop(RunQueue *queue);

// Moves half of the victim's tasks (rounded up) to `into`, whose owner calls
// and which must be empty, and returns one of them to run; NULL for none.
Task *il_run_queue_steal(RunQueue *victim, RunQueue *into);

// Takes half of a full ring as a chain linked by Task.next, first to last;
// returns how many, 0 when thieves were quicker.
uint32_t il_run_queue_spill(RunQueue *queue, Task **first, Task **last);

// How many tasks it holds; a guess unless the owner asks.
uint32_t il_run_queue_count(RunQueue *queue);

#endif
