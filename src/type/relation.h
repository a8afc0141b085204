// relation.h: the state of one question about types, for this room only.
//
// Two generic function types are compared with their parameters left as they
// are (TYPE_BOUND): both sides are entered at once, so equal parameters are
// equal ids. What such a parameter is bounded by is found in `binder`, the
// function types entered so far.
//
// Owner:     lives on the stack of the question.
// Threads:   one.
// Allocates: types only.
// Fails:     a question with more than RELATION_BUDGET steps, which no sensible
//            program asks, is answered no.
#ifndef ISLE_TYPE_RELATION_H
#define ISLE_TYPE_RELATION_H

#include "type/table.h"

#define RELATION_BUDGET 1000000u

typedef struct Binder {
  const struct Binder *outer;
  const Type *function;
} Binder;

typedef struct {
  const TypeContext *c;
  TypeTable *types;
  const Binder *binder;
  uint32_t depth;
  uint32_t steps;
} Relation;

static inline Relation il_relation_new(const TypeContext *c) {
  return (Relation){.c = c, .types = c->types};
}

bool il_relation_is_subtype(Relation *r, TypeId a, TypeId b);
// The bound of a PARAM or BOUND; it is not nullable itself.
TypeId il_relation_bound(const Relation *r, const Type *variable);
// Greatest or least closure with respect to every TYPE_BOUND free in it.
TypeId il_type_close_bounds(TypeTable *types, TypeId t, bool greatest);
// Future<of>.
TypeId il_type_future(TypeTable *types, TypeId of);

#endif
