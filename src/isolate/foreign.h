// foreign.h: messages between groups.
//
// Groups share the core libraries and nothing else: not a pool of memory, not
// constants, not the numbers of types. So what passes between them is written
// out and made anew: plain data, that is objects of core classes without
// functions, cycles and identity included. Payloads alone are shared.
//
//   block:  head | objects: class, hash, size, words | types
//
// In the words of the block a reference is an index (of an immortal object or
// of an object of the block, which for a payload is its address) and a type vector is the place of its description;
// class numbers are those of the core, which all groups have alike.
//
// Owner:     the block belongs to its mail.
// Threads:   encoding: the sender's worker; taking: the receiver's.
// Allocates: the block from the system; objects from the receiver's pool.
// Fails:     MESSAGE_UNSENDABLE, MESSAGE_NO_MEMORY.
#ifndef IL_ISOLATE_FOREIGN_H
#define IL_ISOLATE_FOREIGN_H

#include "isolate/message.h"

// Writes a value into a new mail of the form MAIL_FOREIGN (or MAIL_WORD).
MessageResult il_foreign_copy(const MessageSource *source, Value value,
                              PortId port, Mail **mail, Value *culprit);

// Makes the objects in the receiver's heap. False when memory is short.
bool il_foreign_take(Heap *heap, const Program *program, Pool *pool,
                     Mail *mail, Value *value);

#endif
