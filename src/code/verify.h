// verify.h: is a segment what the machine may trust?
//
// Checked for every function: the frame's numbers agree; every instruction is
// one, lies inside the code and names registers of the kind that it wants (raw
// registers and references are ranges of the frame, so the kind of a register
// is its number's); jumps and handlers land on instructions; numbers of
// functions, constants, classes, selectors, shapes, statics exist; the outgoing
// area is only written where the next call reads. Whether a reference is of the
// right class is not checked: segments are trusted that far (DESIGN, 9).
//
// Owner:     nothing is kept.
// Threads:   any.
// Allocates: a bitmap, freed before it returns.
// Fails:     IL_INVALID, with the place in *fault.
#ifndef ISLE_CODE_VERIFY_H
#define ISLE_CODE_VERIFY_H

#include "code/program.h"

typedef struct {
  FunctionId function;
  uint32_t pc;
  const char *what;
} VerifyFault;

Status il_verify_segment(const Program *program, const Segment *segment,
                         VerifyFault *fault);
// One line on stderr, and the function's instructions around the place.
void il_verify_print(const Program *program, const VerifyFault *fault);

#endif
