// runtime.c: making, waiting, counting, ending.

#include "embed/runtime.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/memory.h"

// The image of the core libraries, linked into the library.
extern const char il_core_image_start[], il_core_image_end[];

// All of it, whatever the pipe takes at a time.
static void write_all(int file, struct iovec *parts, int count) {
  while (count > 0) {
    ssize_t n = writev(file, parts, count);
    if (n < 0) {
      if (errno == EINTR || errno == EAGAIN) continue;
      return;
    }
    while (count > 0 && (size_t)n >= parts->iov_len) {
      n -= (ssize_t)parts->iov_len;
      parts++;
      count--;
    }
    if (count > 0) {
      parts->iov_base = (char *)parts->iov_base + n;
      parts->iov_len -= (size_t)n;
    }
  }
}

static void print_line(void *context, Isolate *isolate, Text line) {
  (void)isolate;
  IsleRuntime *r = context;
  if (r->print) {
    r->print(r->context, line.bytes, line.length);
    return;
  }
  struct iovec parts[] = {{(void *)(uintptr_t)line.bytes, line.length},
                          {(void *)(uintptr_t) "\n", 1}};
  write_all(STDOUT_FILENO, parts, 2);
}

static void report_error(void *context, Isolate *isolate, Text text) {
  (void)isolate;
  IsleRuntime *r = context;
  if (r->uncaught) {
    r->uncaught(r->context, text.bytes, text.length);
    return;
  }
  struct iovec part = {(void *)(uintptr_t)text.bytes, text.length};
  write_all(STDERR_FILENO, &part, 1);
}

static void end_process(void *context, Isolate *isolate, int code) {
  (void)isolate;
  IsleRuntime *r = context;
  if (r->exit) {
    r->exit(r->context, code);
    return;
  }
  fflush(NULL);
  _exit(code);
}

static bool is_idle(void *context) {
  IsleRuntime *r = context;
  return atomic_load(&r->realm->spawn_count) ==
             atomic_load(&r->realm->end_count) &&
         atomic_load(&r->open_count) == 0;
}

// Who waits waits for the isolate of a handle, or for all: the others come and
// go without waking anybody.
static void isolate_ended(void *context, PortId control, int end) {
  IsleRuntime *r = context;
  bool has_handle = false;
  il_lock_take(&r->lock);
  for (IsleIsolate *i = r->isolates; i; i = i->next) {
    if (i->control != control) continue;
    il_embed_ended(i, end);
    has_handle = true;
  }
  il_lock_release(&r->lock);
  if (has_handle || is_idle(r)) il_sched_notify(r->realm->sched);
}

static void append_package_config(void *context, Group *group,
                                  TextBuilder *out) {
  (void)context;
  Arena arena;
  il_arena_init(&arena);
  il_text_append(out, il_embed_package_config(group->host, &arena));
  il_arena_drop(&arena);
}

static void resolve_package(void *context, Group *group, Text uri,
                            TextBuilder *out) {
  (void)context;
  Arena arena;
  il_arena_init(&arena);
  il_text_append(out, il_embed_resolve_package(group->host, &arena, uri));
  il_arena_drop(&arena);
}

static void group_ended(void *context, Group *group) {
  (void)context;
  il_embed_drop_program(group->host);
}

static bool parse_flags(Flags *flags, const IsleOptions *options,
                        IsleError **error) {
  il_flag_init(flags);
  flags->workers = options->workers;
  flags->memory_limit = (int64_t)options->limits.total_bytes;
  for (size_t i = 0; i < options->flag_count; i++) {
    if (!il_error_check(options->flags, "list of flags", error) ||
        !il_error_check(options->flags[i], "flag", error)) {
      return false;
    }
    switch (il_flag_parse(flags, options->flags[i])) {
      case FLAG_TAKEN: break;
      case FLAG_UNKNOWN:
        il_error_set(error, ISLE_ERROR_ARGUMENT, "Error: unknown flag %s.",
                     options->flags[i]);
        return false;
      case FLAG_BAD_VALUE:
        il_error_set(error, ISLE_ERROR_ARGUMENT,
                     "Error: %s: not a value of this flag.",
                     options->flags[i]);
        return false;
    }
  }
  return true;
}

// The core libraries, from the image in the binary.
static bool open_core(IsleRuntime *r, IsleError **error) {
  size_t size = (size_t)(il_core_image_end - il_core_image_start), outline_size;
  if (il_segment_open(il_core_image_start, size, &r->core) != IL_OK) {
    il_error_set(error, ISLE_ERROR_ARGUMENT,
                 "internal error: the core image is damaged");
    return false;
  }
  const void *outline = il_segment_outline(r->core, &outline_size);
  if (il_outline_open(&r->outline, outline, outline_size)) return true;
  il_error_set(error, ISLE_ERROR_ARGUMENT,
               "internal error: the core image has no outline");
  il_segment_free(r->core);
  return false;
}

static bool make_realm(IsleRuntime *r, IsleError **error) {
  RealmHooks hooks = {
      .context = r,
      .report_error = report_error,
      .print_line = print_line,
      .spawn_uri = il_embed_spawn_uri,
      .package_config = append_package_config,
      .resolve_package = resolve_package,
      .exit = end_process,
      .group_ended = group_ended,
      .isolate_ended = isolate_ended,
  };
  r->realm = il_realm_new(&r->flags, &hooks);
  if (!r->realm) {
    il_error_set(error, ISLE_ERROR_MEMORY, "Error: out of memory.");
    return false;
  }
  r->realm->isolate_limit = r->limits.isolates;
  return true;
}

static bool init_runtime(IsleRuntime *r, const IsleOptions *options,
                         IsleError **error) {
  if (!parse_flags(&r->flags, options, error) || !open_core(r, error))
    return false;
  il_memory_fail_at(r->flags.alloc_fail_at);
  r->limits = options->limits;
  r->context = options->context;
  r->print = options->print;
  r->uncaught = options->uncaught;
  r->exit = options->exit;
  il_lock_init(&r->lock, RANK_RUNTIME);
  r->gate = il_gate_new();
  if (make_realm(r, error)) return true;
  il_gate_release(r->gate);
  il_lock_drop(&r->lock);
  il_segment_free(r->core);
  return false;
}

IsleRuntime *isle_runtime_new(const IsleOptions *options, IsleError **error) {
  IsleOptions own;
  if (!il_options_read(&own, sizeof own, options, "IsleOptions", error))
    return NULL;
  IsleRuntime *r = il_memory_try_alloc(sizeof *r);
  if (!r) {
    il_error_set(error, ISLE_ERROR_MEMORY, "Error: out of memory.");
    return NULL;
  }
  if (init_runtime(r, &own, error)) return r;
  il_memory_free(r, sizeof *r);
  return NULL;
}

void isle_runtime_wait(IsleRuntime *r) {
  if (r) il_sched_run_until(r->realm->sched, is_idle, r);
}

int isle_runtime_exit_code(IsleRuntime *r) {
  return r ? atomic_load(&r->realm->exit_code) : 0;
}

void isle_runtime_free(IsleRuntime *r) {
  if (!r) return;
  // Ports of the host go with their handles, before those that send to them.
  while (r->answers) isle_answer_free(r->answers);
  while (r->isolates) isle_isolate_free(r->isolates);
  while (r->programs) isle_program_free(r->programs);
  il_realm_stop(r->realm);
  il_gate_pass(r->gate);
  il_gate_release(r->gate);
  while (r->drivers) {
    IsleDriver *driver = r->drivers;
    r->drivers = il_driver_next(driver);
    il_driver_drop(driver);
  }
  il_realm_free(r->realm);
  il_segment_free(r->core);
  il_lock_drop(&r->lock);
  il_memory_free(r, sizeof *r);
}

bool isle_runtime_counters(IsleRuntime *r, IsleCounters *counters) {
  if (!r || !counters || counters->size < sizeof counters->size) return false;
  Realm *realm = r->realm;
  SchedCounts sched = il_sched_counts(realm->sched);
  RealmCounts counts = il_realm_counts(realm);
  uint64_t ended = atomic_load(&realm->end_count);
  uint64_t spawned = atomic_load(&realm->spawn_count);
  IsleCounters all = {
      .size = counters->size,
      .spawned = spawned,
      .ended = ended,
      .messages = counts.messages,
      .collections = counts.collections,
      .preemptions = sched.preemptions,
      .switches = sched.switches,
      .isolates = spawned > ended ? spawned - ended : 0,
      .programs = counts.groups,
      .heap_bytes = counts.bytes[MEMORY_HEAP],
      .mail_bytes = counts.bytes[MEMORY_MAIL],
      .free_bytes = counts.bytes[MEMORY_FREE],
      .payload_bytes = atomic_load(&realm->budget.payload_bytes),
      .total_bytes = counts.mapped_bytes +
                     atomic_load(&realm->budget.payload_bytes),
      .stress_kills = atomic_load(&realm->kill_count),
      .instructions = atomic_load(&realm->instruction_count),
  };
  size_t bytes = counters->size < sizeof all ? counters->size : sizeof all;
  memcpy(counters, &all, bytes);
  return true;
}

char *isle_flag_help(void) {
  TextBuilder text;
  il_text_builder_init(&text);
  il_flag_append_help(&text);
  Text t = il_text_builder_text(&text);
  char *result = malloc((size_t)t.length + 1);
  if (result) {
    memcpy(result, t.bytes, t.length);
    result[t.length] = 0;
  }
  il_text_builder_drop(&text);
  return result;
}
