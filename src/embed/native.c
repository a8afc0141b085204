// native.c: C functions of the host, called from Dart.
//
// An external member that the host has a native for is a Dart function whose
// NativeId lies behind the core's: all of those are il_embed_call_native. It
// reads arguments on demand, from the frame, and makes the result as plain
// data, so the host never sees an object. A reply that comes later is a Request
// without a helper thread: the isolate waits with its stack, whoever answers
// finishes the request, and the native runs again at stage 1.

#include <string.h>

#include "base/memory.h"
#include "code/program.h"
#include "embed/runtime.h"
#include "natives/native.h"

typedef enum { CALL_OPEN, CALL_RETURNED, CALL_THREW, CALL_LATER } CallState;

struct IsleCall {
  NativeCall *call;
  Arena arena;             // of what is read, and of the result
  IsleValue few[6];        // arguments, when they are no more
  IsleValue *arguments;    // those read; NULL: none yet
  CallState state;
  Plain result;            // RETURNED; THREW: the message
};

struct IsleReply {
  Request request;         // first
  Gate *gate;
  Arena arena;
  bool throws;
  Plain result;
};

// ---- binding -------------------------------------------------------------

// A native is named "add" or "host:game add".
static bool is_named(const char *spec, Text library, Text name) {
  const char *space = strrchr(spec, ' ');
  if (!space) return il_text_equal(il_text_of(spec), name);
  return il_text_equal(il_text_of(space + 1), name) &&
         il_text_equal(il_text_make(spec, (size_t)(space - spec)), library);
}

int32_t il_embed_find_native(const IsleProgramOptions *o, Text library,
                             Text name) {
  for (size_t i = 0; i < o->native_count; i++)
    if (is_named(o->natives[i].name, library, name)) return (int32_t)i;
  return -1;
}

NativeFn **il_embed_natives(Arena *arena, uint32_t count) {
  NativeFn **table = IL_NEW_ARRAY(arena, NativeFn *, IL_NATIVE_COUNT + count);
  memcpy(table, il_native_table, IL_NATIVE_COUNT * sizeof *table);
  for (uint32_t i = 0; i < count; i++)
    table[IL_NATIVE_COUNT + i] = il_embed_call_native;
  return table;
}

// ---- arguments -----------------------------------------------------------

static uint32_t parameter_count(const Function *f) {
  return (uint32_t)f->required_count + f->optional_count + f->named_count;
}

static Plain raw_plain(uint8_t rep, uint64_t word) {
  Plain plain = {.kind = PLAIN_INT, .as.integer = (int64_t)word};
  if (rep == REP_BOOL) {
    plain = (Plain){.kind = PLAIN_BOOL, .as.truth = word != 0};
  } else if (rep == REP_DOUBLE) {
    plain.kind = PLAIN_DOUBLE;
    memcpy(&plain.as.number, &word, sizeof word);
  }
  return plain;
}

// The words of the frame: references first, then raw ones, in declared order.
static Plain read_argument(IsleCall *c, uint32_t index) {
  const Function *f = c->call->self;
  const CodeParameter *parameters = IL_REL(const CodeParameter, f->parameters);
  uint32_t ref = 0, raw = f->ref_arg_count;
  for (uint32_t i = 0; i < index; i++) {
    if (parameters[i].rep == REP_REF) ref++;
    else raw++;
  }
  uint8_t rep = parameters[index].rep;
  if (rep != REP_REF) return raw_plain(rep, c->call->args[raw]);
  return il_plain_from_value(c->call->isolate->group, c->call->args[ref],
                             &c->arena);
}

size_t isle_call_count(const IsleCall *call) {
  return call ? parameter_count(call->call->self) : 0;
}

const IsleValue *isle_call_argument(IsleCall *c, size_t index) {
  static const IsleValue null = {.kind = ISLE_NULL};
  size_t count = isle_call_count(c);
  // When the reply is to come later the arguments may have changed hands.
  if (index >= count || c->state == CALL_LATER) return &null;
  if (!c->arguments) {
    c->arguments = count <= IL_COUNT_OF(c->few)
                       ? c->few
                       : IL_NEW_ARRAY(&c->arena, IsleValue, count);
    for (size_t i = 0; i < count; i++) {
      Plain plain = read_argument(c, (uint32_t)i);
      c->arguments[i] = il_embed_value(&c->arena, &plain);
    }
  }
  return &c->arguments[index];
}

// ---- answers -------------------------------------------------------------

// An own copy of the value, or the message of what is wrong with it: false.
static bool keep_value(Arena *arena, const IsleValue *value, Plain *kept) {
  Plain plain;
  if (il_embed_plain(arena, value, &plain)) {
    *kept = il_embed_copy(arena, &plain);
    return true;
  }
  *kept = (Plain){.kind = PLAIN_TEXT,
                  .as.text = TEXT("a native's result is of no known kind, "
                                  "nested too deeply, or too large")};
  return false;
}

static Plain keep_message(Arena *arena, const char *message) {
  Plain plain = {.kind = PLAIN_TEXT,
                 .as.text = il_text_of(message ? message : "")};
  return il_embed_copy(arena, &plain);
}

void isle_call_return(IsleCall *c, IsleValue result) {
  if (!c || c->state != CALL_OPEN) return;
  c->state = keep_value(&c->arena, &result, &c->result) ? CALL_RETURNED
                                                        : CALL_THREW;
}

void isle_call_throw(IsleCall *c, const char *message) {
  if (!c || c->state != CALL_OPEN) return;
  c->state = CALL_THREW;
  c->result = keep_message(&c->arena, message);
}

Gate *il_gate_new(void) {
  Gate *gate = il_memory_zalloc(sizeof *gate);
  il_lock_init(&gate->lock, RANK_RUNTIME);
  atomic_store(&gate->holders, 1);
  return gate;
}

void il_gate_release(Gate *gate) {
  if (atomic_fetch_sub(&gate->holders, 1) > 1) return;
  il_lock_drop(&gate->lock);
  il_memory_free(gate, sizeof *gate);
}

void il_gate_pass(Gate *gate) {
  il_lock_take(&gate->lock);
  il_lock_release(&gate->lock);
}

static void free_reply(Request *request) {
  IsleReply *reply = (IsleReply *)request;
  il_arena_drop(&reply->arena);
  il_memory_free(reply, sizeof *reply);
}

IsleReply *isle_call_later(IsleCall *c) {
  if (!c || c->state != CALL_OPEN) return NULL;
  IsleReply *reply = il_memory_try_alloc(sizeof *reply);
  if (!reply) return NULL;
  il_arena_init(&reply->arena);
  const IsleProgram *program = c->call->isolate->group->host;
  reply->gate = program->runtime->gate;
  atomic_fetch_add(&reply->gate->holders, 1);
  reply->request.free = free_reply;
  il_request_begin(c->call->isolate, &reply->request);
  c->state = CALL_LATER;
  return reply;
}

// The reply is its isolate's after this, or is freed.
static void finish_reply(IsleReply *reply) {
  Gate *gate = reply->gate;
  il_lock_take(&gate->lock);
  il_request_answer(&reply->request);
  il_lock_release(&gate->lock);
  il_gate_release(gate);
}

void isle_reply_return(IsleReply *reply, IsleValue result) {
  if (!reply) return;
  reply->throws = !keep_value(&reply->arena, &result, &reply->result);
  finish_reply(reply);
}

void isle_reply_throw(IsleReply *reply, const char *message) {
  if (!reply) return;
  reply->throws = true;
  reply->result = keep_message(&reply->arena, message);
  finish_reply(reply);
}

// ---- results -------------------------------------------------------------

static NativeOutcome throw_text(NativeCall *call, CoreFunction error,
                                Text text) {
  Plain plain = {.kind = PLAIN_TEXT, .as.text = text};
  Value message;
  if (!il_plain_to_value(call->isolate->group, call->heap, &plain, &message)) {
    return il_throw_core_error(call, CORE_OUT_OF_MEMORY_ERROR, NULL, 0);
  }
  const uint64_t args[] = {message};
  return il_throw_core_error(call, error, args, 1);
}

static NativeOutcome throw_misfit(NativeCall *call) {
  const Program *program = call->program;
  TextBuilder text;
  il_text_builder_init(&text);
  il_text_append_string(&text, "the host's native '");
  il_text_append(&text, il_name_public_text(il_program_names(program),
                                            call->self->name));
  il_text_append_string(&text, "' did not return what it is declared to: ");
  il_class_print_type(il_program_types(program), il_program_names(program),
                      call->self->result_type, &text);
  NativeOutcome outcome =
      throw_text(call, CORE_HOST_TYPE_ERROR, il_text_builder_text(&text));
  il_text_builder_drop(&text);
  return outcome;
}

static NativeOutcome return_raw(NativeCall *call, const Plain *plain) {
  switch ((Rep)call->self->result_rep) {
    case REP_INT:
      if (plain->kind != PLAIN_INT) return throw_misfit(call);
      RETURN_VALUE(plain->as.integer);
    case REP_BOOL:
      if (plain->kind != PLAIN_BOOL) return throw_misfit(call);
      RETURN_VALUE(plain->as.truth);
    default:
      if (plain->kind == PLAIN_INT) {
        il_native_return_double(call, (double)plain->as.integer);
      } else if (plain->kind == PLAIN_DOUBLE) {
        il_native_return_double(call, plain->as.number);
      } else {
        return throw_misfit(call);
      }
      return NATIVE_VALUE;
  }
}

// No collection comes before the native has returned: what has no room in the
// chunk that is being filled lies in chunks of its own.
static NativeOutcome return_plain(NativeCall *call, Plain *plain) {
  if (call->self->result_rep != REP_REF) return return_raw(call, plain);
  TypeId type = call->self->result_type;
  if (type == TYPE_ID_VOID) RETURN_VALUE(VALUE_NULL);
  Group *group = call->isolate->group;
  il_plain_declare(group, plain, type);
  Value value;
  if (!il_plain_to_value(group, call->heap, plain, &value)) {
    return il_throw_core_error(call, CORE_OUT_OF_MEMORY_ERROR, NULL, 0);
  }
  if (!il_test_is(group->world, value, type)) return throw_misfit(call);
  RETURN_VALUE(value);
}

// The native runs again: its reply may be there.
static NativeOutcome take_reply(NativeCall *call) {
  IsleReply *reply = (IsleReply *)il_request_take(call->isolate);
  if (!reply) return NATIVE_BLOCKED;
  NativeOutcome outcome =
      reply->throws
          ? throw_text(call, CORE_HOST_EXCEPTION, reply->result.as.text)
          : return_plain(call, &reply->result);
  free_reply(&reply->request);
  return outcome;
}

NativeOutcome il_embed_call_native(NativeCall *call) {
  if (call->stage > 0) return take_reply(call);
  const IsleProgram *program = call->isolate->group->host;
  const IsleNative *native =
      &program->options.natives[call->self->native - IL_NATIVE_COUNT];
  IsleCall c;
  c.call = call;
  il_arena_init(&c.arena);
  c.arguments = NULL;
  c.state = CALL_OPEN;
  c.result.kind = PLAIN_NULL;
  native->function(native->context, &c);
  NativeOutcome outcome = NATIVE_BLOCKED;
  if (c.state == CALL_THREW) {
    outcome = throw_text(call, CORE_HOST_EXCEPTION, c.result.as.text);
  } else if (c.state != CALL_LATER) {
    outcome = return_plain(call, &c.result);
  }
  il_arena_drop(&c.arena);
  return outcome;
}
