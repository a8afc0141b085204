// element.h: what a program declares.
//
// The loader reads units, `declare` makes an element for every declaration,
// `hierarchy` joins classes, `infer` types bodies.  Elements of core libraries
// are not made from source in a normal run: they are materialised on demand
// from the outlines in the core image, so a consumer never walks a field that
// may not be there yet but asks: il_library_find, il_class_members,
// il_member_signature.  A materialised element has node == NULL.
//
// Stages of a class: NAMED (exists) → SUPERS (type parameters and superclass,
// mixin, interface types are resolved; TypeClass filled) → MEMBERS (members
// listed, own signatures resolved on demand, inherited ones looked up).
//
// Owner:     everything lives in the Program's arena (Sema.arena).
// Threads:   one, the compiling one.
// Allocates: from the arena.
// Fails:     by diagnostics.
#ifndef ISLE_SEMA_ELEMENT_H
#define ISLE_SEMA_ELEMENT_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "syntax/tree.h"
#include "type/class.h"

typedef struct Library Library;
typedef struct ClassElement ClassElement;
typedef struct FunctionElement FunctionElement;
typedef struct FieldElement FieldElement;
typedef struct Constant Constant;      // constant.h
typedef struct TypedBody TypedBody;    // typed.h
typedef struct LocalVar LocalVar;      // typed.h
typedef struct Scope Scope;            // scope.h

// One file of a library: the defining unit or a part.  Names in its tree are
// as written; il_library_name makes private ones the library's.
typedef struct Unit {
  Library *library;
  Source source;         // for diagnostics and positions
  Text uri;
  TreeUnit *tree;
  Scope *scope;          // the library scope as seen from here
} Unit;

typedef enum {
  ELEMENT_CLASS,      // ClassElement: class, mixin, enum, extension(type)
  ELEMENT_TYPEDEF,    // TypedefElement
  ELEMENT_FUNCTION,   // FunctionElement: functions, methods, get, set, ctors
  ELEMENT_FIELD,      // FieldElement: top-level, static and instance variables
  ELEMENT_PREFIX,     // PrefixElement
  ELEMENT_TYPE_PARAM, // TypeParamElement
  ELEMENT_LOCAL,      // LocalVar of a body being inferred (typed.h)
} ElementKind;

typedef struct Element {
  uint8_t kind;       // ElementKind
  Name name;          // private names are interned with their library
  Library *library;
  TreeNode *node;     // the declaration; NULL when from the image or synthetic
  Unit *unit;         // where `node` is; a synthetic one: its class's; else NULL
} Element;

typedef struct {
  Element base;
  TypeParamId id;
  bool has_bound;     // one is written
} TypeParamElement;

typedef IL_VEC(TypeParamElement *) TypeParamElements;

// A parameter of a signature.
typedef struct {
  Name name;          // as callers see it (named: public name)
  TypeId type;
  bool is_required_named;
  bool is_covariant;  // written or inherited `covariant`: checked in the body
  bool is_covariant_by_class;  // its type, or that of the parameter overridden,
                      // mentions the class's type parameters: a call through a
                      // covariant view must check it as well
  bool has_default;
  TreeNode *node;     // the tree's parameter; NULL from the image
  Constant *default_value;  // evaluated on demand; NULL when none
  FieldElement *field;      // `this.x`: the field set; declaring parameter too
  bool is_super;            // `super.x`
  bool is_final;
  bool is_evaluating;       // private to constant.c
  FunctionElement *default_owner;  // where the default value is declared, when
                            // not here: `super.x` and forwarding constructors
  uint32_t default_index;   // and the parameter there; il_constant_of_default
                            // follows it
  uint32_t outline_default; // private to outline.c
} Parameter;

typedef struct {
  uint32_t type_param_count;
  TypeParamElement **type_params;
  uint32_t required_count, optional_count, named_count;
  Parameter *parameters;   // required, optional, then named in written order
  TypeId result;
  TypeId type;             // the function type of all this
  TypeId runtime_type;     // what a tear-off's type is: covariant parameters
                           // are Object?.  NONE: same as `type`
} Signature;

typedef enum {
  FUNCTION_PLAIN,        // top-level or static function, instance method
  FUNCTION_OPERATOR,
  FUNCTION_GETTER,
  FUNCTION_SETTER,       // named without `=`
  FUNCTION_CONSTRUCTOR,  // generative
  FUNCTION_FACTORY,
  FUNCTION_FIELD_INIT,   // synthetic: initialiser of a static or top-level
} FunctionKind;

enum {
  FUNCTION_IS_STATIC = 1 << 0,     // also top-level
  FUNCTION_IS_ABSTRACT = 1 << 1,
  FUNCTION_IS_EXTERNAL = 1 << 2,   // a native: see native.def and intrinsic.def
  FUNCTION_IS_CONST = 1 << 3,
  FUNCTION_IS_SYNTHETIC = 1 << 4,  // default constructor, enum members, ...
  FUNCTION_IS_REDIRECTING = 1 << 5,
  FUNCTION_IS_ASYNC = 1 << 6,
  FUNCTION_IS_GENERATOR = 1 << 7,  // sync*, or async* with IS_ASYNC
  FUNCTION_IS_EXTENSION = 1 << 8,  // instance member of an extension or
                                   // extension type: static, `this` is its
                                   // first parameter
  FUNCTION_IS_NO_SUCH_METHOD = 1 << 9,  // forwarder to noSuchMethod
};

struct FunctionElement {
  Element base;
  uint8_t function_kind;
  uint16_t flags;
  ClassElement *owner;      // NULL for top-level
  Signature *signature;     // il_member_signature resolves it
  TypedBody *body;          // il_infer_function makes it; NULL when none
  FunctionElement *redirect;      // redirecting constructor's target
  TypeId redirect_type;           // and the type it is applied to
  FieldElement *field;      // implicit accessor of a field, or FIELD_INIT
  uint32_t code_index;      // function of code/program.h, set by lowering
  uint32_t state;           // resolution state, private to sema
  Scope *scope;             // its type parameters; il_declare_scope makes it
  FunctionElement *forward; // synthetic constructor of a mixin application or
                            // of `class A = B with C`: the superclass's
                            // constructor that gets all arguments
  uint32_t outline;         // private to outline.c
};

enum {
  FIELD_IS_STATIC = 1 << 0,   // also top-level
  FIELD_IS_FINAL = 1 << 1,
  FIELD_IS_CONST = 1 << 2,
  FIELD_IS_LATE = 1 << 3,
  FIELD_IS_COVARIANT = 1 << 4,
  FIELD_IS_ABSTRACT = 1 << 5,
  FIELD_IS_EXTERNAL = 1 << 6,
  FIELD_HAS_INITIALIZER = 1 << 7,
  FIELD_IS_ENUM_VALUE = 1 << 8,
};

struct FieldElement {
  Element base;
  uint16_t flags;
  ClassElement *owner;      // NULL for top-level
  TypeId type;              // il_field_type infers it from the initialiser
  FunctionElement *getter;  // implicit accessors, always there for an instance
  FunctionElement *setter;  // field; NULL setter when final with no late
  Constant *constant;       // value of a const; il_constant_of_field
  TypedBody *initializer;   // il_infer_field; NULL when none
  uint32_t code_index;      // static: slot number; instance: field index in
                            // its class; set by lowering
  uint32_t state;
  TreeNode *initializer_node;  // expression; NULL when none or from the image.
                            // base.node is the VARIABLE, the ENUM_VALUE or the
                            // declaring PARAMETER
  TreeNode *type_node;      // as written; NULL when none
  uint32_t outline_value;   // private to outline.c: of a const
  uint32_t outline;         // private to outline.c
};

typedef struct {
  Element base;
  TypeParamElements type_params;
  TypeId type;              // il_typedef_type resolves it
  uint32_t state;
  uint32_t outline;         // private to outline.c
} TypedefElement;

typedef struct {
  Element base;
  Map scope;                // Name*2+is_setter → Element*, see Library.scope
  bool is_deferred;
  Library *target;          // of a deferred import
  uint32_t code_index;      // number of the deferred prefix
} PrefixElement;

typedef enum {
  CLASS_KIND_CLASS,
  CLASS_KIND_MIXIN,
  CLASS_KIND_ENUM,
  CLASS_KIND_EXTENSION,
  CLASS_KIND_EXTENSION_TYPE,
  CLASS_KIND_MIXIN_APPLICATION,  // synthetic S&M: superclass with one mixin
} ClassKind;

typedef enum { STAGE_NAMED, STAGE_SUPERS, STAGE_MEMBERS } ClassStage;

enum {
  ELEMENT_IS_ABSTRACT = 1 << 0,
  ELEMENT_IS_BASE = 1 << 1,
  ELEMENT_IS_INTERFACE = 1 << 2,
  ELEMENT_IS_FINAL = 1 << 3,
  ELEMENT_IS_SEALED = 1 << 4,
  ELEMENT_IS_MIXIN = 1 << 5,       // `mixin` or `mixin class`
};

typedef IL_VEC(FunctionElement *) Functions;
typedef IL_VEC(FieldElement *) Fields;
typedef IL_VEC(TypeId) TypeIds;
typedef IL_VEC(ClassElement *) Classes;

// Type parameters of extensions and extension types are function parameters
// (TypeParam.is_function): their members are static functions that get the
// type arguments first.  Their own come after.
//
// A MIXIN_APPLICATION has no type parameters: its supertype, mixin_type and
// TypeClass are in terms of the class that asked for it.  It declares no
// members of its own but constructors (forwarders); lookup finds the members
// in its mixin, whose FunctionElements are shared.
//
// An enum's superclass (below its mixins) is dart:core's _Enum, whose fields
// index, _name and _class come first in its constants.
//
// Instance members are known by name, and getters and setters apart: members
// of `map`s are FunctionElements, implicit accessors of fields included.
struct ClassElement {
  Element base;
  uint8_t class_kind;
  uint8_t stage;
  uint16_t flags;           // ELEMENT_IS_*
  ClassId id;               // its TypeClass; extensions have one too, unused
  TypeParamElements type_params;
  TypeId supertype;         // NONE for Object and extensions.  A class with
                            // mixins has a MIXIN_APPLICATION as superclass:
                            // superclass != class of supertype then
  ClassElement *superclass; // what it is chained to for layout and lookup
  TypeIds interfaces;       // written `implements`
  TypeIds mixins;           // written `with`; applied first to last
  TypeIds on;               // of a mixin: superclass constraints
  ClassElement *mixin;      // MIXIN_APPLICATION: the mixin applied
  TypeId mixin_type;        // and its type, in terms of the class that asked
  TypeId extended;          // extension: on type; extension type: the
                            // representation type
  FieldElement *representation;  // of an extension type
  Functions constructors;   // unnamed is NAME_new
  Functions functions;      // declared: static and instance, in order, with
                            // implicit accessors
  Fields fields;            // declared: static and instance, in order
  Map instance_members;     // declared: Name*2+is_setter → FunctionElement*
  Map static_members;       // declared: Name*2+is_setter → Element* (function,
                            // or field)
  Map interface_cache;      // private to hierarchy.c
  Classes direct_subclasses;// known so far, for sealed exhaustiveness
  FieldElement **enum_values;
  uint32_t enum_value_count;
  uint32_t code_index;      // set by lowering (equals id today)
  uint32_t state;
  Scope *scope;             // of its members; il_declare_scope makes it
  ClassElement *asker;      // MIXIN_APPLICATION: the class that asked
  bool has_primary;         // declares a primary constructor
  uint16_t depth;           // superclasses above
  uint32_t outline;         // private to outline.c
};

// What `show` and `hide` let through: a name passes all combinators in order.
typedef struct {
  bool is_hide;
  uint32_t count;
  const Name *names;
} Combinator;

typedef struct {
  Library *library;
  PrefixElement *prefix;    // NULL when none
  bool is_deferred;
  uint32_t combinator_count;
  const Combinator *combinators;
  TreeNode *node;           // the directive; NULL when implicit
  Unit *unit;
} Import;                   // also an export

typedef IL_VEC(Unit *) Units;
typedef IL_VEC(Import) Imports;

struct Library {
  uint32_t number;          // from 1; core libraries first
  Text uri;                 // "dart:core", "file:///…", "package:…"
  Text name;
  bool is_core;             // from the image (or `dart:` while making it)
  Units units;              // defining unit first; empty from the image
  Imports imports;
  Imports exports;
  Map declared;             // Name*2+is_setter → Element*.  A variable that can
                            // be assigned stands under both
  Map exported;             // cache of il_library_find_exported
  Map scope;                // cache of imports without prefix
  Map names;                // written private Name → the library's Name
  Classes extensions;       // il_library_extensions
  bool has_extensions;
  FunctionElement *main;
  uint16_t language_version;  // major << 8 | minor
  bool is_materialized;
  struct Sema *sema;        // the compilation it belongs to
  uint32_t state;
  const void *outline;      // private to outline.c
};

// Lookups; each materialises what it needs and returns NULL when absent.
// ---- library.c
// The library's name for an identifier as written: `_x` becomes `_x@number`.
Name il_library_name(Library *library, Name written);
Element *il_library_find_exported(Library *library, Name name, bool setter);
// By lexical rules at library level: declared, then imported.  *ambiguous (may
// be NULL) tells that several imports give different elements: an error where
// it is used.
Element *il_library_find(Library *library, Name name, bool setter,
                         bool *ambiguous);
Element *il_library_find_prefixed(PrefixElement *prefix, Name name,
                                  bool setter, bool *ambiguous);
// All extensions that may apply implicitly in this library.
const Classes *il_library_extensions(Library *library);
// Reports extensions that a deferred import brings in.
void il_library_check_deferred(Library *library);

// ---- hierarchy.c
void il_class_require(ClassElement *c, ClassStage stage);
// The member of c's interface with this name; for a class that inherits
// several, the one chosen by the specification's combined signature.  Its type
// as a member of an instantiation of c: il_member_type.  Of an extension type:
// its own and inherited members and those of Object.
FunctionElement *il_class_find_member(ClassElement *c, Name name, bool setter);
// The concrete member that `super.name` or a call on exactly c would reach.
FunctionElement *il_class_find_concrete(ClassElement *c, Name name,
                                        bool setter);
// Members declared static in c itself (and enum values).
Element *il_class_find_static(ClassElement *c, Name name, bool setter);
FunctionElement *il_class_find_constructor(ClassElement *c, Name name);
// An instance member declared in c itself.
FunctionElement *il_class_find_declared(ClassElement *c, Name name,
                                        bool setter);

// ---- declare.c
Signature *il_member_signature(FunctionElement *f);
TypeId il_field_type(FieldElement *f);
TypeId il_typedef_type(TypedefElement *t);
// The signature's function type as a member of `receiver` (an interface type):
// class parameters substituted.  A getter's is a function type too.
TypeId il_member_type(FunctionElement *f, TypeId receiver);
// A type in terms of owner's parameters, as seen from `receiver`.
TypeId il_member_substitute(ClassElement *owner, TypeId type, TypeId receiver);
// What a redirecting factory finally makes: *type is its class as instantiated
// by f's class; NULL after an error.
FunctionElement *il_member_redirect(FunctionElement *f, TypeId *type);

#endif
