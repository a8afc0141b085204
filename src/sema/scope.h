// scope.h: what a name means at a place.
//
// A scope is a link of a chain from the innermost block out to the library:
//
//   BLOCK → … → BLOCK (parameters) → TYPE_PARAMS (of the function) →
//   CLASS (members) → TYPE_PARAMS (of the class) → LIBRARY
//
// A lookup stops at the innermost scope that declares the name as a getter,
// variable, function, type, … or as a setter; both are given back, for reading
// and writing mean one declaration.  Class scopes know what the class declares,
// not what it inherits: when a lookup ends with nothing, or at the library, an
// inherited member of `this` comes into question (the library's goes first).
//
// Owner:     scopes of classes and members live in the Sema's arena; block
//            scopes belong to who makes them (il_scope_drop frees their map).
// Threads:   one.
// Allocates: from the arena, and memory for the map of a block.
// Fails:     never.
#ifndef ISLE_SEMA_SCOPE_H
#define ISLE_SEMA_SCOPE_H

#include "sema/sema.h"

typedef enum {
  SCOPE_LIBRARY,
  SCOPE_CLASS,
  SCOPE_TYPE_PARAMS,
  SCOPE_BLOCK,
} ScopeKind;

struct Scope {
  uint8_t kind;                   // ScopeKind
  struct Scope *parent;
  Library *library;
  Unit *unit;                     // for diagnostics
  ClassElement *class_element;    // the innermost enclosing, or NULL
  bool is_static;                 // of a static member: the type parameters of
                                  // the class can't be used
  bool is_class_params;           // TYPE_PARAMS of a class
  TypeParamElement **params;      // TYPE_PARAMS
  uint32_t param_count;
  uint32_t function_param_count;  // type parameters of functions around here,
                                  // this scope's included: the next one's index
  Map names;                      // BLOCK: Name → Element*
};

typedef struct {
  Element *element;     // NULL: only a setter is declared there
  Element *setter;      // what an assignment would reach; NULL when nothing
  const Scope *scope;   // where it was found; NULL: nowhere
  bool is_ambiguous;    // imports disagree: an error at the use
} ScopeHit;

Scope *il_scope_new(Sema *sema, ScopeKind kind, Scope *parent);
// A block scope inside another struct or on the C stack.
void il_scope_init_block(Scope *scope, Scope *parent);
void il_scope_drop(Scope *scope);

// `name` is the library's (il_scope_name).
ScopeHit il_scope_lookup(const Scope *scope, Name name);
// The element or the setter of il_scope_lookup.
Element *il_scope_find(const Scope *scope, Name name, bool setter);
// The library's name of an identifier of the tree.
Name il_scope_name(const Scope *scope, Name written);

#endif
