// class.h: what the type relation must know of classes.
//
// One record a class, mixin, enum, extension type: its name, its type
// parameters and all its superinterfaces, transitively, as types in terms of
// its own parameters.  Sema fills the table; the image carries it; the run
// time reads it for `is`.
//
// Owner:     a ClassTable owns its records; a base table is borrowed.
// Threads:   written while compiling, then read from any.
// Allocates: memory.
// Fails:     never.
#ifndef ISLE_TYPE_CLASS_H
#define ISLE_TYPE_CLASS_H

#include "type/type.h"

// Classes that the language itself mentions; lib/ must declare each and the
// loader gives them these ids.  WELL_KNOWN(id name, library, class name).
typedef enum {
  CLASS_NONE,
#define WELL_KNOWN(id, library, name) CLASS_##id,
#include "type/well_known.def"
#undef WELL_KNOWN
  CLASS_WELL_KNOWN_COUNT
} WellKnownClass;

enum {
  CLASS_IS_ABSTRACT = 1 << 0,
  CLASS_IS_EXTENSION_TYPE = 1 << 1,  // erased to `representation` at run time
  CLASS_IS_ENUM = 1 << 2,
  CLASS_IS_MIXIN = 1 << 3,
  CLASS_IS_SEALED = 1 << 4,
  CLASS_IS_FINAL = 1 << 5,
};

typedef struct {
  ClassId id;
  Name name;             // unmangled text for printing
  uint32_t flags;
  uint32_t param_count;
  TypeParamId first_param;  // params are consecutive ids
  TypeId this_type;      // C<T1..Tn>
  TypeId representation; // of an extension type, in terms of its params
  // All proper superinterfaces, sorted by class id, Object included (for
  // an extension type only if it implements a subtype of Object).
  uint32_t super_count;
  const ClassId *super_ids;
  const TypeId *super_types;
} TypeClass;

typedef struct ClassTable ClassTable;

// Without a base the well-known classes are there, empty, for the loader to
// fill in.
ClassTable *il_class_table_new(const ClassTable *base);
void il_class_table_free(ClassTable *table);
// The image form, as il_type_table_write and il_type_table_from_image.
void il_class_table_write(const ClassTable *table, TextBuilder *out);
ClassTable *il_class_table_from_image(const void *bytes, size_t size);
uint32_t il_class_count(const ClassTable *table);  // ids are 1 .. count
const TypeClass *il_class_get(const ClassTable *table, ClassId id);
// A new record with the next id, to be filled in by the owner.
TypeClass *il_class_add(ClassTable *table);
// The record again, to be filled in.  Only while compiling.
TypeClass *il_class_edit(ClassTable *table, ClassId id);
// Sets its superinterfaces, sorted by id; the arrays are copied, for the table
// outlives the compilation.
void il_class_set_supers(ClassTable *table, ClassId id, const ClassId *ids,
                         const TypeId *types, uint32_t count);

// Everything that the relations below need.
typedef struct {
  TypeTable *types;
  const ClassTable *classes;
} TypeContext;

// `type` seen as an instance of `target`: its superinterface type, or NONE.
// Looks through PARAM bounds, intersections and nullability is dropped.
TypeId il_class_as_instance_of(const TypeContext *c, TypeId type,
                               ClassId target);

// subtype.c.  The one subtype relation; used by inference and by `is`.
bool il_type_is_subtype(const TypeContext *c, TypeId sub, TypeId super);
// Null <: T.  A type parameter with a nullable bound is neither nullable nor
// non-nullable; "potentially nullable" is !il_type_is_non_nullable.
bool il_type_is_nullable(const TypeContext *c, TypeId t);
bool il_type_is_non_nullable(const TypeContext *c, TypeId t);  // T <: Object
bool il_type_is_top(const TypeContext *c, TypeId t);
bool il_type_is_bottom(const TypeContext *c, TypeId t);  // equivalent to Never
// Mutual subtypes.
bool il_type_is_equivalent(const TypeContext *c, TypeId a, TypeId b);
// The bound of a type parameter, followed while it is a type parameter itself;
// an intersection gives what it is promoted to; other types are themselves.
TypeId il_type_resolve_bound(const TypeContext *c, TypeId t);

// bound.c.  UP and DOWN, NORM, flatten, futureValueType of the specification.
TypeId il_type_upper_bound(const TypeContext *c, TypeId a, TypeId b);
TypeId il_type_lower_bound(const TypeContext *c, TypeId a, TypeId b);
TypeId il_type_normalize(const TypeContext *c, TypeId t);
TypeId il_type_flatten(const TypeContext *c, TypeId t);
TypeId il_type_future_value(const TypeContext *c, TypeId t);
// Greatest and least closure of a context with respect to _ or to params.
TypeId il_type_greatest_closure(const TypeContext *c, TypeId t);
TypeId il_type_least_closure(const TypeContext *c, TypeId t);
TypeId il_type_least_closure_of_params(const TypeContext *c, TypeId t,
                                       const TypeParamId *params,
                                       uint32_t count);

// constraint.c.  Type inference by constraints on the given params.
typedef struct TypeConstraints TypeConstraints;
TypeConstraints *il_constraint_new(const TypeContext *c,
                                   const TypeParamId *params, uint32_t count);
void il_constraint_free(TypeConstraints *k);
// Adds what makes `sub` a subtype of `super`; either may mention the params
// or _.  False (and nothing added) when no assignment can.
bool il_constraint_match(TypeConstraints *k, TypeId sub, TypeId super);
// Solves with what is known so far.  `final` false: downward phase, unknown
// stays _; true: upward phase, every param gets a type, bounds respected.
void il_constraint_solve(TypeConstraints *k, bool final, TypeId *result);

// Extension types replaced by their representations, throughout.
TypeId il_type_erase(const TypeContext *c, TypeId t);
// How a value of this static type is held: int, double, bool non-nullable are
// raw (extension types by their representation), the rest references.
Rep il_type_rep(const TypeContext *c, TypeId t);

// print.c.  Appends the type as it is written in a program and in messages:
// `int Function(String)`.
void il_class_print_type(const TypeContext *c, const NameTable *names,
                         TypeId type, TextBuilder *out);
// As the toString of a Type object: `(String) => int`.
void il_class_print_value_type(const TypeContext *c, const NameTable *names,
                               TypeId type, TextBuilder *out);

#endif
