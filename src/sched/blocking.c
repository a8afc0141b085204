// blocking.c: the pool of helper threads.
#include "sched/blocking.h"

#include <sys/eventfd.h>
#include <unistd.h>

enum { STACK_BYTES = 1 << 20 };

// The lock is held.
static BlockingJob *take_job(BlockingPool *pool) {
  BlockingJob *job = pool->first;
  if (!job) return NULL;
  pool->first = job->next;
  if (!pool->first) pool->last = NULL;
  pool->waiting_count--;
  return job;
}

// The lock is held.
static void cancel_thread(BlockingThread *thread) {
  uint64_t one = 1;
  // The counter cannot overflow: it is cleared after each job.
  ssize_t written = write(thread->cancel_fd, &one, sizeof one);
  (void)written;
}

// The lock is held: nobody cancels meanwhile.
static void end_job(BlockingPool *pool, BlockingThread *thread) {
  uint64_t count;
  thread->job = NULL;
  if (pool->is_stopping) return;
  ssize_t got = read(thread->cancel_fd, &count, sizeof count);
  (void)got;
}

static void *run_jobs(void *argument) {
  BlockingPool *pool = argument;
  il_lock_take(&pool->lock);
  BlockingThread *thread = &pool->threads[pool->started_count++];
  for (;;) {
    BlockingJob *job = take_job(pool);
    if (job) {
      thread->job = job;
      job->cancel_fd = thread->cancel_fd;
      if (job->is_cancelled) cancel_thread(thread);
      il_lock_release(&pool->lock);
      job->run(job);
      il_lock_take(&pool->lock);
      end_job(pool, thread);
    } else if (pool->is_stopping) {
      break;
    } else {
      pool->resting_count++;
      il_condition_wait(&pool->news, &pool->lock);
      pool->resting_count--;
    }
  }
  il_lock_release(&pool->lock);
  return NULL;
}

// The lock is held.
static bool add_thread(BlockingPool *pool) {
  if (pool->thread_count == BLOCKING_LIMIT) return false;
  BlockingThread *thread = &pool->threads[pool->thread_count];
  thread->cancel_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (thread->cancel_fd < 0) return false;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, STACK_BYTES);
  int error = pthread_create(&thread->thread, &attributes, run_jobs, pool);
  pthread_attr_destroy(&attributes);
  if (error) {
    close(thread->cancel_fd);
    return false;
  }
  pool->thread_count++;
  return true;
}

void il_blocking_pool_init(BlockingPool *pool) {
  memset(pool, 0, sizeof *pool);
  il_lock_init(&pool->lock, RANK_POOL);
  il_condition_init(&pool->news);
}

void il_blocking_pool_drop(BlockingPool *pool) {
  il_lock_take(&pool->lock);
  pool->is_stopping = true;
  for (uint32_t i = 0; i < pool->thread_count; i++) {
    cancel_thread(&pool->threads[i]);
  }
  il_condition_wake_all(&pool->news);
  il_lock_release(&pool->lock);
  // Nobody submits any more, so the count stands still.
  for (uint32_t i = 0; i < pool->thread_count; i++) {
    pthread_join(pool->threads[i].thread, NULL);
    close(pool->threads[i].cancel_fd);
  }
  il_condition_drop(&pool->news);
  il_lock_drop(&pool->lock);
}

Status il_blocking_pool_submit(BlockingPool *pool, BlockingJob *job) {
  il_lock_take(&pool->lock);
  // A thread that was signalled but has not woken yet still counts as resting:
  // compare with the jobs that wait for one.
  if (pool->resting_count <= pool->waiting_count && !add_thread(pool) &&
      pool->thread_count == 0) {
    il_lock_release(&pool->lock);
    return IL_NO_MEMORY;
  }
  job->next = NULL;
  job->is_cancelled = false;
  if (pool->last) {
    pool->last->next = job;
  } else {
    pool->first = job;
  }
  pool->last = job;
  pool->waiting_count++;
  il_condition_wake_one(&pool->news);
  il_lock_release(&pool->lock);
  return IL_OK;
}

void il_blocking_pool_cancel(BlockingPool *pool, BlockingJob *job) {
  il_lock_take(&pool->lock);
  job->is_cancelled = true;
  for (uint32_t i = 0; i < pool->thread_count; i++) {
    if (pool->threads[i].job == job) cancel_thread(&pool->threads[i]);
  }
  il_lock_release(&pool->lock);
}
