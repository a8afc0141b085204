// text.c: slices and the builder.
#include "base/text.h"

#include <stdio.h>

#include "base/memory.h"
#include "base/utf.h"

int il_text_compare(Text a, Text b) {
  uint32_t shorter = a.length < b.length ? a.length : b.length;
  int order = shorter ? memcmp(a.bytes, b.bytes, shorter) : 0;
  if (order != 0) return order;
  return a.length < b.length ? -1 : a.length > b.length;
}

uint32_t il_text_hash(Text text) {
  // FNV-1a, then mixed, for tables use the low bits.
  uint64_t hash = UINT64_C(0xcbf29ce484222325);
  for (uint32_t i = 0; i < text.length; i++) {
    hash = (hash ^ (unsigned char)text.bytes[i]) * UINT64_C(0x100000001b3);
  }
  return (uint32_t)il_common_mix(hash);
}

bool il_text_starts_with(Text text, Text prefix) {
  return text.length >= prefix.length &&
         il_text_equal(il_text_make(text.bytes, prefix.length), prefix);
}

bool il_text_ends_with(Text text, Text suffix) {
  return text.length >= suffix.length &&
         il_text_equal(
             il_text_slice(text, text.length - suffix.length, text.length),
             suffix);
}

Text il_text_slice(Text text, uint32_t start, uint32_t end) {
  IL_ASSERT(start <= end && end <= text.length);
  if (start == end) return (Text){text.bytes, 0};
  return (Text){text.bytes + start, end - start};
}

int64_t il_text_find_char(Text text, char c) {
  const char *at = text.length ? memchr(text.bytes, c, text.length) : NULL;
  return at ? at - text.bytes : -1;
}

int64_t il_text_find_last_char(Text text, char c) {
  for (int64_t i = (int64_t)text.length - 1; i >= 0; i--) {
    if (text.bytes[i] == c) return i;
  }
  return -1;
}

int64_t il_text_find(Text text, Text part, uint32_t from) {
  if (from > text.length || part.length > text.length - from) return -1;
  if (part.length == 0) return from;
  const char *at = memmem(text.bytes + from, text.length - from, part.bytes,
                          part.length);
  return at ? at - text.bytes : -1;
}

// Makes room for more bytes and a NUL.
static void reserve_bytes(TextBuilder *builder, size_t more) {
  size_t wanted = (size_t)builder->length + more + 1;
  if (wanted <= builder->capacity) return;
  size_t grown = builder->capacity < 64 ? 64 : (size_t)builder->capacity * 2;
  if (grown < wanted) grown = wanted;
  if (grown > UINT32_MAX) grown = UINT32_MAX;
  if (wanted > grown) il_memory_exhausted(wanted);
  builder->bytes = il_memory_realloc(builder->bytes, builder->capacity, grown);
  builder->capacity = (uint32_t)grown;
}

void il_text_builder_init(TextBuilder *builder) {
  memset(builder, 0, sizeof *builder);
}

void il_text_builder_drop(TextBuilder *builder) {
  il_memory_free(builder->bytes, builder->capacity);
  il_text_builder_init(builder);
}

void il_text_builder_clear(TextBuilder *builder) { builder->length = 0; }

void il_text_append(TextBuilder *builder, Text text) {
  if (text.length == 0) return;
  reserve_bytes(builder, text.length);
  memcpy(builder->bytes + builder->length, text.bytes, text.length);
  builder->length += text.length;
}

void il_text_append_char(TextBuilder *builder, char c) {
  reserve_bytes(builder, 1);
  builder->bytes[builder->length++] = c;
}

void il_text_append_rune(TextBuilder *builder, uint32_t rune) {
  reserve_bytes(builder, 4);
  builder->length += il_utf_encode(rune, builder->bytes + builder->length);
}

void il_text_append_string(TextBuilder *builder, const char *string) {
  il_text_append(builder, il_text_of(string));
}

void il_text_append_format_list(TextBuilder *builder, const char *format,
                                va_list list) {
  va_list again;
  va_copy(again, list);
  int length = vsnprintf(NULL, 0, format, again);
  va_end(again);
  IL_ASSERT(length >= 0);
  reserve_bytes(builder, (size_t)length);
  vsnprintf(builder->bytes + builder->length, (size_t)length + 1, format, list);
  builder->length += (uint32_t)length;
}

void il_text_append_format(TextBuilder *builder, const char *format, ...) {
  va_list list;
  va_start(list, format);
  il_text_append_format_list(builder, format, list);
  va_end(list);
}

Text il_text_builder_text(const TextBuilder *builder) {
  return (Text){builder->bytes, builder->length};
}

const char *il_text_builder_string(TextBuilder *builder) {
  reserve_bytes(builder, 0);
  builder->bytes[builder->length] = '\0';
  return builder->bytes;
}
