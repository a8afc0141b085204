// constant_eval.h: what constant.c and constant_eval.c share.
//
// Owner:     the Sema's arena.
// Threads:   one.
// Allocates: from the arena.
// Fails:     by diagnostics; NULL.
#ifndef ISLE_SEMA_CONSTANT_EVAL_H
#define ISLE_SEMA_CONSTANT_EVAL_H

#include "sema/typed.h"

// The instance that an enum value is; its initialiser is typed.
Constant *il_constant_evaluate_enum(Sema *sema, FieldElement *value);
// Folds an operator on constants: NULL when it is none of the language's
// constant operators on these operands; *error says what went wrong otherwise.
// `right` is NULL for unary ones.
Constant *il_constant_fold(Sema *sema, Name op, const Constant *left,
                           const Constant *right, const char **error);
// Appends a number, bool, null or string as toString gives it; false for
// others.
bool il_constant_append(TextBuilder *out, const Constant *c);
// The length in UTF-16 units of WTF-8 text.
int64_t il_constant_text_length(Text text);

// Reports what cannot be constant in const constructors and in the fields'
// initialisers of their classes.
void il_constant_check(Sema *sema);
// Could the expression be constant, given constant parameters?  `is_const`: it
// stands in a constant context.
bool il_constant_is_potential(const TypedExpr *e, bool is_const);
// Reports annotations that are no constants.
void il_annotation_check(Sema *sema);

#endif
