// Natives that answer later: from a thread, at once, never heard, after the
// isolate and even the runtime are gone.
#include <pthread.h>
#include <unistd.h>

#include "check.h"

static const char script[] =
    "import 'dart:isolate';\n"
    "external int slow(int x);\n"
    "external String atOnce(String x);\n"
    "external int lost();\n"
    "Future<int> all(int count) async {\n"
    "  final sums = [for (var i = 0; i < count; i++)\n"
    "    Isolate.run(() => slow(i))];\n"
    "  var sum = 0;\n"
    "  for (final s in sums) sum += await s;\n"
    "  return sum;\n"
    "}\n"
    "String texts(int count) {\n"
    "  var length = 0;\n"
    "  for (var i = 0; i < count; i++) length += atOnce('x' * i).length;\n"
    "  try { slow(-1); } catch (e) { return '$length $e'; }\n"
    "  return 'unreachable';\n"
    "}\n"
    "int waits(int _) => lost();\n";

typedef struct {
  IsleReply *reply;
  int64_t x;
} Job;

static void *work(void *context) {
  Job *job = context;
  usleep(1000);
  if (job->x < 0) isle_reply_throw(job->reply, "negative");
  else isle_reply_return(job->reply, isle_int(job->x * 2));
  free(job);
  return NULL;
}

static void slow(void *context, IsleCall *call) {
  (void)context;
  Job *job = malloc(sizeof *job);
  job->x = isle_call_argument(call, 0)->as.integer;
  job->reply = isle_call_later(call);
  CHECK(job->reply);
  CHECK(!isle_call_later(call));  // it is answered
  pthread_t thread;
  CHECK(pthread_create(&thread, NULL, work, job) == 0);
  pthread_detach(thread);
}

static void at_once(void *context, IsleCall *call) {
  (void)context;
  // The argument is borrowed: it is copied by answering.
  IsleValue text = *isle_call_argument(call, 0);
  isle_reply_return(isle_call_later(call), text);
}

static void lost(void *context, IsleCall *call) {
  __atomic_store_n((IsleReply **)context, isle_call_later(call),
                   __ATOMIC_SEQ_CST);
}

static IsleReply *wait_for(IsleReply **place) {
  IsleReply *reply;
  while (!(reply = __atomic_load_n(place, __ATOMIC_SEQ_CST))) usleep(100);
  *place = NULL;
  return reply;
}

int main(void) {
  IsleReply *kept = NULL;
  const IsleNative natives[] = {{"slow", slow, NULL},
                                {"atOnce", at_once, NULL},
                                {"lost", lost, &kept}};
  IsleRuntime *runtime = new_runtime();
  IsleProgram *program =
      load_with(runtime, script,
                (IsleProgramOptions){.is_library = true,
                                     .natives = natives,
                                     .native_count = 3});
  IsleIsolate *isolate = spawn_staying(program);
  IsleAnswer *answer;
  CHECK(call(isolate, "all", isle_int(30), &answer)->as.integer == 870);
  isle_answer_free(answer);
  CHECK(is_text(call(isolate, "texts", isle_int(100), &answer),
                "4950 Exception: negative"));
  isle_answer_free(answer);
  // Killed while it waits; the reply comes after.
  IsleValue zero = isle_int(0);
  answer = isle_isolate_call(isolate, "waits", &zero, 1, NULL);
  IsleReply *reply = wait_for(&kept);
  CHECK(!isle_answer_is_ready(answer));
  isle_isolate_kill(isolate);
  CHECK(isle_isolate_wait(isolate));
  CHECK(isle_isolate_end(isolate) == ISLE_END_KILLED);
  IsleError *error = NULL;
  CHECK(!isle_answer_wait(answer, &error));
  check_error(error, ISLE_ERROR_CLOSED, "without an answer");
  isle_reply_return(reply, isle_text("nobody hears it"));
  // The runtime ends first.
  IsleIsolate *second = spawn_staying(program);
  isle_isolate_call(second, "waits", &zero, 1, NULL);
  reply = wait_for(&kept);
  isle_runtime_free(runtime);
  isle_reply_throw(reply, "nobody hears it");
  puts("later");  // expect: later
  return 0;
}
