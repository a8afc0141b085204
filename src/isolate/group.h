// group.h: isolates that share a program, and all groups of a runtime.
//
// A Realm is what all isolates of one runtime share: the scheduler, the table
// of slots, flags, and what the host wants to be told. A Group is a program, a
// pool of memory and the isolates that run it. A group ends with its last
// isolate, unless the host holds it.
//
// Owner:     the embedder owns the realm; a group is counted (isolates, host).
// Threads:   any.
// Allocates: memory.
// Fails:     il_group_new returns NULL when memory is short.
#ifndef IL_ISOLATE_GROUP_H
#define IL_ISOLATE_GROUP_H

#include "base/flag.h"
#include "base/lock.h"
#include "exec/world.h"
#include "isolate/mail.h"

typedef struct Group Group;
typedef struct Realm Realm;
typedef struct SpawnUriRequest SpawnUriRequest;
typedef struct LimitsNode LimitsNode;

// What an isolate may use; 0: no limit. See limit.h.
typedef struct Limits {
  uint64_t heap_bytes, mail_bytes, cpu_ns;
} Limits;

// What the host installs. Each is called on a worker, without locks, and must
// not block; each may be NULL.
typedef struct RealmHooks {
  void *context;
  // Text of an uncaught error that nobody listens to, ready to print.
  void (*report_error)(void *context, Isolate *isolate, Text text);
  // Finished output of print.
  void (*print_line)(void *context, Isolate *isolate, Text line);
  // Isolate.spawnUri: starts loading on another thread; ends by
  // il_isolate_spawn in a new group and by an answer to request->reply.
  void (*spawn_uri)(void *context, SpawnUriRequest *request);
  // Isolate.packageConfig and resolvePackageUri: append a URI, or nothing.
  void (*package_config)(void *context, Group *group, TextBuilder *out);
  void (*resolve_package)(void *context, Group *group, Text uri,
                          TextBuilder *out);
  // exit(code) of dart:io: the process, or the runtime, shall end. Called on a
  // worker; the isolate that asked does not run on.
  void (*exit)(void *context, Isolate *isolate, int code);
  // The group's program is not needed any more.
  void (*group_ended)(void *context, Group *group);
  // An isolate has died; `end` is an IsolateEnd.
  void (*isolate_ended)(void *context, PortId control, int end);
} RealmHooks;

struct Realm {
  Sched *sched;
  PortTable ports;
  const Flags *flags;
  RealmHooks hooks;
  // Sums for stress runs and audits; relaxed.
  _Atomic(uint64_t) spawn_count, end_count, message_count;
  _Atomic(uint64_t) kill_count;        // by --kill-stress
  _Atomic(uint64_t) call_count;        // of the world
  _Atomic(uint64_t) collection_count;
  uint64_t isolate_limit;      // alive at once; 0: none
  Lock lock;
  struct WorkerCache *caches;  // under the lock: of the workers
  Group *groups;               // under the lock: all that are alive
  // Executed by isolates that are gone; debug builds only.
  _Atomic(uint64_t) instruction_count;
  _Atomic(uint64_t) group_count;       // alive
  _Atomic(int32_t) exit_code;          // as dart:io's exitCode says
  Budget budget;                       // memory of all heaps and mail
};

struct Group {
  Realm *realm;
  Pool *pool;
  World *world;
  void *host;  // the embedder's own
  Lock lock;
  Isolate *first;          // under the lock: those alive
  uint32_t isolate_count;  // under the lock
  uint32_t holder_count;   // under the lock: isolates and host
  Limits limits;           // of each isolate that has no others
  LimitsNode *more_limits;  // under the lock
  uint64_t isolate_limit;   // alive at once; 0: none
  Group *next, *previous;   // in the realm, under its lock
  char *script;            // path or URI of the program; owned, or NULL
};

// Makes a realm and its scheduler. The flags are borrowed. NULL when memory is
// short.
Realm *il_realm_new(const Flags *flags, const RealmHooks *hooks);

// Stops all workers and ends what is left of isolates.
void il_realm_stop(Realm *realm);

// Stops if need be, and frees. Groups that the host holds must be released
// before.
void il_realm_free(Realm *realm);

// A worker's caches, kept as its local (il_worker_local).
typedef struct WorkerCache {
  MailCache mail;
  uint64_t *stack;  // for the next machine that runs, or NULL
  // Blocks for isolates that are born here; linked by their first word.
  void *isolates;
  uint32_t isolate_count;
  // The worker adds, any thread reads; relaxed.
  _Atomic(uint64_t) message_count, collection_count;
  struct WorkerCache *next;  // in the realm
} WorkerCache;

// All that has been counted.
typedef struct RealmCounts {
  uint64_t messages, collections;
  uint64_t groups, mapped_bytes, bytes[MEMORY_OWNERS];
} RealmCounts;
RealmCounts il_realm_counts(Realm *realm);

// Pool and world are borrowed until group_ended says that they may go. The
// caller holds the group until il_group_release.
Group *il_group_new(Realm *realm, Pool *pool, World *world);
// Says what Platform.script is; before there are isolates.
void il_group_set_script(Group *group, const char *script);
void il_group_retain(Group *group);
void il_group_release(Group *group);

// Sends from a thread of the host: consumes the mail.
Status il_realm_send(Realm *realm, Mail *mail);

#endif
