// segment_test.c: building, laying out, opening, stacking and verifying.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include "base/memory.h"
#include "code/builder.h"
#include "code/check.h"
#include "code/disasm.h"
#include "code/image.h"
#include "code/verify.h"

typedef struct {
  NameTable names;
  TypeTable *types;
  ClassTable *classes;
  Builder *b;
} Maker;

static void maker_init(Maker *m) {
  il_name_table_init(&m->names);
  m->types = il_type_table_new(&m->names, NULL);
  m->classes = il_class_table_new(NULL);
  m->b = il_builder_new(&m->names, (TypeContext){m->types, m->classes}, NULL);
}

static void maker_drop(Maker *m) {
  il_builder_free(m->b);
  il_class_table_free(m->classes);
  il_type_table_free(m->types);
  il_name_table_drop(&m->names);
}

// A method that returns its receiver; `rep` makes shapes differ.
static FunctionId add_method(Builder *b, Name name, uint8_t rep) {
  FunctionId f = il_builder_function_new(b);
  const Instruction code[] = {
      il_instruction_abc(OP_MOVE, rep ? 1 : 2, rep ? 1 : 0, 0),
      il_instruction_ai(OP_RETURN, rep ? 1 : 2, 0)};
  BuilderFunction set = {.head = {.name = name,
                                  .ref_arg_count = 1,
                                  .ref_local_start = 2,
                                  .frame_words = 3,
                                  .result_rep = rep,
                                  .code_words = 2},
                         .code = code};
  il_builder_function_set(b, f, &set);
  return f;
}

static void add_class(Builder *b, ClassId id, ClassId super,
                      const CodeMember *members, uint32_t count) {
  BuilderClass c = {.head = {.superclass = super,
                             .layout = LAYOUT_INSTANCE,
                             .instance_words = 1},
                    .members = members,
                    .member_count = count};
  il_builder_class_set(b, id, &c);
}

// What stands in the core of these tests.
typedef struct {
  Name foo, bar;
  FunctionId object_foo, string_foo, int_bar;
  SelectorId foo_selector, bar_selector;
  ConstantId hello;
} Core;

static Segment *make_core(Maker *m, Core *core) {
  core->foo = il_name_intern(&m->names, TEXT("foo"));
  core->bar = il_name_intern(&m->names, TEXT("bar"));
  core->object_foo = add_method(m->b, core->foo, REP_REF);
  core->string_foo = add_method(m->b, core->foo, REP_REF);
  core->int_bar = add_method(m->b, core->bar, REP_INT);
  CodeMember of_object = {core->foo, MEMBER_METHOD, {0}, core->object_foo};
  CodeMember of_string = {core->foo, MEMBER_METHOD, {0}, core->string_foo};
  CodeMember of_int = {core->bar, MEMBER_METHOD, {0}, core->int_bar};
  for (ClassId c = 1; c < CLASS_WELL_KNOWN_COUNT; c++) {
    const CodeMember *own = c == CLASS_OBJECT   ? &of_object
                            : c == CLASS_STRING ? &of_string
                            : c == CLASS_INT    ? &of_int
                                                : NULL;
    add_class(m->b, c, c == CLASS_OBJECT ? 0 : CLASS_OBJECT, own, own != NULL);
  }
  core->foo_selector = il_builder_selector(m->b, core->foo, MEMBER_METHOD, 0,
                                           0, 0, NULL, NULL, REP_REF);
  core->bar_selector = il_builder_selector(m->b, core->bar, MEMBER_METHOD, 0,
                                           0, 0, NULL, NULL, REP_INT);
  core->hello = il_builder_constant(m->b, CODE_CONSTANT_STRING, TYPE_ID_STRING,
                                    0, "hello", 5);
  return il_builder_finish(m->b, NULL, NULL, "outline", 8);
}

static void a_segment_is_position_independent(void **state) {
  (void)state;
  Maker m;
  maker_init(&m);
  Core core;
  Segment *made = make_core(&m, &core);
  assert_non_null(made);
  size_t size, outline_size;
  const void *bytes = il_segment_bytes(made, &size);
  uint64_t *copy = il_memory_alloc(size);
  memcpy(copy, bytes, size);
  Segment *s;
  assert_int_equal(il_segment_open(copy, size, &s), IL_OK);
  il_segment_free(made);
  maker_drop(&m);
  assert_string_equal(il_segment_outline(s, &outline_size), "outline");
  assert_int_equal(outline_size, 8);

  Program *p = il_program_new(s);
  assert_true(il_text_equal(il_name_text(il_program_names(p), core.foo),
                            TEXT("foo")));
  assert_int_equal(il_name_find(il_program_names(p), TEXT("bar")), core.bar);
  const CodeConstant *c = il_program_constant(p, core.hello);
  assert_memory_equal(IL_REL(const char, c->data), "hello", 5);
  assert_int_equal(il_program_dispatch(p, core.foo_selector, CLASS_STRING),
                   core.string_foo);
  assert_int_equal(il_program_dispatch(p, core.foo_selector, CLASS_LIST),
                   core.object_foo);
  assert_int_equal(il_program_dispatch(p, core.bar_selector, CLASS_INT),
                   core.int_bar);
  assert_int_equal(il_program_dispatch(p, core.bar_selector, CLASS_LIST), 0);
  VerifyFault fault;
  assert_int_equal(il_verify_segment(p, s, &fault), IL_OK);
  TextBuilder text;
  il_text_builder_init(&text);
  il_disasm_function(p, il_program_function(p, core.object_foo), &text);
  assert_non_null(strstr(il_text_builder_string(&text), "MOVE"));
  il_text_builder_drop(&text);
  il_program_free(p);
  il_segment_free(s);
  copy[1] ^= 1;
  assert_int_equal(il_segment_open(copy, size, &s), IL_INVALID);
  il_memory_free(copy, size);
}

static FunctionId count_thunk(void *context, SelectorId s, FunctionId target) {
  (void)s;
  ++*(int *)context;
  return target;
}

static void a_program_stands_on_the_core(void **state) {
  (void)state;
  Maker m;
  maker_init(&m);
  Core core;
  Segment *s = make_core(&m, &core);
  Program *p = il_program_new(s);
  ClassTable *classes = il_program_classes_edit(p);
  const TypeContext *types = il_program_types(p);
  Builder *b = il_builder_new(il_program_names(p), *types, s);
  // The same things have the same numbers.
  assert_int_equal(il_builder_constant(b, CODE_CONSTANT_STRING, TYPE_ID_STRING,
                                       0, "hello", 5),
                   core.hello);
  assert_int_equal(il_builder_selector(b, core.foo, MEMBER_METHOD, 0, 0, 0,
                                       NULL, NULL, REP_REF),
                   core.foo_selector);
  ConstantId fresh = il_builder_constant(b, CODE_CONSTANT_STRING,
                                         TYPE_ID_STRING, 0, "world", 5);
  assert_int_equal(fresh, core.hello + 1);
  // A class with foo of its own, one that inherits, one whose foo is raw.
  FunctionId own = add_method(b, core.foo, REP_REF);
  FunctionId raw = add_method(b, core.foo, REP_INT);
  CodeMember first = {core.foo, MEMBER_METHOD, {0}, own};
  CodeMember third = {core.foo, MEMBER_METHOD, {0}, raw};
  ClassId a = il_class_add(classes)->id, c = il_class_add(classes)->id,
          d = il_class_add(classes)->id;
  add_class(b, a, CLASS_OBJECT, &first, 1);
  add_class(b, c, CLASS_OBJECT, NULL, 0);
  add_class(b, d, a, &third, 1);
  // A selector that the core does not know, on classes of the core.
  SelectorId late = il_builder_selector(b, core.foo, MEMBER_METHOD, 0, 0, 0,
                                        NULL, NULL, REP_DOUBLE);
  assert_true(late > core.bar_selector);
  int thunks = 0;
  Segment *user = il_builder_finish(b, count_thunk, &thunks, NULL, 0);
  assert_int_equal(thunks, 5);
  il_builder_free(b);
  assert_int_equal(il_program_add(p, user), IL_OK);
  SelectorId foo = core.foo_selector;
  assert_int_equal(il_program_dispatch(p, foo, a), own);
  assert_int_equal(il_program_dispatch(p, foo, c), core.object_foo);
  assert_int_equal(il_program_dispatch(p, foo, d), raw);
  assert_int_equal(il_program_dispatch(p, foo, CLASS_STRING), core.string_foo);
  assert_int_equal(il_program_dispatch(p, foo, CLASS_LIST), core.object_foo);
  assert_int_equal(il_program_dispatch(p, late, CLASS_STRING),
                   core.string_foo);
  assert_int_equal(il_program_dispatch(p, late, CLASS_LIST), core.object_foo);
  assert_int_equal(il_program_dispatch(p, late, d), raw);
  assert_int_equal(il_program_find_member(p, d, core.foo, MEMBER_METHOD), raw);
  assert_int_equal(il_program_find_member(p, d, core.foo, MEMBER_GETTER), 0);
  il_program_free(p);
  il_segment_free(s);
  maker_drop(&m);
}

static Status verify_code(const Instruction *code, uint32_t words) {
  Maker m;
  maker_init(&m);
  for (ClassId c = 1; c < CLASS_WELL_KNOWN_COUNT; c++) {
    add_class(m.b, c, c == CLASS_OBJECT ? 0 : CLASS_OBJECT, NULL, 0);
  }
  FunctionId f = il_builder_function_new(m.b);
  // r0 a reference argument, r1 raw, r2 a reference.
  BuilderFunction set = {.head = {.ref_arg_count = 1,
                                  .ref_local_start = 2,
                                  .frame_words = 3,
                                  .code_words = words},
                         .code = code};
  il_builder_function_set(m.b, f, &set);
  Segment *s = il_builder_finish(m.b, NULL, NULL, NULL, 0);
  Program *p = il_program_new(s);
  VerifyFault fault;
  Status status = il_verify_segment(p, s, &fault);
  il_program_free(p);
  il_segment_free(s);
  maker_drop(&m);
  return status;
}
#define VERIFY(...)                                                  \
  verify_code((const Instruction[]){__VA_ARGS__},                    \
              sizeof((const Instruction[]){__VA_ARGS__}) /           \
                  sizeof(Instruction))

static void bad_code_is_refused(void **state) {
  (void)state;
  const Instruction end = il_instruction_ai(OP_RETURN_NULL, 0, 0);
  assert_int_equal(VERIFY(end), IL_OK);
  assert_int_equal(VERIFY(il_instruction_ai(OP_LOAD_INT, 1, 5), end), IL_OK);
  // A raw value in a reference, and the reverse.
  assert_int_equal(VERIFY(il_instruction_ai(OP_LOAD_INT, 2, 5), end),
                   IL_INVALID);
  assert_int_equal(VERIFY(il_instruction_ai(OP_LOAD_NULL, 1, 0), end),
                   IL_INVALID);
  assert_int_equal(VERIFY(il_instruction_abc(OP_MOVE, 1, 2, 0), end),
                   IL_INVALID);
  // The header of the next frame.
  assert_int_equal(VERIFY(il_instruction_ai(OP_LOAD_NULL, 4, 0), end),
                   IL_INVALID);
  // Off the end; a jump outside; no such function, instruction.
  assert_int_equal(VERIFY(il_instruction_ai(OP_LOAD_INT, 1, 5)), IL_INVALID);
  assert_int_equal(VERIFY(il_instruction_ai(OP_JUMP, 0, 7), end), IL_INVALID);
  assert_int_equal(VERIFY(il_instruction_ai(OP_CALL, 2, 99), end), IL_INVALID);
  // A jump into an extension word.
  assert_int_equal(VERIFY(il_instruction_ai(OP_JUMP, 0, 1),
                          il_instruction_ai(OP_LOAD_WORD, 1, 0), 0, end),
                   IL_INVALID);
  // No such shape, type, kind of member.
  assert_int_equal(VERIFY(il_instruction_ai(OP_NEW_RECORD, 2, 99), end),
                   IL_INVALID);
  Instruction make = il_instruction_abc(OP_INSTANTIATE, 1, REG_NONE, REG_NONE);
  assert_int_equal(VERIFY(make, TYPE_ID_STRING, end), IL_OK);
  assert_int_equal(VERIFY(make, 999999, end), IL_INVALID);
  assert_int_equal(VERIFY(il_instruction_abc(OP_TEAR_OFF_SUPER, 2, 0, 0),
                          UINT64_C(9) << 32, end),
                   IL_INVALID);
  // A guard that skips past the end; what only the machine's own code has.
  Instruction guard = il_instruction_abc(OP_LIST_LENGTH, 1, 0, 0);
  assert_int_equal(VERIFY(guard, end, end), IL_OK);
  assert_int_equal(VERIFY(guard, end), IL_INVALID);
  assert_int_equal(VERIFY(il_instruction_ai(OP_NATIVE, 0, 1)), IL_INVALID);
  assert_int_equal(VERIFY(il_instruction_ai(OP_EXIT, 2, 0), end), IL_INVALID);
}

// Tables of a segment from a file: each change makes it a bad one.
static void bad_classes_are_refused(void **state) {
  (void)state;
  Maker m;
  maker_init(&m);
  Core core;
  Segment *s = make_core(&m, &core);
  Program *p = il_program_new(s);
  ClassTable *classes = il_program_classes_edit(p);
  TypeTable *types = il_program_types(p)->types;
  Builder *b = il_builder_new(il_program_names(p), *il_program_types(p), s);
  ClassId a = il_class_add(classes)->id, c = il_class_add(classes)->id,
          none = il_class_add(classes)->id;
  add_class(b, a, CLASS_OBJECT, NULL, 0);
  add_class(b, c, a, NULL, 0);
  TypeParamId param = il_type_param_new(types, core.foo, false, 0);
  TypeId item = il_type_param(types, param);
  il_builder_constant(b, CODE_CONSTANT_INSTANCE,
                      il_type_interface(types, a, NULL, 0), 0, NULL, 0);
  Segment *user = il_builder_finish(b, NULL, NULL, NULL, 0);
  il_builder_free(b);
  assert_true(il_check_segment(p, user));
  ClassCode *codes = (ClassCode *)(uintptr_t)il_segment_section(
      user, SECTION_CLASS, NULL);
  codes[0].superclass = c;     // a circle
  assert_false(il_check_segment(p, user));
  codes[0].superclass = none;  // has no code
  assert_false(il_check_segment(p, user));
  codes[0].superclass = CLASS_OBJECT;
  codes[0].vector = il_type_vector(types, &item, 1);  // it has no parameters
  assert_false(il_check_segment(p, user));
  codes[0].vector = 0;
  codes[none - a].member_count = 1;
  assert_false(il_check_segment(p, user));
  codes[none - a].member_count = 0;
  assert_true(il_check_segment(p, user));
  il_segment_free(user);
  il_program_free(p);
  il_segment_free(s);
  maker_drop(&m);
}

// Many classes and selectors at random: every row answers as the members do.
static void rows_agree_with_members(void **state) {
  (void)state;
  enum { CLASSES = 150, NAMES = 60 };
  Maker m;
  maker_init(&m);
  Name names[NAMES];
  SelectorId selectors[NAMES];
  for (uint32_t i = 0; i < NAMES; i++) {
    char text[16];
    snprintf(text, sizeof text, "member%u", i);
    names[i] = il_name_intern(&m.names, il_text_of(text));
    selectors[i] = il_builder_selector(m.b, names[i], MEMBER_METHOD, 0, 0, 0,
                                       NULL, NULL, REP_REF);
  }
  uint32_t x = 42;
  while (il_class_count(m.classes) < CLASSES) il_class_add(m.classes);
  for (ClassId c = 1; c <= CLASSES; c++) {
    CodeMember members[NAMES];
    uint32_t count = 0;
    for (uint32_t i = 0; i < NAMES; i++) {
      x = x * 1664525 + 1013904223;
      if (x >> 28 != 0) continue;
      FunctionId f = add_method(m.b, names[i], REP_REF);
      members[count++] = (CodeMember){names[i], MEMBER_METHOD, {0}, f};
    }
    ClassId super = c == 1 ? 0 : 1 + (x >> 8) % (c - 1);
    add_class(m.b, c, super, members, count);
  }
  Segment *s = il_builder_finish(m.b, NULL, NULL, NULL, 0);
  Program *p = il_program_new(s);
  uint32_t filled = 0, size;
  il_segment_section(s, SECTION_DISPATCH, &size);
  for (ClassId c = 1; c <= CLASSES; c++) {
    for (uint32_t i = 0; i < NAMES; i++) {
      FunctionId f =
          il_program_find_member(p, c, names[i], MEMBER_METHOD);
      if (f) filled++;
      assert_int_equal(il_program_dispatch(p, selectors[i], c), f);
    }
  }
  // Rows of classes at random are dense, so little can be displaced; but no
  // row takes more than its range.
  assert_true(size <= CLASSES * NAMES && filled > 0);
  il_program_free(p);
  il_segment_free(s);
  maker_drop(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_segment_is_position_independent),
      cmocka_unit_test(a_program_stands_on_the_core),
      cmocka_unit_test(bad_code_is_refused),
      cmocka_unit_test(bad_classes_are_refused),
      cmocka_unit_test(rows_agree_with_members),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
