// machine_test.c: the machine runs programs assembled by hand.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "exec/throw.h"
#include "unit/exec/assemble.h"

// Frames: raw slots first, then references; the outgoing area begins three
// words past them.

static Value error_constant(Kit *k, FunctionId f, int64_t number) {
  ConstantId c = il_builder_constant(k->builder, CODE_CONSTANT_INT,
                                     TYPE_ID_INT, (uint64_t)number, NULL, 0);
  KIT_SET(k, f, ((Shape){.ref_locals = 1, .name = "error"}),
          II(LOAD_CONST, 0, (int32_t)c), I1(RETURN, 0));
  return c;
}

// The errors of the machine are the numbers -1000 - CoreFunction.
static void make_core_errors(Kit *k) {
  for (int c = CORE_NULL_CHECK_ERROR; c <= CORE_OUT_OF_MEMORY_ERROR; c++) {
    FunctionId f = il_builder_function_new(k->builder);
    uint16_t refs = 0, raws = 0;
    if (c == CORE_CAST_ERROR || c == CORE_IMPLICIT_CAST_ERROR) refs = 3;
    if (c == CORE_RANGE_ERROR) raws = 2;
    if (c == CORE_NEGATIVE_SHIFT_ERROR || c == CORE_DOUBLE_TO_INT_ERROR) {
      raws = 1;
    }
    ConstantId n =
        il_builder_constant(k->builder, CODE_CONSTANT_INT, TYPE_ID_INT,
                            (uint64_t)(int64_t)(-1000 - c), NULL, 0);
    uint16_t slot = (uint16_t)(refs + raws);
    KIT_SET(k, f, ((Shape){.refs = refs, .raws = raws, .ref_locals = 1}),
            II(LOAD_CONST, slot, (int32_t)n), I1(RETURN, slot));
    il_builder_core_function(k->builder, (CoreFunction)c, f);
  }
  (void)error_constant;
}

static int64_t thrown(const Kit *k) {
  return il_value_small_get(k->machine.error);
}

static FunctionId make_fib(Kit *k) {
  FunctionId fib = il_builder_function_new(k->builder);
  KIT_SET(k, fib,
          ((Shape){.raws = 1, .raw_locals = 2, .result = REP_INT}),
          I3(JUMP_GE_I64_K, 0, 2, 1), I1(RETURN, 0),
          I3(ADD_I64_K, 6, 0, -1), II(CALL, 1, (int32_t)fib),
          I3(ADD_I64_K, 6, 0, -2), II(CALL, 2, (int32_t)fib),
          I3(ADD_I64, 1, 1, 2), I1(RETURN, 1));
  return fib;
}

static void calls_and_returns(void **state) {
  (void)state;
  Kit k;
  kit_init(&k);
  FunctionId fib = make_fib(&k);
  kit_finish(&k, NULL);
  uint64_t n = 15;
  assert_int_equal(kit_run(&k, fib, &n, 1, INT64_MAX), MACHINE_DONE);
  assert_int_equal(k.machine.result, 610);
  assert_int_equal(k.machine.preempt_count, 0);
  // At every safepoint.
  assert_int_equal(kit_run(&k, fib, &n, 1, 1), MACHINE_DONE);
  assert_int_equal(k.machine.result, 610);
  assert_true(k.machine.preempt_count > 1900);
  kit_drop(&k);
}

static void overflows_its_stack(void **state) {
  (void)state;
  Kit k;
  kit_init(&k);
  make_core_errors(&k);
  FunctionId down = il_builder_function_new(k.builder);
  KIT_SET(&k, down, ((Shape){.raws = 1, .result = REP_INT}),
          I3(ADD_I64_K, 4, 0, 1), II(CALL, 4, (int32_t)down), I1(RETURN, 4));
  FunctionId catch = il_builder_function_new(k.builder);
  const CodeHandler handler = {0, 2, 3, 1, 2};
  KIT_SET(&k, catch,
          ((Shape){.raw_locals = 1, .ref_locals = 2, .result = REP_INT,
                   .handler_count = 1, .handlers = &handler}),
          II(LOAD_INT, 6, 0), II(CALL, 0, (int32_t)down), I1(RETURN, 0),
          I3(UNBOX_INT, 0, 1, 0), I1(RETURN, 0));
  kit_finish(&k, NULL);
  k.machine.max_words = 100000;
  for (int i = 0; i < 3; i++) {
    assert_int_equal(kit_run(&k, catch, NULL, 0, 1000), MACHINE_DONE);
    assert_int_equal((int64_t)k.machine.result,
                     -1000 - CORE_STACK_OVERFLOW_ERROR);
  }
  uint64_t zero = 0;
  assert_int_equal(kit_run(&k, down, &zero, 1, 1000), MACHINE_THREW);
  assert_int_equal(thrown(&k), -1000 - CORE_STACK_OVERFLOW_ERROR);
  kit_drop(&k);
}

static void throws_and_catches(void **state) {
  (void)state;
  Kit k;
  kit_init(&k);
  make_core_errors(&k);
  FunctionId divide = il_builder_function_new(k.builder);
  KIT_SET(&k, divide,
          ((Shape){.raws = 2, .result = REP_INT, .name = "divide"}),
          I3(DIV_I64, 0, 0, 1), I1(RETURN, 0));
  FunctionId outer = il_builder_function_new(k.builder);
  const CodeHandler handler = {2, 3, 4, 2, 3};
  KIT_SET(&k, outer,
          ((Shape){.raws = 2, .ref_locals = 2, .result = REP_INT,
                   .handler_count = 1, .handlers = &handler}),
          I3(MOVE, 7, 0, 0), I3(MOVE, 8, 1, 0), II(CALL, 0, (int32_t)divide),
          I1(RETURN, 0), I3(RETHROW, 2, 3, 0));
  kit_finish(&k, NULL);
  uint64_t args[2] = {7, 2};
  assert_int_equal(kit_run(&k, outer, args, 2, 1000), MACHINE_DONE);
  assert_int_equal(k.machine.result, 3);
  args[1] = 0;
  assert_int_equal(kit_run(&k, outer, args, 2, 1000), MACHINE_THREW);
  assert_int_equal(thrown(&k), -1000 - CORE_DIVISION_BY_ZERO_ERROR);
  const StackTraceValue *t =
      (const StackTraceValue *)(void *)il_value_object(k.machine.trace);
  assert_int_equal(t->count, 2);
  TextBuilder text;
  il_text_builder_init(&text);
  il_throw_append_trace(k.program, (const Object *)t, &text);
  assert_string_equal(il_text_builder_string(&text),
                      "#0      divide (test.dart)\n"
                      "#1      f (test.dart)\n");
  il_text_builder_drop(&text);
  args[0] = INT64_MIN;
  args[1] = (uint64_t)-1;
  assert_int_equal(kit_run(&k, outer, args, 2, 1000), MACHINE_DONE);
  assert_true((int64_t)k.machine.result == INT64_MIN);
  kit_drop(&k);
}

// ---- dispatch: a class A with get, B extends A overriding it with a result
// that has to be boxed by a thunk.

static FunctionId make_thunk(void *context, SelectorId s, FunctionId target) {
  Kit *k = context;
  (void)s;
  FunctionId f = il_builder_function_new(k->builder);
  KIT_SET(k, f,
          ((Shape){.refs = 1, .raw_locals = 1, .ref_locals = 1,
                   .flags = CODE_IS_THUNK}),
          I3(MOVE, 6, 0, 0), II(CALL, 1, (int32_t)target), I3(BOX_INT, 2, 1, 0),
          I1(RETURN, 2));
  return f;
}

static ClassId make_class(Kit *k, ClassId super, const CodeMember *members,
                          uint32_t count, const char *name) {
  TypeClass *t = il_class_add(k->classes);
  t->name = il_name_intern(&k->names, il_text_of(name));
  t->this_type = il_type_interface(k->types, t->id, NULL, 0);
  static const uint64_t no_refs = 0;
  BuilderClass c = {.head = {.superclass = super,
                             .layout = LAYOUT_INSTANCE,
                             .instance_words = 2,
                             .vector = TYPE_ID_EMPTY_VECTOR,
                             .type = t->this_type,
                             .name = t->name},
                    .ref_map = &no_refs,
                    .members = members,
                    .member_count = count};
  il_builder_class_set(k->builder, t->id, &c);
  return t->id;
}

static void dispatches_by_class(void **state) {
  (void)state;
  Kit k;
  kit_init(&k);
  Name get = il_name_intern(&k.names, TEXT("get"));
  FunctionId a_get = il_builder_function_new(k.builder);
  FunctionId b_get = il_builder_function_new(k.builder);
  KIT_SET(&k, a_get, ((Shape){.refs = 1}), I1(RETURN, 0));
  KIT_SET(&k, b_get,
          ((Shape){.refs = 1, .raw_locals = 1, .result = REP_INT}),
          I3(GET_FIELD, 1, 0, 0), I1(RETURN, 1));
  CodeMember a_members[] = {{get, MEMBER_METHOD, {0}, a_get}};
  CodeMember b_members[] = {{get, MEMBER_METHOD, {0}, b_get}};
  ClassId a = make_class(&k, CLASS_OBJECT, a_members, 1, "A");
  ClassId b = make_class(&k, a, b_members, 1, "B");
  ClassId c = make_class(&k, b, NULL, 0, "C");
  SelectorId s = il_builder_selector(k.builder, get, MEMBER_METHOD, 0, 0, 0,
                                     NULL, NULL, REP_REF);
  assert_int_equal(s, il_builder_selector(k.builder, get, MEMBER_METHOD, 0, 0,
                                          0, NULL, NULL, REP_REF));
  ShapeId dynamic = il_builder_shape(k.builder, get, CODE_DYNAMIC_METHOD, 0, 0,
                                     0, NULL);
  // Calls get on a new C whose field is 42, by selector and dynamically.
  FunctionId test = il_builder_function_new(k.builder);
  KIT_SET(&k, test,
          ((Shape){.raws = 1, .raw_locals = 1, .ref_locals = 2}),
          II(NEW, 2, (int32_t)c), II(LOAD_INT, 1, 42),
          I3(SET_FIELD_RAW, 2, 0, 1), I3(MOVE, 7, 2, 0),
          II(JUMP_IF, 0, 2), II(CALL_SELECTOR, 3, (int32_t)s), I1(RETURN, 3),
          II(CALL_DYNAMIC, 3, (int32_t)dynamic), I1(RETURN, 3));
  kit_finish(&k, make_thunk);
  assert_int_equal(il_program_dispatch(k.program, s, a), a_get);
  assert_int_equal(il_program_dispatch(k.program, s, CLASS_OBJECT), 0);
  for (uint64_t by_name = 0; by_name < 2; by_name++) {
    assert_int_equal(kit_run(&k, test, &by_name, 1, 1000), MACHINE_DONE);
    assert_int_equal(il_value_small_get(k.machine.result), 42);
  }
  kit_drop(&k);
}

// ---- closures

static void calls_closures(void **state) {
  (void)state;
  Kit k;
  kit_init(&k);
  ShapeId one = il_builder_shape(k.builder, 0, 0, 0, 1, 0, NULL);
  ShapeId none = il_builder_shape(k.builder, 0, 0, 0, 0, 0, NULL);
  ConstantId seven = il_builder_constant(k.builder, CODE_CONSTANT_INT,
                                         TYPE_ID_INT, 7, NULL, 0);
  // (captured, [x = 7]) => captured + x, in the closure ABI.
  CodeParameter x = {.type = TYPE_ID_INT, .default_value = seven};
  FunctionId body = il_builder_function_new(k.builder);
  KIT_SET(&k, body,
          ((Shape){.refs = 2, .raw_locals = 2, .ref_locals = 1,
                   .flags = CODE_IS_CLOSURE, .params = &x,
                   .optional_count = 1, .shape = one, .closure_raws = 1}),
          I3(GET_FIELD, 2, 0, CLOSURE_FIRST_SLOT_WORD), I3(UNBOX_INT, 3, 1, 0),
          I3(ADD_I64, 2, 2, 3), I3(BOX_INT, 4, 2, 0), I1(RETURN, 4));
  FunctionId test = il_builder_function_new(k.builder);
  KIT_SET(&k, test, ((Shape){.raws = 1, .raw_locals = 1, .ref_locals = 2}),
          II(NEW_CLOSURE, 2, (int32_t)body), II(LOAD_INT, 1, 30),
          I3(SET_FIELD_RAW, 2, CLOSURE_FIRST_SLOT_WORD, 1),
          I3(BOX_INT, 3, 1, 0), I3(MOVE, 7, 2, 0), I3(MOVE, 8, 3, 0),
          II(JUMP_IF, 0, 2), II(CALL_CLOSURE, 3, (int32_t)one),
          I1(RETURN, 3), II(CALL_CLOSURE, 3, (int32_t)none), I1(RETURN, 3));
  kit_finish(&k, NULL);
  for (uint64_t shape = 0; shape < 2; shape++) {
    assert_int_equal(kit_run(&k, test, &shape, 1, 1000), MACHINE_DONE);
    assert_int_equal(il_value_small_get(k.machine.result), shape ? 37 : 60);
  }
  kit_drop(&k);
}

// ---- statics

static void initialises_statics(void **state) {
  (void)state;
  Kit k;
  kit_init(&k);
  FunctionId init = il_builder_function_new(k.builder);
  ConstantId five = il_builder_constant(k.builder, CODE_CONSTANT_INT,
                                        TYPE_ID_INT, 5, NULL, 0);
  CodeStatic count = {.rep = REP_INT, .value = five};
  StaticId counter = il_builder_static_new(k.builder, &count);
  CodeStatic lazy = {.rep = REP_INT, .initializer = init};
  StaticId slot = il_builder_static_new(k.builder, &lazy);
  KIT_SET(&k, init, ((Shape){.raw_locals = 1, .result = REP_INT}),
          II(GET_STATIC, 0, (int32_t)counter), I3(ADD_I64_K, 0, 0, 1),
          II(SET_STATIC_RAW, 0, (int32_t)counter), I1(RETURN, 0));
  FunctionId test = il_builder_function_new(k.builder);
  KIT_SET(&k, test, ((Shape){.raw_locals = 2, .result = REP_INT}),
          II(GET_STATIC_LAZY, 0, (int32_t)slot),
          II(GET_STATIC_LAZY, 1, (int32_t)slot), I3(ADD_I64, 0, 0, 1),
          II(GET_STATIC, 1, (int32_t)counter), I3(ADD_I64, 0, 0, 1),
          I1(RETURN, 0));
  kit_finish(&k, NULL);
  assert_int_equal(kit_run(&k, test, NULL, 0, 1), MACHINE_DONE);
  assert_int_equal(k.machine.result, 18);
  Machine other;
  il_machine_init(&other, k.world, &k.heap, NULL);
  il_machine_call(&other, test, NULL, 0);
  assert_int_equal(il_machine_run(&other, 1000), MACHINE_DONE);
  assert_int_equal(other.result, 18);
  il_machine_drop(&other);
  kit_drop(&k);
}

// ---- natives: one that calls what it is given, twice, and adds the results

static NativeOutcome add_results(NativeCall *call) {
  if (call->stage == 1) {
    il_native_raw_scratch(call)[0] = (uint64_t)il_value_small_get(call->resumed);
  }
  if (call->stage < 2) {
    il_native_outgoing(call)[0] = call->args[0];
    il_native_outgoing(call)[1] = il_value_small((int64_t)call->stage + 10);
    return il_native_call_closure(call, call->stage + 1, 1);
  }
  int64_t sum = (int64_t)il_native_raw_scratch(call)[0] +
                il_value_small_get(call->resumed);
  RETURN_VALUE(sum);
}

static NativeOutcome wait_twice(NativeCall *call) {
  if (call->stage < 2) {
    call->stage++;
    return NATIVE_BLOCKED;
  }
  RETURN_VALUE(call->stage);
}

static void runs_natives(void **state) {
  (void)state;
  Kit k;
  kit_init(&k);
  NativeFn *const natives[] = {add_results, wait_twice};
  k.natives = natives;
  ShapeId one = il_builder_shape(k.builder, 0, 0, 0, 1, 0, NULL);
  CodeParameter x = {.type = TYPE_ID_INT};
  FunctionId body = il_builder_function_new(k.builder);
  KIT_SET(&k, body,
          ((Shape){.refs = 2, .flags = CODE_IS_CLOSURE, .params = &x,
                   .param_count = 1, .shape = one}),
          I1(RETURN, 1));
  CodeParameter f = {.type = TYPE_ID_FUNCTION};
  FunctionId native = il_builder_function_new(k.builder);
  kit_set(&k, native,
          (Shape){.refs = 1, .flags = CODE_IS_NATIVE | CODE_IS_STATIC,
                  .params = &f, .param_count = 1, .result = REP_INT},
          NULL, 0);
  FunctionId wait = il_builder_function_new(k.builder);
  kit_set(&k, wait,
          (Shape){.flags = CODE_IS_NATIVE | CODE_IS_STATIC, .native = 1,
                  .result = REP_INT},
          NULL, 0);
  FunctionId test = il_builder_function_new(k.builder);
  KIT_SET(&k, test,
          ((Shape){.raw_locals = 1, .ref_locals = 1, .result = REP_INT}),
          II(NEW_CLOSURE, 1, (int32_t)body), I3(MOVE, 5, 1, 0),
          II(CALL, 0, (int32_t)native), I1(RETURN, 0));
  kit_finish(&k, NULL);
  assert_int_equal(kit_run(&k, test, NULL, 0, 1), MACHINE_DONE);
  assert_int_equal(k.machine.result, 21);
  assert_int_equal(kit_run(&k, wait, NULL, 0, 1000), MACHINE_BLOCKED);
  assert_int_equal(il_machine_run(&k.machine, 1000), MACHINE_BLOCKED);
  assert_int_equal(il_machine_run(&k.machine, 1000), MACHINE_DONE);
  assert_int_equal(k.machine.result, 2);
  kit_drop(&k);
}

// ---- allocation: trees of nodes with two links, made and counted

static FunctionId make_trees(Kit *k) {
  static const uint64_t links = 6;   // words 1 and 2 are references
  TypeClass *t = il_class_add(k->classes);
  t->this_type = il_type_interface(k->types, t->id, NULL, 0);
  BuilderClass node = {.head = {.superclass = CLASS_OBJECT,
                                .layout = LAYOUT_INSTANCE,
                                .instance_words = 3,
                                .vector = TYPE_ID_EMPTY_VECTOR,
                                .type = t->this_type},
                       .ref_map = &links};
  il_builder_class_set(k->builder, t->id, &node);
  // make(r0): v1 the node, v2 a link.
  FunctionId make = il_builder_function_new(k->builder);
  KIT_SET(k, make, ((Shape){.raws = 1, .ref_locals = 2}),
          II(NEW, 1, (int32_t)t->id), I3(JUMP_EQ_I64_K, 0, 0, 6),
          I3(ADD_I64_K, 6, 0, -1), II(CALL, 2, (int32_t)make),
          I3(SET_FIELD_REF, 1, 0, 2), I3(ADD_I64_K, 6, 0, -1),
          II(CALL, 2, (int32_t)make), I3(SET_FIELD_REF, 1, 1, 2),
          I1(RETURN, 1));
  // count(v0): r1, r2; v3.
  FunctionId count = il_builder_function_new(k->builder);
  KIT_SET(k, count,
          ((Shape){.refs = 1, .raw_locals = 2, .ref_locals = 1,
                   .result = REP_INT}),
          II(JUMP_NOT_NULL, 0, 2), II(LOAD_INT, 1, 0), I1(RETURN, 1),
          I3(GET_FIELD, 7, 0, 0), II(CALL, 1, (int32_t)count),
          I3(GET_FIELD, 7, 0, 1), II(CALL, 2, (int32_t)count),
          I3(ADD_I64, 1, 1, 2), I3(ADD_I64_K, 1, 1, 1), I1(RETURN, 1));
  FunctionId test = il_builder_function_new(k->builder);
  KIT_SET(k, test,
          ((Shape){.raws = 1, .raw_locals = 1, .ref_locals = 1,
                   .result = REP_INT}),
          I3(MOVE, 6, 0, 0), II(CALL, 2, (int32_t)make), I3(MOVE, 6, 2, 0),
          II(CALL, 1, (int32_t)count), I1(RETURN, 1));
  return test;
}

static void collects_at_every_allocation(void **state) {
  (void)state;
  for (int stress = 0; stress < 2; stress++) {
    Kit k;
    kit_init(&k);
    k.flags.gc_stress = k.flags.audit_heap = stress;
    FunctionId test = make_trees(&k);
    kit_finish(&k, NULL);
    uint64_t depth = stress ? 7 : 16;
    assert_int_equal(kit_run(&k, test, &depth, 1, 100), MACHINE_DONE);
    assert_int_equal(k.machine.result, (2 << depth) - 1);
    if (stress) assert_true(il_heap_collection_count(&k.heap) > 100);
    kit_drop(&k);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(calls_and_returns),
      cmocka_unit_test(overflows_its_stack),
      cmocka_unit_test(throws_and_catches),
      cmocka_unit_test(dispatches_by_class),
      cmocka_unit_test(calls_closures),
      cmocka_unit_test(initialises_statics),
      cmocka_unit_test(runs_natives),
      cmocka_unit_test(collects_at_every_allocation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
