// flag.h: the flags of one runtime.
//
// flag.def makes the fields of struct Flags, their defaults, their parser and
// their help text. A Flags is a plain struct that the runtime holds and hands
// to its parts; nothing reads flags from anywhere else.
//
// Owner:     plain data.
// Threads:   written before the runtime starts, read by any.
// Allocates: nothing.
// Fails:     il_flag_parse says what was wrong by its result.
#ifndef IL_BASE_FLAG_H
#define IL_BASE_FLAG_H

#include "base/common.h"
#include "base/text.h"

#define IL_FLAG_TYPE_bool bool
#define IL_FLAG_TYPE_int int64_t
#define IL_FLAG_TYPE_mask uint32_t

typedef struct {
#define FLAG(type, name, value, help) IL_FLAG_TYPE_##type name;
#include "base/flag.def"
#undef FLAG
} Flags;

// Numbers of the trace words; the bit is TRACE_BIT(gc) and so on.
typedef enum {
#define FLAG(type, name, value, help)
#define TRACE(name, help) TRACE_##name,
#include "base/flag.def"
#undef TRACE
#undef FLAG
  TRACE_COUNT
} TraceKind;

#define TRACE_BIT(name) (1u << TRACE_##name)

typedef enum {
  FLAG_TAKEN,      // the argument was a flag and is set
  FLAG_UNKNOWN,    // not a flag of flag.def
  FLAG_BAD_VALUE,  // a flag with a value that it cannot have
} FlagResult;

// Sets all flags to their defaults.
void il_flag_init(Flags *flags);

// Takes one command-line argument such as --gc-stress, --no-gc-stress, --seed=7
// or --trace=gc,sched.
FlagResult il_flag_parse(Flags *flags, const char *argument);

// Appends a line of help for each flag.
void il_flag_append_help(TextBuilder *builder);

#endif
