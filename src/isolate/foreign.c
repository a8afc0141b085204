// foreign.c: types, then writing, then reading.
#include "isolate/foreign.h"

#include "base/map.h"
#include "base/memory.h"
#include "base/vec.h"
#include "code/image.h"
#include "object/object.h"

// Immortal objects come first among the indices.
enum { INDEX_NULL, INDEX_TRUE, INDEX_FALSE, INDEX_SENTINEL, INDEX_FIRST };

// Before each object of the block.
typedef struct ObjectHead {
  uint32_t class;
  uint32_t hash;
  uint64_t size_bytes;  // of what follows, an object with its header
} ObjectHead;

// Flag of a class: what follows is the address of a payload.
enum { HEAD_IS_PAYLOAD = 1 << 30 };

typedef IL_VEC(uint64_t) WordVec;
typedef IL_VEC(Object *) ObjectVec;

typedef struct Writer {
  const MessageSource *source;
  const Program *program;
  const TypeTable *types;
  uint32_t core_class_end, core_type_end;
  ObjectVec objects;  // in the order of their indices
  Map indices;        // object → index
  WordVec out;        // the objects
  WordVec type_words;
  Payloads *payloads;  // held for the mail
  Object *culprit;
} Writer;

// ---- types ---------------------------------------------------------------

// A type is one word (number of the core << 1), or a head word with the lowest
// bit and its items: kind, nullable, class, count. What is none of these (a
// function's type, say) becomes dynamic. Types are no deeper than
// IL_TYPE_MAX_DEPTH.
static void write_type(Writer *writer, TypeId id) {
  if (id < writer->core_type_end) {
    il_vec_push(&writer->type_words, (uint64_t)id << 1);
    return;
  }
  const Type *type = il_type_get(writer->types, id);
  bool is_known =
      type->kind == TYPE_VECTOR || type->kind == TYPE_FUTURE_OR ||
      (type->kind == TYPE_INTERFACE && type->head < writer->core_class_end);
  if (!is_known) {
    il_vec_push(&writer->type_words, (uint64_t)TYPE_ID_DYNAMIC << 1);
    return;
  }
  il_vec_push(&writer->type_words, (uint64_t)1 | (uint64_t)type->nullable << 1 |
                                       (uint64_t)type->kind << 8 |
                                       (uint64_t)type->count << 16 |
                                       (uint64_t)type->head << 32);
  for (uint32_t i = 0; i < type->count; i++) {
    write_type(writer, type->items[i]);
  }
}

static TypeId read_type(TypeTable *types, const uint64_t **at) {
  uint64_t word = *(*at)++;
  if (!(word & 1)) return (TypeId)(word >> 1);
  uint32_t count = (uint32_t)(word >> 16) & 0xffff;
  TypeId *items = il_memory_alloc((count + 1) * sizeof(TypeId));
  for (uint32_t i = 0; i < count; i++) items[i] = read_type(types, at);
  TypeKind kind = (TypeKind)((word >> 8) & 0xff);
  TypeId id =
      kind == TYPE_VECTOR ? il_type_vector(types, items, count)
      : kind == TYPE_FUTURE_OR
          ? il_type_future_or(types, items[0])
          : il_type_interface(types, (ClassId)(word >> 32), items, count);
  il_memory_free(items, (count + 1) * sizeof(TypeId));
  return word & 2 ? il_type_with_nullable(types, id, true) : id;
}

// ---- writing -------------------------------------------------------------

static bool is_plain(const Writer *writer, ClassId class, Layout layout) {
  if (class >= writer->core_class_end || class == CLASS_RAW_RECEIVE_PORT ||
      class == CLASS_RECEIVE_PORT || class == CLASS_FINALIZER) {
    return false;
  }
  switch (layout) {
    case LAYOUT_INSTANCE:
    case LAYOUT_INT:
    case LAYOUT_DOUBLE:
    case LAYOUT_STRING1:
    case LAYOUT_STRING2:
    case LAYOUT_ARRAY:
    case LAYOUT_RAW_ARRAY:
    case LAYOUT_LIST:
    case LAYOUT_RAW_LIST:
    case LAYOUT_BYTES:
    case LAYOUT_PORT:
    case LAYOUT_CAPABILITY:
      return true;
    default:
      return false;
  }
}

static uint64_t index_of(Writer *writer, Object *object) {
  if (object == &il_null_object) return INDEX_NULL;
  if (object == &il_true_object) return INDEX_TRUE;
  if (object == &il_false_object) return INDEX_FALSE;
  if (object == &il_sentinel_object) return INDEX_SENTINEL;
  uint64_t index;
  if (il_map_find(&writer->indices, (uintptr_t)object, &index)) return index;
  index = INDEX_FIRST + writer->objects.count;
  il_map_put(&writer->indices, (uintptr_t)object, index);
  il_vec_push(&writer->objects, object);
  return index;
}

// An EdgeFn on the words in the block.
static void write_edge(Value *slot, void *context) {
  if (il_value_is_small(*slot)) return;
  Writer *writer = context;
  Object *shared = il_message_share(writer->source, *slot);
  *slot = index_of(writer, shared ? shared : il_value_object(*slot)) << 1 | 1;
}

static void write_head(Writer *writer, ObjectHead head) {
  uint64_t head_words[2];
  memcpy(head_words, &head, sizeof head);
  il_vec_append(&writer->out, head_words, 2);
}

static void write_payload(Writer *writer, Object *object) {
  il_payload_hold(&writer->payloads, il_payload_of(object), 0);
  write_head(writer, (ObjectHead){il_object_class(object) | HEAD_IS_PAYLOAD, 0,
                                  sizeof(uint64_t)});
  il_vec_push(&writer->out, (uint64_t)(uintptr_t)object);
}

// Writes one object; false when it may not leave its group.
static bool write_object(Writer *writer, Object *object) {
  const ClassCode *class =
      il_program_class(writer->program, il_object_class(object));
  if (!is_plain(writer, class->id, (Layout) class->layout) ||
      il_message_is_empty(object)) {
    writer->culprit = object;
    return false;
  }
  if (object->header & HEADER_COUNTED && il_payload_travels(object)) {
    write_payload(writer, object);
    return true;
  }
  size_t bytes = il_object_size_bytes(writer->program, object);
  write_head(writer, (ObjectHead){
                         class->id,
                         (uint32_t)(object->header >> HEADER_HASH_SHIFT), bytes});
  uint32_t start = writer->out.count;
  il_vec_append(&writer->out, (const uint64_t *)object, bytes / 8);
  Object *copy = (Object *)&writer->out.items[start];
  copy->header = il_header(class->id, 0);
  // Edges are rewritten in place: index_of moves no item of `out`.
  il_object_each_edge(writer->program, copy, write_edge, writer);
  if (class->has_vector) {
    TypeId vector = (TypeId)copy->words[0];
    copy->words[0] = writer->type_words.count;
    write_type(writer, vector);
  }
  return true;
}

static bool write_graph(Writer *writer) {
  // The list grows while it is worked through.
  for (uint32_t i = 0; i < writer->objects.count; i++) {
    if (!write_object(writer, writer->objects.items[i])) return false;
  }
  return true;
}

// The block: words of objects, of types, count of objects; then both.
static bool make_block(Writer *writer, Mail *mail) {
  uint64_t words = 3 + (uint64_t)writer->out.count + writer->type_words.count;
  uint64_t *block = il_memory_try_alloc(words * 8);
  if (!block) return false;
  block[0] = writer->out.count;
  block[1] = writer->type_words.count;
  block[2] = writer->objects.count;
  if (writer->out.count) {
    memcpy(block + 3, writer->out.items, (size_t)writer->out.count * 8);
  }
  if (writer->type_words.count) {
    memcpy(block + 3 + writer->out.count, writer->type_words.items,
           (size_t)writer->type_words.count * 8);
  }
  mail->form = MAIL_FOREIGN;
  mail->as.foreign.words = block;
  mail->as.foreign.count = words;
  mail->as.foreign.payloads = writer->payloads;
  writer->payloads = NULL;
  return true;
}

static MessageResult finish_mail(Writer *writer, const MessageSource *source,
                                 Value root, PortId port, Mail **mail) {
  Mail *made = il_mail_new(source->cache, MAIL_MESSAGE, 0);
  if (!made) return MESSAGE_NO_MEMORY;
  made->port = port;
  made->root = root;
  if (!make_block(writer, made)) {
    il_mail_free(source->cache, made);
    return MESSAGE_NO_MEMORY;
  }
  *mail = made;
  return MESSAGE_DONE;
}

MessageResult il_foreign_copy(const MessageSource *source, Value value,
                              PortId port, Mail **mail, Value *culprit) {
  Writer writer = {.source = source,
                   .program = source->program,
                   .types = il_program_types(source->program)->types};
  const Segment *core = il_program_core(source->program);
  writer.core_class_end = il_segment_end(core, SECTION_CLASS);
  writer.core_type_end = il_program_core_type_end(source->program);
  il_map_init(&writer.indices);
  Value root = value;
  write_edge(&root, &writer);
  MessageResult result = MESSAGE_UNSENDABLE;
  if (write_graph(&writer)) {
    result = finish_mail(&writer, source, root, port, mail);
    for (uint32_t i = 0; result == MESSAGE_DONE && i < writer.objects.count; i++)
      il_message_empty(source->heap, writer.objects.items[i]);
  } else {
    *culprit = il_value_of(writer.culprit);
  }
  il_payload_drop(&writer.payloads);
  il_map_drop(&writer.indices);
  il_vec_drop(&writer.objects);
  il_vec_drop(&writer.out);
  il_vec_drop(&writer.type_words);
  return result;
}

// ---- reading -------------------------------------------------------------

// An EdgeFn: an index becomes its object; the context is their table.
static void read_edge(Value *slot, void *context) {
  Object **objects = context;
  if (!il_value_is_small(*slot)) *slot = il_value_of(objects[*slot >> 1]);
}

// Makes the objects as they are in the block; false when memory is short.
static bool make_objects(const uint64_t *block, Parcel *parcel,
                         Object **objects) {
  const uint64_t *at = block + 3;
  for (uint64_t i = 0; i < block[2]; i++) {
    ObjectHead head;
    memcpy(&head, at, sizeof head);
    at += 2;
    if (head.class & HEAD_IS_PAYLOAD) {
      objects[INDEX_FIRST + i] = (Object *)(uintptr_t)*at++;
      continue;
    }
    Object *object = il_parcel_allocate(parcel, head.size_bytes);
    if (!object) return false;
    memcpy(object, at, head.size_bytes);
    object->header = il_header(head.class, 0) | (Header)head.hash
                                                    << HEADER_HASH_SHIFT;
    objects[INDEX_FIRST + i] = object;
    at += head.size_bytes / 8;
  }
  return true;
}

static void link_objects(const Program *program, const uint64_t *block,
                         Object **objects) {
  TypeTable *types = il_program_types(program)->types;
  const uint64_t *type_words = block + 3 + block[0];
  for (uint64_t i = 0; i < block[2]; i++) {
    Object *object = objects[INDEX_FIRST + i];
    if (object->header & HEADER_COUNTED) continue;
    il_object_each_edge(program, object, read_edge, objects);
    if (il_program_class(program, il_object_class(object))->has_vector) {
      const uint64_t *at = type_words + object->words[0];
      object->words[0] = read_type(types, &at);
    }
  }
}

bool il_foreign_take(Heap *heap, const Program *program, Pool *pool,
                     Mail *mail, Value *value) {
  const uint64_t *block = mail->as.foreign.words;
  size_t bytes = (INDEX_FIRST + block[2]) * sizeof(Object *);
  Object **objects = il_memory_try_alloc(bytes);
  if (!objects) return false;
  objects[INDEX_NULL] = il_value_object(VALUE_NULL);
  objects[INDEX_TRUE] = il_value_object(VALUE_TRUE);
  objects[INDEX_FALSE] = il_value_object(VALUE_FALSE);
  objects[INDEX_SENTINEL] = il_value_object(VALUE_SENTINEL);
  Parcel parcel;
  il_parcel_init(&parcel, pool);
  bool went_well = make_objects(block, &parcel, objects);
  if (went_well) {
    link_objects(program, block, objects);
    *value = mail->root;
    read_edge(value, objects);
    parcel.payloads = mail->as.foreign.payloads;
    mail->as.foreign.payloads = NULL;
    il_heap_adopt(heap, &parcel);
  } else {
    il_parcel_drop(&parcel);
  }
  il_memory_free(objects, bytes);
  return went_well;
}
