// subtype_test.c: the subtype relation, bounds and constraints on types that
// are written as in Dart. The world: num > int, double; Iterable<E> > List<E>;
// Future<T>; parameters T (no bound), N extends num, F extends List<F>.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "type/class.h"

typedef struct {
  NameTable names;
  TypeTable *types;
  ClassTable *classes;
  TypeContext c;
  TypeParamId t, n, f;
  TypeParamId own[4];  // Y0, Y1: parameters of the function type being read
  const char *at;
} World;

static Name name_of(World *w, const char *text) {
  return il_name_intern(&w->names, il_text_of(text));
}

static void define(World *w, ClassId id, const char *name, uint32_t params,
                   uint32_t supers, const ClassId *ids, const TypeId *types) {
  TypeClass *c = il_class_edit(w->classes, id);
  c->id = id;
  c->name = name_of(w, name);
  c->super_count = supers;
  c->super_ids = ids;
  c->super_types = types;
  if (params != 0) return;
  c->this_type = il_type_interface(w->types, id, NULL, 0);
}

static TypeParamId generic(World *w, ClassId id) {
  TypeClass *c = il_class_edit(w->classes, id);
  c->param_count = 1;
  c->first_param = il_type_param_new(w->types, name_of(w, "E"), false, 0);
  TypeId e = il_type_param(w->types, c->first_param);
  c->this_type = il_type_interface(w->types, id, &e, 1);
  return c->first_param;
}

static World world;
static ClassId object_only[] = {CLASS_OBJECT};
static TypeId object_type[] = {TYPE_ID_OBJECT};
static ClassId num_supers[] = {CLASS_OBJECT, CLASS_NUM};
static TypeId num_types[] = {TYPE_ID_OBJECT, TYPE_ID_NUM};
static ClassId list_supers[] = {CLASS_OBJECT, CLASS_ITERABLE};
static TypeId list_types[] = {TYPE_ID_OBJECT, 0};

static int set_up(void **state) {
  World *w = &world;
  il_name_table_init(&w->names);
  w->types = il_type_table_new(&w->names, NULL);
  w->classes = il_class_table_new(NULL);
  w->c = (TypeContext){w->types, w->classes};
  define(w, CLASS_OBJECT, "Object", 0, 0, NULL, NULL);
  define(w, CLASS_NULL, "Null", 0, 0, NULL, NULL);
  define(w, CLASS_NUM, "num", 0, 1, object_only, object_type);
  define(w, CLASS_STRING, "String", 0, 1, object_only, object_type);
  define(w, CLASS_FUNCTION, "Function", 0, 1, object_only, object_type);
  define(w, CLASS_RECORD, "Record", 0, 1, object_only, object_type);
  define(w, CLASS_INT, "int", 0, 2, num_supers, num_types);
  define(w, CLASS_DOUBLE, "double", 0, 2, num_supers, num_types);
  define(w, CLASS_FUTURE, "Future", 1, 1, object_only, object_type);
  generic(w, CLASS_FUTURE);
  define(w, CLASS_ITERABLE, "Iterable", 1, 1, object_only, object_type);
  generic(w, CLASS_ITERABLE);
  TypeId e = il_type_param(w->types, generic(w, CLASS_LIST));
  list_types[1] = il_type_interface(w->types, CLASS_ITERABLE, &e, 1);
  define(w, CLASS_LIST, "List", 1, 2, list_supers, list_types);
  w->t = il_type_param_new(w->types, name_of(w, "T"), true, 0);
  w->n = il_type_param_new(w->types, name_of(w, "N"), true, 1);
  il_type_param_set_bound(w->types, w->n, TYPE_ID_NUM);
  w->f = il_type_param_new(w->types, name_of(w, "F"), true, 2);
  TypeId f = il_type_param(w->types, w->f);
  il_type_param_set_bound(w->types, w->f,
                          il_type_interface(w->types, CLASS_LIST, &f, 1));
  for (uint32_t i = 0; i < 4; i++) {
    w->own[i] = il_type_param_new(w->types, NAME_NONE, true, i);
  }
  *state = w;
  return 0;
}

static int tear_down(void **state) {
  World *w = *state;
  il_class_table_free(w->classes);
  il_type_table_free(w->types);
  il_name_table_drop(&w->names);
  return 0;
}

// ----------------------------------------------- types from their spelling

static TypeId read_type(World *w);

static bool eat(World *w, const char *text) {
  while (*w->at == ' ') w->at++;
  size_t n = strlen(text);
  if (strncmp(w->at, text, n) != 0) return false;
  w->at += n;
  return true;
}

static Text read_word(World *w) {
  while (*w->at == ' ') w->at++;
  const char *start = w->at;
  while ((*w->at >= 'a' && *w->at <= 'z') || (*w->at >= 'A' && *w->at <= 'Z') ||
         (*w->at >= '0' && *w->at <= '9') || *w->at == '_') {
    w->at++;
  }
  return il_text_make(start, (size_t)(w->at - start));
}

typedef struct {
  TypeId types[8], named[8];
  Name names[8];
  bool required[8];
  uint32_t count, optional, named_count;
} Fields;

static void read_fields(World *w, Fields *f) {
  memset(f, 0, sizeof *f);
  bool in_optional = false;
  while (!eat(w, ")")) {
    if (eat(w, "[")) in_optional = true;
    if (eat(w, "{")) {
      while (!eat(w, "}")) {
        f->required[f->named_count] = eat(w, "required ");
        f->named[f->named_count] = read_type(w);
        f->names[f->named_count++] = il_name_intern(&w->names, read_word(w));
        eat(w, ",");
      }
      continue;
    }
    f->types[f->count++] = read_type(w);
    if (in_optional) f->optional++;
    eat(w, "]");
    eat(w, ",");
  }
}

static TypeId read_simple(World *w) {
  if (eat(w, "(")) {
    Fields f;
    read_fields(w, &f);
    return il_type_record(w->types, f.types, f.count, f.names, f.named,
                          f.named_count);
  }
  Text word = read_word(w);
  TypeId arg = TYPE_ID_DYNAMIC;
  bool has_arg = eat(w, "<");
  if (has_arg) {
    arg = read_type(w);
    eat(w, ">");
  }
#define IS(s) il_text_equal(word, TEXT(s))
  if (IS("dynamic")) return TYPE_ID_DYNAMIC;
  if (IS("void")) return TYPE_ID_VOID;
  if (IS("Never")) return TYPE_ID_NEVER;
  if (IS("_")) return TYPE_ID_UNKNOWN;
  if (IS("Object")) return TYPE_ID_OBJECT;
  if (IS("Null")) return TYPE_ID_NULL;
  if (IS("num")) return TYPE_ID_NUM;
  if (IS("int")) return TYPE_ID_INT;
  if (IS("double")) return TYPE_ID_DOUBLE;
  if (IS("String")) return TYPE_ID_STRING;
  if (IS("Function")) return TYPE_ID_FUNCTION;
  if (IS("Record")) return TYPE_ID_RECORD;
  if (IS("T")) return il_type_param(w->types, w->t);
  if (IS("N")) return il_type_param(w->types, w->n);
  if (IS("F")) return il_type_param(w->types, w->f);
  if (IS("Y0")) return il_type_param(w->types, w->own[0]);
  if (IS("Y1")) return il_type_param(w->types, w->own[1]);
  if (IS("FutureOr")) return il_type_future_or(w->types, arg);
  if (IS("Future")) return il_type_interface(w->types, CLASS_FUTURE, &arg, 1);
  if (IS("List")) return il_type_interface(w->types, CLASS_LIST, &arg, 1);
  if (IS("Iterable")) {
    return il_type_interface(w->types, CLASS_ITERABLE, &arg, 1);
  }
  fail_msg("unknown type at %s", w->at);
  return 0;
}

static TypeId read_type(World *w) {
  TypeId type = read_simple(w);
  for (;;) {
    if (eat(w, "?")) {
      type = il_type_with_nullable(w->types, type, true);
    } else if (eat(w, "& ")) {
      type = il_type_intersection(w->types, type, read_simple(w));
    } else if (eat(w, "Function")) {
      uint32_t params = 0;
      if (eat(w, "<")) {
        do {
          read_word(w);
          TypeId bound = TYPE_ID_OBJECT_NULLABLE;
          if (eat(w, "extends")) bound = read_type(w);
          il_type_param_set_bound(w->types, w->own[params], bound);
          params++;
        } while (eat(w, ","));
        eat(w, ">");
      }
      assert_true(eat(w, "("));
      Fields f;
      read_fields(w, &f);
      TypeFunctionParts parts = {.result = type,
                                 .type_params = w->own,
                                 .type_param_count = params,
                                 .positional = f.types,
                                 .required_count = f.count - f.optional,
                                 .optional_count = f.optional,
                                 .names = f.names,
                                 .named = f.named,
                                 .named_required = f.required,
                                 .named_count = f.named_count};
      type = il_type_function(w->types, &parts);
    } else {
      return type;
    }
  }
}

static TypeId type_of(World *w, const char *text) {
  w->at = text;
  return read_type(w);
}

static void check_text(World *w, TypeId type, const char *expected) {
  TextBuilder out = {0};
  il_class_print_type(&w->c, &w->names, type, &out);
  assert_string_equal(il_text_builder_string(&out), expected);
  il_text_builder_drop(&out);
}

// ---------------------------------------------------------------------- tests

static const char *yes[][2] = {
    {"int", "num"},
    {"int", "Object"},
    {"int?", "Object?"},
    {"Null", "int?"},
    {"Never", "int"},
    {"Never", "Null"},
    {"int", "dynamic"},
    {"dynamic", "void"},
    {"void", "Object?"},
    {"dynamic", "FutureOr<Object?>"},
    {"int", "FutureOr<int>"},
    {"Future<int>", "FutureOr<num>"},
    {"FutureOr<int>", "FutureOr<num>"},
    {"FutureOr<int>", "Object"},
    {"FutureOr<int>?", "FutureOr<int?>"},
    {"Null", "FutureOr<int?>"},
    {"List<int>", "Iterable<num>"},
    {"List<int>?", "Iterable<num?>?"},
    {"T", "Object?"},
    {"N", "num"},
    {"N", "Object"},
    {"N", "FutureOr<num>"},
    {"N?", "num?"},
    {"T & int", "T"},
    {"T & int", "num"},
    {"T", "T?"},
    {"F", "List<F>"},
    {"F", "Iterable<List<F>>"},
    {"N", "N & num"},
    {"int Function(num)", "num Function(int)"},
    {"int Function([int])", "num Function()"},
    {"int Function(int, [String])", "Object? Function(int)"},
    {"int Function({int x, num y})", "int Function({int y})"},
    {"int Function({int x})", "int Function({required int x})"},
    {"int Function()", "Function"},
    {"int Function()", "Object"},
    {"void Function<Y0>(Y0)", "void Function<Y0>(Y0)"},
    {"Y0 Function<Y0 extends num>(Y0)", "num Function<Y0 extends num>(Y0)"},
    {"List<Y0> Function<Y0>()", "Iterable<Y0> Function<Y0>()"},
    {"(int, String)", "(num, Object)"},
    {"(int, {int x})", "Record"},
    {"(int, {int b, num a})", "(num, {num a, int b})"},
    {"Record", "Object"},
    {"int", "FutureOr<FutureOr<int>>"},
    {"Future<Null>", "FutureOr<int?>"},
};

static const char *no[][2] = {
    {"num", "int"},
    {"int?", "Object"},
    {"Null", "int"},
    {"Null", "Object"},
    {"Object?", "Object"},
    {"dynamic", "Object"},
    {"int", "Never"},
    {"T", "Object"},
    {"T", "int"},
    {"Null", "T"},
    {"Null", "N?  & num"},
    {"T?", "T"},
    {"N?", "num"},
    {"FutureOr<int?>", "Object"},
    {"FutureOr<num>", "FutureOr<int>"},
    {"Object", "FutureOr<int>"},
    {"Iterable<int>", "List<int>"},
    {"List<num>", "List<int>"},
    {"int Function(int)", "int Function(num)"},
    {"int Function(int)", "int Function()"},
    {"int Function()", "int Function(int)"},
    {"int Function({required int x})", "int Function()"},
    {"int Function({required int x})", "int Function({int x})"},
    {"int Function()", "int Function({int x})"},
    {"void Function<Y0>(Y0)", "void Function(int)"},
    {"void Function<Y0>(Y0)", "void Function<Y0 extends num>(Y0)"},
    {"Function", "int Function()"},
    {"(int, int)", "(int,)"},
    {"(int, {int x})", "(int, {int y})"},
    {"Record", "(int,)"},
    {"(int,)", "Function"},
    {"int?", "Null"},
};

static void test_subtypes(void **state) {
  World *w = *state;
  for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) {
    TypeId a = type_of(w, yes[i][0]), b = type_of(w, yes[i][1]);
    if (!il_type_is_subtype(&w->c, a, b)) {
      fail_msg("%s <: %s should hold", yes[i][0], yes[i][1]);
    }
  }
  for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) {
    TypeId a = type_of(w, no[i][0]), b = type_of(w, no[i][1]);
    if (il_type_is_subtype(&w->c, a, b)) {
      fail_msg("%s <: %s should not hold", no[i][0], no[i][1]);
    }
  }
}

static void test_equal_types_have_one_id(void **state) {
  World *w = *state;
  assert_int_equal(type_of(w, "(int, {int b, num a})"),
                   type_of(w, "(int, {num a, int b})"));
  assert_int_equal(type_of(w, "Y0 Function<Y0>(Y0)"),
                   type_of(w, "Y0 Function<Y0>(Y0)"));
  assert_int_equal(type_of(w, "Never?"), TYPE_ID_NULL);
  assert_int_equal(type_of(w, "Object?"), TYPE_ID_OBJECT_NULLABLE);
  assert_int_not_equal(type_of(w, "List<int>"), type_of(w, "List<int?>"));
}

static const char *bounds[][4] = {
    // a, b, UP, DOWN
    {"int", "double", "num", "Never"},
    {"int", "int?", "int?", "int"},
    {"int", "Null", "int?", "Never"},
    {"int?", "String", "Object?", "Never"},
    {"List<int>", "Iterable<num>", "Iterable<num>", "List<int>"},
    {"List<int>", "List<double>", "List<num>", "Never"},
    {"dynamic", "void", "void", "dynamic"},
    {"int", "Never", "int", "Never"},
    {"N", "int", "num", "Never"},
    {"T & int", "double", "num", "Never"},
    {"FutureOr<int>", "Future<double>", "FutureOr<num>", "Future<Never>"},
    {"int Function(num)", "double Function(int)", "num Function(int)",
     "Never Function(num)"},
    {"int Function(int)", "int Function()", "Function", "int Function([int])"},
    {"(int, double)", "(double, double)", "(num, double)", "(Never, double)"},
    {"int Function()", "(int, int)", "Object", "Never"},
    {"Y0 Function<Y0>(Y0)", "Y0 Function<Y0>(Y0)", "Y0 Function<Y0>(Y0)",
     "Y0 Function<Y0>(Y0)"},
    {"_", "int", "int", "int"},
};

static void test_bounds(void **state) {
  World *w = *state;
  for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
    TypeId a = type_of(w, bounds[i][0]), b = type_of(w, bounds[i][1]);
    check_text(w, il_type_upper_bound(&w->c, a, b), bounds[i][2]);
    check_text(w, il_type_lower_bound(&w->c, a, b), bounds[i][3]);
  }
}

static void test_closures_and_norm(void **state) {
  World *w = *state;
  TypeId t = type_of(w, "List<_> Function(_)");
  check_text(w, il_type_greatest_closure(&w->c, t),
             "List<Object?> Function(Never)");
  check_text(w, il_type_least_closure(&w->c, t),
             "List<Never> Function(Object?)");
  check_text(w, il_type_normalize(&w->c, type_of(w, "List<FutureOr<Object?>>")),
             "List<Object?>");
  check_text(w, il_type_normalize(&w->c, type_of(w, "FutureOr<Null>")),
             "Future<Null>?");
  check_text(w, il_type_flatten(&w->c, type_of(w, "FutureOr<int>?")), "int?");
  check_text(w, il_type_non_null(w->types, type_of(w, "T?")), "T & Object");
  check_text(w, il_type_non_null(w->types, type_of(w, "N?")), "N");
}

// Solves for T and N: T's argument types, then the context.
static void check_solution(World *w, const char *sub, const char *super,
                           bool final, const char *t, const char *n) {
  TypeParamId params[2] = {w->t, w->n};
  TypeId result[2];
  TypeConstraints *k = il_constraint_new(&w->c, params, 2);
  assert_true(il_constraint_match(k, type_of(w, sub), type_of(w, super)));
  il_constraint_solve(k, final, result);
  check_text(w, result[0], t);
  check_text(w, result[1], n);
  il_constraint_free(k);
}

static void test_constraints(void **state) {
  World *w = *state;
  check_solution(w, "List<int>", "Iterable<T>", true, "int", "num");
  check_solution(w, "int", "T?", true, "int", "num");
  check_solution(w, "Null", "T?", true, "Null", "num");
  check_solution(w, "Future<int>", "FutureOr<T>", true, "int", "num");
  check_solution(w, "int", "FutureOr<T>", true, "int", "num");
  check_solution(w, "List<T>", "List<num>", false, "num", "_");
  check_solution(w, "List<N>", "List<Object>", false, "_", "num");
  check_solution(w, "(int, double)", "(T, N)", true, "int", "double");
  check_solution(w, "List<int> Function(T)", "Object Function(int)", true,
                 "int", "num");
  TypeParamId params[1] = {w->t};
  TypeConstraints *k = il_constraint_new(&w->c, params, 1);
  assert_false(il_constraint_match(k, type_of(w, "(int, String)"),
                                   type_of(w, "(T, int)")));
  TypeId result;
  il_constraint_solve(k, true, &result);
  check_text(w, result, "dynamic");
  il_constraint_free(k);
}

static void test_instantiation(void **state) {
  World *w = *state;
  TypeId args[2] = {TYPE_ID_INT, type_of(w, "List<num>?")};
  TypeId vector = il_type_vector(w->types, args, 2);
  TypeId t = type_of(w, "(T?, N, Y0 Function<Y0>(T, Y0))");
  check_text(w, il_type_instantiate(w->types, t, TYPE_ID_NONE, 0, vector),
             "(int?, List<num>?, Y0 Function<Y0>(int, Y0))");
  TypeParamId fresh[1];
  TypeId f = type_of(w, "Y0 Function<Y0 extends List<Y0>>(Y0, T)");
  TypeId open = il_type_function_open(w->types, f, fresh);
  check_text(w, open, "T0 Function(T0, T)");
  check_text(w, il_type_param_get(w->types, fresh[0])->bound, "List<T0>");
}

static void test_image(void **state) {
  World *w = *state;
  TypeId f = type_of(w, "Y0 Function<Y0 extends num>(Y0, {int a, T b})");
  TypeId r = type_of(w, "(int, {List<int> a})?");
  TextBuilder out = {0};
  il_type_table_write(w->types, &out);
  TypeTable *image = il_type_table_from_image(&w->names, out.bytes, out.length);
  assert_non_null(image);
  TypeTable *types = il_type_table_new(&w->names, image);
  World over = *w;
  over.types = types;
  over.c.types = types;
  assert_int_equal(type_of(&over, "(int, {List<int> a})?"), r);
  check_text(&over, f, "Y0 Function<Y0 extends num>(Y0, {int a, T b})");
  TypeId fresh = type_of(&over, "List<List<List<String>>>");
  assert_true(fresh >= il_type_table_count(image));
  check_text(&over, fresh, "List<List<List<String>>>");
  TextBuilder class_bytes = {0};
  il_class_table_write(w->classes, &class_bytes);
  ClassTable *classes =
      il_class_table_from_image(class_bytes.bytes, class_bytes.length);
  assert_non_null(classes);
  over.c.classes = classes;
  assert_true(il_type_is_subtype(&over.c, type_of(&over, "List<int>"),
                                 type_of(&over, "Iterable<num>")));
  il_class_table_free(classes);
  il_type_table_free(types);
  il_type_table_free(image);
  il_text_builder_drop(&out);
  il_text_builder_drop(&class_bytes);
}

static void test_too_deep(void **state) {
  World *w = *state;
  TypeId t = TYPE_ID_INT;
  for (int i = 0; i < 2000; i++) {
    t = il_type_interface(w->types, CLASS_LIST, &t, 1);
  }
  assert_true(il_type_table_is_overflowed(w->types));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_subtypes),
      cmocka_unit_test(test_equal_types_have_one_id),
      cmocka_unit_test(test_bounds),
      cmocka_unit_test(test_closures_and_norm),
      cmocka_unit_test(test_constraints),
      cmocka_unit_test(test_instantiation),
      cmocka_unit_test(test_image),
      cmocka_unit_test(test_too_deep),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
