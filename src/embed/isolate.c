// isolate.c: spawning from the host, messages, the end.

#include <string.h>

#include "base/memory.h"
#include "embed/runtime.h"
#include "isolate/control.h"

static void set_end(IsleIsolate *i, int end) {
  atomic_store(&i->end, end);
  if (i->port) atomic_fetch_sub(&i->runtime->open_count, 1);
}

// The isolate has sent all that it will: the news of its end come after that.
void il_embed_ended(IsleIsolate *i, int end) {
  Mail *mail = i->port ? il_mail_new(NULL, MAIL_MESSAGE, 0) : NULL;
  if (!mail) {
    set_end(i, end);
    return;
  }
  mail->port = il_host_port_id(i->port);
  mail->form = MAIL_WORD;
  mail->root = VALUE_SENTINEL;  // which no isolate can send
  mail->data_bytes = (uint32_t)end;
  il_realm_send(i->runtime->realm, mail);
}

// Runs on a worker: gives the message to the host.
static void deliver(void *context, Mail *mail) {
  IsleIsolate *i = context;
  if (mail->form == MAIL_WORD && mail->root == VALUE_SENTINEL) {
    set_end(i, (int)mail->data_bytes);
    il_mail_free(NULL, mail);
    il_sched_notify(i->runtime->realm->sched);
    return;
  }
  Arena arena;
  il_arena_init(&arena);
  Plain plain = il_plain_from_mail(i->group, mail, &arena);
  IsleValue value = il_embed_value(&arena, &plain);
  i->receive(i->context, &value);
  il_arena_drop(&arena);
  il_mail_free(NULL, mail);
}

// ---- spawning ------------------------------------------------------------

static Plain text_or_null(const char *text) {
  if (!text) return (Plain){.kind = PLAIN_NULL};
  return (Plain){.kind = PLAIN_TEXT, .as.text = il_text_of(text)};
}

// What main gets, the name, and for an isolate that stays what dart:isolate's
// _runHosted takes. NULL: no memory, or a message that cannot be.
static Mail *make_start(IsleIsolate *i, const IsleSpawnOptions *options,
                        Arena *arena, IsleError **error) {
  uint32_t count = (uint32_t)options->argument_count;
  Plain *texts = IL_NEW_ARRAY(arena, Plain, count);
  for (uint32_t k = 0; k < count; k++) {
    texts[k] = text_or_null(options->arguments[k] ? options->arguments[k] : "");
  }
  Plain message;
  if (!il_embed_plain(arena, &options->message, &message)) {
    il_embed_bad_value(error);
    return NULL;
  }
  if (i->port && options->message.kind == ISLE_NULL) {
    message = (Plain){.kind = PLAIN_PORT, .as.port = il_host_port_id(i->port)};
  }
  const IsleProgram *p = i->group->host;
  FunctionId main = il_program_main(p->program);
  Plain items[] = {
      {.kind = PLAIN_TEXTS, .as.list = {texts, count, TYPE_ID_NONE}},
      message,
      text_or_null(options->name ? options->name : "main"),
      {.kind = PLAIN_NULL},
      {.kind = PLAIN_NULL},
  };
  if (i->replies) {
    if (main) items[3] = (Plain){.kind = PLAIN_FUNCTION, .as.function = main};
    items[4].kind = PLAIN_PORT;
    items[4].as.port = il_host_port_id(i->replies);
  }
  Plain start = {.kind = PLAIN_ARRAY, .as.list = {items, 5, TYPE_ID_NONE}};
  Mail *mail = il_plain_to_mail(i->group, 0, &start);
  if (!mail) il_error_set(error, ISLE_ERROR_MEMORY, "Error: out of memory.");
  return mail;
}

static bool check_options(const IsleProgram *p, const IsleSpawnOptions *o,
                          IsleError **error) {
  if (!o->stays && !il_program_main(p->program)) {
    il_error_set(error, ISLE_ERROR_ARGUMENT,
                 "Error: the program has no function 'main'.");
    return false;
  }
  if (o->argument_count > 0 && !o->arguments) {
    return il_error_check(NULL, "list of arguments", error);
  }
  return true;
}

static IsleIsolate *new_handle(IsleProgram *p, const IsleSpawnOptions *o) {
  IsleIsolate *i = il_memory_zalloc(sizeof *i);
  i->runtime = p->runtime;
  i->group = p->group;
  i->receive = o->receive;
  i->context = o->context;
  il_group_retain(i->group);
  Realm *realm = p->runtime->realm;
  if (i->receive) i->port = il_host_port_new(realm, deliver, i);
  if (i->port) atomic_fetch_add(&p->runtime->open_count, 1);
  if (o->stays) i->replies = il_host_port_new(realm, il_call_deliver, i);
  return i;
}

static SpawnOptions spawn_options(IsleIsolate *i, const IsleSpawnOptions *o) {
  SpawnOptions spawn = {.errors_fatal = true};
  Limits limits = il_options_limits(&o->limits, &i->group->limits);
  spawn.limits = il_limit_keep(i->group, &limits);
  if (o->driver) spawn.pin = il_driver_worker(o->driver);
  if (i->replies) {
    Plain null = {.kind = PLAIN_NULL};
    spawn.on_exit =
        il_plain_to_mail(i->group, il_host_port_id(i->replies), &null);
  }
  return spawn;
}

// Under the lock, so that an end that comes at once finds the handle.
static Status spawn(IsleIsolate *i, Mail *start, const IsleSpawnOptions *o) {
  IsleRuntime *r = i->runtime;
  SpawnOptions options = spawn_options(i, o);
  Spawned spawned = {0};
  il_lock_take(&r->lock);
  Status status =
      il_isolate_spawn(i->group, i->replies ? SPAWN_HOSTED : SPAWN_MAIN, start,
                       &options, &spawned);
  i->control = spawned.control;
  i->terminate = spawned.terminate_capability;
  i->next = r->isolates;
  if (i->next) i->next->previous = i;
  r->isolates = i;
  il_lock_release(&r->lock);
  if (status == IL_OK && o->driver) il_driver_add(o->driver, &spawned);
  return status;
}

static void drop_handle(IsleIsolate *i) {
  if (i->port) {
    il_host_port_close(i->port);
    if (atomic_load(&i->end) == ISLE_END_NONE) set_end(i, ISLE_END_DONE);
    il_sched_notify(i->runtime->realm->sched);
  }
  if (i->replies) {
    il_host_port_close(i->replies);
    il_call_detach(i);
  }
  il_group_release(i->group);
  il_memory_free(i, sizeof *i);
}

IsleIsolate *isle_isolate_spawn(IsleProgram *program,
                                const IsleSpawnOptions *options,
                                IsleError **error) {
  IsleSpawnOptions own;
  if (!il_error_check(program, "program", error) ||
      !il_options_read(&own, sizeof own, options, "IsleSpawnOptions", error) ||
      !check_options(program, &own, error)) {
    return NULL;
  }
  IsleIsolate *i = new_handle(program, &own);
  Arena arena;
  il_arena_init(&arena);
  Mail *start = make_start(i, &own, &arena, error);
  il_arena_drop(&arena);
  if (!start) {
    drop_handle(i);
    return NULL;
  }
  Status status = spawn(i, start, &own);
  if (status == IL_OK) return i;
  isle_isolate_free(i);
  if (status == IL_LIMIT) {
    il_error_set(error, ISLE_ERROR_LIMIT,
                 "Error: there are as many isolates as may be.");
  } else {
    il_error_set(error, ISLE_ERROR_MEMORY, "Error: out of memory.");
  }
  return NULL;
}

// ---- messages ------------------------------------------------------------

// The group that a port's isolate is of, held; only groups of isolates that
// the host has a handle to, since a slot's group may be gone at any time.
static Group *hold_group_of(IsleRuntime *r, PortId port) {
  Slot *slot = il_port_find(&r->realm->ports, port);
  Group *wanted = slot ? atomic_load(&slot->group) : NULL, *held = NULL;
  il_lock_take(&r->lock);
  for (IsleIsolate *i = r->isolates; wanted && i && !held; i = i->next) {
    if (i->group != wanted) continue;
    il_group_retain(wanted);
    held = wanted;
  }
  il_lock_release(&r->lock);
  return held;
}

bool isle_port_send(IsleRuntime *runtime, uint64_t port, IsleValue message,
                    IsleError **error) {
  if (!il_error_check(runtime, "runtime", error)) return false;
  Arena arena;
  il_arena_init(&arena);
  Plain plain;
  bool can_be = il_embed_plain(&arena, &message, &plain);
  Group *group = can_be ? hold_group_of(runtime, port) : NULL;
  Mail *mail = group ? il_plain_to_mail(group, port, &plain) : NULL;
  il_arena_drop(&arena);
  if (!can_be) il_embed_bad_value(error);
  if (mail) {
    il_realm_send(runtime->realm, mail);
  } else if (group) {
    il_error_set(error, ISLE_ERROR_MEMORY, "Error: out of memory.");
  }
  bool is_lost = group && !mail;
  if (group) il_group_release(group);
  return can_be && !is_lost;  // to the dead it is dropped
}

// ---- the end -------------------------------------------------------------

void il_embed_kill(Realm *realm, PortId control, uint64_t capability) {
  ControlRequest request = {.kind = MAIL_KILL,
                            .isolate = control,
                            .capability = capability,
                            .priority = PRIORITY_IMMEDIATE};
  il_control_send(realm, NULL, NULL, &request);
}

void isle_isolate_kill(IsleIsolate *i) {
  if (i) il_embed_kill(i->runtime->realm, i->control, i->terminate);
}

static bool has_ended(void *context) {
  return atomic_load(&((IsleIsolate *)context)->end) != ISLE_END_NONE;
}

bool isle_isolate_wait(IsleIsolate *i) {
  if (!i) return false;
  il_sched_run_until(i->runtime->realm->sched, has_ended, i);
  IsleEnd end = isle_isolate_end(i);
  return end == ISLE_END_DONE || end == ISLE_END_KILLED;
}

IsleEnd isle_isolate_end(const IsleIsolate *i) {
  return i ? (IsleEnd)atomic_load(&((IsleIsolate *)(uintptr_t)i)->end)
           : ISLE_END_NONE;
}

void isle_isolate_free(IsleIsolate *i) {
  if (!i) return;
  IsleRuntime *r = i->runtime;
  isle_isolate_close(i);
  il_lock_take(&r->lock);
  if (i->previous) i->previous->next = i->next;
  else r->isolates = i->next;
  if (i->next) i->next->previous = i->previous;
  il_lock_release(&r->lock);
  drop_handle(i);
}
