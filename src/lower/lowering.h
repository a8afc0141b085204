// lowering.h: what the files of lowering share.
//
// A Lower is one program; an Fn is one function being lowered. Instructions
// are first kept as Items with virtual registers, since the places of locals
// in a frame (program.h) are known only at the end; emit.c encodes them.
//
//   VReg  31  29 28              0
//        +------+-----------------+   1 argument slot, 2 raw local,
//        | kind |     number      |   3 reference local, 4 outgoing slot,
//        +------+-----------------+   5 constant; 0: an immediate operand
//
// Destination-driven: every expression is lowered with the representation
// wanted and a place: a register, VREG_ANY (give back any register that holds
// it, a variable's own too) or VREG_NONE (for its effect only).
//
// Registers are a stack: mark, lower operands, release, then take the result's
// register, which may be an operand's; instructions read before they write.
// Nodes that write their result before their last instruction build it in a
// fresh register (il_frame_early), since a variable must keep its value when
// an exception comes, and the outgoing area is dead at safepoints.
//
//   function.c    bodies: parameters, prologue, finishing
//   emit.c        items, labels, jumps, encoding        frame.c  registers
//   expression.c  the switch over expressions, conversions, conditions
//   local.c       local variables
//   operator.c    numbers and comparisons               call.c   calls
//   collection.c  literals, list elements               match.c   patterns
//   match_key.c   what the patterns of a switch call once
//   statement.c   statements, loops, switch             exception.c  try, throw
//   closure.c     captures, closures, local functions   async.c   async, generators
//   constructor.c new, field initialisers               class.c  layouts
//   inline.c      small functions in the place of their calls
//   constant.c    constants       effect.c  what evaluating may do
//   thunk.c       adapters between representations
//   native.c      external members                      lower.c  the whole
//
// Depth: recursion follows the nesting of the source, which the parser bounds;
// left spines (chains of operators and calls) are walked iteratively.
//
// Owner:     an Fn lives on the C stack of who lowers it.
// Threads:   one.
// Allocates: memory and the Lower's arena.
// Fails:     by diagnostics.
#ifndef ISLE_LOWER_LOWERING_H
#define ISLE_LOWER_LOWERING_H

#include "code/line.h"
#include "lower/lower.h"

typedef uint32_t VReg;
#define VREG_SHIFT 29
#define VREG_NUMBER 0x1fffffffu
#define VREG_NONE 0xffffffffu
#define VREG_ANY 0xfffffffeu
enum { VREG_ARG = 1, VREG_RAW, VREG_REF, VREG_OUT, VREG_CONST };
static inline VReg il_vreg(uint32_t kind, uint32_t number) {
  return kind << VREG_SHIFT | number;
}
static inline uint32_t il_vreg_kind(VReg r) { return r >> VREG_SHIFT; }
static inline bool il_vreg_is_real(VReg r) { return r < VREG_ANY; }

typedef uint32_t Label;
#define LABEL_NONE 0xffffffffu

typedef struct {
  uint8_t op;
  bool is_word;     // an entry of SWITCH_I64's table: c is a label
  bool is_long;     // a jump that needs a 32-bit distance; a fused
                    // multiplication whose d does not fit
  uint32_t a, b, c; // registers, immediates; a jump's label is in c
  uint64_t ext;
} Item;

#define MAX_CONSTANTS 8

// How a local variable is held in the function being lowered.
typedef enum {
  LOC_NONE,
  LOC_REG,      // in a register
  LOC_CELL,     // the register has its cell
  LOC_DIRECT,   // a local function that is only called: no value
} LocKind;

// Slots of a signature's parameters, in the callee's frame or the caller's
// outgoing area.
typedef struct {
  uint32_t refs, raws;      // totals
  uint32_t vector;          // slot of the type vector; when has_vector
  bool has_vector;
  uint16_t *slots;          // by parameter
  Rep *reps;
} Slots;

// What a closure or local function uses of the functions around it.
typedef struct {
  LocalVar **vars;         // captured variables, each once
  uint32_t count;
  bool uses_this, uses_types;
  bool is_busy;            // being computed
  FunctionId direct;       // of a local function that is only called
  uint32_t *slots;         // where the caller puts each captured variable
  uint32_t this_slot, class_slot, vector_slot;
  Slots params;
} Captures;

// A class as lowering sees it; by ClassId.
typedef struct {
  ClassElement *element;   // NULL when not seen
  bool is_own;             // of this compilation
  bool is_mixin;           // its members are compiled holder-relative
  bool needs_vector_word;  // a subclass has a type vector
  bool needs_row;          // super calls look into its dispatch row
  bool is_laid_out;
  const uint64_t *ref_map;
  const Name *field_names; // from the first word after header and vector
} ClassInfo;

typedef IL_VEC(CodeMember) IL_VEC_CodeMember;

// The record of a mixin's function in an application, made when the code is.
typedef struct {
  FunctionElement *element;   // NULL: the fields' initialiser
  ClassElement *application;
  FunctionId id;
} MixedFunction;

typedef struct Lower {
  Sema *sema;
  Arena arena;
  Builder *builder;
  const Segment *core;
  const TypeContext *types;
  NameTable *names;
  bool is_core;
  ClassInfo *classes;
  uint32_t class_count, first_class;
  Map tear_offs;       // FunctionElement * → FunctionId of its closure thunk
  Map captures;        // TypedBody * → Captures *
  Map inline_costs;    // FunctionElement * → what inlining it costs
  Map declared;        // Name*4+kind → count of instance declarations
  Map externals;       // FunctionElement * → External
  Map native_names;    // Name → index + 1 in native.def or | EXTERNAL_OP
  Map bodies;          // own FunctionElement * of a mixin → BuilderFunction *
  Map signatures;      // FunctionElement * of an extension → Signature *
  Map mixin_inits;     // ClassElement * of an application or mixin →
                       // FunctionId of its fields' initialiser
  Functions pending;   // numbered, to be lowered
  FunctionElement *core_functions[CORE_FUNCTION_COUNT];
  uint32_t prefix_count;     // deferred prefixes numbered
  Name name_code_unit_at;
  Name name_remainder, name_to_double, name_to_int, name_truncate, name_abs,
      name_floor_to_double;
  FunctionId late_initializer;  // gives the sentinel; 0: not made yet
  IL_VEC(MixedFunction) mixed;
} Lower;

// A try ... finally, or the cleanup of an await for, while its body or
// handlers are lowered: what wants to leave goes through it.
typedef struct Finally {
  struct Finally *outer;
  Label label;            // of the cleanup
  VReg kind, exception, trace;
                          // kind is raw: 0 falls out, 1 throws, 2 + i: exits[i]
  struct {
    bool is_return, is_continue;
    uint32_t target;      // index of Target
  } exits[64];
  uint32_t exit_count;
} Finally;

typedef struct {
  TypedTarget *target;    // NULL: hidden
  Label break_label, continue_label;
  Finally *finally;       // innermost one outside
} Target;

typedef struct Catch {
  struct Catch *outer;
  const TypedCatch *clause;
  VReg exception, trace;
} Catch;

typedef struct {
  Label start, end, target;
  VReg exception, trace;
} Handler;

// A guarded instruction's general call, placed out of line.
typedef struct {
  uint32_t raw, ref;
} FrameMark;

typedef struct Fn Fn;
typedef struct Slow Slow;
typedef void SlowEmit(Fn *f, const Slow *slow);
struct Slow {
  Label label, back;
  SlowEmit *emit;
  uint32_t offset;
  VReg d, receiver, index, value;
  Rep rep;
  FunctionElement *target;
  FrameMark mark;         // registers below are in use
};

struct Fn {
  Lower *l;
  Fn *outer;          // of a closure
  TypedBody *body;
  FunctionElement *element;  // the member; NULL for initialisers and closures
  ClassElement *owner;       // whose members' code this is, or NULL
  Unit *unit;
  FunctionId id;
  BuilderFunction out;       // head is filled in as known
  IL_VEC(Item) items;
  IL_VEC(uint32_t) labels;   // item it is bound to, or LABEL_NONE
  IL_VEC(uint8_t) label_used;
  uint32_t labelled;         // the last item that a label was bound to
  IL_VEC(Handler) handlers;
  IL_VEC(CodeLine) lines;    // pc is an item's index until encoded
  IL_VEC(Slow) slow;
  IL_VEC(Target) targets;
  IL_VEC(CodeParameter) parameters;
  Finally *finally;
  Catch *catches;
  uint32_t offset;           // source position of what is being lowered
  bool is_dead;              // what is emitted now cannot be reached
  bool has_failed;
  const void *mixed_key;     // under which the code is kept for applications
  // Registers.
  uint32_t ref_args, raw_args;
  uint32_t raw_next, raw_max, ref_next, ref_max, out_max;
  IL_VEC(uint64_t) bound_raw, bound_ref;  // bit sets: registers of variables
  uint64_t constants[MAX_CONSTANTS];  // raw ones used in loops: registers of
  uint32_t constant_count;            // their own, loaded once at the start
  uint32_t loop_depth;
  // The environment.
  VReg this_reg;             // VREG_NONE: no `this`
  VReg class_vector;         // a register with it; VREG_ANY: from `this`
  uint32_t class_base;       // where its own parameters start in that vector
  VReg function_vector;      // VREG_NONE: no function type parameters
  bool is_holder_relative;
  bool is_closure;           // closure ABI: result is a reference
  Rep result_rep;
  VReg result;               // for returns that pass a finally; VREG_NONE: not
                             // needed yet
  // Coroutines.
  bool is_async, is_generator;
  VReg coroutine, future;
  Label body_start;          // of what errors complete the future
};

// ---------------------------------------------------------------- frame.c
FrameMark il_frame_mark(const Fn *f);
void il_frame_release(Fn *f, FrameMark mark);
VReg il_frame_new(Fn *f, Rep rep);
// Marks a register as a variable's, or no longer.
void il_frame_bind(Fn *f, VReg r, bool is_bound);
bool il_frame_is_bound(const Fn *f, VReg r);
// Keeps a register that was released from being handed out until the next
// release: for operands given to a function.
void il_frame_hold(Fn *f, VReg r);
// The register to build a result of this representation in: `want` when it is
// a fresh register, else a new one.
VReg il_frame_early(Fn *f, VReg want, Rep rep);
// In a loop: a register that always holds the constant; VREG_NONE: there is
// none left.
VReg il_frame_constant(Fn *f, uint64_t bits);
static inline VReg il_out(Fn *f, uint32_t slot) {
  if (slot >= f->out_max) f->out_max = slot + 1;
  return il_vreg(VREG_OUT, slot);
}
static inline uint32_t il_rep_kind(Rep rep) {
  return rep == REP_REF ? VREG_REF : VREG_RAW;
}

// ----------------------------------------------------------------- emit.c
void il_emit(Fn *f, Op op, uint32_t a, uint32_t b, uint32_t c);
void il_emit_ai(Fn *f, Op op, VReg a, int32_t imm);
void il_emit_x(Fn *f, Op op, uint32_t a, uint32_t b, uint32_t c, uint64_t ext);
// As il_emit, with a line of the source for stack traces.
void il_emit_at(Fn *f, Op op, uint32_t a, uint32_t b, uint32_t c);
void il_emit_line(Fn *f);
void il_emit_move(Fn *f, VReg to, VReg from);
// d = left op right; joined with the multiplication before it when it can be.
void il_emit_binary(Fn *f, Op op, VReg d, VReg left, VReg right);
void il_emit_int(Fn *f, VReg to, int64_t value);
Label il_label_new(Fn *f);
void il_label_bind(Fn *f, Label label);
// A label that is jumped to from below only.
void il_label_bind_loop(Fn *f, Label label);
void il_emit_jump(Fn *f, Label to);
// op is a JUMP_*; becomes a LOOP_* when the label is behind.
void il_emit_branch(Fn *f, Op op, uint32_t a, uint32_t b, Label to);
void il_emit_word(Fn *f, Label to);
// The jump taken when `op` is not; operands may be swapped.
Op il_emit_inverse(Op op, uint32_t *a, uint32_t *b);
// Encodes everything into f->out.
void il_emit_finish(Fn *f);

// ------------------------------------------------------------- function.c
void il_function_init(Fn *f, Lower *l, Fn *outer);
// A member's function up to its parameters, which have slots but no places.
void il_function_begin(Fn *f, Lower *l, FunctionElement *e);
// A member's signature as its code has it: an extension's with the receiver.
Signature *il_lower_signature(Lower *l, const FunctionElement *e);
void il_function_slots(Lower *l, const Signature *s, bool has_receiver,
                       bool has_vector, bool is_closure, Slots *out);
// Lowers the body of a member and gives it to the builder.
void il_function_lower(Lower *l, FunctionElement *e);
// The function of a static's initialiser.
FunctionId il_function_initializer(Lower *l, FieldElement *field);
// Gives the finished function to the builder under f->id.
void il_function_commit(Fn *f);
void il_function_return(Fn *f, VReg value);
void il_function_declare_parameter(Fn *f, LocalVar *local, VReg at, Rep rep);
Rep il_function_result_rep(Lower *l, const FunctionElement *e);
bool il_function_has_vector(Lower *l, const FunctionElement *e);
bool il_function_has_this(const FunctionElement *e);
void il_function_parameters(Lower *l, const FunctionElement *e,
                            const Signature *s, bool is_closure,
                            CodeParameter *out);
// Numbers: an element's function; 0 when it has no code.
FunctionId il_lower_function(Lower *l, FunctionElement *e);
void il_lower_error(Fn *f, const char *what);
void il_lower_fail(Lower *l, Unit *unit, uint32_t offset, const char *what);
Rep il_rep(Lower *l, TypeId type);
static inline Rep il_local_rep(Lower *l, const LocalVar *v) {
  return (v->flags & LOCAL_IS_LATE) ? REP_REF : il_rep(l, v->type);
}
static inline bool il_is_raw(Rep r) { return r != REP_REF; }

// --------------------------------------------------------------- inline.c
// Whether it will be and reaches no safepoint, apart from what its arguments do.
bool il_inline_is_safe(Fn *f, FunctionElement *e,
                       const TypedArguments *arguments);
// Lowers a small function in the place of its call; false: it is not one.
bool il_inline_call(Fn *f, FunctionElement *e, VReg receiver,
                    const TypedArguments *arguments, Rep rep, VReg want,
                    VReg *result);

// ----------------------------------------------------------- expression.c
VReg il_expr(Fn *f, TypedExpr *e, Rep rep, VReg want);
static inline VReg il_expr_any(Fn *f, TypedExpr *e, Rep rep) {
  return il_expr(f, e, rep, VREG_ANY);
}
void il_expr_effect(Fn *f, TypedExpr *e);
// The representation that lowering an expression gives by itself.
Rep il_expr_rep(Fn *f, TypedExpr *e);
// One step of a left spine, its left operand being in `left`.
VReg il_expr_convert(Fn *f, VReg from, Rep natural, Rep rep, VReg want);
// Where to compute a result: `want` when it can be used directly.
VReg il_expr_target(Fn *f, Rep rep, VReg want, Rep natural);
// Protects a variable's register against assignments by what is evaluated
// later.
VReg il_expr_keep(Fn *f, VReg r, Rep rep, bool later_assigns);
// Jumps to if_true or if_false; one of them comes next: `next`.
void il_expr_condition(Fn *f, TypedExpr *e, Label if_true, Label if_false,
                       Label next);
VReg il_expr_type(Fn *f, TypeId type, VReg want);  // raw type id
// As is: jumps by whether v (of static type `from`) is `test`.
void il_expr_type_test(Fn *f, VReg v, TypeId from, TypeId test, Label if_true,
                       Label if_false, Label next);
void il_expr_cast(Fn *f, VReg v, TypeId from, TypeId to, uint32_t how);
VReg il_expr_boolean(Fn *f, TypedExpr *e, Rep rep, VReg want);
void il_expr_branch_op(Fn *f, Op op, uint32_t a, uint32_t b, Label if_true,
                       Label if_false, Label next);
void il_expr_branch_on(Fn *f, VReg b, Label if_true, Label if_false,
                       Label next);
// With --check-types: that a reference is what its static type says.
void il_expr_assert(Fn *f, VReg v, TypeId type, Name name);
VReg il_local_assign(Fn *f, TypedLocalSet *e, Rep rep, VReg want);
VReg il_local_get(Fn *f, LocalVar *local, Rep rep, VReg want);
void il_local_set(Fn *f, LocalVar *local, VReg value, Rep rep);
// Makes a variable's place; value in `rep`, VREG_NONE: no value yet.
void il_local_declare(Fn *f, LocalVar *local, TypedExpr *value);
void il_local_declare_reg(Fn *f, LocalVar *local, VReg value, Rep rep);
// A place now, the value (a fresh cell when it is one) later.
void il_local_reserve(Fn *f, LocalVar *local);
void il_local_bind(Fn *f, LocalVar *local, VReg value, Rep rep);
// A loop's next iteration has a variable of its own.
void il_local_renew(Fn *f, LocalVar *local);
bool il_local_is_cell(const LocalVar *local);
TypeId il_erase(Lower *l, TypeId t);

// --------------------------------------------------------------- effect.c
enum {
  EFFECT_KNOWN = 1,
  EFFECT_SAFEPOINT = 2,   // may collect or call: the outgoing area dies
  EFFECT_ASSIGNS = 4,     // assigns a local variable
};
uint8_t il_effect(Fn *f, TypedExpr *e);

// ------------------------------------------------------------- operator.c
// What an instance call on numbers becomes; false: it is a call.
typedef struct {
  Rep operand, result;
  Op op;             // a compare's: the JUMP_* taken when it holds
  Op op_k;           // with a constant; OP_UNREACHABLE: no such form
  int16_t k;         // the constant; when has_k
  bool has_k;
  bool swap;         // the constant is the receiver
  bool flip;         // compare: operands exchanged
  bool is_unary, is_compare;
  bool left_to_double, right_to_double;
} Operator;
// Of an operator on numbers.
bool il_operator_may_throw(const Operator *op);
bool il_operator_find(Fn *f, const TypedInstanceCall *call, Operator *out);
VReg il_operator_lower(Fn *f, TypedInstanceCall *call, const Operator *op,
                       VReg left, Rep rep, VReg want);
// The left operand as the instruction wants it.
VReg il_operator_left(Fn *f, TypedInstanceCall *call, Operator *op);
void il_operator_condition(Fn *f, TypedInstanceCall *call, const Operator *op,
                           Label if_true, Label if_false, Label next);
VReg il_operator_equals(Fn *f, TypedEquals *e, Rep rep, VReg want);
void il_operator_equals_condition(Fn *f, TypedEquals *e, Label if_true,
                                  Label if_false, Label next);
// left == right on registers with the == of `target`; result is a raw bool.
VReg il_operator_call_equals(Fn *f, FunctionElement *target, VReg left,
                             VReg right, VReg want);
bool il_operator_is_identity(Fn *f, TypeId type);

// ----------------------------------------------------------------- call.c
typedef enum { ARG_EXPR, ARG_REG, ARG_CONSTANT, ARG_VECTOR } ArgKind;
typedef struct {
  uint8_t kind;
  Rep rep;            // as the callee wants it
  Rep from;           // REG: as it is
  uint32_t slot;
  TypedExpr *e;
  VReg reg;
  Constant *constant; // NULL: null
  TypeId vector;
  VReg held;          // private
} Arg;
typedef IL_VEC(Arg) Args;
// Evaluates in order and puts each into its outgoing slot.
void il_call_place(Fn *f, Arg *args, uint32_t count);
VReg il_call_static(Fn *f, FunctionElement *target,
                    const TypedArguments *arguments, VReg receiver, Rep rep,
                    VReg want);
// The parameter that the i-th argument evaluated is for.
uint32_t il_call_argument(const Signature *s, const TypedArguments *a,
                          uint32_t i, TypedExpr **value);
VReg il_call_direct(Fn *f, FunctionElement *target, VReg receiver,
                    const TypedArguments *arguments, Rep rep, VReg want);
VReg il_call_instance(Fn *f, FunctionElement *target, VReg receiver,
                      const TypedArguments *arguments, bool is_exact, Rep rep,
                      VReg want);
// The same with arguments in registers, in the representations of `target`'s
// parameters.
VReg il_call_member(Fn *f, FunctionElement *target, VReg receiver,
                    const VReg *args, const Rep *reps, uint32_t count, Rep rep,
                    VReg want);
VReg il_call_closure(Fn *f, TypedClosureCall *e, VReg callee, Rep rep,
                     VReg want);
VReg il_call_dynamic(Fn *f, TypedDynamicCall *e, VReg receiver, Rep rep,
                     VReg want);
VReg il_call_super(Fn *f, TypedSuperCall *e, Rep rep, VReg want);
// A core function on registers.
VReg il_call_core(Fn *f, CoreFunction which, TypeId vector, const VReg *args,
                  const Rep *reps, uint32_t count, Rep rep, VReg want);
SelectorId il_call_selector(Lower *l, FunctionElement *target,
                            uint32_t positional, const Name *names,
                            uint32_t named, bool has_types);
// The member to call directly, or NULL: by selector.
FunctionElement *il_call_exact(Fn *f, FunctionElement *target, bool is_exact);
FieldElement *il_call_field(FunctionElement *target);
void il_sort_names(Lower *l, Name *names, uint32_t *order, uint32_t count);

// ----------------------------------------------------------- collection.c
VReg il_collection_list(Fn *f, TypedCollection *e, Rep rep, VReg want);
VReg il_collection_set(Fn *f, TypedCollection *e, Rep rep, VReg want);
VReg il_collection_map(Fn *f, TypedCollection *e, Rep rep, VReg want);
VReg il_collection_record(Fn *f, TypedRecord *e, Rep rep, VReg want);
// Guarded instructions on lists and typed data; false: not one of them.
bool il_collection_call(Fn *f, TypedInstanceCall *call, VReg receiver,
                        Rep rep, VReg want, VReg *result);
void il_collection_flush(Fn *f, uint32_t from);

// ------------------------------------------------------------ statement.c
void il_statement(Fn *f, TypedStmt *s);
void il_statement_list(Fn *f, const TypedStmts *list);
VReg il_statement_switch_expression(Fn *f, TypedSwitch *e, Rep rep, VReg want);
typedef void LoopBody(Fn *f, void *data);
// A loop statement with a body given by the caller (collections).
void il_statement_loop(Fn *f, TypedStmt *loop, LoopBody *body, void *data);
void il_statement_jump(Fn *f, uint32_t target, bool is_continue);
// Leaves the function with a value in f->result_rep (VREG_NONE: none), through
// what must be cleaned up.
void il_statement_return(Fn *f, VReg value);
// Where no case of a switch matched that should have.
void il_statement_unreachable(Fn *f, CoreFunction error);

// -------------------------------------------------------------- match.c
// Matches v (of static type p->matched, in rep) or jumps to fail; LABEL_NONE:
// irrefutable, a failure throws.
void il_match_pattern(Fn *f, TypedPattern *p, VReg v, Rep rep, Label fail);
// (a, b) = (x, y): matched part by part, without making the record. False: one
// of the two is not so plain.
bool il_match_record(Fn *f, TypedPattern *p, TypedExpr *value);
// Makes places for the variables of a pattern, before it is matched; they last
// until the caller releases them.
void il_match_declare(Fn *f, TypedPattern *p);
// Gives a body that several cases share variables of its own, apart from those
// that a guard has captured.
void il_match_renew(Fn *f, TypedPattern *p);

// ------------------------------------------------------------ match_key.c
// All patterns that match one value (the cases of a switch) call each member
// on it, and on what it gave, at most once, as the language demands. A key
// says what is called: the key of the receiver, the member, the constants
// given. Keys called in one place only, and fields that cannot change, are
// called as ever; a value called for in several places is kept in a register,
// with a mark while it is unknown.
typedef struct MatchKey MatchKey;
typedef struct {
  Fn *f;
  IL_VEC(MatchKey) keys;
  Map index;          // hash of a key → its place in keys
  bool is_active;     // collecting, or there are values to keep
  bool is_shared;     // some key is called in two places
} MatchKeys;
enum { MATCH_ROOT = 0 };  // the key of the value itself
void il_match_keys_init(MatchKeys *m, Fn *f);
void il_match_keys_drop(MatchKeys *m);
// First every pattern is collected, then registers are reserved, where the
// value is known; they last until the caller releases them.
void il_match_keys_collect(MatchKeys *m, TypedPattern *p);
void il_match_keys_reserve(MatchKeys *m);
uint32_t il_match_key_get(MatchKeys *m, uint32_t parent, TypedExpr *get);
uint32_t il_match_key_length(MatchKeys *m, uint32_t parent);
// An element of a list; is_tail: the index counts from the end, from 1.
uint32_t il_match_key_at(MatchKeys *m, uint32_t parent, uint32_t index,
                         bool is_tail);
uint32_t il_match_key_rest(MatchKeys *m, uint32_t parent,
                           const TypedListPattern *p);
// A map's [] or, is_test, its containsKey.
uint32_t il_match_key_entry(MatchKeys *m, uint32_t parent, const Constant *key,
                            bool is_test);
uint32_t il_match_key_constant(MatchKeys *m, uint32_t parent,
                               const TypedConstantPattern *p);
uint32_t il_match_key_test(MatchKeys *m, uint32_t parent, TypedExpr *test);
// `_` without a type reads nothing.
bool il_match_is_ignored(const TypedPattern *p);
// What a key's expression calls, the casts of its result left out.
TypedExpr *il_match_key_call(TypedExpr *e);
// Between opening and closing stands the call, which may write to the site's
// register; closing gives the register that has the value, new or kept.
typedef struct {
  Rep rep;
  VReg value;         // VREG_ANY: the value is not kept
  VReg known;
  Label done;
} MatchSite;
static inline bool il_match_site_is_kept(const MatchSite *site) {
  return site->value != VREG_ANY;
}
bool il_match_key_is_kept(const MatchKeys *m, uint32_t key);
MatchSite il_match_site_open(MatchKeys *m, uint32_t key);
VReg il_match_site_close(Fn *f, const MatchSite *site, VReg got, Rep *rep);
// il_match_pattern for one of several patterns, all of them collected in m.
void il_match_keyed(MatchKeys *m, TypedPattern *p, VReg v, Rep rep,
                    Label fail);

// -------------------------------------------------------------- closure.c
Captures *il_closure_captures(Lower *l, TypedBody *body);
// Gives every variable, also of nested functions, to `use`; and what else
// depends on the place: see closure.c.
typedef struct Walk Walk;
typedef void WalkLocal(Walk *w, LocalVar *local);
struct Walk {
  WalkLocal *use;
  void *data;
};
void il_walk_body(TypedBody *body, Walk *w);
VReg il_closure_new(Fn *f, TypedBody *body, Rep rep, VReg want);
void il_closure_local_function(Fn *f, LocalVar *local);
// Calls a local function that is LOC_DIRECT.
VReg il_closure_call_direct(Fn *f, LocalVar *local,
                            const TypedArguments *arguments, Rep rep,
                            VReg want);
VReg il_closure_static_tear_off(Fn *f, FunctionElement *target, Rep rep,
                                VReg want);
VReg il_closure_constructor_tear_off(Fn *f, TypedConstructorTearOff *e,
                                     Rep rep, VReg want);
VReg il_closure_instantiate(Fn *f, TypedInstantiate *e, Rep rep, VReg want);
bool il_closure_is_direct(const LocalVar *local);
// The shape of a call that enters a closure of this signature directly.
ShapeId il_closure_shape(Lower *l, const Signature *s);

// ---------------------------------------------------------- constructor.c
VReg il_constructor_new(Fn *f, TypedNew *e, Rep rep, VReg want);
// An instance of `type`, its vector set, no constructor run; into d.
void il_constructor_allocate(Fn *f, TypeId type, VReg d);
void il_constructor_prologue(Fn *f);   // before the typed body
void il_constructor_invoke(Fn *f, TypedConstructorInvoke *s);
void il_constructor_field_init(Fn *f, TypedFieldInit *s);
// The function that sets a mixin's own fields: of the mixin, or its record in
// an application; 0: there is nothing to set.
FunctionId il_constructor_mixin_init(Lower *l, ClassElement *c);
void il_constructor_lower_mixin_init(Lower *l, ClassElement *mixin);
void il_field_store(Fn *f, VReg object, FieldElement *field, VReg value,
                    Rep rep);
// The word of a field (from 1, the header being 0, less 1); holder-relative
// when *relative.
uint32_t il_field_word(Fn *f, FieldElement *field, bool *relative);
// Whether code in f may touch the field of `receiver` by its word.
bool il_field_is_direct(Fn *f, FieldElement *field, bool receiver_is_this);
VReg il_field_load(Fn *f, VReg object, FieldElement *field, Rep rep, VReg want,
                   bool is_this);
Rep il_field_rep(Lower *l, FieldElement *field);

// ---------------------------------------------------------------- class.c
void il_class_collect(Lower *l);       // who is there, mixins, overrides
void il_class_number(Lower *l);        // functions and statics
void il_class_layout(Lower *l);        // to the builder
const ClassCode *il_class_code(Lower *l, ClassId id);
// The type vector of instances of `type` (an interface type), in terms of what
// it mentions; EMPTY when the class has none.
TypeId il_class_vector(Lower *l, TypeId type);
ClassElement *il_class_of(Lower *l, ClassId id);
bool il_class_is_subclass(const ClassElement *sub, const ClassElement *super);
void il_class_statics(Lower *l);       // initial values, once bodies may go
bool il_static_is_lazy(Lower *l, FieldElement *field);
const uint64_t *il_class_ref_map(Lower *l, ClassId id);
const Name *il_class_field_names(Lower *l, ClassId id);

// ----------------------------------------------------------- async.c
void il_async_begin(Fn *f);
void il_async_end(Fn *f);
void il_async_return(Fn *f, VReg value);   // a reference, or VREG_NONE
VReg il_async_await(Fn *f, VReg value, Rep rep, VReg want);
void il_async_yield(Fn *f, TypedYield *s);
void il_async_for(Fn *f, TypedForIn *s, LoopBody *body, void *data);

// ------------------------------------------------------------ exception.c
void il_exception_try(Fn *f, TypedTry *s);
void il_exception_rethrow(Fn *f, const TypedCatch *from);
typedef void Cleanup(Fn *f, void *data);
// body, then cleanup on every way out.
void il_exception_finally(Fn *f, Cleanup *body, Cleanup *cleanup, void *data);
void il_exception_leave(Fn *f, bool is_return, bool is_continue,
                        uint32_t target);

// ------------------------------------------------------------- constant.c
ConstantId il_constant_id(Lower *l, Constant *c);
ConstantId il_constant_string(Lower *l, Text text);
ConstantId il_constant_int(Lower *l, int64_t value);
VReg il_constant_load(Fn *f, Constant *c, Rep rep, VReg want);
VReg il_constant_load_id(Fn *f, ConstantId id, VReg want);

// ---------------------------------------------------------------- thunk.c
FunctionId il_thunk_selector(void *context, SelectorId selector,
                             FunctionId target);
// A closure-ABI function for a top-level or static function, or constructor.
FunctionId il_thunk_tear_off(Lower *l, FunctionElement *target);
void il_thunk_accessor(Lower *l, FunctionElement *accessor);
// The record of a mixin's function in an application.
FunctionId il_thunk_mixed(Lower *l, FunctionElement *target,
                          ClassElement *application);

// --------------------------------------------------------------- native.c
void il_native_init(Lower *l);
// The instruction of an external member; false: none.
bool il_native_intrinsic(Lower *l, FunctionElement *e, Op *op);
// A program's own external member that nobody provides: throws a
// NoSuchMethodError.
void il_native_missing(Fn *f, Name name, MemberKind kind);
// Lowers an external member's body.
void il_native_lower(Lower *l, FunctionElement *e);

// The source's URI as stack traces have it.
Name il_function_uri(Lower *l, const Unit *unit);

#endif
