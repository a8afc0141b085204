// value.h: a value is one 64-bit word.
//
//   63                                    1  0
//   +--------------------------------------+---+
//   |      small integer, 63 bits          | 0 |
//   +--------------------------------------+---+
//   |      address of an object + 1            |   (objects are 8-aligned)
//   +------------------------------------------+
//
// null, true and false are immortal objects, constants of the binary: their
// class id is read from a header like any other's.
//
// Header, the first word of every object:
//
//   63          32 31           8 7        1  0
//   +-------------+--------------+----------+---+
//   | hash or 0   | class id     | flags    | 1 |
//   +-------------+--------------+----------+---+
//   | address of the copy (while collecting)| 0 |
//   +---------------------------------------+---+
//
// The hash is the identity hash, made on demand, 32 bits, never 0 once made,
// kept by copies and by messages; strings keep their content hash there.
// HEADER_SHARED: not in an isolate's heap: immortal, constant, or a payload; the
// collector passes it by and nobody writes its header.
// HEADER_COUNTED, with SHARED: a payload (heap/payload.h). With CANONICAL it is
// immutable and may have many holders; without, its one holder may write it.
//
// Owner:     a heap, or the program's constants.
// Threads:   the isolate's worker; shared objects are immutable.
// Allocates: nothing.
// Fails:     never.
#ifndef ISLE_OBJECT_VALUE_H
#define ISLE_OBJECT_VALUE_H

#include "base/common.h"
#include "code/program.h"

typedef uint64_t Value;
typedef uint64_t Header;

typedef struct Object {
  Header header;
  uint64_t words[];
} Object;

enum {
  HEADER_IS_HEADER = 1 << 0,
  HEADER_SHARED = 1 << 1,
  HEADER_CANONICAL = 1 << 2,    // a constant: not copied by messages
  HEADER_COUNTED = 1 << 3,      // a payload: freed by its last holder
  HEADER_REMEMBERED = 1 << 4,   // in the store buffer
};
#define HEADER_CLASS_SHIFT 8
#define HEADER_CLASS_MASK 0xffffffu
#define HEADER_HASH_SHIFT 32

#define SMALL_INT_MIN (-((int64_t)1 << 62))
#define SMALL_INT_MAX (((int64_t)1 << 62) - 1)

static inline bool il_value_is_small(Value v) { return (v & 1) == 0; }
static inline bool il_value_fits_small(int64_t i) {
  return i >= SMALL_INT_MIN && i <= SMALL_INT_MAX;
}
static inline Value il_value_small(int64_t i) { return (Value)i << 1; }
static inline int64_t il_value_small_get(Value v) { return (int64_t)v >> 1; }
static inline Object *il_value_object(Value v) {
  return (Object *)(uintptr_t)(v - 1);
}
static inline Value il_value_of(const void *object) {
  return (Value)(uintptr_t)object + 1;
}

// The immortal objects (value.c): read-only data.
extern const Object il_null_object, il_true_object, il_false_object,
    il_sentinel_object;
#define VALUE_NULL il_value_of(&il_null_object)
#define VALUE_TRUE il_value_of(&il_true_object)
#define VALUE_FALSE il_value_of(&il_false_object)
#define VALUE_SENTINEL il_value_of(&il_sentinel_object)
static inline Value il_value_bool(bool b) { return b ? VALUE_TRUE : VALUE_FALSE; }

static inline ClassId il_object_class(const Object *o) {
  return (ClassId)(o->header >> HEADER_CLASS_SHIFT) & HEADER_CLASS_MASK;
}
static inline ClassId il_value_class(Value v) {
  return il_value_is_small(v) ? CLASS_INT : il_object_class(il_value_object(v));
}
static inline Header il_header(ClassId c, uint32_t flags) {
  return HEADER_IS_HEADER | flags | (Header)c << HEADER_CLASS_SHIFT;
}

#endif
