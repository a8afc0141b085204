// infer_pattern.h: patterns, shared by infer_pattern.c (patterns themselves),
// infer_switch.c (where they stand) and infer_statement.c.
//
// Owner:     the Sema's arena; the variables of a PatternWalk are dropped.
// Threads:   one.
// Allocates: from the arena.
// Fails:     by diagnostics; an erroneous pattern becomes a wildcard.
#ifndef ISLE_SEMA_INFER_PATTERN_H
#define ISLE_SEMA_INFER_PATTERN_H

#include "sema/flow.h"
#include "sema/infer_internal.h"

typedef enum {
  WALK_DECLARE,  // var (a, b) = …: irrefutable
  WALK_ASSIGN,   // (a, b) = …: irrefutable
  WALK_MATCH,    // case …: refutable
} PatternMode;

typedef struct {
  TreeName name;
  LocalVar *local;
} PatternVar;

typedef IL_VEC(PatternVar) PatternVars;

// One pattern being inferred, with the variables it declares.
typedef struct {
  InferContext *f;
  uint8_t mode;   // PatternMode
  bool is_final;  // DECLARE: `final (a, b) = …`
  PatternVars vars;
  uint32_t first_own;        // earlier ones belong to patterns around an `||`
  const PatternVar *shared;  // variables of the other alternative, or of an
  uint32_t shared_count;     // earlier case with the same body, to be reused
  bool is_alternative;       // `shared` are of an alternative: must agree
  IL_VEC(struct TypedAssignedPattern *) assigned;
  bool may_throw;          // ASSIGN: something in it can fail half-way
} PatternWalk;

// Takes the matched value apart. Flow: the state of success; failures are added
// to the pattern begun with il_flow_pattern_begin.
TypedPattern *il_pattern_infer(PatternWalk *w, TreeNode *node,
                               FlowMatch *match);
// Puts the variables into the innermost scope.
void il_pattern_declare_vars(PatternWalk *w);
void il_pattern_drop(PatternWalk *w);

// The type schema of a pattern: the context of the value it takes apart.
TypeId il_pattern_schema(InferContext *f, TreeNode *pattern);

// ---- infer_switch.c
// var pattern = value; `value` NULL: the node's own.
TypedStmt *il_pattern_declare(InferContext *f, TreePatternVariables *node,
                              TypedExpr *value);
TypedStmt *il_pattern_switch_statement(InferContext *f, TreeSwitch *node,
                                       const TreeNames *labels);

#endif
