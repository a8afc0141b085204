// disasm.h: functions as text, for `isle disasm`, tests and debugging.
//
// Owner:     the caller's builder gets the text.
// Threads:   any.
// Allocates: the text.
// Fails:     never.
#ifndef ISLE_CODE_DISASM_H
#define ISLE_CODE_DISASM_H

#include "code/program.h"

// The whole function: a header line, its instructions, its handlers.
void il_disasm_function(const Program *p, const Function *f, TextBuilder *out);
// The instruction at pc, without a line feed; returns the pc of the next.
uint32_t il_disasm_instruction(const Program *p, const Function *f,
                               uint32_t pc, TextBuilder *out);
// All functions of the user's segment; with `core` also the core's.
void il_disasm_program(const Program *p, bool core, TextBuilder *out);

#endif
