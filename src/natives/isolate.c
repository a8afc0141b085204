// isolate.c: dart:isolate. In order: ports and capabilities, copying a message,
// sending, spawning, exit, control messages, uncaught errors.
//
// The arguments of each native stand in a comment as Dart has them; in the
// frame references come first, then raw words.
#include <stdio.h>

#include "base/utf.h"
#include "exec/access.h"
#include "exec/machine.h"
#include "isolate/control.h"
#include "isolate/farewell.h"
#include "isolate/isolate.h"
#include "isolate/plain.h"
#include "natives/native.h"

// ---- small helpers -------------------------------------------------------

static Realm *realm_of(const NativeCall *call) {
  return call->isolate->group->realm;
}

static MailCache *mails_of(const NativeCall *call) {
  return &il_isolate_cache(call->isolate)->mail;
}

static bool has_room(const NativeCall *call, size_t bytes) {
  return (size_t)(call->heap->end - call->heap->top) >= bytes;
}

// Room was made sure of before.
static Object *new_object(NativeCall *call, ClassId class, size_t bytes) {
  Object *object = il_heap_allocate(call->heap, bytes);
  object->header = il_header(class, 0);
  return object;
}

enum { WORD_BYTES = 16 };  // an object of one word: a port, a capability

static Value new_word(NativeCall *call, ClassId class, uint64_t bits) {
  Object *object = new_object(call, class, WORD_BYTES);
  object->words[0] = bits;
  return il_value_of(object);
}

static uint64_t word_of(Value value) {
  return il_value_object(value)->words[0];
}

// The id of a SendPort or Capability, 0 for null.
static uint64_t word_or_0(Value value) {
  return value == VALUE_NULL ? 0 : word_of(value);
}

static bool is_class(Value value, ClassId class) {
  return !il_value_is_small(value) && il_value_class(value) == class;
}

static NativeOutcome throw_no_memory(NativeCall *call) {
  return il_throw_core_error(call, CORE_OUT_OF_MEMORY_ERROR, NULL, 0);
}

// A Latin-1 string; room was made sure of.
static Value new_string(NativeCall *call, Text text) {
  size_t bytes = il_string_size_bytes(text.length, false);
  Object *string = new_object(call, CLASS_ONE_BYTE_STRING, bytes);
  string->words[bytes / 8 - 2] = 0;
  string->words[STRING_LENGTH_WORD] = text.length;
  memcpy(&string->words[1], text.bytes, text.length);
  return il_value_of(string);
}

// ---- capabilities and ports ----------------------------------------------

// Capability()
NATIVE(isolate__Capability_new) {
  if (!has_room(call, WORD_BYTES)) return NEED(WORD_BYTES);
  RETURN_VALUE(new_word(call, CLASS_CAPABILITY,
                        il_isolate_new_capability(call->isolate)));
}

// bool ==(Object other)
NATIVE(isolate__Capability_eq) {
  RETURN_VALUE(is_class(call->args[1], CLASS_CAPABILITY) &&
               word_of(call->args[0]) == word_of(call->args[1]));
}

NATIVE(isolate__Capability_hashCode) {
  RETURN_VALUE(il_common_mix(word_of(call->args[0])) >> 34);
}

NATIVE(isolate__SendPort_eq) {
  RETURN_VALUE(is_class(call->args[1], CLASS_SEND_PORT) &&
               word_of(call->args[0]) == word_of(call->args[1]));
}

NATIVE(isolate__SendPort_hashCode) {
  RETURN_VALUE(il_common_mix(word_of(call->args[0])) >> 34);
}

// int _openPort(Object handler)
NATIVE(isolate__openPort) {
  uint32_t number;
  if (!il_event_open_port(&call->isolate->ports, call->args[0], &number)) {
    return throw_no_memory(call);
  }
  RETURN_VALUE(number);
}

// void _closePort(int number)
NATIVE(isolate__closePort) {
  il_event_close_port(&call->isolate->ports, (uint32_t)call->args[0]);
  RETURN_VALUE(VALUE_NULL);
}

// void _setPortHandler(int number, Object handler)
NATIVE(isolate__setPortHandler) {
  PortEntry *entry =
      il_event_find_port(&call->isolate->ports, (uint32_t)call->args[1]);
  if (entry) entry->handler = call->args[0];
  RETURN_VALUE(VALUE_NULL);
}

// void _setPortKeepsAlive(int number, bool keeps)
NATIVE(isolate__setPortKeepsAlive) {
  il_event_set_keeps_alive(&call->isolate->ports, (uint32_t)call->args[0],
                           call->args[1]);
  RETURN_VALUE(VALUE_NULL);
}

// SendPort _sendPortOf(int number)
NATIVE(isolate__sendPortOf) {
  if (!has_room(call, WORD_BYTES)) return NEED(WORD_BYTES);
  RETURN_VALUE(
      new_word(call, CLASS_SEND_PORT,
               il_port_make(call->isolate->slot, (uint32_t)call->args[0])));
}

// SendPort _ownControlPort()
NATIVE(isolate__ownControlPort) {
  if (!has_room(call, WORD_BYTES)) return NEED(WORD_BYTES);
  RETURN_VALUE(
      new_word(call, CLASS_SEND_PORT, il_isolate_control(call->isolate)));
}

// Capability _ownCapability(bool terminate)
NATIVE(isolate__ownCapability) {
  if (!has_room(call, WORD_BYTES)) return NEED(WORD_BYTES);
  Isolate *isolate = call->isolate;
  RETURN_VALUE(new_word(call, CLASS_CAPABILITY,
                        call->args[0] ? isolate->terminate_capability
                                      : isolate->pause_capability));
}

// String? _debugNameOf(SendPort control): only the isolate itself has its name,
// which lies in its heap.
NATIVE(isolate__debugNameOf) {
  bool is_own = word_of(call->args[0]) == il_isolate_control(call->isolate);
  RETURN_VALUE(is_own ? call->isolate->name : VALUE_NULL);
}

// ---- copying a message ---------------------------------------------------

// An ArgumentError that names the class of what cannot be sent.
static NativeOutcome throw_unsendable(NativeCall *call, Value culprit) {
  const ClassCode *class =
      il_program_class(call->program, il_value_class(culprit));
  Text name = il_name_text(il_program_names(call->program), class->name);
  char words[256];
  int length =
      snprintf(words, sizeof words,
               "Illegal argument in isolate message: object is "
               "unsendable - Class: %.*s",
               (int)(name.length < 150 ? name.length : 150), name.bytes);
  size_t bytes = il_string_size_bytes((uint64_t)length, false);
  if (!has_room(call, bytes)) return NEED(bytes);
  const uint64_t args[] = {VALUE_NULL, VALUE_NULL,
                           new_string(call, (Text){words, (uint32_t)length})};
  return il_throw_core_error(call, CORE_ARGUMENT_ERROR, args, 3);
}

static MessageSource source_of(NativeCall *call, bool to_other_group) {
  return (MessageSource){.heap = call->heap,
                         .program = call->program,
                         .pool = call->isolate->group->pool,
                         .cache = mails_of(call),
                         .to_other_group = to_other_group};
}

static NativeOutcome fail_copy(NativeCall *call, MessageResult result,
                               Value culprit) {
  return result == MESSAGE_UNSENDABLE ? throw_unsendable(call, culprit)
                                      : throw_no_memory(call);
}

// Does another group live in the slot? A port of the host belongs to nobody.
static bool is_foreign(const NativeCall *call, Slot *slot) {
  const Group *group =
      slot ? atomic_load_explicit(&slot->group, memory_order_relaxed) : NULL;
  return group && group != call->isolate->group;
}

// Copies a value to a mail: NATIVE_VALUE and *mail, or how the native must end.
// A large graph is copied by the event loop in slices while this native counts
// as blocked; it runs again at stage 1, when this function finds the mail.
static NativeOutcome copy_value(NativeCall *call, Value value, PortId port,
                                bool to_other_group, Mail **mail) {
  IsolateExtra *extra = call->isolate->extra;
  if (call->stage == 0 && il_value_is_small(value) && !to_other_group) {
    *mail = il_mail_new(mails_of(call), MAIL_MESSAGE, 0);
    if (!*mail) return throw_no_memory(call);
    (*mail)->port = port;
    (*mail)->root = value;
    return NATIVE_VALUE;
  }
  if (call->stage == 0) {
    MessageSource source = source_of(call, to_other_group);
    MessageCopy *copy = NULL;
    Value culprit = VALUE_NULL;
    MessageResult result =
        il_message_copy(&source, value, port, mail, &copy, &culprit);
    if (result == MESSAGE_DONE) return NATIVE_VALUE;
    if (result != MESSAGE_MORE) return fail_copy(call, result, culprit);
    il_isolate_extra(call->isolate)->copy = copy;
    return NATIVE_BLOCKED;
  }
  if (extra->copy_result != MESSAGE_DONE) {
    return fail_copy(call, extra->copy_result, extra->copy_culprit);
  }
  *mail = extra->copy_mail;
  extra->copy_mail = NULL;
  extra->copy_culprit = 0;
  return NATIVE_VALUE;
}

// The same for what is known to be small enough to be copied at once.
static MessageResult copy_at_once(NativeCall *call, Value value, PortId port,
                                  Mail **mail) {
  Slot *slot = il_port_find(&realm_of(call)->ports, port);
  MessageSource source = source_of(call, is_foreign(call, slot));
  MessageCopy *copy = NULL;
  Value culprit;
  MessageResult result =
      il_message_copy(&source, value, port, mail, &copy, &culprit);
  if (result != MESSAGE_MORE) return result;
  return il_message_continue(copy, SIZE_MAX / 2, mail, &culprit);
}

static void send_mail(NativeCall *call, Mail *mail) {
  Realm *realm = realm_of(call);
  call->isolate->sent_count++;
  il_mail_send(&realm->ports, mails_of(call), call->isolate->worker, mail);
}

// ---- sending -------------------------------------------------------------

// void SendPort.send(Object? message)
NATIVE(isolate__SendPort_send) {
  PortId port = word_of(call->args[0]);
  Slot *slot = il_port_find(&realm_of(call)->ports, port);
  if (!slot && call->stage == 0) RETURN_VALUE(VALUE_NULL);  // nobody is there
  Mail *mail;
  NativeOutcome outcome =
      copy_value(call, call->args[1], port, is_foreign(call, slot), &mail);
  if (outcome != NATIVE_VALUE) return outcome;
  send_mail(call, mail);
  RETURN_VALUE(VALUE_NULL);
}

// ---- spawning ------------------------------------------------------------

enum {
  START_BYTES = 16 + 3 * 8,  // an _Array: entry, message, name
  SPAWN_BYTES = START_BYTES + 3 * WORD_BYTES,
  // Fields of Isolate.
  ISOLATE_CONTROL = 0,
  ISOLATE_PAUSE,
  ISOLATE_TERMINATE,
};

// The response that an exit listener given to spawn gets: null.
static Mail *new_exit_response(NativeCall *call, PortId port) {
  Mail *mail = il_mail_new(mails_of(call), MAIL_MESSAGE, 0);
  if (mail) mail->port = port;
  return mail;
}

static void set_word(NativeCall *call, uint32_t field, ClassId class,
                     uint64_t bits) {
  Object *isolate = il_value_object(call->args[0]);
  il_heap_store(call->heap, isolate, &isolate->words[field],
                new_word(call, class, bits));
}

// Fills the Isolate in args[0]; there is room.
static void fill_isolate(NativeCall *call, const Spawned *spawned) {
  set_word(call, ISOLATE_CONTROL, CLASS_SEND_PORT, spawned->control);
  set_word(call, ISOLATE_PAUSE, CLASS_CAPABILITY, spawned->pause_capability);
  set_word(call, ISOLATE_TERMINATE, CLASS_CAPABILITY,
           spawned->terminate_capability);
}

// What the new isolate's first event is about, as one graph; there is room.
static Value new_start(NativeCall *call, Value entry, Value message,
                       Value name) {
  Object *start = new_object(call, CLASS_ARRAY, START_BYTES);
  start->words[ARRAY_LENGTH] = 3;
  start->words[ARRAY_ITEMS] = entry;
  start->words[ARRAY_ITEMS + 1] = message;
  start->words[ARRAY_ITEMS + 2] = name;
  return il_value_of(start);
}

// bool _spawn(Isolate isolate, Function entry, Object? message, bool paused,
//             bool errorsAreFatal, SendPort? onExit, SendPort? onError,
//             String? debugName)
NATIVE(isolate__spawn) {
  // Everything is allocated before anything is done.
  if (!has_room(call, SPAWN_BYTES)) return NEED(SPAWN_BYTES);
  Value start = VALUE_NULL;
  if (call->stage == 0) {
    start = new_start(call, call->args[1], call->args[2], call->args[5]);
  }
  Mail *mail;
  NativeOutcome outcome = copy_value(call, start, 0, false, &mail);
  if (outcome != NATIVE_VALUE) return outcome;
  SpawnOptions options = {.errors_fatal = call->args[7],
                          .is_paused = call->args[6],
                          .on_error = word_or_0(call->args[4]),
                          .worker = call->isolate->worker,
                          .limits = call->isolate->limits};
  PortId on_exit = word_or_0(call->args[3]);
  if (on_exit) options.on_exit = new_exit_response(call, on_exit);
  Spawned spawned;
  Status status = il_isolate_spawn(call->isolate->group, SPAWN_ENTRY, mail,
                                   &options, &spawned);
  if (status == IL_LIMIT) RETURN_VALUE(false);
  if (status != IL_OK) return throw_no_memory(call);
  fill_isolate(call, &spawned);
  RETURN_VALUE(true);
}

static void append_string(TextBuilder *builder, Value value) {
  const Object *string = il_value_object(value);
  uint32_t units = (uint32_t)string->words[STRING_LENGTH_WORD];
  if (il_object_class(string) == CLASS_ONE_BYTE_STRING) {
    il_utf_append_latin1(builder, (const uint8_t *)&string->words[1], units);
  } else {
    il_utf_append_units(builder, (const uint16_t *)&string->words[1], units);
  }
}

static NativeOutcome throw_unsupported(NativeCall *call, Text text) {
  size_t bytes = il_string_size_bytes(text.length, false);
  if (!has_room(call, bytes)) return NEED(bytes);
  const uint64_t args[] = {new_string(call, text)};
  return il_throw_core_error(call, CORE_UNSUPPORTED_ERROR, args, 1);
}

// void _spawnUri(String uri, List<String> arguments, Object? message,
//                bool paused, bool errorsAreFatal, SendPort? onExit,
//                SendPort? onError, String? debugName, SendPort reply,
//                String? packageConfig)
NATIVE(isolate__spawnUri) {
  Realm *realm = realm_of(call);
  if (!realm->hooks.spawn_uri) {
    return throw_unsupported(call, TEXT("Isolate.spawnUri: the host has not "
                                        "allowed it"));
  }
  if (!has_room(call, START_BYTES)) return NEED(START_BYTES);
  Value start = VALUE_NULL;
  if (call->stage == 0) {
    start = new_start(call, call->args[1], call->args[2], call->args[5]);
  }
  Mail *mail;
  NativeOutcome outcome = copy_value(call, start, 0, true, &mail);
  if (outcome != NATIVE_VALUE) return outcome;
  PortId on_exit = word_or_0(call->args[3]);
  SpawnUriRequest request = {
      .parent = call->isolate->group,
      .start = mail,
      .reply = word_of(call->args[6]),
      .options = {.is_paused = call->args[8],
                  .errors_fatal = call->args[9],
                  .on_exit = on_exit ? new_exit_response(call, on_exit) : NULL,
                  .on_error = word_or_0(call->args[4])},
  };
  TextBuilder uri, packages;
  il_text_builder_init(&uri);
  il_text_builder_init(&packages);
  append_string(&uri, call->args[0]);
  if (call->args[7] != VALUE_NULL) append_string(&packages, call->args[7]);
  request.uri = il_text_builder_text(&uri);
  request.package_config = il_text_builder_text(&packages);
  realm->hooks.spawn_uri(realm->hooks.context, &request);
  il_text_builder_drop(&uri);
  il_text_builder_drop(&packages);
  RETURN_VALUE(VALUE_NULL);
}

// Drops the text; an empty one stands for null.
static NativeOutcome return_text_or_null(NativeCall *call, TextBuilder *text) {
  Plain plain = {.kind = PLAIN_TEXT, .as.text = il_text_builder_text(text)};
  if (plain.as.text.length == 0) plain.kind = PLAIN_NULL;
  Value value;
  bool went_well = il_plain_to_value(call->isolate->group, call->heap, &plain,
                                     &value);
  il_text_builder_drop(text);
  if (!went_well) return throw_no_memory(call);
  RETURN_VALUE(value);
}

// String? _packageConfigText(), String? _resolvePackage(String uri)
NATIVE(isolate__packageConfigText) {
  Realm *realm = realm_of(call);
  TextBuilder text;
  il_text_builder_init(&text);
  if (realm->hooks.package_config) {
    realm->hooks.package_config(realm->hooks.context, call->isolate->group,
                                &text);
  }
  return return_text_or_null(call, &text);
}
NATIVE(isolate__resolvePackage) {
  Realm *realm = realm_of(call);
  TextBuilder uri, text;
  il_text_builder_init(&uri);
  il_text_builder_init(&text);
  append_string(&uri, call->args[0]);
  if (realm->hooks.resolve_package) {
    realm->hooks.resolve_package(realm->hooks.context, call->isolate->group,
                                 il_text_builder_text(&uri), &text);
  }
  il_text_builder_drop(&uri);
  return return_text_or_null(call, &text);
}

// ---- exit ----------------------------------------------------------------

// The machine's driver finds that it must stop; the frames are forgotten.
static NativeOutcome stop(NativeCall *call, bool has_failed) {
  il_isolate_end_soon(call->isolate, has_failed);
  il_machine_stop(call->machine);
  return NATIVE_BLOCKED;
}

// void _exit(SendPort? port, Object? message)
NATIVE(isolate__exit) {
  PortId port = word_or_0(call->args[0]);
  if (!port) return stop(call, false);
  Slot *slot = il_port_find(&realm_of(call)->ports, port);
  Mail *mail;
  bool is_own_group = !is_foreign(call, slot);
  NativeOutcome outcome =
      copy_value(call, call->args[1], port, !is_own_group, &mail);
  if (outcome == NATIVE_BLOCKED && is_own_group)
    il_farewell_begin(call->isolate, call->args[1], port);
  if (outcome != NATIVE_VALUE) return outcome;
  il_isolate_extra(call->isolate)->last_words = mail;
  return stop(call, false);
}

// ---- control messages ----------------------------------------------------

// The order of dart:isolate's _Request.
static const uint8_t request_kinds[] = {
    MAIL_KILL,      MAIL_PAUSE,        MAIL_RESUME,
    MAIL_PING,      MAIL_ADD_EXIT,     MAIL_REMOVE_EXIT,
    MAIL_ADD_ERROR, MAIL_REMOVE_ERROR, MAIL_SET_FATAL,
};

// void _sendControl(int request, SendPort control, Capability? capability,
//                   SendPort? target, Object? response, int priority)
// The response is the token of pause and resume, and the priority is the flag
// of setErrorsFatal.
NATIVE(isolate__sendControl) {
  ControlRequest request = {
      .kind = (MailKind)request_kinds[call->args[4]],
      .isolate = word_of(call->args[0]),
      .capability = word_or_0(call->args[1]),
      .target = word_or_0(call->args[2]),
  };
  if (request.kind == MAIL_PAUSE || request.kind == MAIL_RESUME) {
    request.token = word_of(call->args[3]);
  } else if (request.kind == MAIL_SET_FATAL) {
    request.flag = call->args[5] != 0;
  } else {
    request.priority = (uint8_t)call->args[5];
  }
  if (request.kind == MAIL_PING || request.kind == MAIL_ADD_EXIT) {
    Slot *slot = il_port_find(&realm_of(call)->ports, request.target);
    NativeOutcome outcome =
        copy_value(call, call->args[3], request.target, is_foreign(call, slot),
                   &request.response);
    if (outcome != NATIVE_VALUE) return outcome;
  }
  il_control_send(realm_of(call), il_isolate_cache(call->isolate),
                  call->isolate->worker, &request);
  // An isolate's requests to itself take effect before the next instruction.
  il_machine_preempt(call->machine);
  RETURN_VALUE(VALUE_NULL);
}

// ---- uncaught errors -----------------------------------------------------

// bool _tellErrorListeners(List<String> parts)
NATIVE(isolate__tellErrorListeners) {
  IsolateExtra *extra = call->isolate->extra;
  bool was_told = false;
  for (uint32_t i = 0; extra && i < extra->error_listeners.count; i++) {
    Mail *mail;
    PortId port = extra->error_listeners.items[i];
    if (copy_at_once(call, call->args[0], port, &mail) != MESSAGE_DONE) {
      continue;
    }
    send_mail(call, mail);
    was_told = true;
  }
  RETURN_VALUE(was_told);
}

// void _printUncaught(String text)
NATIVE(isolate__printUncaught) {
  Realm *realm = realm_of(call);
  if (!realm->hooks.report_error) RETURN_VALUE(VALUE_NULL);
  TextBuilder text;
  il_text_builder_init(&text);
  append_string(&text, call->args[0]);
  realm->hooks.report_error(realm->hooks.context, call->isolate,
                            il_text_builder_text(&text));
  il_text_builder_drop(&text);
  RETURN_VALUE(VALUE_NULL);
}

// void _endIfErrorsFatal()
NATIVE(isolate__endIfErrorsFatal) {
  if (call->isolate->errors_fatal) return stop(call, true);
  RETURN_VALUE(VALUE_NULL);
}
