// tail.h: what a program has added to the core's names, types and classes, as
// words, for a snapshot.
//
// Everything in these tables is interned and numbered in the order of its
// making, so the same things made again in the same order over the same core
// get the same numbers: that is all that reading does, and it fails when a
// number comes out different. What is read may be damaged: every number is
// checked before it is used.
//
//   names | type parameters | shapes | types | classes
//
// Owner:     the caller's tables.
// Threads:   one; before the program runs.
// Allocates: in the tables.
// Fails:     il_tail_read says false, and the tables are of no use any more.
#ifndef ISLE_TYPE_TAIL_H
#define ISLE_TYPE_TAIL_H

#include "type/class.h"

// How many there are of each, the core's included.
typedef struct {
  uint32_t names, params, shapes, types, classes;
} TailCounts;

TailCounts il_tail_counts(const NameTable *names, const TypeTable *types,
                          const ClassTable *classes);

// Appends what lies between the counts; to a multiple of 4 bytes.
void il_tail_write(const NameTable *names, const TypeTable *types,
                   const ClassTable *classes, const TailCounts *from,
                   const TailCounts *to, TextBuilder *out);

// Makes it again in tables that hold the core's; a word of padding may follow.
bool il_tail_read(NameTable *names, TypeTable *types, ClassTable *classes,
                  const void *bytes, size_t size);

#endif
