// throw.h: stack traces, for natives and for whoever prints uncaught errors.
//
// Owner:     nothing is kept.
// Threads:   the isolate's worker; printing any.
// Allocates: a trace from the heap; text from memory.
// Fails:     il_throw_trace returns 0: NEED(il_throw_trace_bytes(m)).
#ifndef ISLE_EXEC_THROW_H
#define ISLE_EXEC_THROW_H

#include "exec/machine.h"

// A StackTrace of where the machine is: StackTrace.current.
Value il_throw_trace(Machine *m);
size_t il_throw_trace_bytes(const Machine *m);

// "#0      main (file:///x.dart:3:5)" and so on, each with a line feed.
void il_throw_append_trace(const Program *p, const Object *trace,
                           TextBuilder *out);

#endif
