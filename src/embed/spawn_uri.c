// spawn_uri.c: Isolate.spawnUri: a new group, compiled on a helper thread.

#include "base/memory.h"
#include "embed/runtime.h"

typedef struct {
  BlockingJob job;
  IsleRuntime *runtime;
  Group *parent;
  Mail *start;
  PortId reply;
  SpawnOptions options;
  TextBuilder uri;
} UriJob;

static void answer(UriJob *j, const Plain *plain) {
  Mail *mail = il_plain_to_mail(j->parent, j->reply, plain);
  if (mail) il_realm_send(j->runtime->realm, mail);
}

static void answer_text(UriJob *j, Text text) {
  Plain plain = {.kind = PLAIN_TEXT, .as.text = text};
  answer(j, &plain);
}

static void spawn(UriJob *j, IsleProgram *program) {
  Spawned spawned;
  if (il_isolate_spawn(program->group, SPAWN_MAIN, j->start, &j->options,
                       &spawned) != IL_OK) {
    answer_text(j, TEXT("the isolate cannot be made"));
    return;
  }
  Plain parts[] = {
      {.kind = PLAIN_PORT, .as.port = spawned.control},
      {.kind = PLAIN_CAPABILITY, .as.port = spawned.pause_capability},
      {.kind = PLAIN_CAPABILITY, .as.port = spawned.terminate_capability},
  };
  Plain list = {.kind = PLAIN_LIST, .as.list = {parts, 3}};
  answer(j, &list);
}

static void run(BlockingJob *job) {
  UriJob *j = (UriJob *)job;
  IsleError *error = NULL;
  il_text_append_char(&j->uri, 0);
  const char *uri = il_text_builder_text(&j->uri).bytes;
  IsleProgram *program = il_embed_compile(j->runtime, uri, NULL, &error);
  if (!program) {
    answer_text(j, il_text_of(isle_error_message(error)));
    isle_error_free(error);
    il_mail_free(NULL, j->start);
  } else if (!il_program_main(program->program)) {
    answer_text(j, TEXT("the program has no function 'main'"));
    il_mail_free(NULL, j->start);
    isle_program_free(program);
  } else {
    spawn(j, program);
    isle_program_free(program);
  }
  il_group_release(j->parent);
  il_text_builder_drop(&j->uri);
  il_memory_free(j, sizeof *j);
}

void il_embed_spawn_uri(void *context, SpawnUriRequest *request) {
  UriJob *j = il_memory_zalloc(sizeof *j);
  j->job.run = run;
  j->runtime = context;
  j->parent = request->parent;
  j->start = request->start;
  j->reply = request->reply;
  j->options = request->options;
  j->options.worker = NULL;
  il_text_builder_init(&j->uri);
  il_text_append(&j->uri, request->uri);
  il_group_retain(j->parent);
  if (il_blocking_submit(j->runtime->realm->sched, &j->job) != IL_OK) {
    answer_text(j, TEXT("no thread can be made"));
    il_mail_free(NULL, j->start);
    il_group_release(j->parent);
    il_text_builder_drop(&j->uri);
    il_memory_free(j, sizeof *j);
  }
}
