// run_queue.c: the ring, bottom-up: slots, push and pop, the two bulk moves.
#include "sched/run_queue.h"

enum { SLOT_MASK = RUN_QUEUE_SIZE - 1 };

static void write_slot(RunQueue *queue, uint32_t position, Task *task) {
  atomic_store_explicit(&queue->slots[position & SLOT_MASK], task,
                        memory_order_relaxed);
}

static Task *read_slot(RunQueue *queue, uint32_t position) {
  return atomic_load_explicit(&queue->slots[position & SLOT_MASK],
                              memory_order_relaxed);
}

// Claims `count` positions from `*head` on; on failure `*head` is fresh.
static bool move_head(RunQueue *queue, uint32_t *head, uint32_t count) {
  return atomic_compare_exchange_strong_explicit(
      &queue->head, head, *head + count, memory_order_acq_rel,
      memory_order_acquire);
}

void il_run_queue_init(RunQueue *queue) {
  atomic_init(&queue->head, 0);
  atomic_init(&queue->tail, 0);
  for (uint32_t i = 0; i < RUN_QUEUE_SIZE; i++) {
    atomic_init(&queue->slots[i], NULL);
  }
}

uint32_t il_run_queue_count(RunQueue *queue) {
  // Sequentially consistent: a worker that goes to sleep must not miss what
  // was pushed by one that looked for sleepers before.
  uint32_t tail = atomic_load(&queue->tail);
  uint32_t head = atomic_load(&queue->head);
  uint32_t count = tail - head;
  return count > RUN_QUEUE_SIZE ? 0 : count;  // head ran past our old tail
}

bool il_run_queue_push(RunQueue *queue, Task *task) {
  uint32_t head = atomic_load_explicit(&queue->head, memory_order_acquire);
  uint32_t tail = atomic_load_explicit(&queue->tail, memory_order_relaxed);
  if (tail - head >= RUN_QUEUE_SIZE) return false;
  write_slot(queue, tail, task);
  atomic_store(&queue->tail, tail + 1);
  return true;
}

Task *il_run_queue_pop(RunQueue *queue) {
  uint32_t head = atomic_load_explicit(&queue->head, memory_order_acquire);
  for (;;) {
    uint32_t tail = atomic_load_explicit(&queue->tail, memory_order_acquire);
    if (head == tail) return NULL;
    Task *task = read_slot(queue, head);
    if (move_head(queue, &head, 1)) return task;
  }
}

Task *il_run_queue_steal(RunQueue *victim, RunQueue *into) {
  uint32_t base = atomic_load_explicit(&into->tail, memory_order_relaxed);
  uint32_t head = atomic_load_explicit(&victim->head, memory_order_acquire);
  for (;;) {
    uint32_t tail = atomic_load_explicit(&victim->tail, memory_order_acquire);
    uint32_t count = tail - head;
    if (count == 0) return NULL;
    if (count > RUN_QUEUE_SIZE) {  // head is stale: both moved on meanwhile
      head = atomic_load_explicit(&victim->head, memory_order_acquire);
      continue;
    }
    uint32_t half = count - count / 2;
    Task *first = read_slot(victim, head);
    for (uint32_t i = 1; i < half; i++) {
      write_slot(into, base + i - 1, read_slot(victim, head + i));
    }
    if (!move_head(victim, &head, half)) continue;
    atomic_store(&into->tail, base + half - 1);
    return first;
  }
}

uint32_t il_run_queue_spill(RunQueue *queue, Task **first, Task **last) {
  Task *batch[RUN_QUEUE_SIZE / 2];
  uint32_t head = atomic_load_explicit(&queue->head, memory_order_acquire);
  uint32_t tail = atomic_load_explicit(&queue->tail, memory_order_relaxed);
  uint32_t half = RUN_QUEUE_SIZE / 2;
  if (tail - head < RUN_QUEUE_SIZE) return 0;
  for (uint32_t i = 0; i < half; i++) batch[i] = read_slot(queue, head + i);
  if (!move_head(queue, &head, half)) return 0;
  for (uint32_t i = 0; i + 1 < half; i++) batch[i]->next = batch[i + 1];
  batch[half - 1]->next = NULL;
  *first = batch[0];
  *last = batch[half - 1];
  return half;
}
