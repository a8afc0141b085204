// Dart calls C: every kind of argument and result, errors, what does not fit.
#include "check.h"

static const char script[] =
    "import 'dart:typed_data';\n"
    "external int add(int a, int b);\n"
    "external double half(double x);\n"
    "external bool not(bool x);\n"
    "external String greet(String name, {String greeting = 'hello'});\n"
    "external List<int> range(int count);\n"
    "external List<List<String>> table();\n"
    "external Uint8List bytes(Uint8List given);\n"
    "external Object? kind(Object? any);\n"
    "external int? maybe([int? x]);\n"
    "external void fail(String message);\n"
    "external int wrong();\n"
    "external String nothing();\n"
    "external int get value;\n"
    "external set value(int x);\n"
    "class C { external static int twice(int x); }\n"
    "String check(int _) {\n"
    "  final out = <Object?>[];\n"
    "  out.add(add(40, 2));\n"
    "  out.add(add(9223372036854775807, 1));\n"
    "  out.add(half(5));\n"
    "  out.add(not(true));\n"
    "  out.add(greet('Ada'));\n"
    "  out.add(greet('\\u{1F600}', greeting: 'h\\u00e9'));\n"
    "  final r = range(5)..add(5);\n"
    "  out.add(r.reduce((a, b) => a + b));\n"
    "  out.add(table().map((row) => row.join('-')).join('|'));\n"
    "  out.add(bytes(Uint8List.fromList([1, 2, 255])).join(','));\n"
    "  out.add([kind(null), kind(1), kind(1.5), kind('x'), kind([1, [2]]),\n"
    "    kind(Uint8List(3)), kind({1: 2}), kind(true)]);\n"
    "  out.add(maybe());\n"
    "  out.add(maybe(1 << 62));\n"
    "  try { fail('no'); } on Exception catch (e) { out.add('$e'); }\n"
    "  try { wrong(); } on TypeError catch (e) { out.add('$e'); }\n"
    "  try { nothing(); } on TypeError { out.add('null'); }\n"
    "  value = 7;\n"
    "  out.add(value);\n"
    "  out.add(C.twice(4));\n"
    "  final f = add;\n"
    "  out.add(f(1, 2));\n"
    "  out.add([1, 2].map(C.twice).toList());\n"
    "  return out.join('\\n');\n"
    "}\n"
    // Results survive collections, large ones too.
    "int many(int count) {\n"
    "  var sum = 0;\n"
    "  final kept = <String>[];\n"
    "  for (var i = 0; i < count; i++) {\n"
    "    kept.add(greet('$i'));\n"
    "    if (i % 100 == 0) sum += range(5000).length;\n"
    "  }\n"
    "  for (var i = 0; i < count; i++)\n"
    "    if (kept[i] == 'hello $i') sum++;\n"
    "  return sum;\n"
    "}\n";

static void add(void *context, IsleCall *call) {
  (void)context;
  uint64_t a = (uint64_t)isle_call_argument(call, 0)->as.integer;
  uint64_t b = (uint64_t)isle_call_argument(call, 1)->as.integer;
  isle_call_return(call, isle_int((int64_t)(a + b)));
}

static void half(void *context, IsleCall *call) {
  (void)context;
  isle_call_return(call,
                   isle_double(isle_call_argument(call, 0)->as.number / 2));
}

static void not(void *context, IsleCall *call) {
  (void)context;
  isle_call_return(call, isle_bool(!isle_call_argument(call, 0)->as.truth));
}

static void greet(void *context, IsleCall *call) {
  (void)context;
  CHECK(isle_call_count(call) == 2);
  const IsleValue *name = isle_call_argument(call, 0);
  const IsleValue *greeting = isle_call_argument(call, 1);
  char line[200];
  snprintf(line, sizeof line, "%.*s %.*s", (int)greeting->as.text.length,
           greeting->as.text.bytes, (int)name->as.text.length,
           name->as.text.bytes);
  isle_call_return(call, isle_text(line));
  isle_call_return(call, isle_text("the first answer counts"));
}

static void range(void *context, IsleCall *call) {
  (void)context;
  size_t count = (size_t)isle_call_argument(call, 0)->as.integer;
  IsleValue *items = malloc(count * sizeof *items);
  for (size_t i = 0; i < count; i++) items[i] = isle_int((int64_t)i);
  isle_call_return(call, isle_list(items, count));
  free(items);
}

static void table(void *context, IsleCall *call) {
  (void)context;
  IsleValue cells[] = {isle_text("a"), isle_text("b"), isle_text("c")};
  IsleValue rows[] = {isle_list(cells, 2), isle_list(cells + 1, 2)};
  isle_call_return(call, isle_list(rows, 2));
}

static void bytes(void *context, IsleCall *call) {
  (void)context;
  const IsleValue *given = isle_call_argument(call, 0);
  CHECK(given->kind == ISLE_BYTES && given->as.bytes.count == 3);
  uint8_t turned[3];
  for (int i = 0; i < 3; i++) turned[i] = given->as.bytes.items[2 - i];
  isle_call_return(call, isle_bytes(turned, 3));
}

static void kind(void *context, IsleCall *call) {
  (void)context;
  static const char *const names[] = {"null", "bool",  "int",  "double", "text",
                                      "bytes", "list", "port", "other"};
  const IsleValue *v = isle_call_argument(call, 0);
  if (v->kind == ISLE_LIST) {
    CHECK(v->as.list.count == 2);
    CHECK(v->as.list.items[1].as.list.items[0].as.integer == 2);
  }
  CHECK(isle_call_argument(call, 1)->kind == ISLE_NULL);  // there is none
  isle_call_return(call, isle_text(names[v->kind]));
}

static void maybe(void *context, IsleCall *call) {
  (void)context;
  const IsleValue *v = isle_call_argument(call, 0);
  isle_call_return(call, v->kind == ISLE_NULL ? isle_int(-1) : *v);
}

static void fail(void *context, IsleCall *call) {
  (void)context;
  const IsleValue *v = isle_call_argument(call, 0);
  char message[20];
  snprintf(message, sizeof message, "%.*s!", (int)v->as.text.length,
           v->as.text.bytes);
  isle_call_throw(call, message);
}

static void wrong(void *context, IsleCall *call) {
  (void)context;
  isle_call_return(call, isle_text("not an int"));
}

static void nothing(void *context, IsleCall *call) {
  (void)context;
  (void)call;
}

static void get(void *context, IsleCall *call) {
  isle_call_return(call, isle_int(*(int64_t *)context));
}
static void set(void *context, IsleCall *call) {
  *(int64_t *)context = isle_call_argument(call, 0)->as.integer;
}

static void twice(void *context, IsleCall *call) {
  (void)context;
  isle_call_return(call, isle_int(isle_call_argument(call, 0)->as.integer * 2));
}

static const char expected[] =
    "42\n-9223372036854775808\n2.5\nfalse\nhello Ada\nh\xc3\xa9 "
    "\xf0\x9f\x98\x80\n15\na-b|b-c\n255,2,1\n"
    "[null, int, double, text, list, bytes, other, bool]\n"
    "-1\n4611686018427387904\nException: no!\n"
    "the host's native 'wrong' did not return what it is declared to: int\n"
    "null\n7\n8\n3\n[2, 4]";

static void check(const char *flag, int count) {
  int64_t value = 0;
  const IsleNative natives[] = {
      {"add", add, NULL},     {"half", half, NULL},
      {"not", not, NULL},     {"greet", greet, NULL},
      {"range", range, NULL}, {"table", table, NULL},
      {"bytes", bytes, NULL}, {"kind", kind, NULL},
      {"maybe", maybe, NULL}, {"fail", fail, NULL},
      {"wrong", wrong, NULL}, {"nothing", nothing, NULL},
      {"value", get, &value}, {"value=", set, &value},
      {"C.twice", twice, NULL}};
  IsleOptions with_flag = {
      .size = sizeof with_flag, .flags = &flag, .flag_count = 1};
  IsleRuntime *runtime = isle_runtime_new(&with_flag, NULL);
  CHECK(runtime);
  IsleProgramOptions options = {
      .is_library = true,
      .natives = natives,
      .native_count = sizeof natives / sizeof *natives};
  IsleProgram *program = load_with(runtime, script, options);
  IsleIsolate *isolate = spawn_staying(program);
  IsleAnswer *answer;
  const IsleValue *v = call(isolate, "check", isle_int(0), &answer);
  if (!is_text(v, expected)) {
    fprintf(stderr, "%.*s\n", (int)v->as.text.length, v->as.text.bytes);
    exit(1);
  }
  isle_answer_free(answer);
  v = call(isolate, "many", isle_int(count), &answer);
  CHECK(v->kind == ISLE_INT && v->as.integer == count + count / 100 * 5000);
  isle_answer_free(answer);
  isle_isolate_free(isolate);
  isle_program_free(program);
  isle_runtime_wait(runtime);
  isle_runtime_free(runtime);
}

int main(void) {
  check("--workers=1", 3000);
  check("--gc-stress", 100);
  check("--preempt-stress", 100);
  check("--seed=3", 100);
  puts("natives");  // expect: natives
  return 0;
}
