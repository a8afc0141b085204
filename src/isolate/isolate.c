// isolate.c: birth, small services, death.
#include "isolate/isolate.h"

#include "base/memory.h"
#include "isolate/control.h"
#include "isolate/limit.h"

// ---- services ------------------------------------------------------------

IsolateExtra *il_isolate_extra(Isolate *isolate) {
  if (!isolate->extra) isolate->extra = il_memory_zalloc(sizeof(IsolateExtra));
  return isolate->extra;
}

// Capabilities and ports share one way of numbering: the slot and generation
// make the number unique among isolates, and each counts its own.
uint64_t il_isolate_new_capability(Isolate *isolate) {
  return il_port_make(isolate->slot, ++isolate->capability_count &
                                         ((1u << PORT_NUMBER_BITS) - 1));
}

void il_isolate_end_soon(Isolate *isolate, bool has_failed) {
  isolate->is_ending = true;
  if (has_failed) isolate->has_failed = true;
}

void il_isolate_end_for(Isolate *isolate, int end) {
  isolate->is_ending = true;
  isolate->end = (uint8_t)end;
}

static void add_count(_Atomic(uint64_t) *sum, uint64_t count) {
  atomic_store_explicit(
      sum, atomic_load_explicit(sum, memory_order_relaxed) + count,
      memory_order_relaxed);
}

void il_isolate_flush_counts(Isolate *isolate) {
  WorkerCache *cache = il_isolate_cache(isolate);
  Realm *realm = isolate->group->realm;
  uint64_t collections = il_heap_collection_count(&isolate->heap) -
                         isolate->counted_collections;
  if (!isolate->sent_count && !collections) return;
  if (cache) {
    add_count(&cache->message_count, isolate->sent_count);
    add_count(&cache->collection_count, collections);
  } else {
    atomic_fetch_add(&realm->message_count, isolate->sent_count);
    atomic_fetch_add(&realm->collection_count, collections);
  }
  isolate->sent_count = 0;
  isolate->counted_collections += (uint32_t)collections;
}

void il_isolate_borrow_stack(Isolate *isolate) {
  WorkerCache *cache = il_isolate_cache(isolate);
  if (isolate->machine.stack || !cache->stack) return;
  il_machine_lend_stack(&isolate->machine, cache->stack);
  cache->stack = NULL;
}

void il_isolate_return_stack(Isolate *isolate) {
  WorkerCache *cache = il_isolate_cache(isolate);
  if (!cache->stack) cache->stack = il_machine_take_stack(&isolate->machine);
  il_machine_reset(&isolate->machine);
}

// ---- roots ---------------------------------------------------------------

// A RootsFn.
static void visit_roots(void *roots_context, EdgeFn *visit, void *context) {
  Isolate *isolate = roots_context;
  il_machine_each_root(&isolate->machine, visit, context);
  il_event_each_root(&isolate->ports, &isolate->timers, &isolate->microtasks,
                     visit, context);
  visit(&isolate->name, context);
  IsolateExtra *extra = isolate->extra;
  if (extra && extra->copy_culprit) visit(&extra->copy_culprit, context);
  if (extra && extra->farewell) visit(&extra->farewell->root, context);
}

// ---- birth ---------------------------------------------------------------

// Takes a place among the isolates of realm and group; false when either has
// as many as it may have.
static bool take_place(Group *group) {
  Realm *realm = group->realm;
  uint64_t before = atomic_fetch_add(&realm->spawn_count, 1);
  uint64_t alive = before - atomic_load(&realm->end_count);
  bool is_full = realm->isolate_limit && alive >= realm->isolate_limit;
  il_lock_take(&group->lock);
  if (group->isolate_limit && group->isolate_count >= group->isolate_limit) {
    is_full = true;
  }
  if (!is_full) group->isolate_count++;
  il_lock_release(&group->lock);
  if (is_full) atomic_fetch_sub(&realm->spawn_count, 1);
  return !is_full;
}

static void give_place(Group *group) {
  il_lock_take(&group->lock);
  group->isolate_count--;
  il_lock_release(&group->lock);
  atomic_fetch_sub(&group->realm->spawn_count, 1);
}

static void link_to_group(Isolate *isolate) {
  Group *group = isolate->group;
  il_lock_take(&group->lock);
  isolate->next = group->first;
  if (group->first) group->first->previous = isolate;
  group->first = isolate;
  group->holder_count++;
  il_lock_release(&group->lock);
}

static void unlink_from_group(Isolate *isolate) {
  Group *group = isolate->group;
  il_lock_take(&group->lock);
  if (isolate->previous) {
    isolate->previous->next = isolate->next;
  } else {
    group->first = isolate->next;
  }
  if (isolate->next) isolate->next->previous = isolate->previous;
  group->isolate_count--;
  il_lock_release(&group->lock);
}

static void apply_options(Isolate *isolate, const SpawnOptions *options) {
  isolate->errors_fatal = options->errors_fatal;
  isolate->limits = options->limits ? options->limits : &isolate->group->limits;
  if (isolate->limits->heap_bytes) {
    il_heap_set_limit(&isolate->heap, isolate->limits->heap_bytes);
  }
  if (options->is_paused) {
    // Such an isolate goes on by resume(pauseCapability).
    il_vec_push(&il_isolate_extra(isolate)->pause_tokens,
                isolate->pause_capability);
  }
  if (options->on_error) {
    il_vec_push(&il_isolate_extra(isolate)->error_listeners, options->on_error);
  }
  if (options->on_exit) {
    il_vec_push(&il_isolate_extra(isolate)->exit_responses, options->on_exit);
  }
}

// A worker keeps blocks of isolates that died for those to be born. Debug builds
// keep none, so that sanitizers see who uses the dead.
enum { ISOLATE_CACHE_LIMIT = 64 };

static Isolate *take_block(WorkerCache *cache) {
  if (!cache || !cache->isolates) return il_memory_try_alloc(sizeof(Isolate));
  Isolate *isolate = cache->isolates;
  cache->isolates = *(void **)cache->isolates;
  cache->isolate_count--;
  memset(isolate, 0, sizeof *isolate);
  return isolate;
}

static void give_block(WorkerCache *cache, Isolate *isolate) {
  if (IL_DEBUG || !cache || cache->isolate_count >= ISOLATE_CACHE_LIMIT) {
    il_memory_free(isolate, sizeof *isolate);
    return;
  }
  *(void **)(void *)isolate = cache->isolates;
  cache->isolates = isolate;
  cache->isolate_count++;
}

void il_isolate_cache_drop(WorkerCache *cache) {
  while (cache->isolates) {
    void *next = *(void **)cache->isolates;
    il_memory_free(cache->isolates, sizeof(Isolate));
    cache->isolates = next;
  }
  cache->isolate_count = 0;
}

static Isolate *make_isolate(Group *group, Slot *slot, WorkerCache *cache) {
  Isolate *isolate = take_block(cache);
  if (!isolate) return NULL;
  isolate->slot = slot;
  isolate->group = group;
  isolate->name = VALUE_NULL;
  isolate->phase = PHASE_START;
  isolate->ports.next_number = 1;
  isolate->pause_capability = il_isolate_new_capability(isolate);
  isolate->terminate_capability = il_isolate_new_capability(isolate);
  il_lifecycle_init(&isolate->life);
  il_heap_init(&isolate->heap, group->pool, group->world->program,
               group->realm->flags, visit_roots, isolate);
  il_machine_init(&isolate->machine, group->world, &isolate->heap, isolate);
  return isolate;
}

Status il_isolate_spawn(Group *group, SpawnKind kind, Mail *start,
                        const SpawnOptions *options, Spawned *spawned) {
  Realm *realm = group->realm;
  WorkerCache *cache =
      options->worker ? il_worker_local(options->worker) : NULL;
  bool has_place = take_place(group);
  // New ones leave alone what is kept for the small ones that there are.
  bool has_memory =
      !il_pool_refuses(group->pool, SIZE_MAX / 2, CHUNK_SMALL_BYTES);
  Slot *slot = has_place && has_memory ? il_port_new_slot(&realm->ports) : NULL;
  Isolate *isolate = slot ? make_isolate(group, slot, cache) : NULL;
  if (!isolate) {
    if (slot) il_port_free_slot(&realm->ports, slot);
    if (has_place) give_place(group);
    if (options->on_exit) {
      il_mail_free(cache ? &cache->mail : NULL, options->on_exit);
    }
    il_mail_free(cache ? &cache->mail : NULL, start);
    return has_place ? IL_NO_MEMORY : IL_LIMIT;
  }
  apply_options(isolate, options);
  isolate->spawn_kind = (uint8_t)kind;
  start->link.next = NULL;
  isolate->mail = start;
  atomic_fetch_add_explicit(&slot->waiting_bytes, il_mail_bytes(start),
                            memory_order_relaxed);
  *spawned = (Spawned){il_isolate_control(isolate), isolate->pause_capability,
                       isolate->terminate_capability};
  link_to_group(isolate);
  slot->isolate = isolate;
  atomic_store_explicit(&slot->group, group, memory_order_relaxed);
  il_mailbox_open(&slot->events);
  il_mailbox_open(&slot->controls);
  // From here on it may run, and end, at any moment.
  il_task_init(&slot->task, realm->sched, il_isolate_run, options->pin);
  if (options->worker) {
    il_worker_wake(options->worker, &slot->task);
  } else {
    il_task_wake(&slot->task);
  }
  return IL_OK;
}

// ---- death ---------------------------------------------------------------

// Frees mail that nobody will read, and takes it from the slot's account.
static void drop_mail(Isolate *isolate, MailCache *cache, MailLink *link) {
  uint64_t bytes = 0;
  while (link) {
    Mail *mail = (Mail *)link;
    link = link->next;
    bytes += il_mail_bytes(mail);
    il_mail_free(cache, mail);
  }
  atomic_fetch_sub_explicit(&isolate->slot->waiting_bytes, bytes,
                            memory_order_relaxed);
}

static void send_all(Isolate *isolate, MailCache *cache, MailVec *mails) {
  for (uint32_t i = 0; i < mails->count; i++) {
    il_mail_send(&isolate->group->realm->ports, cache, isolate->worker,
                 mails->items[i]);
  }
  il_vec_drop(mails);
}

static void free_all(MailCache *cache, MailVec *mails) {
  for (uint32_t i = 0; i < mails->count; i++) {
    il_mail_free(cache, mails->items[i]);
  }
  il_vec_drop(mails);
}

// A copy under way has changed headers of the heap: that is given back before
// the heap is.
static void drop_copy(IsolateExtra *extra, MailCache *cache) {
  if (extra->copy) il_message_cancel(extra->copy);
  if (extra->copy_mail) il_mail_free(cache, extra->copy_mail);
  if (extra->farewell) il_mail_free(cache, extra->farewell);
}

static void end_extra(Isolate *isolate, MailCache *cache) {
  IsolateExtra *extra = isolate->extra;
  if (!extra) return;
  if (extra->last_words) {
    il_mail_send(&isolate->group->realm->ports, cache, isolate->worker,
                 extra->last_words);
  }
  send_all(isolate, cache, &extra->exit_responses);
  free_all(cache, &extra->later);
  if (extra->kept) extra->kept->free(extra->kept);
  il_vec_drop(&extra->error_listeners);
  il_vec_drop(&extra->pause_tokens);
  il_memory_free(extra, sizeof *extra);
}

void il_isolate_end(Isolate *isolate, IsolateMove move) {
  Group *group = isolate->group;
  Realm *realm = group->realm;
  Slot *slot = isolate->slot;
  WorkerCache *local = il_isolate_cache(isolate);
  MailCache *cache = local ? &local->mail : NULL;
  PortId control = il_isolate_control(isolate);
  IsolateEnd end = isolate->has_failed    ? ISOLATE_END_UNCAUGHT
                   : isolate->end         ? (IsolateEnd)isolate->end
                   : move == MOVE_ABANDON ? ISOLATE_END_KILLED
                                          : ISOLATE_END_DONE;
  il_lifecycle_move(&isolate->life, move);
  if (isolate->extra) drop_copy(isolate->extra, cache);
  il_request_abandon(isolate);
  drop_mail(isolate, cache, il_mailbox_close(&slot->controls));
  drop_mail(isolate, cache, il_mailbox_close(&slot->events));
  drop_mail(isolate, cache, (MailLink *)isolate->mail);
  atomic_fetch_sub_explicit(&slot->waiting_bytes, isolate->delivered_bytes,
                            memory_order_relaxed);
  il_isolate_flush_counts(isolate);
#if IL_DEBUG
  atomic_fetch_add_explicit(&realm->instruction_count,
                            isolate->machine.instruction_count,
                            memory_order_relaxed);
#endif
  if (local) il_isolate_return_stack(isolate);
  il_machine_drop(&isolate->machine);
  il_heap_drop(&isolate->heap);
  il_event_drop(&isolate->ports, &isolate->timers, &isolate->microtasks);
  unlink_from_group(isolate);
  end_extra(isolate, cache);
  slot->isolate = NULL;
  atomic_store_explicit(&slot->group, NULL, memory_order_relaxed);
  give_block(local, isolate);
  // The last to end sees that it is.
  atomic_fetch_add(&realm->end_count, 1);
  if (realm->hooks.isolate_ended) {
    realm->hooks.isolate_ended(realm->hooks.context, control, (int)end);
  }
  il_group_release(group);
}
