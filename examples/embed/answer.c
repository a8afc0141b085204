// Embedding in one page: loads a script, sends it a message, prints its answer.
#include <isle.h>
#include <stdio.h>
#include <stdlib.h>

static const char script[] =
    "import 'dart:isolate';\n"
    "void main(List<String> arguments, SendPort host) {\n"
    "  final port = ReceivePort();\n"
    "  host.send(port.sendPort);\n"
    "  port.listen((m) { host.send('you said $m'); port.close(); });\n"
    "}\n";

static void receive(void *context, const IsleValue *message) {
  IsleRuntime **runtime = context;
  if (message->kind == ISLE_PORT)
    isle_port_send(*runtime, message->as.port, isle_text("hello"), NULL);
  else
    printf("%.*s\n", (int)message->as.text.length, message->as.text.bytes);
}

int main(void) {
  IsleError *error = NULL;
  IsleRuntime *runtime = isle_runtime_new(NULL, &error);
  IsleProgramOptions source = {.size = sizeof source, .source = script};
  IsleProgram *program =
      isle_program_load(runtime, "answer.dart", &source, &error);
  if (!program) {
    fputs(isle_error_message(error), stderr);
    return EXIT_FAILURE;
  }
  IsleSpawnOptions spawn = {
      .size = sizeof spawn, .receive = receive, .context = &runtime};
  IsleIsolate *isolate = isle_isolate_spawn(program, &spawn, NULL);
  bool ok = isle_isolate_wait(isolate);
  isle_isolate_free(isolate);
  isle_program_free(program);
  isle_runtime_free(runtime);
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;  // expect: you said hello
}
