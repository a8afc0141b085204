// program.c: mangled Dart source (splice.h) that compiles is run, with every
// unguarded type checked, under limits, without dart:io. Whatever it does, the
// runtime goes on, and frees all when it is told to.
#include <time.h>

#include "isle.h"
#include "splice.h"

enum { WAIT_MS = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const libraries[] = {
    "dart:core", "dart:async",   "dart:collection", "dart:convert",
    "dart:math", "dart:isolate", "dart:typed_data",
};
static char path[4096];

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  splice_begin();
  const char *folder = getenv("ISLE_FUZZ_DONORS");
  snprintf(path, sizeof path, "%s/fuzz.dart", folder ? folder : "/nowhere");
  return 0;
}

static void drop_line(void *context, const char *line, size_t length) {
  (void)context;
  (void)line;
  (void)length;
}

static void ignore_exit(void *context, int code) {
  (void)context;
  (void)code;
}

static void run(IsleProgram *program) {
  IsleIsolate *isolate = isle_isolate_spawn(program, NULL, NULL);
  if (!isolate) return;  // no main
  const struct timespec pause = {.tv_nsec = 1000000};
  for (int i = 0; i < WAIT_MS; i++) {
    if (isle_isolate_end(isolate) != ISLE_END_NONE) break;
    nanosleep(&pause, NULL);
  }
  isle_isolate_kill(isolate);
  isle_isolate_free(isolate);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *flags[] = {"--check-types", "--enable-asserts", "--audit-heap"};
  IsleOptions options = {
      .size = sizeof options,
      .workers = 2,
      .flags = flags,
      .flag_count = IL_COUNT_OF(flags),
      .limits = {.heap_bytes = 32 << 20,
                 .mail_bytes = 32 << 20,
                 .cpu_ms = WAIT_MS,
                 .total_bytes = 128 << 20,
                 .isolates = 50},
      .print = drop_line,
      .uncaught = drop_line,
      .exit = ignore_exit,
  };
  char *text = malloc(size + 1);
  if (!text) return 0;
  memcpy(text, data, size);
  text[size] = 0;
  IsleRuntime *runtime = isle_runtime_new(&options, NULL);
  IsleProgramOptions program_options = {
      .size = sizeof program_options,
      .source = text,
      .libraries = libraries,
      .library_count = IL_COUNT_OF(libraries),
  };
  IsleProgram *program =
      isle_program_load(runtime, path, &program_options, NULL);
  if (program) {
    run(program);
    isle_program_free(program);
  }
  isle_runtime_free(runtime);
  free(text);
  return 0;
}
