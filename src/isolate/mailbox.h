// mailbox.h: where mail waits for an isolate.
//
// A mailbox is one word: the newest mail, each linked to the one before. Any
// thread pushes with one compare-and-swap; the owner takes everything with one
// exchange and turns the chain round, so that it reads oldest first and mail of
// one sender stays in order. A closed box holds a mark instead and takes
// nothing more.
//
//     head ──▶ [newest] ──▶ [older] ──▶ [oldest] ──▶ NULL       or CLOSED
//
// Owner:     the struct lives inside a slot (port.h); mail belongs to the box
//            until it is taken.
// Threads:   push from any; the rest from the owner.
// Allocates: nothing.
// Fails:     push says false when the box is closed; the mail stays the
//            caller's.
#ifndef IL_ISOLATE_MAILBOX_H
#define IL_ISOLATE_MAILBOX_H

#include <stdatomic.h>

#include "base/common.h"

// What every piece of mail begins with.
typedef struct MailLink {
  struct MailLink *next;
} MailLink;

typedef struct Mailbox {
  // Senders push (release, and in the one order of seq_cst with the wake that
  // follows); the owner takes (acquire).
  _Atomic(MailLink *) head;
} Mailbox;

// Makes the box empty and open.
void il_mailbox_open(Mailbox *box);

// Puts mail in; false when the box is closed.
bool il_mailbox_push(Mailbox *box, MailLink *mail);

// Takes all there is, oldest first; NULL when empty or closed.
MailLink *il_mailbox_take(Mailbox *box);

// Closes the box and takes what was in it, oldest first.
MailLink *il_mailbox_close(Mailbox *box);

// True when there is mail; a guess for all but the owner.
static inline bool il_mailbox_has_mail(Mailbox *box) {
  return (uintptr_t)atomic_load(&box->head) > 1;
}

#endif
