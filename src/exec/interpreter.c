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

// Operands are loaded from the instruction's word, one load each, which is
// fewer operations than to shift and mask the word in a register.
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
IL_INLINE uint16_t load_half(const Instruction *next, int at) {
  uint16_t half;
  memcpy(&half, (const char *)(next - 1) + at, sizeof half);
  return half;
}
IL_INLINE int32_t load_imm(const Instruction *next) {
  int32_t imm;
  memcpy(&imm, (const char *)(next - 1) + 4, sizeof imm);
  return imm;
}
IL_INLINE uint8_t load_op(const Instruction *at) {
  return *(const uint8_t *)at;
}
IL_INLINE uint8_t load_d(const Instruction *next) {
  return ((const uint8_t *)(next - 1))[1];
}
#else
IL_INLINE uint16_t load_half(const Instruction *next, int at) {
  return (uint16_t)(next[-1] >> at * 8);
}
IL_INLINE int32_t load_imm(const Instruction *next) {
  return (int32_t)(next[-1] >> 32);
}
IL_INLINE uint8_t load_op(const Instruction *at) { return (uint8_t)*at; }
IL_INLINE uint8_t load_d(const Instruction *next) {
  return (uint8_t)(next[-1] >> 8);
}
#endif

#define I pc[-1]
#define REG_A load_half(pc, 2)
#define REG_B load_half(pc, 4)
#define REG_C load_half(pc, 6)
#define IMM ((int64_t)load_imm(pc))
#define SIGNED_B ((int64_t)(int16_t)load_half(pc, 4))
#define SIGNED_C ((int64_t)(int16_t)load_half(pc, 6))
#define A fp[REG_A]
#define B fp[REG_B]
#define C fp[REG_C]
#define D fp[load_d(pc)]
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
#define DOUBLE_D get_double(&D)

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

// The same for a loop over the list, whose index and length at its start are
// two neighbours.
IL_INLINE uint64_t *find_next(Value list, const uint64_t *index,
                              ClassId growable, ClassId fixed,
                              ClassId constant) {
  uint64_t *item = find_item(list, index[0], growable, fixed, constant);
  if (!item || il_value_object(list)->words[GROWABLE_LENGTH] != index[1]) {
    return NULL;
  }
  return item;
}

// Appends to a growable list of words, when it is one and has room.
IL_INLINE bool push_word(Object *list, ClassId growable, uint64_t word) {
  if (IL_UNLIKELY(il_object_class(list) != growable)) return false;
  uint64_t length = list->words[GROWABLE_LENGTH];
  Object *storage = il_value_object(list->words[GROWABLE_STORAGE]);
  if (IL_UNLIKELY(length >= storage->words[ARRAY_LENGTH])) return false;
  storage->words[ARRAY_ITEMS + length] = word;
  list->words[GROWABLE_LENGTH] = length + 1;
  return true;
}

#if IL_DEBUG
#define COUNT() m->instruction_count++
#else
#define COUNT() (void)0
#endif
#define NEXT()                \
  do {                        \
    COUNT();                  \
    uint8_t op = load_op(pc); \
    pc++;                     \
    goto *dispatch[op];       \
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
    fp[REG_A] = result;                       \
    NEXT();                                   \
  } while (0)

// A new boxed number; collects and runs the instruction again when there is no
// room for it.
#define BOX_WORD(box, class_id, word)                   \
  do {                                                  \
    char *p = heap->top;                                \
    if (IL_UNLIKELY((size_t)(heap->end - p) < 16)) {    \
      SLOW(il_slow_collect(m, 16, 1));                  \
    }                                                   \
    heap->top = p + 16;                                 \
    Object *boxed = (Object *)(void *)p;                \
    boxed->header = il_header(class_id, 0);             \
    boxed->words[0] = (word);                           \
    box = il_value_of(boxed);                           \
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
  const void *const *dispatch = labels;
  __asm__("" : "+r"(dispatch));   // a register, not an address made each time
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
  TARGET(LOAD_WORD) A = *pc; pc++; NEXT();
  TARGET(LOAD_CONST) A = world->constants[(uint32_t)IMM]; NEXT();
  TARGET(LOAD_NULL) A = null; NEXT();
  TARGET(LOAD_SENTINEL) A = VALUE_SENTINEL; NEXT();

  // ---- boxing
  TARGET(BOX_INT) {
    int64_t small;
    if (IL_UNLIKELY(__builtin_add_overflow(INT(B), INT(B), &small))) {
      SLOW(il_slow_box(m, I));
    }
    A = (uint64_t)small;
    NEXT();
  }
  TARGET(BOX_DOUBLE) {
    Value box;
    BOX_WORD(box, CLASS_DOUBLE, B);
    A = box;
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
    if (IL_UNLIKELY(C == 0)) SLOW(il_slow_arithmetic(m, I));
    A = (uint64_t)divide(INT(B), INT(C));
    NEXT();
  }
  TARGET(MOD_I64) {
    if (IL_UNLIKELY(C == 0)) SLOW(il_slow_arithmetic(m, I));
    A = (uint64_t)modulo(INT(B), INT(C));
    NEXT();
  }
  TARGET(REM_I64) {
    if (IL_UNLIKELY(C == 0)) SLOW(il_slow_arithmetic(m, I));
    A = (uint64_t)remainder_of(INT(B), INT(C));
    NEXT();
  }
  TARGET(AND_I64) A = B & C; NEXT();
  TARGET(OR_I64) A = B | C; NEXT();
  TARGET(XOR_I64) A = B ^ C; NEXT();
  TARGET(SHL_I64) {
    uint64_t count = C;
    if (IL_UNLIKELY(count > 63)) {
      if (INT(count) < 0) SLOW(il_slow_arithmetic(m, I));
      A = 0;
    } else {
      A = B << count;
    }
    NEXT();
  }
  TARGET(SHR_I64) {
    uint64_t count = C;
    if (IL_UNLIKELY(count > 63)) {
      if (INT(count) < 0) SLOW(il_slow_arithmetic(m, I));
      count = 63;
    }
    A = (uint64_t)(INT(B) >> count);
    NEXT();
  }
  TARGET(USHR_I64) {
    uint64_t count = C;
    if (IL_UNLIKELY(count > 63)) {
      if (INT(count) < 0) SLOW(il_slow_arithmetic(m, I));
      A = 0;
    } else {
      A = B >> count;
    }
    NEXT();
  }
  TARGET(MUL_ADD_I64) A = B * C + D; NEXT();
  TARGET(NEG_I64) A = 0 - B; NEXT();
  TARGET(NOT_I64) A = ~B; NEXT();
  TARGET(ADD_I64_K) A = B + (uint64_t)SIGNED_C; NEXT();
  TARGET(MUL_I64_K) A = B * (uint64_t)SIGNED_C; NEXT();
  TARGET(DIV_I64_K) A = (uint64_t)divide(INT(B), SIGNED_C); NEXT();
  TARGET(MOD_I64_K) A = (uint64_t)modulo(INT(B), SIGNED_C); NEXT();
  TARGET(AND_I64_K) A = B & (uint64_t)SIGNED_C; NEXT();
  TARGET(OR_I64_K) A = B | (uint64_t)SIGNED_C; NEXT();
  TARGET(XOR_I64_K) A = B ^ (uint64_t)SIGNED_C; NEXT();
  TARGET(SHL_I64_K) A = B << REG_C; NEXT();
  TARGET(SHR_I64_K) A = (uint64_t)(INT(B) >> REG_C); NEXT();
  TARGET(USHR_I64_K) A = B >> REG_C; NEXT();

  // ---- doubles
  TARGET(ADD_F64) set_double(&A, DOUBLE_B + DOUBLE_C); NEXT();
  TARGET(SUB_F64) set_double(&A, DOUBLE_B - DOUBLE_C); NEXT();
  TARGET(MUL_F64) set_double(&A, DOUBLE_B * DOUBLE_C); NEXT();
  TARGET(DIV_F64) set_double(&A, DOUBLE_B / DOUBLE_C); NEXT();
  TARGET(MOD_F64) set_double(&A, modulo_double(DOUBLE_B, DOUBLE_C)); NEXT();
  TARGET(REM_F64) set_double(&A, fmod(DOUBLE_B, DOUBLE_C)); NEXT();
  TARGET(MUL_ADD_F64) {
    double product = DOUBLE_B * DOUBLE_C;
    set_double(&A, product + DOUBLE_D);
    NEXT();
  }
  TARGET(MUL_SUB_F64) {
    double product = DOUBLE_B * DOUBLE_C;
    set_double(&A, product - DOUBLE_D);
    NEXT();
  }
  TARGET(SUB_MUL_F64) {
    double product = DOUBLE_B * DOUBLE_C;
    set_double(&A, DOUBLE_D - product);
    NEXT();
  }
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
    SLOW(il_slow_arithmetic(m, I));
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
  TARGET(IDENTICAL) A = B == C || il_slow_identical(B, C); NEXT();

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
  TARGET(JUMP_TRUE) if (A == VALUE_TRUE) JUMP_BY(IMM); NEXT();
  TARGET(JUMP_FALSE) if (A != VALUE_TRUE) JUMP_BY(IMM); NEXT();
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
  TARGET(LOOP_LT_F64) COMPARE_LOOP(get_double(&A) < DOUBLE_B);
  TARGET(LOOP_LE_F64) COMPARE_LOOP(get_double(&A) <= DOUBLE_B);
  TARGET(LOOP_LT_I64_K) COMPARE_LOOP(INT(A) < SIGNED_B);
  TARGET(LOOP_LE_I64_K) COMPARE_LOOP(INT(A) <= SIGNED_B);
  TARGET(LOOP_GT_I64_K) COMPARE_LOOP(INT(A) > SIGNED_B);
  TARGET(LOOP_GE_I64_K) COMPARE_LOOP(INT(A) >= SIGNED_B);
  TARGET(LOOP_NE_I64_K) COMPARE_LOOP(INT(A) != SIGNED_B);
  TARGET(SWITCH_I64) {
    uint64_t ext = *pc, value = A;
    pc++;
    uint64_t at = value - (uint64_t)(int64_t)(int32_t)ext, count = ext >> 32;
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
    SLOW(il_invoke_closure(m, I));
  }
  TARGET(CALL_SUPER) SLOW(il_invoke_super(m, I));
  TARGET(CALL_DYNAMIC) SLOW(il_invoke_dynamic(m, I));
  TARGET(CALL_CORE) {
    FunctionId f = il_program_core_function(world->program,
                                            (CoreFunction)IMM);
    ENTER(functions[f]);
  }
  TARGET(CALL_AGAIN) SLOW(il_invoke_again(m, I));
  TARGET(RETURN) LEAVE_FRAME(A);
  TARGET(RETURN_INT) {
    int64_t small;
    if (IL_LIKELY(!__builtin_add_overflow(INT(A), INT(A), &small))) {
      LEAVE_FRAME((uint64_t)small);
    }
    Value box;
    BOX_WORD(box, CLASS_INT, A);
    LEAVE_FRAME(box);
  }
  TARGET(RETURN_DOUBLE) {
    Value box;
    BOX_WORD(box, CLASS_DOUBLE, A);
    LEAVE_FRAME(box);
  }
  TARGET(RETURN_BOOL) LEAVE_FRAME(il_value_bool(A));
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
  TARGET(NATIVE_RESUME) SLOW(il_slow_native_resume(m, I));
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
  TARGET(NEW_CLOSURE) SLOW(il_slow_new_closure(m, I));
  TARGET(CLOSURE_SET_VECTOR) {
    il_closure_set_vector(il_value_object(A), REG_C, (TypeId)B);
    NEXT();
  }
  TARGET(CLOSURE_GET_VECTOR) {
    A = il_closure_vector(il_value_object(B), REG_C);
    NEXT();
  }
  TARGET(CLOSURE_COPY) SLOW(il_slow_closure_copy(m, I));
  TARGET(NEW_ARRAY) SLOW(il_slow_new_array(m, I));
  TARGET(TEAR_OFF) SLOW(il_slow_tear_off(m, I));
  TARGET(TEAR_OFF_SUPER) SLOW(il_slow_tear_off(m, I));
  TARGET(NEW_RECORD) SLOW(il_slow_new_record(m, I));
  TARGET(NEW_LIST) SLOW(il_slow_new_list(m, I));
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
    SLOW(il_slow_list_add(m, I));
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
  TARGET(STATIC_DONE) SLOW(il_slow_static_done(m, I));

  // ---- types
  TARGET(GET_VECTOR) A = il_value_object(B)->words[INSTANCE_VECTOR]; NEXT();
  TARGET(SET_VECTOR) il_value_object(A)->words[INSTANCE_VECTOR] = B; NEXT();
  TARGET(INSTANTIATE) SLOW(il_slow_instantiate(m, I));
  TARGET(VECTOR_GET) {
    A = il_type_get(world->types->types, (TypeId)B)->items[REG_C];
    NEXT();
  }
  TARGET(VECTOR_JOIN) {
    A = il_test_join(world, (TypeId)B, (TypeId)C);
    NEXT();
  }
  TARGET(TYPE_VALUE) SLOW(il_slow_type_value(m, I));
  TARGET(IS_TYPE) A = il_test_is(world, B, (TypeId)C); NEXT();
  TARGET(IS_CLASS) {
    ClassId wanted = (ClassId)*pc, c = class_of(B);
    A = c == wanted || il_test_is_class(world, B, wanted);
    pc++;
    NEXT();
  }
  TARGET(AS_TYPE) {
    if (IL_LIKELY(il_test_is(world, A, (TypeId)B))) {
      pc++;
      NEXT();
    }
    pc++;
    SLOW(il_slow_as_type(m, pc[-2]));
  }
  TARGET(CHECK_NOT_NULL) {
    if (IL_UNLIKELY(A == null)) SLOW(il_slow_not_null(m, I));
    NEXT();
  }
  TARGET(CHECK_BOUND) {
    if (IL_LIKELY(il_test_is_subtype(world, (TypeId)A, (TypeId)B))) {
      pc++;
      NEXT();
    }
    pc++;
    SLOW(il_slow_check_bound(m, pc[-2]));
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
    item = find_item(B, C, CLASS_GROWABLE_INT_LIST, CLASS_FIXED_INT_LIST, 0);
    int64_t small;
    if (item && !__builtin_add_overflow(INT(*item), INT(*item), &small)) {
      A = (uint64_t)small;
      pc++;
      NEXT();
    }
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
  TARGET(LIST_ADD_REF) {
    Object *o = il_value_object(A);
    Value item = B;
    if (IL_LIKELY(il_object_class(o) == CLASS_GROWABLE_LIST)) {
      uint64_t length = o->words[GROWABLE_LENGTH];
      Object *storage = il_value_object(o->words[GROWABLE_STORAGE]);
      if (IL_LIKELY(length < storage->words[ARRAY_LENGTH] &&
                    il_test_can_store(
                        world, (TypeId)o->words[INSTANCE_VECTOR], item))) {
        il_heap_store(heap, storage, &storage->words[ARRAY_ITEMS + length],
                      item);
        o->words[GROWABLE_LENGTH] = length + 1;
        pc++;
      }
      NEXT();
    }
    if (il_value_is_small(item) &&
        push_word(o, CLASS_GROWABLE_INT_LIST,
                  (uint64_t)il_value_small_get(item))) {
      pc++;
    }
    NEXT();
  }
  TARGET(LIST_ADD_I64) {
    if (IL_LIKELY(push_word(il_value_object(A), CLASS_GROWABLE_INT_LIST, B))) {
      pc++;
    }
    NEXT();
  }
  TARGET(LIST_ADD_F64) {
    if (IL_LIKELY(
            push_word(il_value_object(A), CLASS_GROWABLE_DOUBLE_LIST, B))) {
      pc++;
    }
    NEXT();
  }
  TARGET(LIST_NEXT_REF) {
    const uint64_t *item =
        find_next(B, &C, CLASS_GROWABLE_LIST, CLASS_FIXED_LIST,
                  CLASS_CONST_LIST);
    if (IL_LIKELY(item)) {
      C++;
      A = *item;
      pc++;
      NEXT();
    }
    int64_t small;
    item = find_next(B, &C, CLASS_GROWABLE_INT_LIST, CLASS_FIXED_INT_LIST, 0);
    if (item && !__builtin_add_overflow(INT(*item), INT(*item), &small)) {
      C++;
      A = (uint64_t)small;
      pc++;
    }
    NEXT();
  }
  TARGET(LIST_NEXT_I64) {
    const uint64_t *item = find_next(B, &C, CLASS_GROWABLE_INT_LIST,
                                     CLASS_FIXED_INT_LIST, 0);
    if (IL_LIKELY(item)) {
      C++;
      A = *item;
      pc++;
    }
    NEXT();
  }
  TARGET(LIST_NEXT_F64) {
    const uint64_t *item = find_next(B, &C, CLASS_GROWABLE_DOUBLE_LIST,
                                     CLASS_FIXED_DOUBLE_LIST, 0);
    if (IL_LIKELY(item)) {
      C++;
      A = *item;
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
  TARGET(NEW_COROUTINE) SLOW(il_coroutine_make(m, I));
  TARGET(AWAIT) pc++; SLOW(il_coroutine_suspend_await(m, pc[-2]));
  TARGET(GENERATOR_BEGIN) pc++; SLOW(il_coroutine_start_generator(m, pc[-2]));
  TARGET(YIELD) pc++; SLOW(il_coroutine_suspend_yield(m, pc[-2]));

  // ---- debugging
  TARGET(ASSERT_TYPE) {
    if (world->flags->check_types &&
        IL_UNLIKELY(!il_test_is(world, A, (TypeId)B))) {
      pc++;
      SAVE();
      il_slow_assert_failed(m, pc[-2]);
    }
    pc++;
    NEXT();
  }
  TARGET(UNREACHABLE) IL_FATAL("an unreachable instruction was executed");
}
