// chunk.h: the memory of a group: blocks, chunks and large runs.
//
// All memory of heaps comes from a Pool in aligned blocks of 32 KiB that begin
// with a head, so that the head of any object's block is found by masking its
// address. A block is used whole (by the nursery, the old space or a parcel),
// is cut into chunks of 1 and 4 KiB for small heaps, or begins a run of
// several blocks' size that holds one large object.
//
//   block   | BlockHead |  chunk ... chunk |   or  | BlockHead | objects ... |
//           0          1K                 32K      0          896           32K
//
//   chunk   | links, size, used | objects ... |
//
// The head says whether the objects in it are old; lines (128 bytes) carry
// the number of the marking cycle in which they were last found alive, and a
// bitmap has a mark for each 8 bytes. See old_space.c. In a large run the bitmap
// has cards instead: parts of the object in which young ones were stored.
//
// Bytes are counted by owner; what owners hold and what is free sum to what was
// taken from the system: il_pool_audit walks the blocks, at the end of every
// pool in debug builds, when nothing may be held any more.
//
// Owner:     the group owns the pool; heaps and parcels hold memory on loan.
// Threads:   taking and giving back: any, under the pool's lock (RANK_MEMORY);
//            a block's head belongs to whoever holds the block.
// Allocates: pages from the system, in areas of 1 MiB.
// Fails:     taking returns NULL when there are no pages, and for mail at the
//            pool's or the budget's limit.
#ifndef ISLE_HEAP_CHUNK_H
#define ISLE_HEAP_CHUNK_H

#include <stdatomic.h>

#include "base/common.h"
#include "base/lock.h"
#include "heap/budget.h"

#define BLOCK_BYTES 32768u
#define LINE_BYTES 128u
#define BLOCK_LINES (BLOCK_BYTES / LINE_BYTES)
#define AREA_BYTES (1u << 20)
#define CHUNK_SMALL_BYTES 1024u
#define CHUNK_MEDIUM_BYTES 4096u

typedef enum {
  BLOCK_FREE,
  BLOCK_CUT,     // into chunks
  BLOCK_YOUNG,   // one chunk, of a nursery or a parcel
  BLOCK_OLD,     // of an old space
  BLOCK_LARGE,   // the first of a run with one object
} BlockKind;

typedef enum { MEMORY_HEAP, MEMORY_MAIL, MEMORY_FREE, MEMORY_OWNERS } MemoryOwner;

// A piece of young memory: the head of a chunk, or of a young block's rest.
typedef struct Chunk {
  struct Chunk *next;
  struct Chunk *previous;  // in a list of free chunks
  uint32_t size;       // with this head
  uint32_t used;       // bytes after the head that hold objects; for the one
                       // being filled, the heap's `top` knows better
  char data[];
} Chunk;

typedef struct Block {
  uint8_t kind;        // BlockKind
  uint8_t is_old;      // OLD, and LARGE: the store barrier asks for this
  uint8_t is_marked;   // LARGE: its object is, by the copying of a small heap
  uint8_t is_medium;   // CUT: into chunks of 4 KiB, where they fit
  uint8_t card_shift;  // LARGE: a card is 1 << card_shift bytes
  uint8_t marks_cycle; // OLD: which cycle the marks are of; LARGE: in which
                       // its object was marked last
  uint8_t is_sparse;   // OLD: what lives in it is to be moved, nothing more
                       // is allocated in it
  uint32_t free_chunks;   // CUT: how many are free
  struct Block *next;
  struct Block *previous;
  struct Area *area;   // it is part of; NULL for LARGE
  size_t size_bytes;   // of the run, with the head
  uint8_t lines[BLOCK_LINES];
  uint64_t marks[BLOCK_BYTES / 8 / 64];
} Block;

// Objects begin here in a block; a whole number of lines.
#define BLOCK_HEAD_BYTES 896u
#define BLOCK_FIRST_LINE (BLOCK_HEAD_BYTES / LINE_BYTES)

#define BLOCK_MARKS (BLOCK_BYTES / 8)

static inline Block *il_block_of(const void *object) {
  return (Block *)((uintptr_t)object & ~(uintptr_t)(BLOCK_BYTES - 1));
}

// The cards of a large run. A card is a part of it with the head.
static inline uint64_t *il_block_card(Block *b, const void *slot,
                                      uint64_t *mask) {
  size_t card = (size_t)((const char *)slot - (const char *)b) >> b->card_shift;
  *mask = UINT64_C(1) << card % 64;
  return &b->marks[card / 64];
}

typedef struct Pool {
  Lock lock;
  Block *free_blocks;           // under the lock, with all below
  uint32_t free_block_count;
  Chunk *free_small, *free_medium;
  struct Area *areas;
  size_t limit_bytes;           // 0: none; with what payloads are charged for
  _Atomic(size_t) payload_bytes;  // to its heaps, each for all it holds
  Budget *budget;               // counts what is mapped; or NULL
  _Atomic(size_t) bytes[MEMORY_OWNERS];  // relaxed sums
  _Atomic(size_t) mapped_bytes;
} Pool;

Pool *il_pool_new(size_t limit_bytes);
// All memory must have been given back.
void il_pool_free(Pool *pool);

// A chunk of at least `size_bytes` in all: one of 1 or 4 KiB or a whole block.
Chunk *il_pool_take_chunk(Pool *pool, size_t size_bytes, MemoryOwner owner);
// What a chunk counts for in the pool's accounts.
size_t il_pool_chunk_bytes(const Chunk *chunk);
void il_pool_give_chunk(Pool *pool, Chunk *chunk, MemoryOwner owner);
// An empty block of kind OLD.
Block *il_pool_take_block(Pool *pool, MemoryOwner owner);
// A run for one object of that size, which begins BLOCK_HEAD_BYTES after it.
Block *il_pool_take_large(Pool *pool, size_t object_bytes, MemoryOwner owner);
void il_pool_give_block(Pool *pool, Block *block, MemoryOwner owner);

// Accounts that follow memory from one owner to another.
void il_pool_move_bytes(Pool *pool, size_t bytes, MemoryOwner from,
                        MemoryOwner to);
size_t il_pool_held_bytes(const Pool *pool);   // by owners
// May a heap that holds that much not have more? Mail is refused by the takers
// themselves.
bool il_pool_refuses(const Pool *pool, size_t held_bytes, size_t more_bytes);
// Walks all blocks: what is free is as counted, and each is what it says.
bool il_pool_audit_blocks(Pool *pool);
// That, and what the owners hold are these blocks and the runs: when nobody
// takes or gives anything meanwhile.
bool il_pool_audit(Pool *pool);

#endif
