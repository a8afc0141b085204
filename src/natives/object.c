// object.c: Object, Type, Symbol, records, functions, weak things, printing.

#include "exec/machine.h"
#include "natives/text.h"

// ------------------------------------------------------------------- objects

NATIVE(core_Object_eq) { RETURN_VALUE(call->args[0] == call->args[1]); }

static int64_t identity_hash(NativeCall *call, Value v) {
  if (il_value_is_small(v)) return il_value_small_get(v);
  Object *o = il_value_object(v);
  switch (il_object_class(o)) {
    case CLASS_INT: return ((Integer *)(void *)o)->value;
    case CLASS_DOUBLE: return (int64_t)((o->words[0] ^ o->words[0] >> 32) &
                                        0x3fffffff);
    case CLASS_ONE_BYTE_STRING:
    case CLASS_TWO_BYTE_STRING: return il_string_hash((String *)(void *)o);
    case CLASS_TYPE_VALUE:
    case CLASS_SYMBOL_VALUE:
    case CLASS_SEND_PORT:
    case CLASS_CAPABILITY:
      // Identical when their words are (il_slow_identical).
      if (o->words[0]) return (int64_t)(il_common_mix(o->words[0]) >> 34);
      return il_heap_hash(call->heap, o) & 0x3fffffff;
    default: return il_heap_hash(call->heap, o) & 0x3fffffff;
  }
}

NATIVE(core_identityHashCode) {
  RETURN_VALUE(identity_hash(call, call->args[0]));
}
NATIVE(core__identityHash) {
  RETURN_VALUE(identity_hash(call, call->args[0]));
}

// Private names are interned as `_name@library`.
static Text plain_name(NativeCall *call, Name name) {
  Text text = il_name_text(il_program_names(call->program), name);
  for (uint32_t i = 0; i < text.length; i++) {
    if (text.bytes[i] == '@') return (Text){text.bytes, i};
  }
  return text;
}

static Value new_type(NativeCall *call, TypeId type) {
  TypeValue *t = il_heap_allocate(call->heap, sizeof *t);
  if (!t) {
    call->need = sizeof *t;
    return 0;
  }
  t->header = il_header(CLASS_TYPE_VALUE, 0);
  t->type = type;
  return il_value_of(t);
}

NATIVE(core_Object_runtimeType) {
  RETURN_NEW(new_type(
      call, il_test_type_of(call->machine->world, call->args[0])));
}
NATIVE(core__Closure_runtimeType) {
  RETURN_NEW(new_type(
      call, il_test_type_of(call->machine->world, call->args[0])));
}

// --------------------------------------------------------------------- types

// Types are equal when their normal forms are: FutureOr<Object> is Object.
static TypeId normal_form(NativeCall *call, int i) {
  return il_type_normalize(il_program_types(call->program),
                           (TypeId)ARG(TypeValue, i)->type);
}

NATIVE(core__Type_hashCode) { RETURN_VALUE(normal_form(call, 0)); }

NATIVE(core__Type_eq) {
  Value other = call->args[1];
  RETURN_VALUE(il_value_class(other) == CLASS_TYPE_VALUE &&
               (ARG(TypeValue, 0)->type == ARG(TypeValue, 1)->type ||
                normal_form(call, 0) == normal_form(call, 1)));
}

static Value new_type_text(NativeCall *call, TypeId type) {
  TextBuilder out;
  il_text_builder_init(&out);
  il_class_print_value_type(il_program_types(call->program),
                            il_program_names(call->program), type, &out);
  Value s = il_new_text(call, il_text_builder_text(&out));
  il_text_builder_drop(&out);
  return s;
}

NATIVE(core__Type_toString) {
  RETURN_NEW(new_type_text(call, (TypeId)ARG(TypeValue, 0)->type));
}

// The text of the type that an object has, whatever its runtimeType says.
NATIVE(core__className) {
  RETURN_NEW(new_type_text(
      call, il_test_public_type_of(call->machine->world, call->args[0])));
}

// ------------------------------------------------------------------- symbols

// The program's names are not added to while it runs: a symbol of an unknown
// text keeps the text.
NATIVE(core__Symbol_new) {
  SymbolValue *s = il_heap_allocate(call->heap, sizeof *s);
  if (!s) return NEED(sizeof *s);
  TextBuilder utf8;
  il_text_builder_init(&utf8);
  il_text_append_units(&utf8, ARG(String, 0));
  s->header = il_header(CLASS_SYMBOL_VALUE, 0);
  s->name = il_name_find(il_program_names(call->program),
                         il_text_builder_text(&utf8));
  s->text = s->name ? VALUE_NULL : call->args[0];
  il_text_builder_drop(&utf8);
  RETURN_VALUE(il_value_of(s));
}

NATIVE(core__Symbol__name) {
  const SymbolValue *s = ARG(SymbolValue, 0);
  if (!s->name) RETURN_VALUE(s->text);
  RETURN_NEW(il_new_text(call, plain_name(call, (Name)s->name)));
}

static String *symbol_text(const SymbolValue *s) {
  return (String *)(void *)il_value_object(s->text);
}

NATIVE(core__Symbol_hashCode) {
  const SymbolValue *s = ARG(SymbolValue, 0);
  uint64_t hash = s->name ? s->name : il_string_hash(symbol_text(s));
  RETURN_VALUE((hash * 0x9e3779b1) & 0x3fffffff);
}

NATIVE(core__Symbol_eq) {
  if (il_value_class(call->args[1]) != CLASS_SYMBOL_VALUE) RETURN_VALUE(false);
  const SymbolValue *a = ARG(SymbolValue, 0), *b = ARG(SymbolValue, 1);
  if (a->name || b->name) RETURN_VALUE(a->name == b->name);
  RETURN_VALUE(il_string_equal(symbol_text(a), symbol_text(b)));
}

// ------------------------------------------------------------------- records

NATIVE(core__Record__length) { RETURN_VALUE(ARG(RecordValue, 0)->count); }
NATIVE(core__Record__at) {
  RETURN_VALUE(ARG(RecordValue, 0)->fields[(uint64_t)ARG_INT(1)]);
}
NATIVE(core__Record__hasShapeOf) {
  RETURN_VALUE(ARG(RecordValue, 0)->shape == ARG(RecordValue, 1)->shape);
}
NATIVE(core__Record__nameAt) {
  const RecordValue *r = ARG(RecordValue, 0);
  uint64_t i = (uint64_t)ARG_INT(1);
  const CodeShape *shape = il_program_shape(call->program, r->shape);
  if (i < shape->positional_count) RETURN_VALUE(VALUE_NULL);
  const Name *names = IL_REL(const Name, shape->names);
  RETURN_NEW(
      il_new_text(call, plain_name(call, names[i - shape->positional_count])));
}

// ------------------------------------------------------------------ closures

static bool is_tear_off(const NativeCall *call, const Closure *c) {
  const Function *f = il_program_function(call->program, c->function);
  return !(f->flags & CODE_IS_CLOSURE) || (f->flags & CODE_IS_THUNK);
}

// Instantiations of one function expression: their values are one object's.
static bool has_same_values(const Closure *x, const Closure *y) {
  size_t slots = (size_t)x->ref_count + x->raw_count;
  return x->instantiation != TYPE_ID_NONE &&
         x->class_vector == y->class_vector &&
         x->function_vector == y->function_vector &&
         memcmp(x->slots, y->slots, slots * sizeof x->slots[0]) == 0;
}

NATIVE(core__Closure_eq) {
  Value a = call->args[0], b = call->args[1];
  if (a == b) RETURN_VALUE(true);
  if (il_value_class(b) != CLASS_CLOSURE) RETURN_VALUE(false);
  const Closure *x = ARG(Closure, 0), *y = ARG(Closure, 1);
  if (x->function != y->function || x->instantiation != y->instantiation ||
      x->ref_count != y->ref_count) {
    RETURN_VALUE(false);
  }
  // Tear-offs of one function of one receiver are equal; function expressions
  // are only equal to themselves.
  if (!is_tear_off(call, x)) RETURN_VALUE(has_same_values(x, y));
  RETURN_VALUE(x->ref_count == 0 || x->slots[0] == y->slots[0]);
}

NATIVE(core__Closure_hashCode) {
  const Closure *x = ARG(Closure, 0);
  bool is_own = !is_tear_off(call, x);
  if (is_own && x->instantiation == TYPE_ID_NONE) {
    RETURN_VALUE(identity_hash(call, call->args[0]));
  }
  uint64_t hash = x->function * UINT64_C(0x9e3779b1);
  if (x->ref_count > 0 && !is_own) {
    hash ^= (uint64_t)identity_hash(call, x->slots[0]) * 31;
  }
  RETURN_VALUE(hash & 0x3fffffff);
}

NATIVE(core__Closure__origin) {
  const Closure *c = ARG(Closure, 0);
  const Function *f = il_program_function(call->program, c->function);
  bool is_static = (f->flags & CODE_IS_STATIC) != 0;
  if (!is_tear_off(call, c) || (!is_static && (f->flags & CODE_IS_THUNK))) {
    RETURN_NEW(il_new_text(call, TEXT("")));
  }
  Text name = plain_name(call, f->name);
  for (uint32_t i = name.length; i-- > 0;) {
    if (name.bytes[i] != '.') continue;
    name = il_text_slice(name, i + 1, name.length);
    break;
  }
  TextBuilder out;
  il_text_builder_init(&out);
  il_text_append_format(&out, " from Function '%.*s':%s.", TEXT_ARG(name),
                        is_static ? " static" : "");
  Value s = il_new_text(call, il_text_builder_text(&out));
  il_text_builder_drop(&out);
  RETURN_NEW(s);
}

// ---------------------------------------------------------------- weak things

NATIVE(core__WeakReference__target) {
  RETURN_VALUE(il_heap_load_weak(call->heap, ARG(Weak, 0)->target));
}

NATIVE(core__Ephemeron_new) {
  Ephemeron *e = il_heap_allocate(call->heap, sizeof *e);
  if (!e) return NEED(sizeof *e);
  e->header = il_header(CLASS_EPHEMERON, 0);
  e->key = call->args[0];
  e->value = call->args[1];
  RETURN_VALUE(il_value_of(e));
}
NATIVE(core__Ephemeron_key) {
  RETURN_VALUE(il_heap_load_weak(call->heap, ARG(Ephemeron, 0)->key));
}
NATIVE(core__Ephemeron_value) {
  RETURN_VALUE(il_heap_load_weak(call->heap, ARG(Ephemeron, 0)->value));
}
NATIVE(core__Ephemeron_value_set) {
  Ephemeron *e = ARG(Ephemeron, 0);
  il_heap_store(call->heap, ARG(Object, 0), &e->value, call->args[1]);
  RETURN_VALUE(VALUE_NULL);
}

NATIVE(core__FinalizerEntry_new) {
  FinalizerEntry *e = il_heap_allocate(call->heap, sizeof *e);
  if (!e) return NEED(sizeof *e);
  e->header = il_header(CLASS_FINALIZER_ENTRY, 0);
  e->value = call->args[0];
  e->finalizer = call->args[1];
  e->token = call->args[2];
  e->next = VALUE_NULL;
  il_heap_add_finalizer(call->heap, (Object *)e);
  RETURN_VALUE(il_value_of(e));
}
NATIVE(core__FinalizerEntry_clear) {
  FinalizerEntry *e = ARG(FinalizerEntry, 0);
  Object *o = ARG(Object, 0);
  e->value = VALUE_NULL;
  il_heap_store(call->heap, o, &e->finalizer, VALUE_NULL);
  il_heap_store(call->heap, o, &e->token, VALUE_NULL);
  RETURN_VALUE(VALUE_NULL);
}
NATIVE(core__FinalizerEntry__finalizer) {
  RETURN_VALUE(ARG(FinalizerEntry, 0)->finalizer);
}
NATIVE(core__FinalizerEntry__token) {
  RETURN_VALUE(ARG(FinalizerEntry, 0)->token);
}
