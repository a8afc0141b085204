// front_end.c: Dart source, mangled by tokens (splice.h), goes through loader,
// inference, lowering and verification. It is refused with messages, or it makes
// a program that verifies; it is never run.
//
// Imports of the source are looked for beside $ISLE_FUZZ_DONORS/fuzz.dart.
#include "isle.h"
#include "splice.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static IsleRuntime *runtime;
static char path[4096];

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  splice_begin();
  const char *folder = getenv("ISLE_FUZZ_DONORS");
  snprintf(path, sizeof path, "%s/fuzz.dart", folder ? folder : "/nowhere");
  const char *flags[] = {"--enable-asserts", "--error-codes"};
  IsleOptions options = {.size = sizeof options,
                         .flags = flags,
                         .flag_count = IL_COUNT_OF(flags)};
  runtime = isle_runtime_new(&options, NULL);
  return runtime ? 0 : 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1);
  if (!text) return 0;
  memcpy(text, data, size);
  text[size] = 0;
  IsleProgramOptions options = {.size = sizeof options, .source = text};
  IsleError *error = NULL;
  IsleProgram *program = isle_program_load(runtime, path, &options, &error);
  if (error) {
    const char *message = isle_error_message(error);
    if (strncmp(message, "internal error", 14) == 0) IL_FATAL(message);
    isle_error_free(error);
  } else if (!program) {
    IL_FATAL("neither a program nor an error");
  }
  isle_program_free(program);
  free(text);
  return 0;
}
