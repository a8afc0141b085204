// request.h: a system call that an isolate waits for, on another thread.
//
// A native that would block makes a request, submits it and says
// NATIVE_BLOCKED: the isolate keeps its stack and sleeps, its worker goes on
// with others. When the call has ended the isolate is woken and the native runs
// again; it finds the request with its results. Buffers belong to the request,
// never to the heap, so that the isolate may be killed meanwhile: then the
// request is cancelled and abandoned, and freed by the thread that works on it.
//
//   SUBMITTED ──done──▶ DONE ──il_request_free by the native
//       │ killed
//       ▼
//   ABANDONED ──done──▶ freed by the helper thread
//
// A file that reads from a slow pipe is the usual case; see natives of dart:io.
//
// Owner:     the isolate (one request at a time, for it waits), or the helper
//            thread once abandoned.
// Threads:   `work` runs on a helper thread and touches the request alone.
// Allocates: what the caller embeds it in.
// Fails:     il_request_submit says IL_NO_MEMORY: no thread can be had.
#ifndef IL_ISOLATE_REQUEST_H
#define IL_ISOLATE_REQUEST_H

#include "sched/sched.h"

typedef struct Isolate Isolate;
typedef struct Request Request;

struct Request {
  BlockingJob job;
  _Atomic(uint32_t) state;         // isolate and helper change it (acq_rel)
  Task *task;                      // to wake: of a slot, so it stays readable
  void (*work)(Request *request);  // the call; must end, at the latest when
                                   // job.cancel_fd is readable
  void (*free)(Request *request);  // frees request and buffers
};

// Starts it; `work` and `free` are set. The isolate must have no other.
Status il_request_submit(Isolate *isolate, Request *request);

// The isolate's request when it is done; NULL while it is under way. A native
// that runs again and gets NULL says NATIVE_BLOCKED once more.
Request *il_request_take(Isolate *isolate);

// Gives the isolate's request up, whatever its state; its call is cancelled.
void il_request_abandon(Isolate *isolate);

#endif
