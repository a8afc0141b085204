// request.h: a system call for an isolate, on another thread.
//
// In two ways. A native that would block *submits* its request and says
// NATIVE_BLOCKED: the isolate keeps its stack and sleeps, its worker goes on
// with others; when the call has ended the isolate is woken and the native runs
// again. Or it *starts* the request and returns: the isolate goes on with its
// events, and the end of the call is one of them, a message to a port with the
// request's number. Either way the native that takes the request finds the
// results in it.
//
// Buffers belong to the request, never to the heap, so that the isolate may be
// killed meanwhile: then its requests are cancelled and abandoned, and freed by
// the threads that work on them.
//
//   SUBMITTED ──done──▶ DONE ──taken, freed by the native
//       │ killed
//       ▼
//   ABANDONED ──done──▶ freed by the helper thread
//
// A file that reads from a slow pipe is the usual case; see natives of dart:io.
//
// Owner:     the isolate (one that it waits for, any number that it started),
//            or the helper thread once abandoned.
// Threads:   `work` runs on a helper thread and touches the request alone.
// Allocates: what the caller embeds it in.
// Fails:     submit and start say IL_NO_MEMORY: no thread can be had.
#ifndef IL_ISOLATE_REQUEST_H
#define IL_ISOLATE_REQUEST_H

#include "isolate/port.h"
#include "sched/sched.h"

typedef struct Mail Mail;
typedef struct Request Request;

struct Request {
  BlockingJob job;
  _Atomic(uint32_t) state;  // isolate and helper change it (acq_rel)
  Task *task;               // to wake: of a slot, so it stays readable
  PortTable *ports;
  Mail *reply;                     // sent instead, by who has started it
  uint64_t number;                 // in its isolate; 0: submitted
  Request *next;                   // of those started
  void (*work)(Request *request);  // the call; must end, at the latest when
                                   // job.cancel_fd is readable
  void (*free)(Request *request);  // frees request and buffers
};

// The isolate will wait; `work` and `free` are set. There must be no other.
Status il_request_submit(Isolate *isolate, Request *request);

// The same without a helper thread: whoever has the answer calls
// il_request_answer, from any thread, and does not touch the request after.
// `free` is set.
void il_request_begin(Isolate *isolate, Request *request);
void il_request_answer(Request *request);

// The isolate's request when it is done; NULL while it is under way. A native
// that runs again and gets NULL says NATIVE_BLOCKED once more.
Request *il_request_take(Isolate *isolate);

// The isolate goes on; when the call has ended `port` gets the request's
// number.
Status il_request_start(Isolate *isolate, Request *request, PortId port);

// A request of the isolate that was started and is done; NULL when there is no
// such number, or when it is under way.
Request *il_request_finish(Isolate *isolate, uint64_t number);

// Gives one up that was started, whatever its state; its call is cancelled.
void il_request_cancel(Isolate *isolate, uint64_t number);

// Gives all requests of the isolate up; their calls are cancelled.
void il_request_abandon(Isolate *isolate);

#endif
