// request.c: the two sides of a blocking call.
#include "isolate/request.h"

#include "isolate/isolate.h"

enum { REQUEST_SUBMITTED, REQUEST_DONE, REQUEST_ABANDONED };

// On a helper thread.
static void run_request(BlockingJob *job) {
  Request *request = (Request *)job;
  request->work(request);
  // Read before, for the isolate may free the request as soon as it is done.
  Task *task = request->task;
  uint32_t before = atomic_exchange(&request->state, REQUEST_DONE);
  if (before == REQUEST_ABANDONED) {
    request->free(request);
  } else {
    il_task_wake(task);
  }
}

Status il_request_submit(Isolate *isolate, Request *request) {
  IL_ASSERT(!isolate->request);
  request->job.run = run_request;
  request->task = &isolate->slot->task;
  atomic_store(&request->state, REQUEST_SUBMITTED);
  isolate->request = request;
  Status status =
      il_blocking_submit(isolate->group->realm->sched, &request->job);
  if (status != IL_OK) isolate->request = NULL;
  return status;
}

Request *il_request_take(Isolate *isolate) {
  Request *request = isolate->request;
  if (!request || atomic_load(&request->state) != REQUEST_DONE) return NULL;
  isolate->request = NULL;
  return request;
}

void il_request_abandon(Isolate *isolate) {
  Request *request = isolate->request;
  if (!request) return;
  isolate->request = NULL;
  // Before it is abandoned, for then the helper thread may free it.
  il_blocking_cancel(isolate->group->realm->sched, &request->job);
  uint32_t before = atomic_exchange(&request->state, REQUEST_ABANDONED);
  if (before == REQUEST_DONE) request->free(request);
}
