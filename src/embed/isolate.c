// isolate.c: spawning from the host, messages, the end.

#include <string.h>

#include "base/memory.h"
#include "embed/runtime.h"
#include "isolate/control.h"

Mail *il_embed_start_mail(Group *group, const Plain *arguments,
                          const Plain *message) {
  Plain items[] = {*arguments, *message,
                   {.kind = PLAIN_TEXT, .as.text = TEXT("main")}};
  Plain start = {.kind = PLAIN_ARRAY, .as.list = {items, 3}};
  return il_plain_to_mail(group, 0, &start);
}

// Runs on a worker: gives the message to the host.
static void deliver(void *context, Mail *mail) {
  IsleIsolate *i = context;
  Arena arena;
  il_arena_init(&arena);
  Plain plain = il_plain_from_mail(i->group, mail, &arena);
  IsleValue value = il_embed_value(&arena, &plain);
  i->receive(i->context, &value);
  il_arena_drop(&arena);
  il_mail_free(NULL, mail);
}

static void unlink_handle(IsleIsolate *i) {
  IsleRuntime *r = i->runtime;
  il_lock_take(&r->lock);
  if (i->previous) i->previous->next = i->next;
  else r->handles = i->next;
  if (i->next) i->next->previous = i->previous;
  il_lock_release(&r->lock);
}

static Mail *make_start(IsleIsolate *i, const IsleSpawnOptions *options,
                        Arena *arena) {
  uint32_t count = (uint32_t)options->argument_count;
  Plain *items = IL_NEW_ARRAY(arena, Plain, count);
  for (uint32_t k = 0; k < count; k++) {
    items[k] = (Plain){.kind = PLAIN_TEXT,
                       .as.text = il_text_of(options->arguments[k])};
  }
  Plain arguments = {.kind = PLAIN_TEXTS, .as.list = {items, count}};
  Plain message = il_embed_plain(arena, &options->message);
  if (i->port && options->message.kind == ISLE_NULL) {
    message = (Plain){.kind = PLAIN_PORT, .as.port = il_host_port_id(i->port)};
  }
  return il_embed_start_mail(i->group, &arguments, &message);
}

IsleIsolate *isle_isolate_spawn(IsleProgram *program,
                                const IsleSpawnOptions *options,
                                IsleError **error) {
  static const IsleSpawnOptions defaults = {0};
  if (!options) options = &defaults;
  IsleRuntime *r = program->runtime;
  if (!il_program_main(program->program)) {
    il_error_set(error, ISLE_ERROR_ARGUMENT,
                 "Error: the program has no function 'main'.");
    return NULL;
  }
  IsleIsolate *i = il_memory_zalloc(sizeof *i);
  i->runtime = r;
  i->group = program->group;
  i->receive = options->receive;
  i->context = options->context;
  il_group_retain(i->group);
  if (i->receive) i->port = il_host_port_new(r->realm, deliver, i);
  Arena arena;
  il_arena_init(&arena);
  Mail *start = make_start(i, options, &arena);
  il_arena_drop(&arena);
  SpawnOptions spawn = {.errors_fatal = true};
  Spawned spawned = {0};
  // Under the lock, so that an end that comes at once finds the handle.
  il_lock_take(&r->lock);
  Status status = start ? il_isolate_spawn(i->group, SPAWN_MAIN, start, &spawn,
                                           &spawned)
                        : IL_NO_MEMORY;
  i->control = spawned.control;
  i->terminate = spawned.terminate_capability;
  i->next = r->handles;
  if (i->next) i->next->previous = i;
  r->handles = i;
  il_lock_release(&r->lock);
  if (status == IL_OK) return i;
  isle_isolate_free(i);
  il_error_set(error, ISLE_ERROR_MEMORY, "the isolate cannot be made");
  return NULL;
}

// The group that a port's isolate is of, held; only groups of isolates that
// the host has a handle to, since a slot's group may be gone at any time.
static Group *hold_group_of(IsleRuntime *r, PortId port) {
  Slot *slot = il_port_find(&r->realm->ports, port);
  Group *wanted = slot ? atomic_load(&slot->group) : NULL, *held = NULL;
  il_lock_take(&r->lock);
  for (IsleIsolate *i = r->handles; wanted && i && !held; i = i->next) {
    if (i->group != wanted) continue;
    il_group_retain(wanted);
    held = wanted;
  }
  il_lock_release(&r->lock);
  return held;
}

bool isle_port_send(IsleRuntime *runtime, uint64_t port, IsleValue message,
                    IsleError **error) {
  Group *group = hold_group_of(runtime, port);
  if (!group) return true;  // dead: dropped
  Arena arena;
  il_arena_init(&arena);
  Plain plain = il_embed_plain(&arena, &message);
  Mail *mail = il_plain_to_mail(group, port, &plain);
  il_arena_drop(&arena);
  if (!mail) {
    il_group_release(group);
    il_error_set(error, ISLE_ERROR_MEMORY, "the message cannot be made");
    return false;
  }
  il_realm_send(runtime->realm, mail);
  il_group_release(group);
  return true;
}

void isle_isolate_kill(IsleIsolate *i) {
  ControlRequest request = {.kind = MAIL_KILL,
                            .isolate = i->control,
                            .capability = i->terminate,
                            .priority = PRIORITY_IMMEDIATE};
  il_control_send(i->runtime->realm, NULL, NULL, &request);
}

static bool has_ended(void *context) {
  return atomic_load(&((IsleIsolate *)context)->has_ended);
}

bool isle_isolate_wait(IsleIsolate *i) {
  il_sched_run_until(i->runtime->realm->sched, has_ended, i);
  return atomic_load(&i->has_ended) && !atomic_load(&i->has_failed);
}

void isle_isolate_free(IsleIsolate *i) {
  if (!i) return;
  unlink_handle(i);
  if (i->port) il_host_port_close(i->port);
  il_group_release(i->group);
  il_memory_free(i, sizeof *i);
}
