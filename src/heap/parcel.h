// parcel.h: objects on their way from one heap to another.
//
// The sender of a large message copies its graph into a parcel: memory from the
// pool that belongs to no heap. The receiver adopts it: the chunks and blocks
// become part of its heap (young if few, old if many) without a second copy,
// and no lock is taken on either heap. Objects in a parcel point at each other
// by address and carry plain headers: no flags of the collector are set.
//
// A parcel begins with small chunks, which can only become young. So who finds
// that much is to be sent (il_parcel_has_outgrown) begins again with whole
// blocks: those become old, where they are. A heap that dies is turned into a
// parcel itself (handover.h).
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
  Chunk *chunks;           // private: what was filled, the last one first
  Block *blocks;           // private: large runs; old blocks of a dead heap
  char *top, *end;         // private: where the next object goes
  size_t borrowed_bytes;
  Payloads *payloads;      // held for the receiver
  bool has_whole_blocks;   // private: each chunk is a block
} Parcel;

void il_parcel_init(Parcel *parcel, Pool *pool);
// The same for much: of whole blocks alone.
void il_parcel_init_large(Parcel *parcel, Pool *pool);
// Is there more in small chunks and after them than should be young?
bool il_parcel_has_outgrown(const Parcel *parcel);

// Memory for one object of any size (a multiple of 8), not cleared.
void *il_parcel_allocate(Parcel *parcel, size_t size_bytes);

// Gives everything back to the pool.
void il_parcel_drop(Parcel *parcel);

// The heap takes the parcel's memory over; may happen while it marks. The
// parcel is empty after. Does not collect and cannot fail; the memory counts
// for the heap's next decision to collect: after it there may be no room in the
// bump region.
void il_heap_adopt(Heap *heap, Parcel *parcel);

#endif
