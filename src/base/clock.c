// clock.c: covers over clock_gettime.
#include "base/clock.h"

#include <time.h>

static int64_t read_clock_ns(clockid_t id) {
  struct timespec time;
  clock_gettime(id, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t il_clock_now_ns(void) { return read_clock_ns(CLOCK_MONOTONIC); }

int64_t il_clock_wall_us(void) { return read_clock_ns(CLOCK_REALTIME) / 1000; }

int64_t il_clock_thread_ns(void) {
  return read_clock_ns(CLOCK_THREAD_CPUTIME_ID);
}
