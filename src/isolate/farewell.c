#include "isolate/farewell.h"

#include "heap/handover.h"

static MailCache *mails_of(Isolate *isolate) {
  WorkerCache *cache = il_isolate_cache(isolate);
  return cache ? &cache->mail : NULL;
}

bool il_farewell_begin(Isolate *isolate, Value message, PortId port) {
  IsolateExtra *extra = isolate->extra;
  if (!il_handover_is_worth(&isolate->heap)) return false;
  // Made now, for later nothing may fail.
  Mail *mail = il_mail_new(mails_of(isolate), MAIL_MESSAGE, 0);
  if (!mail) return false;
  il_message_cancel(extra->copy);
  extra->copy = NULL;
  extra->farewell = mail;
  mail->port = port;
  mail->root = message;
  il_handover_begin(&isolate->heap, &mail->root, il_message_may_leave);
  return true;
}

static void copy_instead(Isolate *isolate, Value message, PortId port) {
  IsolateExtra *extra = isolate->extra;
  MessageSource source = {.heap = &isolate->heap,
                          .program = isolate->group->world->program,
                          .pool = isolate->group->pool,
                          .cache = mails_of(isolate)};
  extra->copy_result =
      il_message_copy(&source, message, port, &extra->copy_mail, &extra->copy,
                      &extra->copy_culprit);
}

bool il_farewell_continue(Isolate *isolate, size_t budget_bytes) {
  IsolateExtra *extra = isolate->extra;
  Mail *mail = extra->farewell;
  Parcel parcel;
  HandoverResult result = il_handover_continue(
      &isolate->heap, budget_bytes, &parcel, &extra->copy_culprit);
  if (result == HANDOVER_MORE) return false;
  extra->farewell = NULL;
  if (result == HANDOVER_DONE) {
    mail->form = MAIL_PARCEL;
    mail->as.parcel = parcel;
    extra->last_words = mail;
    // The frames name what is gone: nothing runs any more.
    il_machine_reset(&isolate->machine);
    il_isolate_end_soon(isolate, false);
    return true;
  }
  Value message = mail->root;
  PortId port = mail->port;
  il_mail_free_block(mails_of(isolate), mail);
  extra->copy_result = MESSAGE_UNSENDABLE;
  if (result == HANDOVER_POOR) copy_instead(isolate, message, port);
  return true;
}
