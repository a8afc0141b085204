// constant.c: makes immortal objects of a program's constants.
#include "exec/constant.h"

#include "base/utf.h"
#include "object/object.h"

// The header of an immortal object of the class.
static Header immortal(ClassId c) {
  return il_header(c, HEADER_SHARED | HEADER_CANONICAL);
}

// Identity hashes of immortal objects are fixed as they are made.
static Header hashed(World *w, ClassId c, ConstantId id) {
  (void)w;
  uint32_t hash = (uint32_t)il_common_mix(id + UINT64_C(0x1234567)) | 1;
  return immortal(c) | (Header)hash << HEADER_HASH_SHIFT;
}

static void *allocate(World *w, size_t size_bytes) {
  return il_arena_alloc(&w->arena, size_bytes);
}

static Value make_int(World *w, int64_t value) {
  if (il_value_fits_small(value)) return il_value_small(value);
  Integer *o = allocate(w, sizeof *o);
  o->header = immortal(CLASS_INT);
  o->value = value;
  return il_value_of(o);
}

static Value make_double(World *w, uint64_t bits) {
  Double *o = allocate(w, sizeof *o);
  o->header = immortal(CLASS_DOUBLE);
  memcpy(&o->value, &bits, sizeof bits);
  return il_value_of(o);
}

static Value make_string(World *w, Text text) {
  bool latin1;
  uint32_t length = il_utf_count_units(text, &latin1);
  String *s = allocate(w, il_string_size_bytes(length, !latin1));
  s->header = immortal(latin1 ? CLASS_ONE_BYTE_STRING
                              : CLASS_TWO_BYTE_STRING);
  s->length = length;
  if (latin1) il_utf_to_latin1(text, s->bytes);
  else il_utf_to_units(text, il_string_units(s));
  il_string_hash(s);   // kept in the header, which nobody writes again
  return il_value_of(s);
}

static Value make_list(World *w, ConstantId id, TypeId item,
                       const ConstantId *items, uint32_t count) {
  List *list = allocate(w, sizeof *list + count * sizeof(Value));
  list->header = hashed(w, CLASS_CONST_LIST, id);
  TypeId vector = il_type_vector(w->types->types, &item, 1);
  list->vector = il_world_list_vector(w, CLASS_CONST_LIST, vector);
  list->length = count;
  for (uint32_t i = 0; i < count; i++) list->items[i] = w->constants[items[i]];
  return il_value_of(list);
}

// An instance with vector [arguments] and one field: a list of the items.
static Value make_collection(World *w, ConstantId id, ClassId class_id,
                             const TypeId *arguments, uint32_t argument_count,
                             const ConstantId *items, uint32_t count) {
  const ClassCode *c = w->tables.classes[class_id];
  Object *o = allocate(w, c->instance_words * sizeof(uint64_t));
  o->header = hashed(w, class_id, id);
  TypeId vector =
      il_type_vector(w->types->types, arguments, argument_count);
  o->words[0] =
      il_test_instantiate(w, c->vector, vector, 0, TYPE_ID_NONE);
  o->words[c->field_base - 1] =
      make_list(w, id, TYPE_ID_OBJECT_NULLABLE, items, count);
  return il_value_of(o);
}

static Value make_record(World *w, ConstantId id, const CodeConstant *c,
                         const ConstantId *items) {
  RecordValue *r = allocate(w, sizeof *r + c->count * sizeof(Value));
  r->header = hashed(w, CLASS_RECORD_VALUE, id);
  r->shape = (ShapeId)c->bits;
  r->count = c->count;
  for (uint32_t i = 0; i < c->count; i++) {
    r->fields[i] = w->constants[items[i]];
  }
  return il_value_of(r);
}

static bool is_reference(const ClassCode *c, uint32_t word) {
  const uint64_t *map = IL_REL(const uint64_t, c->ref_map);
  return c->ref_map && (map[word >> 6] >> (word & 63) & 1);
}

static Value make_instance(World *w, ConstantId id, const CodeConstant *c,
                           const ConstantId *items) {
  const Type *type = il_type_get(w->types->types, c->type);
  ClassId class_id = type->head;
  const ClassCode *code = w->tables.classes[class_id];
  Object *o = allocate(w, code->instance_words * sizeof(uint64_t));
  o->header = hashed(w, class_id, id);
  if (code->has_vector) {
    TypeId vector =
        il_type_vector(w->types->types, type->items, type->count);
    o->words[0] =
        il_test_instantiate(w, code->vector, vector, 0, TYPE_ID_NONE);
  }
  // The fields are the last words, those of superclasses first.
  uint32_t word = code->instance_words - 1u - c->count;
  for (uint32_t i = 0; i < c->count; i++, word++) {
    o->words[word] = is_reference(code, word + 1)
                         ? w->constants[items[i]]
                         : il_program_constant(w->program, items[i])->bits;
  }
  return il_value_of(o);
}

static Value make_function(World *w, ConstantId id, const CodeConstant *c) {
  Closure *o = allocate(w, sizeof *o);
  o->header = hashed(w, CLASS_CLOSURE, id);
  o->function = (FunctionId)c->bits;
  o->instantiation = c->type;
  return il_value_of(o);
}

static Value make_word(World *w, ConstantId id, ClassId class_id,
                       uint64_t word) {
  TypeValue *o = allocate(w, sizeof *o);
  o->header = hashed(w, class_id, id);
  o->type = word;
  return il_value_of(o);
}

static Value make(World *w, ConstantId id) {
  const CodeConstant *c = il_program_constant(w->program, id);
  const ConstantId *items = IL_REL(const ConstantId, c->data);
  const Type *type;
  switch ((CodeConstantKind)c->kind) {
    case CODE_CONSTANT_NULL:
      return VALUE_NULL;
    case CODE_CONSTANT_BOOL:
      return il_value_bool(c->bits != 0);
    case CODE_CONSTANT_INT:
      return make_int(w, (int64_t)c->bits);
    case CODE_CONSTANT_DOUBLE:
      return make_double(w, c->bits);
    case CODE_CONSTANT_STRING:
      return make_string(w, (Text){IL_REL(const char, c->data), c->count});
    case CODE_CONSTANT_SYMBOL:
      return make_word(w, id, CLASS_SYMBOL_VALUE, c->bits);
    case CODE_CONSTANT_TYPE:
      return make_word(w, id, CLASS_TYPE_VALUE, c->type);
    case CODE_CONSTANT_LIST:
      type = il_type_get(w->types->types, c->type);
      return make_list(w, id, type->items[0], items, c->count);
    case CODE_CONSTANT_SET:
      type = il_type_get(w->types->types, c->type);
      return make_collection(w, id, CLASS_CONST_SET, type->items, 1, items,
                             c->count);
    case CODE_CONSTANT_MAP:
      type = il_type_get(w->types->types, c->type);
      return make_collection(w, id, CLASS_CONST_MAP, type->items, type->count,
                             items, c->count);
    case CODE_CONSTANT_RECORD:
      return make_record(w, id, c, items);
    case CODE_CONSTANT_INSTANCE:
      return make_instance(w, id, c, items);
    case CODE_CONSTANT_FUNCTION:
      return make_function(w, id, c);
  }
  return VALUE_NULL;
}

Value *il_constant_make_all(World *w) {
  uint32_t count = il_program_constant_count(w->program);
  w->constants = IL_NEW_ARRAY(&w->arena, Value, count);
  w->constants[0] = VALUE_NULL;
  for (ConstantId id = 1; id < count; id++) w->constants[id] = make(w, id);
  return w->constants;
}
