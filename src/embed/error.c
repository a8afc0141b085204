#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "embed/runtime.h"

void il_error_take(IsleError **error, IsleErrorKind kind, TextBuilder *text) {
  if (!error) {
    il_text_builder_drop(text);
    return;
  }
  IsleError *e = il_memory_zalloc(sizeof *e);
  e->kind = kind;
  e->text = *text;
  il_text_append_char(&e->text, 0);
  *error = e;
}

void il_error_set(IsleError **error, IsleErrorKind kind, const char *format,
                  ...) {
  if (!error) return;
  char line[1024];
  va_list args;
  va_start(args, format);
  vsnprintf(line, sizeof line, format, args);
  va_end(args);
  TextBuilder text;
  il_text_builder_init(&text);
  il_text_append(&text, il_text_of(line));
  il_text_append_char(&text, '\n');
  il_error_take(error, kind, &text);
}

IsleErrorKind isle_error_kind(const IsleError *error) { return error->kind; }

const char *isle_error_message(const IsleError *error) {
  return il_text_builder_text(&error->text).bytes;
}

void isle_error_free(IsleError *error) {
  if (!error) return;
  il_text_builder_drop(&error->text);
  il_memory_free(error, sizeof *error);
}
