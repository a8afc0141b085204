// date_time.c: the clock and the zone of DateTime, from the C library.

#include <time.h>

#include "natives/text.h"

NATIVE(core_DateTime__clock) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  RETURN_VALUE((int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000);
}

NATIVE(core_DateTime__zoneOffset) {
  time_t seconds = (time_t)ARG_INT(0);
  struct tm local;
  if (!localtime_r(&seconds, &local)) RETURN_VALUE(0);
  RETURN_VALUE((int64_t)local.tm_gmtoff);
}

NATIVE(core_DateTime__zoneName) {
  time_t seconds = (time_t)ARG_INT(0);
  struct tm local;
  const char *name = localtime_r(&seconds, &local) ? local.tm_zone : "UTC";
  RETURN_NEW(il_new_text(call, il_text_of(name)));
}

// A local time, in seconds as if it were UTC, to UTC.
NATIVE(core_DateTime__localToUtc) {
  time_t seconds = (time_t)ARG_INT(0);
  struct tm parts;
  if (!gmtime_r(&seconds, &parts)) RETURN_VALUE(seconds);
  parts.tm_isdst = -1;
  time_t result = mktime(&parts);
  RETURN_VALUE(result == -1 && seconds != -1 - parts.tm_gmtoff
                   ? (int64_t)seconds
                   : (int64_t)result);
}
