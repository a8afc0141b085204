// source.c: the table of lines and how offsets become lines and columns.

#include "syntax/source.h"

#include "base/utf.h"

// Past the line end at text[at], which is LF, CR LF or CR.
static uint32_t skip_line_end(Text text, uint32_t at) {
  if (text.bytes[at] == '\r' && at + 1 < text.length &&
      text.bytes[at + 1] == '\n') {
    return at + 2;
  }
  return at + 1;
}

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

static uint32_t count_lines(Text text) {
  uint32_t count = 1;
  for (uint32_t at = 0; at < text.length;) {
    if (is_line_end(text.bytes[at])) {
      at = skip_line_end(text, at);
      count++;
    } else {
      at++;
    }
  }
  return count;
}

void il_source_init(Source *source, Arena *arena, Text path, Text text) {
  source->path = path;
  source->text = text;
  source->line_count = count_lines(text);
  source->line_starts = IL_NEW_ARRAY(arena, uint32_t, source->line_count);
  uint32_t line = 1;
  for (uint32_t at = 0; at < text.length;) {
    if (is_line_end(text.bytes[at])) {
      at = skip_line_end(text, at);
      source->line_starts[line++] = at;
    } else {
      at++;
    }
  }
}

// The index of the line that holds the offset.
static uint32_t find_line(const Source *source, uint32_t offset) {
  uint32_t low = 0, high = source->line_count;
  while (high - low > 1) {
    uint32_t middle = low + (high - low) / 2;
    if (source->line_starts[middle] <= offset) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return low;
}

SourcePosition il_source_position(const Source *source, uint32_t offset) {
  if (offset > source->text.length) offset = source->text.length;
  uint32_t line = find_line(source, offset);
  uint32_t start = source->line_starts[line];
  // A byte order mark takes no column.
  if (line == 0 && il_text_starts_with(source->text, TEXT("\xEF\xBB\xBF")) &&
      offset >= 3) {
    start = 3;
  }
  Text before = il_text_slice(source->text, start, offset);
  uint32_t units = il_utf_count_units(before, NULL);
  return (SourcePosition){line + 1, units + 1};
}

Text il_source_line(const Source *source, uint32_t line) {
  IL_ASSERT(line >= 1 && line <= source->line_count);
  uint32_t start = source->line_starts[line - 1];
  uint32_t end = start;
  while (end < source->text.length && !is_line_end(source->text.bytes[end])) {
    end++;
  }
  Text text = il_text_slice(source->text, start, end);
  if (line == 1 && il_text_starts_with(text, TEXT("\xEF\xBB\xBF"))) {
    text = il_text_slice(text, 3, text.length);
  }
  return text;
}
