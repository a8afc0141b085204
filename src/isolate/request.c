// request.c: the helper thread's side; then the isolate's.
#include "isolate/request.h"

#include "isolate/isolate.h"

enum { REQUEST_SUBMITTED, REQUEST_DONE, REQUEST_ABANDONED };

void il_request_begin(Isolate *isolate, Request *request) {
  IL_ASSERT(!isolate->request);
  request->reply = NULL;
  request->number = 0;
  request->job.run = NULL;
  request->task = &isolate->slot->task;
  request->ports = &isolate->group->realm->ports;
  atomic_store(&request->state, REQUEST_SUBMITTED);
  isolate->request = request;
}

void il_request_answer(Request *request) {
  // Read before, for the isolate may free the request as soon as it is done.
  Task *task = request->task;
  PortTable *ports = request->ports;
  Mail *reply = request->reply;
  uint32_t before = atomic_exchange(&request->state, REQUEST_DONE);
  if (before == REQUEST_ABANDONED) {
    if (reply) il_mail_free(NULL, reply);
    request->free(request);
  } else if (reply) {
    il_mail_send(ports, NULL, NULL, reply);  // dropped when the port is closed
  } else {
    il_task_wake(task);
  }
}

// On a helper thread.
static void run_request(BlockingJob *job) {
  Request *request = (Request *)job;
  request->work(request);
  il_request_answer(request);
}

static Status submit(Isolate *isolate, Request *request) {
  Realm *realm = isolate->group->realm;
  request->job.run = run_request;
  request->task = &isolate->slot->task;
  request->ports = &realm->ports;
  atomic_store(&request->state, REQUEST_SUBMITTED);
  return il_blocking_submit(realm->sched, &request->job);
}

static bool is_done(Request *request) {
  return atomic_load(&request->state) == REQUEST_DONE;
}

static void abandon(Isolate *isolate, Request *request) {
  // Before it is abandoned, for then the helper thread may free it.
  if (request->job.run) {
    il_blocking_cancel(isolate->group->realm->sched, &request->job);
  }
  uint32_t before = atomic_exchange(&request->state, REQUEST_ABANDONED);
  if (before == REQUEST_DONE) request->free(request);
}

Status il_request_submit(Isolate *isolate, Request *request) {
  IL_ASSERT(!isolate->request);
  request->reply = NULL;
  request->number = 0;
  isolate->request = request;
  Status status = submit(isolate, request);
  if (status != IL_OK) isolate->request = NULL;
  return status;
}

Request *il_request_take(Isolate *isolate) {
  Request *request = isolate->request;
  if (!request || !is_done(request)) return NULL;
  isolate->request = NULL;
  return request;
}

Status il_request_start(Isolate *isolate, Request *request, PortId port) {
  Mail *reply = il_mail_new(NULL, MAIL_MESSAGE, 0);
  if (!reply) return IL_NO_MEMORY;
  IsolateExtra *extra = il_isolate_extra(isolate);
  request->number = ++extra->started_count;
  reply->port = port;
  reply->form = MAIL_WORD;
  reply->root = il_value_small((int64_t)request->number);
  request->reply = reply;
  request->next = extra->started;
  extra->started = request;
  Status status = submit(isolate, request);
  if (status != IL_OK) {
    extra->started = request->next;
    il_mail_free(NULL, reply);
  }
  return status;
}

// Where the link to a request is; NULL when there is none of that number.
static Request **find_started(Isolate *isolate, uint64_t number) {
  Request **at = &il_isolate_extra(isolate)->started;
  for (; *at; at = &(*at)->next) {
    if ((*at)->number == number) return at;
  }
  return NULL;
}

Request *il_request_finish(Isolate *isolate, uint64_t number) {
  Request **at = find_started(isolate, number);
  if (!at || !is_done(*at)) return NULL;
  Request *request = *at;
  *at = request->next;
  return request;
}

void il_request_cancel(Isolate *isolate, uint64_t number) {
  Request **at = find_started(isolate, number);
  if (!at) return;
  Request *request = *at;
  *at = request->next;
  abandon(isolate, request);
}

void il_request_abandon(Isolate *isolate) {
  if (isolate->request) abandon(isolate, isolate->request);
  isolate->request = NULL;
  IsolateExtra *extra = isolate->extra;
  while (extra && extra->started) {
    Request *request = extra->started;
    extra->started = request->next;
    abandon(isolate, request);
  }
}
