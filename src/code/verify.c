// verify.c: structure and register kinds of a segment's functions.
#include "code/verify.h"

#include <stdio.h>

#include "base/memory.h"
#include "code/disasm.h"
#include "code/image.h"

typedef struct {
  const Program *program;
  const Segment *segment;
  const Function *f;
  const Instruction *code;
  uint8_t *starts;         // bitmap: an instruction begins at this word
  Operands operands[OP_COUNT];
  VerifyFault *fault;
} Verifier;

static bool fail(Verifier *v, uint32_t pc, const char *what) {
  *v->fault = (VerifyFault){v->f->id, pc, what};
  return false;
}

static bool is_start(const Verifier *v, int64_t pc) {
  return pc >= 0 && pc < v->f->code_words &&
         (v->starts[pc >> 3] >> (pc & 7) & 1);
}

// Raw registers: raw arguments and raw locals; outgoing ones are either.
static bool check_register(Verifier *v, uint32_t pc, char kind, Reg r) {
  const Function *f = v->f;
  if (kind == 0) return true;
  if (r == REG_NONE) {
    Op op = il_op(v->code[pc]);
    return op == OP_INSTANTIATE || fail(v, pc, "a register is missing");
  }
  if (r >= f->top_words) return fail(v, pc, "register past the frame");
  if (r >= f->frame_words || kind == 'w') {
    bool header = r >= f->frame_words && r < f->frame_words +
                                                 FRAME_HEADER_WORDS;
    return !header || fail(v, pc, "register in the frame's header");
  }
  bool is_ref = r < f->ref_arg_count || r >= f->ref_local_start;
  if (is_ref != (kind == 'v')) {
    return fail(v, pc, is_ref ? "raw value in a reference register"
                              : "reference in a raw register");
  }
  return true;
}

static bool check_move(Verifier *v, uint32_t pc) {
  const Function *f = v->f;
  Reg a = il_a(v->code[pc]), b = il_b(v->code[pc]);
  if (a >= f->frame_words || b >= f->frame_words) return true;
  bool a_ref = a < f->ref_arg_count || a >= f->ref_local_start;
  bool b_ref = b < f->ref_arg_count || b >= f->ref_local_start;
  return a_ref == b_ref || fail(v, pc, "a move between raw and reference");
}

static bool check_number(Verifier *v, uint32_t pc) {
  const Program *p = v->program;
  uint32_t n = (uint32_t)il_imm(v->code[pc]), end = UINT32_MAX;
  bool zero = false;
  switch (il_op(v->code[pc])) {
    case OP_LOAD_CONST:
      end = il_program_constant_count(p);
      zero = true;
      break;
    case OP_CALL:
    case OP_NEW_CLOSURE:
      end = il_program_function_count(p);
      break;
    case OP_CALL_SELECTOR:
    case OP_CALL_SUPER:
      end = il_program_selector_count(p);
      break;
    case OP_CALL_CLOSURE:
    case OP_CALL_DYNAMIC:
    case OP_NEW_RECORD:
      end = il_program_shape_count(p);
      break;
    case OP_NEW:
      end = il_program_class_count(p);
      break;
    case OP_GET_STATIC:
    case OP_GET_STATIC_LAZY:
    case OP_HAS_STATIC:
    case OP_SET_STATIC_RAW:
    case OP_SET_STATIC_REF:
      end = il_program_static_count(p);
      break;
    default:
      return true;
  }
  return (n < end && (n > 0 || zero)) || fail(v, pc, "a number out of range");
}

// The number in the extension word.
static bool check_extension(Verifier *v, uint32_t pc) {
  const Program *p = v->program;
  uint64_t ext = il_instruction_words(il_op(v->code[pc])) == 2
                     ? v->code[pc + 1]
                     : 0;
  uint32_t n = (uint32_t)ext, end;
  switch (il_op(v->code[pc])) {
    case OP_INSTANTIATE:
      end = il_type_table_count(il_program_types(p)->types);
      break;
    case OP_IS_CLASS:
      end = n > 0 ? il_class_count(il_program_types(p)->classes) + 1 : 0;
      break;
    case OP_AS_TYPE:
      n >>= 2;
      end = il_program_names(p)->count;
      break;
    case OP_TEAR_OFF_SUPER:
      if (ext >> 32 > MEMBER_SETTER) return fail(v, pc, "no kind of member");
      end = il_program_names(p)->count;
      break;
    case OP_TEAR_OFF:
    case OP_CHECK_BOUND:
    case OP_ASSERT_TYPE:
      end = il_program_names(p)->count;
      break;
    default:
      return true;
  }
  return n < end || fail(v, pc, "a number out of range");
}

// What is the machine's, or a native's.
static bool check_place(Verifier *v, uint32_t pc) {
  Op op = il_op(v->code[pc]);
  bool is_native = op == OP_NATIVE || op == OP_NATIVE_RESUME;
  if (is_native ? (v->f->flags & CODE_IS_NATIVE) != 0 : op <= OP_UNREACHABLE)
    return true;
  return fail(v, pc, "an instruction that has no place here");
}

// A guarded instruction skips the word after it, and that of a loop has the
// length beside its index.
static bool check_guard(Verifier *v, uint32_t pc) {
  Op op = il_op(v->code[pc]);
  bool is_guard = (op >= OP_LIST_LENGTH && op <= OP_FLOATS_SET) ||
                  op == OP_STRING_UNIT;
  if (!is_guard) return true;
  if (!is_start(v, (int64_t)pc + 1) || !is_start(v, (int64_t)pc + 2))
    return fail(v, pc, "nothing to skip after a guard");
  bool is_next = op >= OP_LIST_NEXT_REF && op <= OP_LIST_NEXT_F64;
  return !is_next || check_register(v, pc, 'i', (Reg)(il_c(v->code[pc]) + 1));
}

static bool check_jump(Verifier *v, uint32_t pc, int64_t distance) {
  return is_start(v, (int64_t)pc + 1 + distance) ||
         fail(v, pc, "a jump to no instruction");
}

static bool check_switch(Verifier *v, uint32_t pc) {
  uint64_t ext = v->code[pc + 1];
  uint32_t count = (uint32_t)(ext >> 32);
  int64_t after = (int64_t)pc + 2 + count;
  for (uint32_t i = 0; i < count; i++) {
    int32_t by = (int32_t)v->code[pc + 2 + i];
    if (!is_start(v, after + by)) return fail(v, pc, "a bad switch");
  }
  return is_start(v, after) || fail(v, pc, "nothing after a switch");
}

static bool check_jumps(Verifier *v, uint32_t pc) {
  Instruction i = v->code[pc];
  Op op = il_op(i);
  if (op == OP_SWITCH_I64) return check_switch(v, pc);
  if (op < OP_JUMP || op > OP_LOOP_NE_I64_K) return true;
  switch (il_instruction_format(op)) {
    case FORMAT_I:
    case FORMAT_AI:
      return check_jump(v, pc, il_imm(i));
    default:
      return check_jump(v, pc, (int16_t)il_c(i));
  }
}

static bool find_starts(Verifier *v) {
  uint32_t pc = 0, words = v->f->code_words;
  while (pc < words) {
    Op op = il_op(v->code[pc]);
    if (op >= OP_COUNT) return fail(v, pc, "no instruction");
    v->starts[pc >> 3] |= (uint8_t)(1u << (pc & 7));
    uint32_t size = il_instruction_words(op);
    if (size > words - pc) return fail(v, pc, "a cut instruction");
    if (op == OP_SWITCH_I64) {
      uint32_t table = (uint32_t)(v->code[pc + 1] >> 32);
      if (table > words - pc - 2) return fail(v, pc, "a cut table");
      size += table;
    }
    pc += size;
  }
  return true;
}

static bool ends_well(Verifier *v, uint32_t last) {
  switch (il_op(v->code[last])) {
    case OP_RETURN:
    case OP_RETURN_INT:
    case OP_RETURN_DOUBLE:
    case OP_RETURN_BOOL:
    case OP_RETURN_NULL:
    case OP_NATIVE:
    case OP_JUMP:
    case OP_LOOP:
    case OP_THROW:
    case OP_RETHROW:
    case OP_UNREACHABLE:
    case OP_NATIVE_RESUME:
      return true;
    default:
      return fail(v, last, "the code runs off its end");
  }
}

static bool check_code(Verifier *v) {
  uint32_t last = 0;
  for (uint32_t pc = 0; pc < v->f->code_words; pc++) {
    if (!is_start(v, pc)) continue;
    last = pc;
    Instruction i = v->code[pc];
    Op op = il_op(i);
    Operands o = v->operands[op];
    if (!check_register(v, pc, o.a, il_a(i)) ||
        !check_register(v, pc, o.b, il_b(i)) ||
        !check_register(v, pc, o.c, il_c(i)) ||
        !check_register(v, pc, o.d, il_d(i)) || !check_number(v, pc) ||
        !check_extension(v, pc) || !check_place(v, pc) ||
        !check_guard(v, pc) || !check_jumps(v, pc)) {
      return false;
    }
    if (op == OP_MOVE && !check_move(v, pc)) return false;
  }
  return ends_well(v, last);
}

static bool check_handlers(Verifier *v) {
  const CodeHandler *h = IL_REL(const CodeHandler, v->f->handlers);
  for (uint32_t i = 0; i < v->f->handler_count; i++) {
    if (h[i].start > h[i].end || h[i].end > v->f->code_words ||
        !is_start(v, h[i].target)) {
      return fail(v, h[i].target, "a bad handler");
    }
    if ((h[i].exception != REG_NONE &&
         !check_register(v, h[i].target, 'v', h[i].exception)) ||
        (h[i].trace != REG_NONE &&
         !check_register(v, h[i].target, 'v', h[i].trace))) {
      return false;
    }
  }
  return true;
}

static bool check_function(Verifier *v, const Function *f) {
  v->f = f;
  v->code = IL_REL(const Instruction, f->code);
  uint32_t args = (uint32_t)f->ref_arg_count + f->raw_arg_count;
  if (f->flags & CODE_IS_ABSTRACT) return true;
  if (args > f->ref_local_start || f->ref_local_start > f->frame_words ||
      f->top_words < (uint32_t)f->frame_words + FRAME_HEADER_WORDS) {
    return fail(v, 0, "the frame's numbers disagree");
  }
  if (f->code_words == 0 || f->code == 0) return fail(v, 0, "no code");
  size_t bytes = f->code_words / 8 + 1;
  v->starts = il_memory_zalloc(bytes);
  bool ok = find_starts(v) && check_code(v) && check_handlers(v);
  il_memory_free(v->starts, bytes);
  return ok;
}

Status il_verify_segment(const Program *program, const Segment *segment,
                         VerifyFault *fault) {
  Verifier v = {.program = program, .segment = segment, .fault = fault};
  for (uint32_t op = 0; op < OP_COUNT; op++) {
    v.operands[op] = il_instruction_operands((Op)op);
  }
  uint32_t count;
  const Function *f = il_segment_section(segment, SECTION_FUNCTION, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (!check_function(&v, &f[i])) return IL_INVALID;
  }
  return IL_OK;
}

void il_verify_print(const Program *program, const VerifyFault *fault) {
  const Function *f = il_program_function(program, fault->function);
  TextBuilder text;
  il_text_builder_init(&text);
  il_disasm_function(program, f, &text);
  fprintf(stderr, "verify: %s at %u in:\n%s", fault->what, fault->pc,
          il_text_builder_string(&text));
  il_text_builder_drop(&text);
}
