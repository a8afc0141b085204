// event.c: ports, then timers, then microtasks, then all of them.
#include "isolate/event.h"

#include "base/memory.h"
#include "sched/park.h"

// Doubles an array; false when memory is short.
static bool grow(void **items, uint32_t *capacity, size_t item_bytes,
                 uint32_t first_capacity) {
  uint32_t wanted = *capacity ? *capacity * 2 : first_capacity;
  void *grown = il_memory_try_realloc(*items, *capacity * item_bytes,
                                      wanted * item_bytes);
  if (!grown) return false;
  *items = grown;
  *capacity = wanted;
  return true;
}

// ---- ports ---------------------------------------------------------------

// Numbers are used up after four million; then the list begins at 1 again with
// the first number that is free, and is kept sorted by moving.
static uint32_t choose_number(PortList *ports) {
  const uint32_t limit = UINT32_C(1) << 22;
  uint32_t number = ports->next_number ? ports->next_number : 1;
  if (number >= limit) number = 1;
  while (il_event_find_port(ports, number)) {
    number = number + 1 < limit ? number + 1 : 1;
  }
  ports->next_number = number + 1;
  return number;
}

// The first entry whose number is not below.
static uint32_t find_index(const PortList *ports, uint32_t number) {
  uint32_t low = 0, high = ports->count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (ports->entries[middle].number < number) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

static void squeeze(PortList *ports) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < ports->count; i++) {
    if (ports->entries[i].handler) ports->entries[kept++] = ports->entries[i];
  }
  ports->count = kept;
}

PortEntry *il_event_find_port(PortList *ports, uint32_t number) {
  uint32_t index = find_index(ports, number);
  if (index == ports->count) return NULL;
  PortEntry *entry = &ports->entries[index];
  return entry->number == number && entry->handler ? entry : NULL;
}

bool il_event_open_port(PortList *ports, Value handler, uint32_t *number) {
  if (ports->count == ports->capacity &&
      ports->open_count * 2 <= ports->count) {
    squeeze(ports);
  }
  if (ports->count == ports->capacity &&
      !grow((void **)&ports->entries, &ports->capacity, sizeof(PortEntry), 1)) {
    return false;
  }
  *number = choose_number(ports);
  uint32_t index = find_index(ports, *number);
  if (index < ports->count && ports->entries[index].number == *number) {
    // A closed entry of the same number, from the round before.
    ports->entries[index] = (PortEntry){*number, true, handler};
  } else {
    memmove(&ports->entries[index + 1], &ports->entries[index],
            (ports->count - index) * sizeof(PortEntry));
    ports->entries[index] = (PortEntry){*number, true, handler};
    ports->count++;
  }
  ports->open_count++;
  ports->keep_count++;
  return true;
}

void il_event_set_keeps_alive(PortList *ports, uint32_t number, bool keeps) {
  PortEntry *entry = il_event_find_port(ports, number);
  if (!entry || entry->keeps_alive == keeps) return;
  entry->keeps_alive = keeps;
  ports->keep_count += keeps ? 1 : -1u;
}

void il_event_close_port(PortList *ports, uint32_t number) {
  PortEntry *entry = il_event_find_port(ports, number);
  if (!entry) return;
  if (entry->keeps_alive) ports->keep_count--;
  entry->handler = 0;
  ports->open_count--;
  while (ports->count && !ports->entries[ports->count - 1].handler) {
    ports->count--;
  }
}

// ---- timers --------------------------------------------------------------

static bool is_before(const TimerNode *a, const TimerNode *b) {
  return a->due_ns != b->due_ns ? a->due_ns < b->due_ns : a->order < b->order;
}

static void put_node(TimerList *timers, uint32_t index, TimerNode node) {
  timers->nodes[index] = node;
  timers->places[node.place].node = index;
}

// Moves a node up or down from a free index to where it belongs.
static void settle_node(TimerList *timers, uint32_t index, TimerNode node) {
  while (index > 0 && is_before(&node, &timers->nodes[(index - 1) / 2])) {
    put_node(timers, index, timers->nodes[(index - 1) / 2]);
    index = (index - 1) / 2;
  }
  for (;;) {
    uint32_t child = index * 2 + 1;
    if (child >= timers->count) break;
    if (child + 1 < timers->count &&
        is_before(&timers->nodes[child + 1], &timers->nodes[child])) {
      child++;
    }
    if (!is_before(&timers->nodes[child], &node)) break;
    put_node(timers, index, timers->nodes[child]);
    index = child;
  }
  put_node(timers, index, node);
}

// Both arrays have the same capacity: there are as many places as nodes.
static bool grow_timers(TimerList *timers) {
  uint32_t before = timers->capacity, unused = before;
  if (!grow((void **)&timers->places, &unused, sizeof(TimerPlace), 2)) {
    return false;
  }
  if (!grow((void **)&timers->nodes, &timers->capacity, sizeof(TimerNode), 2)) {
    // The places stay larger than said; give the room back.
    timers->places =
        il_memory_realloc(timers->places, unused * sizeof(TimerPlace),
                          before * sizeof(TimerPlace));
    return false;
  }
  for (uint32_t i = timers->capacity; i > before; i--) {
    timers->places[i - 1] = (TimerPlace){0, timers->free};
    timers->free = i;
  }
  return true;
}

bool il_event_add_timer(TimerList *timers, uint64_t due_ns, Value timer,
                        uint32_t *place) {
  if (!timers->free && !grow_timers(timers)) return false;
  *place = timers->free - 1;
  timers->free = timers->places[*place].node;
  timers->places[*place].timer = timer;
  TimerNode node = {due_ns, timers->next_order++, *place};
  timers->count++;
  settle_node(timers, timers->count - 1, node);
  return true;
}

static void remove_timer(TimerList *timers, uint32_t place) {
  uint32_t index = timers->places[place].node;
  timers->places[place] = (TimerPlace){0, timers->free};
  timers->free = place + 1;
  TimerNode last = timers->nodes[--timers->count];
  if (index < timers->count) settle_node(timers, index, last);
}

void il_event_cancel_timer(TimerList *timers, uint32_t place) {
  if (place < timers->capacity && timers->places[place].timer) {
    remove_timer(timers, place);
  }
}

Value il_event_take_timer(TimerList *timers, uint64_t now_ns) {
  if (!timers->count || timers->nodes[0].due_ns > now_ns) return 0;
  uint32_t place = timers->nodes[0].place;
  Value timer = timers->places[place].timer;
  remove_timer(timers, place);
  return timer;
}

uint64_t il_event_next_due_ns(const TimerList *timers) {
  return timers->count ? timers->nodes[0].due_ns : IL_NEVER;
}

// ---- microtasks ----------------------------------------------------------

bool il_event_add_microtask(MicrotaskRing *ring, Value task) {
  if (ring->count == ring->capacity) {
    uint32_t before = ring->capacity;
    if (!grow((void **)&ring->items, &ring->capacity, sizeof(Value), 8)) {
      return false;
    }
    // What wrapped round goes behind the rest: there is as much new room.
    memcpy(ring->items + before, ring->items, ring->first * sizeof(Value));
  }
  ring->items[(ring->first + ring->count++) & (ring->capacity - 1)] = task;
  return true;
}

Value il_event_take_microtask(MicrotaskRing *ring) {
  if (!ring->count) return 0;
  Value task = ring->items[ring->first];
  ring->first = (ring->first + 1) & (ring->capacity - 1);
  ring->count--;
  return task;
}

// ---- all -----------------------------------------------------------------

void il_event_drop(PortList *ports, TimerList *timers, MicrotaskRing *ring) {
  il_memory_free(ports->entries, ports->capacity * sizeof(PortEntry));
  il_memory_free(timers->nodes, timers->capacity * sizeof(TimerNode));
  il_memory_free(timers->places, timers->capacity * sizeof(TimerPlace));
  il_memory_free(ring->items, ring->capacity * sizeof(Value));
  *ports = (PortList){0};
  *timers = (TimerList){0};
  *ring = (MicrotaskRing){0};
}

void il_event_each_root(PortList *ports, TimerList *timers, MicrotaskRing *ring,
                        EdgeFn *visit, void *context) {
  for (uint32_t i = 0; i < ports->count; i++) {
    if (ports->entries[i].handler) visit(&ports->entries[i].handler, context);
  }
  for (uint32_t i = 0; i < timers->capacity; i++) {
    if (timers->places[i].timer) visit(&timers->places[i].timer, context);
  }
  for (uint32_t i = 0; i < ring->count; i++) {
    visit(&ring->items[(ring->first + i) & (ring->capacity - 1)], context);
  }
}
