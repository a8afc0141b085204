// typed.h: the typed tree, what `infer` makes and `lower` reads.
//
// Everything implicit is explicit here: conversions, downcasts, covariance
// checks, tear-offs, extension calls (static calls with the receiver first),
// compound assignments (LET), cascades (LET), null-shorting (NULL_AWARE).
// Types are the static ones, after promotion.  No node mentions the syntax
// tree except for positions.
//
// Representation: an expression of type int, double or bool (non-nullable,
// extension types erased) is raw, all others are references: il_type_rep.
// Whoever consumes an expression in another representation than its type's
// (a variable declared `int?` promoted to int, an int passed as Object) lets
// lowering box or unbox: no node says so.  int → double of literals is done in
// infer (TypedDouble).  Where a raw value is wanted from a reference whose
// static type does not promise it, infer has put a TypedAs.
//
// Evaluation order is the order of the fields below, unless said otherwise.
//
// Deep chains: a left-nested chain of INSTANCE_CALL, CONCAT, AND, OR and so on
// may be 200,000 deep on its left side; walkers go down the left spine
// iteratively.  All other depth is bounded by the parser.
//
// Owner:     the Sema's arena.
// Threads:   one.
// Allocates: from the arena.
// Fails:     an erroneous expression has type INVALID; such a program is never
//            lowered.
#ifndef ISLE_SEMA_TYPED_H
#define ISLE_SEMA_TYPED_H

#include "sema/constant.h"

typedef enum {
#define EXPR(kind, type) EXPR_##kind,
#define STMT(kind, type)
#define PATTERN(kind, type)
#include "sema/typed.def"
#undef EXPR
#undef STMT
#undef PATTERN
  EXPR_KIND_COUNT
} ExprKind;

typedef enum {
#define EXPR(kind, type)
#define STMT(kind, type) STMT_##kind,
#define PATTERN(kind, type)
#include "sema/typed.def"
#undef EXPR
#undef STMT
#undef PATTERN
  STMT_KIND_COUNT
} StmtKind;

typedef enum {
#define EXPR(kind, type)
#define STMT(kind, type)
#define PATTERN(kind, type) PATTERN_##kind,
#include "sema/typed.def"
#undef EXPR
#undef STMT
#undef PATTERN
  PATTERN_KIND_COUNT
} PatternKind;

typedef struct TypedExpr {
  uint8_t kind;       // ExprKind
  uint8_t effects;    // private to lower/
  uint32_t offset;    // where in the unit's source (for stack traces)
  TypeId type;        // static type of the value
} TypedExpr;

typedef struct {
  uint8_t kind;       // StmtKind
  uint32_t offset;
} TypedStmt;

typedef struct {
  uint8_t kind;       // PatternKind
  uint32_t offset;
  TypeId matched;     // static type of the value matched
  TypeId required;    // the type tested first; NONE when matched <: required
  TypeId written;     // WILDCARD, VARIABLE: the type as written; NONE: none
} TypedPattern;

typedef struct { TypedExpr **items; uint32_t count; } TypedExprs;
typedef struct { TypedStmt **items; uint32_t count; } TypedStmts;
typedef struct { TypedPattern **items; uint32_t count; } TypedPatterns;

// ---------------------------------------------------------------- variables

enum {
  LOCAL_IS_FINAL = 1 << 0,
  LOCAL_IS_LATE = 1 << 1,
  LOCAL_IS_PARAMETER = 1 << 2,
  LOCAL_IS_CAPTURED = 1 << 3,     // used by a closure inside its owner
  LOCAL_IS_ASSIGNED = 1 << 4,     // assigned after its initialisation
  LOCAL_IS_FUNCTION = 1 << 5,     // a local function's name
  LOCAL_IS_SYNTHETIC = 1 << 6,    // a LET's
  LOCAL_IS_COVARIANT = 1 << 7,    // parameter checked on entry against `type`
  LOCAL_ESCAPES = 1 << 8,         // LOCAL_IS_FUNCTION used other than called
  LOCAL_NEEDS_UNASSIGNED_CHECK = 1 << 9,  // late without initialiser: reads
                                          // not proven assigned check
};

// A local variable or parameter; also TypedBody's `this` is none.
struct LocalVar {
  Element base;             // kind ELEMENT_LOCAL
  TypeId type;              // declared or inferred, not promoted
  uint16_t flags;           // LOCAL_*
  TypedBody *owner;         // the function it is declared in
  TypedExpr *late_initializer;  // late with initialiser: run at first read
  TypedBody *function;      // LOCAL_IS_FUNCTION: its body
  Constant *constant;       // of a const variable: reads are folded
  void *flow;               // private to flow.c
  uint32_t declared_at;     // where its name stands; 0 when it has none
  uint32_t lowered[2];      // private to lower/
};

// A function body with its parameters: a member, a closure, an initialiser.
struct TypedBody {
  FunctionElement *element;   // NULL for closures and local functions
  TypedBody *parent;          // of closures and local functions
  Name name;                  // for stack traces; 0: <anonymous closure>
  Library *library;
  Unit *unit;                 // offsets are in its source
  uint32_t offset;
  Signature *signature;       // as element's; a closure's own
  LocalVar **parameters;      // one for each Parameter, same order;
                              // an extension's `this` is `receiver`
  LocalVar *receiver;         // IS_EXTENSION: the `this` parameter, else NULL
  bool is_async, is_generator;
  bool uses_this;             // a closure that needs the enclosing `this`
  bool uses_class_types;      // ... class or function type parameters
  TypeId element_type;        // async: future value type; generator: element
  TypedStmt *code;            // NULL: abstract, external or no body.  A
                              // constructor's: FIELD_INITs of the fields'
                              // initialisers, of `this.x` and the initialiser
                              // list, SUPER_INIT, then the body; in Dart's
                              // order.  An expression body: a RETURN.
  TypedExpr *value;           // FUNCTION_FIELD_INIT and field initialisers
};

// -------------------------------------------------------------- expressions

typedef struct { TypedExpr base; int64_t value; } TypedInt;
typedef struct { TypedExpr base; double value; } TypedDouble;
// Every constant expression is folded into one of these (bool, null, string,
// and symbol literals always are).
typedef struct { TypedExpr base; Constant *value; } TypedConstant;
// A type literal that mentions type parameters; others are constants.
typedef struct { TypedExpr base; TypeId value; } TypedTypeLiteral;
// "a${b}c": parts in order; a part that is not statically String is converted
// by its toString (lowering calls the interpolation helper of dart:core).
typedef struct { TypedExpr base; TypedExprs parts; } TypedConcat;

typedef struct { TypedExpr base; LocalVar *local; } TypedLocalGet;
// Value of the expression: the value assigned.
typedef struct { TypedExpr base; LocalVar *local; TypedExpr *value; }
    TypedLocalSet;
typedef struct { TypedExpr base; FieldElement *field; } TypedStaticGet;
typedef struct { TypedExpr base; FieldElement *field; TypedExpr *value; }
    TypedStaticSet;

// Instance field access that cannot be overridden (in constructors, of final
// or private classes, of extension type representations: receiver itself).
typedef struct { TypedExpr base; TypedExpr *receiver; FieldElement *field; }
    TypedFieldGet;
typedef struct {
  TypedExpr base;
  TypedExpr *receiver;
  FieldElement *field;
  TypedExpr *value;
} TypedFieldSet;

// Arguments as the target is called: positional, then named in the order
// written (evaluation order of the source is items' order; a named argument
// before a positional one makes `order` non-NULL: order[i] is the index of
// the i-th to be evaluated).
typedef struct {
  TypeId vector;            // type arguments as TYPE_VECTOR; NONE when none
  TypedExprs positional;
  TypedExprs named;
  const Name *names;        // of the named ones
  const uint32_t *order;
} TypedArguments;

// A function known at compile time: top-level, static, extension member
// (receiver is the first positional argument; the extension's type arguments
// come first in the vector), factory constructor (vector = class arguments).
// Redirections of factories are resolved here.
typedef struct {
  TypedExpr base;
  FunctionElement *target;
  TypedArguments arguments;
} TypedStaticCall;

// A generative constructor; base.type is the type made.
typedef struct {
  TypedExpr base;
  FunctionElement *constructor;
  TypedArguments arguments;
} TypedNew;

// A virtual call (method, operator, getter with no argument, setter with one)
// of the interface member `target`.  A setter call's value is the argument.
// `is_exact`: no override can exist or target is the only one: call directly.
typedef struct {
  TypedExpr base;
  TypedExpr *receiver;
  FunctionElement *target;
  TypedArguments arguments;
  bool is_exact;
} TypedInstanceCall;

typedef struct {
  TypedExpr base;
  FunctionElement *target;  // the concrete member in the superclass; in a
                            // mixin: the interface member, found by the holder
  TypedArguments arguments;
  LocalVar *bound;          // in a closure of a mixin: a variable of the member
                            // that holds the superclass's, bound to `this`
} TypedSuperCall;

// Calls a function value of static type base function type.
typedef struct {
  TypedExpr base;
  TypedExpr *callee;        // of a function type, not nullable
  TypedArguments arguments;
} TypedClosureCall;

typedef enum {
  DYNAMIC_METHOD, DYNAMIC_GETTER, DYNAMIC_SETTER, DYNAMIC_OPERATOR,
  DYNAMIC_CALL,             // the receiver is what is called
} DynamicKind;
typedef struct {
  TypedExpr base;
  TypedExpr *receiver;
  uint8_t dynamic_kind;
  Name name;
  TypedArguments arguments;
} TypedDynamicCall;

// a == b (or != when negated).  `target` is the operator's interface member;
// null on either side is settled by identity first.  NULL target: one side is
// the literal null.
typedef struct {
  TypedExpr base;
  TypedExpr *left, *right;
  FunctionElement *target;
  bool is_negated;
} TypedEquals;

typedef struct { TypedExpr base; TypedExpr *operand; } TypedUnary;
typedef struct { TypedExpr base; TypedExpr *left, *right; } TypedBinary;

typedef struct { TypedExpr base; FunctionElement *target; } TypedStaticTearOff;
typedef struct {
  TypedExpr base;
  TypedExpr *receiver;      // NULL for SUPER_TEAR_OFF (this)
  FunctionElement *target;  // SUPER_TEAR_OFF: may be a getter or setter
  LocalVar *bound;          // SUPER_TEAR_OFF: as in TypedSuperCall
} TypedInstanceTearOff;
// C.new, C<int>.named: a closure that makes a C.  class_vector NONE: a generic
// function of the class's parameters.
typedef struct {
  TypedExpr base;
  FunctionElement *constructor;
  TypeId class_vector;
} TypedConstructorTearOff;
typedef struct { TypedExpr base; TypedExpr *function; TypeId vector; }
    TypedInstantiate;
typedef struct { TypedExpr base; TypedBody *body; } TypedClosure;

// ------------------------------------------------------------- collections

typedef enum {
  ITEM_VALUE,       // key NULL; or key and value in a map
  ITEM_NULL_AWARE,  // ?value: left out when null.  In maps see null_aware_*
  ITEM_SPREAD,
  ITEM_IF,
  ITEM_IF_CASE,
  ITEM_FOR,         // loop: a FOR, FOR_IN or PATTERN loop statement whose body
                    // is empty; `then` is what it adds
} ItemKind;
typedef struct TypedItem {
  uint8_t kind;             // ItemKind
  uint32_t offset;
  TypedExpr *key, *value;   // SPREAD: value
  bool is_null_aware_key, is_null_aware_value;  // also SPREAD's ...?
  TypedExpr *condition;     // IF; IF_CASE: the value
  TypedPattern *pattern;    // IF_CASE
  TypedExpr *guard;         // IF_CASE; NULL when none
  TypedStmt *loop;          // FOR
  struct TypedItem **then_items, **else_items;
  uint32_t then_count, else_count;
  TypeId spread_element, spread_value;  // element types each added one is cast
                                        // to; NONE when statically right
} TypedItem;
// base.type is List<E>, Set<E> or Map<K, V>.
typedef struct {
  TypedExpr base;
  TypedItem **items;
  uint32_t count;
} TypedCollection;

// Fields in the order of the record type; `order` as in TypedArguments.
typedef struct { TypedExpr base; TypedExprs fields; const uint32_t *order; }
    TypedRecord;
typedef struct { TypedExpr base; TypedExpr *record; uint32_t index; }
    TypedRecordGet;

// --------------------------------------------------- tests and control flow

typedef struct { TypedExpr base; TypedExpr *operand; TypeId test; } TypedIs;
typedef enum {
  AS_WRITTEN,        // `as`: failure is a TypeError (cast)
  AS_DOWNCAST,       // implicit, from dynamic or a covariant use
  AS_UNCHECKED,      // known to hold; only changes the representation
  AS_MADE,           // the same, made by a constructor without `const`
} AsKind;
typedef struct {
  TypedExpr base;
  TypedExpr *operand;
  TypeId target;
  uint8_t as_kind;
} TypedAs;
typedef struct { TypedExpr base; TypedExpr *condition, *then, *otherwise; }
    TypedConditional;
// let local = value in body.
typedef struct {
  TypedExpr base;
  LocalVar *local;
  TypedExpr *value;
  TypedExpr *body;
} TypedLet;
// Statements (EXPRESSION, VAR) and then a value.
typedef struct { TypedExpr base; TypedStmts statements; TypedExpr *value; }
    TypedSequence;
// receiver?.…: `value` is bound to local; null: the whole is null, else body.
// base.type is nullable (or void).
typedef struct {
  TypedExpr base;
  LocalVar *local;          // type: non-null type of value
  TypedExpr *value;
  TypedExpr *body;
} TypedNullAware;
typedef struct TypedCatch TypedCatch;
typedef struct { TypedExpr base; TypedCatch *from; } TypedRethrow;
typedef struct { TypedExpr base; PrefixElement *prefix; TypedExpr *body; }
    TypedLibraryUse;  // CHECK_LIBRARY: body runs if the library is loaded

// ---------------------------------------------------------------- patterns

typedef struct { TypedPattern base; LocalVar *local; } TypedVariablePattern;
// In an assignment: assigns the local.
typedef struct TypedAssignedPattern { TypedPattern base; LocalVar *local; } TypedAssignedPattern;
typedef struct {
  TypedPattern base;
  Constant *value;
  FunctionElement *equals;  // operator == of the constant's class (it is the
                            // constant's == that is called); NULL: identity
} TypedConstantPattern;
// The operator is applied to the matched value: value OP operand.
typedef struct {
  TypedPattern base;
  LocalVar *value;          // bound to the matched value
  TypedExpr *test;          // of type bool, mentions `value`
} TypedRelationalPattern;
typedef struct { TypedPattern base; TypedPattern *sub; } TypedSubPattern;
// Cast's target is base.required.  OR: variables of both sides are the same
// LocalVars.
typedef struct { TypedPattern base; TypedPattern *left, *right; }
    TypedTwoPattern;
typedef struct {
  TypedPattern base;        // required: List<E>
  TypedPatterns before, after;
  bool has_rest;
  TypedPattern *rest;       // NULL: `...` alone
  FunctionElement *length, *at, *sublist;   // List's members
  TypeId element;
} TypedListPattern;
typedef struct {
  TypedPattern base;        // required: Map<K, V>
  Constant **keys;
  TypedPatterns values;
  FunctionElement *at, *contains_key;
  TypeId value_type;
} TypedMapPattern;
// Each field: `local` is bound to the matched value, `get` reads the property
// from it (RECORD_GET, INSTANCE_CALL, STATIC_CALL of an extension, ...).
typedef struct {
  TypedPattern base;
  LocalVar *value;
  TypedExpr **gets;
  TypedPatterns fields;
} TypedObjectPattern;

// --------------------------------------------------------------- statements

// What break and continue jump to: a loop, a switch, a labelled statement
// (BLOCK or any other), a switch case (continue label).
typedef struct TypedTarget {
  bool is_broken, is_continued;
  uint32_t lowered[2];      // private to lower/
} TypedTarget;
// `target` is not NULL for a labelled statement that is no loop or switch.
typedef struct { TypedStmt base; TypedStmts statements; TypedTarget *target; }
    TypedBlock;
typedef struct { TypedStmt base; TypedExpr *expression; } TypedExprStmt;
typedef struct { TypedStmt base; LocalVar *local; TypedExpr *value; }
    TypedVarStmt;           // value NULL: null, or late
typedef struct { TypedStmt base; LocalVar *local; } TypedFunctionStmt;
typedef struct { TypedStmt base; TypedPattern *pattern; TypedExpr *value; }
    TypedPatternVar;        // irrefutable; failure of a cast throws
typedef struct { TypedExpr base; TypedPattern *pattern; TypedExpr *value; }
    TypedPatternAssign;
typedef struct { TypedStmt base; TypedExpr *condition;
  TypedStmt *then, *otherwise; } TypedIf;
typedef struct { TypedStmt base; TypedExpr *value; TypedPattern *pattern;
  TypedExpr *guard; TypedStmt *then, *otherwise; } TypedIfCase;

typedef struct { TypedStmt base; TypedTarget *target; TypedExpr *condition;
  TypedStmt *body; } TypedWhile;
// Variables of `init` (VAR statements) are fresh in each iteration when
// captured.
typedef struct { TypedStmt base; TypedTarget *target; TypedStmts init;
  TypedExpr *condition; TypedExprs update; TypedStmt *body; } TypedFor;
typedef struct {
  TypedStmt base;
  TypedTarget *target;
  bool is_await;
  TypedExpr *iterable;      // Iterable<E>, or Stream<E>; already cast
  TypeId element;           // E
  LocalVar *local;          // the element, before assignment or matching
  TypedStmt *assign;        // then: assigns the loop variable or destructures
                            // `local` into it; NULL when local is it
  TypedStmt *body;
} TypedForIn;
typedef struct { TypedStmt base; TypedTarget *target; bool is_continue; }
    TypedJump;
typedef struct { TypedStmt base; TypedExpr *value; } TypedReturn;
struct TypedCatch {
  uint32_t offset;
  TypeId type;              // `on` type; NONE: catches all
  LocalVar *exception, *stack_trace;  // NULL when not named
  TypedStmt *body;
};
typedef struct { TypedStmt base; TypedStmt *body; TypedCatch **catches;
  uint32_t catch_count; TypedStmt *finally; } TypedTry;
typedef struct { TypedStmt base; TypedExpr *condition, *message;
  uint32_t start_offset, end_offset; } TypedAssert;  // of the condition
typedef struct { TypedStmt base; TypedExpr *value; bool is_star; } TypedYield;

// One case of a switch: several patterns may share a body.
typedef struct {
  uint32_t offset;
  TypedPattern **patterns;  // NULL pattern: default
  TypedExpr **guards;       // NULL when none
  uint32_t pattern_count;
  TypedTarget *target;      // of `continue label`; NULL when none
  TypedStmts body;          // of a statement
  TypedExpr *value;         // of an expression
} TypedCase;
// is_exhaustive: no default is needed; falling off a switch expression that
// was thought exhaustive throws.
typedef struct { TypedExpr base; TypedExpr *subject; LocalVar *value;
  TypedCase **cases; uint32_t case_count; } TypedSwitch;
typedef struct { TypedStmt base; TypedTarget *target; TypedExpr *subject;
  LocalVar *value; TypedCase **cases; uint32_t case_count;
  bool is_exhaustive; } TypedSwitchStmt;

// Constructors.
typedef struct {
  TypedStmt base;
  FunctionElement *constructor;   // of the superclass, or of this class
  TypeId supertype;               // its class as instantiated by this one
  TypedArguments arguments;
} TypedConstructorInvoke;
typedef struct { TypedStmt base; FieldElement *field; TypedExpr *value; }
    TypedFieldInit;

#endif
