// choice.h: every free choice of the scheduler is drawn here.
//
// A scheduler is full of places where any answer is right: which victim to
// rob first, which ready task next. All of them ask `il_choice`. In the normal
// mode each worker owns a stream, so that asking costs a few instructions; in
// the seeded mode the whole process has one, and a run is a function of its
// seed: the same seed gives the same interleaving.
//
// Owner:     the struct lives inside another.
// Threads:   one at a time.
// Allocates: nothing.
// Fails:     never.
#ifndef IL_SCHED_CHOICE_H
#define IL_SCHED_CHOICE_H

#include "base/common.h"

typedef struct Choices {
  uint64_t state;
} Choices;

// Starts a stream; equal seeds give equal streams.
void il_choice_init(Choices *choices, uint64_t seed);

// A number below `count`, which is at least 1.
uint32_t il_choice(Choices *choices, uint32_t count);

#endif
