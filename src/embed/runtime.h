// runtime.h: what the files of this room share.
//
// A runtime is a realm (isolate/group.h) over the core segment. A program is a
// group's memory and tables: pool, program, world, and the options it was
// compiled with, for what it starts itself; it lives while the host or an
// isolate holds the group. A handle to an isolate is told when it ends, an
// answer when it is there. The runtime knows all its handles, and frees them
// with itself.
//
// Owner:     the host, through isle.h.
// Threads:   `lock` guards the lists of handles and what is said to be under
//            it; the rest is written before isolates run.
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
#include "isolate/limit.h"
#include "isolate/plain.h"
#include "sema/outline.h"
#include "syntax/diagnostic.h"
#include "type/tail.h"

struct IsleError {
  IsleErrorKind kind;
  Arena arena;
  const char *text;
  IsleDiagnostic *diagnostics;
  size_t count;
};

// Held while a reply wakes its isolate, so that the runtime is not freed
// meanwhile; it outlives the runtime for replies that come after.
typedef struct {
  Lock lock;
  _Atomic(uint32_t) holders;   // the runtime, and each reply
} Gate;

struct IsleRuntime {
  Flags flags;
  Gate *gate;
  Realm *realm;
  Segment *core;
  OutlineImage outline;
  IsleLimits limits;
  // Isolates with a `receive` that has not had all yet.
  _Atomic(int64_t) open_count;
  void *context;
  void (*print)(void *context, const char *line, size_t length);
  void (*uncaught)(void *context, const char *text, size_t length);
  void (*exit)(void *context, int code);
  Lock lock;
  // Under the lock, as what links them.
  IsleIsolate *isolates;
  IsleAnswer *answers;
  IsleDriver *drivers;
  IsleProgram *programs;       // that the host holds
};

// A top-level function that the host may call.
typedef struct {
  Text name;
  FunctionId function;
} Export;

struct IsleProgram {
  IsleRuntime *runtime;
  IsleProgram *next, *previous;  // under the runtime's lock
  Group *group;
  Pool *pool;
  Program *program;
  World *world;
  Segment *segment;              // the program's
  TailCounts from, to;           // of tables: the core's, the program's
  Arena arena;                   // of the options and what follows
  IsleProgramOptions options;    // without the source
  const Export *exports;
  uint32_t export_count;
  NativeFn **natives;            // the core's, then the host's; or NULL
};

struct IsleIsolate {
  IsleRuntime *runtime;
  IsleIsolate *next, *previous;
  PortId control;
  uint64_t terminate;
  Group *group;                // held, for the ports
  HostPort *port;              // its messages to the host; NULL
  HostPort *replies;           // to calls; NULL when it does not stay
  void (*receive)(void *context, const IsleValue *message);
  void *context;
  bool is_over;                // under the lock: no reply will come any more
  // IsleEnd, once `receive` has had all: a worker sets, the host reads.
  _Atomic(int) end;
};

// error.c: makes an error, or nothing when `error` is NULL. The format's line
// needs no line feed.
void il_error_set(IsleError **error, IsleErrorKind kind, const char *format,
                  ...);
void il_error_take(IsleError **error, IsleErrorKind kind, TextBuilder *text);
// An ISLE_ERROR_COMPILE.
void il_error_report(IsleError **error, Diagnostics *diagnostics,
                     bool show_codes);
// False, and an error that names it, for a handle that is NULL.
bool il_error_check(const void *handle, const char *name, IsleError **error);

// options.c: copies the caller's struct, of this version or another, to ours,
// whose first member is its size. NULL gives zeros. False, and an error, when
// it says no size or asks for what this version does not know.
bool il_options_read(void *ours, size_t our_bytes, const void *theirs,
                     const char *name, IsleError **error);
// The same options in the arena; without the root's source.
IsleProgramOptions il_options_copy(Arena *arena,
                                   const IsleProgramOptions *options);
// Limits with the runtime's where there are none.
Limits il_options_limits(const IsleLimits *limits, const Limits *otherwise);

// program.c
IsleProgram *il_embed_compile(IsleRuntime *runtime, const char *path,
                              const IsleProgramOptions *options, bool is_child,
                              IsleError **error);
// Frees what the group used; called when it ends.
void il_embed_drop_program(IsleProgram *program);
// Compiled on behalf of a running program: the package_config.json that it
// uses, as a URI in the arena; empty when there is none.
Text il_embed_package_config(const IsleProgram *program, Arena *arena);
Text il_embed_resolve_package(const IsleProgram *program, Arena *arena,
                              Text uri);

// value.c. False when it cannot be: too deep, no such kind.
bool il_embed_plain(Arena *arena, const IsleValue *value, Plain *plain);
IsleValue il_embed_value(Arena *arena, const Plain *plain);
// An own copy of what it points to.
Plain il_embed_copy(Arena *arena, const Plain *plain);
// An error in the words of one who passed such a value.
void il_embed_bad_value(IsleError **error);

// native.c: NativeIds from NATIVE_COUNT on are the host's.
NativeOutcome il_embed_call_native(NativeCall *call);
// The table for a world whose program has natives of the host.
NativeFn **il_embed_natives(Arena *arena, uint32_t count);
// Looks a native up by library and name; -1: none.
int32_t il_embed_find_native(const IsleProgramOptions *options, Text library,
                             Text name);

Gate *il_gate_new(void);
void il_gate_release(Gate *gate);
// Returns when no reply is under way; when all isolates have ended none will
// touch the runtime after.
void il_gate_pass(Gate *gate);

// call.c: a reply, or the end, as it comes to `replies`; with it no answer is
// waited for any more.
void il_call_deliver(void *context, Mail *mail);
void il_call_detach(IsleIsolate *isolate);

// driver.c
Worker *il_driver_worker(IsleDriver *driver);
void il_driver_add(IsleDriver *driver, const Spawned *spawned);
void il_driver_drop(IsleDriver *driver);
IsleDriver *il_driver_next(const IsleDriver *driver);

// isolate.c: a hook of the realm; the runtime's lock is held.
void il_embed_ended(IsleIsolate *isolate, int end);
void il_embed_kill(Realm *realm, PortId control, uint64_t capability);

// spawn_uri.c
void il_embed_spawn_uri(void *context, SpawnUriRequest *request);

#endif
