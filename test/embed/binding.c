// Which native is for which external member: libraries of the host, errors in
// the source when one is missing or cannot be.
#include "check.h"

static void answer(void *context, IsleCall *call) {
  isle_call_return(call, isle_int(*(int *)context));
}

static void load_badly(IsleRuntime *runtime, const char *source,
                       const char *words) {
  static int one = 1;
  const IsleNative natives[] = {{"one", answer, &one}};
  IsleProgramOptions options = {.size = sizeof options,
                                .source = source,
                                .is_library = true,
                                .natives = natives,
                                .native_count = 1};
  IsleError *error = NULL;
  CHECK(!isle_program_load(runtime, "test.dart", &options, &error));
  IsleDiagnostic d;
  CHECK(isle_error_count(error) == 1 && isle_error_diagnostic(error, 0, &d));
  CHECK(strcmp(d.path, "test.dart") == 0 && d.line == 1 && d.column > 0);
  check_error(error, ISLE_ERROR_COMPILE, words);
}

int main(void) {
  int one = 1, two = 2, three = 3;
  const IsleNative natives[] = {{"host:a number", answer, &one},
                                {"host:b number", answer, &two},
                                {"number", answer, &three}};
  const IsleSource sources[] = {
      {"host:a", "external int number();"},
      {"host:b", "import 'c'; external int number(); int c() => d();"},
      {"host:c", "int d() => 40;"}};
  IsleProgramOptions options = {.natives = natives,
                                .native_count = 3,
                                .sources = sources,
                                .source_count = 3,
                                .is_library = true};
  IsleRuntime *runtime = new_runtime();
  IsleProgram *program = load_with(
      runtime,
      "import 'host:a' as a;\n"
      "import 'host:b' as b;\n"
      "export 'host:b' show c;\n"
      "external int number();\n"
      "int all(int x) => x + a.number() + 10 * b.number() + 100 * number();\n",
      options);
  IsleIsolate *isolate = spawn_staying(program);
  IsleAnswer *got;
  CHECK(call(isolate, "all", isle_int(1000), &got)->as.integer == 1321);
  isle_answer_free(got);
  IsleAnswer *exported = isle_isolate_call(isolate, "c", NULL, 0, NULL);
  CHECK(isle_answer_wait(exported, NULL)->as.integer == 40);
  load_badly(runtime, "external int two();",
             "no native for the external 'two'");
  load_badly(runtime, "external int one<T>();", "no type parameters");
  load_badly(runtime, "import 'host:unknown';", "host:unknown");
  // Without natives Dart's own rule holds: it throws when it is called.
  IsleProgram *plain = load_with(
      runtime,
      "external int f();\n"
      "String g(int x) { try { return '${f()}'; }\n"
      "  on NoSuchMethodError { return 'none'; } }\n",
      (IsleProgramOptions){.is_library = true});
  IsleIsolate *other = spawn_staying(plain);
  CHECK(is_text(call(other, "g", isle_int(0), &got), "none"));
  isle_runtime_free(runtime);
  puts("binding");  // expect: binding
  return 0;
}
