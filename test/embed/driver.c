// Isolates on the host's own thread: woken, stepped, with messages and timers,
// among others that run on workers.
#include <pthread.h>
#include <semaphore.h>

#include "check.h"

static const char script[] =
    "import 'dart:async';\n"
    "import 'dart:isolate';\n"
    "external bool isHere();\n"
    "Future<String> work(int count) async {\n"
    "  if (!isHere()) return 'not on the thread of the host';\n"
    "  var sum = 0;\n"
    "  for (var i = 0; i < 3; i++) {\n"
    "    await Future.delayed(Duration(milliseconds: 1));\n"
    "    sum += await Isolate.run(() => isHere() ? 1000 : 1);\n"
    "  }\n"
    "  for (var i = 0; i < count; i++) sum++;\n"
    "  return isHere() ? '$sum' : 'moved';\n"
    "}\n"
    "void forever(int x) { for (;;) {} }\n";

static sem_t news;
static pthread_t own;

static void wake(void *context) {
  (void)context;
  sem_post(&news);
}

static void is_here(void *context, IsleCall *call) {
  (void)context;
  isle_call_return(call, isle_bool(pthread_equal(own, pthread_self())));
}

int main(void) {
  sem_init(&news, 0, 0);
  own = pthread_self();
  const IsleNative natives[] = {{"isHere", is_here, NULL}};
  IsleRuntime *runtime = new_runtime();
  IsleProgram *program =
      load_with(runtime, script,
                (IsleProgramOptions){.is_library = true,
                                     .natives = natives,
                                     .native_count = 1});
  IsleError *error = NULL;
  CHECK(!isle_driver_new(runtime, NULL, NULL, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "wake");
  CHECK(!isle_driver_step(NULL));
  IsleDriver *driver = isle_driver_new(runtime, wake, NULL, NULL);
  CHECK(driver && !isle_driver_step(driver));
  IsleSpawnOptions options = {
      .size = sizeof options, .stays = true, .driver = driver};
  IsleIsolate *isolate = isle_isolate_spawn(program, &options, NULL);
  IsleValue count = isle_int(100000);
  IsleAnswer *answer = isle_isolate_call(isolate, "work", &count, 1, NULL);
  int steps = 0;
  while (!isle_answer_is_ready(answer)) {
    // The answer comes to the host after the step that made it.
    struct timespec soon;
    clock_gettime(CLOCK_REALTIME, &soon);
    soon.tv_nsec += 5000000;
    if (soon.tv_nsec >= 1000000000) {
      soon.tv_nsec -= 1000000000;
      soon.tv_sec++;
    }
    sem_timedwait(&news, &soon);
    while (isle_driver_step(driver)) steps++;
  }
  CHECK(is_text(isle_answer_wait(answer, NULL), "100003"));
  CHECK(steps > 5);  // in slices
  isle_answer_free(answer);
  // A driver ends what it drives, also what never stops.
  answer = isle_isolate_call(isolate, "forever", &count, 1, NULL);
  for (int i = 0; i < 5; i++) isle_driver_step(driver);
  CHECK(isle_isolate_end(isolate) == ISLE_END_NONE);
  IsleIsolate *second = isle_isolate_spawn(program, &options, NULL);
  isle_driver_free(driver);
  CHECK(isle_isolate_end(isolate) == ISLE_END_KILLED);
  CHECK(isle_isolate_end(second) == ISLE_END_KILLED);
  CHECK(!isle_answer_wait(answer, NULL));
  // A runtime ends with its drivers, whatever they drive.
  options.driver = isle_driver_new(runtime, wake, NULL, NULL);
  isolate = isle_isolate_spawn(program, &options, NULL);
  isle_isolate_call(isolate, "forever", &count, 1, NULL);
  isle_driver_step(options.driver);
  isle_runtime_free(runtime);
  sem_destroy(&news);
  puts("driver");  // expect: driver
  return 0;
}
