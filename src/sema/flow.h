// flow.h: flow analysis: promotion, definite assignment, reachability.
//
// One Flow accompanies the inference of one member and sees its expressions and
// statements in the order of evaluation.  What an expression tells (a null
// check, an is-test, a reference that may be promoted) is kept by the address
// of its TypedExpr until the next statement.
//
// Owner:     the InferContext; memory of the Sema's arena.
// Threads:   one.
// Allocates: from the arena.
// Fails:     reads of unassigned variables are diagnostics.
#ifndef ISLE_SEMA_FLOW_H
#define ISLE_SEMA_FLOW_H

#include "sema/infer_internal.h"

// `root` is the member's tree (function, constructor, expression); NULL for
// synthetic ones.  It is scanned once for assignments and closures.
Flow *il_flow_new(InferContext *f, TreeNode *root);
void il_flow_free(Flow *flow);

// ---------------------------------------------------------------- variables
void il_flow_declare(Flow *flow, LocalVar *local, bool is_initialized);
// A read: sets the promoted type on `get`, reports an unassigned variable,
// notes the reference.  Gives back `get`.
TypedExpr *il_flow_read(Flow *flow, LocalVar *local, TypedExpr *get,
                        const TreeNode *node);
// A write of `value` (its type may promote); reports final variables that may
// be assigned already.
void il_flow_assign(Flow *flow, LocalVar *local, TypedExpr *value,
                    const TreeNode *node);
// The promoted type, NONE when it is not promoted.
TypeId il_flow_promoted(Flow *flow, LocalVar *local);
// receiver.member was read (NULL: super): private final fields may be promoted.
// Gives back `get` with its type changed, perhaps inside an AS_UNCHECKED.
TypedExpr *il_flow_property_read(Flow *flow, TypedExpr *receiver,
                                 const Member *member, TypedExpr *get);

// -------------------------------------------------------------- expressions
bool il_flow_is_reachable(Flow *flow);
// Nothing after this point is reached (throw, return, a Never).
void il_flow_exit(Flow *flow);
// The literal true or false (other constants tell nothing).
void il_flow_bool(Flow *flow, TypedExpr *e, bool value);
// !operand
void il_flow_not(Flow *flow, TypedExpr *operand, TypedExpr *result);
// left && right, left || right: after left, and after right.
void il_flow_logical_begin(Flow *flow, TypedExpr *left, bool is_and);
void il_flow_logical_end(Flow *flow, TypedExpr *right, TypedExpr *result,
                         bool is_and);
// condition ? then : otherwise, also `if` statements and elements.  `result`
// NULL for statements.
void il_flow_then(Flow *flow, TypedExpr *condition);
void il_flow_else(Flow *flow, TypedExpr *then);
void il_flow_join(Flow *flow, TypedExpr *otherwise, TypedExpr *result);
// left ?? right, x ??= right: after left, and after right.
void il_flow_if_null_begin(Flow *flow, TypedExpr *left);
void il_flow_if_null_end(Flow *flow);
// left == right (or != when negated).
void il_flow_equals(Flow *flow, TypedExpr *left, TypedExpr *right,
                    bool is_negated, TypedExpr *result);
void il_flow_is_test(Flow *flow, TypedExpr *operand, TypeId type, bool is_not,
                     TypedExpr *result);
void il_flow_as(Flow *flow, TypedExpr *operand, TypeId type);
void il_flow_null_check(Flow *flow, TypedExpr *operand);
// receiver?.… : begin after the receiver, end after the whole chain, innermost
// first.
void il_flow_null_aware_begin(Flow *flow, TypedExpr *receiver);
void il_flow_null_aware_end(Flow *flow);
// A closure or local function; `node` is its TreeFunction.
void il_flow_closure_begin(Flow *flow, TreeNode *node);
void il_flow_closure_end(Flow *flow);
// The initialiser of a late variable runs at an unknown time.
void il_flow_late_begin(Flow *flow, TreeNode *initializer);
void il_flow_late_end(Flow *flow);
// The end of a function body is reached: it may complete normally.
// (il_flow_is_reachable before il_flow_closure_end tells.)
// `e` stands for what `original` refers to (a guarded receiver's temporary).
void il_flow_alias(Flow *flow, TypedExpr *e, const TypedExpr *original);
// var local = value; `is_inferred`: without a written type.  After
// il_flow_declare.
void il_flow_initialize(Flow *flow, LocalVar *local, TypedExpr *value,
                        bool is_inferred);
// Between statements: what expressions told is forgotten.
void il_flow_statement(Flow *flow);

// ------------------------------------------------------------------- states

// What is known at a point; to be copied about, not looked into.
typedef struct FlowNode FlowNode;
typedef struct FlowReach FlowReach;
typedef struct {
  const FlowReach *reach;
  const FlowNode *root;
  uint32_t levels;  // of the trie
} FlowState;

FlowState il_flow_get(const Flow *flow);
void il_flow_set(Flow *flow, FlowState state);
// A nested level of reachability, and back.
FlowState il_flow_split(Flow *flow, FlowState state);
FlowState il_flow_unsplit(Flow *flow, FlowState state);
FlowState il_flow_unreachable(Flow *flow, FlowState state);
// Both must have the same levels of reachability.
FlowState il_flow_join_states(Flow *flow, FlowState a, FlowState b);

// A place that several jumps lead to.
typedef struct {
  FlowState state;
  bool is_reached;
} FlowJoin;
void il_flow_join_add(Flow *flow, FlowJoin *join, FlowState state);

// --------------------------------------------------------------- statements

// A loop, a labelled statement or a switch: what `break` and `continue` join.
typedef struct {
  FlowJoin breaks, continues;
  FlowState before;
  const FlowReach *reach;  // inside of it
  uint32_t frame_count;    // for finally blocks that a jump leaves
} FlowTarget;

// Loops. `node` is the loop's tree; begin stands before the condition (while,
// for), the body (do) or after the iterable (for-in).
void il_flow_loop_begin(Flow *flow, FlowTarget *target, TreeNode *node);
// After the condition, before the body; NULL: no condition.
void il_flow_loop_condition(Flow *flow, FlowTarget *target,
                            TypedExpr *condition);
// After the body: where `continue` leads.
void il_flow_loop_continue(Flow *flow, FlowTarget *target);
// At the end of while and for; do (after its condition); for-in.
void il_flow_loop_end(Flow *flow, FlowTarget *target);
void il_flow_do_end(Flow *flow, FlowTarget *target, TypedExpr *condition);
void il_flow_for_in_end(Flow *flow, FlowTarget *target);
// A labelled statement that is no loop.
void il_flow_label_begin(Flow *flow, FlowTarget *target);
void il_flow_label_end(Flow *flow, FlowTarget *target);
void il_flow_break(Flow *flow, FlowTarget *target);
void il_flow_continue(Flow *flow, FlowTarget *target);

// try.  begin; body; body_end; for each catch: catch_begin, catch_end;
// end; with `finally`: finally_begin before, and finally_end after it.
typedef struct {
  FlowState before, after;
  FlowState before_all, after_all, before_finally;
} FlowTry;
void il_flow_try_begin(Flow *flow, FlowTry *t, TreeTry *node);
void il_flow_try_body_end(Flow *flow, FlowTry *t);
void il_flow_catch_begin(Flow *flow, FlowTry *t, TreeTry *node);
void il_flow_catch_end(Flow *flow, FlowTry *t);
void il_flow_try_end(Flow *flow, FlowTry *t, TreeTry *node);
void il_flow_finally_begin(Flow *flow, FlowTry *t, TreeTry *node);
void il_flow_finally_end(Flow *flow, FlowTry *t);

// ----------------------------------------------------------------- patterns

// A value being matched: `subject` may be NULL (a part of another value).
typedef struct FlowMatch {
  uint32_t key;
  int32_t subject_key;  // what it was read from; -1: nothing promotable
  void *subject_ssa;
  TypeId type;
} FlowMatch;
void il_flow_match_begin(Flow *flow, FlowMatch *match, TypedExpr *subject,
                         TypeId type);
// A property of a matched value, perhaps promotable (member may be NULL).
void il_flow_match_property(Flow *flow, FlowMatch *match, FlowMatch *of,
                            const Member *member, TypeId type);
// The matched value's type by now.
TypeId il_flow_match_type(Flow *flow, const FlowMatch *match);
// The pattern tests the value to be a `type`: on with what matches; what does
// not joins the failures.  EXACT: a failure means it is none; PARTIAL: it may
// be one all the same; ALWAYS: no failure (a cast, a declaration).
typedef enum { MATCH_EXACT, MATCH_PARTIAL, MATCH_ALWAYS } FlowMatchKind;
void il_flow_match_test(Flow *flow, FlowMatch *match, TypeId type,
                        FlowMatchKind kind);
// The match may fail for reasons of its own.
void il_flow_match_may_fail(Flow *flow);
// The matched value becomes the value of a variable of the pattern.
void il_flow_match_declare(Flow *flow, FlowMatch *match, LocalVar *local,
                           bool is_inferred);
// ... or is assigned to a variable of its own.
void il_flow_match_assign(Flow *flow, FlowMatch *match, LocalVar *local,
                          const TreeNode *node);
// Comparison with null: == null when `is_equal`, else != null.
void il_flow_match_null(Flow *flow, FlowMatch *match, bool is_equal);
// Begins a pattern: nothing has failed yet.  Ends it: the state of failure.
typedef struct {
  FlowState unmatched;
  bool has_unmatched;
} FlowPattern;
void il_flow_pattern_begin(Flow *flow, FlowPattern *saved);
// Restores what the enclosing pattern had; the failures of this one.
FlowState il_flow_pattern_end(Flow *flow, FlowPattern *saved);
// Adds failures to those of the pattern around.
void il_flow_pattern_fail(Flow *flow, FlowState state);
void il_flow_guard(Flow *flow, TypedExpr *guard);
// Variables assigned anywhere in the node may have been (labelled cases).
void il_flow_assume_written(Flow *flow, TreeNode *node);

#endif
