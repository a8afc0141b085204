// isle.h: Isle, a small Dart runtime to embed.
//
// The whole public interface. A runtime runs isolates; a program is compiled
// Dart source; an isolate is spawned from a program. Host and isolate talk in
// three ways: messages (isle_port_send, `receive`), calls from C of a Dart
// function (isle_isolate_call), and calls from Dart of a C function
// (IsleNative). C is never called by Dart code that C itself is calling: no
// call goes into the other language and back on one stack.
//
//   IsleRuntime *runtime = isle_runtime_new(NULL, NULL);
//   IsleProgram *program = isle_program_load(runtime, "a.dart", NULL, NULL);
//   isle_isolate_free(isle_isolate_spawn(program, NULL, NULL));
//   isle_runtime_wait(runtime);
//   isle_runtime_free(runtime);
//
// Ownership: what a function called `_new`, `_load`, `_spawn` or `_call`
// returns is the caller's, to be freed by the function named with it. Freeing
// NULL does nothing. Text and lists passed in are copied.
//
// Threads: a function may be called from any thread, unless said otherwise. A
// callback runs on a thread of the runtime, must return soon, and may call
// anything but what is said to wait. There is no global state: two runtimes
// may live in one process.
//
// Errors: a function that takes an `IsleError **` returns NULL or false when it
// fails and stores an error there, which the caller frees; NULL may be passed
// to ignore it. Nothing is printed. A handle that is NULL, an index out of
// range, an unknown function and the like are such errors; a handle that has
// been freed is not noticed.
//
// Options: set `size` to the struct's size; members left 0 have their defaults.
// So a program built with this header runs with later versions of the library.
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
typedef struct IsleAnswer IsleAnswer;  // to a call of a Dart function
typedef struct IsleCall IsleCall;      // of a C function, under way
typedef struct IsleReply IsleReply;    // to such a call, later
typedef struct IsleDriver IsleDriver;  // of isolates on a thread of the host
typedef struct IsleError IsleError;

// The version of the library, "0.1.0".
ISLE_API const char *isle_version(void);

// ---------------------------------------------------------------- errors

typedef enum {
  ISLE_ERROR_COMPILE = 1,  // errors in the source; the message has them all
  ISLE_ERROR_NOT_FOUND,    // no such file, function, stage
  ISLE_ERROR_MEMORY,       // the system or a limit refuses memory
  ISLE_ERROR_CLOSED,       // the isolate has ended
  ISLE_ERROR_ARGUMENT,     // an option or argument that cannot be
  ISLE_ERROR_UNCAUGHT,     // a Dart function that was called threw
  ISLE_ERROR_LIMIT,        // too many isolates
} IsleErrorKind;

ISLE_API IsleErrorKind isle_error_kind(const IsleError *error);
// Text for people, ending in a line feed; valid until the error is freed.
ISLE_API const char *isle_error_message(const IsleError *error);
ISLE_API void isle_error_free(IsleError *error);

// One error in the source. The texts are valid until the error is freed.
typedef struct IsleDiagnostic {
  const char *path;        // as people see it; "" when it is about no file
  unsigned line, column;   // from 1; 0 when it is about no place
  const char *code;        // stable: "expected_token"
  const char *message;
} IsleDiagnostic;

// How many errors an ISLE_ERROR_COMPILE tells; 0 for other kinds.
ISLE_API size_t isle_error_count(const IsleError *error);
// One of them, by source and place; false when there is none of that index.
ISLE_API bool isle_error_diagnostic(const IsleError *error, size_t index,
                                    IsleDiagnostic *diagnostic);

// ---------------------------------------------------------------- values

// Plain data that passes between C and Dart. Text is UTF-8 and need not be
// terminated; what is no UTF-8 becomes U+FFFD. Lists may nest 100 deep. What a
// value points to is borrowed by whoever is given it.
typedef enum {
  ISLE_NULL,
  ISLE_BOOL,
  ISLE_INT,
  ISLE_DOUBLE,
  ISLE_TEXT,   // a String
  ISLE_BYTES,  // a Uint8List
  ISLE_LIST,   // a List; for a parameter declared List<int>, a List<int>
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
      const uint8_t *items;
      size_t count;
    } bytes;
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
// Terminated text, borrowed; NULL gives null.
ISLE_API IsleValue isle_text(const char *text);
ISLE_API IsleValue isle_bytes(const void *items, size_t count);
ISLE_API IsleValue isle_list(const IsleValue *items, size_t count);

// --------------------------------------------------------------- runtime

// What programs may use; 0: no limit. The first three are for each isolate: a
// program's isolates, those that they spawn included, have the limits that it
// was loaded with, and where those are 0 the runtime's. The others are sums: in
// IsleOptions of the runtime, in IsleProgramOptions of the program.
typedef struct IsleLimits {
  uint64_t heap_bytes;   // an OutOfMemoryError in that isolate alone
  uint64_t mail_bytes;   // waiting for the isolate: it is ended
  uint64_t cpu_ms;       // of processor time: it is ended
  uint64_t total_bytes;  // of heaps and mail: an OutOfMemoryError in the
                         // isolate that asks for more; 0 for the runtime: three
                         // quarters of what the system lets the process have
  uint64_t isolates;     // alive at once: no more can be spawned
} IsleLimits;

typedef struct IsleOptions {
  size_t size;               // sizeof(IsleOptions)
  unsigned workers;          // threads that run isolates; 0: one per core
  IsleLimits limits;         // of programs that have none of their own
  const char *const *flags;  // "--seed=7", "--gc-stress", ...; see isle help
  size_t flag_count;
  void *context;             // given to the callbacks below
  // A line of print, without its line feed; NULL: to standard output. An
  // isolate's lines come in order.
  void (*print)(void *context, const char *line, size_t length);
  // An uncaught error nobody listens to, as text; NULL: to standard error.
  void (*uncaught)(void *context, const char *text, size_t length);
  // `exit(code)` of dart:io, after which the isolate that said it ends; NULL:
  // the process ends with that code.
  void (*exit)(void *context, int code);
} IsleOptions;

// Makes a runtime; options may be NULL. Fails when a flag is unknown
// (ARGUMENT) or memory is short.
ISLE_API IsleRuntime *isle_runtime_new(const IsleOptions *options,
                                       IsleError **error);

// Waits until no isolate is left and all they sent is received. With the flag
// --seed this call, and each that waits, does the running, and returns also
// when nothing can go on.
ISLE_API void isle_runtime_wait(IsleRuntime *runtime);

// What a program has said by `exitCode = n` of dart:io; 0 if nothing.
ISLE_API int isle_runtime_exit_code(IsleRuntime *runtime);

// Ends all isolates, joins all threads, and frees the runtime and every handle
// that it has given out and that is not freed yet, but errors and replies. No
// other call may be under way.
ISLE_API void isle_runtime_free(IsleRuntime *runtime);

typedef struct IsleCounters {
  size_t size;  // sizeof(IsleCounters), set by the caller
  // Sums since the start. Messages and collections of isolates that run just
  // now are counted when they next wait.
  uint64_t spawned, ended, messages;
  uint64_t collections, preemptions, switches;
  uint64_t stress_kills;  // by --kill-stress
  uint64_t instructions;  // of ended isolates; debug builds only
  // Now.
  uint64_t isolates;     // alive
  uint64_t programs;     // loaded and held by the host or an isolate
  uint64_t heap_bytes;   // lent to isolates' heaps
  uint64_t mail_bytes;   // lent to messages between isolates
  uint64_t payload_bytes;  // long strings and the like that isolates share
  uint64_t free_bytes;   // kept for the next
  uint64_t total_bytes;  // their sum: all memory of programs' isolates
} IsleCounters;
// False, and nothing is set, when the runtime or the size is none.
ISLE_API bool isle_runtime_counters(IsleRuntime *runtime,
                                    IsleCounters *counters);

// One line of help for each flag of `flags` above; terminated, freed by free.
ISLE_API char *isle_flag_help(void);

// --------------------------------------------- C functions called from Dart

// A C function that Dart calls. In the program it is declared `external`:
//
//   external int add(int a, int b);
//
// as a top-level function, getter or setter, or a static member of a class,
// without type parameters. It runs on the thread that runs the isolate, which
// waits: it must return soon, or answer later. It answers once, by one of
// isle_call_return, isle_call_throw and isle_call_later; the first counts, and
// without one the result is null.
typedef void IsleNativeFn(void *context, IsleCall *call);

typedef struct IsleNative {
  // "add", "Class.add"; a setter's ends in "=". With a library before it, as
  // in "host:game add", it is that library's only.
  const char *name;
  IsleNativeFn *function;
  void *context;  // given to the function
} IsleNative;

// The call's arguments: in declared order, defaults filled in.
ISLE_API size_t isle_call_count(const IsleCall *call);
// An argument; null when there is none of that index. Borrowed until the native
// returns.
ISLE_API const IsleValue *isle_call_argument(IsleCall *call, size_t index);
// The result, copied. Its kind must fit the declared type: else the caller gets
// a TypeError. An int is taken for a double.
ISLE_API void isle_call_return(IsleCall *call, IsleValue result);
// The caller gets an Exception with this message.
ISLE_API void isle_call_throw(IsleCall *call, const char *message);
// The answer comes later, from any thread: the isolate waits, its thread does
// not. NULL when memory is short or the call is answered.
ISLE_API IsleReply *isle_call_later(IsleCall *call);
// Answers, and frees the reply; each reply must be answered once, also when its
// isolate, or the runtime, has ended meanwhile and nobody hears it.
ISLE_API void isle_reply_return(IsleReply *reply, IsleValue result);
ISLE_API void isle_reply_throw(IsleReply *reply, const char *message);

// -------------------------------------------------------------- programs

// The text of a library, for an `import 'host:game';`.
typedef struct IsleSource {
  const char *uri;   // "host:game", or "file:///..." in place of a file
  const char *text;
} IsleSource;

typedef struct IsleProgramOptions {
  size_t size;                  // sizeof(IsleProgramOptions)
  const char *const *defines;   // "NAME=value", for fromEnvironment
  size_t define_count;
  bool enable_asserts;
  bool is_library;              // it need have no main: functions are called
  const char *package_config;   // or NULL: searched from the file upwards
  const char *source;           // the program's text; NULL: its file is read
  const IsleSource *sources;    // texts of further libraries
  size_t source_count;
  const IsleNative *natives;    // when given, an `external` function that none
  size_t native_count;          // of them is for is an error in the source
  // What the program's libraries may import, export and have as parts: URIs;
  // one that ends in `:` or `/` stands for all that begin with it. Anything else
  // is an error in the source. NULL: no restriction. dart:core and the
  // program's own file always may.
  const char *const *libraries;
  size_t library_count;
  IsleLimits limits;
} IsleProgramOptions;

// Compiles the Dart file at `path` (or a file: URI) and all that it imports; or
// takes what isle_program_save has written.
// What it starts by Isolate.spawnUri is compiled with the same options. Fails
// by COMPILE, NOT_FOUND, ARGUMENT.
ISLE_API IsleProgram *isle_program_load(IsleRuntime *runtime, const char *path,
                                        const IsleProgramOptions *options,
                                        IsleError **error);
// Its isolates go on to their end.
ISLE_API void isle_program_free(IsleProgram *program);

// Writes the compiled program to a file, whole or not at all, for
// isle_program_load and Isolate.spawnUri of this very version of the library.
// Such a file is checked when it is loaded, but its code is trusted: where
// `libraries` are restricted it is refused. A program with natives cannot be
// saved (ARGUMENT).
ISLE_API bool isle_program_save(const IsleProgram *program, const char *path,
                                IsleError **error);

// What a stage of compilation made of a file, as text: "tokens", "tree",
// "typed", "code", or "" to check only. NULL with an error when the stage does
// not exist; when the file has errors there may be both; freed by free.
ISLE_API char *isle_program_dump(IsleRuntime *runtime, const char *path,
                                 const char *stage,
                                 const IsleProgramOptions *options,
                                 IsleError **error);

// -------------------------------------------------------------- isolates

typedef struct IsleSpawnOptions {
  size_t size;                   // sizeof(IsleSpawnOptions)
  const char *const *arguments;  // main's first parameter
  size_t argument_count;
  IsleValue message;             // main's second
  const char *name;              // its debugName; NULL: "main"
  // Messages that Dart code sends to the host: to the SendPort that is main's
  // second argument when `message` is ISLE_NULL and this is given. The value is
  // borrowed during the call. Called one at a time.
  void (*receive)(void *context, const IsleValue *message);
  void *context;
  // It stays alive with nothing to do, for isle_isolate_call, until
  // isle_isolate_close or isle_isolate_free. The program need have no main.
  bool stays;
  IsleDriver *driver;            // who runs it; NULL: the runtime's threads
  IsleLimits limits;             // where not 0, instead of the program's; for
                                 // what it spawns, too. `isolates` and
                                 // `total_bytes` are not looked at
} IsleSpawnOptions;

// Runs the program's main in a new isolate. options may be NULL. Fails by
// ARGUMENT (no main), LIMIT, MEMORY.
ISLE_API IsleIsolate *isle_isolate_spawn(IsleProgram *program,
                                         const IsleSpawnOptions *options,
                                         IsleError **error);

// Sends to a port that was received in a message. Mail to a dead port is
// dropped, as in Dart, and so is mail to an isolate of a program that the host
// holds no handle to. False, with ARGUMENT or MEMORY, when the message cannot
// be made.
ISLE_API bool isle_port_send(IsleRuntime *runtime, uint64_t port,
                             IsleValue message, IsleError **error);

// Calls a top-level function of the program's own library (or one that it
// exports) in an isolate that `stays`. It runs when the isolate comes to it, in
// the order of the calls; its arguments are positional and checked as in a
// dynamic call. Fails by NOT_FOUND, ARGUMENT, CLOSED, MEMORY.
ISLE_API IsleAnswer *isle_isolate_call(IsleIsolate *isolate,
                                       const char *function,
                                       const IsleValue *arguments, size_t count,
                                       IsleError **error);
// True when isle_answer_wait would not wait.
ISLE_API bool isle_answer_is_ready(const IsleAnswer *answer);
// Waits for the result (of a Future: its value), which lives as long as the
// answer. NULL when the function threw (UNCAUGHT, with error and stack trace as
// message) or the isolate ended before (CLOSED). Not in a callback, and not on
// the thread that has to step the isolate's driver.
ISLE_API const IsleValue *isle_answer_wait(IsleAnswer *answer,
                                           IsleError **error);
// Also before it is ready: nobody hears it then.
ISLE_API void isle_answer_free(IsleAnswer *answer);

typedef enum {
  ISLE_END_NONE,     // it is alive
  ISLE_END_DONE,     // it had nothing left to do, or said Isolate.exit
  ISLE_END_UNCAUGHT, // by an uncaught error
  ISLE_END_KILLED,   // by isle_isolate_kill, Isolate.kill, or with the runtime
  ISLE_END_CPU,      // it used up limits.cpu_ms
  ISLE_END_MAIL,     // its mail exceeded limits.mail_bytes
} IsleEnd;

// How it ended, once `receive` has had all that it sent.
ISLE_API IsleEnd isle_isolate_end(const IsleIsolate *isolate);

// An isolate that `stays` does so no longer: it does what it has been sent and
// ends when nothing is left to do.
ISLE_API void isle_isolate_close(IsleIsolate *isolate);

// Ends it at the next safepoint, also inside an endless loop.
ISLE_API void isle_isolate_kill(IsleIsolate *isolate);

// Waits for its end, after which `receive` has had all that it sent; true when
// it ended of itself or was killed. Not in a
// callback, and not on the thread that has to step its driver.
ISLE_API bool isle_isolate_wait(IsleIsolate *isolate);

// Frees the handle; the isolate goes on, but stays no longer. Waits for a
// `receive` under way on another thread; it is not called after.
ISLE_API void isle_isolate_free(IsleIsolate *isolate);

// --------------------------------------- isolates on a thread of the host

// A driver runs isolates where and when the host says, so that they may share
// a thread with, say, a user interface. `wake` is called from any thread when
// there is something to run; it may only signal (write to a pipe, set a flag).
// Isolates that Dart code spawns run on the runtime's threads.
ISLE_API IsleDriver *isle_driver_new(IsleRuntime *runtime,
                                     void (*wake)(void *context), void *context,
                                     IsleError **error);
// Runs what is ready, each isolate for about 20 microseconds or until it waits;
// true when there is more to run now. One thread at a time, not in a callback.
ISLE_API bool isle_driver_step(IsleDriver *driver);
// Ends its isolates and frees it; on the thread that steps it.
ISLE_API void isle_driver_free(IsleDriver *driver);

#ifdef __cplusplus
}
#endif

#endif
