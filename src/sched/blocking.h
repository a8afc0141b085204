// blocking.h: threads for system calls that may block.
//
// Jobs wait in one list; a thread is added when a job comes and none rests, up
// to BLOCKING_LIMIT. Resting threads sleep and stay until the end.
//
// Owner:     the struct lives inside the scheduler.
// Threads:   submit from any; drop from the one that frees the scheduler.
// Allocates: nothing but threads.
// Fails:     submit says IL_NO_MEMORY when there is no thread at all.
#ifndef IL_SCHED_BLOCKING_H
#define IL_SCHED_BLOCKING_H

#include <pthread.h>

#include "base/lock.h"
#include "base/status.h"
#include "sched/sched.h"

enum { BLOCKING_LIMIT = 64 };

typedef struct BlockingPool {
  Lock lock;
  Condition news;
  BlockingJob *first, *last;  // under the lock, as all that follows
  uint32_t resting_count;
  uint32_t waiting_count;
  uint32_t thread_count;
  bool is_stopping;
  pthread_t threads[BLOCKING_LIMIT];
} BlockingPool;

void il_blocking_pool_init(BlockingPool *pool);

// Runs what is waiting to its end and joins the threads.
void il_blocking_pool_drop(BlockingPool *pool);

Status il_blocking_pool_submit(BlockingPool *pool, BlockingJob *job);

#endif
