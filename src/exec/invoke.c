// invoke.c: calls that no row or shape leads to: dynamic calls, closures of
// another shape, Function.apply, tear-offs, noSuchMethod.
//
// Such a call leaves references in the outgoing area: the receiver or closure,
// positional and named arguments, then a type vector if type arguments are
// given. A Call says what they are. The target's own parameters say what it
// wants; bind() makes its frame's words from one for the other, checking types.
// The words are put together in a buffer, because a stub's frame (which boxes a
// raw result) goes where the arguments were. Nothing here collects between
// reading the arguments and entering the target.
#include "base/memory.h"
#include "exec/native_list.h"
#include "exec/step.h"
#include "object/object.h"

#define SMALL_CALL 40u

typedef struct {
  Name name;                 // of a dynamic call; NAME_call for closures
  uint8_t kind;              // MemberKind: METHOD also for operators
  bool is_checked;           // dynamic: argument types are not known
  uint32_t positional_count, named_count;
  const Name *names;
  TypeId vector;             // type arguments given; NONE
  ShapeId shape;             // 0 when called from C
  const Value *values;       // receiver, positional, named: outgoing area
} Call;

// The function called, and what its types are in terms of.
typedef struct {
  const Function *f;
  Value first;               // `this` or the closure
  TypeId class_vector, outer_vector, own_vector;
  uint32_t class_base;
} Target;

typedef enum { BIND_OK, BIND_MISMATCH, BIND_THROWN } Bound;

// ---- arguments to parameters

static int32_t find_named(const Call *c, Name name) {
  for (uint32_t i = 0; i < c->named_count; i++) {
    if (c->names[i] == name) return (int32_t)i;
  }
  return -1;
}

// The argument for parameter i, or NULL when none is given.
static const Value *find_argument(const Call *c, const Function *f,
                                  const CodeParameter *p, uint32_t i) {
  uint32_t positional = (uint32_t)f->required_count + f->optional_count;
  if (i < positional) {
    return i < c->positional_count ? &c->values[1 + i] : NULL;
  }
  int32_t k = find_named(c, p[i].name);
  return k < 0 ? NULL : &c->values[1 + c->positional_count + (uint32_t)k];
}

static bool counts_match(const Call *c, const Function *f) {
  uint32_t positional = (uint32_t)f->required_count + f->optional_count;
  if (c->positional_count < f->required_count ||
      c->positional_count > positional) {
    return false;
  }
  const CodeParameter *p = IL_REL(const CodeParameter, f->parameters);
  uint32_t used = 0;
  for (uint32_t i = positional; i < positional + f->named_count; i++) {
    if (find_named(c, p[i].name) >= 0) used++;
    else if (p[i].is_required) return false;
  }
  return used == c->named_count;
}

// The vector that the body gets: of outer functions, then its own.
static bool bind_types(Machine *m, const Call *c, Target *t,
                       TypeId *vector) {
  World *w = m->world;
  TypeTable *types = w->types->types;
  const Function *f = t->f;
  TypeId own = c->vector != TYPE_ID_NONE ? c->vector : t->own_vector;
  if (f->type_param_count == 0) {
    *vector = t->outer_vector;
    return c->vector == TYPE_ID_NONE;
  }
  if (own != TYPE_ID_NONE) {
    *vector = il_test_join(w, t->outer_vector, own);
    return il_type_get(types, own)->count == f->type_param_count;
  }
  // None given: the bounds, in which the parameters themselves are dynamic, or
  // dynamic where there is none.
  TypeId items[16];
  uint32_t count = f->type_param_count;
  if (count > IL_COUNT_OF(items)) return false;
  for (uint32_t i = 0; i < count; i++) items[i] = TYPE_ID_DYNAMIC;
  TypeId loose = il_test_join(w, t->outer_vector,
                              il_type_vector(types, items, count));
  const TypeId *bounds = IL_REL(const TypeId, f->type_bounds);
  for (uint32_t i = 0; i < count; i++) {
    if (bounds[i] == TYPE_ID_OBJECT_NULLABLE) continue;
    items[i] = il_test_instantiate(w, bounds[i], t->class_vector,
                                   t->class_base, loose);
  }
  *vector = il_test_join(w, t->outer_vector,
                         il_type_vector(types, items, count));
  return true;
}

static uint64_t unbox(Value v, uint8_t rep) {
  switch ((Rep)rep) {
    case REP_INT:
      return il_value_is_small(v) ? (uint64_t)il_value_small_get(v)
                                  : il_value_object(v)->words[0];
    case REP_DOUBLE:
      return il_value_object(v)->words[0];
    case REP_BOOL:
      return v == VALUE_TRUE;
    default:
      return v;
  }
}

static bool has_raw_class(Value v, uint8_t rep) {
  switch ((Rep)rep) {
    case REP_INT:
      return il_value_class(v) == CLASS_INT;
    case REP_DOUBLE:
      return il_value_class(v) == CLASS_DOUBLE;
    case REP_BOOL:
      return v == VALUE_TRUE || v == VALUE_FALSE;
    default:
      return true;
  }
}

// Throws the TypeError of a bad argument; the call's values are re-read from
// the outgoing area, since making objects may collect.
static Step throw_bad_argument(Machine *m, Value v, TypeId type, Name name) {
  Text text = il_name_public_text(il_program_names(m->world->program), name);
  size_t size = sizeof(TypeValue) + il_string_size_bytes(text.length, false);
  m->error = v;   // a root meanwhile
  if (il_heap_reserve(m->heap, size) != IL_OK) {
    return il_throw_out_of_memory(m);
  }
  Value args[3] = {m->error, il_slow_type_object(m, type),
                   il_slow_name_string(m, name)};
  m->error = VALUE_NULL;
  return il_throw_core(m, CORE_IMPLICIT_CAST_ERROR, args, 3);
}

static Step throw_bad_bound(Machine *m, TypeId argument, TypeId bound,
                            Name name) {
  Text text = il_name_public_text(il_program_names(m->world->program), name);
  size_t size =
      2 * sizeof(TypeValue) + il_string_size_bytes(text.length, false);
  if (il_heap_reserve(m->heap, size) != IL_OK) {
    return il_throw_out_of_memory(m);
  }
  Value args[3] = {il_slow_type_object(m, argument),
                   il_slow_type_object(m, bound),
                   il_slow_name_string(m, name)};
  return il_throw_core(m, CORE_BOUND_ERROR, args, 3);
}

// Type arguments that a dynamic call gives are within their bounds, which the
// body relies on.
static Bound check_bounds(Machine *m, const Call *c, const Target *t,
                          TypeId vector, Step *step) {
  World *w = m->world;
  const Function *f = t->f;
  if (!c->is_checked || c->vector == TYPE_ID_NONE) return BIND_OK;
  const TypeId *bounds = IL_REL(const TypeId, f->type_bounds);
  for (uint32_t i = 0; i < f->type_param_count; i++) {
    if (bounds[i] == TYPE_ID_OBJECT_NULLABLE) continue;
    TypeId bound = il_test_instantiate(w, bounds[i], t->class_vector,
                                       t->class_base, vector);
    TypeId argument = il_type_get(w->types->types, c->vector)->items[i];
    if (il_test_is_subtype(w, argument, bound)) continue;
    *step = throw_bad_bound(m, argument, bound, f->name);
    return BIND_THROWN;
  }
  return BIND_OK;
}

// Fills words with the frame's arguments.
static Bound bind(Machine *m, const Call *c, Target *t, uint64_t *words,
                  Step *step) {
  World *w = m->world;
  const Function *f = t->f;
  TypeId vector;
  if (!counts_match(c, f) || !bind_types(m, c, t, &vector)) {
    return BIND_MISMATCH;
  }
  if (check_bounds(m, c, t, vector, step) == BIND_THROWN) return BIND_THROWN;
  const CodeParameter *p = IL_REL(const CodeParameter, f->parameters);
  uint32_t count =
      (uint32_t)f->required_count + f->optional_count + f->named_count;
  uint64_t *ref = words, *raw = words + f->ref_arg_count;
  // A closure's body gets the closure, whatever it was made of.
  if ((f->flags & CODE_IS_CLOSURE) || !(f->flags & CODE_IS_STATIC)) {
    *ref++ = t->first;
  }
  if (f->flags & CODE_IS_GENERIC) *raw++ = vector;
  for (uint32_t i = 0; i < count; i++) {
    const Value *argument = find_argument(c, f, p, i);
    Value v = argument ? *argument : w->constants[p[i].default_value];
    if (argument && (c->is_checked || !has_raw_class(v, p[i].rep))) {
      TypeId type = il_test_instantiate(w, p[i].type, t->class_vector,
                                        t->class_base, vector);
      if (!il_test_is(w, v, type)) {
        *step = throw_bad_argument(m, v, type, p[i].name);
        return BIND_THROWN;
      }
    }
    if (p[i].rep == REP_REF) *ref++ = v;
    else *raw++ = unbox(v, p[i].rep);
  }
  return BIND_OK;
}

static const Stub boxing_stubs[] = {
    [REP_INT] = STUB_BOX_INT,
    [REP_DOUBLE] = STUB_BOX_DOUBLE,
    [REP_BOOL] = STUB_BOX_BOOL,
};

static Step enter_with(Machine *m, const Function *f, const uint64_t *words) {
  uint32_t count = (uint32_t)f->ref_arg_count + f->raw_arg_count;
  m->outgoing_refs = 0;
  if (f->result_rep != REP_REF &&
      !il_stack_push_stub(m, boxing_stubs[f->result_rep], 0)) {
    return il_stack_overflow(m);
  }
  if (!il_stack_reserve(m, count + FRAME_HEADER_WORDS)) {
    return il_stack_overflow(m);
  }
  uint64_t *out = il_frame_outgoing(m);
  for (uint32_t i = 0; i < count; i++) out[i] = words[i];
  return il_stack_enter(m, f);
}

static Step no_such_method(Machine *m, const Call *c);

static Step enter_target(Machine *m, const Call *c, Target *t) {
  const Function *f = t->f;
  uint32_t count = (uint32_t)f->ref_arg_count + f->raw_arg_count;
  uint64_t small[SMALL_CALL], *words = small;
  if (count > SMALL_CALL) words = il_memory_alloc(count * sizeof *words);
  Step step = STEP_GO;
  Bound bound = bind(m, c, t, words, &step);
  if (bound == BIND_OK) step = enter_with(m, f, words);
  if (words != small) il_memory_free(words, count * sizeof *words);
  return bound == BIND_MISMATCH ? no_such_method(m, c) : step;
}

// ---- targets

static Target target_of_member(Machine *m, FunctionId id, Value receiver) {
  const Function *f = m->world->tables.functions[id];
  Target t = {.f = f, .first = receiver};
  t.class_vector = il_test_vector_of(m->world, receiver);
  if (f->holder) {
    t.class_base = m->world->tables.classes[f->holder]->vector_base;
  }
  return t;
}

static Step call_closure(Machine *m, const Call *c) {
  Value closure = c->values[0];
  const Object *o = il_value_object(closure);
  const Function *f = m->world->tables.functions[il_closure_function(o)];
  if (il_closure_is_tear_off(f)) {
    Target t = target_of_member(m, f->id, o->words[CLOSURE_CAPTURES]);
    t.own_vector = il_closure_instantiation(o);
    return enter_target(m, c, &t);
  }
  Target t = {.f = f,
              .first = closure,
              .class_vector = il_closure_class_vector(o),
              .outer_vector = il_closure_function_vector(o),
              .own_vector = il_closure_instantiation(o)};
  return enter_target(m, c, &t);
}

// ---- noSuchMethod

// "foo=", which the compiler has interned for every setter and every dynamic
// assignment.
static Name setter_name(Machine *m, Name name) {
  const NameTable *names = il_program_names(m->world->program);
  Text text = il_name_text(names, name);
  char buffer[256];
  if (text.length >= sizeof buffer) return name;
  memcpy(buffer, text.bytes, text.length);
  buffer[text.length] = '=';
  Name found = il_name_find(names, (Text){buffer, text.length + 1});
  return found ? found : name;
}

// Objects for the Invocation: a symbol and four arrays. Their memory has been
// reserved, so nothing moves while they are made.
static void make_invocation(Machine *m, const Call *c, uint64_t *args) {
  World *w = m->world;
  SymbolValue *symbol = il_heap_allocate(m->heap, sizeof *symbol);
  symbol->header = il_header(CLASS_SYMBOL_VALUE, 0);
  symbol->text = VALUE_NULL;
  symbol->name = c->kind == MEMBER_SETTER ? setter_name(m, c->name) : c->name;
  const Type *types = c->vector == TYPE_ID_NONE
                          ? NULL
                          : il_type_get(w->types->types, c->vector);
  Array *type_array = il_slow_array(m, types ? types->count : 0);
  for (uint32_t i = 0; types && i < types->count; i++) {
    type_array->items[i] = il_slow_type_object(m, types->items[i]);
  }
  Array *positional = il_slow_array(m, c->positional_count);
  for (uint32_t i = 0; i < c->positional_count; i++) {
    positional->items[i] = c->values[1 + i];
  }
  Array *names = il_slow_array(m, c->named_count);
  Array *named = il_slow_array(m, c->named_count);
  for (uint32_t i = 0; i < c->named_count; i++) {
    SymbolValue *s = il_heap_allocate(m->heap, sizeof *s);
    s->header = il_header(CLASS_SYMBOL_VALUE, 0);
    s->text = VALUE_NULL;
    s->name = c->names[i];
    names->items[i] = il_value_of(s);
    named->items[i] = c->values[1 + c->positional_count + i];
  }
  args[0] = il_value_of(symbol);
  args[1] = il_value_of(type_array);
  args[2] = il_value_of(positional);
  args[3] = il_value_of(names);
  args[4] = il_value_of(named);
  args[5] = c->kind;   // as _Invocation's kinds; raw
}

static size_t invocation_bytes(Machine *m, const Call *c) {
  uint32_t types =
      c->vector == TYPE_ID_NONE
          ? 0
          : il_type_get(m->world->types->types, c->vector)->count;
  return sizeof(SymbolValue) * (1 + c->named_count) +
         sizeof(TypeValue) * types + 4 * sizeof(Array) +
         8 * ((size_t)types + c->positional_count + 2 * c->named_count);
}

// The values are in the outgoing area of m->fp.
static Step no_such_method(Machine *m, const Call *c) {
  if (il_heap_reserve(m->heap, invocation_bytes(m, c)) != IL_OK) {
    return il_throw_out_of_memory(m);
  }
  uint64_t args[6];
  make_invocation(m, c, args);
  Value receiver = c->values[0];
  m->outgoing_refs = 0;
  if (!il_stack_push_stub(m, STUB_NO_SUCH_METHOD, 0)) {
    return il_stack_overflow(m);
  }
  m->fp[STUB_REF0] = receiver;
  uint64_t *out = il_frame_outgoing(m);
  for (uint32_t i = 0; i < 6; i++) out[i] = args[i];
  FunctionId f =
      il_program_core_function(m->world->program, CORE_MAKE_INVOCATION);
  return il_stack_enter(m, m->world->tables.functions[f]);
}

// ---- dynamic calls

static FunctionId find(const Machine *m, Value receiver, Name name,
                       MemberKind kind) {
  return il_test_find_member(m->world, il_value_class(receiver), name, kind);
}

// The number of a record's field by its name; -1 when there is none.
static int32_t find_field(const Machine *m, Value receiver, Name name) {
  if (il_value_class(receiver) != CLASS_RECORD_VALUE) return -1;
  const RecordValue *r = (const RecordValue *)il_value_object(receiver);
  const Program *p = m->world->program;
  const CodeShape *s = il_program_shape(p, r->shape);
  const Name *names = IL_REL(const Name, s->names);
  for (uint32_t i = 0; i < s->named_count; i++) {
    if (names[i] == name) return (int32_t)(s->positional_count + i);
  }
  Text text = il_name_text(il_program_names(p), name);
  uint32_t number = 0;
  if (text.length < 2 || text.length > 6 || text.bytes[0] != '$') return -1;
  for (uint32_t i = 1; i < text.length; i++) {
    if (text.bytes[i] < '0' || text.bytes[i] > '9') return -1;
    number = number * 10 + (uint32_t)(text.bytes[i] - '0');
  }
  if (number == 0 || number > s->positional_count) return -1;
  return (int32_t)number - 1;
}

// Calls what a getter or field gives: the arguments wait in an array in a
// stub's frame.
static Step call_getter_result(Machine *m, const Call *c, FunctionId getter,
                               Value field) {
  uint32_t count = c->positional_count + c->named_count;
  m->error = field;   // a root meanwhile
  size_t size = sizeof(Array) + count * 8;
  if (il_heap_reserve(m->heap, size) != IL_OK) {
    return il_throw_out_of_memory(m);
  }
  field = m->error;
  m->error = VALUE_NULL;
  Array *array = il_slow_array(m, count);
  for (uint32_t i = 0; i < count; i++) array->items[i] = c->values[1 + i];
  Value receiver = c->values[0];
  uint64_t what = c->shape ? c->shape : (uint64_t)c->positional_count << 32;
  TypeId vector = c->vector;
  m->outgoing_refs = 0;
  if (!il_stack_push_stub(m, STUB_CALL_AGAIN, what)) {
    return il_stack_overflow(m);
  }
  m->fp[STUB_RAW1] = vector;
  m->fp[STUB_REF0] = il_value_of(array);
  if (getter == 0) {
    m->fp[STUB_REF1] = field;
    return STEP_GO;
  }
  Call get = {.kind = MEMBER_GETTER, .values = &receiver};
  Target t = target_of_member(m, getter, receiver);
  return enter_target(m, &get, &t);
}

static Step call_value(Machine *m, const Call *c);

static Step call_method(Machine *m, const Call *c) {
  Value receiver = c->values[0];
  FunctionId f = find(m, receiver, c->name, MEMBER_METHOD);
  if (f) {
    Target t = target_of_member(m, f, receiver);
    return enter_target(m, c, &t);
  }
  if (c->name == NAME_call && il_value_class(receiver) == CLASS_CLOSURE) {
    return call_closure(m, c);
  }
  f = find(m, receiver, c->name, MEMBER_GETTER);
  if (f) return call_getter_result(m, c, f, VALUE_NULL);
  int32_t field = find_field(m, receiver, c->name);
  if (field < 0) return no_such_method(m, c);
  const RecordValue *r = (const RecordValue *)il_value_object(receiver);
  return call_getter_result(m, c, 0, r->fields[field]);
}

// The receiver is what is called: a closure, or an object with a method of
// that name; what a getter `call` gives does not count.
static Step call_value(Machine *m, const Call *c) {
  if (il_value_class(c->values[0]) == CLASS_CLOSURE) {
    return call_closure(m, c);
  }
  if (!find(m, c->values[0], c->name, MEMBER_METHOD)) {
    return no_such_method(m, c);
  }
  return call_method(m, c);
}

static Step answer(Machine *m, Value v) {
  m->outgoing_refs = 0;
  m->fp[il_a(m->pc[-1])] = v;
  return STEP_GO;
}

static Step get_member(Machine *m, const Call *c) {
  Value receiver = c->values[0];
  FunctionId f = find(m, receiver, c->name, MEMBER_GETTER);
  if (f) {
    Target t = target_of_member(m, f, receiver);
    return enter_target(m, c, &t);
  }
  int32_t field = find_field(m, receiver, c->name);
  if (field >= 0) {
    const RecordValue *r = (const RecordValue *)il_value_object(receiver);
    return answer(m, r->fields[field]);
  }
  if (c->name == NAME_call && il_value_class(receiver) == CLASS_CLOSURE) {
    return answer(m, receiver);
  }
  if (!find(m, receiver, c->name, MEMBER_METHOD)) return no_such_method(m, c);
  size_t size = sizeof(Closure) + 8;
  if (il_heap_reserve(m->heap, size) != IL_OK) {
    return il_throw_out_of_memory(m);
  }
  receiver = c->values[0];
  return answer(m, il_invoke_tear_off(m, receiver, il_value_class(receiver),
                                      c->name, MEMBER_METHOD));
}

static Step set_member(Machine *m, const Call *c) {
  FunctionId f = find(m, c->values[0], c->name, MEMBER_SETTER);
  if (!f) return no_such_method(m, c);
  Target t = target_of_member(m, f, c->values[0]);
  return enter_target(m, c, &t);
}

static Step call_member(Machine *m, const Call *c) {
  switch ((MemberKind)c->kind) {
    case MEMBER_GETTER:
      return get_member(m, c);
    case MEMBER_SETTER:
      return set_member(m, c);
    default:
      return call_method(m, c);
  }
}

// ---- entries

static Call call_of_shape(Machine *m, ShapeId shape) {
  const CodeShape *s = il_program_shape(m->world->program, shape);
  uint64_t *out = il_frame_outgoing(m);
  Call c = {.name = s->name ? s->name : NAME_call,
            .is_checked = true,
            .positional_count = s->positional_count,
            .named_count = s->named_count,
            .names = IL_REL(const Name, s->names),
            .shape = shape,
            .values = out};
  uint32_t refs = 1u + c.positional_count + c.named_count;
  if (s->type_arg_count) c.vector = (TypeId)out[refs];
  m->outgoing_refs = refs;
  return c;
}

Step il_invoke_closure(Machine *m, Instruction i) {
  Call c = call_of_shape(m, (ShapeId)il_imm(i));
  // Static types have checked the arguments.
  c.is_checked = il_value_class(c.values[0]) != CLASS_CLOSURE;
  return call_value(m, &c);
}

Step il_invoke_dynamic(Machine *m, Instruction i) {
  ShapeId shape = (ShapeId)il_imm(i);
  Call c = call_of_shape(m, shape);
  switch (il_program_shape(m->world->program, shape)->dynamic_kind) {
    case CODE_DYNAMIC_GETTER:
      c.kind = MEMBER_GETTER;
      break;
    case CODE_DYNAMIC_SETTER:
      c.kind = MEMBER_SETTER;
      break;
    case CODE_DYNAMIC_CALL:
      c.name = NAME_call;
      return call_value(m, &c);
    default:
      c.kind = MEMBER_METHOD;
      break;
  }
  return call_member(m, &c);
}

static bool is_top(TypeId type) {
  return type == TYPE_ID_DYNAMIC || type == TYPE_ID_OBJECT_NULLABLE ||
         type == TYPE_ID_VOID;
}

// Does the body of a function expression or local function take just so many
// positional references, of any type if they are to be checked?
static bool takes_values(const Function *f, uint32_t count, bool is_checked) {
  if (f->shape == 0 || !(f->flags & CODE_IS_CLOSURE) ||
      (f->flags & CODE_IS_GENERIC) || f->ref_arg_count != count + 1 ||
      f->raw_arg_count != 0 || f->required_count != count ||
      f->optional_count + f->named_count != 0 || f->result_rep != REP_REF) {
    return false;
  }
  const CodeParameter *p = IL_REL(const CodeParameter, f->parameters);
  for (uint32_t i = 0; is_checked && i < count; i++) {
    if (!is_top(p[i].type)) return false;
  }
  return true;
}

Step il_invoke_values(Machine *m, uint32_t count, bool is_checked) {
  Value *values = il_frame_outgoing(m);
  if (il_value_class(values[0]) == CLASS_CLOSURE) {
    FunctionId id = il_closure_function(il_value_object(values[0]));
    const Function *f = m->world->tables.functions[id];
    if (takes_values(f, count, is_checked)) return il_stack_enter(m, f);
  }
  Call c = {.name = NAME_call,
            .is_checked = is_checked,
            .positional_count = count,
            .values = values};
  m->outgoing_refs = count + 1;
  return call_value(m, &c);
}

Step il_invoke_member(Machine *m, Name name, MemberKind kind,
                      uint32_t count) {
  Call c = {.name = name,
            .kind = (uint8_t)kind,
            .is_checked = true,
            .positional_count = count,
            .values = il_frame_outgoing(m)};
  m->outgoing_refs = count + 1;
  return call_member(m, &c);
}

// v[a] is the function value; the arguments are in the array.
Step il_invoke_again(Machine *m, Instruction i) {
  const Array *array = (const Array *)il_value_object(m->fp[STUB_REF0]);
  uint64_t what = m->fp[STUB_RAW0];
  if (!il_stack_reserve(m, array->length + 2 + FRAME_HEADER_WORDS)) {
    return il_stack_overflow(m);
  }
  uint64_t *out = il_frame_outgoing(m);
  out[0] = m->fp[il_a(i)];
  for (uint64_t k = 0; k < array->length; k++) out[1 + k] = array->items[k];
  out[1 + array->length] = m->fp[STUB_RAW1];
  if (what >> 32) return il_invoke_values(m, (uint32_t)(what >> 32), false);
  if (what == 0) return il_invoke_values(m, 0, false);
  Call c = call_of_shape(m, (ShapeId)what);
  c.name = NAME_call;
  return call_value(m, &c);
}

Step il_invoke_super(Machine *m, Instruction i) {
  World *w = m->world;
  ClassId holder = il_frame_function(m->fp)->holder;
  ClassId super = w->tables.classes[holder]->superclass;
  FunctionId f = w->tables.rows[(uint32_t)il_imm(i)][super];
  return il_stack_enter(m, w->tables.functions[f]);
}

// ---- Function.apply: (Function f, _Array positional, _Array symbols, _Array
// named), as a tail call.

NATIVE(core__applyFunction) {
  if (call->stage) RETURN_VALUE(call->resumed);
  return NATIVE_APPLY;
}

Step il_invoke_apply(Machine *m) {
  const Array *positional = (const Array *)il_value_object(m->fp[1]);
  const Array *symbols = (const Array *)il_value_object(m->fp[2]);
  uint64_t count = positional->length + symbols->length;
  if (!il_stack_reserve(m, count + 2 + FRAME_HEADER_WORDS)) {
    return il_stack_overflow(m);
  }
  positional = (const Array *)il_value_object(m->fp[1]);
  symbols = (const Array *)il_value_object(m->fp[2]);
  const Array *named = (const Array *)il_value_object(m->fp[3]);
  Name *names = il_memory_alloc((symbols->length + 1) * sizeof *names);
  uint64_t *out = il_frame_outgoing(m);
  out[0] = m->fp[0];
  for (uint64_t k = 0; k < positional->length; k++) {
    out[1 + k] = positional->items[k];
  }
  for (uint64_t k = 0; k < symbols->length; k++) {
    names[k] = (Name)il_value_object(symbols->items[k])->words[0];
    out[1 + positional->length + k] = named->items[k];
  }
  Call c = {.name = NAME_call,
            .is_checked = true,
            .positional_count = (uint32_t)positional->length,
            .named_count = (uint32_t)symbols->length,
            .names = names,
            .values = out};
  m->outgoing_refs = (uint32_t)count + 1;
  // The callee returns to this frame, whose native hands the result on.
  m->fp[-1] = il_frame_link(m->fp) | (uint64_t)1 << 32;
  m->pc = il_function_code(il_frame_function(m->fp)) + 2;
  size_t bytes = (symbols->length + 1) * sizeof *names;
  Step step = call_value(m, &c);
  il_memory_free(names, bytes);
  return step;
}
