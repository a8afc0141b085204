// file.h: whole files, for loaders and tools.
//
// What a Dart program does with files goes through io/; this is what the
// compiler, the image maker and the command need.
//
// Owner:     said at each function.
// Threads:   any.
// Allocates: in the caller's arena.
// Fails:     a Status.
#ifndef IL_BASE_FILE_H
#define IL_BASE_FILE_H

#include "base/arena.h"
#include "base/status.h"
#include "base/text.h"

// Reads a file into the arena, with a NUL after it.
Status il_file_read(Arena *arena, const char *path, Text *contents);

// Writes a file, replacing what was there.
Status il_file_write(const char *path, Text contents);

// Is it a regular file?
bool il_file_exists(const char *path);
bool il_file_is_directory(const char *path);

// The absolute path, with symbolic links resolved, in the arena.
Status il_file_real_path(Arena *arena, const char *path, Text *result);

// Calls visit with the name of each entry of a directory, sorted by bytes,
// without "." and "..".
typedef void FileVisit(void *context, Text name, bool is_directory);
Status il_file_list(const char *path, FileVisit *visit, void *context);

#endif
