// timer.c: a four-way heap: as deep as a binary one is wide, and the four
// children share a cache line.
#include "sched/timer.h"

#include "base/memory.h"

enum { ARITY = 4, FIRST_CAPACITY = 16 };

static void place(TimerHeap *heap, uint32_t index, TimerEntry entry) {
  heap->entries[index] = entry;
  entry.task->timer_place = index + 1;
}

static void sift_up(TimerHeap *heap, uint32_t index, TimerEntry entry) {
  while (index > 0) {
    uint32_t parent = (index - 1) / ARITY;
    if (heap->entries[parent].deadline_ns <= entry.deadline_ns) break;
    place(heap, index, heap->entries[parent]);
    index = parent;
  }
  place(heap, index, entry);
}

static void sift_down(TimerHeap *heap, uint32_t index, TimerEntry entry) {
  for (;;) {
    uint32_t first = index * ARITY + 1;
    if (first >= heap->count) break;
    uint32_t end = first + ARITY < heap->count ? first + ARITY : heap->count;
    uint32_t least = first;
    for (uint32_t i = first + 1; i < end; i++) {
      if (heap->entries[i].deadline_ns < heap->entries[least].deadline_ns) {
        least = i;
      }
    }
    if (entry.deadline_ns <= heap->entries[least].deadline_ns) break;
    place(heap, index, heap->entries[least]);
    index = least;
  }
  place(heap, index, entry);
}

// Puts an entry where one was taken out or changed: it may belong above or
// below.
static void settle(TimerHeap *heap, uint32_t index, TimerEntry entry) {
  uint32_t parent = index == 0 ? 0 : (index - 1) / ARITY;
  if (index > 0 && entry.deadline_ns < heap->entries[parent].deadline_ns) {
    sift_up(heap, index, entry);
  } else {
    sift_down(heap, index, entry);
  }
}

static void remove_at(TimerHeap *heap, uint32_t index) {
  Task *task = heap->entries[index].task;
  task->timer_place = 0;
  atomic_store_explicit(&task->deadline_ns, IL_NEVER, memory_order_relaxed);
  TimerEntry last = heap->entries[--heap->count];
  if (index < heap->count) settle(heap, index, last);
}

static bool grow(TimerHeap *heap) {
  uint32_t wanted = heap->capacity ? heap->capacity * 2 : FIRST_CAPACITY;
  TimerEntry *grown = il_memory_try_alloc(wanted * sizeof(TimerEntry));
  if (!grown) return false;
  for (uint32_t i = 0; i < heap->count; i++) grown[i] = heap->entries[i];
  if (heap->entries) {
    il_memory_free(heap->entries, heap->capacity * sizeof(TimerEntry));
  }
  heap->entries = grown;
  heap->capacity = wanted;
  return true;
}

static void publish_next(TimerHeap *heap) {
  atomic_store(&heap->next_deadline_ns,
               heap->count ? heap->entries[0].deadline_ns : IL_NEVER);
}

void il_timer_heap_init(TimerHeap *heap) {
  il_lock_init(&heap->lock, RANK_WORKER);
  atomic_init(&heap->next_deadline_ns, IL_NEVER);
  heap->entries = NULL;
  heap->count = 0;
  heap->capacity = 0;
}

void il_timer_heap_drop(TimerHeap *heap) {
  if (heap->entries) {
    il_memory_free(heap->entries, heap->capacity * sizeof(TimerEntry));
  }
  il_lock_drop(&heap->lock);
}

static Status set_locked(TimerHeap *heap, Task *task, uint64_t deadline_ns) {
  if (deadline_ns == IL_NEVER) {
    if (task->timer_place) remove_at(heap, task->timer_place - 1);
    return IL_OK;
  }
  TimerEntry entry = {deadline_ns, task};
  if (task->timer_place) {
    settle(heap, task->timer_place - 1, entry);
  } else {
    if (heap->count == heap->capacity && !grow(heap)) return IL_NO_MEMORY;
    sift_up(heap, heap->count++, entry);
  }
  atomic_store_explicit(&task->deadline_ns, deadline_ns, memory_order_relaxed);
  return IL_OK;
}

Status il_timer_heap_set(TimerHeap *heap, Task *task, uint64_t deadline_ns) {
  il_lock_take(&heap->lock);
  Status status = set_locked(heap, task, deadline_ns);
  publish_next(heap);
  il_lock_release(&heap->lock);
  return status;
}

Task *il_timer_heap_take_due(TimerHeap *heap, uint64_t now_ns) {
  Task *task = NULL;
  il_lock_take(&heap->lock);
  if (heap->count && heap->entries[0].deadline_ns <= now_ns) {
    task = heap->entries[0].task;
    remove_at(heap, 0);
    publish_next(heap);
  }
  il_lock_release(&heap->lock);
  return task;
}
