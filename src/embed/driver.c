// driver.c: a worker of the scheduler without a thread, which the host drives.

#include "base/memory.h"
#include "embed/runtime.h"

typedef IL_VEC(Spawned) SpawnedVec;

struct IsleDriver {
  IsleRuntime *runtime;
  IsleDriver *next, *previous;
  Worker *worker;
  SpawnedVec isolates;  // under the runtime's lock: pinned here, some dead
};

IsleDriver *isle_driver_new(IsleRuntime *runtime, void (*wake)(void *context),
                            void *context, IsleError **error) {
  if (!il_error_check(runtime, "runtime", error) ||
      !il_error_check((const void *)(uintptr_t)wake, "wake function", error)) {
    return NULL;
  }
  if (il_sched_is_seeded(runtime->realm->sched)) {
    il_error_set(error, ISLE_ERROR_ARGUMENT,
                 "Error: with a seed there are no drivers.");
    return NULL;
  }
  Worker *worker = il_worker_new_pinned(runtime->realm->sched, wake, context);
  if (!worker) {
    il_error_set(error, ISLE_ERROR_MEMORY, "Error: out of memory.");
    return NULL;
  }
  IsleDriver *d = il_memory_zalloc(sizeof *d);
  d->runtime = runtime;
  d->worker = worker;
  il_lock_take(&runtime->lock);
  d->next = runtime->drivers;
  if (d->next) d->next->previous = d;
  runtime->drivers = d;
  il_lock_release(&runtime->lock);
  return d;
}

bool isle_driver_step(IsleDriver *driver) {
  return driver && il_worker_step(driver->worker);
}

Worker *il_driver_worker(IsleDriver *driver) { return driver->worker; }

static bool is_alive(const IsleDriver *d, const Spawned *spawned) {
  return il_port_find(&d->runtime->realm->ports, spawned->control) != NULL;
}

void il_driver_add(IsleDriver *d, const Spawned *spawned) {
  il_lock_take(&d->runtime->lock);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < d->isolates.count; i++) {
    if (is_alive(d, &d->isolates.items[i]))
      d->isolates.items[kept++] = d->isolates.items[i];
  }
  d->isolates.count = kept;
  il_vec_push(&d->isolates, *spawned);
  il_lock_release(&d->runtime->lock);
}

IsleDriver *il_driver_next(const IsleDriver *d) { return d->next; }

void il_driver_drop(IsleDriver *d) {
  il_worker_free_pinned(d->worker);
  il_vec_drop(&d->isolates);
  il_memory_free(d, sizeof *d);
}

void isle_driver_free(IsleDriver *d) {
  if (!d) return;
  IsleRuntime *r = d->runtime;
  il_lock_take(&r->lock);
  if (d->previous) d->previous->next = d->next;
  else r->drivers = d->next;
  if (d->next) d->next->previous = d->previous;
  il_lock_release(&r->lock);
  for (uint32_t i = 0; i < d->isolates.count; i++) {
    const Spawned *spawned = &d->isolates.items[i];
    il_embed_kill(r->realm, spawned->control, spawned->terminate_capability);
    while (is_alive(d, spawned)) il_worker_step(d->worker);
  }
  il_driver_drop(d);
}
