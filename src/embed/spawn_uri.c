// spawn_uri.c: Isolate.spawnUri: a new group, compiled on a helper thread with
// the options of the program that asks.

#include "base/memory.h"
#include "embed/runtime.h"

typedef struct {
  BlockingJob job;
  IsleRuntime *runtime;
  Group *parent;
  Mail *start;
  PortId reply;
  SpawnOptions options;
  Arena arena;             // of the two texts
  const char *uri;
  const char *package_config;  // or NULL
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
  Mail *start = j->start;
  j->start = NULL;
  Status status = il_isolate_spawn(program->group, SPAWN_MAIN, start,
                                   &j->options, &spawned);
  j->options.on_exit = NULL;  // consumed
  if (status != IL_OK) {
    answer_text(j, status == IL_LIMIT
                       ? TEXT("There are as many isolates as may be")
                       : TEXT("Out of Memory: the isolate cannot be made"));
    return;
  }
  Plain parts[] = {
      {.kind = PLAIN_PORT, .as.port = spawned.control},
      {.kind = PLAIN_CAPABILITY, .as.port = spawned.pause_capability},
      {.kind = PLAIN_CAPABILITY, .as.port = spawned.terminate_capability},
  };
  Plain list = {.kind = PLAIN_LIST, .as.list = {parts, 3, TYPE_ID_NONE}};
  answer(j, &list);
}

static void free_job(UriJob *j) {
  if (j->start) il_mail_free(NULL, j->start);
  if (j->options.on_exit) il_mail_free(NULL, j->options.on_exit);
  il_group_release(j->parent);
  il_arena_drop(&j->arena);
  il_memory_free(j, sizeof *j);
}

// The parent's options; its packages too, wherever the file is, unless others
// are asked for.
static IsleProgramOptions child_options(UriJob *j) {
  const IsleProgram *parent = j->parent->host;
  IsleProgramOptions options = parent->options;
  options.is_library = false;
  Text packages = TEXT("");
  if (j->package_config) options.package_config = j->package_config;
  else packages = il_embed_package_config(parent, &j->arena);
  if (packages.length) options.package_config = packages.bytes;
  return options;
}

static void run(BlockingJob *job) {
  UriJob *j = (UriJob *)job;
  IsleError *error = NULL;
  IsleProgramOptions options = child_options(j);
  IsleProgram *program =
      il_embed_compile(j->runtime, j->uri, &options, true, &error);
  if (!program) {
    answer_text(j, il_text_of(isle_error_message(error)));
    isle_error_free(error);
  } else {
    spawn(j, program);
    il_group_release(program->group);
  }
  free_job(j);
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
  il_arena_init(&j->arena);
  j->uri = il_arena_copy_text(&j->arena, request->uri).bytes;
  if (request->package_config.length) {
    j->package_config =
        il_arena_copy_text(&j->arena, request->package_config).bytes;
  }
  il_group_retain(j->parent);
  if (il_blocking_submit(j->runtime->realm->sched, &j->job) != IL_OK) {
    answer_text(j, TEXT("no thread can be made"));
    free_job(j);
  }
}
