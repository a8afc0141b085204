// port.h: the addresses of isolates.
//
// A port is a number that any isolate may hold, copy and compare: it names a
// slot, the slot's generation, and a port of the isolate that lives there.
//
//      63        42 41            22 21           0
//     +------------+----------------+--------------+
//     |    slot    |   generation   |    number    |     0: no port
//     +------------+----------------+--------------+
//
// Slots are type-stable: memory that was once a slot stays one as long as the
// table, so a sender may look at a slot whenever it likes. When an isolate dies
// its generation passes, and mail for it is dropped, by the sender if it sees
// that in time, else by the next owner of the slot, who compares the id that
// each mail carries. Nothing is counted and a port keeps nothing alive. Slots
// are given out oldest first, so that a generation (a million) lasts long.
//
// Number 0 is the control port of the isolate; the owner gives out the others.
//
// Owner:     the runtime owns the table; an isolate its slot.
// Threads:   il_port_find, and pushing into a slot's boxes and waking its task,
//            from any; the rest as said.
// Allocates: slots in blocks, outside any heap, never given back.
// Fails:     il_port_new_slot returns NULL: no memory, or too many isolates.
#ifndef IL_ISOLATE_PORT_H
#define IL_ISOLATE_PORT_H

#include "base/lock.h"
#include "isolate/mailbox.h"
#include "sched/sched.h"

typedef uint64_t PortId;
typedef struct Isolate Isolate;

enum {
  PORT_NUMBER_BITS = 22,
  PORT_GENERATION_BITS = 20,
  PORT_SLOT_BITS = 22,
  PORT_CONTROL = 0,  // the number of each isolate's control port

  SLOT_BLOCK_BITS = 9,
  SLOT_BLOCK_SIZE = 1 << SLOT_BLOCK_BITS,
  SLOT_BLOCK_COUNT = 1 << (PORT_SLOT_BITS - SLOT_BLOCK_BITS),
};

// A place where isolates live, one after the other.
typedef struct Slot {
  Task task;         // first: the scheduler's task is the slot
  Mailbox events;    // messages to ports, in order
  Mailbox controls;  // kill, pause, ping and the like: they pass the others
  // The bytes of the mail in both boxes: senders add, the owner takes away.
  _Atomic(uint64_t) waiting_bytes;
  // Written by the table as the slot is given back, read by senders.
  _Atomic(uint32_t) generation;
  uint32_t index;
  uint32_t next_free;  // under the table's lock
  // The owner's; both NULL in a free slot.
  Isolate *isolate;
  struct HostPort *host;  // a port of the host program, see host.h
  // The group that lives here, for senders to compare, never to follow.
  _Atomic(struct Group *) group;
} Slot;

typedef struct PortTable {
  Lock lock;
  uint32_t first_free, last_free;  // under the lock; 0: none
  uint32_t made_count, live_count;
  // Written under the lock (release), read by senders (acquire).
  _Atomic(Slot *) blocks[SLOT_BLOCK_COUNT];
} PortTable;

static inline uint32_t il_port_slot_index(PortId port) {
  return (uint32_t)(port >> (PORT_NUMBER_BITS + PORT_GENERATION_BITS));
}
static inline uint32_t il_port_generation(PortId port) {
  return (uint32_t)(port >> PORT_NUMBER_BITS) &
         ((1u << PORT_GENERATION_BITS) - 1);
}
static inline uint32_t il_port_number(PortId port) {
  return (uint32_t)port & ((1u << PORT_NUMBER_BITS) - 1);
}

// The id of a port of the isolate that has the slot now.
static inline PortId il_port_make(Slot *slot, uint32_t number) {
  uint64_t generation =
      atomic_load_explicit(&slot->generation, memory_order_relaxed);
  return (uint64_t)slot->index << (PORT_NUMBER_BITS + PORT_GENERATION_BITS) |
         generation << PORT_NUMBER_BITS | number;
}

void il_port_table_init(PortTable *table);
void il_port_table_drop(PortTable *table);

// Takes a free slot; its boxes are closed and its task is dead, so that it
// seems empty until the owner opens them and then calls il_task_init.
Slot *il_port_new_slot(PortTable *table);

// Gives the slot back and passes its generation. The boxes must be closed and
// the task dead.
void il_port_free_slot(PortTable *table, Slot *slot);

// The slot with an index below made_count.
Slot *il_port_slot_at(PortTable *table, uint32_t index);

// The slot that a port names when it seems to be alive, else NULL. It may die
// at any time after; that does no harm.
Slot *il_port_find(PortTable *table, PortId port);

#endif
