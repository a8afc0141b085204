// A native: Dart calls C, which answers at once, and C calls Dart.
#include <isle.h>
#include <stdio.h>
#include <stdlib.h>

static const char script[] =
    "external int score(String player);\n"
    "String report(String player) => '$player has ${score(player)} points';\n";

static void score(void *context, IsleCall *call) {
  const IsleValue *player = isle_call_argument(call, 0);
  if (player->as.text.length == 0) {
    isle_call_throw(call, "nobody has no score");
  } else {
    isle_call_return(call, isle_int(*(int *)context));
  }
}

static void fail(IsleError *error) {
  fputs(isle_error_message(error), stderr);
  exit(EXIT_FAILURE);
}

int main(void) {
  int points = 42;
  IsleNative natives[] = {{"score", score, &points}};
  IsleProgramOptions options = {.size = sizeof options,
                                .source = script,
                                .is_library = true,
                                .natives = natives,
                                .native_count = 1};
  IsleSpawnOptions stays = {.size = sizeof stays, .stays = true};
  IsleError *error = NULL;
  IsleRuntime *runtime = isle_runtime_new(NULL, NULL);
  IsleProgram *program =
      isle_program_load(runtime, "game.dart", &options, &error);
  if (!program) fail(error);
  IsleIsolate *game = isle_isolate_spawn(program, &stays, NULL);
  IsleValue name = isle_text("Ada");
  IsleAnswer *answer = isle_isolate_call(game, "report", &name, 1, NULL);
  const IsleValue *text = isle_answer_wait(answer, &error);
  if (!text) fail(error);
  printf("%.*s\n", (int)text->as.text.length, text->as.text.bytes);
  isle_runtime_free(runtime);  // and all that it has given out
  return EXIT_SUCCESS;         // expect: Ada has 42 points
}
