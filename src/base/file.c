// file.c: covers over open, read, write and readdir.
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"

// Reads until the end; a pipe or a /proc file says no size beforehand.
static Status read_all(int fd, TextBuilder *builder) {
  char buffer[1 << 14];
  for (;;) {
    ssize_t n = read(fd, buffer, sizeof buffer);
    if (n == 0) return IL_OK;
    if (n > 0) {
      if (builder->length > INT32_MAX - (uint32_t)n) return IL_LIMIT;
      il_text_append(builder, il_text_make(buffer, (size_t)n));
    } else if (errno != EINTR) {
      return il_status_from_errno(errno);
    }
  }
}

// Reads a regular file of known size straight into the arena.
static Status read_sized(Arena *arena, int fd, size_t size, Text *contents) {
  char *bytes = il_arena_alloc(arena, size + 1);
  size_t done = 0;
  while (done < size) {
    ssize_t n = read(fd, bytes + done, size - done);
    if (n == 0) break;
    if (n > 0) {
      done += (size_t)n;
    } else if (errno != EINTR) {
      return il_status_from_errno(errno);
    }
  }
  bytes[done] = '\0';
  *contents = il_text_make(bytes, done);
  return IL_OK;
}

Status il_file_read(Arena *arena, const char *path, Text *contents) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return il_status_from_errno(errno);
  struct stat info;
  Status status = IL_OK;
  if (fstat(fd, &info) != 0) {
    status = il_status_from_errno(errno);
  } else if (S_ISDIR(info.st_mode)) {
    status = IL_IS_DIRECTORY;
  } else if (info.st_size > INT32_MAX) {
    status = IL_LIMIT;
  } else if (S_ISREG(info.st_mode) && info.st_size > 0) {
    status = read_sized(arena, fd, (size_t)info.st_size, contents);
  } else {
    TextBuilder builder = {0};
    status = read_all(fd, &builder);
    if (status == IL_OK) {
      *contents = il_arena_copy_text(arena, il_text_builder_text(&builder));
    }
    il_text_builder_drop(&builder);
  }
  close(fd);
  return status;
}

Status il_file_write(const char *path, Text contents) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return il_status_from_errno(errno);
  Status status = IL_OK;
  uint32_t done = 0;
  while (done < contents.length && status == IL_OK) {
    ssize_t n = write(fd, contents.bytes + done, contents.length - done);
    if (n >= 0) {
      done += (uint32_t)n;
    } else if (errno != EINTR) {
      status = il_status_from_errno(errno);
    }
  }
  if (close(fd) != 0 && status == IL_OK) status = il_status_from_errno(errno);
  return status;
}

bool il_file_exists(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

bool il_file_is_directory(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

Status il_file_real_path(Arena *arena, const char *path, Text *result) {
  char *real = realpath(path, NULL);
  if (!real) return il_status_from_errno(errno);
  *result = il_arena_copy_text(arena, il_text_of(real));
  free(real);
  return IL_OK;
}

typedef struct {
  Text name;
  bool is_directory;
} DirectoryEntry;

static int compare_entries(const void *a, const void *b) {
  return il_text_compare(((const DirectoryEntry *)a)->name,
                         ((const DirectoryEntry *)b)->name);
}

static bool is_entry_directory(DIR *directory, const struct dirent *entry) {
  if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK) {
    return entry->d_type == DT_DIR;
  }
  struct stat info;
  return fstatat(dirfd(directory), entry->d_name, &info, 0) == 0 &&
         S_ISDIR(info.st_mode);
}

Status il_file_list(const char *path, FileVisit *visit, void *context) {
  DIR *directory = opendir(path);
  if (!directory) return il_status_from_errno(errno);
  Arena arena = {0};
  IL_VEC(DirectoryEntry) entries = {0};
  for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
      continue;
    }
    Text name = il_arena_copy_text(&arena, il_text_of(entry->d_name));
    il_vec_push(&entries,
                (DirectoryEntry){name, is_entry_directory(directory, entry)});
  }
  closedir(directory);
  if (entries.count > 0) {
    qsort(entries.items, entries.count, sizeof(DirectoryEntry),
          compare_entries);
  }
  for (uint32_t i = 0; i < entries.count; i++) {
    visit(context, entries.items[i].name, entries.items[i].is_directory);
  }
  il_vec_drop(&entries);
  il_arena_drop(&arena);
  return IL_OK;
}
