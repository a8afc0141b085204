// parser.c: any bytes go through the scanner and the parser. Whatever they are,
// there is a tree, and the messages can be printed.
#include "base/name.h"
#include "syntax/diagnostic.h"
#include "syntax/parser.h"
#include "syntax/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena arena = {0};
  NameTable names;
  Diagnostics diagnostics;
  Source source;
  TextBuilder out = {0};
  il_name_table_init(&names);
  il_diagnostic_init(&diagnostics);
  // The parser must not count on a NUL after the text: copy it to its size.
  char *text = il_memory_alloc(size);
  if (size > 0) memcpy(text, data, size);
  il_source_init(&source, &arena, TEXT("fuzz.dart"), il_text_make(text, size));
  TreeUnit *unit = il_parser_parse(&arena, &names, &source, &diagnostics);
  if (!unit) IL_FATAL("no tree");
  il_diagnostic_print(&diagnostics, &out, true);
  il_text_builder_drop(&out);
  il_diagnostic_drop(&diagnostics);
  il_name_table_drop(&names);
  il_arena_drop(&arena);
  il_memory_free(text, size);
  return 0;
}
