// constant.h: constants as objects.
//
// Every constant of a program becomes an immortal object when its world is
// made: shared by all isolates of the group, never moved, never written again.
// Items have lower numbers than what holds them.
//
// Owner:     the world's arena.
// Threads:   the one that makes the world.
// Allocates: from the arena.
// Fails:     never.
#ifndef ISLE_EXEC_CONSTANT_H
#define ISLE_EXEC_CONSTANT_H

#include "exec/world.h"

// The values by ConstantId; [0] is null.
Value *il_constant_make_all(World *world);

#endif
