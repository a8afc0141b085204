// infer_pattern.h: what statements ask of patterns.
//
// Owner:     the Sema's arena.
// Threads:   one.
// Allocates: from the arena.
// Fails:     by diagnostics.
#ifndef ISLE_SEMA_INFER_PATTERN_H
#define ISLE_SEMA_INFER_PATTERN_H

#include "sema/infer_internal.h"

// The type schema of a pattern: the context of the value it takes apart.
TypeId il_pattern_schema(InferContext *f, TreeNode *pattern);
// var pattern = value; `value` NULL: the node's own.
TypedStmt *il_pattern_declare(InferContext *f, TreePatternVariables *node,
                              TypedExpr *value);
TypedStmt *il_pattern_switch_statement(InferContext *f, TreeSwitch *node,
                                       const TreeNames *labels);

#endif
