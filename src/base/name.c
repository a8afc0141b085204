// name.c: one open-addressing index over the texts.
#include "base/name.h"

#include "base/memory.h"

static const Text predefined_texts[NAME_PREDEFINED_COUNT] = {
    TEXT_INIT(""),
#define NAME(id, text) TEXT_INIT(text),
#include "base/name.def"
#undef NAME
};

// The slot of the index where the text is, or where it would go.
static uint32_t find_slot(const NameTable *table, Text text) {
  uint32_t mask = table->index_capacity - 1;
  uint32_t slot = il_text_hash(text) & mask;
  while (table->index[slot] != 0 &&
         !il_text_equal(table->texts[table->index[slot]], text)) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

static void grow_index(NameTable *table, uint32_t capacity) {
  il_memory_free(table->index, table->index_capacity * sizeof(uint32_t));
  table->index = il_memory_zalloc(capacity * sizeof(uint32_t));
  table->index_capacity = capacity;
  for (Name name = 1; name < table->count; name++) {
    table->index[find_slot(table, table->texts[name])] = name;
  }
}

// Adds a text whose bytes live as long as the table.
static Name add_text(NameTable *table, Text text, uint32_t slot) {
  if (table->count == table->capacity) {
    uint32_t grown = table->capacity ? table->capacity * 2 : 1024;
    table->texts =
        il_memory_realloc(table->texts, table->capacity * sizeof(Text),
                          grown * sizeof(Text));
    table->capacity = grown;
  }
  Name name = table->count++;
  table->texts[name] = text;
  table->index[slot] = name;
  if (table->count * 2 > table->index_capacity) {
    grow_index(table, table->index_capacity * 2);
  }
  return name;
}

void il_name_table_init(NameTable *table) {
  memset(table, 0, sizeof *table);
  grow_index(table, 2048);
  // NAME_NONE takes the number 0, and no slot of the index.
  table->capacity = 1024;
  table->texts = il_memory_alloc(table->capacity * sizeof(Text));
  table->texts[0] = predefined_texts[0];
  table->count = 1;
  for (Name name = 1; name < NAME_PREDEFINED_COUNT; name++) {
    uint32_t slot = find_slot(table, predefined_texts[name]);
    // A text that stands twice in name.def would shift all that follow.
    IL_ASSERT(table->index[slot] == 0);
    Name made = add_text(table, predefined_texts[name], slot);
    IL_ASSERT(made == name);
    (void)made;
  }
}

void il_name_table_drop(NameTable *table) {
  il_memory_free(table->texts, table->capacity * sizeof(Text));
  il_memory_free(table->index, table->index_capacity * sizeof(uint32_t));
  il_arena_drop(&table->arena);
  memset(table, 0, sizeof *table);
}

Name il_name_find(const NameTable *table, Text text) {
  return table->index[find_slot(table, text)];
}

Name il_name_intern(NameTable *table, Text text) {
  uint32_t slot = find_slot(table, text);
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
  return table->texts[name];
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
