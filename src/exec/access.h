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
  BYTES_LENGTH = 0,
  // Fields of dart:typed_data's _TypedList.
  TYPED_BYTES = 1,
  TYPED_OFFSET = 2,
  TYPED_LENGTH = 3,
  TYPED_READ_ONLY = 4,
  // Field of dart:core's Error, after the word for a vector.
  ERROR_TRACE = 1,
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

// Items of typed lists. False when the list is another or the index is out of
// range.
static inline uint8_t *il_typed_item(const Object *list, uint64_t index,
                                     uint32_t item_bytes) {
  return (uint8_t *)(il_value_object(list->words[TYPED_BYTES])->words + 1) +
         list->words[TYPED_OFFSET] + index * item_bytes;
}

#define IL_INTEGER_KINDS(KIND) \
  KIND(INT8_LIST, int8_t)      \
  KIND(INT16_LIST, int16_t)    \
  KIND(UINT16_LIST, uint16_t)  \
  KIND(INT32_LIST, int32_t)    \
  KIND(UINT32_LIST, uint32_t)  \
  KIND(INT64_LIST, int64_t)    \
  KIND(UINT64_LIST, uint64_t)

static inline bool il_typed_get_int(const Object *o, uint64_t index,
                                    uint64_t *out) {
  ClassId c = il_object_class(o);
  if (c < CLASS_INT8_LIST || c > CLASS_UINT64_LIST ||
      index >= o->words[TYPED_LENGTH]) {
    return false;
  }
  if (IL_LIKELY(c == CLASS_UINT8_LIST)) {
    *out = *il_typed_item(o, index, 1);
    return true;
  }
  switch (c) {
#define KIND(id, type)                                             \
  case CLASS_##id: {                                               \
    type item;                                                     \
    memcpy(&item, il_typed_item(o, index, sizeof item), sizeof item); \
    *out = (uint64_t)(int64_t)item;                                \
    return true;                                                   \
  }
    IL_INTEGER_KINDS(KIND)
#undef KIND
    default:   // clamped
      *out = *il_typed_item(o, index, 1);
      return true;
  }
}

static inline bool il_typed_set_int(const Object *o, uint64_t index,
                                    uint64_t value) {
  ClassId c = il_object_class(o);
  if (c < CLASS_INT8_LIST || c > CLASS_UINT64_LIST ||
      index >= o->words[TYPED_LENGTH] || o->words[TYPED_READ_ONLY]) {
    return false;
  }
  if (IL_LIKELY(c == CLASS_UINT8_LIST)) {
    *il_typed_item(o, index, 1) = (uint8_t)value;
    return true;
  }
  switch (c) {
#define KIND(id, type)                                             \
  case CLASS_##id: {                                               \
    type item = (type)value;                                       \
    memcpy(il_typed_item(o, index, sizeof item), &item, sizeof item); \
    return true;                                                   \
  }
    IL_INTEGER_KINDS(KIND)
#undef KIND
    default: {
      int64_t v = (int64_t)value;
      *il_typed_item(o, index, 1) = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
      return true;
    }
  }
}

static inline bool il_typed_get_double(const Object *o, uint64_t index,
                                       uint64_t *out) {
  ClassId c = il_object_class(o);
  if ((c != CLASS_FLOAT64_LIST && c != CLASS_FLOAT32_LIST) ||
      index >= o->words[TYPED_LENGTH]) {
    return false;
  }
  if (IL_LIKELY(c == CLASS_FLOAT64_LIST)) {
    memcpy(out, il_typed_item(o, index, 8), 8);
    return true;
  }
  float f;
  memcpy(&f, il_typed_item(o, index, 4), 4);
  double d = (double)f;
  memcpy(out, &d, 8);
  return true;
}

static inline bool il_typed_set_double(const Object *o, uint64_t index,
                                       uint64_t bits) {
  ClassId c = il_object_class(o);
  if ((c != CLASS_FLOAT64_LIST && c != CLASS_FLOAT32_LIST) ||
      index >= o->words[TYPED_LENGTH] || o->words[TYPED_READ_ONLY]) {
    return false;
  }
  if (IL_LIKELY(c == CLASS_FLOAT64_LIST)) {
    memcpy(il_typed_item(o, index, 8), &bits, 8);
    return true;
  }
  double d;
  memcpy(&d, &bits, 8);
  float f = (float)d;
  memcpy(il_typed_item(o, index, 4), &f, 4);
  return true;
}

// The closure of an instance method: its function is the method itself, and the
// receiver is its one captured reference.
static inline bool il_closure_is_tear_off(const Function *f) {
  return (f->flags & (CODE_IS_CLOSURE | CODE_IS_STATIC)) == 0;
}

#endif
