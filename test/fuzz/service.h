// service.h: fuzzes what is written in Dart, or is best reached from there.
//
// A Dart program is started once. It sends a port to the host; each unit's bytes
// go there, and it answers with null when all was well, else with a text that
// says what was not. A unit that takes too long is the fuzzer's to report.
//
// To be included by the one file of a fuzzer, which defines SERVICE, the Dart
// file's path from the project's root, where fuzzers run.
#ifndef ISLE_FUZZ_SERVICE_H
#define ISLE_FUZZ_SERVICE_H

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isle.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct {
  pthread_mutex_t lock;
  pthread_cond_t has_news;
  IsleRuntime *runtime;
  IsleIsolate *isolate;
  uint64_t port;        // under the lock, as what follows
  bool has_answer;
  char complaint[1000];
} service = {.lock = PTHREAD_MUTEX_INITIALIZER,
             .has_news = PTHREAD_COND_INITIALIZER};

static void receive(void *context, const IsleValue *message) {
  (void)context;
  pthread_mutex_lock(&service.lock);
  if (message->kind == ISLE_PORT) {
    service.port = message->as.port;
  } else {
    service.has_answer = true;
    if (message->kind == ISLE_TEXT) {
      snprintf(service.complaint, sizeof service.complaint, "%.*s",
               (int)message->as.text.length, message->as.text.bytes);
    }
  }
  pthread_cond_signal(&service.has_news);
  pthread_mutex_unlock(&service.lock);
}

static void stop_with(const char *what) {
  fprintf(stderr, "%s\n", what);
  abort();
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  const char *flags[] = {"--check-types"};
  IsleOptions options = {.size = sizeof options,
                         .flags = flags,
                         .flag_count = sizeof flags / sizeof *flags};
  IsleError *error = NULL;
  service.runtime = isle_runtime_new(&options, &error);
  IsleProgram *program =
      isle_program_load(service.runtime, SERVICE, NULL, &error);
  if (!program) stop_with(isle_error_message(error));
  IsleSpawnOptions spawn = {.size = sizeof spawn, .receive = receive};
  service.isolate = isle_isolate_spawn(program, &spawn, &error);
  if (!service.isolate) stop_with(isle_error_message(error));
  isle_program_free(program);
  pthread_mutex_lock(&service.lock);
  while (!service.port) {
    pthread_cond_wait(&service.has_news, &service.lock);
  }
  pthread_mutex_unlock(&service.lock);
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  IsleValue *items = calloc(size + 1, sizeof *items);
  if (!items) return 0;
  for (size_t i = 0; i < size; i++) items[i] = isle_int(data[i]);
  service.has_answer = false;
  if (!isle_port_send(service.runtime, service.port, isle_list(items, size),
                      NULL)) {
    stop_with("the service does not take messages");
  }
  pthread_mutex_lock(&service.lock);
  while (!service.has_answer) {
    pthread_cond_wait(&service.has_news, &service.lock);
  }
  pthread_mutex_unlock(&service.lock);
  if (service.complaint[0]) stop_with(service.complaint);
  free(items);
  return 0;
}

#endif
