// lifecycle.c: the table as an array, and the one assignment.
#include "isolate/lifecycle.h"

// 0: no such move; else the new state + 1.
static const uint8_t moves[ISOLATE_STATE_COUNT][ISOLATE_MOVE_COUNT] = {
#define STATE(id, text)
#define MOVE(from, event, to) [ISOLATE_##from][MOVE_##event] = ISOLATE_##to + 1,
#include "isolate/lifecycle.def"
#undef STATE
#undef MOVE
};

static const char *const names[] = {
#define STATE(id, text) #id,
#define MOVE(from, event, to)
#include "isolate/lifecycle.def"
#undef STATE
#undef MOVE
};

void il_lifecycle_init(Lifecycle *life) {
  atomic_store_explicit(life, ISOLATE_STARTING, memory_order_relaxed);
}

void il_lifecycle_move(Lifecycle *life, IsolateMove move) {
  uint8_t next = moves[il_lifecycle_get(life)][move];
  if (next == 0) IL_FATAL("an isolate made a move that its life has not");
  atomic_store_explicit(life, next - 1, memory_order_relaxed);
}

const char *il_lifecycle_name(IsolateState state) { return names[state]; }
