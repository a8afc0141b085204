// throw.c: unwinding by handler tables, and stack traces.
//
// A trace is an array of program points, taken where the error is thrown: the
// function's number (high 32 bits) and the word of its code. It is made
// readable when it is printed. From the frame of an async function that was
// resumed a trace goes on with the functions that await it.
#include "exec/throw.h"

#include <stdio.h>

#include "code/line.h"
#include "exec/step.h"

#define TRACE_LIMIT 1000u
// What stands in a trace where frames were not on the stack any more.
#define TRACE_SUSPENSION UINT64_MAX

// What calls main is left out, too.
static bool is_visible(const Machine *m, const Function *f) {
  return (f->flags & (CODE_IS_INVISIBLE | CODE_IS_THUNK)) == 0 &&
         f->id != il_program_core_function(m->world->program, CORE_RUN_MAIN);
}

// The points of a trace, or only how many there are.
typedef struct {
  const Machine *m;
  uint64_t *points;  // NULL: they are counted
  uint32_t count;
} Trace;

static void add_point(Trace *t, const Function *f, uint64_t pc) {
  if (!is_visible(t->m, f) || t->count >= TRACE_LIMIT) return;
  if (pc > 0) pc--;
  if (t->points) t->points[t->count] = (uint64_t)f->id << 32 | pc;
  t->count++;
}

static void add_suspension(Trace *t) {
  if (t->count >= TRACE_LIMIT) return;
  if (t->points) t->points[t->count] = TRACE_SUSPENSION;
  t->count++;
}

// ---- who waits.  A future that is not complete knows its listeners: the next
// frame of a trace is the one that awaits it.

// A field of an object of dart:async; NULL when it has none of that name.
static const uint64_t *find_field(const Machine *m, Value v, const char *name) {
  if (v == 0 || il_value_is_small(v)) return NULL;
  const ClassCode *c = m->world->tables.classes[il_value_class(v)];
  uint32_t base = 1u + c->has_vector;
  if (!c->field_names || c->instance_words <= base) return NULL;
  const Name *names = IL_REL(const Name, c->field_names);
  const NameTable *table = il_program_names(m->world->program);
  for (uint32_t i = 0; i < c->instance_words - base; i++) {
    Text text = il_name_public_text(table, names[i]);
    if (!il_text_equal(text, il_text_of(name))) continue;
    return &il_value_object(v)->words[base - 1 + i];
  }
  return NULL;
}

static const Coroutine *coroutine_of(const Machine *m, Value listener) {
  const uint64_t *field = find_field(m, listener, "_coroutine");
  if (!field || il_value_class(*field) != CLASS_COROUTINE) return NULL;
  return (const Coroutine *)il_value_object(*field);
}

static void add_waiting(Trace *t, Value future) {
  const Machine *m = t->m;
  for (uint32_t step = 0; step < TRACE_LIMIT && t->count < TRACE_LIMIT;
       step++) {
    const uint64_t *state = find_field(m, future, "_state");
    const uint64_t *listener = find_field(m, future, "_result");
    if (!state || !listener || *state != 0) return;
    const Coroutine *c = coroutine_of(m, *listener);
    if (c) {
      const Function *f = m->world->tables.functions[c->function];
      add_point(t, f, c->pc - 1);
      add_suspension(t);
      future = c->future;
      continue;
    }
    const uint64_t *target = find_field(m, *listener, "_target");
    if (!target) return;
    future = *target;
  }
}

// The coroutine of a frame that has been suspended before: who resumed it is a
// listener that knows it.
static const Coroutine *resumed_coroutine(const Machine *m, const uint64_t *fp,
                                          const Function *f) {
  if (!(f->flags & CODE_IS_ASYNC) || il_frame_is_base(fp)) return NULL;
  const uint64_t *caller = fp - il_frame_link(fp);
  if (il_frame_function(caller)->ref_arg_count == 0) return NULL;
  const Coroutine *c = coroutine_of(m, caller[0]);
  return c && c->function == f->id ? c : NULL;
}

// Calls for each frame to be shown, the newest first; returns how many.
static uint32_t collect_points(const Machine *m, uint64_t *points) {
  const uint64_t *fp = m->fp;
  const Instruction *pc = m->pc;
  Trace t = {m, points, 0};
  while (t.count < TRACE_LIMIT) {
    const Function *f = il_frame_function(fp);
    add_point(&t, f, (uint64_t)(pc - il_function_code(f)));
    const Coroutine *c = resumed_coroutine(m, fp, f);
    if (c) {
      add_suspension(&t);
      add_waiting(&t, c->future);
      break;
    }
    if (il_frame_is_base(fp)) break;
    pc = il_frame_return_pc(fp);
    fp -= il_frame_link(fp);
  }
  return t.count;
}

size_t il_throw_trace_bytes(const Machine *m) {
  return 8 * (2 + (size_t)collect_points(m, NULL));
}

Value il_throw_trace(Machine *m) {
  uint32_t count = collect_points(m, NULL);
  Object *o = il_heap_allocate(m->heap, 8 * (2 + (size_t)count));
  if (!o) return 0;
  o->header = il_header(CLASS_STACK_TRACE_VALUE, 0);
  o->words[0] = count;
  collect_points(m, o->words + 1);
  return il_value_of(o);
}

// Finds the handler of a frame for a fault before pc; NULL when there is none.
static const CodeHandler *find_handler(const uint64_t *fp,
                                       const Instruction *pc) {
  const Function *f = il_frame_function(fp);
  const CodeHandler *h = IL_REL(const CodeHandler, f->handlers);
  uint32_t at = (uint32_t)(pc - il_function_code(f)) - 1;
  for (uint32_t i = 0; i < f->handler_count; i++) {
    if (at >= h[i].start && at < h[i].end) return &h[i];
  }
  return NULL;
}

// The slack is closed again once the stack is below it.
static void close_slack(Machine *m) {
  if (!m->is_overflowing) return;
  uint64_t *limit = m->stack + m->stack_words;
  if (m->fp + il_frame_function(m->fp)->top_words > limit) return;
  m->is_overflowing = 0;
  m->limit = limit;
}

static Step unwind(Machine *m) {
  for (;;) {
    const CodeHandler *h = find_handler(m->fp, m->pc);
    if (h) {
      if (h->exception != REG_NONE) m->fp[h->exception] = m->error;
      if (h->trace != REG_NONE) m->fp[h->trace] = m->trace;
      m->pc = il_function_code(il_frame_function(m->fp)) + h->target;
      m->error = m->trace = VALUE_NULL;
      close_slack(m);
      return STEP_GO;
    }
    if (il_frame_is_base(m->fp)) break;
    m->pc = il_frame_return_pc(m->fp);
    m->fp -= il_frame_link(m->fp);
  }
  m->outcome = MACHINE_THREW;
  return STEP_LEAVE;
}

// An Error keeps the trace of its first throw, in its one field.
static void keep_trace(Machine *m, Value error, Value trace) {
  if (il_value_is_small(error)) return;
  Object *o = il_value_object(error);
  ClassId c = il_object_class(o);
  while (c != CLASS_ERROR) {
    if (c == CLASS_OBJECT || c == 0) return;
    c = m->world->tables.classes[c]->superclass;
  }
  if ((o->header & HEADER_SHARED) || o->words[ERROR_TRACE] != VALUE_NULL)
    return;
  il_heap_store(m->heap, o, &o->words[ERROR_TRACE], trace);
}

Step il_throw(Machine *m, Value error, Value trace) {
  m->error = error;
  m->outgoing_refs = 0;
  if (trace == 0) {
    trace = il_throw_trace(m);
    if (trace == 0) {
      // May move the error, which is a root.
      m->trace = VALUE_NULL;
      Status s = il_heap_reserve(m->heap, il_throw_trace_bytes(m));
      trace = s == IL_OK ? il_throw_trace(m) : 0;
    }
  }
  if (trace == 0 || trace == VALUE_NULL) trace = VALUE_NO_TRACE;
  m->trace = trace;
  keep_trace(m, m->error, trace);
  return unwind(m);
}

Step il_throw_core(Machine *m, CoreFunction id, const uint64_t *args,
                   uint32_t count) {
  FunctionId f = il_program_core_function(m->world->program, id);
  if (f == 0) IL_FATAL("the core library lacks a function of the machine");
  m->outgoing_refs = 0;
  if (!il_stack_push_stub(m, STUB_THROW, 0)) return il_stack_overflow(m);
  uint64_t *out = il_frame_outgoing(m);
  for (uint32_t i = 0; i < count; i++) out[i] = args[i];
  return il_stack_enter(m, m->world->tables.functions[f]);
}

Step il_throw_out_of_memory(Machine *m) {
  return il_throw_core(m, CORE_OUT_OF_MEMORY_ERROR, NULL, 0);
}

Step il_slow_collect(Machine *m, size_t size_bytes, uint32_t words) {
  if (il_heap_reserve(m->heap, size_bytes) != IL_OK) {
    return il_throw_out_of_memory(m);
  }
  m->outgoing_refs = 0;
  m->pc -= words;
  return STEP_GO;
}

// ---- printing

void il_throw_report_type(Machine *m, TypeId type, TypeId wanted) {
  const Program *p = m->world->program;
  TextBuilder text;
  il_text_builder_init(&text);
  const NameTable *names = il_program_names(p);
  il_class_print_type(m->world->types, names, type, &text);
  il_text_append_string(&text, " where this should be: ");
  il_class_print_type(m->world->types, names, wanted, &text);
  fprintf(stderr, "%s in %.*s\n", il_text_builder_string(&text),
          TEXT_ARG(il_name_text(names, il_frame_function(m->fp)->name)));
  il_text_builder_drop(&text);
}

void il_throw_append_trace(const Program *p, const Object *trace,
                           TextBuilder *out) {
  const NameTable *names = il_program_names(p);
  uint64_t number = 0;
  for (uint64_t i = 0; i < trace->words[0]; i++) {
    uint64_t point = trace->words[1 + i];
    if (point == TRACE_SUSPENSION) {
      il_text_append_string(out, "<asynchronous suspension>\n");
      continue;
    }
    const Function *f = il_program_function(p, (FunctionId)(point >> 32));
    Text name = il_name_public_text(names, f->name);
    Text uri = il_name_text(names, f->uri);
    il_text_append_format(out, "#%-6llu %.*s (%.*s",
                          (unsigned long long)number++, TEXT_ARG(name),
                          TEXT_ARG(uri));
    CodeLine place;
    if (il_line_find(f, (uint32_t)point, &place)) {
      il_text_append_format(out, ":%u:%u", place.line, place.column);
    }
    il_text_append_string(out, ")\n");
  }
}
