// status.h: how calls to the world end.
//
// The world's faults (files, memory, closed ports) are values of this one
// enumeration. Faults of the Dart program are thrown Dart errors, faults of the
// source are diagnostics, and our own are assertions.
//
// Owner:     nothing to own.
// Threads:   any.
// Allocates: nothing.
// Fails:     never.
#ifndef IL_BASE_STATUS_H
#define IL_BASE_STATUS_H

#include "base/common.h"

#define IL_STATUS_LIST(STATUS)                                \
  STATUS(IL_OK, "ok")                                         \
  STATUS(IL_NO_MEMORY, "out of memory")                       \
  STATUS(IL_CLOSED, "closed")                                 \
  STATUS(IL_NOT_FOUND, "not found")                           \
  STATUS(IL_INVALID, "invalid")                               \
  STATUS(IL_DENIED, "permission denied")                      \
  STATUS(IL_EXISTS, "already exists")                         \
  STATUS(IL_NOT_DIRECTORY, "not a directory")                 \
  STATUS(IL_IS_DIRECTORY, "is a directory")                   \
  STATUS(IL_NOT_EMPTY, "not empty")                           \
  STATUS(IL_AGAIN, "try again")                               \
  STATUS(IL_INTERRUPTED, "interrupted")                       \
  STATUS(IL_TIMED_OUT, "timed out")                           \
  STATUS(IL_LIMIT, "limit reached")                           \
  STATUS(IL_UNSUPPORTED, "not supported")                     \
  STATUS(IL_IO, "input or output failed")

typedef enum {
#define STATUS(name, text) name,
  IL_STATUS_LIST(STATUS)
#undef STATUS
} Status;

// The status nearest to an errno.
Status il_status_from_errno(int error);

#endif
