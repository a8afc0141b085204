// dump.c: what each stage of compilation makes of a file.

#include "embed/compile.h"
#include "embed/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "code/disasm.h"
#include "sema/typed_dump.h"
#include "syntax/parser.h"
#include "syntax/scanner.h"

static char *to_string(TextBuilder *text) {
  Text t = il_text_builder_text(text);
  char *result = malloc((size_t)t.length + 1);
  if (result) {
    if (t.length) memcpy(result, t.bytes, t.length);
    result[t.length] = 0;
  }
  il_text_builder_drop(text);
  return result;
}

typedef struct {
  Arena arena;
  NameTable names;
  Diagnostics diagnostics;
  Source source;
  TextBuilder out;
} FileDump;

static void dump_tokens(FileDump *d) {
  ScannerResult result = {0};
  il_scanner_scan(&result, &d->names, &d->source, &d->diagnostics);
  il_scanner_dump(&d->out, &result, &d->source);
  il_scanner_drop(&result);
}

static void dump_tree(FileDump *d) {
  TreeUnit *unit =
      il_parser_parse(&d->arena, &d->names, &d->source, &d->diagnostics);
  il_tree_dump(&d->out, unit, &d->names);
}

// Tokens or the tree of one file, which nothing else is needed for. What there
// is of it is given also when the file has errors.
static char *dump_file(IsleRuntime *runtime, const char *path, const char *text,
                       bool tokens, IsleError **error) {
  FileDump d;
  il_arena_init(&d.arena);
  il_name_table_init(&d.names);
  il_diagnostic_init(&d.diagnostics);
  il_text_builder_init(&d.out);
  Text contents = text ? il_text_of(text) : TEXT("");
  bool is_read = text || il_file_read(&d.arena, path, &contents) == IL_OK;
  if (is_read) {
    il_source_init(&d.source, &d.arena, il_text_of(path), contents);
    if (tokens) dump_tokens(&d);
    else dump_tree(&d);
    if (il_diagnostic_any(&d.diagnostics)) {
      il_error_report(error, &d.diagnostics, runtime->flags.error_codes);
    }
  } else {
    il_error_set(error, ISLE_ERROR_NOT_FOUND, "Error: cannot read '%s'.", path);
  }
  il_diagnostic_drop(&d.diagnostics);
  il_name_table_drop(&d.names);
  il_arena_drop(&d.arena);
  char *result = to_string(&d.out);
  if (is_read) return result;
  free(result);
  return NULL;
}

static bool dump_typed(Compilation *c, const char *path, TextBuilder *out,
                       IsleError **error) {
  if (!il_sema_compile(c->sema, il_text_of(path))) {
    il_error_report(error, c->sema->diagnostics, c->runtime->flags.error_codes);
    return false;
  }
  il_typed_dump_library(c->sema, c->sema->root, out);
  return true;
}

static bool dump_code(Compilation *c, const char *path, bool is_shown,
                      TextBuilder *out, IsleError **error) {
  Segment *segment = il_compile_run(c, path, error);
  if (!segment) return false;
  if (!is_shown) {
    il_segment_free(segment);
    return true;
  }
  if (il_program_add(c->program, segment) != IL_OK) {
    il_error_set(error, ISLE_ERROR_COMPILE,
                 "internal error: the compiled program does not verify");
    return false;
  }
  il_disasm_program(c->program, false, out);
  return true;
}

char *isle_program_dump(IsleRuntime *runtime, const char *path,
                        const char *stage, const IsleProgramOptions *options,
                        IsleError **error) {
  IsleProgramOptions own;
  if (!il_error_check(runtime, "runtime", error) ||
      !il_error_check(path, "path", error) ||
      !il_error_check(stage, "stage", error) ||
      !il_options_read(&own, sizeof own, options, "IsleProgramOptions",
                       error) ||
      !il_compile_check_exists(path, &own, error)) {
    return NULL;
  }
  if (!own.source && il_snapshot_is(path)) {
    il_error_set(error, ISLE_ERROR_ARGUMENT,
                 "Error: '%s' is compiled; name its source.", path);
    return NULL;
  }
  bool tokens = strcmp(stage, "tokens") == 0;
  if (tokens || strcmp(stage, "tree") == 0)
    return dump_file(runtime, path, own.source, tokens, error);
  bool typed = strcmp(stage, "typed") == 0, code = strcmp(stage, "code") == 0;
  if (!typed && !code && *stage) {
    il_error_set(error, ISLE_ERROR_NOT_FOUND, "Error: there is no stage '%s'.",
                 stage);
    return NULL;
  }
  Compilation c = {.allow_no_main = true, .path = il_text_of(path)};
  TextBuilder out;
  il_text_builder_init(&out);
  bool went_well = il_compile_begin(&c, runtime, &own, error) &&
                   (typed ? dump_typed(&c, path, &out, error)
                          : dump_code(&c, path, code, &out, error));
  il_compile_end(&c);
  if (went_well) return to_string(&out);
  il_text_builder_drop(&out);
  return NULL;
}
