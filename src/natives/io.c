// io.c: dart:io. In order: calls of the system, standard streams, the platform,
// the process. The arguments of each native stand in a comment as Dart has
// them; in the frame references come first, then raw words.
#include "io/call.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/utsname.h>
#include <termios.h>
#include <unistd.h>

#include "base/utf.h"
#include "exec/machine.h"
#include "natives/argument.h"
#include "natives/native.h"
#include "natives/text.h"

// A Dart string from what the system calls text; ends the native.
#define RETURN_TEXT(text) RETURN_NEW(new_text(call, (text)))

// What is no UTF-8 shows a question mark for each byte beyond ASCII.
static Value new_text(NativeCall *call, Text text) {
  if (il_utf_is_valid(text)) return il_new_text(call, text);
  String *string = il_new_string(call, text.length, false);
  if (!string) return 0;
  for (uint32_t i = 0; i < text.length; i++) {
    uint8_t byte = (uint8_t)text.bytes[i];
    string->bytes[i] = byte < 0x80 ? byte : '?';
  }
  return il_value_of(string);
}

static NativeOutcome throw_no_memory(NativeCall *call) {
  return il_throw_core_error(call, CORE_OUT_OF_MEMORY_ERROR, NULL, 0);
}

// ---- calls of the system -------------------------------------------------

// The bytes behind a ByteBuffer, which has them as its only field.
static Bytes *bytes_of(Value buffer) {
  return (Bytes *)il_value_object(il_value_object(buffer)->words[0]);
}

// The last call, kept for its results.
static IoCall *kept_call(NativeCall *call) {
  return (IoCall *)il_isolate_extra(call->isolate)->kept;
}

static void keep_call(NativeCall *call, IoCall *made) {
  if (kept_call(call)) il_io_call_free(kept_call(call));
  il_isolate_extra(call->isolate)->kept = made ? &made->request : NULL;
}

// Sets a path; false for one that the system cannot have.
static bool set_path(IoCall *made, Value value, bool is_target, bool *is_bad) {
  if (value == VALUE_NULL) return true;
  TextBuilder builder;
  il_text_builder_init(&builder);
  il_text_append_units(&builder, (String *)il_value_object(value));
  Text text = il_text_builder_text(&builder);
  if (memchr(text.bytes, 0, text.length)) *is_bad = true;
  bool went_well = is_target ? il_io_call_set_target(made, text)
                             : il_io_call_set_path(made, text);
  il_text_builder_drop(&builder);
  return went_well;
}

// The raw arguments of a call, behind its references.
enum { CALL_KIND, CALL_FD, CALL_FLAGS, CALL_OFFSET, CALL_START, CALL_COUNT };

// No error of the system, but one that is shown like theirs.
enum { ERROR_SEEDED = 4095 };

// Why the call is not made: the system's number, or 0. A path with a NUL in it
// is none; with a seed what happens must not depend on the world.
static int refusal(NativeCall *call, const IoCall *made, bool is_bad) {
  bool is_output =
      made->kind == IO_CALL_WRITE && (made->fd == 1 || made->fd == 2);
  if (!is_output && il_sched_is_seeded(call->isolate->group->realm->sched)) {
    return ERROR_SEEDED;
  }
  return is_bad ? ENOENT : 0;
}

// Makes the IoCall of the arguments, whose raw ones begin at `raw`; NULL when
// memory is short. Its error is set when it is refused.
static IoCall *new_call(NativeCall *call, uint32_t raw) {
  IoCall *made = il_io_call_new((IoCallKind)call->args[raw + CALL_KIND]);
  if (!made) return NULL;
  size_t count = (size_t)call->args[raw + CALL_COUNT];
  made->fd = (int)il_native_int(call, raw + CALL_FD);
  made->flags = (int)il_native_int(call, raw + CALL_FLAGS);
  made->offset = il_native_int(call, raw + CALL_OFFSET);
  bool is_bad = false;
  bool went_well = set_path(made, call->args[0], false, &is_bad) &&
                   set_path(made, call->args[1], true, &is_bad);
  bool has_buffer = made->kind == IO_CALL_READ || made->kind == IO_CALL_WRITE ||
                    made->kind == IO_CALL_WRITE_ALL;
  if (has_buffer && went_well) went_well = il_io_call_set_size(made, count);
  if (!went_well) {
    il_io_call_free(made);
    return NULL;
  }
  if (call->args[2] != VALUE_NULL) {
    memcpy(made->buffer,
           bytes_of(call->args[2])->bytes + call->args[raw + CALL_START],
           count);
  }
  made->error = refusal(call, made, is_bad);
  return made;
}

// A short write to something that takes it now need not go to another thread.
static bool is_quick(const IoCall *made) {
  if (made->kind != IO_CALL_WRITE || made->count > 4096) return false;
  struct pollfd poller = {.fd = made->fd, .events = POLLOUT};
  return poll(&poller, 1, 0) == 1 && (poller.revents & POLLOUT);
}

static NativeOutcome return_result(NativeCall *call, IoCall *done) {
  int64_t result = done->error ? -(int64_t)done->error : done->result;
  keep_call(call, done);
  RETURN_VALUE(result);
}

// int _callNative(int call, String? path, String? target, int descriptor,
//                 int flags, int offset, ByteBuffer? data, int start, int
//                 count)
NATIVE(io__callNative) {
  if (call->stage > 0) {
    IoCall *done = il_io_call_take(call->isolate);
    return done ? return_result(call, done) : NATIVE_BLOCKED;
  }
  IoCall *made = new_call(call, 3);
  if (!made) return throw_no_memory(call);
  if (made->error) return return_result(call, made);
  if (is_quick(made)) {
    il_io_call_run(made);
    return return_result(call, made);
  }
  if (il_io_call_submit(call->isolate, made) != IL_OK) {
    il_io_call_free(made);
    return throw_no_memory(call);
  }
  return NATIVE_BLOCKED;
}

// int _startNative(int call, String? path, String? target, int descriptor,
//                  int flags, int offset, ByteBuffer? data, int start, int
//                  count, SendPort reply): the number of the call
NATIVE(io__startNative) {
  IoCall *made = new_call(call, 4);
  if (!made) return throw_no_memory(call);
  if (made->error) {
    int64_t result = -(int64_t)made->error;
    il_io_call_free(made);
    RETURN_VALUE(result);
  }
  PortId reply = il_value_object(call->args[3])->words[0];
  if (il_io_call_start(call->isolate, made, reply) != IL_OK) {
    il_io_call_free(made);
    return throw_no_memory(call);
  }
  RETURN_VALUE((int64_t)made->request.number);
}

// int _finishNative(int number)
NATIVE(io__finishNative) {
  IoCall *done = il_io_call_finish(call->isolate, (uint64_t)call->args[0]);
  if (!done) RETURN_VALUE(-(int64_t)ECANCELED);
  return return_result(call, done);
}

// void _cancelNative(int number)
NATIVE(io__cancelNative) {
  il_request_cancel(call->isolate, (uint64_t)call->args[0]);
  RETURN_VALUE(VALUE_NULL);
}

// int _fieldNative(int field): the order of dart:io's _Field
NATIVE(io__fieldNative) {
  const IoCall *done = kept_call(call);
  int64_t fields[] = {done->file_bytes, done->modified_ms, done->accessed_ms,
                      done->changed_ms, done->mode,        done->fd};
  RETURN_VALUE(fields[call->args[0]]);
}

// void _takeNative(ByteBuffer into, int count)
NATIVE(io__takeNative) {
  memcpy(bytes_of(call->args[0])->bytes, kept_call(call)->buffer,
         (size_t)call->args[1]);
  keep_call(call, NULL);
  RETURN_VALUE(VALUE_NULL);
}

// String _errorText(int number)
NATIVE(io__errorText) {
  if (call->args[0] == ERROR_SEEDED) {
    RETURN_TEXT(TEXT("with --seed there is no input, and files are refused"));
  }
  char words[128];
  // The GNU form: the result need not be in the buffer.
  const char *text = strerror_r((int)call->args[0], words, sizeof words);
  RETURN_TEXT(il_text_of(text));
}

// String _currentDirectory()
static NativeOutcome current_directory(NativeCall *call) {
  char path[4096];
  if (!getcwd(path, sizeof path)) strcpy(path, ".");
  RETURN_TEXT(il_text_of(path));
}

NATIVE(io__currentDirectory) { return current_directory(call); }
NATIVE(core__currentDirectory) { return current_directory(call); }

// ---- standard streams ----------------------------------------------------

// bool _isTerminal(int descriptor)
NATIVE(io__isTerminal) { RETURN_VALUE(isatty((int)call->args[0]) == 1); }

// int _terminalSize(int descriptor, bool isLines)
NATIVE(io__terminalSize) {
  struct winsize size;
  if (ioctl((int)call->args[0], TIOCGWINSZ, &size) != 0) RETURN_VALUE(0);
  RETURN_VALUE(call->args[1] ? size.ws_row : size.ws_col);
}

// int _terminalMode()
NATIVE(io__terminalMode) {
  struct termios mode;
  if (tcgetattr(STDIN_FILENO, &mode) != 0) RETURN_VALUE(-(int64_t)errno);
  RETURN_VALUE((mode.c_lflag & ECHO ? 1 : 0) | (mode.c_lflag & ICANON ? 2 : 0));
}

// int _setTerminalMode(int mode)
NATIVE(io__setTerminalMode) {
  struct termios mode;
  if (tcgetattr(STDIN_FILENO, &mode) != 0) RETURN_VALUE(-(int64_t)errno);
  mode.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON);
  if (call->args[0] & 1) mode.c_lflag |= ECHO | ECHONL;
  if (call->args[0] & 2) mode.c_lflag |= ICANON;
  if (tcsetattr(STDIN_FILENO, TCSANOW, &mode) != 0) {
    RETURN_VALUE(-(int64_t)errno);
  }
  RETURN_VALUE(0);
}

// ---- the platform --------------------------------------------------------

NATIVE(io__processorCount) { RETURN_VALUE(sysconf(_SC_NPROCESSORS_ONLN)); }

NATIVE(io__hostName) {
  char name[256] = "";
  gethostname(name, sizeof name - 1);
  RETURN_TEXT(il_text_of(name));
}

NATIVE(io__systemVersion) {
  struct utsname names;
  char text[512] = "";
  if (uname(&names) == 0) {
    snprintf(text, sizeof text, "%s %s %s", names.sysname, names.release,
             names.version);
  }
  RETURN_TEXT(il_text_of(text));
}

NATIVE(io__executablePath) {
  char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  path[length < 0 ? 0 : length] = 0;
  RETURN_TEXT(il_text_of(path));
}

// String _scriptPath(): as the host gave it, a path or a URI.
static NativeOutcome script_path(NativeCall *call) {
  const char *script = call->isolate->group->script;
  RETURN_TEXT(il_text_of(script ? script : ""));
}
NATIVE(io__scriptPath) { return script_path(call); }
NATIVE(isolate__scriptPath) { return script_path(call); }

// String? _environmentAt(int index)
NATIVE(io__environmentAt) {
  int64_t index = il_native_int(call, 0);
  char **at = environ;
  while (at && *at && index-- > 0) at++;
  if (!at || !*at) RETURN_VALUE(VALUE_NULL);
  RETURN_TEXT(il_text_of(*at));
}

NATIVE(io__localeName) {
  const char *name = getenv("LC_ALL");
  if (!name || !*name) name = getenv("LANG");
  if (!name || !*name) name = "C";
  RETURN_TEXT(il_text_of(name));
}

// ---- the process ---------------------------------------------------------

NATIVE(io__pid) { RETURN_VALUE(getpid()); }

// void _exitProcess(int code): a host may prefer to live on; then this isolate
// ends.
NATIVE(io__exitProcess) {
  Realm *realm = call->isolate->group->realm;
  if (realm->hooks.exit) {
    realm->hooks.exit(realm->hooks.context, call->isolate, (int)call->args[0]);
  }
  il_isolate_end_soon(call->isolate, false);
  il_machine_stop(call->machine);
  return NATIVE_BLOCKED;
}

NATIVE(io__exitCode) {
  RETURN_VALUE(atomic_load(&call->isolate->group->realm->exit_code));
}

NATIVE(io__setExitCode) {
  atomic_store(&call->isolate->group->realm->exit_code, (int32_t)call->args[0]);
  RETURN_VALUE(VALUE_NULL);
}

// void _sleep(int microseconds): the stack waits, the worker does not.
NATIVE(io__sleep) {
  Sched *sched = call->isolate->group->realm->sched;
  uint64_t *until = il_native_raw_scratch(call);
  uint64_t now = il_sched_now_ns(sched);
  if (call->stage == 0) *until = now + call->args[0] * 1000;
  if (now >= *until) RETURN_VALUE(VALUE_NULL);
  if (il_timer_set(&call->isolate->slot->task, *until) != IL_OK) {
    return throw_no_memory(call);
  }
  return NATIVE_BLOCKED;
}
