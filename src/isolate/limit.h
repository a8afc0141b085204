// limit.h: what an isolate may use of memory, mail and processor time.
//
// Limits are looked at where the isolate looks round anyway: as it begins to
// run and at its polls. The heap's own limit is the heap's business, an
// OutOfMemoryError that the program may catch; mail that fills the isolate's
// memory counts as uncaught memory exhaustion; an isolate that has used up its
// processor time, or whose mail exceeds the mail limit, ends without a word of
// Dart, and the host is told why.
//
//   begin ── run ── check at each poll ── ... ── end        one run of the task
//   └──────────── processor time of this thread ───────────┘
//
// Owner:     a Limits belongs to its group, which keeps it to its end; isolates
//            and what they spawn borrow it.
// Threads:   the isolate's worker; il_limit_keep any.
// Allocates: memory, only for limits of single isolates.
// Fails:     never.
#ifndef IL_ISOLATE_LIMIT_H
#define IL_ISOLATE_LIMIT_H

#include "isolate/group.h"

// How an isolate ended; the order of isle.h's IsleEnd.
typedef enum IsolateEnd {
  ISOLATE_END_NONE,
  ISOLATE_END_DONE,
  ISOLATE_END_UNCAUGHT,
  ISOLATE_END_KILLED,
  ISOLATE_END_CPU,
  ISOLATE_END_MAIL,
} IsolateEnd;

// The limits as one that lives as long as the group: one that it has already,
// or a copy.
const Limits *il_limit_keep(Group *group, const Limits *limits);

// Frees what il_limit_keep made, as the group ends.
void il_limit_drop(Group *group);

// As the isolate's worker begins and ends to run it.
void il_limit_begin(Isolate *isolate);
void il_limit_end(Isolate *isolate);

// Looks; an isolate over its processor time or mail is_ending after. True when
// its mail leaves no room for its heap, or the group is full: memory is
// exhausted then.
bool il_limit_check(Isolate *isolate);

#endif
