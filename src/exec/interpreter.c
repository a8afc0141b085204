// interpreter.c: the dispatch loop.
//
// One indirect jump ends every instruction. The hot state is in registers: pc
// (of the next instruction), fp, top (fp + frame_words, which makes a call pass
// nothing and a return find its caller's top for free) and the budget. What is
// rare is a function of another file, called by SLOW with the registers saved;
// it may change frame and pc, so they are loaded again after.
//
// Compiled with -fno-gcse -fno-crossjumping, which would merge the jumps.
#include <math.h>

#include "exec/step.h"

#define REG_A ((uint16_t)(i >> 16))
#define REG_B ((uint16_t)(i >> 32))
#define REG_C ((uint16_t)(i >> 48))
#define IMM ((int64_t)i >> 32)
#define SIGNED_B ((int64_t)(int16_t)(i >> 32))
#define SIGNED_C ((int64_t)i >> 48)
#define A fp[REG_A]
#define B fp[REG_B]
#define C fp[REG_C]
#define INT(word) ((int64_t)(word))

// GNU C calls labels as values an extension; this file is built on them.
#pragma GCC diagnostic ignored "-Wpedantic"

IL_INLINE double get_double(const uint64_t *slot) {
  double d;
  memcpy(&d, slot, sizeof d);
  return d;
}
IL_INLINE void set_double(uint64_t *slot, double d) {
  memcpy(slot, &d, sizeof d);
}
#define DOUBLE_B get_double(&B)
#define DOUBLE_C get_double(&C)

IL_INLINE ClassId class_of(Value v) {
  return IL_LIKELY(v & 1) ? il_object_class(il_value_object(v)) : CLASS_INT;
}

// Wrapping arithmetic is done on unsigned words.
IL_INLINE int64_t divide(int64_t a, int64_t b) {
  return IL_UNLIKELY(b == -1) ? (int64_t)(0 - (uint64_t)a) : a / b;
}
IL_INLINE int64_t remainder_of(int64_t a, int64_t b) {
  return IL_UNLIKELY(b == -1) ? 0 : a % b;
}
IL_INLINE int64_t modulo(int64_t a, int64_t b) {
  int64_t r = remainder_of(a, b);
  if (r < 0) r = (int64_t)((uint64_t)r + (b < 0 ? 0 - (uint64_t)b
                                                : (uint64_t)b));
  return r;
}
static double modulo_double(double a, double b) {
  double r = fmod(a, b);
  if (r == 0) return 0.0;
  return r < 0 ? r + fabs(b) : r;
}

// The storage of a list's elements, NULL when the guard fails: references.
IL_INLINE uint64_t *find_item(Value list, uint64_t index, ClassId growable,
                              ClassId fixed, ClassId constant) {
  Object *o = il_value_object(list);
  ClassId c = il_object_class(o);
  if (IL_LIKELY(c == growable)) {
    if (IL_UNLIKELY(index >= o->words[GROWABLE_LENGTH])) return NULL;
    return il_value_object(o->words[GROWABLE_STORAGE])->words + ARRAY_ITEMS +
           index;
  }
  if (IL_LIKELY(c == fixed || c == constant)) {
    if (IL_UNLIKELY(index >= o->words[LIST_LENGTH])) return NULL;
    return o->words + LIST_ITEMS + index;
  }
  return NULL;
}

#if IL_DEBUG
#define COUNT() m->instruction_count++
#else
#define COUNT() (void)0
#endif
#define NEXT()                                     \
  do {                                             \
    COUNT();                                       \
    i = *pc++;                                     \
    goto *labels[(uint8_t)i];                      \
  } while (0)

#define SAVE() (m->pc = pc, m->fp = fp, m->budget = budget)
#define LOAD()                                              \
  (pc = m->pc, fp = m->fp, budget = m->budget, \
   top = fp + il_frame_function(fp)->frame_words)
#define SLOW(call)                                      \
  do {                                                  \
    SAVE();                                             \
    if (IL_UNLIKELY((call) != STEP_GO)) goto leave;     \
    LOAD();                                             \
    NEXT();                                             \
  } while (0)

#define JUMP_BY(distance) (pc += (distance))
// Counts a safepoint down; the instruction has taken its effect.
#define SAFEPOINT()                           \
  do {                                        \
    if (IL_UNLIKELY(--budget <= 0)) goto poll; \
  } while (0)

#define ENTER(function)                                                \
  do {                                                                 \
    const Function *callee = (function);                               \
    uint64_t *base = top + FRAME_HEADER_WORDS;                         \
    base[-3] = (uint64_t)(uintptr_t)callee;                            \
    base[-2] = (uint64_t)(uintptr_t)pc;                                \
    base[-1] = (uint64_t)(base - fp);                                  \
    fp = base;                                                         \
    pc = il_function_code(callee);                                     \
    top = fp + callee->frame_words;                                    \
    uint64_t *local = fp + callee->ref_local_start;                    \
    if (IL_UNLIKELY(fp + callee->top_words > m->limit)) goto grow;     \
    for (; local < top; local++) *local = null;                        \
    SAFEPOINT();                                                       \
    NEXT();                                                            \
  } while (0)

#define LEAVE_FRAME(word)                     \
  do {                                        \
    uint64_t result = (word);                 \
    pc = il_frame_return_pc(fp);              \
    top = fp - FRAME_HEADER_WORDS;            \
    fp -= (uint32_t)fp[-1];                   \
    fp[il_a(pc[-1])] = result;                \
    NEXT();                                   \
  } while (0)

#define COMPARE_JUMP(condition)               \
  do {                                        \
    if (condition) JUMP_BY(SIGNED_C);         \
    NEXT();                                   \
  } while (0)
#define COMPARE_LOOP(condition)               \
  do {                                        \
    if (IL_LIKELY(condition)) {               \
      JUMP_BY(SIGNED_C);                      \
      SAFEPOINT();                            \
    }                                         \
    NEXT();                                   \
  } while (0)

#define TARGET(name) L_##name:

MachineOutcome il_interpret(Machine *m) {
  static const void *const labels[256] = {
#define OP(name, format, effect) [OP_##name] = &&L_##name,
#include "code/instruction.def"
#undef OP
  };
  const Instruction *pc;
  uint64_t *fp, *top;
  int64_t budget;
  Instruction i;
  World *const world = m->world;
  Heap *const heap = m->heap;
  const Function *const *const functions = world->tables.functions;
  const FunctionId *const *const rows = world->tables.rows;
  const Value null = VALUE_NULL;
  NativeCall native = {.machine = m,
                       .heap = heap,
                       .isolate = m->isolate,
                       .program = world->program};
  LOAD();
  NEXT();

poll:
  SAVE();
  m->outcome = MACHINE_PREEMPTED;
leave:
  return (MachineOutcome)m->outcome;
grow:
  SLOW(il_stack_grow(m));

  // ---- moving
  TARGET(MOVE) A = B; NEXT();
  TARGET(LOAD_INT) A = (uint64_t)IMM; NEXT();
  TARGET(LOAD_WORD) A = *pc++; NEXT();
  TARGET(LOAD_CONST) A = world->constants[(uint32_t)IMM]; NEXT();
  TARGET(LOAD_NULL) A = null; NEXT();
  TARGET(LOAD_SENTINEL) A = VALUE_SENTINEL; NEXT();

  // ---- boxing
  TARGET(BOX_INT) {
    int64_t small;
    if (IL_UNLIKELY(__builtin_add_overflow(INT(B), INT(B), &small))) {
      SLOW(il_slow_box(m, i));
    }
    A = (uint64_t)small;
    NEXT();
  }
  TARGET(BOX_DOUBLE) {
    char *p = heap->top;
    if (IL_UNLIKELY((size_t)(heap->end - p) < 16)) SLOW(il_slow_box(m, i));
    heap->top = p + 16;
    Object *o = (Object *)(void *)p;
    o->header = il_header(CLASS_DOUBLE, 0);
    o->words[0] = B;
    A = il_value_of(o);
    NEXT();
  }
  TARGET(BOX_BOOL) A = il_value_bool(B); NEXT();
  TARGET(UNBOX_INT) {
    Value v = B;
    A = IL_LIKELY(il_value_is_small(v)) ? (uint64_t)il_value_small_get(v)
                                        : il_value_object(v)->words[0];
    NEXT();
  }
  TARGET(UNBOX_DOUBLE) A = il_value_object(B)->words[0]; NEXT();
  TARGET(UNBOX_BOOL) A = B == VALUE_TRUE; NEXT();

  // ---- integers
  TARGET(ADD_I64) A = B + C; NEXT();
  TARGET(SUB_I64) A = B - C; NEXT();
  TARGET(MUL_I64) A = B * C; NEXT();
  TARGET(DIV_I64) {
    if (IL_UNLIKELY(C == 0)) SLOW(il_slow_arithmetic(m, i));
    A = (uint64_t)divide(INT(B), INT(C));
    NEXT();
  }
  TARGET(MOD_I64) {
    if (IL_UNLIKELY(C == 0)) SLOW(il_slow_arithmetic(m, i));
    A = (uint64_t)modulo(INT(B), INT(C));
    NEXT();
  }
  TARGET(REM_I64) {
    if (IL_UNLIKELY(C == 0)) SLOW(il_slow_arithmetic(m, i));
    A = (uint64_t)remainder_of(INT(B), INT(C));
    NEXT();
  }
  TARGET(AND_I64) A = B & C; NEXT();
  TARGET(OR_I64) A = B | C; NEXT();
  TARGET(XOR_I64) A = B ^ C; NEXT();
  TARGET(SHL_I64) {
    uint64_t count = C;
    if (IL_UNLIKELY(count > 63)) {
      if (INT(count) < 0) SLOW(il_slow_arithmetic(m, i));
      A = 0;
    } else {
      A = B << count;
    }
    NEXT();
  }
  TARGET(SHR_I64) {
    uint64_t count = C;
    if (IL_UNLIKELY(count > 63)) {
      if (INT(count) < 0) SLOW(il_slow_arithmetic(m, i));
      count = 63;
    }
    A = (uint64_t)(INT(B) >> count);
    NEXT();
  }
  TARGET(USHR_I64) {
    uint64_t count = C;
    if (IL_UNLIKELY(count > 63)) {
      if (INT(count) < 0) SLOW(il_slow_arithmetic(m, i));
      A = 0;
    } else {
      A = B >> count;
    }
    NEXT();
  }
  TARGET(NEG_I64) A = 0 - B; NEXT();
  TARGET(NOT_I64) A = ~B; NEXT();
  TARGET(ADD_I64_K) A = B + (uint64_t)SIGNED_C; NEXT();
  TARGET(MUL_I64_K) A = B * (uint64_t)SIGNED_C; NEXT();
  TARGET(DIV_I64_K) A = (uint64_t)divide(INT(B), SIGNED_C); NEXT();
  TARGET(MOD_I64_K) A = (uint64_t)modulo(INT(B), SIGNED_C); NEXT();
  TARGET(AND_I64_K) A = B & (uint64_t)SIGNED_C; NEXT();
  TARGET(OR_I64_K) A = B | (uint64_t)SIGNED_C; NEXT();
  TARGET(XOR_I64_K) A = B ^ (uint64_t)SIGNED_C; NEXT();
  TARGET(SHL_I64_K) A = B << (i >> 48); NEXT();
  TARGET(SHR_I64_K) A = (uint64_t)(INT(B) >> (i >> 48)); NEXT();
  TARGET(USHR_I64_K) A = B >> (i >> 48); NEXT();

  // ---- doubles
  TARGET(ADD_F64) set_double(&A, DOUBLE_B + DOUBLE_C); NEXT();
  TARGET(SUB_F64) set_double(&A, DOUBLE_B - DOUBLE_C); NEXT();
  TARGET(MUL_F64) set_double(&A, DOUBLE_B * DOUBLE_C); NEXT();
  TARGET(DIV_F64) set_double(&A, DOUBLE_B / DOUBLE_C); NEXT();
  TARGET(MOD_F64) set_double(&A, modulo_double(DOUBLE_B, DOUBLE_C)); NEXT();
  TARGET(REM_F64) set_double(&A, fmod(DOUBLE_B, DOUBLE_C)); NEXT();
  TARGET(NEG_F64) A = B ^ (uint64_t)1 << 63; NEXT();
  TARGET(ABS_F64) A = B & ~((uint64_t)1 << 63); NEXT();
  TARGET(SQRT_F64) set_double(&A, sqrt(DOUBLE_B)); NEXT();
  TARGET(FLOOR_F64) set_double(&A, floor(DOUBLE_B)); NEXT();
  TARGET(INT_TO_F64) set_double(&A, (double)INT(B)); NEXT();
  TARGET(F64_TO_INT) {
    double d = DOUBLE_B;
    // False for NaN also.
    if (IL_LIKELY(d > -9.2e18 && d < 9.2e18)) {
      A = (uint64_t)(int64_t)d;
      NEXT();
    }
    SLOW(il_slow_arithmetic(m, i));
  }

  // ---- comparing
  TARGET(EQ_I64) A = B == C; NEXT();
  TARGET(NE_I64) A = B != C; NEXT();
  TARGET(LT_I64) A = INT(B) < INT(C); NEXT();
  TARGET(LE_I64) A = INT(B) <= INT(C); NEXT();
  TARGET(EQ_F64) A = DOUBLE_B == DOUBLE_C; NEXT();
  TARGET(NE_F64) A = DOUBLE_B != DOUBLE_C; NEXT();
  TARGET(LT_F64) A = DOUBLE_B < DOUBLE_C; NEXT();
  TARGET(LE_F64) A = DOUBLE_B <= DOUBLE_C; NEXT();
  TARGET(IS_EVEN) A = (B & 1) ^ 1; NEXT();
  TARGET(IS_ODD) A = B & 1; NEXT();
  TARGET(NOT_BOOL) A = B ^ 1; NEXT();
  TARGET(EQ_REF) A = B == C; NEXT();
  TARGET(IDENTICAL) A = B == C || il_slow_identical(B, C); NEXT();
  TARGET(IS_NULL) A = B == null; NEXT();

  // ---- jumping
  TARGET(JUMP) JUMP_BY(IMM); NEXT();
  TARGET(LOOP) {
    JUMP_BY(IMM);
    SAFEPOINT();
    NEXT();
  }
  TARGET(JUMP_IF) if (A) JUMP_BY(IMM); NEXT();
  TARGET(JUMP_UNLESS) if (!A) JUMP_BY(IMM); NEXT();
  TARGET(JUMP_NULL) if (A == null) JUMP_BY(IMM); NEXT();
  TARGET(JUMP_NOT_NULL) if (A != null) JUMP_BY(IMM); NEXT();
  TARGET(JUMP_SENTINEL) if (A == VALUE_SENTINEL) JUMP_BY(IMM); NEXT();
  TARGET(JUMP_EQ_REF) COMPARE_JUMP(A == B);
  TARGET(JUMP_NE_REF) COMPARE_JUMP(A != B);
  TARGET(JUMP_EQ_I64) COMPARE_JUMP(A == B);
  TARGET(JUMP_NE_I64) COMPARE_JUMP(A != B);
  TARGET(JUMP_LT_I64) COMPARE_JUMP(INT(A) < INT(B));
  TARGET(JUMP_LE_I64) COMPARE_JUMP(INT(A) <= INT(B));
  TARGET(JUMP_EQ_I64_K) COMPARE_JUMP(INT(A) == SIGNED_B);
  TARGET(JUMP_NE_I64_K) COMPARE_JUMP(INT(A) != SIGNED_B);
  TARGET(JUMP_LT_I64_K) COMPARE_JUMP(INT(A) < SIGNED_B);
  TARGET(JUMP_LE_I64_K) COMPARE_JUMP(INT(A) <= SIGNED_B);
  TARGET(JUMP_GT_I64_K) COMPARE_JUMP(INT(A) > SIGNED_B);
  TARGET(JUMP_GE_I64_K) COMPARE_JUMP(INT(A) >= SIGNED_B);
  TARGET(JUMP_EQ_F64) COMPARE_JUMP(get_double(&A) == DOUBLE_B);
  TARGET(JUMP_NE_F64) COMPARE_JUMP(get_double(&A) != DOUBLE_B);
  TARGET(JUMP_LT_F64) COMPARE_JUMP(get_double(&A) < DOUBLE_B);
  TARGET(JUMP_LE_F64) COMPARE_JUMP(get_double(&A) <= DOUBLE_B);
  TARGET(JUMP_NLT_F64) COMPARE_JUMP(!(get_double(&A) < DOUBLE_B));
  TARGET(JUMP_NLE_F64) COMPARE_JUMP(!(get_double(&A) <= DOUBLE_B));
  TARGET(LOOP_IF) {
    if (IL_LIKELY(A)) {
      JUMP_BY(IMM);
      SAFEPOINT();
    }
    NEXT();
  }
  TARGET(LOOP_LT_I64) COMPARE_LOOP(INT(A) < INT(B));
  TARGET(LOOP_LE_I64) COMPARE_LOOP(INT(A) <= INT(B));
  TARGET(LOOP_NE_I64) COMPARE_LOOP(A != B);
  TARGET(LOOP_LT_I64_K) COMPARE_LOOP(INT(A) < SIGNED_B);
  TARGET(LOOP_LE_I64_K) COMPARE_LOOP(INT(A) <= SIGNED_B);
  TARGET(LOOP_GT_I64_K) COMPARE_LOOP(INT(A) > SIGNED_B);
  TARGET(LOOP_GE_I64_K) COMPARE_LOOP(INT(A) >= SIGNED_B);
  TARGET(LOOP_NE_I64_K) COMPARE_LOOP(INT(A) != SIGNED_B);
  TARGET(SWITCH_I64) {
    uint64_t ext = *pc++;
    uint64_t at = A - (uint64_t)(int64_t)(int32_t)ext, count = ext >> 32;
    const Instruction *table = pc;
    pc += count;
    if (at < count) pc += (int32_t)table[at];
    NEXT();
  }

  // ---- calling
  TARGET(CALL) ENTER(functions[(uint32_t)IMM]);
  TARGET(CALL_SELECTOR) {
    ClassId c = class_of(top[FRAME_HEADER_WORDS]);
#if IL_DEBUG
    SAVE();
    il_slow_check_receiver(m, (SelectorId)IMM, c);
#endif
    const Function *f = functions[rows[(uint32_t)IMM][c]];
    if (f->field_word) {
      A = il_value_object(top[FRAME_HEADER_WORDS])->words[f->field_word - 1];
      NEXT();
    }
    ENTER(f);
  }
  TARGET(CALL_CLOSURE) {
#if IL_DEBUG
    SAVE();
    il_slow_check_closure(m, top[FRAME_HEADER_WORDS]);
#endif
    const Object *closure = il_value_object(top[FRAME_HEADER_WORDS]);
    const Function *f = functions[(uint32_t)closure->words[CLOSURE_FUNCTION]];
    if (IL_LIKELY(f->shape == (ShapeId)IMM &&
                  il_object_class(closure) == CLASS_CLOSURE)) {
      ENTER(f);
    }
    SLOW(il_invoke_closure(m, i));
  }
  TARGET(CALL_SUPER) SLOW(il_invoke_super(m, i));
  TARGET(CALL_DYNAMIC) SLOW(il_invoke_dynamic(m, i));
  TARGET(CALL_CORE) {
    FunctionId f = il_program_core_function(world->program,
                                            (CoreFunction)IMM);
    ENTER(functions[f]);
  }
  TARGET(CALL_AGAIN) SLOW(il_invoke_again(m, i));
  TARGET(RETURN) LEAVE_FRAME(A);
  TARGET(RETURN_NULL) LEAVE_FRAME(null);
  TARGET(NATIVE) {
    SAVE();
    native.self = il_frame_function(fp);
    native.args = fp;
    native.stage = 0;
    NativeOutcome outcome = world->natives[(uint32_t)IMM](&native);
    if (IL_LIKELY(outcome == NATIVE_VALUE)) {
      budget = m->budget;
      LEAVE_FRAME(native.result);
    }
    SLOW(il_slow_native(m, &native, outcome));
  }
  TARGET(NATIVE_RESUME) SLOW(il_slow_native_resume(m, i));
  TARGET(EXIT) {
    m->result = A;
    SAVE();
    m->outcome = MACHINE_DONE;
    goto leave;
  }

  // ---- objects
  TARGET(NEW) {
    const ClassCode *c = world->tables.classes[(uint32_t)IMM];
    size_t words = c->instance_words;
    IL_ASSERT(words > 0);
    char *p = heap->top;
    if (IL_UNLIKELY((size_t)(heap->end - p) < words * 8)) {
      SLOW(il_slow_collect(m, words * 8, 1));
    }
    heap->top = p + words * 8;
    Object *o = (Object *)(void *)p;
    o->header = il_header((ClassId)IMM, 0);
    const uint64_t *map = IL_REL(const uint64_t, c->ref_map);
    uint64_t bits = map[0] >> 1;
    for (size_t w = 1; w < words; w++, bits >>= 1) {
      if (IL_UNLIKELY((w & 63) == 0)) bits = map[w >> 6];
      o->words[w - 1] = bits & 1 ? null : 0;
    }
    A = il_value_of(o);
    NEXT();
  }
  TARGET(GET_FIELD) A = il_value_object(B)->words[REG_C]; NEXT();
  TARGET(SET_FIELD_RAW) il_value_object(A)->words[REG_B] = C; NEXT();
  TARGET(SET_FIELD_REF) {
    Object *o = il_value_object(A);
    il_heap_store(heap, o, &o->words[REG_B], C);
    NEXT();
  }
  TARGET(GET_FIELD_HOLDER) {
    ClassId holder = il_frame_function(fp)->holder;
    uint32_t base = world->tables.classes[holder]->field_base - 1u;
    A = il_value_object(B)->words[base + REG_C];
    NEXT();
  }
  TARGET(SET_FIELD_HOLDER_RAW) {
    ClassId holder = il_frame_function(fp)->holder;
    uint32_t base = world->tables.classes[holder]->field_base - 1u;
    il_value_object(A)->words[base + REG_B] = C;
    NEXT();
  }
  TARGET(SET_FIELD_HOLDER_REF) {
    ClassId holder = il_frame_function(fp)->holder;
    uint32_t base = world->tables.classes[holder]->field_base - 1u;
    Object *o = il_value_object(A);
    il_heap_store(heap, o, &o->words[base + REG_B], C);
    NEXT();
  }
  TARGET(NEW_CLOSURE) SLOW(il_slow_new_closure(m, i));
  TARGET(CLOSURE_SET_VECTOR) {
    il_closure_set_vector(il_value_object(A), REG_C, (TypeId)B);
    NEXT();
  }
  TARGET(CLOSURE_GET_VECTOR) {
    A = il_closure_vector(il_value_object(B), REG_C);
    NEXT();
  }
  TARGET(CLOSURE_COPY) SLOW(il_slow_closure_copy(m, i));
  TARGET(NEW_ARRAY) SLOW(il_slow_new_array(m, i));
  TARGET(TEAR_OFF) SLOW(il_slow_tear_off(m, i));
  TARGET(TEAR_OFF_SUPER) SLOW(il_slow_tear_off(m, i));
  TARGET(NEW_RECORD) SLOW(il_slow_new_record(m, i));
  TARGET(NEW_LIST) SLOW(il_slow_new_list(m, i));
  TARGET(LIST_ADD_UNCHECKED) {
    Object *list = il_value_object(A);
    Object *storage = il_value_object(list->words[GROWABLE_STORAGE]);
    uint64_t length = list->words[GROWABLE_LENGTH];
    if (IL_LIKELY(il_object_class(list) == CLASS_GROWABLE_LIST &&
                  length < storage->words[ARRAY_LENGTH])) {
      il_heap_store(heap, storage, &storage->words[ARRAY_ITEMS + length], B);
      list->words[GROWABLE_LENGTH] = length + 1;
      NEXT();
    }
    SLOW(il_slow_list_add(m, i));
  }

  // ---- statics
  TARGET(GET_STATIC) {
    uint32_t id = (uint32_t)IMM;
    A = m->statics[id / STATIC_PAGE_SLOTS]->slots[id % STATIC_PAGE_SLOTS];
    NEXT();
  }
  TARGET(GET_STATIC_LAZY) {
    uint32_t id = (uint32_t)IMM;
    const StaticPage *page = m->statics[id / STATIC_PAGE_SLOTS];
    if (IL_LIKELY(page->initialized >> id % STATIC_PAGE_SLOTS & 1)) {
      A = page->slots[id % STATIC_PAGE_SLOTS];
      NEXT();
    }
    SLOW(il_slow_static(m, id));
  }
  TARGET(HAS_STATIC) A = il_static_is_initialized(m, (uint32_t)IMM); NEXT();
  TARGET(SET_STATIC_RAW)
  TARGET(SET_STATIC_REF) {
    il_static_set(m, (uint32_t)IMM, A);
    NEXT();
  }
  TARGET(STATIC_DONE) SLOW(il_slow_static_done(m, i));

  // ---- types
  TARGET(GET_VECTOR) A = il_value_object(B)->words[INSTANCE_VECTOR]; NEXT();
  TARGET(SET_VECTOR) il_value_object(A)->words[INSTANCE_VECTOR] = B; NEXT();
  TARGET(INSTANTIATE) SLOW(il_slow_instantiate(m, i));
  TARGET(VECTOR_GET) {
    A = il_type_get(world->types->types, (TypeId)B)->items[REG_C];
    NEXT();
  }
  TARGET(VECTOR_JOIN) {
    A = il_test_join(world, (TypeId)B, (TypeId)C);
    NEXT();
  }
  TARGET(TYPE_VALUE) SLOW(il_slow_type_value(m, i));
  TARGET(IS_TYPE) A = il_test_is(world, B, (TypeId)C); NEXT();
  TARGET(IS_CLASS) {
    ClassId wanted = (ClassId)*pc++, c = class_of(B);
    A = c == wanted || il_test_is_class(world, B, wanted);
    NEXT();
  }
  TARGET(AS_TYPE) {
    if (IL_LIKELY(il_test_is(world, A, (TypeId)B))) {
      pc++;
      NEXT();
    }
    pc++;
    SLOW(il_slow_as_type(m, i));
  }
  TARGET(CHECK_NOT_NULL) {
    if (IL_UNLIKELY(A == null)) SLOW(il_slow_not_null(m, i));
    NEXT();
  }
  TARGET(CHECK_BOUND) {
    if (IL_LIKELY(il_test_is_subtype(world, (TypeId)A, (TypeId)B))) {
      pc++;
      NEXT();
    }
    pc++;
    SLOW(il_slow_check_bound(m, i));
  }

  // ---- guarded list instructions: to hold is to skip the next one
  TARGET(LIST_LENGTH) {
    const Object *o = il_value_object(B);
    ClassId c = il_object_class(o);
    // The length is at the same place in lists of fixed length.
    if (IL_LIKELY(c >= CLASS_FIXED_LIST && c <= CLASS_CONST_LIST)) {
      A = o->words[GROWABLE_LENGTH];
      pc++;
    } else if (c >= CLASS_INT8_LIST && c <= CLASS_FLOAT64_LIST) {
      A = o->words[TYPED_LENGTH];
      pc++;
    }
    NEXT();
  }
  TARGET(LIST_GET_REF) {
    const uint64_t *item = find_item(B, C, CLASS_GROWABLE_LIST,
                                     CLASS_FIXED_LIST, CLASS_CONST_LIST);
    if (IL_LIKELY(item)) {
      A = *item;
      pc++;
      NEXT();
    }
    // Generic code reads lists of words too.
    if (il_slow_list_get(heap, B, C, &A)) pc++;
    NEXT();
  }
  TARGET(LIST_GET_I64) {
    const uint64_t *item = find_item(B, C, CLASS_GROWABLE_INT_LIST,
                                     CLASS_FIXED_INT_LIST, 0);
    if (IL_LIKELY(item)) {
      A = *item;
      pc++;
    }
    NEXT();
  }
  TARGET(LIST_GET_F64) {
    const uint64_t *item = find_item(B, C, CLASS_GROWABLE_DOUBLE_LIST,
                                     CLASS_FIXED_DOUBLE_LIST, 0);
    if (IL_LIKELY(item)) {
      A = *item;
      pc++;
    }
    NEXT();
  }
  TARGET(LIST_SET_REF) {
    Object *o = il_value_object(A);
    ClassId c = il_object_class(o);
    uint64_t index = B;
    if (IL_UNLIKELY(index >= o->words[GROWABLE_LENGTH] ||
                    (c != CLASS_GROWABLE_LIST && c != CLASS_FIXED_LIST) ||
                    !il_test_can_store(world, (TypeId)o->words[INSTANCE_VECTOR],
                                       C))) {
      if (il_slow_list_set(A, index, C)) pc++;
      NEXT();
    }
    uint64_t *item = o->words + LIST_ITEMS + index;
    if (IL_LIKELY(c == CLASS_GROWABLE_LIST)) {
      o = il_value_object(o->words[GROWABLE_STORAGE]);
      item = o->words + ARRAY_ITEMS + index;
    }
    il_heap_store(heap, o, item, C);
    pc++;
    NEXT();
  }
  TARGET(LIST_SET_I64) {
    uint64_t *item = find_item(A, B, CLASS_GROWABLE_INT_LIST,
                               CLASS_FIXED_INT_LIST, 0);
    if (IL_LIKELY(item)) {
      *item = C;
      pc++;
    }
    NEXT();
  }
  TARGET(LIST_SET_F64) {
    uint64_t *item = find_item(A, B, CLASS_GROWABLE_DOUBLE_LIST,
                               CLASS_FIXED_DOUBLE_LIST, 0);
    if (IL_LIKELY(item)) {
      *item = C;
      pc++;
    }
    NEXT();
  }
  TARGET(BYTES_GET) {
    if (IL_LIKELY(il_typed_get_int(il_value_object(B), C, &A))) pc++;
    NEXT();
  }
  TARGET(BYTES_SET) {
    if (IL_LIKELY(il_typed_set_int(il_value_object(A), B, C))) pc++;
    NEXT();
  }
  TARGET(FLOATS_GET) {
    if (IL_LIKELY(il_typed_get_double(il_value_object(B), C, &A))) pc++;
    NEXT();
  }
  TARGET(FLOATS_SET) {
    if (IL_LIKELY(il_typed_set_double(il_value_object(A), B, C))) pc++;
    NEXT();
  }
  TARGET(ARRAY_LENGTH) A = il_value_object(B)->words[ARRAY_LENGTH]; NEXT();
  TARGET(ARRAY_GET)
  TARGET(RAW_ARRAY_GET) {
    const Object *o = il_value_object(B);
    uint64_t index = C;
    if (IL_UNLIKELY(index >= o->words[ARRAY_LENGTH])) {
      SLOW(il_slow_array_range(m, B, index));
    }
    A = o->words[ARRAY_ITEMS + index];
    NEXT();
  }
  TARGET(ARRAY_SET) {
    Object *o = il_value_object(A);
    uint64_t index = B;
    if (IL_UNLIKELY(index >= o->words[ARRAY_LENGTH])) {
      SLOW(il_slow_array_range(m, A, index));
    }
    il_heap_store(heap, o, &o->words[ARRAY_ITEMS + index], C);
    NEXT();
  }
  TARGET(RAW_ARRAY_SET) {
    Object *o = il_value_object(A);
    uint64_t index = B;
    if (IL_UNLIKELY(index >= o->words[ARRAY_LENGTH])) {
      SLOW(il_slow_array_range(m, A, index));
    }
    o->words[ARRAY_ITEMS + index] = C;
    NEXT();
  }
  TARGET(STRING_LENGTH) {
    A = il_value_object(B)->words[STRING_LENGTH_WORD];
    NEXT();
  }
  TARGET(STRING_UNIT) {
    const String *string = (const String *)il_value_object(B);
    uint64_t index = C;
    if (IL_LIKELY(index < string->length)) {
      A = il_string_unit(string, index);
      pc++;
    }
    NEXT();
  }

  // ---- exceptions
  TARGET(THROW) SLOW(il_throw(m, A, 0));
  TARGET(RETHROW) SLOW(il_throw(m, A, B));

  // ---- coroutines
  TARGET(NEW_COROUTINE) SLOW(il_coroutine_make(m, i));
  TARGET(AWAIT) SLOW(il_coroutine_suspend_await(m, i));
  TARGET(GENERATOR_BEGIN) SLOW(il_coroutine_start_generator(m, i));
  TARGET(YIELD) SLOW(il_coroutine_suspend_yield(m, i));

  // ---- debugging
  TARGET(ASSERT_TYPE) {
    pc++;
    if (world->flags->check_types &&
        IL_UNLIKELY(!il_test_is(world, A, (TypeId)B))) {
      SAVE();
      il_slow_assert_failed(m, i);
    }
    NEXT();
  }
  TARGET(UNREACHABLE) IL_FATAL("an unreachable instruction was executed");
}
