// native.h: all natives, declared from the one table.
//
// A native's body is written with NATIVE(name) { ... }, see exec/native.h; a
// line of code/native.def without a body fails to link.
//
// Owner:     nothing to own.
// Threads:   see exec/native.h.
// Allocates: see exec/native.h.
// Fails:     see exec/native.h.
#ifndef IL_NATIVES_NATIVE_H
#define IL_NATIVES_NATIVE_H

#include "exec/native.h"

#undef NATIVE
#define NATIVE(name) NativeFn il_native_##name;
#include "code/native.def"
#undef NATIVE
#define NATIVE(name) NativeOutcome il_native_##name(NativeCall *call)

// By NativeId, for il_world_new.
extern NativeFn *const il_native_table[];

enum {
#undef NATIVE
#define NATIVE(name) IL_NATIVE_NUMBER_##name,
#include "code/native.def"
#undef NATIVE
  IL_NATIVE_COUNT
#define NATIVE(name) NativeOutcome il_native_##name(NativeCall *call)
};

#endif
