// call.h: one system call on behalf of an isolate.
//
// call.def is the table of what there is. A native makes an IoCall and fills in
// its arguments; then it submits it (isolate/request.h), says NATIVE_BLOCKED
// and takes it when it runs again; or it starts it, and its end is a message.
// Paths and buffers belong to the call. Interrupted calls are repeated; a wait
// for input ends with ECANCELED when the call is cancelled.
//
// Owner:     the isolate until il_io_call_free.
// Threads:   the isolate's worker before and after, a helper thread between.
// Allocates: from the system.
// Fails:     `error` is an errno, 0 when all went well; the adversary
//            syscall_fail_at makes the nth submitted call fail with EIO.
#ifndef IL_IO_CALL_H
#define IL_IO_CALL_H

#include "base/text.h"
#include "isolate/isolate.h"

typedef enum IoCallKind {
#define CALL(id, text) IO_CALL_##id,
#include "io/call.def"
#undef CALL
  IO_CALL_COUNT
} IoCallKind;

typedef enum IoFileKind {
  IO_FILE_NONE,  // there is nothing
  IO_FILE_FILE,
  IO_FILE_DIRECTORY,
  IO_FILE_LINK,
  IO_FILE_PIPE,
  IO_FILE_SOCKET,
  IO_FILE_OTHER,
} IoFileKind;

typedef struct IoCall {
  Request request;
  IoCallKind kind;
  // Arguments.
  int fd;
  int flags;
  int64_t offset;
  char *path, *target;  // ended by 0; owned
  // Argument or result; owned. `size` is what it has room for.
  uint8_t *buffer;
  size_t size;
  size_t count;    // bytes to be read or written
  bool must_fail;  // the adversary has chosen it
  // Results.
  int64_t result;
  int error;
  int64_t file_bytes, modified_ms, accessed_ms, changed_ms;
  uint32_t mode;
} IoCall;

// A call with fd -1 and no paths; NULL when memory is short.
IoCall *il_io_call_new(IoCallKind kind);
void il_io_call_free(IoCall *call);

// Sets an owned copy of a path; false when memory is short.
bool il_io_call_set_path(IoCall *call, Text path);
bool il_io_call_set_target(IoCall *call, Text path);
// Gives it room for so many bytes, which is also what it reads or writes.
bool il_io_call_set_size(IoCall *call, size_t size_bytes);

// Starts the call for an isolate: see il_request_submit.
Status il_io_call_submit(Isolate *isolate, IoCall *call);
// The call when it is done, else NULL: NATIVE_BLOCKED once more.
IoCall *il_io_call_take(Isolate *isolate);

// Starts the call: see il_request_start.
Status il_io_call_start(Isolate *isolate, IoCall *call, PortId reply);
// One that was started, when it is done; else NULL.
IoCall *il_io_call_finish(Isolate *isolate, uint64_t number);

// Makes the call here and now, for short ones that cannot block for long.
void il_io_call_run(IoCall *call);

#endif
