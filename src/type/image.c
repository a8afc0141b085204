// image.c: tables of types and classes as bytes that are read in place.
//
// Every reference is an offset from the first byte of the section or an id, so
// a section may lie at any 8-aligned address. A section of types:
//
//   header | offset of each type | offset of each shape | params |
//   index (a power of two of ids) | shapes and types
//
// A section of classes: header | rows | ids of supers | types of supers. Rows
// become TypeClass records when the section is opened: a few hundred.
#include "type/table.h"

#define TYPES_MAGIC 0x31505954u    // "TYP1"
#define CLASSES_MAGIC 0x31534C43u  // "CLS1"

typedef struct {
  uint32_t magic, size;
  uint32_t type_count, param_count, shape_count, index_capacity;
  uint32_t types, shapes, params, index;  // offsets
  uint32_t shape_index, shape_index_capacity;
} TypesHeader;

static void append_words(TextBuilder *out, const void *words, size_t bytes) {
  il_text_append(out, il_text_make(words, bytes));
}

static void pad(TextBuilder *out, uint32_t start) {
  while ((out->length - start) % 8 != 0) il_text_append_char(out, 0);
}

static uint32_t shape_bytes(const TypeShape *s) {
  return (uint32_t)(sizeof(TypeShape) + s->named_count * sizeof(uint32_t));
}

static uint32_t type_bytes(const Type *t) {
  uint32_t words = t->count;
  if (t->kind == TYPE_RECORD) words += t->count - t->head;
  return (uint32_t)(sizeof(Type) + words * sizeof(uint32_t));
}

static uint32_t hash_of_type(const TypeTable *table, uint32_t id) {
  return il_type_get(table, id)->hash;
}

// An index of ids 1 .. count - 1 by their hashes.
static uint32_t *make_index(const TypeTable *table, uint32_t capacity,
                            uint32_t count,
                            uint32_t (*hash_of)(const TypeTable *, uint32_t)) {
  uint32_t *index = il_memory_zalloc(capacity * sizeof(uint32_t));
  for (uint32_t id = 1; id < count; id++) {
    uint32_t i = hash_of(table, id) & (capacity - 1);
    while (index[i] != 0) i = (i + 1) & (capacity - 1);
    index[i] = id;
  }
  return index;
}

void il_type_table_write(const TypeTable *table, TextBuilder *out) {
  IL_ASSERT(!table->base);
  uint32_t start = out->length;
  uint32_t type_count = table->type_count, shape_count = table->shape_count;
  uint32_t capacity =
      (uint32_t)il_common_round_up_power((uint64_t)type_count * 4 / 3);
  TypesHeader h = {.magic = TYPES_MAGIC,
                   .type_count = type_count,
                   .param_count = table->param_count,
                   .shape_count = shape_count,
                   .index_capacity = capacity};
  h.types = (uint32_t)sizeof h;
  h.shapes = h.types + type_count * 4;
  h.params = h.shapes + shape_count * 4;
  h.index = h.params + h.param_count * (uint32_t)sizeof(TypeParam);
  h.shape_index = h.index + capacity * 4;
  h.shape_index_capacity =
      (uint32_t)il_common_round_up_power((uint64_t)shape_count * 2);
  uint32_t at = h.shape_index + h.shape_index_capacity * 4;
  uint32_t *offsets =
      il_memory_zalloc((size_t)(type_count + shape_count) * sizeof(uint32_t));
  for (TypeId id = 0; id < type_count; id++) {
    offsets[id] = at;
    at += type_bytes(il_type_get(table, id));
  }
  for (uint32_t i = 1; i < shape_count; i++) {
    offsets[type_count + i] = at;
    at += shape_bytes(il_type_shape_at(table, i));
  }
  h.size = (uint32_t)il_common_align(at, 8);
  append_words(out, &h, sizeof h);
  append_words(out, offsets, (size_t)(type_count + shape_count) * 4);
  static const TypeParam none;
  append_words(out, &none, sizeof none);
  for (uint32_t i = 1; i < h.param_count; i++) {
    append_words(out, il_type_param_get(table, i), sizeof(TypeParam));
  }
  uint32_t *index = make_index(table, capacity, type_count, hash_of_type);
  append_words(out, index, (size_t)capacity * 4);
  il_memory_free(index, (size_t)capacity * 4);
  index = make_index(table, h.shape_index_capacity, shape_count,
                     il_type_shape_hash);
  append_words(out, index, (size_t)h.shape_index_capacity * 4);
  il_memory_free(index, (size_t)h.shape_index_capacity * 4);
  for (TypeId id = 0; id < type_count; id++) {
    const Type *t = il_type_get(table, id);
    append_words(out, t, type_bytes(t));
  }
  for (uint32_t i = 1; i < shape_count; i++) {
    const TypeShape *s = il_type_shape_at(table, i);
    append_words(out, s, shape_bytes(s));
  }
  pad(out, start);
  IL_ASSERT(out->length - start == h.size);
  il_memory_free(offsets, (size_t)(type_count + shape_count) * 4);
}

TypeTable *il_type_table_from_image(NameTable *names, const void *bytes,
                                    size_t size) {
  const TypesHeader *h = bytes;
  if (size < sizeof *h || h->magic != TYPES_MAGIC || h->size > size) {
    return NULL;
  }
  const uint8_t *image = bytes;
  TypeTable *table = il_memory_zalloc(sizeof(TypeTable));
  il_lock_init(&table->lock, RANK_TYPES);
  table->names = names;
  table->type_count = h->type_count;
  table->param_count = h->param_count;
  table->shape_count = h->shape_count;
  table->image = image;
  table->image_types = (const uint32_t *)(const void *)(image + h->types);
  table->image_shapes = (const uint32_t *)(const void *)(image + h->shapes);
  table->image_params = (const TypeParam *)(const void *)(image + h->params);
  table->image_index = (const uint32_t *)(const void *)(image + h->index);
  table->image_index_capacity = h->index_capacity;
  table->image_shape_index =
      (const uint32_t *)(const void *)(image + h->shape_index);
  table->image_shape_index_capacity = h->shape_index_capacity;
  return table;
}

// -------------------------------------------------------------------- classes

typedef struct {
  uint32_t magic, size, class_count, super_count;
  uint32_t rows, ids, types;  // offsets
  uint32_t unused;
} ClassesHeader;

typedef struct {
  uint32_t name, flags, param_count, first_param, this_type, representation;
  uint32_t super_count, first_super;
} ClassRow;

void il_class_table_write(const ClassTable *table, TextBuilder *out) {
  uint32_t start = out->length;
  ClassesHeader h = {.magic = CLASSES_MAGIC,
                     .class_count = il_class_count(table)};
  for (ClassId id = 1; id <= h.class_count; id++) {
    h.super_count += il_class_get(table, id)->super_count;
  }
  h.rows = (uint32_t)sizeof h;
  h.ids = h.rows + h.class_count * (uint32_t)sizeof(ClassRow);
  h.types = h.ids + h.super_count * 4;
  h.size = (uint32_t)il_common_align(h.types + h.super_count * 4, 8);
  append_words(out, &h, sizeof h);
  uint32_t first = 0;
  for (ClassId id = 1; id <= h.class_count; id++) {
    const TypeClass *c = il_class_get(table, id);
    ClassRow row = {c->name,        c->flags,     c->param_count,
                    c->first_param, c->this_type, c->representation,
                    c->super_count, first};
    first += c->super_count;
    append_words(out, &row, sizeof row);
  }
  for (ClassId id = 1; id <= h.class_count; id++) {
    const TypeClass *c = il_class_get(table, id);
    append_words(out, c->super_ids, c->super_count * sizeof(ClassId));
  }
  for (ClassId id = 1; id <= h.class_count; id++) {
    const TypeClass *c = il_class_get(table, id);
    append_words(out, c->super_types, c->super_count * sizeof(TypeId));
  }
  pad(out, start);
}

ClassTable *il_class_table_from_image(const void *bytes, size_t size) {
  const ClassesHeader *h = bytes;
  if (size < sizeof *h || h->magic != CLASSES_MAGIC || h->size > size ||
      h->class_count < CLASS_WELL_KNOWN_COUNT - 1) {
    return NULL;
  }
  const char *image = bytes;
  const ClassRow *rows = (const ClassRow *)(const void *)(image + h->rows);
  const uint32_t *ids = (const uint32_t *)(const void *)(image + h->ids);
  const uint32_t *types = (const uint32_t *)(const void *)(image + h->types);
  ClassTable *table = il_class_table_new(NULL);
  for (ClassId id = 1; id <= h->class_count; id++) {
    TypeClass *c = id < CLASS_WELL_KNOWN_COUNT ? il_class_edit(table, id)
                                               : il_class_add(table);
    const ClassRow *row = &rows[id - 1];
    c->name = row->name;
    c->flags = row->flags;
    c->param_count = row->param_count;
    c->first_param = row->first_param;
    c->this_type = row->this_type;
    c->representation = row->representation;
    c->super_count = row->super_count;
    c->super_ids = ids + row->first_super;
    c->super_types = types + row->first_super;
  }
  return table;
}
