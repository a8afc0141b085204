// builder.h: how lowering makes a segment.
//
// A Builder stands on the core segment (or on nothing, when the core itself is
// made), hands out global numbers that follow it, takes finished functions,
// classes, constants, selectors and statics, and at the end lays all out as one
// Segment: dispatch rows, tables, code, outlines.
//
// Owner:     the caller; il_builder_finish gives the segment away.
// Threads:   one.
// Allocates: memory.
// Fails:     never, but for limits of the format, which il_builder_error names.
#ifndef ISLE_CODE_BUILDER_H
#define ISLE_CODE_BUILDER_H

#include "base/vec.h"
#include "code/program.h"

typedef struct Builder Builder;

Builder *il_builder_new(NameTable *names, TypeContext types,
                        const Segment *core);
void il_builder_free(Builder *b);
// What limit of the format was passed; NULL when none.
const char *il_builder_error(const Builder *b);

// ---- numbers first, contents later
FunctionId il_builder_function_new(Builder *b);
StaticId il_builder_static_new(Builder *b, const CodeStatic *s);
// An own static again, when its initialiser is known.  Until the next is made.
CodeStatic *il_builder_static_edit(Builder *b, StaticId id);

// A finished function: like Function with arrays in place of links. Arrays
// are copied.
typedef struct {
  Function head;                    // Rel fields ignored
  const CodeParameter *parameters;
  const TypeId *type_bounds;
  const Instruction *code;
  const CodeHandler *handlers;
  const uint8_t *lines;
} BuilderFunction;
void il_builder_function_set(Builder *b, FunctionId id,
                             const BuilderFunction *f);

// Classes: numbers are sema's ClassIds.  Members: own ones only; the builder
// inherits.  `override_of`: dispatch is by name and kind.
typedef struct {
  ClassCode head;
  const uint64_t *ref_map;
  const CodeMember *members;
  uint32_t member_count;
  const Name *field_names;
} BuilderClass;
void il_builder_class_set(Builder *b, ClassId id, const BuilderClass *c);

// Interned: equal ones have one number, also with those of the core.
ConstantId il_builder_constant(Builder *b, uint8_t kind, TypeId type,
                               uint64_t bits, const void *data, uint32_t count);
SelectorId il_builder_selector(Builder *b, Name name, MemberKind kind,
                               uint16_t type_args, uint16_t positional,
                               uint16_t named, const Name *names,
                               const uint8_t *reps, uint8_t result_rep);
ShapeId il_builder_shape(Builder *b, Name name, uint8_t dynamic_kind,
                         uint16_t type_args, uint16_t positional,
                         uint16_t named, const Name *names);
void il_builder_core_function(Builder *b, CoreFunction f, FunctionId id);
void il_builder_main(Builder *b, FunctionId id);

// Called for each (selector, class) whose inherited function does not have the
// selector's shape: lower/thunk.c makes the thunk and returns its number.
typedef FunctionId BuilderThunk(void *context, SelectorId selector,
                                FunctionId target);
// Makes all dispatch rows (closing the program), then the block. `outline` is
// the front end's section (may be empty), copied.
Segment *il_builder_finish(Builder *b, BuilderThunk *thunk, void *context,
                           const void *outline, size_t outline_size);
// A function known so far, of the core too: lower asks for its signature.
const Function *il_builder_function_get(const Builder *b, FunctionId id);
const CodeParameter *il_builder_parameters_get(const Builder *b, FunctionId id);
// Its code, handlers and lines, borrowed: for copies of a mixin's function.
void il_builder_body_get(const Builder *b, FunctionId id, BuilderFunction *out);
// A class known so far, of the core too; NULL when not set yet.
const ClassCode *il_builder_class_get(const Builder *b, ClassId id);
// A selector, of the core too.
typedef struct {
  CodeSelector head;               // Rel fields ignored
  const Name *names;
  const uint8_t *reps;
} BuilderSelector;
void il_builder_selector_get(const Builder *b, SelectorId id,
                             BuilderSelector *out);

#endif
