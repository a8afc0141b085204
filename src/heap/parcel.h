// parcel.h: objects on their way from one heap to another.
//
// The sender of a large message copies its graph into a parcel: memory from the
// pool that belongs to no heap. The receiver adopts it: the chunks and blocks
// become part of its heap (young if few, old if many) without a second copy,
// and no lock is taken on either heap. Objects in a parcel point at each other
// by address and carry plain headers: no flags of the collector are set.
//
// Isolate.exit turns a dying heap itself into a parcel.
//
// Owner:     whoever holds the struct; adopting or dropping ends it.
// Threads:   one at a time.
// Allocates: from the pool; counted as mail until it is adopted.
// Fails:     il_parcel_allocate returns NULL when the pool has no more.
#ifndef ISLE_HEAP_PARCEL_H
#define ISLE_HEAP_PARCEL_H

#include "heap/payload.h"

typedef struct Parcel {
  Pool *pool;
  void *chunks, *large;  // private: lists of chunks or blocks, of large runs
  char *top, *end;       // private: where the next object goes
  size_t used_bytes, borrowed_bytes;
  Payloads *payloads;    // held for the receiver
} Parcel;

void il_parcel_init(Parcel *parcel, Pool *pool);

// Memory for one object of any size (a multiple of 8), not cleared.
void *il_parcel_allocate(Parcel *parcel, size_t size_bytes);

// Gives everything back to the pool.
void il_parcel_drop(Parcel *parcel);

// The heap takes the parcel's memory over; may happen while it marks. The
// parcel is empty after. Does not collect and cannot fail; the memory counts
// for the heap's next decision to collect.
void il_heap_adopt(Heap *heap, Parcel *parcel);

// The reverse, for a heap that dies: all its memory becomes the parcel's, with
// only the objects reachable from *root promised to be whole. IL_INVALID when
// it is not worth it (little of it lives): then copy instead. Afterwards the
// heap may only be dropped. *root may change.
Status il_heap_hand_over(Heap *heap, Value *root, Parcel *parcel);

#endif
