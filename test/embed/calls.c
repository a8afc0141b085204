// C calls Dart: results, futures, errors, and an isolate that ends first.
#include "check.h"

static const char script[] =
    "import 'dart:async';\n"
    "int calls = 0;\n"
    "int count(int x) => calls += x;\n"
    "Future<String> slowly(String x) async {\n"
    "  await Future.delayed(Duration(milliseconds: 5));\n"
    "  return x.toUpperCase();\n"
    "}\n"
    "int sum(List<int> xs, [int start = 0]) => xs.fold(start, (a, b) => a + b);\n"
    "double scale(double x, List<double> by) => x * by.reduce((a, b) => a * b);\n"
    "String join(List<String> xs, {String by = ','}) => xs.join(by);\n"
    "Object echo(Object x) => x;\n"
    "void nothing(int x) {}\n"
    "Never bad(String why) => throw StateError(why);\n"
    "Future<int> badly(int x) async => throw 'later';\n"
    "Object unsendable(int x) => Completer().future.then((_) {});\n"
    "int forever(int x) { for (;;) {} }\n"
    "Future<int> never(int x) => Completer<int>().future;\n"
    "T generic<T>(T x) => x;\n"
    "int get getter => 1;\n"
    "int _private(int x) => x;\n"
    "class Point { final int x = 3; }\n"
    "Object point(int x) => Point();\n";

static void fails(IsleIsolate *isolate, const char *function,
                  const IsleValue *arguments, size_t count, IsleErrorKind kind,
                  const char *words) {
  IsleError *error = NULL;
  IsleAnswer *answer =
      isle_isolate_call(isolate, function, arguments, count, &error);
  CHECK(!answer);
  check_error(error, kind, words);
}

static void throws(IsleIsolate *isolate, const char *function, IsleValue x,
                   const char *words) {
  IsleError *error = NULL;
  IsleAnswer *answer = isle_isolate_call(isolate, function, &x, 1, &error);
  CHECK(answer);
  CHECK(!isle_answer_wait(answer, &error));
  check_error(error, ISLE_ERROR_UNCAUGHT, words);
  isle_answer_free(answer);
}

static void check_results(IsleIsolate *isolate) {
  IsleAnswer *a;
  // In order, and the isolate keeps its state.
  IsleAnswer *answers[50];
  IsleValue one = isle_int(1);
  for (int i = 0; i < 50; i++)
    answers[i] = isle_isolate_call(isolate, "count", &one, 1, NULL);
  for (int i = 50; i-- > 0;) {
    CHECK(isle_answer_wait(answers[i], NULL)->as.integer == i + 1);
    CHECK(isle_answer_is_ready(answers[i]));
    isle_answer_free(answers[i]);
  }
  CHECK(is_text(call(isolate, "slowly", isle_text("abc"), &a), "ABC"));
  isle_answer_free(a);
  IsleValue numbers[] = {isle_int(1), isle_int(2), isle_int(3)};
  IsleValue list = isle_list(numbers, 3);
  CHECK(call(isolate, "sum", list, &a)->as.integer == 6);
  isle_answer_free(a);
  IsleValue two[] = {list, isle_int(10)};
  a = isle_isolate_call(isolate, "sum", two, 2, NULL);
  CHECK(isle_answer_wait(a, NULL)->as.integer == 16);
  isle_answer_free(a);
  IsleValue scale[] = {isle_int(2), list};
  a = isle_isolate_call(isolate, "scale", scale, 2, NULL);
  CHECK(isle_answer_wait(a, NULL)->as.number == 12);
  isle_answer_free(a);
  IsleValue words[] = {isle_text("a"), isle_text("b")};
  CHECK(is_text(call(isolate, "join", isle_list(words, 2), &a), "a,b"));
  isle_answer_free(a);
  CHECK(call(isolate, "nothing", isle_int(1), &a)->kind == ISLE_NULL);
  isle_answer_free(a);
  CHECK(call(isolate, "generic", isle_bool(true), &a)->as.truth);
  isle_answer_free(a);
  CHECK(call(isolate, "point", isle_int(1), &a)->kind == ISLE_OTHER);
  isle_answer_free(a);
}

static void check_echo(IsleIsolate *isolate) {
  char *large = malloc(100000);
  memset(large, 'x', 100000);
  IsleValue text = {.kind = ISLE_TEXT, .as.text = {large, 100000}};
  IsleValue parts[] = {isle_bool(false), isle_int(INT64_MIN),
                       isle_double(-0.5), isle_text("\xc3\xa9\xe2\x82\xac"),
                       isle_bytes("\0\xff", 2), text,
                       isle_list(NULL, 0), isle_null(),
                       isle_bytes(large, 5000)};
  IsleAnswer *a;
  const IsleValue *v = call(isolate, "echo", isle_list(parts, 9), &a);
  CHECK(v->kind == ISLE_LIST && v->as.list.count == 9);
  const IsleValue *items = v->as.list.items;
  CHECK(items[0].kind == ISLE_BOOL && !items[0].as.truth);
  CHECK(items[1].as.integer == INT64_MIN && items[2].as.number == -0.5);
  CHECK(is_text(&items[3], "\xc3\xa9\xe2\x82\xac"));
  CHECK(items[4].kind == ISLE_BYTES && items[4].as.bytes.count == 2);
  CHECK(items[4].as.bytes.items[1] == 255);
  CHECK(items[5].as.text.length == 100000);
  CHECK(memcmp(items[5].as.text.bytes, large, 100000) == 0);
  CHECK(items[6].as.list.count == 0 && items[7].kind == ISLE_NULL);
  CHECK(items[8].as.bytes.count == 5000);
  isle_answer_free(a);
  free(large);
}

static void check_errors(IsleIsolate *isolate) {
  IsleValue x = isle_int(1);
  fails(isolate, "missing", &x, 1, ISLE_ERROR_NOT_FOUND, "'missing'");
  fails(isolate, "_private", &x, 1, ISLE_ERROR_NOT_FOUND, "_private");
  fails(isolate, "getter", NULL, 0, ISLE_ERROR_NOT_FOUND, "getter");
  fails(isolate, "Point", NULL, 0, ISLE_ERROR_NOT_FOUND, "Point");
  fails(isolate, "count", NULL, 0, ISLE_ERROR_ARGUMENT, "takes 1");
  fails(isolate, NULL, NULL, 0, ISLE_ERROR_ARGUMENT, "NULL");
  fails(NULL, "count", &x, 1, ISLE_ERROR_ARGUMENT, "isolate");
  fails(isolate, "count", NULL, 1, ISLE_ERROR_ARGUMENT, "value");
  throws(isolate, "bad", isle_text("why"), "Bad state: why\n");
  throws(isolate, "badly", isle_int(1), "later");
  throws(isolate, "count", isle_text("x"), "String");
  IsleValue deep = isle_null();
  IsleValue nest[200];
  for (int i = 0; i < 200; i++) {
    nest[i] = deep;
    deep = isle_list(&nest[i], 1);
  }
  fails(isolate, "echo", &deep, 1, ISLE_ERROR_ARGUMENT, "deeply");
}

static void check_ends(IsleProgram *program) {
  IsleIsolate *isolate = spawn_staying(program);
  IsleValue x = isle_int(1);
  IsleAnswer *stuck = isle_isolate_call(isolate, "forever", &x, 1, NULL);
  IsleAnswer *behind = isle_isolate_call(isolate, "count", &x, 1, NULL);
  isle_answer_free(isle_isolate_call(isolate, "count", &x, 1, NULL));
  isle_isolate_kill(isolate);
  IsleError *error = NULL;
  CHECK(!isle_answer_wait(stuck, &error));
  check_error(error, ISLE_ERROR_CLOSED, "without an answer");
  CHECK(!isle_answer_wait(behind, NULL));
  isle_isolate_wait(isolate);
  fails(isolate, "count", &x, 1, ISLE_ERROR_CLOSED, "ended");
  isle_isolate_free(isolate);
  isle_answer_free(stuck);
  // Closing lets it do what it was sent.
  isolate = spawn_staying(program);
  IsleAnswer *last = isle_isolate_call(isolate, "slowly", &(IsleValue){
      .kind = ISLE_TEXT, .as.text = {"x", 1}}, 1, NULL);
  IsleAnswer *never = isle_isolate_call(isolate, "never", &x, 1, NULL);
  isle_isolate_close(isolate);
  CHECK(is_text(isle_answer_wait(last, NULL), "X"));
  CHECK(isle_isolate_wait(isolate));
  CHECK(isle_isolate_end(isolate) == ISLE_END_DONE);
  CHECK(!isle_answer_wait(never, NULL));
  // An answer outlives the handle of its isolate.
  IsleIsolate *other = spawn_staying(program);
  IsleAnswer *open = isle_isolate_call(other, "never", &x, 1, NULL);
  isle_isolate_free(other);
  CHECK(!isle_answer_wait(open, NULL));
}

int main(void) {
  IsleRuntime *runtime = new_runtime();
  IsleProgram *program =
      load_with(runtime, script, (IsleProgramOptions){.is_library = true});
  IsleIsolate *isolate = spawn_staying(program);
  check_results(isolate);
  check_echo(isolate);
  check_errors(isolate);
  check_ends(program);
  // One that does not stay, or has no main.
  IsleError *error = NULL;
  CHECK(!isle_isolate_spawn(program, NULL, &error));
  check_error(error, ISLE_ERROR_ARGUMENT, "'main'");
  IsleProgram *main_only = load(runtime, "void main() {}");
  IsleIsolate *short_one = isle_isolate_spawn(main_only, NULL, NULL);
  fails(short_one, "main", NULL, 0, ISLE_ERROR_ARGUMENT, "stays");
  isle_runtime_free(runtime);
  puts("calls");  // expect: calls
  return 0;
}
