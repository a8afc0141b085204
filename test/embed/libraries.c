// The host says which libraries a program may have.
#include "check.h"

static const char *const few[] = {"dart:async", "host:"};

static void refused(IsleRuntime *runtime, const char *source,
                    const char *uri) {
  IsleProgramOptions options = {.size = sizeof options,
                                .source = source,
                                .libraries = few,
                                .library_count = 2};
  IsleError *error = NULL;
  CHECK(!isle_program_load(runtime, "test.dart", &options, &error));
  IsleDiagnostic d;
  CHECK(isle_error_diagnostic(error, 0, &d));
  CHECK(strcmp(d.code, "library_not_allowed") == 0 && d.line == 1);
  check_error(error, ISLE_ERROR_COMPILE, uri);
}

static char printed[100];

static void note(void *context, const char *line, size_t length) {
  (void)context;
  snprintf(printed, sizeof printed, "%.*s", (int)length, line);
}

int main(void) {
  IsleOptions with_print = {.size = sizeof with_print, .print = note};
  IsleRuntime *runtime = isle_runtime_new(&with_print, NULL);
  refused(runtime, "import 'dart:io'; void main() {}", "dart:io");
  refused(runtime, "export 'dart:isolate'; void main() {}", "dart:isolate");
  refused(runtime, "part 'file:///etc/passwd'; void main() {}", "passwd");
  refused(runtime, "import '/etc/passwd'; void main() {}", "passwd");
  refused(runtime, "import 'package:x/x.dart'; void main() {}", "package:x");
  refused(runtime, "import 'dart:io' deferred as d; void main() {}", "dart:io");
  refused(runtime, "import 'host:a' if (dart.library.async) 'dart:math'; "
                   "void main() {}", "dart:math");
  const IsleSource sources[] = {{"host:a", "String a() => 'a';"},
                                {"host:io", "const has = true;"},
                                {"host:none", "const has = false;"}};
  IsleProgramOptions options = {.sources = sources,
                                .source_count = 3,
                                .libraries = few,
                                .library_count = 2};
  IsleProgram *program = load_with(
      runtime,
      "import 'dart:core';\n"
      "import 'dart:async';\n"
      "import 'host:a';\n"
      "import 'host:none' if (dart.library.io) 'host:io';\n"
      "void main() async => print('${a()} $has');",
      options);
  isle_isolate_wait(isle_isolate_spawn(program, NULL, NULL));
  CHECK(strcmp(printed, "a false") == 0);
  // A program that may spawn others does so with the same list.
  static const char *const more[] = {"dart:isolate"};
  options.libraries = more;
  options.library_count = 1;
  program = load_with(
      runtime,
      "import 'dart:isolate';\n"
      "void main() async {\n"
      "  try {\n"
      "    await Isolate.spawnUri(Uri.parse('other.dart'), [], null);\n"
      "  } on IsolateSpawnException catch (e) { print('$e'); }\n"
      "}",
      options);
  FILE *other = fopen("other.dart", "w");
  CHECK(other);
  fputs("void main() => print('it ran');", other);
  fclose(other);
  isle_isolate_wait(isle_isolate_spawn(program, NULL, NULL));
  isle_runtime_wait(runtime);
  remove("other.dart");
  CHECK(strstr(printed, "does not allow"));
  isle_runtime_free(runtime);
  puts("libraries");  // expect: libraries
  return 0;
}
