// typed_dump.h: the typed tree as text, for `isle dump --typed` and tests.
//
// Owner:     the caller owns the builder.
// Threads:   one.
// Allocates: in the builder, and names of types in the Sema's arena.
// Fails:     never.
#ifndef ISLE_SEMA_TYPED_DUMP_H
#define ISLE_SEMA_TYPED_DUMP_H

#include "sema/sema.h"

// Appends every body and initialiser of a library, one s-expression a line.
void il_typed_dump_library(Sema *sema, Library *library, TextBuilder *out);

#endif
