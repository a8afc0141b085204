// table.h: the inside of a TypeTable, for the files of this room only.
//
// Ids are dense. An id is found in the table whose range it falls into, walking
// down to the base. An own table keeps pointers in segments that double:
//
//   segment 0: 256 entries, 1: 512, 2: 1024 ...; a segment never moves
//
// An image table has an array of offsets into its bytes instead. Both have an
// index by hash: open addressing over ids. The own index is replaced when it
// grows; old ones are kept until the table is freed, since a reader without a
// lock may still be inside.
//
// Owner:     the TypeTable.
// Threads:   a slot of the index is stored (release) after the type is
//            complete, and loaded (acquire) by readers; the rest under the
//            lock.
// Allocates: memory.
// Fails:     never.
#ifndef ISLE_TYPE_TABLE_H
#define ISLE_TYPE_TABLE_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/lock.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/vec.h"
#include "type/class.h"
#include "type/type.h"

#define SEGMENT_BITS 8
#define SEGMENT_COUNT 24

typedef struct {
  void *segments[SEGMENT_COUNT];
} Segments;

typedef struct TypeIndex {
  struct TypeIndex *older;
  uint32_t capacity;          // a power of two
  _Atomic(uint32_t) slots[];  // ids; 0 = empty
} TypeIndex;

struct TypeTable {
  NameTable *names;
  const TypeTable *base;
  uint32_t first_type, first_param, first_shape;  // where own ids begin
  _Atomic(uint32_t) type_count, param_count, shape_count;  // ends, base's too
  _Atomic(bool) is_overflowed;
  // Own entries.
  Lock lock;
  Arena arena;
  Segments types;   // const Type *
  Segments params;  // TypeParam
  Segments shapes;  // const TypeShape *
  _Atomic(TypeIndex *) type_index, shape_index;
  // Of an image table; NULL otherwise.
  const uint8_t *image;
  const uint32_t *image_types, *image_shapes, *image_index;
  const TypeParam *image_params;
  const uint32_t *image_shape_index;
  uint32_t image_index_capacity, image_shape_index_capacity;
};

// Looks up or makes the type of these parts, as they are.  `names` are the
// names of a RECORD.
TypeId il_type_intern(TypeTable *table, TypeKind kind, bool nullable,
                      uint32_t head, const uint32_t *items, uint32_t count,
                      const Name *names, uint32_t name_count);
// The number of the shape; names as in TypeShape.
uint32_t il_type_intern_shape(TypeTable *table, uint32_t type_param_count,
                              uint32_t required, uint32_t optional,
                              const uint32_t *names, uint32_t named);
uint32_t il_type_shape_hash(const TypeTable *table, uint32_t number);
const TypeShape *il_type_shape_at(const TypeTable *table, uint32_t number);

// An array of ids that is on the stack when small.
typedef struct {
  TypeId *items;
  uint32_t count;
  TypeId small[16];
} TypeBuffer;
void il_type_buffer_init(TypeBuffer *buffer, uint32_t count);
void il_type_buffer_drop(TypeBuffer *buffer);

// ---- transform.c

// Maps the leaves of a type: PARAM and BOUND.  `distance` is the number of
// generic function types passed on the way down.
typedef struct TypeMapper TypeMapper;
struct TypeMapper {
  TypeTable *table;
  // What the leaf becomes; its own nullability is added afterwards.
  TypeId (*leaf)(TypeMapper *m, const Type *type, TypeId id, uint32_t distance);
  // Whether the type has a leaf of interest.
  bool (*wants)(const TypeMapper *m, const Type *type, uint32_t distance);
  const TypeParamId *params;
  const TypeId *args;
  uint32_t count;
  int32_t by;
  TypeId class_vector, function_vector;
  uint32_t class_base;
  Map known;  // results for deep types: shared parts are mapped once
};
// Types nested deeper than this may share parts so often that walking all paths
// would never end; walks over them remember what they have seen.
#define TYPE_DEEP 12
TypeId il_type_map(TypeMapper *m, TypeId id, uint32_t distance);
// The type with other items (as many as it has), made canonical.
TypeId il_type_rebuild(TypeTable *table, TypeId id, const TypeId *items);
// Adds `by` to the distance of every BOUND that is free in the type.
TypeId il_type_shift(TypeTable *table, TypeId id, uint32_t by);
// Replaces params first .. first + count - 1 by args.
TypeId il_type_substitute_range(TypeTable *table, TypeId id, TypeParamId first,
                                const TypeId *args, uint32_t count);
// Turns the params into BOUND of the innermost enclosing function type.
TypeId il_type_close(TypeTable *table, TypeId id, const TypeParamId *params,
                     uint32_t count);

static inline uint32_t il_type_segment_of(uint32_t n, uint32_t *offset) {
  uint32_t m = (n >> SEGMENT_BITS) + 1;
  uint32_t k = 31 - (uint32_t)__builtin_clz(m);
  *offset = n - (((1u << k) - 1) << SEGMENT_BITS);
  return k;
}

#endif
