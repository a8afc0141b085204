// Programs saved and loaded again: they run alike; what is no good snapshot is
// refused.
#include <unistd.h>

#include "check.h"

static const char script[] =
    "import 'dart:isolate';\n"
    "enum Color { red, green }\n"
    "sealed class Shape<T extends num> {\n"
    "  const Shape(this.side);\n"
    "  final T side;\n"
    "}\n"
    "class Square<T extends num> extends Shape<T> {\n"
    "  const Square(super.side);\n"
    "  num get area => switch (this) { Square(side: var s) => s * s };\n"
    "}\n"
    "typedef Pair<A> = ({A left, A right});\n"
    "const table = {'a': [1, 2], 'b': [Square(3), Color.green]};\n"
    "Pair<T> twice<T>(T x, {T Function(T)? then}) =>\n"
    "    (left: x, right: then == null ? x : then(x));\n"
    "typedef Many = void Function<A, B, C>(A, B, void Function<D, E>(E, C));\n"
    "late final String word = 'lazy';\n"
    "String all(int x) => [\n"
    "  table, Square(x).area, twice<int>(x, then: (y) => y + 1), word,\n"
    "  <Color>{Color.red}.runtimeType, Square<double>(1.5).runtimeType,\n"
    "  #symbol, all.runtimeType, Many, const String.fromEnvironment('given')\n"
    "].join(' ');\n"
    "Future<int> spawn(int x) => Isolate.run(() => x * x);\n"
    "void main(List<String> arguments, Object? message) {\n"
    "  if (message is SendPort) message.send(all(arguments.length));\n"
    "}\n";

static const char spawner[] =
    "import 'dart:isolate';\n"
    "Future<String> run(String uri) async {\n"
    "  final port = ReceivePort();\n"
    "  try {\n"
    "    await Isolate.spawnUri(Uri.file(uri), ['x', 'y'], port.sendPort);\n"
    "  } on IsolateSpawnException catch (e) { return '$e'; }\n"
    "  return await port.first as String;\n"
    "}\n";

static void ask(IsleProgram *program, char *text, size_t size) {
  IsleIsolate *isolate = spawn_staying(program);
  IsleAnswer *answer;
  const IsleValue *v = call(isolate, "all", isle_int(4), &answer);
  CHECK(v->kind == ISLE_TEXT && v->as.text.length < size);
  snprintf(text, size, "%.*s", (int)v->as.text.length, v->as.text.bytes);
  isle_answer_free(answer);
  CHECK(call(isolate, "spawn", isle_int(7), &answer)->as.integer == 49);
  isle_answer_free(answer);
  isle_isolate_free(isolate);
}

static uint64_t mix(uint64_t x) {
  x ^= x >> 30;
  x *= UINT64_C(0xbf58476d1ce4e5b9);
  x ^= x >> 27;
  x *= UINT64_C(0x94d049bb133111eb);
  return x ^ (x >> 31);
}

static char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  CHECK(file);
  char *bytes = malloc(1 << 20);
  *size = fread(bytes, 1, 1 << 20, file);
  fclose(file);
  return bytes;
}

static void write_file(const char *path, const char *bytes, size_t size) {
  FILE *file = fopen(path, "wb");
  CHECK(file && fwrite(bytes, 1, size, file) == size);
  fclose(file);
}

// Whatever is changed or cut off is noticed.
static void check_damage(IsleRuntime *runtime, const char *path) {
  size_t size;
  char *bytes = read_file(path, &size);
  IsleError *error = NULL;
  for (size_t at = 0; at < size; at += 1 + size / 97) {
    bytes[at] ^= 0x40;
    write_file(path, bytes, size);
    CHECK(!isle_program_load(runtime, path, NULL, &error));
    isle_error_free(error);
    bytes[at] ^= 0x40;
    write_file(path, bytes, at);
    IsleProgram *empty = isle_program_load(runtime, path, NULL, &error);
    CHECK(!empty);
    isle_error_free(error);
  }
  write_file(path, bytes, size);
  free(bytes);
}

// The format's hash, made right again after a change: then the other checks
// are met. What passes them all is trusted, and not run here.
static void mend_hash(char *bytes, size_t size) {
  enum { HASH_AT = 24, HEAD_BYTES = 56 };
  uint64_t hash = size - HEAD_BYTES, word;
  for (size_t at = HEAD_BYTES; at + 8 <= size; at += 8) {
    memcpy(&word, bytes + at, 8);
    hash = mix(hash ^ word) + 1;
  }
  memcpy(bytes + HASH_AT, &hash, 8);
}

static void check_structure(IsleRuntime *runtime, const char *path, int count) {
  size_t size;
  char *good = read_file(path, &size), *bytes = malloc(size);
  memcpy(bytes, good, size);
  mend_hash(bytes, size);
  CHECK(memcmp(bytes, good, size) == 0);
  uint64_t random = 12345;
  int passed = 0;
  for (int i = 0; i < count; i++) {
    memcpy(bytes, good, size);
    for (int k = 0; k <= i % 3; k++) {
      random = mix(random + 1);
      size_t at = 32 + (random >> 8) % (size - 32);
      bytes[at] = i % 2 ? (char)(random >> 40)
                        : (char)(bytes[at] ^ (1 << i % 8));
    }
    mend_hash(bytes, size);
    write_file(path, bytes, size);
    IsleProgram *program = isle_program_load(runtime, path, NULL, NULL);
    if (program) passed++;
    isle_program_free(program);
  }
  CHECK(passed < count);
  write_file(path, good, size);
  free(good);
  free(bytes);
}

int main(int count, char **arguments) {
  char path[200];
  snprintf(path, sizeof path, "/tmp/isle-snapshot-%ld.isle", (long)getpid());
  const char *defines[] = {"given=word"};
  IsleRuntime *runtime = new_runtime();
  IsleProgram *program =
      load_with(runtime, script,
                (IsleProgramOptions){.defines = defines, .define_count = 1});
  char expected[500], text[500];
  ask(program, expected, sizeof expected);
  IsleError *error = NULL;
  CHECK(isle_program_save(program, path, &error));
  CHECK(!isle_program_save(program, "/no/such/folder/x.isle", &error));
  check_error(error, ISLE_ERROR_NOT_FOUND, "cannot write");
  isle_program_free(program);
  isle_runtime_free(runtime);
  // In another runtime.
  runtime = new_runtime();
  program = isle_program_load(runtime, path, NULL, &error);
  if (!program) fputs(isle_error_message(error), stderr);
  CHECK(program);
  ask(program, text, sizeof text);
  if (strcmp(text, expected) != 0) {
    fprintf(stderr, "%s\ninstead of\n%s\n", text, expected);
    return 1;
  }
  CHECK(strstr(text, "word"));
  CHECK(isle_program_save(program, path, NULL));  // the same again
  IsleProgram *parent =
      load_with(runtime, spawner, (IsleProgramOptions){.is_library = true});
  IsleAnswer *answer;
  const IsleValue *v =
      call(spawn_staying(parent), "run", isle_text(path), &answer);
  CHECK(v->kind == ISLE_TEXT && v->as.text.length > 20);
  CHECK(memcmp(v->as.text.bytes, "{a: [1, 2]", 10) == 0);
  check_damage(runtime, path);
  check_structure(runtime, path, count > 1 ? atoi(arguments[1]) : 300);
  // Where libraries are restricted it would be a way round.
  const char *libraries[] = {"dart:isolate"};
  IsleProgramOptions few = {
      .size = sizeof few, .libraries = libraries, .library_count = 1};
  CHECK(!isle_program_load(runtime, path, &few, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "only source");
  CHECK(!isle_program_dump(runtime, path, "code", NULL, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "name its source");
  remove(path);
  isle_runtime_free(runtime);
  puts("snapshots");  // expect: snapshots
  return 0;
}
