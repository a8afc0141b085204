// control.c: sending a request; then each kind of request; then all of them.
#include "isolate/control.h"

#include "isolate/limit.h"

Status il_control_send(Realm *realm, WorkerCache *cache, Worker *worker,
                       const ControlRequest *request) {
  MailCache *mails = cache ? &cache->mail : NULL;
  Mail *mail = il_mail_new(mails, request->kind, 0);
  if (!mail) {
    if (request->response) il_mail_free(mails, request->response);
    return IL_NO_MEMORY;
  }
  mail->port = request->isolate;
  mail->as.control.capability = request->capability;
  mail->as.control.token = request->token;
  mail->as.control.target = request->target;
  mail->as.control.response = request->response;
  mail->as.control.priority = request->priority;
  mail->as.control.flag = request->flag;
  return il_mail_send(&realm->ports, mails, worker, mail);
}

bool il_control_is_paused(const Isolate *isolate) {
  return isolate->extra && isolate->extra->pause_tokens.count > 0;
}

static void add_token(Isolate *isolate, uint64_t token) {
  PauseVec *tokens = &il_isolate_extra(isolate)->pause_tokens;
  for (uint32_t i = 0; i < tokens->count; i++) {
    if (tokens->items[i] == token) return;
  }
  il_vec_push(tokens, token);
}

static void remove_token(Isolate *isolate, uint64_t token) {
  if (!isolate->extra) return;
  PauseVec *tokens = &isolate->extra->pause_tokens;
  for (uint32_t i = 0; i < tokens->count; i++) {
    if (tokens->items[i] != token) continue;
    tokens->items[i] = tokens->items[--tokens->count];
    return;
  }
}

// Listeners keep the order in which they were added. One that is there twice
// is told once; adding it again replaces its response.
static void remove_exit(Isolate *isolate, PortId target) {
  if (!isolate->extra) return;
  MailVec *responses = &isolate->extra->exit_responses;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < responses->count; i++) {
    Mail *response = responses->items[i];
    if (response->port == target) {
      il_mail_free(&il_isolate_cache(isolate)->mail, response);
    } else {
      responses->items[kept++] = response;
    }
  }
  responses->count = kept;
}

static void add_exit(Isolate *isolate, Mail *response) {
  remove_exit(isolate, response->port);
  il_vec_push(&il_isolate_extra(isolate)->exit_responses, response);
}

static void remove_error(Isolate *isolate, PortId target) {
  if (!isolate->extra) return;
  PortVec *listeners = &isolate->extra->error_listeners;
  uint32_t kept = 0;
  for (uint32_t i = 0; i < listeners->count; i++) {
    if (listeners->items[i] != target) {
      listeners->items[kept++] = listeners->items[i];
    }
  }
  listeners->count = kept;
}

static void add_error(Isolate *isolate, PortId target) {
  remove_error(isolate, target);
  il_vec_push(&il_isolate_extra(isolate)->error_listeners, target);
}

// Does one request and frees it; `response` is taken out when it is used.
static void handle(Isolate *isolate, Mail *mail) {
  WorkerCache *cache = il_isolate_cache(isolate);
  Realm *realm = isolate->group->realm;
  uint64_t capability = mail->as.control.capability;
  Mail *response = mail->as.control.response;
  switch ((MailKind)mail->kind) {
    case MAIL_MESSAGE:
      IL_UNREACHABLE();
    case MAIL_KILL:
      if (capability == isolate->terminate_capability) {
        il_isolate_end_for(isolate, ISOLATE_END_KILLED);
      }
      break;
    case MAIL_PAUSE:
      if (capability == isolate->pause_capability) {
        add_token(isolate, mail->as.control.token);
      }
      break;
    case MAIL_RESUME:
      remove_token(isolate, mail->as.control.token);
      break;
    case MAIL_PING:
      mail->as.control.response = NULL;
      il_mail_send(&realm->ports, &cache->mail, isolate->worker, response);
      break;
    case MAIL_ADD_EXIT:
      mail->as.control.response = NULL;
      add_exit(isolate, response);
      break;
    case MAIL_REMOVE_EXIT:
      remove_exit(isolate, mail->as.control.target);
      break;
    case MAIL_ADD_ERROR:
      add_error(isolate, mail->as.control.target);
      break;
    case MAIL_REMOVE_ERROR:
      remove_error(isolate, mail->as.control.target);
      break;
    case MAIL_SET_FATAL:
      if (capability == isolate->terminate_capability) {
        isolate->errors_fatal = mail->as.control.flag;
      }
      break;
  }
  il_mail_free(&cache->mail, mail);
}

void il_control_handle_all(Isolate *isolate) {
  Slot *slot = isolate->slot;
  MailLink *link = il_mailbox_take(&slot->controls);
  while (link) {
    Mail *mail = (Mail *)link;
    link = link->next;
    atomic_fetch_sub_explicit(&slot->waiting_bytes, il_mail_bytes(mail),
                              memory_order_relaxed);
    uint32_t generation = il_port_generation(mail->port);
    if (generation != atomic_load(&slot->generation)) {
      il_mail_free(&il_isolate_cache(isolate)->mail, mail);
    } else if (mail->as.control.priority != PRIORITY_IMMEDIATE) {
      il_vec_push(&il_isolate_extra(isolate)->later, mail);
    } else {
      handle(isolate, mail);
    }
  }
}

void il_control_handle_later(Isolate *isolate) {
  if (!isolate->extra || isolate->extra->later.count == 0) return;
  MailVec later = isolate->extra->later;
  isolate->extra->later = (MailVec){0};
  for (uint32_t i = 0; i < later.count; i++) handle(isolate, later.items[i]);
  il_vec_drop(&later);
}
