// mail.c: blocks, and the way of a mail into a box.
#include "isolate/mail.h"

#include "base/memory.h"

// Sizes of blocks: an immediate or a control, a small object or two, the most
// that lies in a mail.
static const uint16_t class_bytes[MAIL_CLASS_COUNT] = {96, 168, 304};

#define HEAD_BYTES offsetof(Mail, as.small.data)

static uint32_t class_of_block(uint32_t block_bytes) {
  uint32_t index = 0;
  while (class_bytes[index] < block_bytes) index++;
  return index;
}

void il_mail_cache_drop(MailCache *cache) {
  for (uint32_t i = 0; i < MAIL_CLASS_COUNT; i++) {
    while (cache->free[i]) {
      Mail *mail = cache->free[i];
      cache->free[i] = (Mail *)mail->link.next;
      IL_UNPOISON(mail, class_bytes[i]);
      il_memory_free(mail, class_bytes[i]);
    }
    cache->count[i] = 0;
  }
}

Mail *il_mail_new(MailCache *cache, MailKind kind, uint32_t data_bytes) {
  IL_ASSERT(data_bytes <= MAIL_INLINE_BYTES);
  uint32_t wanted = (uint32_t)HEAD_BYTES + data_bytes;
  if (wanted < sizeof(Mail)) wanted = sizeof(Mail);
  uint32_t index = class_of_block(wanted);
  Mail *mail;
  if (cache && cache->free[index]) {
    mail = cache->free[index];
    cache->free[index] = (Mail *)mail->link.next;
    cache->count[index]--;
    IL_UNPOISON(mail, class_bytes[index]);
  } else {
    mail = il_memory_try_alloc(class_bytes[index]);
    if (!mail) return NULL;
  }
  mail->link.next = NULL;
  mail->port = 0;
  mail->block_bytes = class_bytes[index];
  mail->kind = (uint8_t)kind;
  mail->form = MAIL_WORD;
  mail->data_bytes = 0;
  mail->root = VALUE_NULL;
  return mail;
}

void il_mail_free_block(MailCache *cache, Mail *mail) {
  uint32_t index = class_of_block(mail->block_bytes);
  if (!cache || cache->count[index] >= MAIL_CACHE_LIMIT) {
    il_memory_free(mail, class_bytes[index]);
    return;
  }
  mail->link.next = (MailLink *)cache->free[index];
  cache->free[index] = mail;
  cache->count[index]++;
  // The link stays readable.
  IL_POISON(&mail->port, class_bytes[index] - sizeof(MailLink));
}

static void free_contents(Mail *mail) {
  if (mail->form == MAIL_PARCEL) il_parcel_drop(&mail->as.parcel);
  if (mail->form == MAIL_FOREIGN) {
    il_memory_free(mail->as.foreign.words, mail->as.foreign.count * 8);
    il_payload_drop(&mail->as.foreign.payloads);
  }
}

void il_mail_free(MailCache *cache, Mail *mail) {
  // A response is a mail of its own that has none: no deeper than one step.
  if (mail->kind != MAIL_MESSAGE && mail->as.control.response) {
    free_contents(mail->as.control.response);
    il_mail_free_block(cache, mail->as.control.response);
  }
  free_contents(mail);
  il_mail_free_block(cache, mail);
}

Status il_mail_send(PortTable *ports, MailCache *cache, Worker *worker,
                    Mail *mail) {
  Slot *slot = il_port_find(ports, mail->port);
  if (slot) {
    Mailbox *box = mail->kind == MAIL_MESSAGE ? &slot->events : &slot->controls;
    uint64_t bytes = il_mail_bytes(mail);
    // Counted first, for the owner may take it away before we come back.
    atomic_fetch_add_explicit(&slot->waiting_bytes, bytes,
                              memory_order_relaxed);
    if (il_mailbox_push(box, &mail->link)) {
      if (worker) {
        il_worker_wake(worker, &slot->task);
      } else {
        il_task_wake(&slot->task);
      }
      return IL_OK;
    }
    atomic_fetch_sub_explicit(&slot->waiting_bytes, bytes,
                              memory_order_relaxed);
  }
  il_mail_free(cache, mail);
  return IL_CLOSED;
}
