// date_time.c: the clock of DateTime, from the scheduler, and its zone, from the
// C library.

#include <time.h>

#include "isolate/isolate.h"
#include "natives/text.h"

NATIVE(core_DateTime__clock) {
  RETURN_VALUE(il_sched_wall_ns(call->isolate->group->realm->sched) / 1000);
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
