// diagnostic.c: collecting, ordering and printing messages.

#include "syntax/diagnostic.h"

#include <stdarg.h>
#include <stdlib.h>

static const char *const code_texts[] = {
#define DIAGNOSTIC(kind, code, message) code,
#include "syntax/diagnostic.def"
};

static const char *const message_templates[] = {
#define DIAGNOSTIC(kind, code, message) message,
#include "syntax/diagnostic.def"
};

void il_diagnostic_init(Diagnostics *diagnostics) {
  *diagnostics = (Diagnostics){0};
  il_arena_init(&diagnostics->arena);
}

void il_diagnostic_drop(Diagnostics *diagnostics) {
  il_vec_drop(&diagnostics->items);
  il_arena_drop(&diagnostics->arena);
}

const char *il_diagnostic_code_text(DiagnosticCode code) {
  IL_ASSERT(code < DIAG_COUNT);
  return code_texts[code];
}

// A text from the source may be a whole line or more: show its beginning.
static void append_short(TextBuilder *out, Text text) {
  uint32_t length = text.length;
  const uint32_t limit = 200;
  if (length > limit) {
    length = limit;
    while (length > 0 && ((uint8_t)text.bytes[length] & 0xC0) == 0x80) length--;
  }
  il_text_append(out, il_text_slice(text, 0, length));
  if (length < text.length) il_text_append(out, TEXT("..."));
}

static void format_message(TextBuilder *out, const char *at, va_list list) {
  for (; *at; at++) {
    if (*at != '%') {
      il_text_append_char(out, *at);
      continue;
    }
    switch (*++at) {
      case 't':
        append_short(out, va_arg(list, Text));
        break;
      case 's':
        il_text_append_string(out, va_arg(list, const char *));
        break;
      case 'd':
        il_text_append_format(out, "%d", va_arg(list, int));
        break;
      default:
        IL_UNREACHABLE();
    }
  }
}

void il_diagnostic_error(Diagnostics *diagnostics, const Source *source,
                         uint32_t start, uint32_t end, DiagnosticCode code,
                         ...) {
  diagnostics->count++;
  if (diagnostics->items.count >= IL_DIAGNOSTIC_LIMIT) return;
  TextBuilder builder;
  il_text_builder_init(&builder);
  va_list list;
  va_start(list, code);
  format_message(&builder, message_templates[code], list);
  va_end(list);
  Diagnostic item = {
      .source = source,
      .start = start,
      .end = end > start ? end : start,
      .order = diagnostics->items.count,
      .code = code,
      .message = il_arena_copy_text(&diagnostics->arena,
                                    il_text_builder_text(&builder)),
  };
  il_text_builder_drop(&builder);
  il_vec_push(&diagnostics->items, item);
}

// Within one source by place, then by order of report.
static int compare_items(const void *left, const void *right) {
  const Diagnostic *a = left, *b = right;
  if (a->start != b->start) return a->start < b->start ? -1 : 1;
  return a->order < b->order ? -1 : a->order > b->order;
}

// Moves all messages of the source of items[first] directly behind it, keeping
// the order of the others; returns the index after them.
static uint32_t gather_source(Diagnostics *d, uint32_t first) {
  const Source *source = d->items.items[first].source;
  uint32_t next = first + 1;
  for (uint32_t i = next; i < d->items.count; i++) {
    if (d->items.items[i].source != source) continue;
    Diagnostic item = d->items.items[i];
    memmove(&d->items.items[next + 1], &d->items.items[next],
            (i - next) * sizeof(Diagnostic));
    d->items.items[next++] = item;
  }
  return next;
}

void il_diagnostic_sort(Diagnostics *diagnostics) {
  Diagnostic *items = diagnostics->items.items;
  uint32_t kept = 0;
  for (uint32_t first = 0; first < diagnostics->items.count;) {
    uint32_t next = gather_source(diagnostics, first);
    qsort(&items[first], next - first, sizeof(Diagnostic), compare_items);
    for (uint32_t i = first; i < next; i++) {
      bool is_same =
          items[i].source && i > first && items[i].start == items[i - 1].start;
      if (!is_same) diagnostics->items.items[kept++] = items[i];
    }
    first = next;
  }
  diagnostics->items.count = kept;
}

// The source line and a caret under the place. Tabs are kept, so that the
// caret stands right whatever their width; long lines are cut around it.
static void append_line(TextBuilder *out, const Source *source,
                        uint32_t offset) {
  SourcePosition position = il_source_position(source, offset);
  Text line = il_source_line(source, position.line);
  uint32_t at = offset - (uint32_t)(line.bytes - source->text.bytes);
  if (at > line.length) at = line.length;
  uint32_t from = 0;
  if (line.length > 160) {
    from = at > 80 ? at - 80 : 0;
    while (from > 0 && ((uint8_t)line.bytes[from] & 0xC0) == 0x80) from--;
    uint32_t to = line.length - from > 160 ? from + 160 : line.length;
    while (to < line.length && ((uint8_t)line.bytes[to] & 0xC0) == 0x80) to++;
    line = il_text_slice(line, from, to);
    at -= from;
  }
  il_text_append(out, line);
  il_text_append_char(out, '\n');
  for (uint32_t i = 0; i < at; i++) {
    if (((uint8_t)line.bytes[i] & 0xC0) == 0x80) continue;
    il_text_append_char(out, line.bytes[i] == '\t' ? '\t' : ' ');
  }
  il_text_append(out, TEXT("^\n"));
}

static void append_item(TextBuilder *out, const Diagnostic *item,
                        bool show_codes) {
  if (item->source) {
    SourcePosition p = il_source_position(item->source, item->start);
    il_text_append(out, item->source->path);
    il_text_append_format(out, ":%u:%u: ", p.line, p.column);
  }
  il_text_append(out, TEXT("Error"));
  if (show_codes) {
    il_text_append_format(out, "[%s]", il_diagnostic_code_text(item->code));
  }
  il_text_append(out, TEXT(": "));
  il_text_append(out, item->message);
  il_text_append_char(out, '\n');
  if (item->source) append_line(out, item->source, item->start);
}

void il_diagnostic_print(Diagnostics *diagnostics, TextBuilder *out,
                         bool show_codes) {
  uint32_t lost = diagnostics->count > IL_DIAGNOSTIC_LIMIT
                      ? diagnostics->count - IL_DIAGNOSTIC_LIMIT
                      : 0;
  il_diagnostic_sort(diagnostics);
  for (uint32_t i = 0; i < diagnostics->items.count; i++) {
    append_item(out, &diagnostics->items.items[i], show_codes);
  }
  if (lost > 0) {
    il_text_append_format(out, "%u more errors are not shown.\n", lost);
  }
}
