// call.c: the calls; then the table; then their life.
#include "io/call.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

// ---- helpers -------------------------------------------------------------

// Grows the buffer to hold at least `wanted` bytes.
static bool grow_buffer(IoCall *call, size_t wanted) {
  if (wanted <= call->size) return true;
  size_t size = call->size ? call->size : 256;
  while (size < wanted) size *= 2;
  uint8_t *grown = il_memory_try_realloc(call->buffer, call->size, size);
  if (!grown) {
    call->error = ENOMEM;
    return false;
  }
  call->buffer = grown;
  call->size = size;
  return true;
}

// Waits until there is something to read, or its end, in what may keep a reader
// waiting for ever. False, with errno, when the call was cancelled meanwhile.
static bool wait_for_input(const IoCall *call, int fd) {
  struct pollfd waits[] = {
      {.fd = fd, .events = POLLIN},
      {.fd = call->request.job.cancel_fd, .events = POLLIN}};
  while (poll(waits, 2, -1) < 0) {
    if (errno != EINTR) return true;  // read says what is wrong
  }
  if (waits[0].revents || !waits[1].revents) return true;
  errno = ECANCELED;
  return false;
}

static int64_t read_some(const IoCall *call, int fd, void *into, size_t size) {
  if (!wait_for_input(call, fd)) return -1;
  ssize_t count;
  do {
    count = read(fd, into, size);
  } while (count < 0 && errno == EINTR);
  return count;
}

static bool write_whole(int fd, const uint8_t *from, size_t size) {
  while (size > 0) {
    ssize_t count = write(fd, from, size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    from += count;
    size -= (size_t)count;
  }
  return true;
}

// Keeps errno when it was a failure.
static void note(IoCall *call, bool went_well) {
  call->error = went_well ? 0 : errno;
}

// ---- the calls -----------------------------------------------------------

static void call_open(IoCall *call) {
  do {
    call->fd = open(call->path, call->flags | O_CLOEXEC, 0666);
  } while (call->fd < 0 && errno == EINTR);
  note(call, call->fd >= 0);
}

// The descriptor is gone even when close is interrupted.
static void call_close(IoCall *call) {
  note(call, close(call->fd) == 0 || errno == EINTR);
}

static void call_read(IoCall *call) {
  call->result = read_some(call, call->fd, call->buffer, call->count);
  note(call, call->result >= 0);
}

static void call_write(IoCall *call) {
  bool went_well = write_whole(call->fd, call->buffer, call->count);
  call->result = went_well ? (int64_t)call->count : -1;
  note(call, went_well);
}

static void call_seek(IoCall *call) {
  call->result = lseek(call->fd, call->offset, call->flags);
  note(call, call->result >= 0);
}

static void call_truncate(IoCall *call) {
  note(call, ftruncate(call->fd, call->offset) == 0);
}

static void call_sync(IoCall *call) { note(call, fsync(call->fd) == 0); }

static int64_t to_ms(struct timespec time) {
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static IoFileKind kind_of(mode_t mode) {
  return S_ISREG(mode)    ? IO_FILE_FILE
         : S_ISDIR(mode)  ? IO_FILE_DIRECTORY
         : S_ISLNK(mode)  ? IO_FILE_LINK
         : S_ISFIFO(mode) ? IO_FILE_PIPE
         : S_ISSOCK(mode) ? IO_FILE_SOCKET
                          : IO_FILE_OTHER;
}

static void keep_stat(IoCall *call, int failed, const struct stat *found) {
  if (failed) {
    call->result = IO_FILE_NONE;
    note(call, errno == ENOENT || errno == ENOTDIR);
    return;
  }
  call->result = kind_of(found->st_mode);
  call->file_bytes = found->st_size;
  call->modified_ms = to_ms(found->st_mtim);
  call->accessed_ms = to_ms(found->st_atim);
  call->changed_ms = to_ms(found->st_ctim);
  call->mode = found->st_mode;
}

static void call_stat(IoCall *call) {
  struct stat found;
  int failed = call->path ? stat(call->path, &found) : fstat(call->fd, &found);
  keep_stat(call, failed, &found);
}

static void call_lstat(IoCall *call) {
  struct stat found;
  int failed = lstat(call->path, &found);
  keep_stat(call, failed, &found);
}

// Reads to the end; the size from fstat is a guess only.
static void read_to_end(IoCall *call, int fd) {
  struct stat found;
  size_t used = 0;
  if (fstat(fd, &found) == 0 && S_ISREG(found.st_mode) && found.st_size > 0) {
    if (!grow_buffer(call, (size_t)found.st_size + 1)) return;
  }
  for (;;) {
    if (used == call->size && !grow_buffer(call, used + 4096)) return;
    int64_t count = read_some(call, fd, call->buffer + used, call->size - used);
    if (count < 0) {
      call->error = errno;
      return;
    }
    if (count == 0) break;
    used += (size_t)count;
  }
  call->result = (int64_t)used;
}

static void call_read_all(IoCall *call) {
  if (!call->path) {
    read_to_end(call, call->fd);
    return;
  }
  int fd = open(call->path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    call->error = errno;
    return;
  }
  struct stat found;
  if (fstat(fd, &found) == 0 && S_ISDIR(found.st_mode)) {
    call->error = EISDIR;
  } else {
    read_to_end(call, fd);
  }
  close(fd);
}

// Byte by byte, for what follows the line belongs to the next reader.
static void call_read_line(IoCall *call) {
  size_t used = 0;
  for (;;) {
    if (used == call->size && !grow_buffer(call, used + 128)) return;
    int64_t count = read_some(call, call->fd, call->buffer + used, 1);
    if (count < 0) {
      call->error = errno;
      return;
    }
    if (count == 0 || call->buffer[used++] == '\n') break;
  }
  call->result = (int64_t)used;
}

static void call_write_all(IoCall *call) {
  int fd = open(call->path, call->flags | O_CLOEXEC, 0666);
  if (fd < 0) {
    call->error = errno;
    return;
  }
  note(call, write_whole(fd, call->buffer, call->count));
  if (close(fd) != 0 && call->error == 0) call->error = errno;
}

// What nftw calls, deepest first: it stops at the first failure.
static int remove_entry(const char *path, const struct stat *found, int kind,
                        struct FTW *place) {
  (void)found;
  (void)kind;
  (void)place;
  return remove(path);
}

static void call_remove(IoCall *call) {
  int failed = call->flags
                   ? nftw(call->path, remove_entry, 16, FTW_DEPTH | FTW_PHYS)
               : call->offset ? rmdir(call->path)
                              : unlink(call->path);
  note(call, failed == 0);
}

static void call_rename(IoCall *call) {
  note(call, rename(call->path, call->target) == 0);
}

static void call_copy(IoCall *call) {
  call_read_all(call);
  if (call->error) return;
  int fd = open(call->target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) {
    call->error = errno;
    return;
  }
  note(call, write_whole(fd, call->buffer, (size_t)call->result));
  if (close(fd) != 0 && call->error == 0) call->error = errno;
}

static bool is_directory(const char *path) {
  struct stat found;
  return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

// Makes what is not there of the directories above.
static void make_parents(char *path) {
  for (char *at = path + 1; *at; at++) {
    if (*at != '/') continue;
    *at = 0;
    mkdir(path, 0777);  // what goes wrong shows in the end
    *at = '/';
  }
}

static void call_make_directory(IoCall *call) {
  if (call->flags && call->path[0]) make_parents(call->path);
  bool is_there = mkdir(call->path, 0777) == 0 ||
                  (errno == EEXIST && call->offset && is_directory(call->path));
  note(call, is_there);
}

static void call_create(IoCall *call) {
  if (call->offset && call->path[0]) make_parents(call->path);
  int fd = open(call->path, call->flags | O_CLOEXEC, 0666);
  note(call, fd >= 0);
  if (fd >= 0) close(fd);
}

static void call_link(IoCall *call) {
  if (call->offset && call->path[0]) make_parents(call->path);
  note(call, symlink(call->target, call->path) == 0);
}

static void call_read_link(IoCall *call) {
  if (!grow_buffer(call, PATH_MAX)) return;
  call->result = readlink(call->path, (char *)call->buffer, call->size);
  note(call, call->result >= 0);
}

// What an entry is, without a look at it where the directory says so.
static IoFileKind kind_of_entry(DIR *directory, const struct dirent *entry,
                                bool follows) {
  bool is_known =
      entry->d_type != DT_UNKNOWN && !(entry->d_type == DT_LNK && follows);
  struct stat found;
  if (is_known) return kind_of(DTTOIF(entry->d_type));
  int flags = follows ? 0 : AT_SYMLINK_NOFOLLOW;
  if (fstatat(dirfd(directory), entry->d_name, &found, flags) == 0) {
    return kind_of(found.st_mode);
  }
  return IO_FILE_LINK;  // one that leads nowhere
}

static void call_list(IoCall *call) {
  DIR *directory = opendir(call->path);
  if (!directory) {
    call->error = errno;
    return;
  }
  size_t used = 0;
  for (;;) {
    errno = 0;
    struct dirent *entry = readdir(directory);
    if (!entry) {
      call->error = errno;
      break;
    }
    const char *name = entry->d_name;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) continue;
    size_t length = strlen(name) + 1;
    if (!grow_buffer(call, used + 1 + length)) break;
    IoFileKind kind = kind_of_entry(directory, entry, call->flags);
    call->buffer[used] = (uint8_t)('0' + kind);
    memcpy(call->buffer + used + 1, name, length);
    used += 1 + length;
  }
  closedir(directory);
  call->result = (int64_t)used;
}

static void call_resolve(IoCall *call) {
  char *resolved = realpath(call->path, NULL);
  if (!resolved) {
    call->error = errno;
    return;
  }
  size_t length = strlen(resolved);
  if (grow_buffer(call, length + 1)) {
    memcpy(call->buffer, resolved, length + 1);
    call->result = (int64_t)length;
  }
  free(resolved);
}

// ---- the table -----------------------------------------------------------

typedef void CallFn(IoCall *call);

static CallFn *const calls[IO_CALL_COUNT] = {
    [IO_CALL_OPEN] = call_open,
    [IO_CALL_CLOSE] = call_close,
    [IO_CALL_READ] = call_read,
    [IO_CALL_WRITE] = call_write,
    [IO_CALL_SEEK] = call_seek,
    [IO_CALL_TRUNCATE] = call_truncate,
    [IO_CALL_SYNC] = call_sync,
    [IO_CALL_STAT] = call_stat,
    [IO_CALL_LSTAT] = call_lstat,
    [IO_CALL_READ_ALL] = call_read_all,
    [IO_CALL_READ_LINE] = call_read_line,
    [IO_CALL_WRITE_ALL] = call_write_all,
    [IO_CALL_REMOVE] = call_remove,
    [IO_CALL_RENAME] = call_rename,
    [IO_CALL_COPY] = call_copy,
    [IO_CALL_MAKE_DIRECTORY] = call_make_directory,
    [IO_CALL_LIST] = call_list,
    [IO_CALL_RESOLVE] = call_resolve,
    [IO_CALL_CREATE] = call_create,
    [IO_CALL_LINK] = call_link,
    [IO_CALL_READ_LINK] = call_read_link,
};

void il_io_call_run(IoCall *call) {
  call->error = 0;
  call->result = 0;
  calls[call->kind](call);
}

// ---- life ----------------------------------------------------------------

static void work(Request *request) {
  IoCall *call = (IoCall *)request;
  if (call->must_fail) {
    call->error = EIO;
  } else {
    il_io_call_run(call);
  }
}

static void free_path(char *path) {
  if (path) il_memory_free(path, strlen(path) + 1);
}

// A descriptor that was opened for an isolate that is gone is closed.
static void free_request(Request *request) {
  IoCall *call = (IoCall *)request;
  if (call->kind == IO_CALL_OPEN && call->fd >= 0) close(call->fd);
  il_io_call_free(call);
}

IoCall *il_io_call_new(IoCallKind kind) {
  IoCall *call = il_memory_try_alloc(sizeof(IoCall));
  if (!call) return NULL;
  call->kind = kind;
  call->fd = -1;
  call->request.job.cancel_fd = -1;
  call->request.work = work;
  call->request.free = free_request;
  return call;
}

void il_io_call_free(IoCall *call) {
  free_path(call->path);
  free_path(call->target);
  if (call->buffer) il_memory_free(call->buffer, call->size);
  il_memory_free(call, sizeof *call);
}

static bool set_text(char **field, Text text) {
  char *copy = il_memory_try_alloc(text.length + 1);
  if (!copy) return false;
  memcpy(copy, text.bytes, text.length);
  free_path(*field);
  *field = copy;
  return true;
}

bool il_io_call_set_path(IoCall *call, Text path) {
  return set_text(&call->path, path);
}

bool il_io_call_set_target(IoCall *call, Text path) {
  return set_text(&call->target, path);
}

bool il_io_call_set_size(IoCall *call, size_t size_bytes) {
  if (call->buffer) il_memory_free(call->buffer, call->size);
  call->size = 0;
  call->buffer = il_memory_try_alloc(size_bytes ? size_bytes : 1);
  if (!call->buffer) return false;
  call->size = size_bytes ? size_bytes : 1;
  call->count = size_bytes;
  return true;
}

// The adversary chooses by number.
static void count_call(Isolate *isolate, IoCall *call) {
  Realm *realm = isolate->group->realm;
  uint64_t number = 1 + atomic_fetch_add_explicit(&realm->call_count, 1,
                                                  memory_order_relaxed);
  call->must_fail = (int64_t)number == realm->flags->syscall_fail_at;
  if (call->must_fail) fputs("stress: a system call fails\n", stderr);
}

Status il_io_call_submit(Isolate *isolate, IoCall *call) {
  count_call(isolate, call);
  return il_request_submit(isolate, &call->request);
}

IoCall *il_io_call_take(Isolate *isolate) {
  return (IoCall *)il_request_take(isolate);
}

Status il_io_call_start(Isolate *isolate, IoCall *call, PortId reply) {
  count_call(isolate, call);
  return il_request_start(isolate, &call->request, reply);
}

IoCall *il_io_call_finish(Isolate *isolate, uint64_t number) {
  return (IoCall *)il_request_finish(isolate, number);
}
