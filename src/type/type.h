// type.h: interned types, the same at compile time and at run time.
//
// A type is a 32-bit id into a TypeTable.  Two structurally equal types have
// one id, so equality is `==`.  Ids, not pointers, because a table is written
// into the core image and read in place, and because an object can hold the
// id of its type arguments in a raw word that no collector looks at.
//
// A table stands on an optional read-only base (the core image's), whose ids
// come first; new types are appended and never move: readers need no lock.
// Making a type looks it up first, without a lock; only a new one takes the
// table's own lock (RANK_TYPES), so any worker may call the constructors below.
//
// Nullability is a flag: `int?` is the type of `int` with `nullable` set.
// dynamic, void and Null are never flagged; Null is the interface type of
// class Null.  `FutureOr<T>?`, `T?` (PARAM) and function and record types
// carry the flag too.  Never? is normalised to Null, and so on, by il_type_*.
//
// Type parameters of declarations are TypeParam records with an id of their
// own, so two declarations never share one.  Within a TYPE_FUNCTION its own
// parameters are TYPE_BOUND: (index, distance), where the distance counts the
// enclosing *generic* function types outwards from 0, so alpha-equivalent
// function types are one id.
//
// A type is at most IL_TYPE_MAX_DEPTH deep, so the functions of this room may
// recurse. A constructor that would make a deeper one gives TYPE_ID_INVALID
// and the table remembers it (il_type_table_is_overflowed): sema reports an
// error at the end; at run time, where INVALID has no other meaning, whoever
// instantiated throws.
//
// At run time a template such as List<T> is instantiated against an
// environment: the class's vector (from a base offset: `this`'s class arguments
// are flattened, superclass first, and the holder of the code knows where its
// own segment starts) and the function's vector (outer functions' arguments
// first).  TypeParam.index counts within the segment of the declaring class, or
// over all enclosing functions from the outermost in.
//
// Owner:     the table owns all; ids live as long as it.
// Threads:   reading and making types from any thread; type parameters are
//            made and changed by the compiling thread only.
// Allocates: from memory, in segments.
// Fails:     never (memory exhaustion is the process's).
#ifndef ISLE_TYPE_TYPE_H
#define ISLE_TYPE_TYPE_H

#include "base/common.h"
#include "base/name.h"
#include "base/text.h"

typedef uint32_t TypeId;
typedef uint32_t ClassId;      // 0 = none
typedef uint32_t TypeParamId;  // 0 = none

typedef enum {
#define TYPE(kind, text) TYPE_##kind,
#include "type/type.def"
#undef TYPE
  TYPE_KIND_COUNT
} TypeKind;

// Ids that are the same in every table.
enum {
  TYPE_ID_NONE,
  TYPE_ID_INVALID,
  TYPE_ID_UNKNOWN,
  TYPE_ID_DYNAMIC,
  TYPE_ID_VOID,
  TYPE_ID_NEVER,
  TYPE_ID_EMPTY_VECTOR,  // the vector of no types
  TYPE_ID_OBJECT,
  TYPE_ID_OBJECT_NULLABLE,  // Object?
  TYPE_ID_NULL,
  TYPE_ID_BOOL,
  TYPE_ID_NUM,
  TYPE_ID_INT,
  TYPE_ID_DOUBLE,
  TYPE_ID_STRING,
  TYPE_ID_FUNCTION,      // the class Function
  TYPE_ID_RECORD,        // the class Record
  TYPE_ID_TYPE,
  TYPE_ID_SYMBOL,
  TYPE_ID_FIRST
};

// Facts computed when a type is interned.
enum {
  TYPE_HAS_CLASS_PARAM = 1 << 0,     // mentions a class's type parameter
  TYPE_HAS_FUNCTION_PARAM = 1 << 1,  // mentions a function's type parameter
  TYPE_HAS_BOUND = 1 << 2,           // mentions a TYPE_BOUND free in it
  TYPE_HAS_UNKNOWN = 1 << 3,         // mentions _
};

#define IL_TYPE_MAX_DEPTH 1000

// Layout of `items` by kind:
//   INTERFACE     head = ClassId; items = type arguments
//   FUTURE_OR     items[0]
//   INTERSECTION  items[0] = the PARAM, items[1] = what it is promoted to
//   VECTOR        items
//   PARAM         head = TypeParamId
//   BOUND         head = index in the low 16 bits, distance + 1 above
//   RECORD        head = positional count; items = positional types, then
//                 named types in the order of their names' text; then names
//   FUNCTION      head = index of a TypeShape; items = return type, bounds of
//                 type parameters, parameter types (required positional,
//                 optional positional, named sorted by the names' text)
typedef struct {
  uint8_t kind;      // TypeKind
  bool nullable;     // the `?`
  uint8_t flags;     // TYPE_HAS_*
  uint8_t unused;
  uint16_t depth;    // nesting of the type; a leaf is 1
  uint16_t binders;  // how many enclosing generic function types it mentions
                     // parameters of, counted outwards; 0 = closed
  uint32_t hash;
  uint32_t head;
  uint32_t count;    // number of items that are types
  uint32_t items[];  // TypeIds; RECORD: followed by the Names of named fields
} Type;

// The parameters of a function type, apart from their types.
typedef struct {
  uint32_t type_param_count;
  uint32_t required_count;   // required positional
  uint32_t optional_count;   // optional positional
  uint32_t named_count;      // named, sorted by text
  uint32_t names[];          // Name, low 31 bits; bit 31 set: `required`
} TypeShape;
#define TYPE_NAMED_REQUIRED 0x80000000u

typedef struct {
  Name name;
  bool is_function;   // declared by a function, not by a class
  uint8_t variance;   // of a class's parameter as written: always covariant (0)
  uint16_t index;     // see the header comment
  TypeId bound;       // Object? when none is written
  TypeId default_type;  // instantiation to bounds; NONE until computed
} TypeParam;

typedef struct TypeTable TypeTable;

// `base` is borrowed and may be NULL; names are borrowed.
TypeTable *il_type_table_new(NameTable *names, const TypeTable *base);
void il_type_table_free(TypeTable *table);
// True when a type deeper than IL_TYPE_MAX_DEPTH was asked for.
bool il_type_table_is_overflowed(const TypeTable *table);
uint32_t il_type_table_count(const TypeTable *table);  // ids are below it

// The image form: position independent, read in place. `write` appends a table
// without a base, padded to 8 bytes. `from_image` borrows the bytes (8-aligned)
// for a table that only serves as a base; NULL when they are no such image.
void il_type_table_write(const TypeTable *table, TextBuilder *out);
TypeTable *il_type_table_from_image(NameTable *names, const void *bytes,
                                    size_t size);

const Type *il_type_get(const TypeTable *table, TypeId id);
const TypeParam *il_type_param_get(const TypeTable *table, TypeParamId id);
const TypeShape *il_type_shape_get(const TypeTable *table, const Type *type);

// A new type parameter; bound and default are set later by il_type_param_set.
TypeParamId il_type_param_new(TypeTable *table, Name name, bool is_function,
                              uint32_t index);
void il_type_param_set_bound(TypeTable *table, TypeParamId id, TypeId bound);
void il_type_param_set_default(TypeTable *table, TypeParamId id, TypeId type);

// Constructors; each returns the canonical id, normalised.
TypeId il_type_interface(TypeTable *table, ClassId class_id, const TypeId *args,
                         uint32_t count);
TypeId il_type_future_or(TypeTable *table, TypeId of);
TypeId il_type_param(TypeTable *table, TypeParamId param);
TypeId il_type_bound(TypeTable *table, uint32_t index, uint32_t distance);
TypeId il_type_intersection(TypeTable *table, TypeId param, TypeId promoted);
TypeId il_type_record(TypeTable *table, const TypeId *positional,
                      uint32_t positional_count, const Name *names,
                      const TypeId *named, uint32_t named_count);
TypeId il_type_vector(TypeTable *table, const TypeId *items, uint32_t count);

// A function type being put together.  Arrays are borrowed during the call.
// Own type parameters are mentioned as the given TypeParamIds and are turned
// into TYPE_BOUND by il_type_function.
typedef struct {
  TypeId result;
  const TypeParamId *type_params;
  uint32_t type_param_count;
  const TypeId *positional;
  uint32_t required_count, optional_count;
  const Name *names;       // any order
  const TypeId *named;
  const bool *named_required;
  uint32_t named_count;
} TypeFunctionParts;
TypeId il_type_function(TypeTable *table, const TypeFunctionParts *parts);

// Views into a function type.
TypeId il_type_function_result(const TypeTable *t, TypeId function);
uint32_t il_type_function_positional_count(const TypeTable *t, TypeId f);
TypeId il_type_function_positional(const TypeTable *t, TypeId f, uint32_t i);
// NONE when there is no such name; *required may be NULL.
TypeId il_type_function_named(const TypeTable *t, TypeId f, Name name,
                              bool *required);
// The function type with its type parameters replaced by args (no parameters
// left).
TypeId il_type_function_apply(TypeTable *t, TypeId f, const TypeId *args,
                              uint32_t count);

// The function type with its type parameters as fresh declared ones, which are
// put into params (as many as it has); bounds are set.  While compiling only.
TypeId il_type_function_open(TypeTable *t, TypeId f, TypeParamId *params);

// Views into a record type: fields are numbered positional first, then named
// in the order of the type.
// The number of the named field (or of `$1`, `$2`, ...); -1 when absent.
int32_t il_type_record_find(const TypeTable *t, TypeId record, Name name);

TypeId il_type_with_nullable(TypeTable *table, TypeId type, bool nullable);
// NonNull(T) of the specification.
TypeId il_type_non_null(TypeTable *table, TypeId type);

// Replaces each params[i] by args[i] throughout.
TypeId il_type_substitute(TypeTable *table, TypeId type,
                          const TypeParamId *params, const TypeId *args,
                          uint32_t count);
// Replaces class and function parameters by position; a vector of NONE leaves
// its parameters alone.  Used at run time and by lowering.
TypeId il_type_instantiate(TypeTable *table, TypeId type, TypeId class_vector,
                           uint32_t class_base, TypeId function_vector);
// Extension types replaced by their representation types, for run time.
// Needs classes, so it is declared in class.h: il_type_erase.

// As Dart prints it ("Map<String, int?>"); class names come from the ClassTable
// (class.h), so this is il_class_print_type there.

// How a value of this type is held in a register.  Closed set.
typedef enum { REP_REF, REP_INT, REP_DOUBLE, REP_BOOL } Rep;

#endif
