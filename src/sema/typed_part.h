// typed_part.h: what an expression of the typed tree is made of.
//
// Many walks do the same with every part of most kinds of node: one table says
// which parts a kind has, so a walk names only the kinds that it treats in its
// own way. A node has
//
//   operands   up to three expressions that are fields of its own, in the order
//              of the struct; one may be NULL
//   arguments  what a call passes
//   list       the parts of an interpolation, the fields of a record
//
// and some have what no table could say, which every walk sees to itself: the
// body of a closure, the items of a collection, the statements of a SEQUENCE,
// the cases of a switch, the pattern of an assignment.
//
// Owner:     parts are borrowed from the node.
// Threads:   any; the table is constant.
// Allocates: nothing.
// Fails:     never.
#ifndef ISLE_SEMA_TYPED_PART_H
#define ISLE_SEMA_TYPED_PART_H

#include "sema/typed.h"

// sizeof of the struct of a kind.
size_t il_typed_part_size(ExprKind kind);

// How many operands a kind has, at most three.
uint32_t il_typed_part_count(ExprKind kind);
// An operand; index < il_typed_part_count.
TypedExpr *il_typed_part_operand(const TypedExpr *e, uint32_t index);
void il_typed_part_set_operand(TypedExpr *e, uint32_t index,
                               TypedExpr *operand);

// NULL when the kind has none.
const TypedArguments *il_typed_part_arguments(const TypedExpr *e);
// NULL when the kind has none.
const TypedExprs *il_typed_part_list(const TypedExpr *e);

#endif
