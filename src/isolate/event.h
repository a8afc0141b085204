// event.h: what an isolate's loop chooses from: ports, timers, microtasks.
//
// Three small containers that hold Dart objects; il_event_each_root shows them
// to the collector.
//
//   PortList      open ports, sorted by number as numbers only grow
//   TimerList     a heap by (deadline, order of creation), and stable places by
//                 which Dart code names a timer
//   MicrotaskRing first in, first out
//
// Owner:     an isolate.
// Threads:   its worker.
// Allocates: from the system.
// Fails:     adding says false when memory is short.
#ifndef IL_ISOLATE_EVENT_H
#define IL_ISOLATE_EVENT_H

#include "heap/heap.h"

// An open port.
typedef struct PortEntry {
  uint32_t number;
  bool keeps_alive;
  Value handler;  // 0 once closed
} PortEntry;

typedef struct PortList {
  PortEntry *entries;
  uint32_t count, capacity;
  uint32_t open_count, keep_count;  // of those, open; that keep it alive
  uint32_t next_number;             // 0 is the control port's
} PortList;

// Opens a port and says its number.
bool il_event_open_port(PortList *ports, Value handler, uint32_t *number);
// NULL when it is closed. Stale after opening and closing.
PortEntry *il_event_find_port(PortList *ports, uint32_t number);
void il_event_close_port(PortList *ports, uint32_t number);
void il_event_set_keeps_alive(PortList *ports, uint32_t number, bool keeps);

typedef struct TimerNode {
  uint64_t due_ns, order;
  uint32_t place;
} TimerNode;

typedef struct TimerPlace {
  Value timer;    // 0 when free
  uint32_t node;  // index in the heap; when free the next free place + 1
} TimerPlace;

typedef struct TimerList {
  TimerNode *nodes;
  TimerPlace *places;
  uint32_t count, capacity;
  uint32_t free;  // the first free place + 1, or 0
  uint64_t next_order;
} TimerList;

// Adds a timer and says its place.
bool il_event_add_timer(TimerList *timers, uint64_t due_ns, Value timer,
                        uint32_t *place);
// The place must hold a timer that has neither fired nor been cancelled.
void il_event_cancel_timer(TimerList *timers, uint32_t place);
// Takes the earliest timer out if it is due; 0 when none is.
Value il_event_take_timer(TimerList *timers, uint64_t now_ns);
// IL_NEVER when there is none.
uint64_t il_event_next_due_ns(const TimerList *timers);

typedef struct MicrotaskRing {
  Value *items;
  uint32_t first, count, capacity;  // a power of two, or 0
} MicrotaskRing;

bool il_event_add_microtask(MicrotaskRing *ring, Value task);
// 0 when there is none.
Value il_event_take_microtask(MicrotaskRing *ring);

void il_event_drop(PortList *ports, TimerList *timers, MicrotaskRing *ring);
void il_event_each_root(PortList *ports, TimerList *timers, MicrotaskRing *ring,
                        EdgeFn *visit, void *context);

#endif
