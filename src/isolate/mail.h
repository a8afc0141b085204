// mail.h: what goes from one isolate to another.
//
// One block of memory: a link for the mailbox, the port it is for, and its
// contents. What the contents are is its kind's business:
//
//   MAIL_MESSAGE   a value for the handler of a port; see message.h
//   the others     requests to the isolate itself, in its `controls` box
//
// A message is held in one of three forms. A small integer or an object that
// all isolates of the group share (a constant) is `root` and nothing else. A
// graph of up to MAIL_INLINE_BYTES lies in `data`, and the receiver moves it to
// its heap. A larger graph lies in a parcel,
// which the receiver adopts where it is.
//
//   +------+------+------------+------+-----------------------------+
//   | link | port | kind, size | root | data: objects, or a parcel  |
//   +------+------+------------+------+-----------------------------+
//
// Owner:     who holds it; pushing hands it over.
// Threads:   one at a time; a cache belongs to one worker.
// Allocates: blocks of a few sizes from the system, through caches; they are
//            counted in the receiver's slot while they wait.
// Fails:     il_mail_new returns NULL when memory is short.
#ifndef IL_ISOLATE_MAIL_H
#define IL_ISOLATE_MAIL_H

#include "heap/parcel.h"
#include "isolate/mailbox.h"
#include "isolate/port.h"

enum { MAIL_INLINE_BYTES = 256 };

typedef enum MailKind {
  MAIL_MESSAGE,
  MAIL_KILL,          // capability, priority
  MAIL_PAUSE,         // capability, token
  MAIL_RESUME,        // token
  MAIL_PING,          // response, priority
  MAIL_ADD_EXIT,      // response: kept until the end, then sent
  MAIL_REMOVE_EXIT,   // target
  MAIL_ADD_ERROR,     // target
  MAIL_REMOVE_ERROR,  // target
  MAIL_SET_FATAL,     // capability, flag
} MailKind;

typedef enum MailForm {
  MAIL_WORD,     // root is the value
  MAIL_INLINE,   // root points into where data was made
  MAIL_PARCEL,   // root points into the parcel
  MAIL_FOREIGN,  // written out for another group, see foreign.h
} MailForm;

typedef struct Mail Mail;
struct Mail {
  MailLink link;
  PortId port;           // whose slot and generation it is for
  uint16_t block_bytes;  // of this block
  uint8_t kind;          // MailKind
  uint8_t form;          // MailForm
  uint32_t data_bytes;   // used, of data
  Value root;
  union {
    struct {
      // Where the objects lay when their references were made: a reference
      // into that range moves along with them.
      uint64_t origin;
      uint64_t data[1];  // objects; as many words as the block has
    } small;
    Parcel parcel;
    struct {
      uint64_t *words;     // owned
      uint64_t count;
      Payloads *payloads;  // held for the receiver
    } foreign;
    struct {
      uint64_t capability;  // what the sender may do
      uint64_t token;       // a pause's
      PortId target;        // a listener
      Mail *response;       // ready to be sent, or NULL
      uint8_t priority;     // 0: at once, 1: before the next event
      uint8_t flag;
    } control;
  } as;
};

// Blocks that a worker keeps for its next mail.
enum { MAIL_CLASS_COUNT = 3, MAIL_CACHE_LIMIT = 64 };
typedef struct MailCache {
  Mail *free[MAIL_CLASS_COUNT];
  uint32_t count[MAIL_CLASS_COUNT];
} MailCache;

void il_mail_cache_drop(MailCache *cache);

// A block with room for data_bytes in `data` (at least a parcel or a control).
// The cache may be NULL. Only the head is set.
Mail *il_mail_new(MailCache *cache, MailKind kind, uint32_t data_bytes);

// Gives back the block, what its parcel holds and its response.
void il_mail_free(MailCache *cache, Mail *mail);

// Gives back the block alone: its contents have been taken.
void il_mail_free_block(MailCache *cache, Mail *mail);

// All that it keeps from others, for accounts.
static inline size_t il_mail_bytes(const Mail *mail) {
  if (mail->form == MAIL_PARCEL) {
    return mail->block_bytes + mail->as.parcel.borrowed_bytes +
           il_payload_bytes(mail->as.parcel.payloads);
  }
  if (mail->form == MAIL_FOREIGN) {
    return mail->block_bytes + mail->as.foreign.count * 8 +
           il_payload_bytes(mail->as.foreign.payloads);
  }
  return mail->block_bytes;
}

// Sends: finds the slot, pushes, wakes. Consumes the mail also when it fails:
// IL_CLOSED, the port is dead. `worker` is the caller's or NULL.
Status il_mail_send(PortTable *ports, MailCache *cache, Worker *worker,
                    Mail *mail);

#endif
