// choice.c: a counter passed through a mixing function (the "splitmix" step):
// one addition and two multiplications, full period, no bad seeds.
#include "sched/choice.h"

void il_choice_init(Choices *choices, uint64_t seed) { choices->state = seed; }

uint32_t il_choice(Choices *choices, uint32_t count) {
  IL_ASSERT(count > 0);
  uint64_t bits = choices->state += UINT64_C(0x9e3779b97f4a7c15);
  bits = (bits ^ (bits >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  bits = (bits ^ (bits >> 27)) * UINT64_C(0x94d049bb133111eb);
  bits ^= bits >> 31;
  // The high half times the count, rather than a remainder: no division.
  return (uint32_t)(((bits >> 32) * count) >> 32);
}
