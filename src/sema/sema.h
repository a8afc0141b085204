// sema.h: the semantic analysis of one program.
//
// One Sema is one compilation: the user's libraries over the core image (or,
// when making the image, the core libraries alone).  Phases, in order:
//   load      read and parse every reachable unit            loader.c
//   declare   elements, scopes, signatures                   declare.c scope.c
//   hierarchy superclasses, mixins, interfaces, overrides    hierarchy.c
//   constants evaluated on demand                            constant.c
//   infer     every body → typed tree                        infer*.c flow.c
// After il_sema_compile without errors the typed tree is closed and handed to
// lower/.
//
// Owner:     the caller owns the Sema; it owns everything made here.
// Threads:   one.
// Allocates: from its arena.
// Fails:     errors are in `diagnostics`; a program with errors is not lowered.
#ifndef ISLE_SEMA_SEMA_H
#define ISLE_SEMA_SEMA_H

#include "sema/element.h"
#include "syntax/diagnostic.h"

// Reads a file or asks the embedder: fills *text (owned by the arena) and
// returns true, or false when there is no such source.
typedef bool SourceReader(void *context, Text uri, Arena *arena, Text *text);

typedef struct {
  Text name, value;
} Define;  // -DNAME=value

typedef struct {
  SourceReader *read;
  void *read_context;       // for what follows, too
  // May a library other than the root be loaded, or a part? NULL: any.
  bool (*may_load)(void *context, Text uri);
  // The host's native for an external member, or -1. NULL: there are none, and
  // calling an external member of a program is a NoSuchMethodError.
  int32_t (*find_native)(void *context, Text library, Text name);
  Text package_config;      // path of package_config.json or empty: searched
  const Define *defines;
  uint32_t define_count;
  bool enable_asserts;
  bool check_types;         // lowering adds ASSERT_TYPE to what it trusts
  bool allow_no_main;       // a library that a host will call into
  Text lib_root;            // when making the image: the folder of lib/
} SemaOptions;

typedef struct OutlineImage OutlineImage;  // outline.h

// A type annotation whose type arguments must keep their bounds.
typedef struct {
  Unit *unit;
  TreeNode *node;
  TypeId type;
  bool allow_super_bounded;
  Element *alias;         // a typedef: its parameters' bounds; else NULL
  const TypeId *arguments;
} BoundCheck;

// What a compilation is made with, all borrowed.  Over the core image: tables
// that stand on the image's.  Without: empty ones.
typedef struct {
  NameTable *names;
  TypeTable *types;
  ClassTable *classes;
  const OutlineImage *image;      // NULL when making the image
} SemaTables;

// The function that stands for a constructor of a generic typedef, torn off.
typedef struct {
  TypedefElement *alias;
  FunctionElement *constructor;
  FunctionElement *function;
} TypedefConstructor;

typedef struct Sema {
  Arena *arena;                   // own_arena
  Arena own_arena;
  NameTable *names;
  TypeTable *types;
  ClassTable *class_table;
  TypeContext type_context;       // of the two above
  Diagnostics *diagnostics;
  SemaOptions options;
  Map libraries;                  // Name of uri → Library*
  IL_VEC(Library *) library_list; // by number - 1
  IL_VEC(ClassElement *) classes; // by ClassId; NULL = not materialised
  const OutlineImage *image;      // NULL when making the image
  Library *core, *async, *collection, *isolate;
  Library *root;                  // the library with main
  // Everything whose body belongs to this compilation, in declaration order.
  Functions functions;
  Fields fields;
  IL_VEC(TypedefConstructor) typedef_constructors;  // infer_tear_off.c
  IL_VEC(BoundCheck) bound_checks;
  struct ConstantTable *constants;
  Map outline_elements;           // private to outline_read.c: by reference
  IL_VEC(TypedefElement *) outline_typedefs;
  uint32_t hierarchy_depth;       // of classes being resolved
  uint32_t resolve_depth;         // of things that wait for one another: field
                                  // types, typedefs, constants
  bool has_bounds;                // all bounds of classes are resolved
  struct Packages *packages;      // private to loader_package.c
} Sema;

Sema *il_sema_new(const SemaOptions *options, const SemaTables *tables);
void il_sema_free(Sema *sema);
// Compiles the library at `uri` and all it reaches.  True without errors.
bool il_sema_compile(Sema *sema, Text uri);
// A dart: library that the compiler itself mentions, loaded when first asked
// for; NULL when there is none.
Library *il_sema_library(Sema *sema, const char *uri);
// The class element of an id, materialised.
ClassElement *il_sema_class(Sema *sema, ClassId id);
// Shorthand for members of core classes that later stages mention.
FunctionElement *il_sema_core_member(Sema *sema, WellKnownClass id, Name name,
                                     bool setter);
// A top-level function of a core library ("dart:async", "_asyncStart").
FunctionElement *il_sema_core_function(Sema *sema, const char *library,
                                       const char *name);
// How many declarations may wait for one another; more is an error.
#define IL_SEMA_RESOLVE_LIMIT 1000
// Begins to resolve an element: false, and reported, when too many wait.
// il_sema_leave ends it.
bool il_sema_enter(Sema *sema, const Element *element);
void il_sema_leave(Sema *sema);
// Reports an error at a node of a unit.
#define il_sema_error(sema, unit, node, ...)                             \
  il_diagnostic_error((sema)->diagnostics, &(unit)->source,              \
                      ((const TreeNode *)(node))->start,                 \
                      ((const TreeNode *)(node))->end, __VA_ARGS__)
#define il_sema_error_name(sema, unit, tree_name, ...)                   \
  il_diagnostic_error((sema)->diagnostics, &(unit)->source,              \
                      (tree_name).start, (tree_name).end, __VA_ARGS__)
// The text of a name for people.
#define il_sema_text(sema, name) il_name_public_text((sema)->names, (name))
// A type as Dart prints it, in the arena.
Text il_sema_type_text(Sema *sema, TypeId type);

// The Sema a thing belongs to is passed explicitly wherever it is needed;
// element.h's lookups find it through Library.
#endif
