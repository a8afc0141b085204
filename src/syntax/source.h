// source.h: the text of one file and its lines.
//
// Everything in the front end names a place by byte offsets into a Source.
// Lines and columns are made only when a diagnostic or a stack trace is
// printed; the table of line starts is made once, when the source is.
//
// Owner:     the Source borrows its path and text; the line table belongs to
//            the arena. All three live as long as the trees that point here.
// Threads:   immutable after il_source_init; any thread may read.
// Allocates: the line table, from the arena.
// Fails:     never. Text past 4 GiB is refused by the loader.

#ifndef IL_SYNTAX_SOURCE_H
#define IL_SYNTAX_SOURCE_H

#include "base/arena.h"
#include "base/common.h"
#include "base/text.h"

typedef struct Source {
  Text path;              // as shown to people
  Text text;              // UTF-8, perhaps with a byte order mark
  uint32_t *line_starts;  // offset of the first byte of each line
  uint32_t line_count;    // at least 1
} Source;

typedef struct SourcePosition {
  uint32_t line;    // from 1
  uint32_t column;  // from 1, in UTF-16 units as Dart counts
} SourcePosition;

// Lines end with LF, CR LF or CR.
void il_source_init(Source *source, Arena *arena, Text path, Text text);

// The line and column of an offset (at most the length of the text).
SourcePosition il_source_position(const Source *source, uint32_t offset);

// The text of a line, from 1, without its end.
Text il_source_line(const Source *source, uint32_t line);

#endif
