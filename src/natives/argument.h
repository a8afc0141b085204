// argument.h: what natives share: reading arguments, making small objects.
//
// A native's frame holds its reference arguments first and then the raw ones,
// each in declared order, `this` as the first reference.
//
// Owner:     nothing is kept.
// Threads:   the isolate's worker.
// Allocates: from call->heap; a maker returns 0 when there is no room, and the
//            native then answers NEED with the size it names.
// Fails:     as above.
#ifndef ISLE_NATIVES_ARGUMENT_H
#define ISLE_NATIVES_ARGUMENT_H

#include <string.h>

#include "natives/native.h"
#include "object/object.h"

#define ARG(type, slot) ((type *)(void *)il_value_object(call->args[slot]))
#define ARG_INT(slot) il_native_int(call, slot)
#define ARG_DOUBLE(slot) il_native_double(call, slot)

// A string of `length` code units, to be filled by the caller.
static inline String *il_new_string(NativeCall *call, uint64_t length,
                                    bool wide) {
  size_t size = il_string_size_bytes(length, wide);
  String *s = il_heap_allocate(call->heap, size);
  if (!s) {
    call->need = size;
    return NULL;
  }
  // The tail of the last word is cleared, so that equal strings are equal
  // words.
  ((uint64_t *)(void *)s)[size / 8 - 1] = 0;
  s->header = il_header(wide ? CLASS_TWO_BYTE_STRING : CLASS_ONE_BYTE_STRING, 0);
  s->length = length;
  return s;
}

// A Latin-1 string of the given bytes.
static inline Value il_new_ascii(NativeCall *call, const char *bytes,
                                 size_t length) {
  String *s = il_new_string(call, length, false);
  if (!s) return 0;
  memcpy(s->bytes, bytes, length);
  return il_value_of(s);
}

// An int as a reference. 0 as a value is 0, too: not for RETURN_NEW unless
// the int is known to be too large for a small one.
static inline Value il_new_int(NativeCall *call, int64_t i) {
  if (il_value_fits_small(i)) return il_value_small(i);
  Integer *o = il_heap_allocate(call->heap, sizeof *o);
  if (!o) {
    call->need = sizeof *o;
    return 0;
  }
  o->header = il_header(CLASS_INT, 0);
  o->value = i;
  return il_value_of(o);
}

static inline Value il_new_double(NativeCall *call, double d) {
  Double *o = il_heap_allocate(call->heap, sizeof *o);
  if (!o) {
    call->need = sizeof *o;
    return 0;
  }
  o->header = il_header(CLASS_DOUBLE, 0);
  o->value = d;
  return il_value_of(o);
}

// Ends a native with a reference made above, or asks for the memory.
#define RETURN_NEW(value)                      \
  do {                                         \
    Value made_ = (value);                     \
    if (!made_) return NATIVE_NEED;            \
    call->result = made_;                      \
    return NATIVE_VALUE;                       \
  } while (0)

#endif
