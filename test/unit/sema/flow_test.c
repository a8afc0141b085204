// flow_test.c: flow analysis, patterns and exhaustiveness on small bodies, told
// by the codes of the errors that they give.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "sema/sema.h"

// Declarations that all bodies see.
static const char *prelude =
    "sealed class S {} class A extends S { final int? _x; A(this._x); }\n"
    "class B extends S { int? x; } enum E { one, two }\n"
    "Never fail() => throw 0; bool get c => true; void use(Object? o) {}\n"
    "void main() {}\n";

typedef struct {
  const char *body;    // of a function f(int? n, Object o, S s, A a, E? e)
  const char *errors;  // codes, separated by spaces, in the order of the source
} Case;

static const Case cases[] = {
    // Promotion.
    {"n.isEven;", "nullable_receiver"},
    {"if (n != null) n.isEven;", ""},
    {"if (n == null) return; n.isEven;", ""},
    {"if (n == null) fail(); n.isEven;", ""},
    {"if (n != null && n.isEven) {}", ""},
    {"if (n == null || n.isEven) {} n.isEven;", "nullable_receiver"},
    {"n ?? fail(); n.isEven;", ""},
    {"n!; n.isEven;", ""},
    {"if (o is int) { o.isEven; } o.isEven;", "undefined_getter"},
    {"if (o is! int) return; o.isEven;", ""},
    {"o as int; o.isEven;", ""},
    {"n = 1; n.isEven; n = null; n.isEven;", "nullable_receiver"},
    {"int? m = 1; m.isEven; final int? k = 1; k.isEven;", "nullable_receiver"},
    {"final ok = n != null; if (ok) n.isEven;", ""},
    {"final ok = n != null; n = null; if (ok) n.isEven;", "nullable_receiver"},
    {"Object? q = o; if (q is int) {} q = 1; q.isEven;", ""},
    // Loops and closures.
    {"if (n == null) return; while (c) { n.isEven; n = null; }",
     "nullable_receiver"},
    {"if (n == null) return; while (c) { n.isEven; int? n2; n2 = null; }", ""},
    {"if (n == null) return; while (c) { n.isEven; { int? n; n = null; } }",
     ""},
    {"while (true) { if (n != null) break; } n.isEven;", ""},
    {"do { if (n == null) continue; n.isEven; } while (c);", ""},
    {"for (; n == null;) {} n.isEven;", ""},
    {"if (n != null) { use(() => n.isEven); }", ""},
    {"if (n != null) { use(() => n.isEven); n = null; }", "nullable_receiver"},
    {"use(() { n = null; }); if (n != null) n.isEven;", "nullable_receiver"},
    // Assignment.
    {"int x; use(x);", "not_assigned"},
    {"int x; if (c) x = 1; else x = 2; use(x);", ""},
    {"int x; if (c) x = 1; use(x);", "not_assigned"},
    {"int x; while (true) { x = 1; break; } use(x);", ""},
    {"int x; try { x = 1; } finally {} use(x);", ""},
    {"int x; try { x = 1; } catch (_) {} use(x);", "not_assigned"},
    {"final x; x = 1; x = 2;", "assign_final"},
    {"final int x; while (c) { x = 1; }", "final_maybe_assigned"},
    {"late int x; use(x);", "late_unassigned"},
    {"late int x; if (c) x = 1; use(x);", ""},
    {"int x; l: { if (c) break l; x = 1; } use(x);", "not_assigned"},
    {"int x; if (true) x = 1; use(x);", ""},
    {"int x; switch (e) { case E.one: x = 1; case E.two: x = 2; case null: "
     "return; } use(x);",
     ""},
    // try and finally.
    {"if (n == null) return; try { n = null; } finally {} n.isEven;",
     "nullable_receiver"},
    {"try { n = 1; fail(); } finally { } n.isEven;", ""},
    {"try { use(1); } finally { if (n == null) return; } n.isEven;", ""},
    // Fields.
    {"if (a._x != null) a._x.isEven;", ""},
    {"if (a._x != null) { a = A(null); a._x.isEven; }", "nullable_receiver"},
    {"final b = B(); if (b.x != null) b.x.isEven;", "nullable_receiver"},
    // Patterns.
    {"if (o case int i) i.isEven;", ""},
    {"if (o case int()) o.isEven;", ""},
    {"if (n case var m?) m.isEven;", ""},
    {"switch (n) { case null: break; default: n.isEven; }", ""},
    {"var (x, y: z) = (1, y: 'a'); x.isEven; z.length;", ""},
    {"int x; String y; (x, y) = (1, 'a'); use(x); use(y);", ""},
    {"var [x, ...y] = [1, 2]; x.isEven; y.length;", ""},
    {"var {'k': v} = {'k': 1}; v.isEven;", ""},
    {"var (x, x) = (1, 2);", "duplicate_declaration"},
    {"if (o case int i || String j) {}",
     "pattern_or_variable pattern_or_variable"},
    {"if (o case (int i, _) || (_, int i)) i.isEven;", ""},
    {"var (int x, _) = ('a', 1);", "pattern_type"},
    {"switch (o) { case int i when i > 0: case double i: use(i); }",
     "used_before_declared"},
    {"switch (o) { case [int i]: case [_, int i]: i.isEven; }", ""},
    // Exhaustiveness.
    {"use(switch (s) { A() => 1, B() => 2 });", ""},
    {"use(switch (s) { A() => 1 });", "not_exhaustive"},
    {"use(switch (s) { A(_x: 1) => 1, A() => 2, B() => 3 });", ""},
    {"use(switch (s) { A(_x: null) => 1, B() => 3 });", "not_exhaustive"},
    {"use(switch (e) { E.one => 1, null => 2, E.two => 3 });", ""},
    {"use(switch (e) { E.one => 1, E.two => 3 });", "not_exhaustive"},
    {"use(switch (e) { E.one when c => 1, null => 2, E.two => 3 });",
     "not_exhaustive"},
    {"switch (s) { case A(): break; }", "not_exhaustive"},
    {"switch (o) { case A(): break; }", ""},
    {"use(switch ((c, c)) { (true, _) => 1, (_, true) => 2, (false, false) => "
     "3 });",
     ""},
    {"use(switch ((c, c)) { (true, _) => 1, (_, true) => 2 });",
     "not_exhaustive"},
    {"use(switch (<bool>[]) { [] => 1, [true] => 2, [_, _, ...] => 3, [false] "
     "=> 4 });",
     ""},
    {"use(switch (<bool>[]) { [] => 1, [_] => 2, [_, _, true, ...] => 3 });",
     "not_exhaustive"},
    {"use(switch (n) { int() => 1, null => 2 });", ""},
};

typedef struct {
  Text source;
} Reader;

static bool read_source(void *context, Text uri, Arena *arena, Text *text) {
  Reader *reader = context;
  if (il_text_equal(uri, TEXT("file:///test.dart"))) {
    *text = reader->source;
    return true;
  }
  Text path = il_arena_copy_text(arena, il_text_slice(uri, 7, uri.length));
  return il_file_read(arena, path.bytes, text) == IL_OK;
}

// The folder lib/ of the checkout this file is compiled from.
static Text lib_root(void) {
  static char path[4096];
  Text file = il_text_of(__FILE__);
  int64_t end = il_text_find(file, TEXT("test/unit/sema"), 0);
  assert_true(end >= 0);
  snprintf(path, sizeof path, "%.*slib", (int)end, __FILE__);
  return il_text_of(path);
}

// Says whether the body gives the errors expected.
static bool check(const Case *test) {
  TextBuilder source = {0};
  il_text_append_format(&source,
                        "%svoid f(int? n, Object o, S s, A a, E? e) "
                        "{ %s }\n",
                        prelude, test->body);
  Reader reader = {il_text_builder_text(&source)};
  NameTable names;
  il_name_table_init(&names);
  TypeTable *types = il_type_table_new(&names, NULL);
  ClassTable *classes = il_class_table_new(NULL);
  SemaTables tables = {&names, types, classes, NULL};
  SemaOptions options = {
      .read = read_source, .read_context = &reader, .lib_root = lib_root()};
  Sema *sema = il_sema_new(&options, &tables);
  il_sema_compile(sema, TEXT("file:///test.dart"));
  il_diagnostic_sort(sema->diagnostics);
  TextBuilder found = {0};
  for (uint32_t i = 0; i < sema->diagnostics->items.count; i++) {
    const Diagnostic *d = &sema->diagnostics->items.items[i];
    if (!d->source || !il_text_ends_with(d->source->path, TEXT("test.dart"))) {
      continue;
    }
    if (found.length) il_text_append_char(&found, ' ');
    il_text_append_string(&found, il_diagnostic_code_text(d->code));
  }
  const char *codes = il_text_builder_string(&found);
  bool is_right = strcmp(codes, test->errors) == 0;
  if (!is_right) {
    print_error("%s\n  expected: %s\n  found:    %s\n", test->body,
                test->errors, codes);
  }
  il_text_builder_drop(&found);
  il_text_builder_drop(&source);
  il_sema_free(sema);
  il_class_table_free(classes);
  il_type_table_free(types);
  il_name_table_drop(&names);
  return is_right;
}

static void test_cases(void **state) {
  (void)state;
  int wrong = 0;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    if (!check(&cases[i])) wrong++;
  }
  assert_int_equal(wrong, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
