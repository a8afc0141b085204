// plain.c: measuring, building, reading, fitting to types.
#include "isolate/plain.h"

#include "base/utf.h"
#include "exec/access.h"
#include "object/object.h"

enum {
  ARRAY_HEAD_BYTES = 16,   // header, length
  LIST_BYTES = 32,         // header, vector, length, storage
  CLOSURE_BYTES = 32,      // header, function, vectors, instantiation
};

// ---- building ------------------------------------------------------------

// Objects go to the mail while they fit, else to its parcel.
typedef struct Builder {
  Group *group;
  char *top;       // in the mail, or NULL
  Parcel *parcel;  // or NULL
  bool has_failed;
} Builder;

static const ClassCode *bytes_class(const Group *group) {
  return il_program_class(group->world->program, CLASS_UINT8_LIST);
}

static size_t string_bytes(Text text) {
  bool is_latin1;
  size_t units = il_utf_count_units(text, &is_latin1);
  return il_string_size_bytes(units, !is_latin1);
}

// All that a Plain needs, without the small integers and shared objects.
static size_t measure(const Group *group, const Plain *plain, uint32_t depth,
                      bool *is_too_deep) {
  if (depth > PLAIN_DEPTH) {
    *is_too_deep = true;
    return 0;
  }
  switch (plain->kind) {
    case PLAIN_INT:
      return il_value_fits_small(plain->as.integer) ? 0 : 16;
    case PLAIN_DOUBLE:
    case PLAIN_PORT:
    case PLAIN_CAPABILITY:
      return 16;
    case PLAIN_TEXT:
      return string_bytes(plain->as.text);
    case PLAIN_BYTES:
      return bytes_class(group)->instance_words * sizeof(uint64_t) +
             il_object_round(sizeof(Bytes) + plain->as.text.length);
    case PLAIN_FUNCTION:
      return CLOSURE_BYTES;
    case PLAIN_LIST:
    case PLAIN_TEXTS:
    case PLAIN_ARRAY: {
      size_t sum = ARRAY_HEAD_BYTES + 8 * (size_t)plain->as.list.count;
      if (plain->kind != PLAIN_ARRAY) sum += LIST_BYTES;
      for (uint32_t i = 0; i < plain->as.list.count; i++) {
        sum += measure(group, &plain->as.list.items[i], depth + 1,
                       is_too_deep);
      }
      return sum;
    }
    default:
      return 0;
  }
}

// An object with its header; NULL after a failure.
static Object *new_object(Builder *builder, ClassId class, size_t size_bytes) {
  Object *object;
  if (builder->top) {
    object = (Object *)builder->top;
    builder->top += size_bytes;
  } else {
    object = il_parcel_allocate(builder->parcel, size_bytes);
  }
  if (!object) {
    builder->has_failed = true;
    return NULL;
  }
  object->header = il_header(class, 0);
  return object;
}

static Value new_word(Builder *builder, ClassId class, uint64_t bits) {
  Object *object = new_object(builder, class, 16);
  if (!object) return VALUE_NULL;
  object->words[0] = bits;
  return il_value_of(object);
}

static Value new_string(Builder *builder, Text text) {
  bool is_latin1;
  uint32_t units = il_utf_count_units(text, &is_latin1);
  size_t size = string_bytes(text);
  Object *object = new_object(
      builder, is_latin1 ? CLASS_ONE_BYTE_STRING : CLASS_TWO_BYTE_STRING, size);
  if (!object) return VALUE_NULL;
  object->words[(size - 8) / 8 - 1] = 0;  // the twin, or what is not written
  object->words[STRING_LENGTH_WORD] = units;
  if (is_latin1) {
    il_utf_to_latin1(text, (uint8_t *)&object->words[1]);
  } else {
    il_utf_to_units(text, (uint16_t *)&object->words[1]);
  }
  return il_value_of(object);
}

// The type vector of a _GrowableList of `item`.
static TypeId list_vector(Builder *builder, TypeId item) {
  World *world = builder->group->world;
  const ClassCode *class =
      il_program_class(world->program, CLASS_GROWABLE_LIST);
  TypeId items = il_type_vector(world->types->types, &item, 1);
  return il_test_instantiate(world, class->vector, items, 0, TYPE_ID_NONE);
}

static Value new_bytes(Builder *builder, Text text) {
  const ClassCode *class = bytes_class(builder->group);
  size_t size = il_object_round(sizeof(Bytes) + text.length);
  Bytes *bytes = (Bytes *)new_object(builder, CLASS_TYPED_DATA, size);
  size_t list_bytes = class->instance_words * sizeof(uint64_t);
  Object *list = new_object(builder, CLASS_UINT8_LIST, list_bytes);
  if (!bytes || !list) return VALUE_NULL;
  ((uint64_t *)(void *)bytes)[size / 8 - 1] = 0;
  bytes->length = text.length;
  memcpy(bytes->bytes, text.bytes, text.length);
  memset(list->words, 0, list_bytes - sizeof(Header));
  list->words[INSTANCE_VECTOR] = class->vector;
  list->words[TYPED_BYTES] = il_value_of((Object *)bytes);
  list->words[TYPED_LENGTH] = text.length;
  return il_value_of(list);
}

static Value new_function(Builder *builder, FunctionId id) {
  Object *closure = new_object(builder, CLASS_CLOSURE, CLOSURE_BYTES);
  if (!closure) return VALUE_NULL;
  memset(closure->words, 0, CLOSURE_BYTES - sizeof(Header));
  closure->words[CLOSURE_FUNCTION] = id;
  return il_value_of(closure);
}

// A List<int> or List<double> has raw storage.
static Value new_raw_list(Builder *builder, const Plain *plain, bool is_int) {
  uint32_t count = plain->as.list.count;
  Object *array = new_object(builder, CLASS_RAW_ARRAY,
                             ARRAY_HEAD_BYTES + 8 * (size_t)count);
  ClassId class = is_int ? CLASS_GROWABLE_INT_LIST : CLASS_GROWABLE_DOUBLE_LIST;
  Object *list = new_object(builder, class, LIST_BYTES);
  if (!array || !list) return VALUE_NULL;
  array->words[ARRAY_LENGTH] = count;
  for (uint32_t i = 0; i < count; i++) {
    memcpy(&array->words[ARRAY_ITEMS + i], &plain->as.list.items[i].as.integer,
           sizeof(uint64_t));
  }
  World *world = builder->group->world;
  list->words[INSTANCE_VECTOR] = il_world_list_vector(
      world, class,
      il_type_vector(world->types->types, &plain->as.list.item, 1));
  list->words[GROWABLE_LENGTH] = count;
  list->words[GROWABLE_STORAGE] = il_value_of(array);
  return il_value_of(list);
}

static Value build(Builder *builder, const Plain *plain);

static Value new_list(Builder *builder, const Plain *plain) {
  uint32_t count = plain->as.list.count;
  Object *array =
      new_object(builder, CLASS_ARRAY, ARRAY_HEAD_BYTES + 8 * (size_t)count);
  if (!array) return VALUE_NULL;
  array->words[ARRAY_LENGTH] = count;
  for (uint32_t i = 0; i < count; i++) {
    array->words[ARRAY_ITEMS + i] = build(builder, &plain->as.list.items[i]);
  }
  if (plain->kind == PLAIN_ARRAY) return il_value_of(array);
  Object *list = new_object(builder, CLASS_GROWABLE_LIST, LIST_BYTES);
  if (!list) return VALUE_NULL;
  TypeId item = plain->kind == PLAIN_TEXTS ? TYPE_ID_STRING
                : plain->as.list.item      ? plain->as.list.item
                                           : TYPE_ID_DYNAMIC;
  list->words[INSTANCE_VECTOR] = list_vector(builder, item);
  list->words[GROWABLE_LENGTH] = count;
  list->words[GROWABLE_STORAGE] = il_value_of(array);
  return il_value_of(list);
}

// Recursion is bounded by PLAIN_DEPTH, as measured before.
static Value build(Builder *builder, const Plain *plain) {
  uint64_t bits;
  switch (plain->kind) {
    case PLAIN_NULL:
    case PLAIN_OTHER:
      return VALUE_NULL;
    case PLAIN_BOOL:
      return il_value_bool(plain->as.truth);
    case PLAIN_INT:
      if (il_value_fits_small(plain->as.integer)) {
        return il_value_small(plain->as.integer);
      }
      return new_word(builder, CLASS_INT, (uint64_t)plain->as.integer);
    case PLAIN_DOUBLE:
      memcpy(&bits, &plain->as.number, sizeof bits);
      return new_word(builder, CLASS_DOUBLE, bits);
    case PLAIN_PORT:
      return new_word(builder, CLASS_SEND_PORT, plain->as.port);
    case PLAIN_CAPABILITY:
      return new_word(builder, CLASS_CAPABILITY, plain->as.port);
    case PLAIN_TEXT:
      return new_string(builder, plain->as.text);
    case PLAIN_BYTES:
      return new_bytes(builder, plain->as.text);
    case PLAIN_FUNCTION:
      return new_function(builder, plain->as.function);
    case PLAIN_LIST:
      if (plain->as.list.item == TYPE_ID_INT ||
          plain->as.list.item == TYPE_ID_DOUBLE) {
        return new_raw_list(builder, plain, plain->as.list.item == TYPE_ID_INT);
      }
      return new_list(builder, plain);
    case PLAIN_TEXTS:
    case PLAIN_ARRAY:
      return new_list(builder, plain);
  }
  IL_UNREACHABLE();
}

Mail *il_plain_to_mail(Group *group, PortId port, const Plain *plain) {
  bool is_too_deep = false;
  size_t size = measure(group, plain, 0, &is_too_deep);
  if (is_too_deep) return NULL;
  bool is_small = size <= MAIL_INLINE_BYTES;
  Mail *mail = il_mail_new(NULL, MAIL_MESSAGE, is_small ? (uint32_t)size : 0);
  if (!mail) return NULL;
  Builder builder = {.group = group};
  mail->port = port;
  if (is_small && size > 0) {
    mail->form = MAIL_INLINE;
    mail->data_bytes = (uint32_t)size;
    mail->as.small.origin = (uint64_t)(uintptr_t)mail->as.small.data;
    builder.top = (char *)mail->as.small.data;
  } else if (!is_small) {
    mail->form = MAIL_PARCEL;
    builder.parcel = &mail->as.parcel;
    il_parcel_init(builder.parcel, group->pool);
  }
  mail->root = build(&builder, plain);
  if (!builder.has_failed) return mail;
  il_mail_free(NULL, mail);
  return NULL;
}

bool il_plain_to_value(Group *group, Heap *heap, const Plain *plain,
                       Value *value) {
  bool is_too_deep = false;
  size_t size = measure(group, plain, 0, &is_too_deep);
  if (is_too_deep) return false;
  Builder builder = {.group = group};
  if (size > 0 && size <= MAIL_INLINE_BYTES) {
    builder.top = il_heap_allocate(heap, size);
  }
  Parcel parcel;
  if (!builder.top) {
    il_parcel_init(&parcel, group->pool);
    builder.parcel = &parcel;
  }
  *value = build(&builder, plain);
  if (builder.parcel) {
    if (builder.has_failed) il_parcel_drop(&parcel);
    else il_heap_adopt(heap, &parcel);
  }
  return !builder.has_failed;
}

// ---- reading -------------------------------------------------------------

typedef struct Reader {
  const Program *program;
  const Mail *mail;  // NULL: a value of a heap
  Arena *arena;
} Reader;

// Where an object of the mail lies: small ones may have moved with it.
static const Object *object_at(const Reader *reader, Value value) {
  const Mail *mail = reader->mail;
  if (mail && mail->form == MAIL_INLINE &&
      value - mail->as.small.origin < mail->data_bytes) {
    value += (uint64_t)(uintptr_t)mail->as.small.data - mail->as.small.origin;
  }
  return il_value_object(value);
}

static Plain read_string(const Reader *reader, const Object *object,
                         bool is_latin1) {
  TextBuilder builder;
  il_text_builder_init(&builder);
  uint32_t units = (uint32_t)object->words[STRING_LENGTH_WORD];
  if (is_latin1) {
    il_utf_append_latin1(&builder, (const uint8_t *)&object->words[1], units);
  } else {
    il_utf_append_units(&builder, (const uint16_t *)&object->words[1], units);
  }
  Text text = il_text_builder_text(&builder);
  char *bytes = il_arena_alloc(reader->arena, text.length + 1);
  if (text.length) memcpy(bytes, text.bytes, text.length);
  Plain plain = {.kind = PLAIN_TEXT, .as.text = {bytes, text.length}};
  il_text_builder_drop(&builder);
  return plain;
}

static Plain read(const Reader *reader, Value value, uint32_t depth);

// Storage of lists is an _Array (references) or a _RawArray.
static Plain read_items(const Reader *reader, const uint64_t *words,
                        uint32_t count, ClassId class, uint32_t depth) {
  Plain *items = IL_NEW_ARRAY(reader->arena, Plain, count);
  for (uint32_t i = 0; i < count; i++) {
    if (class == CLASS_GROWABLE_INT_LIST || class == CLASS_FIXED_INT_LIST) {
      items[i].kind = PLAIN_INT;
      items[i].as.integer = (int64_t)words[i];
    } else if (class == CLASS_GROWABLE_DOUBLE_LIST ||
               class == CLASS_FIXED_DOUBLE_LIST) {
      items[i].kind = PLAIN_DOUBLE;
      memcpy(&items[i].as.number, &words[i], 8);
    } else {
      items[i] = read(reader, words[i], depth + 1);
    }
  }
  return (Plain){.kind = PLAIN_LIST, .as.list = {.items = items, .count = count}};
}

// A Uint8List; other typed lists are lists of numbers to nobody yet.
static Plain read_bytes(const Reader *reader, const Object *list) {
  const Object *bytes = object_at(reader, list->words[TYPED_BYTES]);
  Plain plain = {.kind = PLAIN_OTHER};
  if (il_object_class(bytes) != CLASS_TYPED_DATA) return plain;
  const uint8_t *from =
      (const uint8_t *)(bytes->words + 1) + list->words[TYPED_OFFSET];
  uint32_t count = (uint32_t)list->words[TYPED_LENGTH];
  char *copy = il_arena_alloc(reader->arena, count + 1);
  memcpy(copy, from, count);
  plain.kind = PLAIN_BYTES;
  plain.as.text = (Text){copy, count};
  return plain;
}

static Plain read_object(const Reader *reader, const Object *object,
                         uint32_t depth) {
  ClassId class = il_object_class(object);
  Plain plain = {.kind = PLAIN_OTHER};
  if (object == &il_null_object) {
    plain.kind = PLAIN_NULL;
  } else if (class == CLASS_BOOL) {
    plain.kind = PLAIN_BOOL;
    plain.as.truth = object == &il_true_object;
  } else if (class == CLASS_INT) {
    plain.kind = PLAIN_INT;
    plain.as.integer = (int64_t)object->words[0];
  } else if (class == CLASS_DOUBLE) {
    plain.kind = PLAIN_DOUBLE;
    memcpy(&plain.as.number, &object->words[0], 8);
  } else if (class == CLASS_SEND_PORT || class == CLASS_CAPABILITY) {
    plain.kind = class == CLASS_SEND_PORT ? PLAIN_PORT : PLAIN_CAPABILITY;
    plain.as.port = object->words[0];
  } else if (class == CLASS_ONE_BYTE_STRING || class == CLASS_TWO_BYTE_STRING) {
    plain = read_string(reader, object, class == CLASS_ONE_BYTE_STRING);
  } else if (class == CLASS_UINT8_LIST) {
    plain = read_bytes(reader, object);
  } else if (class == CLASS_GROWABLE_LIST || class == CLASS_GROWABLE_INT_LIST ||
             class == CLASS_GROWABLE_DOUBLE_LIST) {
    const Object *storage = object_at(reader, object->words[GROWABLE_STORAGE]);
    plain = read_items(reader, &storage->words[ARRAY_ITEMS],
                       (uint32_t)object->words[GROWABLE_LENGTH], class, depth);
  } else if (class == CLASS_FIXED_LIST || class == CLASS_CONST_LIST ||
             class == CLASS_FIXED_INT_LIST ||
             class == CLASS_FIXED_DOUBLE_LIST) {
    plain = read_items(reader, &object->words[LIST_ITEMS],
                       (uint32_t)object->words[LIST_LENGTH], class, depth);
  }
  return plain;
}

// Bounded: a list that contains itself ends as PLAIN_OTHER.
static Plain read(const Reader *reader, Value value, uint32_t depth) {
  if (il_value_is_small(value)) {
    return (Plain){.kind = PLAIN_INT, .as.integer = il_value_small_get(value)};
  }
  if (depth > PLAIN_DEPTH) return (Plain){.kind = PLAIN_OTHER};
  return read_object(reader, object_at(reader, value), depth);
}

Plain il_plain_from_mail(Group *group, const Mail *mail, Arena *arena) {
  if (mail->form == MAIL_FOREIGN) return (Plain){.kind = PLAIN_OTHER};
  Reader reader = {group->world->program, mail, arena};
  return read(&reader, mail->root, 0);
}

Plain il_plain_from_value(Group *group, Value value, Arena *arena) {
  Reader reader = {group->world->program, NULL, arena};
  return read(&reader, value, 0);
}

// ---- fitting to types ----------------------------------------------------

static bool fit(const TypeTable *types, Plain *plain, TypeId id);

// All items to the type of one; then the list's are.
static bool fit_list(const TypeTable *types, Plain *plain, TypeId item) {
  bool all_fit = true;
  for (uint32_t i = 0; i < plain->as.list.count; i++) {
    Plain *p = (Plain *)(uintptr_t)&plain->as.list.items[i];
    if (!fit(types, p, item)) all_fit = false;
  }
  if (all_fit) plain->as.list.item = item;
  return all_fit;
}

static bool fit_class(const TypeTable *types, Plain *plain, const Type *type) {
  switch (type->head) {
    case CLASS_OBJECT: return plain->kind != PLAIN_NULL;
    case CLASS_INT: return plain->kind == PLAIN_INT;
    case CLASS_BOOL: return plain->kind == PLAIN_BOOL;
    case CLASS_STRING: return plain->kind == PLAIN_TEXT;
    case CLASS_NUM:
      return plain->kind == PLAIN_INT || plain->kind == PLAIN_DOUBLE;
    case CLASS_DOUBLE:
      if (plain->kind == PLAIN_INT) {
        double number = (double)plain->as.integer;
        plain->kind = PLAIN_DOUBLE;
        plain->as.number = number;
      }
      return plain->kind == PLAIN_DOUBLE;
    case CLASS_LIST:
      return plain->kind == PLAIN_LIST &&
             fit_list(types, plain, type->items[0]);
    default: return false;
  }
}

// What nothing is known of does not fit, so that no list of it is made.
static bool fit(const TypeTable *types, Plain *plain, TypeId id) {
  if (id == TYPE_ID_DYNAMIC || id == TYPE_ID_OBJECT_NULLABLE) return true;
  const Type *type = il_type_get(types, id);
  if (type->nullable && plain->kind == PLAIN_NULL) return true;
  return type->kind == TYPE_INTERFACE && fit_class(types, plain, type);
}

void il_plain_declare(Group *group, Plain *plain, TypeId type) {
  fit(group->world->types->types, plain, type);
}
