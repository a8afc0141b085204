// Two runtimes in one process, and threads of the host that send to both.
#include <pthread.h>

#include "check.h"

static const char script[] =
    "import 'dart:isolate';\n"
    "void main(List<String> arguments, SendPort host) {\n"
    "  final port = ReceivePort();\n"
    "  host.send(port.sendPort);\n"
    "  var sum = 0, count = 0;\n"
    "  port.listen((m) {\n"
    "    sum += (m as List)[0] as int;\n"
    "    host.send([sum, 'x' * 300]);\n"
    "    if (++count == 4000) { host.send(sum); port.close(); }\n"
    "  });\n"
    "}\n";

typedef struct {
  IsleRuntime *runtime;
  IsleIsolate *isolate;
  uint64_t port;
  int64_t last;   // of all messages but the first
  int received;
  pthread_mutex_t lock;
  pthread_cond_t has_port;
} Side;

static void receive(void *context, const IsleValue *message) {
  Side *side = context;
  if (message->kind == ISLE_PORT) {
    pthread_mutex_lock(&side->lock);
    side->port = message->as.port;
    pthread_cond_broadcast(&side->has_port);
    pthread_mutex_unlock(&side->lock);
  } else if (message->kind == ISLE_INT) {
    side->last = message->as.integer;
  } else {
    CHECK(message->kind == ISLE_LIST && message->as.list.count == 2);
    CHECK(message->as.list.items[1].as.text.length == 300);
    side->received++;
  }
}

static void *send_all(void *context) {
  Side *sides = context;
  for (int i = 0; i < 2; i++) {
    pthread_mutex_lock(&sides[i].lock);
    while (!sides[i].port)
      pthread_cond_wait(&sides[i].has_port, &sides[i].lock);
    pthread_mutex_unlock(&sides[i].lock);
  }
  for (int n = 0; n < 1000; n++) {
    IsleValue items[] = {isle_int(n), isle_text("some text")};
    for (int i = 0; i < 2; i++) {
      CHECK(isle_port_send(sides[i].runtime, sides[i].port,
                           isle_list(items, 2), NULL));
    }
  }
  return NULL;
}

int main(void) {
  static Side sides[2];
  for (int i = 0; i < 2; i++) {
    Side *side = &sides[i];
    pthread_mutex_init(&side->lock, NULL);
    pthread_cond_init(&side->has_port, NULL);
    side->runtime = new_runtime();
    IsleProgram *program = load(side->runtime, script);
    IsleSpawnOptions options = {
        .size = sizeof options, .receive = receive, .context = side};
    side->isolate = isle_isolate_spawn(program, &options, NULL);
    isle_program_free(program);
  }
  pthread_t threads[4];
  for (int i = 0; i < 4; i++)
    pthread_create(&threads[i], NULL, send_all, sides);
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  for (int i = 0; i < 2; i++) {
    CHECK(isle_isolate_wait(sides[i].isolate));
    CHECK(sides[i].received == 4000);
    CHECK(sides[i].last == 4 * 999 * 1000 / 2);
    isle_isolate_free(sides[i].isolate);
    IsleCounters c = {.size = sizeof c};
    CHECK(isle_runtime_counters(sides[i].runtime, &c));
    CHECK(c.spawned == 1 && c.ended == 1 && c.isolates == 0);
    isle_runtime_free(sides[i].runtime);
  }
  puts("two runtimes");  // expect: two runtimes
  return 0;
}
