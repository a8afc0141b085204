// exhaustive.h: does a switch match every value?
//
// A pattern stands for a set of values, a *space*: types that must hold, and
// spaces of properties (fields of records, getters of objects, elements of
// lists). Values are taken apart kind by kind: a sealed class into its direct
// subclasses, `T?` into T and Null, bool and enums into their values, lists by
// length. A kind is covered when some row (case) covers it entirely, in all
// properties that any row asks about.
//
// Owner:     scratch memory of the call.
// Threads:   one.
// Allocates: an arena of its own.
// Fails:     a question too large to decide (a million steps) is answered no.
#ifndef ISLE_SEMA_EXHAUSTIVE_H
#define ISLE_SEMA_EXHAUSTIVE_H

#include "sema/infer_internal.h"

// Do the patterns, those with a guard left out by the caller, cover all values
// of `type`?
bool il_exhaustive_check(InferContext *f, TypeId type, TypedPattern **patterns,
                         uint32_t count);
// A type that a switch statement must cover (sealed, enum, bool, ...).
bool il_exhaustive_is_required(InferContext *f, TypeId type);

#endif
