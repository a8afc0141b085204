// line.h: where the words of a function come from.
//
// A table of places, by program counter: from each on, up to the next, the code
// is of that line and column. In a function the table is bytes, three numbers a
// place: words since the last place, lines since it (signed, as 2n or -2n-1),
// the column; each as LEB128. That is a quarter of what plain numbers take.
//
// Owner:     encoded bytes belong to the arena they are made in.
// Threads:   reading from any.
// Allocates: the arena.
// Fails:     never; a place past the end of the bytes is not there.
#ifndef IL_CODE_LINE_H
#define IL_CODE_LINE_H

#include "base/arena.h"
#include "code/program.h"

typedef struct {
  uint32_t pc, line, column;
} CodeLine;

// Encodes `count` places, by pc; *size gets the number of bytes.
const uint8_t *il_line_encode(Arena *arena, const CodeLine *places,
                              uint32_t count, uint32_t *size);

// The place of a program counter; false when the function does not say.
bool il_line_find(const Function *f, uint32_t pc, CodeLine *place);

#endif
