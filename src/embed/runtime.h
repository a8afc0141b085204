// runtime.h: what the files of this room share.
//
// A runtime is a realm (isolate/group.h) over the core segment. A program is a
// group's memory and tables: pool, program, world; it lives while the host or an
// isolate holds the group. A handle to an isolate is told when it ends.
//
// Owner:     the host, through isle.h.
// Threads:   `lock` guards the list of handles; the rest is written before
//            isolates run.
// Allocates: memory.
// Fails:     by IsleError.
#ifndef ISLE_EMBED_RUNTIME_H
#define ISLE_EMBED_RUNTIME_H

#include "base/arena.h"
#include "base/flag.h"
#include "code/image.h"
#include "isle.h"
#include "isolate/host.h"
#include "isolate/isolate.h"
#include "isolate/plain.h"
#include "sema/outline.h"

struct IsleError {
  IsleErrorKind kind;
  TextBuilder text;
};

struct IsleRuntime {
  Flags flags;
  Realm *realm;
  Segment *core;
  OutlineImage outline;
  void *context;
  void (*print)(void *context, const char *line, size_t length);
  void (*uncaught)(void *context, const char *text, size_t length);
  void (*exit)(void *context, int code);
  Lock lock;
  IsleIsolate *handles;        // under the lock
};

struct IsleProgram {
  IsleRuntime *runtime;
  Group *group;
  Pool *pool;
  Program *program;
  World *world;
};

struct IsleIsolate {
  IsleRuntime *runtime;
  IsleIsolate *next, *previous;
  PortId control;
  uint64_t terminate;
  HostPort *port;              // its messages to the host; NULL
  Group *group;                // held, for the port
  void (*receive)(void *context, const IsleValue *message);
  void *context;
  _Atomic(bool) has_ended, has_failed;  // isolate_ended sets, the host reads
};

// error.c: makes an error, or nothing when `error` is NULL.
void il_error_set(IsleError **error, IsleErrorKind kind, const char *format,
                  ...);
void il_error_take(IsleError **error, IsleErrorKind kind, TextBuilder *text);

// program.c
IsleProgram *il_embed_compile(IsleRuntime *runtime, const char *path,
                              const IsleProgramOptions *options,
                              IsleError **error);
// Frees what the group used; called when it ends.
void il_embed_drop_program(IsleProgram *program);

// value.c
Plain il_embed_plain(Arena *arena, const IsleValue *value);
IsleValue il_embed_value(Arena *arena, const Plain *plain);

// spawn_uri.c
void il_embed_spawn_uri(void *context, SpawnUriRequest *request);
// The mail that begins main: arguments and message.
Mail *il_embed_start_mail(Group *group, const Plain *arguments,
                          const Plain *message);

#endif
