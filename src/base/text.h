// text.h: borrowed slices of UTF-8 and a builder for them.
//
// A Text is a pointer and a length; it owns nothing and needs no NUL. A
// TextBuilder is a growing buffer; its text is valid until the next append.
//
// Owner:     the caller keeps the bytes of a Text alive; a builder owns its own.
// Threads:   one at a time for a builder.
// Allocates: the builder, through memory.h.
// Fails:     never: memory.h ends the process.
#ifndef IL_BASE_TEXT_H
#define IL_BASE_TEXT_H

#include <stdarg.h>

#include "base/common.h"

typedef struct {
  const char *bytes;
  uint32_t length;
} Text;

// The text of a string literal; TEXT_INIT is for initialisers of static tables.
#define TEXT(literal) ((Text){"" literal, (uint32_t)sizeof(literal) - 1})
#define TEXT_INIT(literal) \
  { "" literal, (uint32_t)sizeof(literal) - 1 }

// For printf: "%.*s", TEXT_ARG(text).
#define TEXT_ARG(text) (int)(text).length, (text).bytes

// A text over these bytes.
static inline Text il_text_make(const char *bytes, size_t length) {
  return (Text){bytes, (uint32_t)length};
}

// A text over a NUL-terminated string; NULL is the empty text.
static inline Text il_text_of(const char *string) {
  return (Text){string, string ? (uint32_t)strlen(string) : 0};
}

static inline bool il_text_equal(Text a, Text b) {
  return a.length == b.length &&
         (a.length == 0 || memcmp(a.bytes, b.bytes, a.length) == 0);
}

// Negative, zero or positive, by bytes.
int il_text_compare(Text a, Text b);

// The same for equal texts, in every process.
uint32_t il_text_hash(Text text);

bool il_text_starts_with(Text text, Text prefix);
bool il_text_ends_with(Text text, Text suffix);

// The slice from start to end; both must be in range.
Text il_text_slice(Text text, uint32_t start, uint32_t end);

// The position of the first or last byte c, or -1.
int64_t il_text_find_char(Text text, char c);
int64_t il_text_find_last_char(Text text, char c);

// The position of the first occurrence of part at or after from, or -1.
int64_t il_text_find(Text text, Text part, uint32_t from);

typedef struct {
  char *bytes;
  uint32_t length;
  uint32_t capacity;
} TextBuilder;

// Makes an empty builder. A zeroed TextBuilder is the same.
void il_text_builder_init(TextBuilder *builder);

// Frees the buffer; the builder is empty again.
void il_text_builder_drop(TextBuilder *builder);

// Forgets the text and keeps the buffer.
void il_text_builder_clear(TextBuilder *builder);

void il_text_append(TextBuilder *builder, Text text);
void il_text_append_char(TextBuilder *builder, char c);

// Appends the UTF-8 form of a code point; a lone surrogate takes three bytes.
void il_text_append_rune(TextBuilder *builder, uint32_t rune);

void il_text_append_string(TextBuilder *builder, const char *string);
void il_text_append_format(TextBuilder *builder, const char *format, ...)
    IL_PRINTF(2, 3);
void il_text_append_format_list(TextBuilder *builder, const char *format,
                                va_list list) IL_PRINTF(2, 0);

// What was built: borrowed from the builder.
Text il_text_builder_text(const TextBuilder *builder);

// What was built with a NUL after it: borrowed from the builder.
const char *il_text_builder_string(TextBuilder *builder);

#endif
