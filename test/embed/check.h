// check.h: what the embedding tests share. A test says on standard output what
// it is about, or ends with exit code 1 and the place that failed.
#ifndef TEST_EMBED_CHECK_H
#define TEST_EMBED_CHECK_H

#include <isle.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                              \
  do {                                                                \
    if (!(condition)) {                                               \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                        \
    }                                                                 \
  } while (0)

static inline IsleRuntime *new_runtime(void) {
  IsleError *error = NULL;
  IsleRuntime *runtime = isle_runtime_new(NULL, &error);
  if (!runtime) fputs(isle_error_message(error), stderr);
  CHECK(runtime);
  return runtime;
}

static inline IsleProgram *load_with(IsleRuntime *runtime, const char *source,
                                     IsleProgramOptions options) {
  IsleError *error = NULL;
  options.size = sizeof options;
  options.source = source;
  IsleProgram *program =
      isle_program_load(runtime, "test.dart", &options, &error);
  if (!program) fputs(isle_error_message(error), stderr);
  CHECK(program);
  return program;
}

static inline IsleProgram *load(IsleRuntime *runtime, const char *source) {
  return load_with(runtime, source, (IsleProgramOptions){0});
}

// An isolate of functions to call.
static inline IsleIsolate *spawn_staying(IsleProgram *program) {
  IsleError *error = NULL;
  IsleSpawnOptions options = {.size = sizeof options, .stays = true};
  IsleIsolate *isolate = isle_isolate_spawn(program, &options, &error);
  if (!isolate) fputs(isle_error_message(error), stderr);
  CHECK(isolate);
  return isolate;
}

// Ends the test unless the error is of that kind and its message has the words.
static inline void check_error(IsleError *error, IsleErrorKind kind,
                               const char *words) {
  CHECK(error);
  if (isle_error_kind(error) != kind ||
      !strstr(isle_error_message(error), words)) {
    fprintf(stderr, "kind %d instead of %d: %s", (int)isle_error_kind(error),
            (int)kind, isle_error_message(error));
    exit(1);
  }
  isle_error_free(error);
}

// Calls and waits; the answer must be freed, the value lives as long.
static inline const IsleValue *call(IsleIsolate *isolate, const char *function,
                                    IsleValue argument, IsleAnswer **answer) {
  IsleError *error = NULL;
  *answer = isle_isolate_call(isolate, function, &argument, 1, &error);
  const IsleValue *value = *answer ? isle_answer_wait(*answer, &error) : NULL;
  if (!value) fputs(isle_error_message(error), stderr);
  CHECK(value);
  return value;
}

static inline bool is_text(const IsleValue *value, const char *text) {
  return value->kind == ISLE_TEXT && value->as.text.length == strlen(text) &&
         memcmp(value->as.text.bytes, text, strlen(text)) == 0;
}

#endif
