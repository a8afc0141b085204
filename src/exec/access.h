// access.h: words of objects that the machine touches itself.
//
// Owner:     nothing is kept.
// Threads:   the isolate's worker.
// Allocates: nothing.
// Fails:     the guarded ones say false.
#ifndef ISLE_EXEC_ACCESS_H
#define ISLE_EXEC_ACCESS_H

#include "exec/world.h"

// Indices into Object.words.
enum {
  INSTANCE_VECTOR = 0,
  ARRAY_LENGTH = 0,
  ARRAY_ITEMS = 1,
  LIST_LENGTH = 1,
  LIST_ITEMS = 2,
  GROWABLE_LENGTH = 1,
  GROWABLE_STORAGE = 2,
  CLOSURE_FUNCTION = CLOSURE_FUNCTION_WORD,
  CLOSURE_VECTORS = CLOSURE_VECTORS_WORD,
  CLOSURE_INSTANTIATION = CLOSURE_INSTANTIATION_WORD,
  CLOSURE_CAPTURES = CLOSURE_FIRST_SLOT_WORD,
  RECORD_SHAPE = 0,
  RECORD_FIELDS = RECORD_FIRST_WORD,
  STRING_LENGTH_WORD = 0,
};

static inline TypeId il_closure_class_vector(const Object *closure) {
  return (TypeId)closure->words[CLOSURE_VECTORS];
}
static inline TypeId il_closure_function_vector(const Object *closure) {
  return (TypeId)(closure->words[CLOSURE_VECTORS] >> 32);
}
static inline TypeId il_closure_instantiation(const Object *closure) {
  return (TypeId)closure->words[CLOSURE_INSTANTIATION];
}
// By the numbers of CLOSURE_SET_VECTOR.
static inline TypeId il_closure_vector(const Object *closure, uint32_t which) {
  return which == 0   ? il_closure_class_vector(closure)
         : which == 1 ? il_closure_function_vector(closure)
                      : il_closure_instantiation(closure);
}
static inline void il_closure_set_vector(Object *closure, uint32_t which,
                                         TypeId vector) {
  uint64_t *w = &closure->words[CLOSURE_VECTORS];
  if (which == 0) *w = (*w & ~UINT64_C(0xffffffff)) | vector;
  else if (which == 1) *w = (uint32_t)*w | (uint64_t)vector << 32;
  else closure->words[CLOSURE_INSTANTIATION] = vector;
}
static inline FunctionId il_closure_function(const Object *closure) {
  return (FunctionId)closure->words[CLOSURE_FUNCTION];
}

// The closure of an instance method: its function is the method itself, and the
// receiver is its one captured reference.
static inline bool il_closure_is_tear_off(const Function *f) {
  return (f->flags & (CODE_IS_CLOSURE | CODE_IS_STATIC)) == 0;
}

#endif
