// error.c: what goes wrong, as the host gets it.

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "embed/runtime.h"

static const char *keep(Arena *arena, Text text) {
  char *bytes = il_arena_alloc(arena, (size_t)text.length + 1);
  if (text.length) memcpy(bytes, text.bytes, text.length);
  return bytes;
}

static IsleError *new_error(IsleErrorKind kind, Text text) {
  IsleError *e = il_memory_zalloc(sizeof *e);
  e->kind = kind;
  il_arena_init(&e->arena);
  e->text = keep(&e->arena, text);
  return e;
}

void il_error_take(IsleError **error, IsleErrorKind kind, TextBuilder *text) {
  if (error) *error = new_error(kind, il_text_builder_text(text));
  il_text_builder_drop(text);
}

void il_error_set(IsleError **error, IsleErrorKind kind, const char *format,
                  ...) {
  if (!error) return;
  TextBuilder text;
  il_text_builder_init(&text);
  va_list args;
  va_start(args, format);
  il_text_append_format_list(&text, format, args);
  va_end(args);
  il_text_append_char(&text, '\n');
  il_error_take(error, kind, &text);
}

bool il_error_check(const void *handle, const char *name, IsleError **error) {
  if (handle) return true;
  il_error_set(error, ISLE_ERROR_ARGUMENT, "Error: the %s is NULL.", name);
  return false;
}

static IsleDiagnostic describe(Arena *arena, const Diagnostic *item) {
  IsleDiagnostic d = {.path = "",
                      .code = il_diagnostic_code_text(item->code),
                      .message = keep(arena, item->message)};
  if (!item->source) return d;
  SourcePosition place = il_source_position(item->source, item->start);
  d.path = keep(arena, item->source->path);
  d.line = place.line;
  d.column = place.column;
  return d;
}

void il_error_report(IsleError **error, Diagnostics *diagnostics,
                     bool show_codes) {
  if (!error) return;
  TextBuilder text;
  il_text_builder_init(&text);
  il_diagnostic_print(diagnostics, &text, show_codes);  // sorts them, too
  IsleError *e = new_error(ISLE_ERROR_COMPILE, il_text_builder_text(&text));
  il_text_builder_drop(&text);
  e->count = diagnostics->items.count;
  e->diagnostics =
      il_arena_alloc(&e->arena, e->count * sizeof *e->diagnostics);
  for (size_t i = 0; i < e->count; i++)
    e->diagnostics[i] = describe(&e->arena, &diagnostics->items.items[i]);
  *error = e;
}

IsleErrorKind isle_error_kind(const IsleError *error) {
  return error ? error->kind : (IsleErrorKind)0;
}

const char *isle_error_message(const IsleError *error) {
  return error ? error->text : "";
}

size_t isle_error_count(const IsleError *error) {
  return error ? error->count : 0;
}

bool isle_error_diagnostic(const IsleError *error, size_t index,
                           IsleDiagnostic *diagnostic) {
  if (!error || !diagnostic || index >= error->count) return false;
  *diagnostic = error->diagnostics[index];
  return true;
}

void isle_error_free(IsleError *error) {
  if (!error) return;
  il_arena_drop(&error->arena);
  il_memory_free(error, sizeof *error);
}
