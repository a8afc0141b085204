// quota.h: how much memory the system lets this process have.
//
// The least of the machine's memory, of what the process's control group and
// those above it allow, and of its own limit of address space.
//
// Owner:     nothing is kept.
// Threads:   any.
// Allocates: nothing that outlives the call.
// Fails:     never: what cannot be read counts as no limit.
#ifndef IL_BASE_QUOTA_H
#define IL_BASE_QUOTA_H

#include "base/common.h"

// `root` stands before /proc and /sys in the paths that are read: "" but in
// tests. SIZE_MAX when nothing is known.
size_t il_quota_memory_bytes(const char *root);

#endif
