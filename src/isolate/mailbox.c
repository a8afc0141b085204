// mailbox.c: push, take all, turn round.
#include "isolate/mailbox.h"

// The mark of a closed box: no mail lies at this address.
static MailLink *closed_mark(void) { return (MailLink *)(uintptr_t)1; }

static MailLink *turn_round(MailLink *newest) {
  MailLink *oldest = NULL;
  while (newest) {
    MailLink *before = newest->next;
    newest->next = oldest;
    oldest = newest;
    newest = before;
  }
  return oldest;
}

void il_mailbox_open(Mailbox *box) { atomic_store(&box->head, NULL); }

bool il_mailbox_push(Mailbox *box, MailLink *mail) {
  MailLink *head = atomic_load_explicit(&box->head, memory_order_relaxed);
  do {
    if (head == closed_mark()) return false;
    mail->next = head;
  } while (!atomic_compare_exchange_weak(&box->head, &head, mail));
  return true;
}

MailLink *il_mailbox_take(Mailbox *box) {
  // Looking first keeps the line shared while there is nothing.
  if (!il_mailbox_has_mail(box)) return NULL;
  return turn_round(atomic_exchange(&box->head, NULL));
}

MailLink *il_mailbox_close(Mailbox *box) {
  MailLink *head = atomic_exchange(&box->head, closed_mark());
  return head == closed_mark() ? NULL : turn_round(head);
}
