// instruction.c: facts about instructions, from instruction.def.
#include "code/instruction.h"

static const uint8_t formats[OP_COUNT] = {
#define OP(name, format, effect) FORMAT_##format,
#include "code/instruction.def"
#undef OP
};

static const char *const names[OP_COUNT] = {
#define OP(name, format, effect) #name,
#include "code/instruction.def"
#undef OP
};

static const char *const effects[OP_COUNT] = {
#define OP(name, format, effect) effect,
#include "code/instruction.def"
#undef OP
};

Operands il_instruction_operands(Op op) {
  Operands o = {0};
  const char *text = effects[op];
  for (const char *p = text; p[0] && p[1] && p[2]; p++) {
    if (p[1] != '[' || p[2] < 'a' || p[2] > 'd' || p[3] != ']') continue;
    if (!strchr("idbvtw", p[0])) continue;
    char *kind = p[2] == 'a'   ? &o.a
                 : p[2] == 'b' ? &o.b
                 : p[2] == 'c' ? &o.c
                               : &o.d;
    if (*kind == 0) *kind = p[0];
  }
  o.writes_a = o.a != 0 && strncmp(text + 1, "[a] =", 5) == 0;
  // The value arrives when the frame is resumed or called back.
  if (op == OP_AWAIT) o.writes_a = true;
  return o;
}

Format il_instruction_format(Op op) {
  IL_ASSERT(op < OP_COUNT);
  return (Format)formats[op];
}

const char *il_instruction_name(Op op) {
  IL_ASSERT(op < OP_COUNT);
  return names[op];
}

uint32_t il_instruction_words(Op op) {
  switch (il_instruction_format(op)) {
    case FORMAT_AX:
    case FORMAT_ABX:
    case FORMAT_ABCX:
      return 2;
    default:
      return 1;
  }
}
