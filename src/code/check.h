// check.h: is a segment from a file one that may be looked at?
//
// verify.h checks what functions do, and trusts the segment's own tables for
// that; this checks those tables: every link stays inside the segment's data,
// every number is one of a thing that exists, constants are made of earlier
// ones. It is done before the segment is added to a program. What the tables
// mean, say which fields of a class are references, is trusted (DESIGN, 9).
//
// Owner:     nothing is kept.
// Threads:   any.
// Allocates: nothing.
// Fails:     by saying false.
#ifndef ISLE_CODE_CHECK_H
#define ISLE_CODE_CHECK_H

#include "code/image.h"

// `segment` has been opened; `program` has the core's segment, and the names,
// types and classes of the one that will be.
bool il_check_segment(const Program *program, const Segment *segment);

#endif
