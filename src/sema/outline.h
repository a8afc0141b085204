// outline.h: the declarations of the core libraries as the image holds them.
//
// Written when the image is made, from the elements of a compilation; read in
// place when a program is compiled. Nothing is decoded until it is asked for:
// a library is a few words, its exports are a table sorted by name, and a
// class, function, field or typedef becomes an element when a lookup reaches
// it. Types, classes and names are the ids of the image's own tables, on which
// a program's tables stand (type.h, class.h, name.h).
//
//   header | libraries | lookup tables | records | constants
//
// All is made of 32-bit words; a reference is a word index from the start.
//
// Owner:     the writer's result is the arena's; the reader borrows the image.
// Threads:   an image may be read from any number of compilations at once.
// Allocates: elements, in the arena of the Sema that asks.
// Fails:     a library that is not there is NULL; damage is not expected, the
//            image is part of the binary.
#ifndef ISLE_SEMA_OUTLINE_H
#define ISLE_SEMA_OUTLINE_H

#include "sema/sema.h"

struct OutlineImage {
  const uint32_t *words;
  uint32_t word_count;
};

// The outline of all core libraries of a compilation without errors.
Text il_outline_write(Sema *sema, Arena *arena);
// False when the words are none of ours.
bool il_outline_open(OutlineImage *image, const void *bytes, size_t size_bytes);
// Numbers of libraries up to this one are taken.
uint32_t il_outline_library_count(const OutlineImage *image);
bool il_outline_has_library(Sema *sema, Text uri);
// A dart: library, entered into the Sema; NULL when there is none.
Library *il_outline_library(Sema *sema, Text uri);
// The library of a number (core libraries have the same in every program).
Library *il_outline_library_at(Sema *sema, uint32_t number);
// What a library from the image declares or exports under a name.
Element *il_outline_find_declared(Library *library, Name name, bool setter);
Element *il_outline_find_exported(Library *library, Name name, bool setter);
// Appends the extensions that the library declares (exported: or exports).
void il_outline_extensions(Library *library, bool exported, Classes *out);
// The class of an id of the image; NULL when there is none.
ClassElement *il_outline_class(Sema *sema, ClassId id);
// Lists the members of a class.
void il_outline_members(ClassElement *c);
Signature *il_outline_signature(FunctionElement *f);
// The target of a redirecting factory; sets f->redirect_type.
FunctionElement *il_outline_redirect(FunctionElement *f);
// The body of a const constructor, for evaluation; NULL when it cannot be.
struct TypedBody *il_outline_body(FunctionElement *f);
// The constant of a reference.
Constant *il_outline_constant(Sema *sema, uint32_t reference);

// ------------------------------------------------ the form, for both its files

#define OUTLINE_MAGIC 0x4c54554f  // "OUTL"

// All offsets are in words.
typedef struct {
  uint32_t magic, word_count, library_count, class_count;
  uint32_t libraries;     // OutlineLibrary by number - 1
  uint32_t classes;       // reference of an OutlineClass by id; 0: none
} OutlineHeader;

// Tables of names are pairs {Name*2+is_setter, reference}, sorted.
typedef struct {
  uint32_t uri, version;  // uri 0: not of the core
  uint32_t declared, declared_count;
  uint32_t exported, exported_count;
  uint32_t own_extensions, own_extension_count;      // ClassIds
  uint32_t all_extensions, all_extension_count;
} OutlineLibrary;

// Every record begins with its ElementKind and library number.
typedef struct {
  uint32_t kind, library, name;
  uint32_t class_kind, id, flags, depth;
  uint32_t supertype, superclass, mixin, mixin_type, asker, extended;
  uint32_t representation;                 // index of the field + 1
  uint32_t first_param, param_count, bounds;  // bounds: bit i: one is written
  uint32_t lists;         // four runs of TypeIds or ClassIds, each after its
                          // count: interfaces, mixins, on, subclasses
  uint32_t fields, field_count;            // OutlineFields
  uint32_t functions, function_count;      // OutlineFunctions
  uint32_t constructors, constructor_count;
  uint32_t enum_values, enum_value_count;  // indexes of fields
} OutlineClass;

typedef struct {
  uint32_t kind, library, name;
  uint32_t function_kind, flags, owner, code_index;
  uint32_t signature;
  uint32_t field;         // of an accessor: index of the field + 1
  uint32_t target, target_type;  // redirection
  uint32_t body;          // of a const constructor
} OutlineFunction;

typedef struct {
  uint32_t kind, library, name;
  uint32_t flags, owner, type, code_index, value;
} OutlineField;

typedef struct {
  uint32_t kind, library, name;
  uint32_t type, first_param, param_count, bounds;
} OutlineTypedef;

// Followed by the ids of its type parameters, then its parameters.
typedef struct {
  uint32_t type_param_count, bounds, required, optional, named, result, type;
} OutlineSignature;

enum {
  OUTLINE_REQUIRED = 1 << 0,
  OUTLINE_COVARIANT = 1 << 1,
  OUTLINE_COVARIANT_BY_CLASS = 1 << 2,
  OUTLINE_DEFAULT = 1 << 3,
};
typedef struct {
  uint32_t name, type, flags, value;
} OutlineParameter;

// Followed by `count` references of items, or by text.
typedef struct {
  uint32_t kind, type, low, high, name, function, code_index, count;
  uint32_t text_bytes;
} OutlineConstant;

// A typed node: kind, type, then what outline.c's write_expr says.

#endif
