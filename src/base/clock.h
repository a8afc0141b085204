// clock.h: the time.
//
// Owner:     nothing to own.
// Threads:   any.
// Allocates: nothing.
// Fails:     never.
#ifndef IL_BASE_CLOCK_H
#define IL_BASE_CLOCK_H

#include "base/common.h"

// Nanoseconds on the monotonic clock.
int64_t il_clock_now_ns(void);

// Microseconds since 1970-01-01 UTC on the wall clock.
int64_t il_clock_wall_us(void);

// Nanoseconds of processor time that the calling thread has used.
int64_t il_clock_thread_ns(void);

#endif
