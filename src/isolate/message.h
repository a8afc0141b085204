// message.h: copies a graph of objects from one heap to a mail.
//
// The sender copies once, before `send` returns. Objects are copied breadth
// first, without recursion: each source object's header is overwritten by the
// address of its copy (so cycles and identity survive) and noted in a log; the
// log is also the queue of copies whose references are still to be followed.
// At the end the log puts the headers back. Identity hashes lie in the headers
// and so travel along.
//
//     source  [→ copy][..][..]      log: source, source, source, ...
//                                          ▲ scanned      ▲ copied
//     copy    [header][..][..]
//
// Not copied, but referred to: constants, canonical and immortal objects, and
// payloads (heap/payload.h), which the mail holds until its receiver does: long
// strings, which become payloads when they are first sent, and the bytes of a
// TransferableTypedData, which the sender gives up. What may not leave its
// isolate makes the copy fail with the object at fault.
//
// A small graph goes straight into the mail. When it outgrows that, the copy
// begins again in a parcel, with a log on the side, and works in slices: until
// it is done nobody may touch the sender's heap. When it turns out to be so
// large that it should be old at once, it begins a last time in whole blocks.
//
// Owner:     a MessageCopy belongs to the sender until taken or cancelled.
// Threads:   the sender's worker; taking a value: the receiver's worker.
// Allocates: mail, parcels, the log.
// Fails:     MESSAGE_UNSENDABLE, MESSAGE_NO_MEMORY: nothing has changed.
#ifndef IL_ISOLATE_MESSAGE_H
#define IL_ISOLATE_MESSAGE_H

#include "isolate/mail.h"

typedef enum MessageResult {
  MESSAGE_DONE,
  MESSAGE_MORE,        // call il_message_continue
  MESSAGE_UNSENDABLE,  // culprit says which object
  MESSAGE_NO_MEMORY,
} MessageResult;

typedef struct MessageCopy MessageCopy;

// From where, and to whom.
typedef struct MessageSource {
  Heap *heap;           // the sender's
  const Program *program;
  Pool *pool;
  MailCache *cache;     // or NULL
  bool to_other_group;  // plain data alone
} MessageSource;

// For what copies messages: the payload that a value is or becomes when it is a
// long string of the sender's heap, else NULL.
Object *il_message_share(const MessageSource *source, Value value);
// A transferable that was sent or materialized before.
static inline bool il_message_is_empty(const Object *object) {
  return il_object_class(object) == CLASS_TRANSFERABLE &&
         object->words[0] == VALUE_NULL;
}
// May it be sent within the group?
bool il_message_may_leave(const Program *program, const Object *object);
// A transferable that was copied gives up its bytes.
void il_message_empty(Heap *heap, Object *object);

// Copies `value` into a new mail for `port`: MESSAGE_DONE and *mail, or
// MESSAGE_MORE and *copy, or a failure and, if unsendable, *culprit.
MessageResult il_message_copy(const MessageSource *source, Value value,
                              PortId port, Mail **mail, MessageCopy **copy,
                              Value *culprit);

// Copies about `budget_bytes` more of a large graph. After MESSAGE_DONE or a
// failure the copy is freed.
MessageResult il_message_continue(MessageCopy *copy, size_t budget_bytes,
                                  Mail **mail, Value *culprit);

// Gives up: the sender's headers are put back.
void il_message_cancel(MessageCopy *copy);

// The bytes that the receiver's heap must have free for il_message_take.
static inline size_t il_message_need_bytes(const Mail *mail) {
  return mail->form == MAIL_INLINE ? mail->data_bytes : 0;
}

// Moves the message into the heap of the receiver and frees the mail. Room was
// reserved before; nothing is collected. False when memory for a message of
// another group cannot be had.
bool il_message_take(MailCache *cache, Heap *heap, const Program *program,
                     Pool *pool, Mail *mail, Value *taken);

#endif
