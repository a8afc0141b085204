// handover.h: a heap that dies gives its memory to a message.
//
// What the message names is marked, as a cycle of marking with one root would,
// and each object is asked whether it may leave. Nothing is changed meanwhile
// but marks and line numbers, so that an answer of no leaves the heap as it
// was, and so does the finding that little of the memory lives: then the
// message is copied. Otherwise all that was marked goes into a parcel where
// it is, and the rest back to the pool.
//
//   begin ─▶ continue ... continue ─▶ HANDOVER_DONE   the parcel has it all
//                                   ─▶ HANDOVER_BOUND  *culprit may not leave
//                                   ─▶ HANDOVER_POOR   copy instead
//
// Between the calls nothing may be allocated or stored in the heap. After
// HANDOVER_DONE it may only be dropped.
//
// Owner:     the parcel, as parcel.h says.
// Threads:   the isolate's worker.
// Allocates: work lists; begin promotes what is young.
// Fails:     as above.
#ifndef ISLE_HEAP_HANDOVER_H
#define ISLE_HEAP_HANDOVER_H

#include "heap/parcel.h"

typedef enum HandoverResult {
  HANDOVER_MORE,   // call il_handover_continue
  HANDOVER_DONE,
  HANDOVER_BOUND,
  HANDOVER_POOR,
} HandoverResult;

// May an object leave the isolate?
typedef bool LeavesFn(const Program *program, const Object *object);

// Is there enough memory to hand over for that to be tried?
bool il_handover_is_worth(const Heap *heap);

// Collects what is young, so all values held in C are stale after it; *root is
// among the heap's roots.
void il_handover_begin(Heap *heap, const Value *root, LeavesFn *leaves);

// Marks about budget_bytes more.
HandoverResult il_handover_continue(Heap *heap, size_t budget_bytes,
                                    Parcel *parcel, Value *culprit);

#endif
