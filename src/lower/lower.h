// lower.h: from the closed typed tree to a segment.
//
// Lowering numbers functions, classes and statics, lays out instances, turns
// every body into bytecode (one file per family of nodes, see lowering.h) and
// hands all to code/builder.h. The program given has no errors; what lowering
// itself refuses (an external member without a native, a function too large
// for the format) is reported as a compile-time error all the same.
//
// Owner:     the caller owns the segment.
// Threads:   one.
// Allocates: from an arena of its own, and the builder.
// Fails:     NULL after diagnostics in sema->diagnostics.
#ifndef ISLE_LOWER_LOWER_H
#define ISLE_LOWER_LOWER_H

#include "code/builder.h"
#include "code/image.h"
#include "sema/typed.h"

// Makes the front end's section once all numbers are known (code_index of
// elements is set): borrowed until il_lower_program returns. Used when the
// core is made.
typedef Text LowerOutline(void *context, Sema *sema);

// `core` NULL: makes the core segment itself. `outline` may be NULL: none.
Segment *il_lower_program(Sema *sema, const Segment *core,
                          LowerOutline *outline, void *context);

#endif
