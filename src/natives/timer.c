// timer.c: what dart:async asks of the event loop: microtasks, timers, the way
// out for uncaught errors. Times are microseconds of the scheduler's clock.
#include "exec/machine.h"
#include "isolate/isolate.h"
#include "natives/native.h"

NATIVE(async__enqueueMicrotask) {
  if (!il_event_add_microtask(&call->isolate->microtasks, call->args[0])) {
    return il_throw_core_error(call, CORE_OUT_OF_MEMORY_ERROR, NULL, 0);
  }
  RETURN_VALUE(VALUE_NULL);
}

NATIVE(async__takeMicrotask) {
  Value task = il_event_take_microtask(&call->isolate->microtasks);
  RETURN_VALUE(task ? task : VALUE_NULL);
}

// The frame has the error and the trace, as the library's function wants them.
NATIVE(async__reportUncaughtError) {
  return il_native_tail(call,
                        il_program_core_function(call->program, CORE_UNCAUGHT));
}

NATIVE(async__timerNow) {
  Sched *sched = call->isolate->group->realm->sched;
  RETURN_VALUE(il_sched_now_ns(sched) / 1000);
}

// A timer's handle is its place + 1, for 0 means none.
NATIVE(async__startTimer) {
  uint32_t place;
  int64_t due_us = il_native_int(call, 1);
  uint64_t due_ns = due_us < 0                   ? 0
                    : due_us >= INT64_MAX / 1000 ? INT64_MAX
                                                 : (uint64_t)due_us * 1000;
  if (!il_event_add_timer(&call->isolate->timers, due_ns, call->args[0],
                          &place)) {
    return il_throw_core_error(call, CORE_OUT_OF_MEMORY_ERROR, NULL, 0);
  }
  RETURN_VALUE((int64_t)place + 1);
}

NATIVE(async__stopTimer) {
  int64_t handle = il_native_int(call, 0);
  if (handle > 0) {
    il_event_cancel_timer(&call->isolate->timers, (uint32_t)(handle - 1));
  }
  RETURN_VALUE(VALUE_NULL);
}
