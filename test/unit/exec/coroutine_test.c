// coroutine_test.c: await, generators and clones of frames.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "exec/coroutine.h"
#include "unit/exec/assemble.h"

NativeFn il_native_core__Coroutine_resume, il_native_core__Coroutine_resumeError,
    il_native_core__Coroutine_clone, il_native_core__Coroutine_current;

static NativeFn *const natives[] = {
    il_native_core__Coroutine_resume, il_native_core__Coroutine_resumeError,
    il_native_core__Coroutine_clone, il_native_core__Coroutine_current};

static FunctionId add_native(Kit *k, uint16_t native, uint16_t refs) {
  static const CodeParameter any[3];
  FunctionId f = il_builder_function_new(k->builder);
  kit_set(k, f,
          (Shape){.refs = refs, .flags = CODE_IS_NATIVE, .native = native,
                  .params = any, .param_count = refs - 1u},
          NULL, 0);
  return f;
}

static ConstantId number(Kit *k, int64_t n) {
  return il_builder_constant(k->builder, CODE_CONSTANT_INT, TYPE_ID_INT,
                             (uint64_t)n, NULL, 0);
}

static void awaits(void **state) {
  (void)state;
  Kit k;
  kit_init(&k);
  k.natives = natives;
  ConstantId future = number(&k, 77);
  FunctionId resume = add_native(&k, 0, 2), resume_error = add_native(&k, 1, 3);
  CodeStatic none = {.rep = REP_REF};
  StaticId suspended = il_builder_static_new(k.builder, &none);
  // asyncAwait(c, v): remembers c.
  FunctionId await = il_builder_function_new(k.builder);
  KIT_SET(&k, await, ((Shape){.refs = 2, .ref_locals = 1}),
          II(SET_STATIC_REF, 0, (int32_t)suspended),
          II(LOAD_CONST, 2, (int32_t)future), I1(RETURN, 2));
  il_builder_core_function(k.builder, CORE_ASYNC_AWAIT, await);
  // r0, r1 raw; v2 coroutine, v3 future, v4 value. Errors are returned + 1.
  FunctionId body = il_builder_function_new(k.builder);
  const CodeHandler handler = {4, 6, 10, 4, REG_NONE};
  KIT_SET(&k, body,
          ((Shape){.raw_locals = 2, .ref_locals = 3, .flags = CODE_IS_ASYNC,
                   .handler_count = 1, .handlers = &handler}),
          II(LOAD_CONST, 3, (int32_t)future), I3(NEW_COROUTINE, 2, 3, 0),
          II(LOAD_INT, 0, 5), I3(BOX_INT, 4, 0, 0), I3(AWAIT, 4, 4, 2),
          UINT64_MAX,
          I3(UNBOX_INT, 1, 4, 0), I3(ADD_I64, 0, 0, 1), I3(BOX_INT, 4, 0, 0),
          I1(RETURN, 4), I3(UNBOX_INT, 1, 4, 0), I3(ADD_I64_K, 0, 1, 1),
          I3(BOX_INT, 4, 0, 0), I1(RETURN, 4));
  FunctionId test = il_builder_function_new(k.builder);
  KIT_SET(&k, test, ((Shape){.raws = 1, .raw_locals = 1, .ref_locals = 2}),
          II(CALL, 2, (int32_t)body), II(LOAD_INT, 1, 37),
          I3(BOX_INT, 3, 1, 0), II(GET_STATIC, 7, (int32_t)suspended),
          I3(MOVE, 8, 3, 0), I3(MOVE, 9, 3, 0), II(JUMP_IF, 0, 2),
          II(CALL, 2, (int32_t)resume), I1(RETURN, 2),
          II(CALL, 2, (int32_t)resume_error), I1(RETURN, 2));
  kit_finish(&k, NULL);
  assert_int_equal(kit_run(&k, body, NULL, 0, 1), MACHINE_DONE);
  assert_int_equal(il_value_small_get(k.machine.result), 77);
  for (int64_t budget = 1; budget < 1000; budget += 998) {
    uint64_t error = 0;
    assert_int_equal(kit_run(&k, test, &error, 1, budget), MACHINE_DONE);
    assert_int_equal(il_value_small_get(k.machine.result), 42);
    error = 1;
    assert_int_equal(kit_run(&k, test, &error, 1, budget), MACHINE_DONE);
    assert_int_equal(il_value_small_get(k.machine.result), 38);
  }
  kit_drop(&k);
}

// A generator that counts from its argument; two clones go on apart.
static void generates(void **state) {
  (void)state;
  Kit k;
  kit_init(&k);
  k.natives = natives;
  FunctionId resume = add_native(&k, 0, 2), clone = add_native(&k, 2, 1),
             current = add_native(&k, 3, 1);
  FunctionId star = il_builder_function_new(k.builder);
  KIT_SET(&k, star, ((Shape){.refs = 1, .raws = 1}), I1(RETURN, 0));
  il_builder_core_function(k.builder, CORE_SYNC_STAR, star);
  // r0 the argument, r1 vector; v2 coroutine, v3 value.
  FunctionId body = il_builder_function_new(k.builder);
  KIT_SET(&k, body, ((Shape){.raws = 1, .raw_locals = 1, .ref_locals = 2}),
          II(LOAD_INT, 1, TYPE_ID_EMPTY_VECTOR), I3(GENERATOR_BEGIN, 2, 1, 0),
          UINT64_MAX, I3(BOX_INT, 3, 0, 0), I3(YIELD, 2, 3, 0), UINT64_MAX,
          I3(ADD_I64_K, 0, 0, 1), II(LOOP, 0, -5));
  // v2, v3 the clones; steps the first three times, the second once; returns
  // first * 100 + second.
  FunctionId test = il_builder_function_new(k.builder);
  KIT_SET(&k, test, ((Shape){.raw_locals = 2, .ref_locals = 4, .result = REP_INT}),
          II(LOAD_INT, 9, 5), II(CALL, 4, (int32_t)body), I3(MOVE, 9, 4, 0),
          II(CALL, 2, (int32_t)clone), I3(MOVE, 9, 4, 0),
          II(CALL, 3, (int32_t)clone), I3(MOVE, 9, 2, 0), I1(LOAD_NULL, 10),
          II(CALL, 5, (int32_t)resume), I3(MOVE, 9, 2, 0), I1(LOAD_NULL, 10),
          II(CALL, 5, (int32_t)resume), I3(MOVE, 9, 3, 0), I1(LOAD_NULL, 10),
          II(CALL, 5, (int32_t)resume), I3(MOVE, 9, 2, 0), I1(LOAD_NULL, 10),
          II(CALL, 5, (int32_t)resume), I3(MOVE, 9, 2, 0),
          II(CALL, 5, (int32_t)current), I3(UNBOX_INT, 0, 5, 0),
          I3(MUL_I64_K, 0, 0, 100), I3(MOVE, 9, 3, 0),
          II(CALL, 5, (int32_t)current), I3(UNBOX_INT, 1, 5, 0),
          I3(ADD_I64, 0, 0, 1), I1(RETURN, 0));
  kit_finish(&k, NULL);
  assert_int_equal(kit_run(&k, test, NULL, 0, 1), MACHINE_DONE);
  assert_int_equal(k.machine.result, 705);
  kit_drop(&k);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(awaits),
      cmocka_unit_test(generates),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
