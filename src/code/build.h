// build.h: the inside of a Builder, for the files of this room only.
//
// Everything is kept in the Builder's arena as plain records with pointers,
// until segment.c lays it out and turns pointers into links.
//
// Owner:     the Builder.
// Threads:   one.
// Allocates: from its arena.
// Fails:     as builder.h says.
#ifndef ISLE_CODE_BUILD_H
#define ISLE_CODE_BUILD_H

#include "base/map.h"
#include "code/builder.h"
#include "code/image.h"

typedef struct {
  CodeConstant head;
  const void *data;
  uint32_t hash;
} BuildConstant;

typedef struct {
  CodeSelector head;
  const Name *names;
  const uint8_t *reps;
  uint32_t hash;
} BuildSelector;

typedef struct {
  CodeShape head;
  const Name *names;
  uint32_t hash;
} BuildShape;

// An open-addressing index of own ids by content hash.
typedef struct {
  uint32_t *slots;
  uint32_t capacity, count;
} BuildIndex;

struct Builder {
  NameTable *names;
  TypeContext types;
  const Segment *core;
  Arena arena;
  uint32_t first[SECTION_COUNT];   // own numbers begin here
  IL_VEC(BuilderFunction) functions;
  IL_VEC(BuilderClass) classes;
  IL_VEC(BuildConstant) constants;
  IL_VEC(BuildSelector) selectors;
  IL_VEC(BuildShape) shapes;
  IL_VEC(CodeStatic) statics;
  BuildIndex constant_index, selector_index, shape_index;
  // Made by dispatch.c.
  IL_VEC(CodeRow) rows;
  IL_VEC(FunctionId) dispatch;
  IL_VEC(SelectorId) order;        // own selectors by name and kind
  FunctionId core_functions[CORE_FUNCTION_COUNT];
  FunctionId main;
  Operands operands[OP_COUNT];
  const char *error;
};

// ---- builder.c
void il_build_fail(Builder *b, const char *error);
const ClassCode *il_build_class(const Builder *b, ClassId id);
// A class's own members.
const CodeMember *il_build_members(const Builder *b, ClassId id,
                                   uint32_t *count);
const CodeSelector *il_build_selector(const Builder *b, SelectorId id,
                                      const Name **names,
                                      const uint8_t **reps);
// ---- dispatch.c: fills rows and dispatch.
void il_dispatch_build(Builder *b, BuilderThunk *thunk, void *context);
// ---- segment.c
Segment *il_segment_build(Builder *b, const void *outline,
                          size_t outline_size);

#endif
