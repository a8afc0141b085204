// call.c: Dart functions called by the host.
//
// An isolate that stays has a port, its first, at which dart:isolate's
// _runHosted listens: a request there is a list of a number, a function and its
// arguments, and null closes the port. The reply, a list of that number, true
// or false, and the value or the error's text, comes to `replies`, and so does,
// as the last of all, null: the isolate has ended.

#include <string.h>

#include "base/memory.h"
#include "embed/runtime.h"

struct IsleAnswer {
  IsleRuntime *runtime;
  IsleIsolate *isolate;        // under the runtime's lock; NULL: freed or over
  IsleAnswer *next, *previous;
  _Atomic(int) state;          // AnswerState; the deliverer stores (release)
  Arena arena;
  IsleValue value;
  const char *text;            // of the error
};

typedef enum {
  ANSWER_OPEN,
  ANSWER_VALUE,
  ANSWER_ERROR,
  ANSWER_NONE,  // there will be none
} AnswerState;

enum { CALL_PORT_NUMBER = 1 };  // of _runHosted's port

// ---- delivery ------------------------------------------------------------

static IsleAnswer *find(IsleRuntime *r, const IsleIsolate *i, int64_t number) {
  IsleAnswer *a = r->answers;
  while (a && (a->isolate != i || (int64_t)(intptr_t)a != number)) a = a->next;
  return a;
}

static void settle(IsleAnswer *a, const Plain *parts) {
  bool is_value = parts[1].kind == PLAIN_BOOL && parts[1].as.truth;
  Plain value = il_embed_copy(&a->arena, &parts[2]);
  a->isolate = NULL;
  if (is_value) {
    a->value = il_embed_value(&a->arena, &value);
  } else {
    a->text = value.kind == PLAIN_TEXT ? value.as.text.bytes : "";
  }
  atomic_store(&a->state, is_value ? ANSWER_VALUE : ANSWER_ERROR);
}

// Under the lock: nothing more will come.
static void give_up(IsleRuntime *r, const IsleIsolate *i) {
  for (IsleAnswer *a = r->answers; a; a = a->next) {
    if (a->isolate != i) continue;
    a->isolate = NULL;
    atomic_store(&a->state, ANSWER_NONE);
  }
}

void il_call_deliver(void *context, Mail *mail) {
  IsleIsolate *i = context;
  IsleRuntime *r = i->runtime;
  Arena arena;
  il_arena_init(&arena);
  Plain plain = il_plain_from_mail(i->group, mail, &arena);
  il_lock_take(&r->lock);
  if (plain.kind == PLAIN_LIST && plain.as.list.count == 3) {
    IsleAnswer *a = find(r, i, plain.as.list.items[0].as.integer);
    if (a) settle(a, plain.as.list.items);
  } else {
    i->is_over = true;
    give_up(r, i);
  }
  il_lock_release(&r->lock);
  il_arena_drop(&arena);
  il_mail_free(NULL, mail);
  il_sched_notify(r->realm->sched);
}

void il_call_detach(IsleIsolate *i) {
  il_lock_take(&i->runtime->lock);
  give_up(i->runtime, i);
  il_lock_release(&i->runtime->lock);
}

// ---- calling -------------------------------------------------------------

static PortId call_port(const IsleIsolate *i) {
  return i->control | CALL_PORT_NUMBER;
}

// Errors that need no isolate.
static const Function *find_function(const IsleIsolate *i, const char *name,
                                     size_t count, IsleError **error) {
  const IsleProgram *p = i->group->host;
  const Export *e = p->exports, *end = e + p->export_count;
  while (e < end && !il_text_equal(e->name, il_text_of(name))) e++;
  if (e == end) {
    il_error_set(error, ISLE_ERROR_NOT_FOUND,
                 "Error: the program has no function '%s'.", name);
    return NULL;
  }
  const Function *f = il_program_function(p->program, e->function);
  if (count >= f->required_count &&
      count <= (size_t)f->required_count + f->optional_count) {
    return f;
  }
  il_error_set(error, ISLE_ERROR_ARGUMENT,
               "Error: '%s' was called with %zu arguments; it takes %u to %u.",
               name, count, f->required_count,
               (unsigned)f->required_count + f->optional_count);
  return NULL;
}

static IsleAnswer *new_answer(IsleIsolate *i) {
  IsleRuntime *r = i->runtime;
  IsleAnswer *a = il_memory_zalloc(sizeof *a);
  il_arena_init(&a->arena);
  a->runtime = r;
  a->isolate = i;
  il_lock_take(&r->lock);
  a->next = r->answers;
  if (a->next) a->next->previous = a;
  r->answers = a;
  if (i->is_over) {
    a->isolate = NULL;
    atomic_store(&a->state, ANSWER_NONE);
  }
  il_lock_release(&r->lock);
  return a;
}

// The mail of a call; NULL after an error.
static Mail *make_request(IsleIsolate *i, const Function *f, IsleAnswer *a,
                          const IsleValue *arguments, size_t count,
                          IsleError **error) {
  Arena arena;
  il_arena_init(&arena);
  IsleValue list = isle_list(arguments, count);
  Plain plain;
  Mail *mail = NULL;
  if (il_embed_plain(&arena, &list, &plain)) {
    const CodeParameter *parameters =
        IL_REL(const CodeParameter, f->parameters);
    for (size_t k = 0; k < count; k++) {
      Plain *item = (Plain *)(uintptr_t)&plain.as.list.items[k];
      il_plain_declare(i->group, item, parameters[k].type);
    }
    Plain items[] = {
        {.kind = PLAIN_INT, .as.integer = (int64_t)(intptr_t)a},
        {.kind = PLAIN_FUNCTION, .as.function = f->id},
        plain,
    };
    Plain request = {.kind = PLAIN_LIST, .as.list = {items, 3, TYPE_ID_NONE}};
    mail = il_plain_to_mail(i->group, call_port(i), &request);
    if (!mail) {
      il_error_set(error, ISLE_ERROR_MEMORY, "Error: out of memory.");
    }
  } else {
    il_embed_bad_value(error);
  }
  il_arena_drop(&arena);
  return mail;
}

IsleAnswer *isle_isolate_call(IsleIsolate *i, const char *function,
                              const IsleValue *arguments, size_t count,
                              IsleError **error) {
  if (!il_error_check(i, "isolate", error) ||
      !il_error_check(function, "function's name", error)) {
    return NULL;
  }
  if (!i->replies) {
    il_error_set(error, ISLE_ERROR_ARGUMENT,
                 "Error: the isolate was spawned without 'stays'.");
    return NULL;
  }
  const Function *f = find_function(i, function, count, error);
  if (!f) return NULL;
  IsleAnswer *a = new_answer(i);
  Mail *mail = make_request(i, f, a, arguments, count, error);
  if (mail && il_realm_send(i->runtime->realm, mail) != IL_OK) {
    il_error_set(error, ISLE_ERROR_CLOSED, "Error: the isolate has ended.");
    mail = NULL;
  }
  if (mail) return a;
  isle_answer_free(a);
  return NULL;
}

void isle_isolate_close(IsleIsolate *i) {
  if (!i || !i->replies) return;
  Plain null = {.kind = PLAIN_NULL};
  Mail *mail = il_plain_to_mail(i->group, call_port(i), &null);
  if (mail) il_realm_send(i->runtime->realm, mail);
}

// ---- answers -------------------------------------------------------------

static bool is_settled(void *context) {
  return atomic_load(&((IsleAnswer *)context)->state) != ANSWER_OPEN;
}

bool isle_answer_is_ready(const IsleAnswer *answer) {
  return !answer || is_settled((void *)(uintptr_t)answer);
}

const IsleValue *isle_answer_wait(IsleAnswer *a, IsleError **error) {
  if (!il_error_check(a, "answer", error)) return NULL;
  il_sched_run_until(a->runtime->realm->sched, is_settled, a);
  switch ((AnswerState)atomic_load(&a->state)) {
    case ANSWER_VALUE: return &a->value;
    case ANSWER_ERROR:
      il_error_set(error, ISLE_ERROR_UNCAUGHT, "%s", a->text);
      return NULL;
    case ANSWER_OPEN:
    case ANSWER_NONE: break;
  }
  il_error_set(error, ISLE_ERROR_CLOSED,
               "Error: the isolate ended without an answer.");
  return NULL;
}

void isle_answer_free(IsleAnswer *a) {
  if (!a) return;
  IsleRuntime *r = a->runtime;
  il_lock_take(&r->lock);
  if (a->previous) a->previous->next = a->next;
  else r->answers = a->next;
  if (a->next) a->next->previous = a->previous;
  il_lock_release(&r->lock);
  il_arena_drop(&a->arena);
  il_memory_free(a, sizeof *a);
}
