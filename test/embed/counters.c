// What a host can read of a runtime: sums, and bytes by owner.
#include "check.h"

static const char script[] =
    "import 'dart:isolate';\n"
    "final kept = [];\n"
    "void idle(_) => ReceivePort();\n"
    "Future<int> spawn(int count) async {\n"
    "  for (var i = 0; i < count; i++) await Isolate.spawn(idle, null);\n"
    "  return count;\n"
    "}\n"
    "int keep(int kilobytes) {\n"
    "  for (var i = 0; i < kilobytes; i++) kept.add(List.filled(125, i));\n"
    "  return kept.length;\n"
    "}\n"
    "int send(int count) {\n"
    "  final port = RawReceivePort();\n"
    "  for (var i = 0; i < count; i++) port.sendPort.send(i);\n"
    "  port.close();\n"
    "  return count;\n"
    "}\n";

static IsleCounters read(IsleRuntime *runtime) {
  IsleCounters c = {.size = sizeof c};
  CHECK(isle_runtime_counters(runtime, &c));
  return c;
}

static void run(IsleIsolate *isolate, const char *function, int64_t count) {
  IsleAnswer *answer;
  CHECK(call(isolate, function, isle_int(count), &answer)->as.integer == count);
  isle_answer_free(answer);
}

int main(void) {
  IsleRuntime *runtime = new_runtime();
  IsleCounters c = read(runtime);
  CHECK(c.programs == 0 && c.isolates == 0 && c.total_bytes == 0);
  IsleProgram *program =
      load_with(runtime, script, (IsleProgramOptions){.is_library = true});
  IsleIsolate *isolate = spawn_staying(program);
  run(isolate, "spawn", 100);
  c = read(runtime);
  CHECK(c.programs == 1 && c.isolates == 101 && c.spawned == 101);
  uint64_t before = c.heap_bytes, messages = c.messages;
  run(isolate, "keep", 3000);
  run(isolate, "send", 1000);
  run(isolate, "spawn", 0);  // it has waited: all is counted
  c = read(runtime);
  CHECK(c.heap_bytes >= before + (2 << 20));
  CHECK(c.messages >= messages + 1000);
  CHECK(c.collections > 0 && c.switches > 0);
  CHECK(c.heap_bytes + c.mail_bytes + c.free_bytes <= c.total_bytes);
  isle_isolate_kill(isolate);
  isle_isolate_wait(isolate);
  c = read(runtime);
  CHECK(c.isolates == 100 && c.ended == 1);
  // A host of an earlier version has a smaller struct.
  struct {
    IsleCounters counters;
  } old = {.counters = {.size = offsetof(IsleCounters, isolates),
                        .isolates = 77}};
  CHECK(isle_runtime_counters(runtime, &old.counters));
  CHECK(old.counters.spawned == 101 && old.counters.isolates == 77);
  isle_runtime_free(runtime);
  puts("counters");  // expect: counters
  return 0;
}
