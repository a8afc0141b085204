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
// receiver.member was read: private final fields may be promoted.  Gives back
// `get` with its type changed, perhaps inside an AS_UNCHECKED.
TypedExpr *il_flow_property_read(Flow *flow, TypedExpr *receiver,
                                 const Member *member, TypedExpr *get);

// -------------------------------------------------------------- expressions
bool il_flow_is_reachable(Flow *flow);
// Nothing after this point is reached (throw, return, a Never).
void il_flow_exit(Flow *flow);
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

#endif
