// lock.h: mutexes with ranks, and conditions.
//
// A thread may take a lock only when its rank is above the rank of every lock
// that the thread holds; so no two threads can wait for each other. Debug
// builds assert it with a thread-local mask of the ranks held; release builds
// are a plain mutex. Two locks of one rank are never held together.
//
//   RANK_RUNTIME < RANK_GROUP < RANK_TYPES < ... < RANK_MEMORY
//
// Owner:     a lock lives inside another struct.
// Threads:   any; who took a lock releases it.
// Allocates: nothing.
// Fails:     never; misuse asserts.
#ifndef IL_BASE_LOCK_H
#define IL_BASE_LOCK_H

#include <pthread.h>

#include "base/common.h"

#define IL_RANK_LIST(RANK)                              \
  RANK(RUNTIME, "list of groups, program loading")      \
  RANK(GROUP, "isolates and libraries of a group")      \
  RANK(TYPES, "canonical types made at run time")       \
  RANK(PORT, "table of ports")                          \
  RANK(WORKER, "run queue of one worker")               \
  RANK(POOL, "threads for blocking calls, requests")    \
  RANK(MEMORY, "free chunks")

typedef enum {
#define RANK(name, what) RANK_##name,
  IL_RANK_LIST(RANK)
#undef RANK
  RANK_COUNT
} LockRank;

typedef struct {
  pthread_mutex_t mutex;
#if IL_DEBUG
  LockRank rank;
#endif
} Lock;

typedef struct {
  pthread_cond_t cond;  // measures deadlines on the monotonic clock
} Condition;

void il_lock_init(Lock *lock, LockRank rank);
void il_lock_drop(Lock *lock);
void il_lock_take(Lock *lock);
void il_lock_release(Lock *lock);

// Takes the lock if nobody holds it; says whether it did.
bool il_lock_try_take(Lock *lock);

// Asserts in debug builds that this thread holds a lock of that rank.
void il_lock_assert_held(const Lock *lock);

// Asserts in debug builds that this thread holds no lock at all: to be said at
// the end of natives and before blocking.
void il_lock_assert_none(void);

void il_condition_init(Condition *condition);
void il_condition_drop(Condition *condition);

// Releases the lock, waits to be woken (or for no reason), takes it again.
void il_condition_wait(Condition *condition, Lock *lock);

// The same until a time of il_clock_now_ns; false when the time has passed.
bool il_condition_wait_until(Condition *condition, Lock *lock,
                             int64_t deadline_ns);
void il_condition_wake_one(Condition *condition);
void il_condition_wake_all(Condition *condition);

#endif
