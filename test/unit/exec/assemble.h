// assemble.h: small programs put together by hand, for tests of the machine.
//
// A Kit is a core segment being made: tables of names, types and classes, and
// a Builder. Functions are arrays of instructions; kit_finish makes the program
// and a machine.
#ifndef ISLE_TEST_ASSEMBLE_H
#define ISLE_TEST_ASSEMBLE_H

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "code/builder.h"
#include "code/disasm.h"
#include "code/image.h"
#include "code/verify.h"
#include "exec/machine.h"
#include "object/object.h"

typedef struct {
  NameTable names;
  TypeTable *types;
  ClassTable *classes;
  Builder *builder;
  Segment *core;
  Program *program;
  Flags flags;
  World *world;
  Pool *pool;
  Heap heap;
  Machine machine;
  NativeFn *const *natives;
} Kit;

#define I0(op) il_instruction_ai(OP_##op, 0, 0)
#define I1(op, a) il_instruction_ai(OP_##op, (a), 0)
#define II(op, a, imm) il_instruction_ai(OP_##op, (a), (imm))
#define I3(op, a, b, c) \
  il_instruction_abc(OP_##op, (Reg)(a), (Reg)(b), (Reg)(c))

static inline void kit_init(Kit *k) {
  memset(k, 0, sizeof *k);
  il_name_table_init(&k->names);
  k->types = il_type_table_new(&k->names, NULL);
  k->classes = il_class_table_new(NULL);
  il_flag_init(&k->flags);
  TypeContext context = {k->types, k->classes};
  k->builder = il_builder_new(&k->names, context, NULL);
  for (ClassId c = 1; c < CLASS_WELL_KNOWN_COUNT; c++) {
    TypeClass *t = il_class_edit(k->classes, c);
    t->id = c;
    t->this_type = il_type_interface(k->types, c, NULL, 0);
    BuilderClass code = {.head = {.superclass = c == CLASS_OBJECT
                                                     ? 0
                                                     : CLASS_OBJECT,
                                  .layout = LAYOUT_INSTANCE,
                                  .instance_words = 1,
                                  .vector = TYPE_ID_EMPTY_VECTOR,
                                  .type = t->this_type}};
    il_builder_class_set(k->builder, c, &code);
  }
}

typedef struct {
  uint16_t refs, raws;           // arguments
  uint16_t raw_locals, ref_locals;
  uint8_t result;                // Rep
  uint16_t flags;
  const char *name;
  uint32_t handler_count;
  const CodeHandler *handlers;
  uint32_t param_count;          // all required, positional
  const CodeParameter *params;
  uint16_t optional_count, named_count;
  ShapeId shape;
  uint16_t closure_refs, closure_raws;
  ClassId holder;
  uint16_t native;
  TypeId type;
} Shape;

static inline void kit_set(Kit *k, FunctionId id, Shape s,
                           const Instruction *code, uint32_t words) {
  uint16_t start = (uint16_t)(s.refs + s.raws + s.raw_locals);
  const char *name = s.name ? s.name : "f";
  BuilderFunction f = {
      .head = {.name = il_name_intern(&k->names, il_text_of(name)),
               .uri = il_name_intern(&k->names, TEXT("test.dart")),
               .flags = s.flags,
               .result_rep = s.result,
               .ref_arg_count = s.refs,
               .raw_arg_count = s.raws,
               .ref_local_start = start,
               .frame_words = (uint16_t)(start + s.ref_locals),
               .code_words = words,
               .handler_count = s.handler_count,
               .required_count = (uint16_t)s.param_count,
               .optional_count = s.optional_count,
               .named_count = s.named_count,
               .shape = s.shape,
               .closure_refs = s.closure_refs,
               .closure_raws = s.closure_raws,
               .holder = s.holder,
               .native = s.native,
               .type = s.type},
      .code = code,
      .parameters = s.params,
      .handlers = s.handlers};
  il_builder_function_set(k->builder, id, &f);
}
#define KIT_SET(k, id, shape, ...)                                      \
  do {                                                                  \
    const Instruction kit_code[] = {__VA_ARGS__};                       \
    kit_set((k), (id), shape, kit_code,                                 \
            (uint32_t)IL_COUNT_OF(kit_code));                           \
  } while (0)

static inline void no_roots(void *roots, EdgeFn *visit, void *context) {
  il_machine_each_root(roots, visit, context);
}

static inline void kit_finish(Kit *k, BuilderThunk *thunk) {
  k->core = il_builder_finish(k->builder, thunk, k, NULL, 0);
  if (!k->core) IL_FATAL("the builder failed");
  k->program = il_program_new(k->core);
  VerifyFault fault;
  if (il_verify_segment(k->program, k->core, &fault) != IL_OK) {
    il_verify_print(k->program, &fault);
    abort();
  }
  k->world = il_world_new(k->program, k->natives, &k->flags);
  k->pool = il_pool_new(0);
  il_heap_init(&k->heap, k->pool, k->program, &k->flags, no_roots,
               &k->machine);
  il_machine_init(&k->machine, k->world, &k->heap, NULL);
}

static inline void kit_drop(Kit *k) {
  il_machine_drop(&k->machine);
  il_heap_drop(&k->heap);
  il_pool_free(k->pool);
  il_world_free(k->world);
  il_program_free(k->program);
  il_segment_free(k->core);
  il_builder_free(k->builder);
  il_class_table_free(k->classes);
  il_type_table_free(k->types);
  il_name_table_drop(&k->names);
}

// Runs to an end with budgets of `budget` safepoints.
static inline MachineOutcome kit_run(Kit *k, FunctionId f,
                                     const uint64_t *args, uint32_t count,
                                     int64_t budget) {
  il_machine_call(&k->machine, f, args, count);
  MachineOutcome outcome;
  do outcome = il_machine_run(&k->machine, budget);
  while (outcome == MACHINE_PREEMPTED);
  return outcome;
}

#endif
