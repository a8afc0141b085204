// control.h: requests to an isolate itself.
//
// kill, pause, resume, ping, listeners, errors-fatal: they come as mail in the
// slot's box of controls and pass all messages. They are looked at at every
// safepoint. A request with the priority "before the next event" waits until
// the event that runs has ended. Requests that need a capability are ignored
// without the right one.
//
// Answers were made by the sender: a ping's response and the response of an
// exit listener travel as ready mail inside the request, so that the isolate
// needs no heap to give them, not even in its last act.
//
// Owner:     requests are mail.
// Threads:   sending: any; handling: the isolate's worker.
// Allocates: mail; lists in the Extra.
// Fails:     sending says IL_CLOSED for a dead isolate, IL_NO_MEMORY.
#ifndef IL_ISOLATE_CONTROL_H
#define IL_ISOLATE_CONTROL_H

#include "isolate/isolate.h"

enum { PRIORITY_IMMEDIATE = 0, PRIORITY_BEFORE_NEXT_EVENT = 1 };

// A request in parts; unused ones are 0.
typedef struct ControlRequest {
  MailKind kind;
  PortId isolate;  // its control port
  uint64_t capability;
  uint64_t token;
  PortId target;
  Mail *response;  // consumed
  uint8_t priority;
  bool flag;
} ControlRequest;

Status il_control_send(Realm *realm, WorkerCache *cache, Worker *worker,
                       const ControlRequest *request);

// Does what has been asked for; to be called at safepoints.
void il_control_handle_all(Isolate *isolate);

// Does what was put off until the event ended.
void il_control_handle_later(Isolate *isolate);

// True while the isolate is paused.
bool il_control_is_paused(const Isolate *isolate);

#endif
