// declare.h: elements, their signatures, and types as written.
//
// il_declare_library makes an element for each declaration of a library that
// comes from source, members included.  Signatures, field types, typedefs and
// bounds are resolved when first asked for; what a member leaves out it
// inherits from what it overrides (the specification's override inference).
//
// Owner:     the Sema's arena.
// Threads:   one.
// Allocates: from the arena.
// Fails:     by diagnostics; a type that cannot be resolved is INVALID.
#ifndef ISLE_SEMA_DECLARE_H
#define ISLE_SEMA_DECLARE_H

#include "sema/scope.h"

// Elements of all declarations of a library.
void il_declare_library(Sema *sema, Library *library);
// Resolves the bounds of a class's or typedef's type parameters.
void il_declare_bounds(Sema *sema, Element *element);
// A class with its id and TypeClass, entered nowhere else.
ClassElement *il_declare_new_class(Sema *sema, ClassKind kind, Name name,
                                   Unit *unit, TreeNode *node);
// Reports raw types in a bound whose own bounds are not simple: they depend on
// the parameters that they bound, or on raw types of that kind.
void il_declare_check_simple(Sema *sema, const Scope *scope, TreeNode *bound);
// Resolves the signatures and types of all members from source, so that all
// errors are reported.
void il_declare_resolve(Sema *sema);

// A type annotation.  NULL is dynamic.  Arguments left out are instantiated to
// bounds; bounds are checked later (il_declare_check_bounds).
TypeId il_declare_type(Sema *sema, const Scope *scope, TreeNode *type);
// Types as arguments: an arena array.
TypeId *il_declare_types(Sema *sema, const Scope *scope, TreeList types);
// Checks the bounds of all types annotated since the last call.
void il_declare_check_bounds(Sema *sema);

// The scope for the body of an element: for a function or constructor, its
// type parameters (parameters are the caller's to declare in a block); for a
// field, its class or library; for a class, its members.
Scope *il_declare_scope(Sema *sema, Element *element);

// Type parameters of a local function, closure or function type: elements with
// bounds resolved in the returned scope (a TYPE_PARAMS scope, or `scope` itself
// when there are none).
Scope *il_declare_type_params(Sema *sema, Scope *scope, TreeList params,
                              TypeParamElements *made);
// The signature of a local function or closure.  Types not written are NONE,
// the result too, for the caller to infer; then il_declare_signature_type.
// *inner is the scope of its type parameters.
Signature *il_declare_local_signature(Sema *sema, Scope *scope,
                                      TreeFunction *function, Scope **inner);
// Computes signature->type from its parts (NONE is taken as dynamic).
void il_declare_signature_type(Sema *sema, Signature *signature);

// The default type arguments (instantiation to bounds) of a class or typedef.
TypeId il_declare_raw_type(Sema *sema, Element *element);
// C<T1 .. Tn>, or C's type when it is not generic.
TypeId il_declare_this_type(Sema *sema, ClassElement *c);

// The type of a constructor as a function: generic in its class's parameters.
TypeId il_declare_tear_off_type(Sema *sema, FunctionElement *constructor);

// The type with type parameters replaced so that it is closed: Never where
// they stand covariantly, Object? where contravariantly.
TypeId il_declare_eliminate_params(Sema *sema, TypeId type);

// What D, D<int>, p.D.name mean as the name of a constructor.
typedef struct {
  Element *element;        // class or typedef as named
  ClassElement *owner;     // the class
  TypeId type;             // with the arguments written; NONE when the class (or
                           // typedef) is generic and none were written
  Name constructor;        // NAME_new for the unnamed one
  PrefixElement *prefix;   // NULL when none
} ConstructorRef;
// False after reporting an error.
bool il_declare_constructor_ref(Sema *sema, const Scope *scope,
                                const TreeConstructorName *name,
                                ConstructorRef *ref);

#endif
