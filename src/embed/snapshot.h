// snapshot.h: compiled programs in files, see snapshot.c.
//
// Owner:     the caller owns the program.
// Threads:   any.
// Allocates: memory.
// Fails:     by IsleError.
#ifndef ISLE_EMBED_SNAPSHOT_H
#define ISLE_EMBED_SNAPSHOT_H

#include "embed/compile.h"

// Does the file, given by path or URI, begin like a snapshot?
bool il_snapshot_is(const char *path);

IsleProgram *il_snapshot_load(IsleRuntime *runtime, const char *path,
                              const IsleProgramOptions *options,
                              IsleError **error);

#endif
