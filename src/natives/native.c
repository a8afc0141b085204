// native.c: the natives by number.
#include "natives/native.h"

NativeFn *const il_native_table[] = {
#undef NATIVE
#define NATIVE(name) il_native_##name,
#include "code/native.def"
#undef NATIVE
};
