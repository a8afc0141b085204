// instruction.h: the form of an instruction.
//
//    63      48 47      32 31      16 15    8 7      0
//   +----------+----------+----------+-------+--------+
//   |    c     |    b     |    a     | 0, d  |   op   |
//   +----------+----------+----------+-------+--------+
//   |     imm (32, signed)|    a     |   0   |   op   |
//   +---------------------+----------+-------+--------+
//
// Formats with X are followed by one extension word of 64 raw bits.
// instruction.def is the one table: the enumeration, the interpreter's labels,
// the disassembler, the verifier and docs/bytecode.md are made from it.
//
// Owner:     plain words in a segment; immutable once a program is closed.
// Threads:   any reads.
// Allocates: nothing.
// Fails:     never.
#ifndef ISLE_CODE_INSTRUCTION_H
#define ISLE_CODE_INSTRUCTION_H

#include "base/common.h"

typedef uint64_t Instruction;
typedef uint16_t Reg;
#define REG_NONE 0xffff

typedef enum {
  FORMAT_N,     // no operands
  FORMAT_A,
  FORMAT_I,     // imm
  FORMAT_AI,    // a, imm
  FORMAT_AB,
  FORMAT_ABC,
  FORMAT_ABCD,  // d has eight bits
  FORMAT_ABS,   // c is a signed immediate
  FORMAT_ABJ,   // c is a signed jump
  FORMAT_AKJ,   // b is a signed immediate, c a signed jump
  FORMAT_AX,    // with extension word
  FORMAT_ABX,
  FORMAT_ABCX,
} Format;

typedef enum {
#define OP(name, format, effect) OP_##name,
#include "code/instruction.def"
#undef OP
  OP_COUNT
} Op;

static inline Op il_op(Instruction i) { return (Op)(uint8_t)i; }
static inline Reg il_a(Instruction i) { return (Reg)(i >> 16); }
static inline Reg il_b(Instruction i) { return (Reg)(i >> 32); }
static inline Reg il_c(Instruction i) { return (Reg)(i >> 48); }
static inline Reg il_d(Instruction i) { return (uint8_t)(i >> 8); }
static inline int32_t il_imm(Instruction i) { return (int32_t)(i >> 32); }

static inline Instruction il_instruction_abc(Op op, Reg a, Reg b, Reg c) {
  return (uint64_t)op | (uint64_t)a << 16 | (uint64_t)b << 32 |
         (uint64_t)c << 48;
}
static inline Instruction il_instruction_ai(Op op, Reg a, int32_t imm) {
  return (uint64_t)op | (uint64_t)a << 16 | (uint64_t)(uint32_t)imm << 32;
}

// What the register operands hold, by the letters of instruction.def: 'i' 'd'
// 'b' 't' raw, 'v' reference, 'w' either, 0 = no register. Read from the text
// of the effect, which therefore mentions every register operand as x[a].
typedef struct {
  char a, b, c, d;
  bool writes_a;          // the effect begins with x[a] =
} Operands;

Operands il_instruction_operands(Op op);
Format il_instruction_format(Op op);
const char *il_instruction_name(Op op);
// 1, or 2 with the extension word (SWITCH_I64's table is extra).
uint32_t il_instruction_words(Op op);

#endif
