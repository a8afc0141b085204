// isle.h: Isle, a small Dart runtime to embed.
//
// The whole public interface. A runtime runs isolates; a program is compiled
// Dart source; an isolate is spawned from a program and talks to the host by
// messages. There is no global state: two runtimes may live in one process.
//
//   IsleRuntime *runtime = isle_runtime_new(NULL, NULL);
//   IsleProgram *program = isle_program_load(runtime, "a.dart", NULL, NULL);
//   isle_isolate_free(isle_isolate_spawn(program, NULL, NULL));
//   isle_runtime_wait(runtime);
//   isle_program_free(program);
//   isle_runtime_free(runtime);
//
// Ownership: what a function called `_new`, `_load` or `_spawn` returns is the
// caller's, to be freed by the function named with it. Strings passed in are
// copied. Threads: unless said otherwise a function may be called from any
// thread, but not from inside a callback marked "must not block". Errors: a
// function that takes an `IsleError **` returns NULL (or false) and stores an
// error there, which the caller frees; NULL may be passed to ignore it.
#ifndef ISLE_H
#define ISLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ISLE_API __attribute__((visibility("default")))
#else
#define ISLE_API
#endif

typedef struct IsleRuntime IsleRuntime;
typedef struct IsleProgram IsleProgram;
typedef struct IsleIsolate IsleIsolate;
typedef struct IsleError IsleError;

// The version of the library, "0.1.0".
ISLE_API const char *isle_version(void);

// ---------------------------------------------------------------- errors

typedef enum {
  ISLE_ERROR_COMPILE = 1,  // errors in the source; the message has them all
  ISLE_ERROR_NOT_FOUND,    // no such file
  ISLE_ERROR_MEMORY,       // the system or a limit refuses memory
  ISLE_ERROR_CLOSED,       // the isolate has ended
  ISLE_ERROR_ARGUMENT,     // an option or argument that cannot be
} IsleErrorKind;

ISLE_API IsleErrorKind isle_error_kind(const IsleError *error);
// Text for people, ending in a line feed; valid until the error is freed.
ISLE_API const char *isle_error_message(const IsleError *error);
ISLE_API void isle_error_free(IsleError *error);

// ---------------------------------------------------------------- values

// Plain data that passes between C and Dart. Text is UTF-8 and need not be
// terminated. A list's items are borrowed by whoever is given the list.
typedef enum {
  ISLE_NULL,
  ISLE_BOOL,
  ISLE_INT,
  ISLE_DOUBLE,
  ISLE_TEXT,
  ISLE_LIST,
  ISLE_PORT,   // a SendPort
  ISLE_OTHER,  // a Dart object that plain data cannot say; only received
} IsleKind;

typedef struct IsleValue IsleValue;
struct IsleValue {
  IsleKind kind;
  union {
    bool truth;
    int64_t integer;
    double number;
    uint64_t port;
    struct {
      const char *bytes;
      size_t length;
    } text;
    struct {
      const IsleValue *items;
      size_t count;
    } list;
  } as;
};

ISLE_API IsleValue isle_null(void);
ISLE_API IsleValue isle_bool(bool truth);
ISLE_API IsleValue isle_int(int64_t integer);
ISLE_API IsleValue isle_double(double number);
// Terminated text, borrowed.
ISLE_API IsleValue isle_text(const char *text);
ISLE_API IsleValue isle_list(const IsleValue *items, size_t count);

// --------------------------------------------------------------- runtime

typedef struct IsleOptions {
  size_t size;              // sizeof(IsleOptions), for later versions
  unsigned workers;         // threads that run isolates; 0: one per core
  uint64_t heap_limit;      // bytes for each isolate; 0: no limit
  const char *const *flags; // "--seed=7", "--gc-stress", ...; see isle help
  size_t flag_count;
  void *context;            // given to the callbacks below
  // A line of print, without its line feed; NULL: to standard output. Called
  // on a worker, one isolate's lines in order; must not block.
  void (*print)(void *context, const char *line, size_t length);
  // An uncaught error nobody listens to, as text; NULL: to standard error.
  void (*uncaught)(void *context, const char *text, size_t length);
  // `exit(code)` of dart:io; NULL: the process ends with that code.
  void (*exit)(void *context, int code);
} IsleOptions;

// Makes a runtime; options may be NULL. NULL when a flag is unknown or memory
// is short.
ISLE_API IsleRuntime *isle_runtime_new(const IsleOptions *options,
                                       IsleError **error);

// Runs until no isolate is left; with a seed this call does the running.
ISLE_API void isle_runtime_wait(IsleRuntime *runtime);

// What a program has said by `exitCode = n` of dart:io; 0 if nothing. Any
// thread.
ISLE_API int isle_runtime_exit_code(IsleRuntime *runtime);

// Ends all isolates, joins all threads, frees programs and the runtime.
ISLE_API void isle_runtime_free(IsleRuntime *runtime);

// Sums since the start.
typedef struct IsleCounters {
  uint64_t spawned, ended, messages;
  uint64_t collections, preemptions, switches;
  uint64_t stress_kills;  // by --kill-stress
} IsleCounters;
ISLE_API IsleCounters isle_runtime_counters(IsleRuntime *runtime);

// One line of help for each flag of `flags` above; terminated, freed by free.
ISLE_API char *isle_flag_help(void);

// -------------------------------------------------------------- programs

typedef struct IsleProgramOptions {
  size_t size;
  const char *const *defines;   // "NAME=value"
  size_t define_count;
  bool enable_asserts;
  const char *package_config;   // or NULL: searched from the file upwards
  const char *source;           // the file's text, or NULL: it is read
} IsleProgramOptions;

// Compiles the Dart file at `path` (or a file: URI) and all that it imports.
// Warnings are not given. The program is freed with isle_program_free, after
// which its isolates go on to their end.
ISLE_API IsleProgram *isle_program_load(IsleRuntime *runtime, const char *path,
                                        const IsleProgramOptions *options,
                                        IsleError **error);
ISLE_API void isle_program_free(IsleProgram *program);

// What a stage of compilation made of a file, as text: "tokens", "tree",
// "typed", "code", or "" to check only. NULL with an error when the stage does
// not exist or the file has errors; freed by free.
ISLE_API char *isle_program_dump(IsleRuntime *runtime, const char *path,
                                 const char *stage,
                                 const IsleProgramOptions *options,
                                 IsleError **error);

// -------------------------------------------------------------- isolates

typedef struct IsleSpawnOptions {
  size_t size;
  const char *const *arguments;  // main's first parameter
  size_t argument_count;
  IsleValue message;             // main's second
  // Messages that Dart code sends to the host: to the SendPort that is main's
  // second argument when `message` is ISLE_NULL and this is given. The value is
  // borrowed during the call. Called on a worker, one at a time; must not block.
  void (*receive)(void *context, const IsleValue *message);
  void *context;
} IsleSpawnOptions;

// Runs the program's main in a new isolate. options may be NULL.
ISLE_API IsleIsolate *isle_isolate_spawn(IsleProgram *program,
                                         const IsleSpawnOptions *options,
                                         IsleError **error);

// Sends to a port that was received in a message. Mail to a dead port is
// dropped, as in Dart, and so is mail to an isolate of a program that the host
// holds no handle to.
ISLE_API bool isle_port_send(IsleRuntime *runtime, uint64_t port,
                             IsleValue message, IsleError **error);

// Ends it at the next safepoint, also inside an endless loop.
ISLE_API void isle_isolate_kill(IsleIsolate *isolate);

// Waits for its end; true when it ended without an uncaught error.
ISLE_API bool isle_isolate_wait(IsleIsolate *isolate);

// Frees the handle; the isolate goes on. Waits for a `receive` under way on
// another thread; it is not called after.
ISLE_API void isle_isolate_free(IsleIsolate *isolate);

#ifdef __cplusplus
}
#endif

#endif
