// image.h: a segment as bytes: the core image and snapshots.
//
// Owner:     a Segment made from borrowed bytes does not own them.
// Threads:   immutable.
// Allocates: the Segment struct.
// Fails:     IL_INVALID for bytes that are no segment of this version; full
//            verification is verify.h's.
#ifndef ISLE_CODE_IMAGE_H
#define ISLE_CODE_IMAGE_H

#include "code/program.h"

// Borrows bytes (8-aligned), which must outlive the segment.
Status il_segment_open(const void *bytes, size_t size, Segment **segment);
void il_segment_free(Segment *segment);
const void *il_segment_bytes(const Segment *segment, size_t *size);
// The front end's section.
const void *il_segment_outline(const Segment *segment, size_t *size);
// Tables over the segment's own, for compiling a program over it.
NameTable *il_segment_names_new(const Segment *core);
TypeTable *il_segment_types_new(const Segment *core, NameTable *names);
ClassTable *il_segment_classes_new(const Segment *core);

#endif
