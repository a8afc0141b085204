// What a host does wrong comes back as an error, and breaks nothing.
#include "check.h"

static void check_options(IsleRuntime *runtime) {
  IsleError *error = NULL;
  CHECK(!isle_runtime_new(&(IsleOptions){0}, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "sizeof(IsleOptions)");
  // An older host gives less, a newer one more: all of it must be zero.
  struct {
    IsleOptions options;
    uint64_t later[2];
  } newer = {.options = {.size = sizeof newer}};
  IsleRuntime *other = isle_runtime_new(&newer.options, NULL);
  CHECK(other);
  isle_runtime_free(other);
  newer.later[1] = 1;
  CHECK(!isle_runtime_new(&newer.options, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "does not know");
  IsleOptions older = {.size = offsetof(IsleOptions, flags), .flag_count = 99};
  other = isle_runtime_new(&older, NULL);
  CHECK(other);
  isle_runtime_free(other);
  const char *flags[] = {"--no-such-flag"};
  IsleOptions options = {
      .size = sizeof options, .flags = flags, .flag_count = 1};
  CHECK(!isle_runtime_new(&options, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "--no-such-flag");
  flags[0] = "--workers=many";
  CHECK(!isle_runtime_new(&options, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "--workers=many");
  flags[0] = NULL;
  CHECK(!isle_runtime_new(&options, NULL));
  IsleProgramOptions program = {.source = "void main() {}"};
  CHECK(!isle_program_load(runtime, "x.dart", &program, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "IsleProgramOptions");
  const char *defines[] = {"=x"};
  program = (IsleProgramOptions){.size = sizeof program,
                                 .source = "void main() {}",
                                 .defines = defines,
                                 .define_count = 1};
  CHECK(!isle_program_load(runtime, "x.dart", &program, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "NAME=value");
  const IsleNative natives[] = {{"f", NULL, NULL}};
  program = (IsleProgramOptions){.size = sizeof program,
                                 .source = "void main() {}",
                                 .natives = natives,
                                 .native_count = 1};
  CHECK(!isle_program_load(runtime, "x.dart", &program, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "no function");
}

static void check_null(IsleRuntime *runtime) {
  IsleError *error = NULL;
  isle_runtime_free(NULL);
  isle_program_free(NULL);
  isle_isolate_free(NULL);
  isle_isolate_kill(NULL);
  isle_isolate_close(NULL);
  isle_answer_free(NULL);
  isle_driver_free(NULL);
  isle_error_free(NULL);
  isle_runtime_wait(NULL);
  CHECK(isle_runtime_exit_code(NULL) == 0);
  CHECK(!isle_isolate_wait(NULL));
  CHECK(!isle_runtime_counters(NULL, NULL));
  CHECK(!isle_runtime_counters(runtime, &(IsleCounters){0}));
  CHECK(!isle_program_load(NULL, "x", NULL, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "runtime is NULL");
  CHECK(!isle_program_load(runtime, NULL, NULL, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "path is NULL");
  CHECK(!isle_isolate_spawn(NULL, NULL, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "program is NULL");
  CHECK(!isle_port_send(NULL, 1, isle_null(), &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "runtime is NULL");
  CHECK(!isle_answer_wait(NULL, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "answer is NULL");
  CHECK(!isle_driver_new(NULL, NULL, NULL, NULL));
  CHECK(isle_text(NULL).kind == ISLE_NULL);
  CHECK(*isle_error_message(NULL) == 0 && isle_error_count(NULL) == 0);
}

static void check_files(IsleRuntime *runtime) {
  IsleError *error = NULL;
  CHECK(!isle_program_load(runtime, "/no/such/file.dart", NULL, &error));
  CHECK(isle_error_count(error) == 0);
  check_error(error, ISLE_ERROR_NOT_FOUND, "/no/such/file.dart");
  CHECK(!isle_program_load(runtime, "/tmp", NULL, &error));
  check_error(error, ISLE_ERROR_NOT_FOUND, "directory");
  CHECK(!isle_program_dump(runtime, "x.dart", "nonsense",
                           &(IsleProgramOptions){.size =
                                                     sizeof(IsleProgramOptions),
                                                 .source = "void main() {}"},
                           &error));
  check_error(error, ISLE_ERROR_NOT_FOUND, "nonsense");
  IsleProgramOptions bad = {.size = sizeof bad,
                            .source =
                                "void main() {\n  int x = 'a';\n  y();\n}"};
  CHECK(!isle_program_load(runtime, "bad.dart", &bad, &error));
  CHECK(isle_error_count(error) == 2);
  IsleDiagnostic d;
  CHECK(isle_error_diagnostic(error, 0, &d) && d.line == 2 && d.column == 11);
  CHECK(strcmp(d.path, "bad.dart") == 0 && *d.code && *d.message);
  CHECK(isle_error_diagnostic(error, 1, &d) && d.line == 3 && d.column == 3);
  CHECK(!isle_error_diagnostic(error, 2, &d));
  check_error(error, ISLE_ERROR_COMPILE, "bad.dart:2:11: Error: ");
  CHECK(!isle_program_load(runtime, "bad.dart", &bad, NULL));
}

static void check_sends(IsleRuntime *runtime) {
  IsleError *error = NULL;
  CHECK(isle_port_send(runtime, 0, isle_int(1), &error));  // to nobody
  CHECK(isle_port_send(runtime, UINT64_MAX, isle_int(1), &error));
  CHECK(isle_port_send(runtime, 0x123456789abcdef, isle_int(1), &error));
  IsleValue bad = {.kind = (IsleKind)77};
  CHECK(!isle_port_send(runtime, 0, bad, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "no known kind");
  IsleProgram *program =
      load(runtime, "void main(List<String> a, Object? m) {}");
  IsleSpawnOptions options = {.size = sizeof options, .message = bad};
  CHECK(!isle_isolate_spawn(program, &options, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "no known kind");
  options = (IsleSpawnOptions){.size = sizeof options, .argument_count = 3};
  CHECK(!isle_isolate_spawn(program, &options, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "arguments");
  options.size = 0;
  CHECK(!isle_isolate_spawn(program, &options, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "IsleSpawnOptions");
  // Text that is no UTF-8 arrives mended.
  options = (IsleSpawnOptions){.size = sizeof options,
                               .message = isle_text("\xff\xc3")};
  IsleIsolate *isolate = isle_isolate_spawn(program, &options, NULL);
  CHECK(isle_isolate_wait(isolate));
}

int main(void) {
  IsleRuntime *runtime = new_runtime();
  check_options(runtime);
  check_null(runtime);
  check_files(runtime);
  check_sends(runtime);
  isle_runtime_free(runtime);
  puts("misuse");  // expect: misuse
  return 0;
}
