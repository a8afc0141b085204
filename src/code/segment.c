// segment.c: lays out what a Builder holds as one block.
//
// The block is put together in a growing buffer, so everything is an offset
// until it is copied to its final place. Links are relative to their own field,
// which makes copying harmless. Equal byte runs (code shared by mixin
// applications, names of shapes, parameter lists) are stored once.
#include "code/build.h"

typedef struct {
  Builder *b;
  char *bytes;
  size_t size, capacity;
  Map blobs;  // hash -> offset of the newest with that hash
  SegmentHead head;
} BlockLayout;

static size_t append(BlockLayout *l, const void *bytes, size_t size,
                     size_t alignment) {
  size_t at = (l->size + alignment - 1) & ~(alignment - 1);
  if (at + size > l->capacity) {
    size_t grown = (at + size) * 2 + 4096;
    l->bytes = il_memory_realloc(l->bytes, l->capacity, grown);
    l->capacity = grown;
  }
  memset(l->bytes + l->size, 0, at - l->size);
  if (bytes && size)
    memcpy(l->bytes + at, bytes, size);
  else
    memset(l->bytes + at, 0, size);
  l->size = at + size;
  return at;
}

static size_t begin(BlockLayout *l, Section section, uint32_t first,
                    uint32_t count, const void *items, size_t item_bytes) {
  size_t at = append(l, items, count * item_bytes, 8);
  l->head.sections[section].offset = at;
  l->head.sections[section].first = first;
  l->head.sections[section].count = count;
  return at;
}

static uint64_t hash_blob(const void *bytes, size_t size) {
  uint64_t h = size;
  const uint8_t *p = bytes;
  for (; size >= 8; size -= 8, p += 8) {
    uint64_t w;
    memcpy(&w, p, 8);
    h = il_common_mix(h ^ w) + 1;
  }
  for (; size > 0; size--) h = (h ^ *p++) * UINT64_C(0x100000001b3);
  return il_common_mix(h);
}

// Appends bytes, or finds the same ones, and links the field to them.
static void put_aligned(BlockLayout *l, size_t field, const void *bytes,
                        size_t size, size_t alignment) {
  if (size == 0) return;
  uint64_t key = hash_blob(bytes, size), at;
  if (!il_map_find(&l->blobs, key, &at) || at + size > l->size ||
      at % alignment != 0 || memcmp(l->bytes + at, bytes, size) != 0) {
    at = append(l, bytes, size, alignment);
    il_map_put(&l->blobs, key, at);
  }
  int64_t distance = (int64_t)at - (int64_t)field;
  if (distance > INT32_MAX || distance < INT32_MIN) {
    il_build_fail(l->b, "a program of over 2 GiB");
    return;
  }
  Rel link = (Rel)distance;
  memcpy(l->bytes + field, &link, sizeof link);
}

static void put(BlockLayout *l, size_t field, const void *bytes, size_t size) {
  put_aligned(l, field, bytes, size, 8);
}

static void put_functions(BlockLayout *l, size_t at) {
  Builder *b = l->b;
  for (uint32_t i = 0; i < b->functions.count; i++) {
    const BuilderFunction *f = &b->functions.items[i];
    size_t p = at + i * sizeof(Function);
    Function head = f->head;
    head.parameters = head.type_bounds = head.code = 0;
    head.handlers = head.lines = 0;
    memcpy(l->bytes + p, &head, sizeof head);
    uint32_t parameters =
        (uint32_t)head.required_count + head.optional_count + head.named_count;
    put(l, p + offsetof(Function, parameters), f->parameters,
        parameters * sizeof(CodeParameter));
    put(l, p + offsetof(Function, type_bounds), f->type_bounds,
        head.type_param_count * sizeof(TypeId));
    put(l, p + offsetof(Function, code), f->code,
        head.code_words * sizeof(Instruction));
    put(l, p + offsetof(Function, handlers), f->handlers,
        head.handler_count * sizeof(CodeHandler));
    put_aligned(l, p + offsetof(Function, lines), f->lines, head.line_bytes, 1);
  }
}

static void put_classes(BlockLayout *l, size_t at) {
  Builder *b = l->b;
  for (uint32_t i = 0; i < b->classes.count; i++) {
    const BuilderClass *c = &b->classes.items[i];
    size_t p = at + i * sizeof(ClassCode);
    ClassCode head = c->head;
    head.ref_map = head.members = head.field_names = 0;
    memcpy(l->bytes + p, &head, sizeof head);
    uint32_t words = head.instance_words, base = 1u + head.has_vector;
    if (c->ref_map) {
      put(l, p + offsetof(ClassCode, ref_map), c->ref_map,
          (words + 63) / 64 * 8);
    }
    put(l, p + offsetof(ClassCode, members), c->members,
        head.member_count * sizeof(CodeMember));
    if (c->field_names && words > base) {
      put(l, p + offsetof(ClassCode, field_names), c->field_names,
          (words - base) * sizeof(Name));
    }
  }
}

static void put_constants(BlockLayout *l, size_t at) {
  Builder *b = l->b;
  for (uint32_t i = 0; i < b->constants.count; i++) {
    const BuildConstant *c = &b->constants.items[i];
    size_t p = at + i * sizeof(CodeConstant);
    memcpy(l->bytes + p, &c->head, sizeof c->head);
    put(l, p + offsetof(CodeConstant, data), c->data,
        c->head.kind == CODE_CONSTANT_STRING
            ? c->head.count
            : c->head.count * sizeof(ConstantId));
  }
}

static void put_selectors(BlockLayout *l, size_t at) {
  Builder *b = l->b;
  for (uint32_t i = 0; i < b->selectors.count; i++) {
    const BuildSelector *s = &b->selectors.items[i];
    size_t p = at + i * sizeof(CodeSelector);
    memcpy(l->bytes + p, &s->head, sizeof s->head);
    put(l, p + offsetof(CodeSelector, names), s->names,
        s->head.named_count * sizeof(Name));
    put(l, p + offsetof(CodeSelector, reps), s->reps,
        (size_t)s->head.positional_count + s->head.named_count);
  }
}

static void put_shapes(BlockLayout *l, size_t at) {
  Builder *b = l->b;
  for (uint32_t i = 0; i < b->shapes.count; i++) {
    const BuildShape *s = &b->shapes.items[i];
    size_t p = at + i * sizeof(CodeShape);
    memcpy(l->bytes + p, &s->head, sizeof s->head);
    put(l, p + offsetof(CodeShape, names), s->names,
        s->head.named_count * sizeof(Name));
  }
}

// All names known at the end: the core's only.
static void put_names(BlockLayout *l) {
  const NameTable *names = l->b->names;
  size_t ends = begin(l, SECTION_NAME, 0, names->count, NULL, 4);
  uint32_t size = 0;
  for (Name n = 0; n < names->count; n++) {
    size += il_name_text(names, n).length;
    memcpy(l->bytes + ends + n * sizeof size, &size, sizeof size);
  }
  size_t bytes = begin(l, SECTION_NAME_BYTES, 0, size, NULL, 1);
  for (Name n = 0; n < names->count; n++) {
    Text text = il_name_text(names, n);
    if (text.length) memcpy(l->bytes + bytes, text.bytes, text.length);
    bytes += text.length;
  }
  uint32_t capacity =
      (uint32_t)il_common_round_up_power((uint64_t)names->count * 4 / 3);
  size_t index = begin(l, SECTION_NAME_INDEX, 0, capacity, NULL, 4);
  il_name_make_index(names, (uint32_t *)(void *)(l->bytes + index), capacity);
}

static void put_types(BlockLayout *l) {
  TextBuilder text;
  il_text_builder_init(&text);
  il_type_table_write(l->b->types.types, &text);
  Text written = il_text_builder_text(&text);
  begin(l, SECTION_TYPES, 0, written.length, written.bytes, 1);
  il_text_builder_clear(&text);
  il_class_table_write(l->b->types.classes, &text);
  written = il_text_builder_text(&text);
  begin(l, SECTION_TYPE_CLASSES, 0, written.length, written.bytes, 1);
  il_text_builder_drop(&text);
}

static void put_records(BlockLayout *l) {
  Builder *b = l->b;
  size_t at[SECTION_COUNT];
#define RECORDS(section, vec, type)                                          \
  at[SECTION_##section] =                                                    \
      begin(l, SECTION_##section, b->first[SECTION_##section], b->vec.count, \
            NULL, sizeof(type))
  RECORDS(FUNCTION, functions, Function);
  RECORDS(CLASS, classes, ClassCode);
  RECORDS(CONSTANT, constants, CodeConstant);
  RECORDS(SELECTOR, selectors, CodeSelector);
  RECORDS(SHAPE, shapes, CodeShape);
#undef RECORDS
  begin(l, SECTION_STATIC, b->first[SECTION_STATIC], b->statics.count,
        b->statics.items, sizeof(CodeStatic));
  begin(l, SECTION_ROW, 0, b->rows.count, b->rows.items, sizeof(CodeRow));
  begin(l, SECTION_DISPATCH, 0, b->dispatch.count, b->dispatch.items,
        sizeof(FunctionId));
  begin(l, SECTION_CONSTANT_INDEX, 0, b->constant_index.capacity,
        b->constant_index.slots, sizeof(uint32_t));
  begin(l, SECTION_SELECTOR_INDEX, 0, b->selector_index.capacity,
        b->selector_index.slots, sizeof(uint32_t));
  begin(l, SECTION_SHAPE_INDEX, 0, b->shape_index.capacity,
        b->shape_index.slots, sizeof(uint32_t));
  begin(l, SECTION_SELECTOR_ORDER, 0, b->order.count, b->order.items,
        sizeof(SelectorId));
  begin(l, SECTION_NAME, b->core ? 1 : 0, 0, NULL, 4);
  l->head.sections[SECTION_DATA].offset = append(l, NULL, 0, 8);
  put_functions(l, at[SECTION_FUNCTION]);
  put_classes(l, at[SECTION_CLASS]);
  put_constants(l, at[SECTION_CONSTANT]);
  put_selectors(l, at[SECTION_SELECTOR]);
  put_shapes(l, at[SECTION_SHAPE]);
  l->head.sections[SECTION_DATA].count =
      (uint32_t)(l->size - l->head.sections[SECTION_DATA].offset);
}

Segment *il_segment_build(Builder *b, const void *outline,
                          size_t outline_size) {
  BlockLayout l = {.b = b};
  il_map_init(&l.blobs);
  append(&l, NULL, sizeof(SegmentHead), 8);
  for (uint32_t i = 0; i < SECTION_COUNT; i++) {
    l.head.sections[i].offset = sizeof(SegmentHead);
  }
  put_records(&l);
  if (!b->core) {
    put_names(&l);
    put_types(&l);
  }
  begin(&l, SECTION_OUTLINE, 0, (uint32_t)outline_size, outline, 1);
  append(&l, NULL, 0, 8);
  memcpy(l.head.magic, SEGMENT_MAGIC, 8);
  l.head.version = il_segment_version();
  l.head.size = l.size;
  memcpy(l.head.core_functions, b->core_functions, sizeof b->core_functions);
  l.head.main = b->main;
  if (!b->core)
    l.head.hash = hash_blob(l.bytes + sizeof l.head, l.size - sizeof l.head);
  memcpy(l.bytes, &l.head, sizeof l.head);
  il_map_drop(&l.blobs);
  Segment *s = NULL;
  if (!b->error) {
    s = il_memory_zalloc(sizeof *s);
    s->head = il_memory_realloc(l.bytes, l.capacity, l.size);
    s->owns = true;
  } else {
    il_memory_free(l.bytes, l.capacity);
  }
  return s;
}
