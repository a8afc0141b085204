// infer_internal.h: what the files of inference share.
//
// One InferContext is one member (function, field initialiser, constant) being
// turned into typed trees; closures and local functions nest in it as
// InferFunctions.  The families:
//
//   infer.c             entry points, locals and scopes, errors, node makers
//   infer_body.c        functions, constructors, closures, synthetic bodies
//   infer_expression.c  the switch over expressions; literals, conditionals
//   infer_name.c        identifiers, lexical lookup, property access
//   infer_member.c      member lookup on types, extensions, gets and tear-offs
//   infer_assign.c      assignments, compound ones, ++ and --
//   infer_call.c        calls and their arguments
//   infer_generic.c     generic inference over the constraint solver
//   infer_operator.c    binary and unary operators, == and &&
//   infer_create.c      constructors, redirections, dot shorthands
//   infer_collection.c  list, set, map and record literals
//   infer_coerce.c      assignability and what it inserts
//   infer_statement.c   statements             (with flow.c)
//   infer_pattern.c     patterns and switches  (with exhaustive.c)
//
// Contexts (the `context` arguments): a type to be reached, perhaps with _ in
// it; TYPE_ID_UNKNOWN when there is none.  The context never forces: whoever
// needs a type calls il_infer_coerce afterwards.
//
// Erroneous expressions: an error is reported once and the result is an
// expression of type INVALID (il_infer_invalid), which agrees with everything.
// No function here returns NULL unless its comment says so.
//
// Private names: trees hold plain names; il_infer_name makes the library's.
//
// Owner:     everything made lives in the Sema's arena.
// Threads:   one.
// Allocates: from the arena.
// Fails:     by diagnostics.
#ifndef ISLE_SEMA_INFER_INTERNAL_H
#define ISLE_SEMA_INFER_INTERNAL_H

#include "sema/declare.h"
#include "sema/infer.h"
#include "sema/scope.h"
#include "sema/sema.h"
#include "sema/typed.h"
#include "syntax/diagnostic.h"
#include "syntax/tree.h"

typedef struct Flow Flow;    // flow.h

// A function being inferred: the member itself, a closure or local function.
typedef struct InferFunction {
  struct InferFunction *outer;
  TypedBody *body;
  TypeId result;         // declared return type; NONE: inferred from the body
  TypeId value_type;     // what a returned value must be, futures taken off;
                         // NONE: inferred
  TypeId value_context;  // context of `return e`, `=> e` and `yield e` operands
  TypeId inferred;       // UP of what was returned or yielded; NONE: nothing yet
  bool is_async, is_generator;
  bool is_constructor;   // generative: `return e` is an error
  bool is_setter_or_arrow_void;  // `=> e` may have any type
  const TreeNode *empty_return;  // a `return;` where the result is inferred
  bool returns_value;    // some `return e` was met (for errors on mixtures)
} InferFunction;

// A label, loop or switch that statements may jump to; kept by
// infer_statement.c.
typedef struct InferTarget {
  struct InferTarget *outer;
  TypedTarget *target;
  const TreeNames *labels;   // may be NULL
  bool is_loop, is_switch, is_case;
  void *flow;                // private to infer_statement.c and flow.c
} InferTarget;

// A null-aware access inside the NULL_SHORT being inferred.
typedef struct InferGuard {
  struct InferGuard *outer;  // the one before it
  LocalVar *local;
  TypedExpr *value;
  uint32_t offset;
} InferGuard;

// A member of the superclass that closures of a mixin's member use: which
// class that is only the member itself knows, so it binds it for them.
typedef struct InferSuper {
  struct InferSuper *next;
  FunctionElement *target;
  LocalVar *local;
} InferSuper;

typedef struct InferContext {
  Sema *sema;
  Arena *arena;
  TypeTable *types;
  const TypeContext *type_context;
  Library *library;
  Unit *unit;                // may be NULL for synthetic members
  const Source *source;      // its source
  Element *member;           // FunctionElement or FieldElement; may be NULL
  ClassElement *owner;       // enclosing class or extension; NULL: top level
  TypeId this_type;          // NONE when there is no `this`
  Scope *scope;              // innermost
  Flow *flow;                // flow analysis of the member; see flow.h
  InferFunction *function;   // innermost; NULL in field initialisers at first
  InferTarget *targets;      // innermost; reset inside closures
  InferGuard **guards;       // where null-aware accesses register; NULL: none
  LocalVar *receiver;        // of an extension's member: its `this`
  TypedExpr *cascade;        // what CASCADE_TARGET stands for
  TypedCatch *catch_clause;  // innermost, for rethrow
  const TreeNode *unused;    // this expression's value is not used
  TypeId shorthand;          // context for DOT_SHORTHAND heads; NONE: none
  bool is_const;             // inside a constant context
  TypeParamId element_params[2];  // stand for E, or K and V, of literals
  bool is_initializer;       // initialiser list or field initialiser: no `this`
  bool in_late;              // in a late local variable's initialiser
  InferSuper *supers;        // of the member, for its closures
} InferContext;

// ------------------------------------------------------------------- errors

// Reports at a tree node.  Further arguments as in il_diagnostic_error.
#define il_infer_error(f, node, ...)                                   \
  il_diagnostic_error((f)->sema->diagnostics, (f)->source,             \
                      ((const TreeNode *)(node))->start,               \
                      ((const TreeNode *)(node))->end, __VA_ARGS__)
#define il_infer_error_name(f, tree_name, ...)                           \
  il_diagnostic_error((f)->sema->diagnostics, (f)->source,               \
                      (tree_name).start, (tree_name).end, __VA_ARGS__)
// A construct without semantics yet: DIAG_UNSUPPORTED, then INVALID.
TypedExpr *il_infer_unsupported(InferContext *f, const TreeNode *node,
                                const char *construct);
// The type as Dart prints it, in the arena.
Text il_infer_type_text(InferContext *f, TypeId type);
// The name as the source spells it.
Text il_infer_name_text(InferContext *f, Name name);

// -------------------------------------------------------------------- nodes

TypedExpr *il_infer_new_expr(InferContext *f, ExprKind kind, size_t size,
                             uint32_t offset, TypeId type);
TypedStmt *il_infer_new_stmt(InferContext *f, StmtKind kind, size_t size,
                             uint32_t offset);
// NEW_EXPR(f, LOCAL_GET, TypedLocalGet, offset, type) → TypedLocalGet *
#define NEW_EXPR(f, kind, Struct, offset, type)                        \
  ((Struct *)il_infer_new_expr((f), EXPR_##kind, sizeof(Struct), (offset), \
                               (type)))
#define NEW_STMT(f, kind, Struct, offset) \
  ((Struct *)il_infer_new_stmt((f), STMT_##kind, sizeof(Struct), (offset)))

TypedExpr *il_infer_invalid(InferContext *f, uint32_t offset);
TypedExpr *il_infer_null(InferContext *f, uint32_t offset);
TypedExpr *il_infer_bool(InferContext *f, bool value, uint32_t offset);
TypedExpr *il_infer_string(InferContext *f, Text value, uint32_t offset);
TypedExpr *il_infer_constant_expr(InferContext *f, Constant *c, TypeId type,
                                  uint32_t offset);
static inline bool il_infer_is_invalid(const TypedExpr *e) {
  return e->type == TYPE_ID_INVALID;
}

// ------------------------------------------------------------------- locals

// The library's own form of a name of the tree.
Name il_infer_name(InferContext *f, Name name);
// A new variable, not in scope.  `name` 0 or synthetic temps: LET's.
LocalVar *il_infer_new_local(InferContext *f, Name name, TypeId type,
                             uint16_t flags);
// A temporary holding a value of this type.
LocalVar *il_infer_new_temp(InferContext *f, TypeId type);
// Opens a block scope; give the result to il_infer_close_block.  `statements`
// (may be NULL): their declarations are announced, so that a use before the
// declaration is an error and no outer variable is seen.
Scope *il_infer_open_block(InferContext *f, const TreeList *statements);
void il_infer_close_block(InferContext *f, Scope *saved);
// Puts a variable into the innermost block; wildcards `_` are left out.
// Reports duplicates.
void il_infer_declare(InferContext *f, LocalVar *local, const TreeName *name);
// The variable's value, raw: static type as declared, no flow, no promotion.
TypedExpr *il_infer_local_get(InferContext *f, LocalVar *local,
                              uint32_t offset);
// Reading a variable as source does: promotion, definite assignment, capture.
TypedExpr *il_infer_local_read(InferContext *f, LocalVar *local,
                               const TreeNode *node);
// Marks use from inside a closure (capture, `this`, type parameters).
void il_infer_use_local(InferContext *f, LocalVar *local);
void il_infer_use_this(InferContext *f);
// Marks the use of `super`. The variable that a closure of a mixin has the
// superclass's member from; NULL anywhere else.
LocalVar *il_infer_use_super(InferContext *f, FunctionElement *target);
// Puts the bindings of f->supers before a member's code or value.
void il_infer_bind_supers(InferContext *f, TypedBody *body);
void il_infer_use_type(InferContext *f, TypeId type);
// An arena array of the arguments; NULL when there are none.
static inline TypedExpr **il_infer_copy_args(InferContext *f, TypedExpr **args,
                                             uint32_t count) {
  if (count == 0) return NULL;
  return il_arena_copy(f->arena, args, sizeof(*args) * count);
}
// A value that is needed more than once: held in a temporary, unless reading
// it twice is the same.  `*let` gets the temporary or NULL.
TypedExpr *il_infer_hold(InferContext *f, TypedExpr *e, LocalVar **let);
// body, inside the let of il_infer_hold when there is one.
TypedExpr *il_infer_release(InferContext *f, LocalVar *let, TypedExpr *value,
                            TypedExpr *body);
// first is evaluated, then value.
TypedExpr *il_infer_after(InferContext *f, TypedExpr *first, TypedExpr *value);
TypedExpr *il_infer_sequence(InferContext *f, TypedStmt **statements,
                             uint32_t count, TypedExpr *value);
TypedStmt *il_infer_expr_stmt(InferContext *f, TypedExpr *e);
// let local = value in body; body's type.
TypedExpr *il_infer_let(InferContext *f, LocalVar *local, TypedExpr *value,
                        TypedExpr *body);

// -------------------------------------------------------------------- types

// A type annotation.  Notes its use of type parameters.
TypeId il_infer_type(InferContext *f, TreeNode *annotation);
// Shorthands for types of core classes.
TypeId il_infer_core_type(InferContext *f, WellKnownClass id);
TypeId il_infer_core_type1(InferContext *f, WellKnownClass id, TypeId arg);
TypeId il_infer_core_type2(InferContext *f, WellKnownClass id, TypeId a,
                           TypeId b);
bool il_infer_is_subtype(InferContext *f, TypeId sub, TypeId super);
// The argument of type seen as Iterable<T>, Stream<T>...; NONE if it is not.
TypeId il_infer_type_argument(InferContext *f, TypeId type, WellKnownClass id,
                              uint32_t index);
// The element of class of an interface type; NULL for other kinds.
ClassElement *il_infer_class_of(InferContext *f, TypeId type);
// The bound of a type parameter, promoted ones and nested ones resolved, until
// it is no parameter.
TypeId il_infer_resolve_bound(InferContext *f, TypeId type);
// The context without hole, as the type of something that has no other.
static inline bool il_infer_has_context(TypeId context) {
  return context != TYPE_ID_NONE && context != TYPE_ID_UNKNOWN;
}

// -------------------------------------------------------------- expressions

// The typed tree of an expression.
TypedExpr *il_infer_expr(InferContext *f, TreeNode *node, TypeId context);
// The same for an expression whose value nobody uses (statements, updates).
TypedExpr *il_infer_unused(InferContext *f, TreeNode *node);
// infer, then coerce: what initialisers, arguments and returns want.
TypedExpr *il_infer_as(InferContext *f, TreeNode *node, TypeId type);
// A condition: context bool, coerced to bool.
TypedExpr *il_infer_condition(InferContext *f, TreeNode *node);
// Reports a value of type void that is used.
TypedExpr *il_infer_used(InferContext *f, TypedExpr *e, const TreeNode *node);

// Makes `e` assignable to `to` or reports: implicit downcast from dynamic,
// call tear-off, generic instantiation.  (int literals became doubles by
// context already.)
TypedExpr *il_infer_coerce(InferContext *f, TypedExpr *e, TypeId to,
                           const TreeNode *node);
// The same without a report: NULL when not assignable.
TypedExpr *il_infer_try_coerce(InferContext *f, TypedExpr *e, TypeId to);
// The same with a message of one's own, which takes both types.
TypedExpr *il_infer_coerce_or(InferContext *f, TypedExpr *e, TypeId to,
                              DiagnosticCode code, const TreeNode *node);
// S of FutureOr<S> and S?, as a context that wants a function, a collection or
// a class to look in sees them.
TypeId il_infer_strip_future_or(InferContext *f, TypeId type);
// e as `to`.
TypedExpr *il_infer_downcast(InferContext *f, TypedExpr *e, TypeId to,
                             AsKind kind);
// A torn-off function with these type arguments, as a constant if it is one.
TypedExpr *il_infer_fold_tear_off(InferContext *f, TypedExpr *e,
                                  TypeId vector);
// A generic function value with type arguments; `type` is what it becomes.
TypedExpr *il_infer_instantiate(InferContext *f, TypedExpr *e, TypeId vector,
                                TypeId type);
// What type a value gets in a variable whose type is not written.
TypeId il_infer_variable_type(InferContext *f, TypeId initializer);

// ------------------------------------------------------------------ members

// What `receiver.name` means.
typedef enum {
  MEMBER_NONE,        // no such member
  MEMBER_AMBIGUOUS,   // several extensions, none most specific
  MEMBER_NULLABLE,    // there is one, but the receiver may be null
  MEMBER_INVALID,     // the receiver is erroneous
  MEMBER_DYNAMIC,     // the receiver is dynamic
  MEMBER_NEVER,       // the receiver never is
  MEMBER_INSTANCE,    // interface member: `function`, `type`
  MEMBER_EXTENSION,   // of an extension or extension type: static `function`
                      // with `vector` for its type arguments first
  MEMBER_CALL,        // `call` of a function type; or of Function (type NONE)
  MEMBER_RECORD,      // field `index` of a record type
  MEMBER_REPRESENTATION,  // of an extension type: the receiver itself
} MemberKind;
typedef struct {
  uint8_t kind;       // MemberKind
  FunctionElement *function;
  TypeId receiver;    // the interface type it was found in
  TypeId vector;      // EXTENSION: the extension's type arguments, NONE: none
  TypeId type;        // getter: type of the value; method: function type;
                      // setter: type of the argument
  uint32_t index;
} Member;

// Looks for a getter or method (or setter) of that name on a value of `type`,
// extensions included.  No report.
void il_infer_find_member(InferContext *f, TypeId type, Name name, bool setter,
                          Member *out);
// A class's or extension's parameters replaced by the vector's types.
TypeId il_infer_apply_vector(InferContext *f, ClassElement *c, TypeId type,
                             TypeId vector);
// Whether the extension applies to the type; its type arguments are inferred
// into *vector (NONE when it has none) and *on gets its on type.
bool il_infer_match_extension(InferContext *f, ClassElement *extension,
                              TypeId type, TypeId *vector, TypeId *on);
// What a member of an extension (type) is, given its type arguments.
void il_infer_extension_member(InferContext *f, FunctionElement *function,
                               TypeId vector, Member *out);
// The expression that reads the member found.
TypedExpr *il_infer_get_member(InferContext *f, TypedExpr *receiver,
                               const Member *m, Name name,
                               const TreeNode *node);
TypedExpr *il_infer_set_member(InferContext *f, TypedExpr *receiver,
                               const Member *m, Name name, TypedExpr *value,
                               const TreeNode *node);
// receiver.method of an extension, as a closure.
TypedExpr *il_infer_extension_tear_off(InferContext *f, TypedExpr *receiver,
                                       const Member *m, const TreeNode *node);
// Reports why a member cannot be used; INVALID.
typedef enum { USE_GETTER, USE_SETTER, USE_METHOD, USE_OPERATOR } MemberUse;
TypedExpr *il_infer_report_member(InferContext *f, const Member *m,
                                  TypeId type, Name name, MemberUse use,
                                  const TreeNode *node);
// A value read through a generic class whose type mentions the class's
// parameters contravariantly is checked.
TypedExpr *il_infer_check_covariant(InferContext *f, TypedExpr *value,
                                    FunctionElement *member);
// receiver.name = value; value is coerced.  Its value is the value.
// Reports what is missing.
TypedExpr *il_infer_get(InferContext *f, TypedExpr *receiver, Name name,
                        const TreeNode *node);
// receiver.name(args) with typed positional arguments (operators, iterators);
// arguments are coerced.
TypedExpr *il_infer_call_member(InferContext *f, TypedExpr *receiver,
                                Name name, TypedExpr **args, uint32_t count,
                                const TreeNode *node);
// left == right, or != when negated; coerces right.
TypedExpr *il_infer_equals(InferContext *f, TypedExpr *left, TypedExpr *right,
                           bool is_negated, const TreeNode *node);

// -------------------------------------------------------------------- calls

// A call of something of a function type: arguments are inferred, matched and
// coerced, type arguments inferred.
typedef struct {
  const TreeNode *node;       // for messages
  TypeId function;            // function type, not nullable
  const TypeId *type_args;    // written; NULL when none
  uint32_t type_arg_count;
  TreeArguments *source;      // NULL: no arguments
  TypeId context;
  TypedExpr **extra;          // arguments inferred already, that go first
  const Name *extra_names;
  uint32_t extra_count;
  // Results.
  TypedArguments arguments;
  TypeId result;
  TypeId instantiated;        // `function` with its type arguments applied
  bool is_invalid;            // arguments don't fit: reported
} InferInvocation;
void il_infer_invoke(InferContext *f, InferInvocation *call);
// Arguments of a call that is not statically known (dynamic, or erroneous).
TypedArguments il_infer_loose_arguments(InferContext *f,
                                        TreeArguments *source);
// The type arguments written at a call; *count 0 and NULL when none.
TypeId *il_infer_type_list(InferContext *f, const TreeList *list,
                           uint32_t *count);
// A type vector; NONE for none.
TypeId il_infer_vector(InferContext *f, const TypeId *types, uint32_t count);

// ------------------------------------------------------------------- places

// What an identifier, property or index denotes, before it is read, written
// or called.
typedef enum {
  PLACE_INVALID,      // reported
  PLACE_VALUE,        // just a value: `receiver`
  PLACE_LOCAL,        // element, a LocalVar
  PLACE_STATIC,       // element (getter, function, field) and setter
  PLACE_MEMBER,       // receiver.name
  PLACE_SUPER,        // super.name
  PLACE_APPLICATION,  // a member of one extension, on receiver
  PLACE_INDEX,        // receiver[index]
  PLACE_SUPER_INDEX,  // super[index]
  PLACE_APPLICATION_INDEX,
  PLACE_CLASS,        // class, typedef, extension
  PLACE_TYPE,         // another type: type parameter, dynamic, ...
  PLACE_PREFIX,
  PLACE_CONSTRUCTOR,  // of class_element
  PLACE_SUPER_SELF,   // `super` alone: only a target
  PLACE_LOAD_LIBRARY, // prefix.loadLibrary
} PlaceKind;
typedef struct {
  uint8_t kind;               // PlaceKind
  bool is_this;               // the receiver is an implicit this
  bool is_applied;            // CLASS: type arguments are written
  bool is_unused;             // the value of the assignment is not used
  const TreeNode *node;       // the name's span, for messages and offsets
  Name name;
  TypedExpr *receiver;        // see above
  TypedExpr *index;
  Element *element;           // what reading reaches; NULL: a setter alone
  Element *setter;            // what writing reaches
  ClassElement *class_element;
  TypeId type;                // CLASS, CONSTRUCTOR: NONE when generic and no
                              // arguments are written.  TYPE: the type
  TypeId vector;              // APPLICATION: the extension's arguments
  PrefixElement *deferred;    // reached through it
} Place;

void il_infer_place(InferContext *f, TreeNode *node, Place *place);
// E(x), an extension applied: false when the node is no such thing.  The place
// has no name: only a target of members and operators.
bool il_infer_application(InferContext *f, TreeNode *node, Place *place);
// A member of the extension applied; false after a report.
bool il_infer_application_member(InferContext *f, Place *place, Name name,
                                 bool setter, MemberUse use, Member *m);
// What super.name reaches; NULL when nothing.
FunctionElement *il_infer_super_member(InferContext *f, Name name,
                                       bool setter);
TypedExpr *il_infer_report_super(InferContext *f, Name name,
                                 const TreeNode *node);
// The parts of PLACE_INDEX and its kin, in infer_assign.c.
TypeId il_infer_index_context(InferContext *f, Place *place);
TypeId il_infer_index_value_type(InferContext *f, Place *place);
TypedExpr *il_infer_index_read(InferContext *f, Place *place);
TypedExpr *il_infer_index_write(InferContext *f, Place *place,
                                TypedExpr *value);
// C<args> for a class or typedef; INVALID after a report.
TypeId il_infer_class_apply(InferContext *f, Element *element,
                            const TypeId *args, uint32_t count,
                            const TreeNode *node);
// e<args> for a generic function, or an object with a generic `call`.
TypedExpr *il_infer_instantiate_written(InferContext *f, TypedExpr *e,
                                        const TypeId *args, uint32_t count,
                                        const TreeNode *node);
TypedExpr *il_infer_load_library_tear_off(InferContext *f, Place *place);
// name on what the target denotes.
void il_infer_place_member(InferContext *f, Place *target, Name name,
                           const TreeNode *node, Place *place);
void il_infer_place_lexical(InferContext *f, Name written,
                            const TreeNode *node, Place *place);
TypedExpr *il_infer_place_read(InferContext *f, Place *place);
// Value is inferred already; it is coerced.  The result is its value.
TypedExpr *il_infer_place_write(InferContext *f, Place *place,
                                TypedExpr *value);
// The type that a value written must have; UNKNOWN when there is none.
TypeId il_infer_place_type(InferContext *f, Place *place);
TypedExpr *il_infer_place_call(InferContext *f, Place *place, TreeCall *call,
                               TypeId context);
// Registers receiver?.…: the value when it is not null.
TypedExpr *il_infer_guard(InferContext *f, TypedExpr *receiver,
                          const TreeNode *node);
TypedExpr *il_infer_this(InferContext *f, uint32_t offset);
// CHECK_LIBRARY around an expression reached through a deferred prefix.
TypedExpr *il_infer_deferred(InferContext *f, PrefixElement *prefix,
                             TypedExpr *e);

// ------------------------------------------------- families of expressions

TypedExpr *il_infer_call(InferContext *f, TreeCall *node, TypeId context);
// The special static types of + - * % remainder on numbers: the type of the
// result, NONE when nothing special holds.
TypeId il_infer_number_type(InferContext *f, TypeId left, TypeId right);
// A member call with arguments already inferred and counted right.
TypedExpr *il_infer_apply_member(InferContext *f, TypedExpr *receiver,
                                 const Member *m, Name name, TypedExpr **args,
                                 uint32_t count, const TreeNode *node);
TypedExpr *il_infer_call_value(InferContext *f, TypedExpr *callee,
                               TreeCall *node, TypeId context);
TypedExpr *il_infer_assign(InferContext *f, TreeAssign *node, TypeId context);
TypedExpr *il_infer_increment(InferContext *f, TreeIncrement *node);
TypedExpr *il_infer_binary(InferContext *f, TreeBinary *node, TypeId context);
TypedExpr *il_infer_int(InferContext *f, TreeIntLiteral *node, bool is_negated,
                        TypeId context);
TypedExpr *il_infer_unary(InferContext *f, TreeUnary *node, TypeId context);
// left op right, both inferred; for compound assignments too.
TypedExpr *il_infer_operator(InferContext *f, TypedExpr *left, Name op,
                             TypedExpr *right, const TreeNode *node);
// The type of `a ?? b`, `c ? a : b` and switches, of branches joined.
TypeId il_infer_join(InferContext *f, TypeId a, TypeId b, TypeId context);
// left op right where left is super or an extension applied.
TypedExpr *il_infer_place_operator(InferContext *f, Place *place, Name op,
                                   TypedExpr **args, uint32_t count,
                                   const TreeNode *node);
// The context that the right side of `left op …` gets.
TypeId il_infer_operand_context(InferContext *f, TypeId left, Name op,
                                TypeId context);
Name il_infer_operator_name(TokenKind op);
TypedExpr *il_infer_new(InferContext *f, TreeNew *node, TypeId context);
// A call of a constructor.  `named` is the class or typedef as written; type
// NONE: type arguments are inferred.
TypedExpr *il_infer_create_at(InferContext *f, Element *named, ClassElement *c,
                              TypeId type, Name constructor,
                              TreeArguments *arguments, bool is_const,
                              TypeId context, const TreeNode *node);
// The function type of a constructor: generic over its class's parameters.
TypeId il_infer_constructor_type(InferContext *f, FunctionElement *ctor);
FunctionElement *il_infer_typedef_constructor(InferContext *f,
                                              TypedefElement *t,
                                              FunctionElement *ctor,
                                              TypeId generic,
                                              uint32_t offset);
TypedExpr *il_infer_constructor_tear_off(InferContext *f, Place *place);
TypedExpr *il_infer_shorthand(InferContext *f, TreeDotShorthand *node,
                              TreeCall *call, TypeId context);
TypedExpr *il_infer_list(InferContext *f, TreeListLiteral *node,
                         TypeId context);
TypedExpr *il_infer_set_or_map(InferContext *f, TreeSetOrMapLiteral *node,
                               TypeId context);
TypedExpr *il_infer_record(InferContext *f, TreeRecordLiteral *node,
                           TypeId context);
TypedExpr *il_infer_closure(InferContext *f, TreeFunction *node,
                            TypeId context);
TypedExpr *il_infer_type_literal(InferContext *f, TypeId type,
                                 uint32_t offset);
// Reports a type that mentions type parameters where a constant is due.
void il_infer_check_constant_type(InferContext *f, TypeId type,
                                  const TreeNode *node);
// A context without type parameters: constants mention none.
TypeId il_infer_constant_context(InferContext *f, TypeId context);
// Folds a constant expression: evaluates it once, outermost.  INVALID after an
// error.
TypedExpr *il_infer_fold(InferContext *f, TypedExpr *e);
// The same, or e itself when it is no constant.
TypedExpr *il_infer_try_fold(InferContext *f, TypedExpr *e);

// ---------------------------------------------------------------- functions

// Inference of a member begins and ends.
void il_infer_begin(InferContext *f, Sema *sema, Element *member,
                    ClassElement *owner, TreeNode *flow_root);
void il_infer_end(InferContext *f);
// A new body; it becomes the innermost function when entered.
TypedBody *il_infer_new_body(InferContext *f, Signature *signature,
                             uint32_t offset);
void il_infer_enter_function(InferContext *f, InferFunction *function,
                             TypedBody *body, TypeId result, TreeAsync async);
void il_infer_leave_function(InferContext *f);
// Makes the LocalVars of body->parameters and declares them in the innermost
// block; `only_plain` leaves out `this.x` and `super.x`.
void il_infer_make_parameters(InferContext *f, TypedBody *body);
void il_infer_declare_parameters(InferContext *f, TypedBody *body,
                                 bool only_plain);
// The code of a function: a block, or RETURN of an expression; checks that its
// end is not reached when a value is due.
TypedStmt *il_infer_code(InferContext *f, TreeNode *body, bool is_arrow);
void il_infer_constructor(InferContext *f, FunctionElement *ctor,
                          TypedBody *body);
TypedStmt *il_infer_redirecting_factory(InferContext *f, TypedBody *body,
                                        FunctionElement *target, TypeId type);
void il_infer_primary_scope(InferContext *f, TypedBody *body);
// The object for a constructor with all arguments known; `type` is the class
// as instantiated.
TypedExpr *il_infer_make_object(InferContext *f, FunctionElement *ctor,
                                TypeId type, TypedArguments arguments,
                                uint32_t offset);
// The value of an enum's constant: a NEW of the enum itself.
TypedExpr *il_infer_enum_instance(InferContext *f, ClassElement *c,
                                  TypeId type, Name constructor,
                                  TreeArguments *arguments,
                                  const TreeNode *node);
// Whether a class's parameter is mentioned where it is not covariant (or, with
// is_contra, where it is not contravariant).
bool il_infer_mentions(InferContext *f, TypeId type, bool is_contra);
// For `return e;`: the value coerced to what the function returns (and noted
// for inference); NULL value: `return;`.  May return NULL (nothing returned).
TypedExpr *il_infer_return_value(InferContext *f, TypedExpr *value,
                                 const TreeNode *node);
// For `yield e`: the value as it is to be yielded (element, or the stream or
// iterable of yield*), coerced and noted.
TypedExpr *il_infer_yield_value(InferContext *f, TypedExpr *value, bool is_each,
                                const TreeNode *node);
// The context for the operand of return or yield.
TypeId il_infer_return_context(InferContext *f);
TypeId il_infer_yield_context(InferContext *f, bool is_each);
// A local function declaration: declares it in the innermost block and infers
// it.
TypedStmt *il_infer_local_function(InferContext *f, TreeFunction *node);
// A call of a local function that makes the value of a late variable, whoever
// reads it first; *function declares that function.
TypedExpr *il_infer_late_initializer(InferContext *f, TreeNode *initializer,
                                     TypeId declared, TypedStmt **function);

// ------------------------------- provided by infer_statement.c and infer_pattern.c

// Never NULL, except for an EMPTY statement or declarations that vanish.
TypedStmt *il_infer_statement(InferContext *f, TreeNode *node);
TypedStmts il_infer_statements(InferContext *f, const TreeList *list);
// A FOR or FOR_IN loop, whose body is inferred by the callback with the loop's
// variables in scope (statements; elements of collections).
typedef TypedStmt *InferLoopBody(InferContext *f, TreeNode *body, void *data);
TypedStmt *il_infer_loop(InferContext *f, TreeNode *loop, InferLoopBody *body,
                         void *data);
// The head of `if (value case pattern when guard)`.  Opens a scope with the
// pattern's variables: `then` is inferred between begin and else, the other
// branch between else and end.
typedef struct {
  TypedExpr *value;
  TypedPattern *pattern;
  TypedExpr *guard;   // NULL without
  Scope *saved;
  void *flow;         // private
} InferCaseHead;
void il_infer_case_begin(InferContext *f, TreeIf *node, InferCaseHead *head);
void il_infer_case_else(InferContext *f, InferCaseHead *head);
void il_infer_case_end(InferContext *f, InferCaseHead *head);
TypedExpr *il_infer_switch_expression(InferContext *f,
                                      TreeSwitchExpression *node,
                                      TypeId context);
TypedExpr *il_infer_pattern_assign(InferContext *f, TreePatternAssign *node,
                                   TypeId context);

#endif
