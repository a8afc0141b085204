// native_list.h: declares all natives, for the files of this room that define
// some (as natives/native.h does for that room).
//
// Owner:     nothing to own.
// Threads:   see native.h.
// Allocates: see native.h.
// Fails:     see native.h.
#ifndef ISLE_EXEC_NATIVE_LIST_H
#define ISLE_EXEC_NATIVE_LIST_H

#include "exec/native.h"

#undef NATIVE
#define NATIVE(name) NativeFn il_native_##name;
#include "code/native.def"
#undef NATIVE
#define NATIVE(name) NativeOutcome il_native_##name(NativeCall *call)

#endif
