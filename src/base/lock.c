// lock.c: pthread mutexes, and the mask of ranks in debug builds.
#include "base/lock.h"

#include <errno.h>
#include <time.h>

#if IL_DEBUG
static _Thread_local uint32_t held_ranks;  // bit r: a lock of rank r is held

static void note_taken(Lock *lock, bool must_be_above) {
  if (must_be_above) IL_ASSERT((held_ranks >> lock->rank) == 0);
  held_ranks |= 1u << lock->rank;
}

static void note_released(Lock *lock) {
  IL_ASSERT(held_ranks & (1u << lock->rank));
  held_ranks &= ~(1u << lock->rank);
}
#else
static void note_taken(Lock *lock, bool must_be_above) {
  (void)lock, (void)must_be_above;
}

static void note_released(Lock *lock) { (void)lock; }
#endif

static void check_call(int result) {
  IL_ASSERT(result == 0);
  (void)result;
}

void il_lock_init(Lock *lock, LockRank rank) {
  check_call(pthread_mutex_init(&lock->mutex, NULL));
#if IL_DEBUG
  lock->rank = rank;
#else
  (void)rank;
#endif
}

void il_lock_drop(Lock *lock) {
  check_call(pthread_mutex_destroy(&lock->mutex));
}

void il_lock_take(Lock *lock) {
  note_taken(lock, true);
  check_call(pthread_mutex_lock(&lock->mutex));
}

void il_lock_release(Lock *lock) {
  note_released(lock);
  check_call(pthread_mutex_unlock(&lock->mutex));
}

bool il_lock_try_take(Lock *lock) {
  if (pthread_mutex_trylock(&lock->mutex) != 0) return false;
  // To try cannot deadlock, so the order is free.
  note_taken(lock, false);
  return true;
}

void il_lock_assert_held(const Lock *lock) {
#if IL_DEBUG
  IL_ASSERT(held_ranks & (1u << lock->rank));
#else
  (void)lock;
#endif
}

void il_lock_assert_none(void) {
#if IL_DEBUG
  IL_ASSERT(held_ranks == 0);
#endif
}

void il_condition_init(Condition *condition) {
  pthread_condattr_t attributes;
  check_call(pthread_condattr_init(&attributes));
  check_call(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC));
  check_call(pthread_cond_init(&condition->cond, &attributes));
  check_call(pthread_condattr_destroy(&attributes));
}

void il_condition_drop(Condition *condition) {
  check_call(pthread_cond_destroy(&condition->cond));
}

void il_condition_wait(Condition *condition, Lock *lock) {
  note_released(lock);
  check_call(pthread_cond_wait(&condition->cond, &lock->mutex));
  note_taken(lock, true);
}

bool il_condition_wait_until(Condition *condition, Lock *lock,
                             int64_t deadline_ns) {
  struct timespec time = {.tv_sec = deadline_ns / 1000000000,
                          .tv_nsec = deadline_ns % 1000000000};
  if (deadline_ns < 0) time = (struct timespec){0, 0};
  note_released(lock);
  int result = pthread_cond_timedwait(&condition->cond, &lock->mutex, &time);
  note_taken(lock, true);
  return result != ETIMEDOUT;
}

void il_condition_wake_one(Condition *condition) {
  check_call(pthread_cond_signal(&condition->cond));
}

void il_condition_wake_all(Condition *condition) {
  check_call(pthread_cond_broadcast(&condition->cond));
}
