// group.c: realms, the caches of their workers, groups.
#include "isolate/group.h"

#include "base/memory.h"
#include "isolate/host.h"
#include "isolate/isolate.h"

// ---- hooks of the scheduler ----------------------------------------------

static void start_worker(Worker *worker, void *context) {
  (void)context;
  il_worker_set_local(worker, il_memory_zalloc(sizeof(WorkerCache)));
}

static void stop_worker(Worker *worker, void *context) {
  (void)context;
  WorkerCache *cache = il_worker_local(worker);
  il_mail_cache_drop(&cache->mail);
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

Realm *il_realm_new(const Flags *flags, const RealmHooks *hooks) {
  Realm *realm = il_memory_try_alloc(sizeof(Realm));
  if (!realm) return NULL;
  realm->flags = flags;
  realm->hooks = *hooks;
  il_port_table_init(&realm->ports);
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
  il_memory_free(realm, sizeof *realm);
}

Status il_realm_send(Realm *realm, Mail *mail) {
  return il_mail_send(&realm->ports, NULL, NULL, mail);
}

// ---- groups --------------------------------------------------------------

Group *il_group_new(Realm *realm, Pool *pool, World *world) {
  Group *group = il_memory_try_alloc(sizeof(Group));
  if (!group) return NULL;
  group->realm = realm;
  group->pool = pool;
  group->world = world;
  group->holder_count = 1;
  group->limit_bytes = (uint64_t)realm->flags->heap_limit;
  il_lock_init(&group->lock, RANK_GROUP);
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
  if (realm->hooks.group_ended) {
    realm->hooks.group_ended(realm->hooks.context, group);
  }
  atomic_fetch_sub_explicit(&realm->group_count, 1, memory_order_relaxed);
  if (group->script) {
    il_memory_free(group->script, strlen(group->script) + 1);
  }
  il_lock_drop(&group->lock);
  il_memory_free(group, sizeof *group);
}
