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
  CLOSURE_FUNCTION = 0,
  CLOSURE_VECTORS = 1,
  CLOSURE_CAPTURES = CLOSURE_CAPTURE_WORD - 1,
  RECORD_SHAPE = 0,
  RECORD_FIELDS = RECORD_FIELD_WORD - 1,
  STRING_LENGTH_WORD = 0,
};

static inline TypeId il_closure_class_vector(const Object *closure) {
  return (TypeId)closure->words[CLOSURE_VECTORS];
}
static inline TypeId il_closure_function_vector(const Object *closure) {
  return (TypeId)(closure->words[CLOSURE_VECTORS] >> 32);
}

#endif
