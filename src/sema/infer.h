// infer.h: from the syntax tree of a body to its typed tree.
//
// Owner:     results live in the Sema's arena.
// Threads:   one.
// Allocates: from the arena.
// Fails:     by diagnostics; an erroneous expression has type INVALID.
#ifndef ISLE_SEMA_INFER_H
#define ISLE_SEMA_INFER_H

#include "sema/typed.h"

// Makes f->body (also of synthetic functions: default constructors, enum
// members, forwarders).  Every function once.
void il_infer_function(Sema *sema, FunctionElement *f);
// Makes field->initializer for a static, top-level or instance field.
void il_infer_field(Sema *sema, FieldElement *field);
// The type of a field without a declared type, from its initialiser.
TypeId il_infer_field_type(Sema *sema, FieldElement *field);
// A constant expression in the scope of `owner` (annotations are not
// evaluated); context TYPE_ID_UNKNOWN when there is none.  The typed tree that
// constant.c then evaluates.
TypedExpr *il_infer_constant(Sema *sema, Element *owner, TreeNode *expression,
                             TypeId context);
#endif
