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

// The kinds of things in a segment: instruction.def's, native.def's and this
// list's form together make the version.
#define IL_SECTION_LIST(SECTION)                                     \
  SECTION(FUNCTION, Function, "by number")                           \
  SECTION(CLASS, ClassCode, "by number")                             \
  SECTION(CONSTANT, CodeConstant, "by number")                       \
  SECTION(SELECTOR, CodeSelector, "by number")                       \
  SECTION(SHAPE, CodeShape, "by number")                             \
  SECTION(STATIC, CodeStatic, "by number")                           \
  SECTION(ROW, CodeRow, "by selector")                               \
  SECTION(DISPATCH, FunctionId, "the displaced rows")                \
  SECTION(CONSTANT_INDEX, uint32_t, "hash table of constants")       \
  SECTION(SELECTOR_INDEX, uint32_t, "hash table by content")         \
  SECTION(SHAPE_INDEX, uint32_t, "hash table by content")            \
  SECTION(SELECTOR_ORDER, SelectorId, "sorted by name and kind")     \
  SECTION(NAME, uint32_t, "ends of the names in NAME_BYTES")         \
  SECTION(NAME_BYTES, char, "the texts")                             \
  SECTION(NAME_INDEX, uint32_t, "the NameTable's index")             \
  SECTION(TYPES, uint8_t, "il_type_table_write's")                   \
  SECTION(TYPE_CLASSES, uint8_t, "il_class_table_write's")           \
  SECTION(DATA, uint8_t, "code, parameters, lines, bytes")           \
  SECTION(OUTLINE, uint8_t, "the front end's")

typedef enum {
#define SECTION(name, type, what) SECTION_##name,
  IL_SECTION_LIST(SECTION)
#undef SECTION
  SECTION_COUNT
} Section;

#define SEGMENT_MAGIC "isle\r\n\x1a\n"

// The first bytes of a segment. Sections are 8-aligned and in order.
typedef struct {
  char magic[8];
  uint64_t version;
  uint64_t size;
  struct {
    uint64_t offset;     // from the start of the segment
    uint32_t first;      // number of the first: those below are the core's
    uint32_t count;
  } sections[SECTION_COUNT];
  FunctionId core_functions[CORE_FUNCTION_COUNT];
  FunctionId main;
  uint32_t unused;
  uint64_t hash;         // of the core's contents: what snapshots stand on
} SegmentHead;

struct Segment {
  const SegmentHead *head;
  bool owns;             // head is memory of ours
};

uint64_t il_segment_version(void);
// A section's array; *count may be NULL.
const void *il_segment_section(const Segment *s, Section section,
                               uint32_t *count);
// How many numbers there are, those below included: the next free one.
uint32_t il_segment_end(const Segment *s, Section section);
// A name table that borrows the segment's texts.
void il_segment_names_init(const Segment *core, NameTable *names);

#endif
