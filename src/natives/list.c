// list.c: the storage of lists: _Array, _RawArray, the fixed-length lists.

#include "exec/machine.h"
#include "natives/argument.h"

static NativeOutcome out_of_memory(NativeCall *call) {
  return il_throw_core_error(call, CORE_OUT_OF_MEMORY_ERROR, NULL, 0);
}

#define MAX_ITEMS (UINT64_C(1) << 40)

static bool is_bad_length(uint64_t length) { return length > MAX_ITEMS; }

// ------------------------------------------------------------------ _Array

NATIVE(core__Array_new) {
  uint64_t length = (uint64_t)ARG_INT(0);
  if (is_bad_length(length)) return out_of_memory(call);
  size_t size = sizeof(Array) + length * 8;
  Array *a = il_heap_allocate(call->heap, size);
  if (!a) return NEED(size);
  a->header = il_header(CLASS_ARRAY, 0);
  a->length = length;
  for (uint64_t i = 0; i < length; i++) a->items[i] = VALUE_NULL;
  RETURN_VALUE(il_value_of(a));
}

NATIVE(core__Array_length) { RETURN_VALUE(ARG(Array, 0)->length); }

NATIVE(core__Array_at) {
  const Array *a = ARG(Array, 0);
  uint64_t i = (uint64_t)ARG_INT(1);
  if (i >= a->length)
    return il_throw_range_error(call, (int64_t)i, (int64_t)a->length);
  RETURN_VALUE(a->items[i]);
}

NATIVE(core__Array_at_put) {
  Array *a = ARG(Array, 0);
  uint64_t i = (uint64_t)ARG_INT(2);
  if (i >= a->length)
    return il_throw_range_error(call, (int64_t)i, (int64_t)a->length);
  il_heap_store(call->heap, ARG(Object, 0), &a->items[i], call->args[1]);
  RETURN_VALUE(VALUE_NULL);
}

NATIVE(core__Array_copy) {
  const Array *from = ARG(Array, 0);
  Array *to = ARG(Array, 1);
  uint64_t start = (uint64_t)ARG_INT(2), at = (uint64_t)ARG_INT(3);
  uint64_t count = (uint64_t)ARG_INT(4);
  Object *into = ARG(Object, 1);
  if (from == to && start < at) {
    for (uint64_t i = count; i-- > 0;)
      il_heap_store(call->heap, into, &to->items[at + i], from->items[start + i]);
  } else {
    for (uint64_t i = 0; i < count; i++)
      il_heap_store(call->heap, into, &to->items[at + i], from->items[start + i]);
  }
  RETURN_VALUE(VALUE_NULL);
}

NATIVE(core__Array_fill) {
  Array *a = ARG(Array, 0);
  uint64_t start = (uint64_t)ARG_INT(2), end = (uint64_t)ARG_INT(3);
  for (uint64_t i = start; i < end; i++)
    il_heap_store(call->heap, ARG(Object, 0), &a->items[i], call->args[1]);
  RETURN_VALUE(VALUE_NULL);
}

// --------------------------------------------------------------- _RawArray

NATIVE(core__RawArray_new) {
  uint64_t length = (uint64_t)ARG_INT(0);
  if (is_bad_length(length)) return out_of_memory(call);
  size_t size = sizeof(RawArray) + length * 8;
  RawArray *a = il_heap_allocate(call->heap, size);
  if (!a) return NEED(size);
  a->header = il_header(CLASS_RAW_ARRAY, 0);
  a->length = length;
  memset(a->words, 0, length * 8);
  RETURN_VALUE(il_value_of(a));
}

NATIVE(core__RawArray_length) { RETURN_VALUE(ARG(RawArray, 0)->length); }

static NativeOutcome raw_at(NativeCall *call) {
  const RawArray *a = ARG(RawArray, 0);
  uint64_t i = (uint64_t)ARG_INT(1);
  if (i >= a->length)
    return il_throw_range_error(call, (int64_t)i, (int64_t)a->length);
  RETURN_VALUE(a->words[i]);
}

static NativeOutcome raw_at_put(NativeCall *call) {
  RawArray *a = ARG(RawArray, 0);
  uint64_t i = (uint64_t)ARG_INT(1);
  if (i >= a->length)
    return il_throw_range_error(call, (int64_t)i, (int64_t)a->length);
  a->words[i] = call->args[2];
  RETURN_VALUE(VALUE_NULL);
}

static NativeOutcome raw_fill(NativeCall *call) {
  RawArray *a = ARG(RawArray, 0);
  uint64_t start = (uint64_t)ARG_INT(1), end = (uint64_t)ARG_INT(2);
  for (uint64_t i = start; i < end; i++) a->words[i] = call->args[3];
  RETURN_VALUE(VALUE_NULL);
}

NATIVE(core__RawArray_at) { return raw_at(call); }
NATIVE(core__RawArray_doubleAt) { return raw_at(call); }
NATIVE(core__RawArray_at_put) { return raw_at_put(call); }
NATIVE(core__RawArray_setDoubleAt) { return raw_at_put(call); }
NATIVE(core__RawArray_fill) { return raw_fill(call); }
NATIVE(core__RawArray_fillDouble) { return raw_fill(call); }

NATIVE(core__RawArray_copy) {
  const RawArray *from = ARG(RawArray, 0);
  RawArray *to = ARG(RawArray, 1);
  uint64_t start = (uint64_t)ARG_INT(2), at = (uint64_t)ARG_INT(3);
  memmove(to->words + at, from->words + start, (size_t)ARG_INT(4) * 8);
  RETURN_VALUE(VALUE_NULL);
}

// --------------------------------------------------------- fixed-length lists

// Raw arguments: the type vector of the factory's class arguments when the
// class is generic, then the length.
static NativeOutcome new_list(NativeCall *call, ClassId c, TypeId vector,
                              uint64_t length, uint64_t fill) {
  if (is_bad_length(length)) return out_of_memory(call);
  size_t size = sizeof(List) + length * 8;
  List *list = il_heap_allocate(call->heap, size);
  if (!list) return NEED(size);
  list->header = il_header(c, 0);
  list->vector = il_world_list_vector(call->machine->world, c, vector);
  list->length = length;
  for (uint64_t i = 0; i < length; i++) list->items[i] = fill;
  RETURN_VALUE(il_value_of(list));
}

NATIVE(core__FixedList_new) {
  return new_list(call, CLASS_FIXED_LIST, (TypeId)call->args[0],
                  (uint64_t)ARG_INT(1), VALUE_NULL);
}

NATIVE(core__ConstList_new) {
  return new_list(call, CLASS_CONST_LIST, (TypeId)call->args[0],
                  (uint64_t)ARG_INT(1), VALUE_NULL);
}

// The vectors of the two are those of their one supertype List<int>,
// List<double>: their classes' own.
NATIVE(core__FixedIntList_new) {
  const ClassCode *c = il_program_class(call->program, CLASS_FIXED_INT_LIST);
  return new_list(call, CLASS_FIXED_INT_LIST, c->vector, (uint64_t)ARG_INT(0),
                  0);
}

NATIVE(core__FixedDoubleList_new) {
  const ClassCode *c =
      il_program_class(call->program, CLASS_FIXED_DOUBLE_LIST);
  return new_list(call, CLASS_FIXED_DOUBLE_LIST, c->vector,
                  (uint64_t)ARG_INT(0), 0);
}

NATIVE(core__FixedList_length) { RETURN_VALUE(ARG(List, 0)->length); }
NATIVE(core__ConstList_length) { RETURN_VALUE(ARG(List, 0)->length); }
NATIVE(core__FixedIntList_length) { RETURN_VALUE(ARG(List, 0)->length); }
NATIVE(core__FixedDoubleList_length) { RETURN_VALUE(ARG(List, 0)->length); }

static NativeOutcome list_get(NativeCall *call) {
  const List *list = ARG(List, 0);
  uint64_t i = (uint64_t)ARG_INT(1);
  if (i >= list->length)
    return il_throw_range_error(call, (int64_t)i, (int64_t)list->length);
  RETURN_VALUE(list->items[i]);
}

static NativeOutcome list_set_ref(NativeCall *call) {
  List *list = ARG(List, 0);
  uint64_t i = (uint64_t)ARG_INT(2);
  if (i >= list->length)
    return il_throw_range_error(call, (int64_t)i, (int64_t)list->length);
  il_heap_store(call->heap, ARG(Object, 0), &list->items[i], call->args[1]);
  RETURN_VALUE(VALUE_NULL);
}

static NativeOutcome list_set_raw(NativeCall *call) {
  List *list = ARG(List, 0);
  uint64_t i = (uint64_t)ARG_INT(1);
  if (i >= list->length)
    return il_throw_range_error(call, (int64_t)i, (int64_t)list->length);
  list->items[i] = call->args[2];
  RETURN_VALUE(VALUE_NULL);
}

NATIVE(core__FixedList__get) { return list_get(call); }
NATIVE(core__ConstList__get) { return list_get(call); }
NATIVE(core__FixedIntList__get) { return list_get(call); }
NATIVE(core__FixedDoubleList__get) { return list_get(call); }
NATIVE(core__FixedList__set) { return list_set_ref(call); }
NATIVE(core__ConstList__set) { return list_set_ref(call); }
NATIVE(core__FixedIntList__set) { return list_set_raw(call); }
NATIVE(core__FixedDoubleList__set) { return list_set_raw(call); }

// _elementKind<E>(): how a list of that type keeps its elements.
NATIVE(core__elementKind) {
  const TypeContext *types = il_program_types(call->program);
  const Type *vector = il_type_get(types->types, (TypeId)call->args[0]);
  Rep rep = il_type_rep(types, vector->items[vector->count - 1]);
  RETURN_VALUE(rep == REP_INT ? 1 : rep == REP_DOUBLE ? 2 : 0);
}

NATIVE(core__unsafeCast) { RETURN_VALUE(call->args[0]); }
