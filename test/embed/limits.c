// Limits: processor time, heap, mail, isolates, memory of a program; each ends
// what exceeds it, and nothing else.
#include "check.h"

static char uncaught[4096];

static void note_uncaught(void *context, const char *text, size_t length) {
  (void)context;
  size_t had = strlen(uncaught);
  if (length > sizeof uncaught - had - 1) length = sizeof uncaught - had - 1;
  memcpy(uncaught + had, text, length);
}

static void note_print(void *context, const char *line, size_t length) {
  (void)context;
  note_uncaught(context, line, length);
}

// Runs a main to its end under limits and says how it ended.
static IsleEnd run(IsleRuntime *runtime, const char *source,
                   IsleLimits of_program, IsleLimits of_isolate) {
  IsleProgram *program =
      load_with(runtime, source, (IsleProgramOptions){.limits = of_program});
  IsleSpawnOptions options = {.size = sizeof options, .limits = of_isolate};
  memset(uncaught, 0, sizeof uncaught);
  IsleIsolate *isolate = isle_isolate_spawn(program, &options, NULL);
  CHECK(isolate);
  isle_isolate_wait(isolate);
  IsleEnd end = isle_isolate_end(isolate);
  isle_isolate_free(isolate);
  isle_program_free(program);
  isle_runtime_wait(runtime);
  return end;
}

static const IsleLimits none;

static void check_time(IsleRuntime *runtime) {
  static const char endless[] = "void main() { for (;;) {} }";
  IsleLimits limits = {.cpu_ms = 20};
  CHECK(run(runtime, endless, none, limits) == ISLE_END_CPU);
  CHECK(strstr(uncaught, "20 ms"));
  CHECK(run(runtime, endless, limits, none) == ISLE_END_CPU);
  // By many small events, none of which is long.
  static const char events[] =
      "import 'dart:async';\n"
      "void again() { for (var i = 0; i < 100; i++) {} Timer.run(again); }\n"
      "void main() => again();";
  CHECK(run(runtime, events, none, limits) == ISLE_END_CPU);
  // What it spawns has the limit too; waiting costs nothing.
  static const char child[] =
      "import 'dart:isolate';\n"
      "void loop(_) { for (;;) {} }\n"
      "void main() async {\n"
      "  final port = ReceivePort();\n"
      "  await Isolate.spawn(loop, null, onExit: port.sendPort);\n"
      "  await port.first;\n"
      "  await Future.delayed(Duration(milliseconds: 40));\n"
      "  print('child ended');\n"
      "}";
  CHECK(run(runtime, child, none, limits) == ISLE_END_DONE);
  CHECK(strstr(uncaught, "20 ms") && strstr(uncaught, "child ended"));
}

static void check_memory(IsleRuntime *runtime) {
  static const char heap[] =
      "void main() {\n"
      "  try { final all = []; for (;;) all.add(List.filled(1000, 0)); }\n"
      "  on OutOfMemoryError { print('caught'); }\n"
      "  final all = []; for (;;) all.add('$all'.length);\n"
      "}";
  IsleLimits limits = {.heap_bytes = 4 << 20};
  CHECK(run(runtime, heap, none, limits) == ISLE_END_UNCAUGHT);
  CHECK(strstr(uncaught, "caught") && strstr(uncaught, "Out of Memory"));
  IsleLimits total = {.total_bytes = 8 << 20};
  static const char many[] =
      "import 'dart:isolate';\n"
      "void fill(_) { final all = []; for (;;) all.add(List.filled(99, 0)); }\n"
      "void main() async {\n"
      "  for (var i = 0; i < 3; i++) {\n"
      "    try { await Isolate.run(() => fill(null)); }\n"
      "    catch (e) { print('<$e>'); }\n"
      "  }\n"
      "}";
  CHECK(run(runtime, many, total, none) == ISLE_END_DONE);
  CHECK(strstr(uncaught, "Out of Memory"));
}

static void check_mail(IsleRuntime *runtime) {
  static const char source[] =
      "import 'dart:isolate';\n"
      "void sleepy(SendPort p) {\n"
      "  final own = ReceivePort();\n"
      "  p.send(own.sendPort);\n"
      "  Isolate.current.pause();\n"
      "}\n"
      "void main() async {\n"
      "  final port = ReceivePort(), exits = ReceivePort();\n"
      "  await Isolate.spawn(sleepy, port.sendPort, onExit: exits.sendPort);\n"
      "  final SendPort to = await port.first;\n"
      "  var over = false;\n"
      "  exits.listen((_) { over = true; exits.close(); });\n"
      "  for (var i = 0; i < 100000 && !over; i++) {\n"
      "    to.send(List.filled(1000, i));\n"
      "    await Future.delayed(Duration.zero);\n"
      "  }\n"
      "  print(over ? 'over' : 'endless');\n"
      "}";
  IsleLimits limits = {.mail_bytes = 1 << 20};
  CHECK(run(runtime, source, limits, none) == ISLE_END_DONE);
  CHECK(strstr(uncaught, "exceeds 1048576 bytes"));
  CHECK(strstr(uncaught, "over"));
}

static void check_count(IsleRuntime *runtime) {
  static const char source[] =
      "import 'dart:isolate';\n"
      "void stay(_) => ReceivePort();\n"
      "void main() async {\n"
      "  final all = <Isolate>[];\n"
      "  try { for (;;) all.add(await Isolate.spawn(stay, null)); }\n"
      "  on IsolateSpawnException catch (e) { print('${all.length} $e'); }\n"
      "  for (final i in all) i.kill(priority: Isolate.immediate);\n"
      "}";
  IsleLimits limits = {.isolates = 5};
  CHECK(run(runtime, source, limits, none) == ISLE_END_DONE);
  CHECK(strstr(uncaught, "4 IsolateSpawnException"));
  IsleProgram *program =
      load_with(runtime, "void main() {}",
                (IsleProgramOptions){.limits = limits, .is_library = true});
  IsleIsolate *isolates[5];
  for (int i = 0; i < 5; i++) isolates[i] = spawn_staying(program);
  IsleSpawnOptions stays = {.size = sizeof stays, .stays = true};
  IsleError *error = NULL;
  CHECK(!isle_isolate_spawn(program, &stays, &error));
  check_error(error, ISLE_ERROR_LIMIT, "as many isolates");
  isle_isolate_kill(isolates[0]);
  isle_isolate_wait(isolates[0]);
  CHECK(isle_isolate_spawn(program, &stays, NULL));
}

static IsleRuntime *new_with(IsleLimits limits) {
  IsleOptions options = {.size = sizeof options,
                         .limits = limits,
                         .print = note_print,
                         .uncaught = note_uncaught};
  return isle_runtime_new(&options, NULL);
}

int main(void) {
  IsleRuntime *runtime = new_with(none);
  check_time(runtime);
  check_memory(runtime);
  check_mail(runtime);
  check_count(runtime);
  isle_runtime_free(runtime);
  // The runtime's own are for every program.
  runtime = new_with((IsleLimits){.cpu_ms = 20, .isolates = 2});
  CHECK(run(runtime, "void main() { for (;;) {} }", none, none) ==
        ISLE_END_CPU);
  IsleProgram *a = load(runtime, "void main() {}");
  IsleProgram *b = load(runtime, "void main() {}");
  spawn_staying(a);
  spawn_staying(b);
  IsleError *error = NULL;
  CHECK(!isle_isolate_spawn(b, NULL, &error));
  check_error(error, ISLE_ERROR_LIMIT, "as many");
  isle_runtime_free(runtime);
  runtime = new_with((IsleLimits){.total_bytes = 16 << 20});
  CHECK(run(runtime, "void main() { for (var l = [0];;) l.addAll(l); }", none,
            none) == ISLE_END_UNCAUGHT);
  CHECK(strstr(uncaught, "Out of Memory"));
  isle_runtime_free(runtime);
  puts("limits");  // expect: limits
  return 0;
}
