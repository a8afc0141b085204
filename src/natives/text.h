// text.h: between UTF-8 text and strings of the heap.
//
// Owner:     nothing is kept.
// Threads:   the isolate's worker.
// Allocates: strings from call->heap; text from memory.
// Fails:     il_new_text returns 0 when there is no room, see argument.h.
#ifndef ISLE_NATIVES_TEXT_H
#define ISLE_NATIVES_TEXT_H

#include "natives/argument.h"

// A string of well-formed UTF-8 text.
Value il_new_text(NativeCall *call, Text text);
// The string as UTF-8; unpaired surrogates as three bytes each.
void il_text_append_units(TextBuilder *out, const String *s);

#endif
