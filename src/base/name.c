// name.c: one open-addressing index over the texts.
#include "base/name.h"

#include "base/memory.h"

static const Text predefined_texts[NAME_PREDEFINED_COUNT] = {
    TEXT_INIT(""),
#define NAME(id, text) TEXT_INIT(text),
#include "base/name.def"
#undef NAME
};

static Text image_text(const NameImage *image, Name name) {
  uint32_t start = name ? image->ends[name - 1] : 0;
  return (Text){image->bytes + start, image->ends[name] - start};
}

static Name find_in_image(const NameImage *image, Text text, uint32_t hash) {
  if (image->count == 0) return NAME_NONE;
  uint32_t mask = image->index_capacity - 1;
  uint32_t slot = hash & mask;
  while (image->index[slot] != 0 &&
         !il_text_equal(image_text(image, image->index[slot]), text)) {
    slot = (slot + 1) & mask;
  }
  return image->index[slot];
}

// The slot of the own index where the text is, or where it would go.
static uint32_t find_slot(const NameTable *table, Text text, uint32_t hash) {
  uint32_t mask = table->index_capacity - 1;
  uint32_t slot = hash & mask;
  while (table->index[slot] != 0 &&
         !il_text_equal(il_name_text(table, table->index[slot]), text)) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

static void grow_index(NameTable *table, uint32_t capacity) {
  il_memory_free(table->index, table->index_capacity * sizeof(uint32_t));
  table->index = il_memory_zalloc(capacity * sizeof(uint32_t));
  table->index_capacity = capacity;
  Name first = table->image.count ? table->image.count : 1;
  for (Name name = first; name < table->count; name++) {
    Text text = il_name_text(table, name);
    table->index[find_slot(table, text, il_text_hash(text))] = name;
  }
}

// Adds a text whose bytes live as long as the table.
static Name add_text(NameTable *table, Text text, uint32_t slot) {
  uint32_t own_count = table->count - table->image.count;
  if (own_count == table->capacity) {
    uint32_t grown = table->capacity * 2;
    table->texts = il_memory_realloc(
        table->texts, table->capacity * sizeof(Text), grown * sizeof(Text));
    table->capacity = grown;
  }
  Name name = table->count++;
  table->texts[own_count] = text;
  table->index[slot] = name;
  if (own_count * 2 > table->index_capacity) {
    grow_index(table, table->index_capacity * 2);
  }
  return name;
}

static void init_own(NameTable *table, uint32_t capacity) {
  grow_index(table, capacity * 2);
  table->capacity = capacity;
  table->texts = il_memory_alloc(capacity * sizeof(Text));
}

void il_name_table_init(NameTable *table) {
  memset(table, 0, sizeof *table);
  init_own(table, 1024);
  // NAME_NONE takes the number 0, and no slot of the index.
  table->texts[0] = predefined_texts[0];
  table->count = 1;
  for (Name name = 1; name < NAME_PREDEFINED_COUNT; name++) {
    Text text = predefined_texts[name];
    uint32_t slot = find_slot(table, text, il_text_hash(text));
    // A text that stands twice in name.def would shift all that follow.
    IL_ASSERT(table->index[slot] == 0);
    Name made = add_text(table, text, slot);
    IL_ASSERT(made == name);
    (void)made;
  }
}

void il_name_table_init_over(NameTable *table, const NameImage *image) {
  memset(table, 0, sizeof *table);
  table->image = *image;
  table->count = image->count;
  init_own(table, 128);
}

void il_name_table_drop(NameTable *table) {
  il_memory_free(table->texts, table->capacity * sizeof(Text));
  il_memory_free(table->index, table->index_capacity * sizeof(uint32_t));
  il_arena_drop(&table->arena);
  memset(table, 0, sizeof *table);
}

Name il_name_find(const NameTable *table, Text text) {
  uint32_t hash = il_text_hash(text);
  Name name = find_in_image(&table->image, text, hash);
  return name ? name : table->index[find_slot(table, text, hash)];
}

Name il_name_intern(NameTable *table, Text text) {
  uint32_t hash = il_text_hash(text);
  Name name = find_in_image(&table->image, text, hash);
  if (name) return name;
  uint32_t slot = find_slot(table, text, hash);
  if (table->index[slot] != 0) return table->index[slot];
  return add_text(table, il_arena_copy_text(&table->arena, text), slot);
}

Name il_name_intern_private(NameTable *table, Text text,
                            uint32_t library_number) {
  if (text.length == 0 || text.bytes[0] != '_') {
    return il_name_intern(table, text);
  }
  TextBuilder builder = {0};
  il_text_append(&builder, text);
  il_text_append_format(&builder, "@%u", library_number);
  Name name = il_name_intern(table, il_text_builder_text(&builder));
  il_text_builder_drop(&builder);
  return name;
}

Text il_name_text(const NameTable *table, Name name) {
  IL_ASSERT(name < table->count);
  if (name < table->image.count) return image_text(&table->image, name);
  return table->texts[name - table->image.count];
}

void il_name_make_index(const NameTable *table, uint32_t *index,
                        uint32_t capacity) {
  for (Name name = 1; name < table->count; name++) {
    uint32_t slot = il_text_hash(il_name_text(table, name)) & (capacity - 1);
    while (index[slot] != 0) slot = (slot + 1) & (capacity - 1);
    index[slot] = name;
  }
}

Text il_name_public_text(const NameTable *table, Name name) {
  Text text = il_name_text(table, name);
  if (text.length == 0 || text.bytes[0] != '_') return text;
  int64_t at = il_text_find_last_char(text, '@');
  return at < 0 ? text : il_text_slice(text, 0, (uint32_t)at);
}

bool il_name_is_private(const NameTable *table, Name name) {
  Text text = il_name_text(table, name);
  return text.length > 0 && text.bytes[0] == '_' &&
         il_text_find_last_char(text, '@') >= 0;
}
