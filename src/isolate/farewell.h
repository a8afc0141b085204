// farewell.h: the last message of an isolate, sent with its memory.
//
// Isolate.exit copies a small message like any other. When that fails for its
// size the heap is handed over instead (heap/handover.h), in slices like a
// large copy, while the native counts as blocked; what may not leave the isolate
// is the same as in a copy, and is told the same way. A heap of which little
// lives in the message is not handed over: then the message is copied after
// all.
//
// Owner:     the isolate's Extra has the mail under way.
// Threads:   the isolate's worker.
// Allocates: one mail.
// Fails:     as a copy does, in extra->copy_result.
#ifndef IL_ISOLATE_FAREWELL_H
#define IL_ISOLATE_FAREWELL_H

#include "isolate/isolate.h"

// Instead of the large copy that has just begun: extra->farewell is its mail.
// False when the copy may as well go on.
bool il_farewell_begin(Isolate *isolate, Value message, PortId port);

// Goes on. False when there is more to do. Otherwise the isolate ends soon with
// its last words said, or extra->copy_result says what went wrong, or
// extra->copy is a copy that goes on.
bool il_farewell_continue(Isolate *isolate, size_t budget_bytes);

#endif
