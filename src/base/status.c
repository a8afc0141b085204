// status.c: statuses for errno.
#include "base/status.h"

#include <errno.h>

Status il_status_from_errno(int error) {
  switch (error) {
    case 0:
      return IL_OK;
    case ENOMEM:
      return IL_NO_MEMORY;
    case EPIPE:
    case EBADF:
    case ECONNRESET:
      return IL_CLOSED;
    case ENOENT:
      return IL_NOT_FOUND;
    case EINVAL:
      return IL_INVALID;
    case EACCES:
    case EPERM:
    case EROFS:
      return IL_DENIED;
    case EEXIST:
      return IL_EXISTS;
    case ENOTDIR:
      return IL_NOT_DIRECTORY;
    case EISDIR:
      return IL_IS_DIRECTORY;
    case ENOTEMPTY:
      return IL_NOT_EMPTY;
    case EAGAIN:
      return IL_AGAIN;
    case EINTR:
      return IL_INTERRUPTED;
    case ETIMEDOUT:
      return IL_TIMED_OUT;
    case EMFILE:
    case ENFILE:
    case ENOSPC:
      return IL_LIMIT;
    case ENOSYS:
    case ENOTSUP:
      return IL_UNSUPPORTED;
    default:
      return IL_IO;
  }
}
