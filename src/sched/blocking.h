// blocking.h: threads for system calls that may block.
//
// Jobs wait in one list; a thread is added when a job comes and none rests, up
// to BLOCKING_LIMIT. Resting threads sleep and stay until the end.
//
// Each thread has a descriptor that becomes readable when the job it works on
// is cancelled: a job that waits for what may never come (a pipe) polls it too.
//
// Owner:     the struct lives inside the scheduler.
// Threads:   submit and cancel from any; drop from the one that frees the
//            scheduler.
// Allocates: threads, and a descriptor for each.
// Fails:     submit says IL_NO_MEMORY when there is no thread at all.
#ifndef IL_SCHED_BLOCKING_H
#define IL_SCHED_BLOCKING_H

#include <pthread.h>

#include "base/lock.h"
#include "base/status.h"
#include "sched/sched.h"

enum { BLOCKING_LIMIT = 64 };

typedef struct BlockingThread {
  pthread_t thread;
  int cancel_fd;
  BlockingJob *job;  // it works on; NULL when it rests
} BlockingThread;

typedef struct BlockingPool {
  Lock lock;
  Condition news;
  BlockingJob *first, *last;  // under the lock, as all that follows
  uint32_t resting_count;
  uint32_t waiting_count;
  uint32_t thread_count;
  uint32_t started_count;     // threads that have found their entry
  bool is_stopping;
  BlockingThread threads[BLOCKING_LIMIT];
} BlockingPool;

void il_blocking_pool_init(BlockingPool *pool);

// Cancels what is running, runs what is waiting to its end (cancelled too) and
// joins the threads.
void il_blocking_pool_drop(BlockingPool *pool);

Status il_blocking_pool_submit(BlockingPool *pool, BlockingJob *job);
void il_blocking_pool_cancel(BlockingPool *pool, BlockingJob *job);

#endif
