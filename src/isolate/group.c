// group.c: realms, the caches of their workers, groups.
#include "isolate/group.h"

#include "base/memory.h"
#include "base/quota.h"
#include "isolate/host.h"
#include "isolate/isolate.h"
#include "isolate/limit.h"

// ---- hooks of the scheduler ----------------------------------------------

static void start_worker(Worker *worker, void *context) {
  WorkerCache *cache = il_memory_zalloc(sizeof(WorkerCache));
  Realm *realm = context;
  il_lock_take(&realm->lock);
  cache->next = realm->caches;
  realm->caches = cache;
  il_lock_release(&realm->lock);
  il_worker_set_local(worker, cache);
}

static void add(_Atomic(uint64_t) *sum, _Atomic(uint64_t) *part) {
  atomic_fetch_add_explicit(
      sum, atomic_load_explicit(part, memory_order_relaxed),
      memory_order_relaxed);
}

static void stop_worker(Worker *worker, void *context) {
  WorkerCache *cache = il_worker_local(worker);
  Realm *realm = context;
  il_lock_take(&realm->lock);
  WorkerCache **at = &realm->caches;
  while (*at != cache) at = &(*at)->next;
  *at = cache->next;
  add(&realm->message_count, &cache->message_count);
  add(&realm->collection_count, &cache->collection_count);
  il_lock_release(&realm->lock);
  il_mail_cache_drop(&cache->mail);
  il_isolate_cache_drop(cache);
  il_memory_free(cache->stack, MACHINE_FIRST_WORDS * sizeof *cache->stack);
  il_memory_free(cache, sizeof *cache);
  il_worker_set_local(worker, NULL);
}

// The scheduler does not touch the task any more: its slot may be used again.
static void free_slot(Task *task, Worker *worker, void *context) {
  (void)worker;
  Realm *realm = context;
  il_port_free_slot(&realm->ports, (Slot *)task);
}

// ---- realms --------------------------------------------------------------

static size_t choose_memory_limit(const Flags *flags) {
  if (flags->memory_limit) return (size_t)flags->memory_limit;
  return il_quota_memory_bytes("") / 4 * 3;
}

Realm *il_realm_new(const Flags *flags, const RealmHooks *hooks) {
  Realm *realm = il_memory_try_alloc(sizeof(Realm));
  if (!realm) return NULL;
  realm->flags = flags;
  realm->hooks = *hooks;
  realm->budget.limit_bytes = choose_memory_limit(flags);
  il_port_table_init(&realm->ports);
  il_lock_init(&realm->lock, RANK_RUNTIME);
  realm->sched = il_sched_new(&(SchedConfig){
      .workers = (uint32_t)flags->workers,
      .seed = (uint64_t)flags->seed,
      .preempt_stress = flags->preempt_stress,
      .context = realm,
      .worker_start = start_worker,
      .worker_stop = stop_worker,
      .task_done = free_slot,
  });
  if (!realm->sched) {
    il_port_table_drop(&realm->ports);
    il_lock_drop(&realm->lock);
    il_memory_free(realm, sizeof *realm);
    return NULL;
  }
  return realm;
}

void il_realm_stop(Realm *realm) {
  if (!realm->sched) return;
  il_sched_stop(realm->sched);
  // No worker runs: whoever is left ends where it is.
  uint32_t count = realm->ports.made_count;
  for (uint32_t i = 1; i < count; i++) {
    Slot *slot = il_port_slot_at(&realm->ports, i);
    if (slot->isolate) {
      slot->isolate->worker = NULL;
      il_isolate_end(slot->isolate, MOVE_ABANDON);
    } else if (slot->host) {
      il_host_port_abandon(slot);
    }
  }
}

void il_realm_free(Realm *realm) {
  il_realm_stop(realm);
  il_sched_free(realm->sched);
  il_port_table_drop(&realm->ports);
  il_lock_drop(&realm->lock);
  IL_ASSERT(atomic_load(&realm->budget.payload_count) == 0);
  il_memory_free(realm, sizeof *realm);
}

Status il_realm_send(Realm *realm, Mail *mail) {
  return il_mail_send(&realm->ports, NULL, NULL, mail);
}

static uint64_t read(_Atomic(uint64_t) *count) {
  return atomic_load_explicit(count, memory_order_relaxed);
}

RealmCounts il_realm_counts(Realm *realm) {
  RealmCounts counts = {.messages = read(&realm->message_count),
                        .collections = read(&realm->collection_count)};
  il_lock_take(&realm->lock);
  for (WorkerCache *c = realm->caches; c; c = c->next) {
    counts.messages += read(&c->message_count);
    counts.collections += read(&c->collection_count);
  }
  for (Group *g = realm->groups; g; g = g->next) {
    counts.groups++;
    counts.mapped_bytes += atomic_load_explicit(&g->pool->mapped_bytes,
                                                memory_order_relaxed);
    for (int i = 0; i < MEMORY_OWNERS; i++) {
      counts.bytes[i] += atomic_load_explicit(&g->pool->bytes[i],
                                              memory_order_relaxed);
    }
  }
  il_lock_release(&realm->lock);
  return counts;
}

// ---- groups --------------------------------------------------------------

static void link_to_realm(Group *group) {
  Realm *realm = group->realm;
  il_lock_take(&realm->lock);
  group->next = realm->groups;
  if (group->next) group->next->previous = group;
  realm->groups = group;
  il_lock_release(&realm->lock);
}

static void unlink_from_realm(Group *group) {
  Realm *realm = group->realm;
  il_lock_take(&realm->lock);
  if (group->previous) group->previous->next = group->next;
  else realm->groups = group->next;
  if (group->next) group->next->previous = group->previous;
  il_lock_release(&realm->lock);
}

Group *il_group_new(Realm *realm, Pool *pool, World *world) {
  Group *group = il_memory_try_alloc(sizeof(Group));
  if (!group) return NULL;
  group->realm = realm;
  group->pool = pool;
  pool->budget = &realm->budget;
  group->world = world;
  group->holder_count = 1;
  group->limits.heap_bytes = (uint64_t)realm->flags->heap_limit;
  il_lock_init(&group->lock, RANK_GROUP);
  link_to_realm(group);
  atomic_fetch_add_explicit(&realm->group_count, 1, memory_order_relaxed);
  return group;
}

void il_group_set_script(Group *group, const char *script) {
  size_t bytes = strlen(script) + 1;
  group->script = il_memory_alloc(bytes);
  memcpy(group->script, script, bytes);
}

void il_group_retain(Group *group) {
  il_lock_take(&group->lock);
  group->holder_count++;
  il_lock_release(&group->lock);
}

void il_group_release(Group *group) {
  Realm *realm = group->realm;
  il_lock_take(&group->lock);
  bool is_last = --group->holder_count == 0;
  il_lock_release(&group->lock);
  if (!is_last) return;
  unlink_from_realm(group);
  if (realm->hooks.group_ended) {
    realm->hooks.group_ended(realm->hooks.context, group);
  }
  atomic_fetch_sub_explicit(&realm->group_count, 1, memory_order_relaxed);
  if (group->script) {
    il_memory_free(group->script, strlen(group->script) + 1);
  }
  il_limit_drop(group);
  il_lock_drop(&group->lock);
  il_memory_free(group, sizeof *group);
}
