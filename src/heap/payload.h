// payload.h: objects without references that lie outside any isolate's heap and
// that several heaps may hold.
//
// A payload is one whole object, a long string or the bytes of typed data, with
// this head before it. Heaps refer to the object itself, so nobody who reads
// it knows or pays for the difference; its header says SHARED and COUNTED. It
// is freed by its last holder. A holder is a set (Payloads): each heap that has
// seen a payload has it in its set, once, whatever the number of references,
// and so does each message under way. So a heap that is dropped, a message that
// nobody takes, a killed isolate releases a few entries and looks at no object.
//
//     heap A          heap B          mail                payload
//     set {p}         set {p, q}      set {q}       p: | holders 2 | String |
//      ref ───────────▶ ref ────────────────────────▶             ▲
//
// A collection that traces all of a heap notes what it meets; at its end the
// set loses the rest. Between such collections a payload is held like a large
// object, and is charged to the heap as one.
//
//   CONSTANT  immutable (CANONICAL): strings, bytes under read-only lists; any
//             number of holders
//   SEALED    the bytes of a TransferableTypedData: one holder; a message takes
//             them along
//   OPEN      the same after materialize: one holder, copied by messages
//
// A string becomes a payload when it is first sent, not when it is made: most
// long strings die young where they were made. A large one, that has a run of
// its own, is turned into a payload where it lies; another is copied once, and
// names the copy, its twin, so that it is not copied again.
//
// Owner:     the holders; il_payload_new counts one for its caller.
// Threads:   counts: any; a set: its heap's worker or whoever has the mail.
// Allocates: from the system, on the account of the budget.
// Fails:     what makes a payload returns NULL when there is no memory.
#ifndef ISLE_HEAP_PAYLOAD_H
#define ISLE_HEAP_PAYLOAD_H

#include "base/map.h"
#include "heap/heap.h"

typedef struct Payload {
  Budget *budget;              // on whose account it is, or NULL
  size_t size_bytes;           // with this head, or of the whole run
  _Atomic(uint32_t) holders;   // who retains one: relaxed; the last: acq_rel
  bool is_sealed, is_run;
  _Atomic(uint32_t) hash;      // of a string's content, 0: not yet made
} Payload;

// A set of payloads, each counted once for it. NULL is the empty set.
typedef struct Payloads {
  Map passes;      // payload → the pass that saw it last
  size_t size_bytes;
} Payloads;

static inline Payload *il_payload_of(const Object *object) {
  return (Payload *)(uintptr_t)object - 1;
}
static inline Object *il_payload_object(Payload *payload) {
  return (Object *)(void *)(payload + 1);
}

// Room for an object of that size; the caller writes it, and is the holder.
Payload *il_payload_new(Budget *budget, size_t object_bytes);
void il_payload_retain(Payload *payload);
void il_payload_release(Payload *payload);

// ---- sets

// Makes the set a holder, if it is not.
void il_payload_hold(Payloads **set, Payload *payload, uint64_t pass);
// The same for one that the caller holds, and holds no longer after.
void il_payload_take(Payloads **set, Payload *payload, uint64_t pass);
// All that is in `from` is in `into` after; `from` is empty.
void il_payload_join(Payloads **into, Payloads **from, uint64_t pass);
// The set holds it no longer.
void il_payload_forget(Payloads *set, Payload *payload);
// Releases all; the set is empty.
void il_payload_drop(Payloads **set);
static inline size_t il_payload_bytes(const Payloads *set) {
  return set ? set->size_bytes : 0;
}

// ---- a heap's payloads

// The payload that stands for a long string of this heap in messages: the
// string itself when it is one, or becomes one, or its twin. NULL when there is
// no memory.
Object *il_payload_share(Heap *heap, String *string);
// Zeroed bytes of typed data, sealed, held by the heap; NULL as above. Whoever
// needs many first asks the heap for room.
Bytes *il_payload_new_bytes(Heap *heap, size_t length);
// Turns the object of a large run of this heap into a payload where it lies.
void il_payload_convert(Heap *heap, Object *object, bool is_constant,
                        bool is_sealed);
// The heap loses sight of bytes that a message took along: nothing in it names
// them any more.
void il_payload_leave(Heap *heap, Object *bytes);
// Do messages take it along? What was materialized they copy.
static inline bool il_payload_travels(const Object *object) {
  return object->header & HEADER_CANONICAL || il_payload_of(object)->is_sealed;
}
// Materialized.
static inline void il_payload_open(Object *bytes) {
  il_payload_of(bytes)->is_sealed = false;
}
// The heap takes over what a message held.
void il_payload_adopt(Heap *heap, Payloads **set);

#endif
