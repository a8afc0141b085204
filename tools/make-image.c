// make-image: compiles lib/ to the image of the core libraries.
//
//   make-image LIB OUTPUT
//   make-image LIB --count-dynamic
//
// LIB holds one folder a library and libraries.dart, which imports them all.
// Exit code 1 with messages when something is wrong. The second form prints how
// many operations of the typed trees ask a value of type dynamic: calls, and
// implicit downcasts.

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "code/verify.h"
#include "lower/lower.h"
#include "sema/outline.h"
#include "sema/typed_dump.h"

static bool read_source(void *context, Text uri, Arena *arena, Text *text) {
  (void)context;
  if (!il_text_starts_with(uri, TEXT("file://"))) return false;
  char path[4096];
  snprintf(path, sizeof path, "%.*s", (int)uri.length - 7, uri.bytes + 7);
  return il_file_read(arena, path, text) == IL_OK;
}

static Text write_outline(void *context, Sema *sema) {
  return il_outline_write(sema, context);
}

static int complain(Diagnostics *diagnostics) {
  TextBuilder out;
  il_text_builder_init(&out);
  il_diagnostic_print(diagnostics, &out, false);
  Text text = il_text_builder_text(&out);
  fprintf(stderr, "%.*s", (int)text.length, text.bytes);
  il_text_builder_drop(&out);
  return 1;
}

static uint32_t count_word(Text text, const char *word) {
  uint32_t count = 0, length = (uint32_t)strlen(word);
  for (uint32_t i = 0; i + length <= text.length; i++) {
    count += memcmp(text.bytes + i, word, length) == 0;
  }
  return count;
}

static void count_dynamic(Sema *sema) {
  uint32_t calls = 0, casts = 0, cursor = 0;
  uint64_t name, library;
  while (il_map_next(&sema->libraries, &cursor, &name, &library)) {
    TextBuilder out;
    il_text_builder_init(&out);
    il_typed_dump_library(sema, (Library *)(uintptr_t)library, &out);
    calls += count_word(il_text_builder_text(&out), " dynamic-call ");
    casts += count_word(il_text_builder_text(&out), " as downcast ");
    il_text_builder_drop(&out);
  }
  printf("dynamic calls: %u\nimplicit downcasts: %u\n", calls, casts);
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: make-image LIB OUTPUT\n");
    return 2;
  }
  Arena arena;
  il_arena_init(&arena);
  Text lib;
  if (il_file_real_path(&arena, argv[1], &lib) != IL_OK) {
    fprintf(stderr, "make-image: no folder %s\n", argv[1]);
    return 1;
  }
  char root[4200];
  snprintf(root, sizeof root, "file://%s/libraries.dart", lib.bytes);
  NameTable names;
  il_name_table_init(&names);
  SemaTables tables = {.names = &names,
                       .types = il_type_table_new(&names, NULL),
                       .classes = il_class_table_new(NULL)};
  SemaOptions options = {.read = read_source, .lib_root = lib};
  Sema *sema = il_sema_new(&options, &tables);
  Segment *segment = NULL;
  if (il_sema_compile(sema, il_text_of(root)))
    segment = il_lower_program(sema, NULL, write_outline, &arena);
  if (!segment) return complain(sema->diagnostics);
  if (strcmp(argv[2], "--count-dynamic") == 0) {
    count_dynamic(sema);
    return 0;
  }
  size_t size;
  const void *bytes = il_segment_bytes(segment, &size);
  Text image = {bytes, (uint32_t)size};
  if (il_file_write(argv[2], image) != IL_OK) {
    fprintf(stderr, "make-image: cannot write %s\n", argv[2]);
    return 1;
  }
  return 0;
}
