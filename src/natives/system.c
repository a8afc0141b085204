// system.c: print, stack traces, clocks, randomness, deferred libraries.

#include <sys/random.h>
#include <time.h>

#include "base/utf.h"
#include "exec/machine.h"
#include "exec/throw.h"
#include "isolate/isolate.h"
#include "natives/argument.h"
#include "natives/text.h"

static Realm *realm_of(const NativeCall *call) {
  return call->isolate->group->realm;
}

// ------------------------------------------------------------------ printing

static NativeOutcome print_line(NativeCall *call) {
  Realm *realm = realm_of(call);
  if (!realm->hooks.print_line) RETURN_VALUE(VALUE_NULL);
  const String *s = ARG(String, 0);
  TextBuilder out;
  il_text_builder_init(&out);
  il_text_append_units(&out, s);
  realm->hooks.print_line(realm->hooks.context, call->isolate,
                          il_text_builder_text(&out));
  il_text_builder_drop(&out);
  RETURN_VALUE(VALUE_NULL);
}

NATIVE(core__printLine) { return print_line(call); }
NATIVE(async__printLine) { return print_line(call); }

// -------------------------------------------------------------- stack traces

NATIVE(core_StackTrace_current) {
  Value trace = il_throw_trace(call->machine);
  if (!trace) return NEED(il_throw_trace_bytes(call->machine));
  RETURN_VALUE(trace);
}

NATIVE(core__StackTrace_toString) {
  TextBuilder out;
  il_text_builder_init(&out);
  il_throw_append_trace(call->program, ARG(Object, 0), &out);
  Value s = il_new_text(call, il_text_builder_text(&out));
  il_text_builder_drop(&out);
  RETURN_NEW(s);
}

NATIVE(core_Error_throwWithStackTrace) {
  call->result = call->args[0];
  call->thrown_trace = call->args[1];
  return NATIVE_THROW;
}

// ------------------------------------------------------------------- the rest

NATIVE(core_Stopwatch__now) {
  RETURN_VALUE(il_sched_now_ns(realm_of(call)->sched));
}

// From the system, or in a seeded run from the seed.
NATIVE(math__entropy) {
  uint64_t bits = 0;
  if (il_sched_is_seeded(realm_of(call)->sched) && call->isolate->worker) {
    bits = (uint64_t)il_worker_random(call->isolate->worker, UINT32_MAX) << 32 |
           il_worker_random(call->isolate->worker, UINT32_MAX);
  } else if (getrandom(&bits, sizeof bits, 0) != (ssize_t)sizeof bits) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    bits = (uint64_t)t.tv_nsec * UINT64_C(0x9e3779b97f4a7c15);
  }
  RETURN_VALUE(bits);
}

NATIVE(core__WeakReference_new) {
  Weak *w = il_heap_allocate(call->heap, sizeof *w);
  if (!w) return NEED(sizeof *w);
  w->header = il_header(CLASS_WEAK_REFERENCE, 0);
  w->vector = call->args[1];
  w->target = call->args[0];
  RETURN_VALUE(il_value_of(w));
}
