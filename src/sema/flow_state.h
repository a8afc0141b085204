// flow_state.h: what is known at one point of a program; inside of flow*.c.
//
// A FlowState is immutable. Its variables are a trie over small numbers (keys)
// with sixteen children a node: a change copies the path to one leaf, and a
// join skips what both sides share. Keys are given to local variables when they
// are declared, to promotable properties when they are first read and to values
// being matched by patterns.
//
// An FlowSsa stands for one value that a variable holds: each assignment makes
// a new one, and so does a join of different ones. Properties hang on it, so
// that writing `x` forgets what was known of `x._y`.
//
// Reachability is a stack: `local` tells whether the point is reached from the
// innermost split (an `if`, a loop), `overall` whether it is from the start.
//
// Owner:     everything lives in the arena of the Flow.
// Threads:   one.
// Allocates: from that arena.
// Fails:     never.
#ifndef ISLE_SEMA_FLOW_STATE_H
#define ISLE_SEMA_FLOW_STATE_H

#include "sema/flow.h"

typedef struct FlowInfo FlowInfo;

typedef struct FlowProperty {
  struct FlowProperty *next;
  Name name;
  uint32_t key;
  struct FlowSsa *ssa;  // of the property's own value
} FlowProperty;

typedef struct FlowSsa {
  FlowInfo *info;  // of the expression that made the value; may be NULL
  FlowProperty *properties;
} FlowSsa;

typedef struct {
  TypeId declared;
  const TypeId *chain;   // promotions, each a subtype of the one before
  const TypeId *tested;  // types of interest
  uint16_t chain_count, tested_count;
  bool assigned, unassigned, captured;
  FlowSsa *ssa;
} FlowModel;

struct FlowNode {
  const void *kids[16];  // FlowNode, at the bottom FlowModel
};

struct FlowReach {
  const FlowReach *parent;
  bool local, overall;
};

// What the value of an expression tells, and what it refers to.
struct FlowInfo {
  FlowState if_true, if_false;
  bool has_states;  // else both are the state after the expression
  int32_t key;      // the variable or property it reads; -1 when none
  FlowSsa *ssa;     // its value
};

typedef enum {
  FRAME_LOGICAL,
  FRAME_CONDITION,
  FRAME_IF_NULL,
  FRAME_NULL_AWARE,
  FRAME_CLOSURE,
  FRAME_FINALLY,
} FlowFrameKind;

typedef struct {
  uint8_t kind;  // FlowFrameKind
  bool has_info;
  FlowState other;  // the branch not taken yet, or the one done
  FlowState if_true, if_false;
  TreeNode *node;  // FINALLY: the finally block
} FlowFrame;

// Variables assigned in a stretch of source, by where they are declared.
typedef struct FlowRegion {
  IL_VEC(uint32_t) written;
  IL_VEC(uint32_t) captured;  // written in a closure inside
} FlowRegion;

struct Flow {
  InferContext *f;
  Arena arena;
  FlowState current;
  FlowState unmatched;  // of the pattern being matched
  bool has_unmatched;
  Map infos;  // TypedExpr* → FlowInfo*
  IL_VEC(FlowFrame) frames;
  IL_VEC(LocalVar *) locals;
  uint32_t registered;  // locals whose places are in `places`
  Map places;           // declared_at → key + 1
  Map regions;          // TreeNode* → FlowRegion*
  FlowRegion everywhere;
  FlowSsa this_ssa, super_ssa;
  uint32_t key_count;
  uint32_t closure_depth;
};

// ---- flow_state.c
const FlowModel *il_flow_model(const FlowState *state, uint32_t key);
void il_flow_put(Flow *flow, FlowState *state, uint32_t key, FlowModel model);
FlowSsa *il_flow_new_ssa(Flow *flow, FlowInfo *info);
TypeId il_flow_model_type(const FlowModel *model);
// The state after the value of key was found to be a `type`, by a test for
// `tested` (which may have failed), from now on a type of interest.
FlowState il_flow_promote(Flow *flow, FlowState state, uint32_t key,
                          TypeId type, TypeId tested);
// Variables of the region have perhaps been written.
FlowState il_flow_conservative(Flow *flow, FlowState state,
                               const FlowRegion *region);
FlowState il_flow_conservative_everywhere(Flow *flow, FlowState state);
// The first with tested types of the second added.
FlowState il_flow_inherit_tested(Flow *flow, FlowState a, FlowState b);
FlowState il_flow_attach_finally(Flow *flow, FlowState after_try,
                                 FlowState before_finally,
                                 FlowState after_finally);
// `now` with the promotions that `then` has of values that are the same.
FlowState il_flow_rebase(Flow *flow, FlowState now, FlowState then);
// What is left of a value of type `type` that is no `test`.
TypeId il_flow_factor(Flow *flow, TypeId type, TypeId test);

// ---- flow_scan.c
void il_flow_scan(Flow *flow, TreeNode *root);
// NULL when nothing is assigned there.
const FlowRegion *il_flow_region(const Flow *flow, const TreeNode *node);

// ---- flow.c
FlowInfo *il_flow_info(const Flow *flow, const TypedExpr *e);
FlowInfo *il_flow_set_info(Flow *flow, const TypedExpr *e);
FlowState il_flow_true(Flow *flow, const TypedExpr *condition);
FlowState il_flow_false(Flow *flow, const TypedExpr *condition);
// The state promoted by what the expression refers to being a `type`.
FlowState il_flow_promote_expr(Flow *flow, FlowState state, const TypedExpr *e,
                               TypeId type, TypeId tested);

#endif
