// lower_test.c: the instructions that small functions become, by their names.
// The core is compiled from lib/ once; every case is a program over it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "code/verify.h"
#include "lower/lower.h"
#include "sema/outline.h"

typedef struct {
  const char *source;    // declares a function f, and main
  const char *wanted;    // instructions of f
} Case;

static const Case cases[] = {
    // Comparisons are fused with jumps, constants are immediate, arguments go
    // straight into their slots.
    {"int f(int n) => n < 2 ? n : f(n - 1) + f(n - 2);",
     "JUMP_GE_I64_K RETURN ADD_I64_K CALL ADD_I64_K CALL ADD_I64 RETURN"},
    {"int f(int n) { if (n < 2) return n; return f(n - 1) + f(n - 2); }",
     "JUMP_GE_I64_K RETURN ADD_I64_K CALL ADD_I64_K CALL ADD_I64 RETURN"},
    // A loop ends in one fused instruction.
    {"int f(int n) { var s = 0; for (var i = 0; i < n; i++) s += i;"
     " return s; }",
     "LOAD_INT LOAD_INT JUMP ADD_I64 ADD_I64_K LOOP_LT_I64 RETURN"},
    {"void f(int n) { while (n > 0) n--; }",
     "JUMP ADD_I64_K LOOP_GT_I64_K RETURN_NULL"},
    {"void f(int n) { do { n -= 2; } while (n != 7); }",
     "ADD_I64_K LOOP_NE_I64_K RETURN_NULL"},
    // Doubles; an integer literal among them is a double.
    {"double f(double x) => x * x + 2.0;",
     "MUL_F64 LOAD_WORD ADD_F64 RETURN"},
    {"bool f(double x) => x < 3;", "LOAD_WORD LT_F64 RETURN"},
    // Conditions are control flow.
    {"int f(bool a, bool b) { if (a && !b) return 1; return 2; }",
     "JUMP_UNLESS JUMP_IF LOAD_INT RETURN LOAD_INT RETURN"},
    {"int f(String? s) => s == null ? 0 : s.length;",
     "JUMP_NOT_NULL LOAD_INT RETURN STRING_LENGTH RETURN"},
    // Fields of a class that nobody extends are read in place.
    {"class P { int x; P(this.x); } int f(P p) => p.x + 1;",
     "GET_FIELD ADD_I64_K RETURN"},
    {"class P { int x = 0; } void f(P p) { p.x = 3; }",
     "LOAD_INT SET_FIELD_RAW RETURN_NULL"},
    // One that is overridden is not.
    {"class P { int get x => 1; } class Q extends P { int get x => 2; }"
     " int f(P p) => p.x;",
     "MOVE CALL_SELECTOR RETURN"},
    // Lists: the guarded instruction, its call out of line.
    {"int f(List<int> l, int i) => l[i];",
     "LIST_GET_I64 JUMP RETURN MOVE MOVE CALL_SELECTOR UNBOX_INT LOOP"},
    // Tests of classes, and of null.
    {"class P {} bool f(Object o) => o is P;", "IS_CLASS RETURN"},
    {"bool f(int? o) => o is int;",
     "JUMP_NULL LOAD_INT JUMP LOAD_INT RETURN"},
    {"void f(List<int> l, int x) { l.add(x); }",
     "LIST_ADD_I64 JUMP RETURN_NULL BOX_INT MOVE CALL_SELECTOR LOOP"},
    // for-in over a list: one guarded instruction; what it does not do is
    // behind the loop.
    {"int f(List<int> l) { var s = 0; for (var x in l) s += x; return s; }",
     "LOAD_INT MOVE LOAD_INT LIST_LENGTH JUMP LIST_NEXT_I64 JUMP ADD_I64 LOOP "
     "JUMP_LT_I64_K LIST_LENGTH JUMP JUMP_NE_I64 JUMP_LE_I64 MOVE MOVE "
     "CALL_SELECTOR UNBOX_INT ADD_I64_K LOOP MOVE CALL_SELECTOR LOAD_INT MOVE "
     "CALL_SELECTOR JUMP_UNLESS MOVE CALL_SELECTOR UNBOX_INT LOOP MOVE CALL "
     "UNREACHABLE RETURN"},
    // A multiplication and a sum are one.
    {"double f(double x, double y) => x * y + x;", "MUL_ADD_F64 RETURN"},
    {"double f(double x, double y) => x * y - x;", "MUL_SUB_F64 RETURN"},
    {"double f(double x, double y) => x - y * y;", "SUB_MUL_F64 RETURN"},
    {"int f(int a, int n, int b) => a * n + b;", "MUL_ADD_I64 RETURN"},
    // A constant of a loop is loaded before it.
    {"void f(double x) { while (x < 4.0) { x = x * x; } }",
     "LOAD_WORD JUMP MUL_F64 LOOP_LT_F64 RETURN_NULL"},
    // What a closure gives is tested and boxed without more ado.
    {"int f(bool Function() t) { if (t()) return 1; return 2; }",
     "MOVE CALL_CLOSURE JUMP_FALSE LOAD_INT RETURN LOAD_INT RETURN"},
    {"Object f(int n) => n + 1;", "ADD_I64_K RETURN_INT"},
    // Small functions stand in the place of their calls.
    {"int g(int x) => x * x; int f(int n) => g(n + 1);",
     "ADD_I64_K MUL_I64 RETURN"},
    {"class P { P(this.x, this.y); final int x; final Object y; }"
     " P f(int n, Object o) => P(n, o);",
     "NEW SET_FIELD_RAW SET_FIELD_REF RETURN"},
    {"int g(int x) => x ~/ x; int f(int n) => g(n);", "MOVE CALL RETURN"},
    {"int g(int x) => x < 1 ? x : g(x - 1); int f(int n) => g(n);",
     "MOVE CALL RETURN"},
    // A switch on integers is a table.
    {"int f(int n) { switch (n) { case 1: return 5; case 2: return 6;"
     " case 3: return 7; case 4: return 8; } return 9; }",
     "MOVE SWITCH_I64 JUMP LOAD_INT RETURN LOAD_INT RETURN LOAD_INT RETURN "
     "LOAD_INT RETURN LOAD_INT RETURN"},
    // A local function that is only called takes what it uses as arguments.
    {"int f(int n) { int g(int k) => k < 1 ? n : g(k - 1); return g(3); }",
     "LOAD_INT MOVE CALL RETURN"},
    // A captured variable that is assigned is a cell.
    {"int Function() f() { var n = 1; return () => n++; }",
     "LOAD_INT NEW SET_FIELD_RAW NEW_CLOSURE SET_FIELD_REF RETURN"},
    // Nothing captured: a constant.
    {"int Function() f() => () => 1;", "LOAD_CONST RETURN"},
};

static bool read_source(void *context, Text uri, Arena *arena, Text *text) {
  if (il_text_equal(uri, TEXT("file:///case.dart"))) {
    *text = il_text_of(context);
    return true;
  }
  char path[4096];
  snprintf(path, sizeof path, "%.*s", (int)uri.length - 7, uri.bytes + 7);
  return il_file_read(arena, path, text) == IL_OK;
}

static Text write_outline(void *context, Sema *sema) {
  return il_outline_write(sema, context);
}

static void print_errors(Sema *sema) {
  TextBuilder out = {0};
  il_diagnostic_print(sema->diagnostics, &out, false);
  print_message("%.*s", (int)out.length, out.bytes);
  il_text_builder_drop(&out);
}

typedef struct {
  Arena arena;
  Segment *core;
} World;

// Compiles lib/, found from the folder of this file.
static Segment *compile_core(Arena *arena) {
  char folder[4096];
  snprintf(folder, sizeof folder, "%s", __FILE__);
  char *end = strstr(folder, "test/unit/lower");
  if (!end) return NULL;
  snprintf(end, sizeof folder - (size_t)(end - folder), "lib");
  Text lib;
  if (il_file_real_path(arena, folder, &lib) != IL_OK) return NULL;
  NameTable *names = IL_NEW(arena, NameTable);
  il_name_table_init(names);
  SemaTables tables = {.names = names,
                       .types = il_type_table_new(names, NULL),
                       .classes = il_class_table_new(NULL)};
  SemaOptions options = {.read = read_source, .lib_root = lib};
  Text root = il_arena_format(arena, "file://%.*s/libraries.dart",
                              TEXT_ARG(lib));
  Sema *sema = il_sema_new(&options, &tables);
  Segment *core = NULL;
  if (il_sema_compile(sema, root)) {
    core = il_lower_program(sema, NULL, write_outline, arena);
  }
  if (!core) print_errors(sema);
  il_sema_free(sema);
  il_class_table_free(tables.classes);
  il_type_table_free(tables.types);
  il_name_table_drop(names);
  return core;
}

static const Function *find_function(const Program *p, Name name) {
  for (FunctionId id = il_program_function_count(p); id-- > 1;) {
    const Function *f = il_program_function(p, id);
    if (f && f->name == name) return f;
  }
  return NULL;
}

// The names of a function's instructions.
static void name_code(const Function *f, TextBuilder *out) {
  const Instruction *code = IL_REL(const Instruction, f->code);
  for (uint32_t pc = 0; pc < f->code_words;) {
    Op op = il_op(code[pc]);
    if (pc > 0) il_text_append_char(out, ' ');
    il_text_append_string(out, il_instruction_name(op));
    uint32_t words = il_instruction_words(op);
    if (op == OP_SWITCH_I64) words += (uint32_t)(code[pc + 1] >> 32);
    pc += words;
  }
}

static bool run_case(World *w, const Case *c) {
  char source[4096];
  snprintf(source, sizeof source, "%s void main() {}", c->source);
  Program *p = il_program_new(w->core);
  OutlineImage image;
  size_t size;
  const void *outline = il_segment_outline(w->core, &size);
  bool ok = il_outline_open(&image, outline, size);
  SemaTables tables = {.names = il_program_names(p),
                       .types = il_program_types(p)->types,
                       .classes = il_program_classes_edit(p),
                       .image = &image};
  SemaOptions options = {.read = read_source, .read_context = source};
  Sema *sema = il_sema_new(&options, &tables);
  Segment *segment = NULL;
  if (ok && il_sema_compile(sema, TEXT("file:///case.dart"))) {
    segment = il_lower_program(sema, w->core, NULL, NULL);
  }
  if (!segment) print_errors(sema);
  Name name = il_name_find(tables.names, TEXT("f"));
  il_sema_free(sema);
  ok = segment && il_program_add(p, segment) == IL_OK;
  const Function *f = ok ? find_function(p, name) : NULL;
  TextBuilder got = {0};
  if (f) name_code(f, &got);
  ok = f && il_text_equal(il_text_builder_text(&got), il_text_of(c->wanted));
  if (!ok) {
    print_message("%s\n  wanted %s\n  got    %.*s\n", c->source, c->wanted,
                  (int)got.length, got.bytes);
  }
  il_text_builder_drop(&got);
  il_program_free(p);
  return ok;
}

static void test_instructions(void **state) {
  World *w = *state;
  int failed = 0;
  for (size_t i = 0; i < IL_COUNT_OF(cases); i++) {
    if (!run_case(w, &cases[i])) failed++;
  }
  assert_int_equal(failed, 0);
}

// The whole core holds what the verifier asks for.
static void test_core_verifies(void **state) {
  World *w = *state;
  Program *p = il_program_new(w->core);
  VerifyFault fault = {0};
  Status status = il_verify_segment(p, w->core, &fault);
  if (status != IL_OK) il_verify_print(p, &fault);
  assert_int_equal(status, IL_OK);
  il_program_free(p);
}

// A chain of additions is lowered without recursion and without a register for
// each; a long list literal too.
static void test_long(void **state) {
  World *w = *state;
  TextBuilder source = {0};
  il_text_append_string(&source, "int f(int x) => x");
  for (int i = 0; i < 20000; i++) il_text_append_string(&source, "+x");
  il_text_append_string(&source, "; List<int> g() => [1");
  for (int i = 0; i < 20000; i++) il_text_append_string(&source, ",1");
  il_text_append_string(&source, "]; void main() {}");
  Program *p = il_program_new(w->core);
  OutlineImage image;
  size_t size;
  const void *outline = il_segment_outline(w->core, &size);
  assert_true(il_outline_open(&image, outline, size));
  SemaTables tables = {.names = il_program_names(p),
                       .types = il_program_types(p)->types,
                       .classes = il_program_classes_edit(p),
                       .image = &image};
  SemaOptions options = {
      .read = read_source,
      .read_context = (void *)(uintptr_t)il_text_builder_string(&source)};
  Sema *sema = il_sema_new(&options, &tables);
  assert_true(il_sema_compile(sema, TEXT("file:///case.dart")));
  Segment *segment = il_lower_program(sema, w->core, NULL, NULL);
  assert_non_null(segment);
  Name f = il_name_find(tables.names, TEXT("f"));
  Name g = il_name_find(tables.names, TEXT("g"));
  il_sema_free(sema);
  assert_int_equal(il_program_add(p, segment), IL_OK);
  assert_true(find_function(p, f)->frame_words < 8);
  assert_true(find_function(p, g)->frame_words < 8);
  il_program_free(p);
  il_text_builder_drop(&source);
}

static int make_world(void **state) {
  World *w = il_memory_zalloc(sizeof *w);
  il_arena_init(&w->arena);
  w->core = compile_core(&w->arena);
  *state = w;
  return w->core ? 0 : -1;
}

static int drop_world(void **state) {
  World *w = *state;
  il_segment_free(w->core);
  il_arena_drop(&w->arena);
  il_memory_free(w, sizeof *w);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_instructions),
      cmocka_unit_test(test_core_verifies),
      cmocka_unit_test(test_long),
  };
  return cmocka_run_group_tests(tests, make_world, drop_world);
}
