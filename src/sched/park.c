// park.c: the token over a Linux futex.
#include "sched/park.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { PARK_EMPTY, PARK_TOKEN, PARK_ASLEEP };

static const uint64_t NS_PER_SECOND = 1000000000;

void il_park_make_precise(void) {
  prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
}

void il_park_init(Park *park) { atomic_init(&park->state, PARK_EMPTY); }

// The kernel compares the word with ASLEEP under its own lock, so a token that
// comes between our change and the sleep makes it return at once. The bitset
// form takes an absolute deadline on the monotonic clock.
static bool sleep_on(Park *park, uint64_t deadline_ns) {
  struct timespec limit = {
      .tv_sec = (time_t)(deadline_ns / NS_PER_SECOND),
      .tv_nsec = (long)(deadline_ns % NS_PER_SECOND),
  };
  long result =
      syscall(SYS_futex, &park->state, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG,
              PARK_ASLEEP, deadline_ns == IL_NEVER ? NULL : &limit, NULL,
              FUTEX_BITSET_MATCH_ANY);
  return !(result != 0 && errno == ETIMEDOUT);
}

bool il_park_wait(Park *park, uint64_t deadline_ns) {
  uint32_t seen = PARK_EMPTY;
  if (!atomic_compare_exchange_strong(&park->state, &seen, PARK_ASLEEP)) {
    IL_ASSERT(seen == PARK_TOKEN);
    atomic_store(&park->state, PARK_EMPTY);
    return true;
  }
  for (;;) {
    bool in_time = sleep_on(park, deadline_ns);
    if (atomic_load(&park->state) == PARK_TOKEN) break;
    if (in_time) continue;  // a signal or a stray wake
    seen = PARK_ASLEEP;
    if (atomic_compare_exchange_strong(&park->state, &seen, PARK_EMPTY)) {
      return false;
    }
    break;  // the token came together with the deadline
  }
  atomic_store(&park->state, PARK_EMPTY);
  return true;
}

void il_park_give(Park *park) {
  if (atomic_exchange(&park->state, PARK_TOKEN) == PARK_ASLEEP) {
    syscall(SYS_futex, &park->state, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL,
            NULL, 0);
  }
}
