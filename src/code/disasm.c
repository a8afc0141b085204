// disasm.c: functions as text, by the formats of instruction.def.
#include "code/disasm.h"

#include "code/image.h"

static void append_name(const Program *p, Name name, TextBuilder *out) {
  Text text = il_name_public_text(il_program_names(p), name);
  il_text_append_format(out, "%.*s", TEXT_ARG(text));
}

static void append_function_name(const Program *p, FunctionId id,
                                 TextBuilder *out) {
  if (id == 0 || id >= il_program_function_count(p)) {
    il_text_append_format(out, "?%u", id);
    return;
  }
  const Function *f = il_program_function(p, id);
  append_name(p, f->name, out);
  il_text_append_format(out, "#%u", id);
}

static void append_constant(const Program *p, ConstantId id,
                            TextBuilder *out) {
  const CodeConstant *c = il_program_constant(p, id);
  double d;
  switch ((CodeConstantKind)c->kind) {
    case CODE_CONSTANT_NULL:
      il_text_append_string(out, "null");
      break;
    case CODE_CONSTANT_BOOL:
      il_text_append_string(out, c->bits ? "true" : "false");
      break;
    case CODE_CONSTANT_INT:
      il_text_append_format(out, "%lld", (long long)c->bits);
      break;
    case CODE_CONSTANT_DOUBLE:
      memcpy(&d, &c->bits, sizeof d);
      il_text_append_format(out, "%.17g", d);
      break;
    case CODE_CONSTANT_STRING:
      il_text_append_format(out, "\"%.*s\"", (int)c->count,
                            IL_REL(const char, c->data));
      break;
    case CODE_CONSTANT_SYMBOL:
      il_text_append_char(out, '#');
      append_name(p, (Name)c->bits, out);
      break;
    case CODE_CONSTANT_FUNCTION:
      append_function_name(p, (FunctionId)c->bits, out);
      break;
    default:
      il_text_append_format(out, "constant %u of %u items", id, c->count);
      break;
  }
}

static void append_type(const Program *p, TypeId t, TextBuilder *out) {
  il_class_print_type(il_program_types(p), il_program_names(p), t, out);
}

// What the number in an instruction means, after a semicolon.
static void append_comment(const Program *p, Op op, Instruction i,
                           uint64_t ext, TextBuilder *out) {
  uint32_t n = (uint32_t)il_imm(i);
  switch (op) {
    case OP_LOAD_CONST:
      il_text_append_string(out, "  ; ");
      append_constant(p, n, out);
      break;
    case OP_CALL:
    case OP_NEW_CLOSURE:
      il_text_append_string(out, "  ; ");
      append_function_name(p, n, out);
      break;
    case OP_CALL_SELECTOR:
    case OP_CALL_SUPER:
      il_text_append_string(out, "  ; ");
      append_name(p, il_program_selector(p, n)->name, out);
      break;
    case OP_CALL_DYNAMIC:
    case OP_CALL_CLOSURE:
      il_text_append_format(out, "  ; %u arguments",
                            il_program_shape(p, n)->positional_count);
      if (op == OP_CALL_DYNAMIC) {
        il_text_append_string(out, " to ");
        append_name(p, il_program_shape(p, n)->name, out);
      }
      break;
    case OP_NEW:
      il_text_append_string(out, "  ; ");
      append_name(p, il_program_class(p, n)->name, out);
      break;
    case OP_GET_STATIC:
    case OP_GET_STATIC_LAZY:
    case OP_HAS_STATIC:
    case OP_SET_STATIC_RAW:
    case OP_SET_STATIC_REF:
      il_text_append_string(out, "  ; ");
      append_name(p, il_program_static(p, n)->name, out);
      break;
    case OP_INSTANTIATE:
      il_text_append_string(out, "  ; ");
      append_type(p, (TypeId)ext, out);
      break;
    default:
      break;
  }
}

static void append_register(char kind, Reg r, TextBuilder *out) {
  if (r == REG_NONE) il_text_append_string(out, " -");
  else if (kind) il_text_append_format(out, " %c%u", kind, r);
  else il_text_append_format(out, " %u", r);
}

static void append_switch(const Instruction *code, uint32_t pc,
                          TextBuilder *out) {
  uint32_t count = (uint32_t)(code[pc + 1] >> 32);
  for (uint32_t k = 0; k < count; k++) {
    il_text_append_format(out, "\n        case %lld -> %u",
                          (long long)(int32_t)code[pc + 1] + k,
                          pc + 2 + count +
                              (uint32_t)(int32_t)code[pc + 2 + k]);
  }
}

uint32_t il_disasm_instruction(const Program *p, const Function *f,
                               uint32_t pc, TextBuilder *out) {
  const Instruction *code = IL_REL(const Instruction, f->code);
  Instruction i = code[pc];
  Op op = il_op(i);
  il_text_append_format(out, "%5u  ", pc);
  if (op >= OP_COUNT) {
    il_text_append_format(out, "?%llx", (unsigned long long)i);
    return pc + 1;
  }
  Operands o = il_instruction_operands(op);
  Format format = il_instruction_format(op);
  uint32_t next = pc + il_instruction_words(op);
  uint64_t ext = next == pc + 2 && next <= f->code_words ? code[pc + 1] : 0;
  il_text_append_format(out, "%-18s", il_instruction_name(op));
  if (format != FORMAT_N && format != FORMAT_I) {
    append_register(o.a, il_a(i), out);
  }
  switch (format) {
    case FORMAT_I:
    case FORMAT_AI:
      if (op >= OP_JUMP && op <= OP_LOOP_NE_I64_K) {
        il_text_append_format(out, " -> %lld", (long long)pc + 1 + il_imm(i));
      } else {
        il_text_append_format(out, " %d", il_imm(i));
      }
      break;
    case FORMAT_AB:
    case FORMAT_ABX:
      append_register(o.b, il_b(i), out);
      break;
    case FORMAT_ABC:
    case FORMAT_ABCX:
      append_register(o.b, il_b(i), out);
      append_register(o.c, il_c(i), out);
      break;
    case FORMAT_ABCD:
      append_register(o.b, il_b(i), out);
      append_register(o.c, il_c(i), out);
      append_register(o.d, il_d(i), out);
      break;
    case FORMAT_ABS:
      append_register(o.b, il_b(i), out);
      il_text_append_format(out, " %d", (int16_t)il_c(i));
      break;
    case FORMAT_ABJ:
      append_register(o.b, il_b(i), out);
      il_text_append_format(out, " -> %lld",
                            (long long)pc + 1 + (int16_t)il_c(i));
      break;
    case FORMAT_AKJ:
      il_text_append_format(out, " %d -> %lld", (int16_t)il_b(i),
                            (long long)pc + 1 + (int16_t)il_c(i));
      break;
    default:
      break;
  }
  if (next == pc + 2) {
    il_text_append_format(out, " [%llx]", (unsigned long long)ext);
  }
  append_comment(p, op, i, ext, out);
  if (op == OP_SWITCH_I64) {
    append_switch(code, pc, out);
    next += (uint32_t)(ext >> 32);
  }
  return next;
}

void il_disasm_function(const Program *p, const Function *f,
                        TextBuilder *out) {
  append_function_name(p, f->id, out);
  il_text_append_format(
      out, ": args %u ref %u raw; locals raw %u..%u ref %u..%u; top %u\n",
      f->ref_arg_count, f->raw_arg_count, f->ref_arg_count + f->raw_arg_count,
      f->ref_local_start, f->ref_local_start, f->frame_words, f->top_words);
  for (uint32_t pc = 0; f->code && pc < f->code_words;) {
    pc = il_disasm_instruction(p, f, pc, out);
    il_text_append_char(out, '\n');
  }
  const CodeHandler *h = IL_REL(const CodeHandler, f->handlers);
  for (uint32_t i = 0; i < f->handler_count; i++) {
    il_text_append_format(out, "  handler %u..%u -> %u: v%u v%u\n", h[i].start,
                          h[i].end, h[i].target, h[i].exception, h[i].trace);
  }
}

void il_disasm_program(const Program *p, bool core, TextBuilder *out) {
  uint32_t first = core ? 1 : il_segment_end(il_program_core(p),
                                             SECTION_FUNCTION);
  for (FunctionId f = first; f < il_program_function_count(p); f++) {
    il_disasm_function(p, il_program_function(p, f), out);
    il_text_append_char(out, '\n');
  }
}
