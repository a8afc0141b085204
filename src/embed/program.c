// program.c: from a file to a program that can run, or to a dump of a stage.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "code/disasm.h"
#include "embed/runtime.h"
#include "lower/lower.h"
#include "natives/native.h"
#include "sema/loader.h"
#include "sema/typed_dump.h"
#include "syntax/parser.h"
#include "syntax/scanner.h"

// One compilation: it fills the tables of the program that it makes.
typedef struct {
  IsleRuntime *runtime;
  Program *program;
  SemaTables tables;
  Sema *sema;
  Define *defines;
  uint32_t define_count;
  Text path, source;     // of a root whose text was given; or empty
  bool allow_no_main;    // it is only to be looked at
} Compilation;

// Files are read, but for the root when the host gave its text.
static bool read_source(void *context, Text uri, Arena *arena, Text *text) {
  const Compilation *c = context;
  if (c->source.bytes && il_text_ends_with(uri, c->path)) {
    *text = c->source;
    return true;
  }
  Text path = il_loader_file_path(arena, uri);
  return path.length > 0 && il_file_read(arena, path.bytes, text) == IL_OK;
}

static bool split_defines(Compilation *c, const IsleProgramOptions *options,
                          IsleError **error) {
  c->define_count = (uint32_t)options->define_count;
  c->defines = il_memory_zalloc(sizeof(Define) * (c->define_count + 1));
  for (uint32_t i = 0; i < c->define_count; i++) {
    const char *text = options->defines[i];
    const char *equals = strchr(text, '=');
    if (!equals || equals == text) {
      il_error_set(error, ISLE_ERROR_ARGUMENT,
                   "-D%s: a definition is written -DNAME=value", text);
      return false;
    }
    c->defines[i] = (Define){{text, (uint32_t)(equals - text)},
                             il_text_of(equals + 1)};
  }
  return true;
}

static bool begin(Compilation *c, IsleRuntime *runtime,
                  const IsleProgramOptions *options, IsleError **error) {
  static const IsleProgramOptions none = {0};
  if (!options) options = &none;
  c->runtime = runtime;
  if (!split_defines(c, options, error)) return false;
  c->program = il_program_new(runtime->core);
  c->tables = (SemaTables){
      .names = il_program_names(c->program),
      .types = il_program_types(c->program)->types,
      .classes = il_program_classes_edit(c->program),
      .image = &runtime->outline,
  };
  if (options->source) c->source = il_text_of(options->source);
  SemaOptions sema_options = {
      .read = read_source,
      .read_context = c,
      .package_config = options->package_config
                            ? il_text_of(options->package_config)
                            : TEXT(""),
      .defines = c->defines,
      .define_count = c->define_count,
      .allow_no_main = c->allow_no_main,
      .enable_asserts =
          options->enable_asserts || runtime->flags.enable_asserts,
      .check_types = runtime->flags.check_types,
  };
  c->sema = il_sema_new(&sema_options, &c->tables);
  return true;
}

static void end(Compilation *c) {
  if (c->sema) il_sema_free(c->sema);
  il_program_free(c->program);
  if (c->defines)
    il_memory_free(c->defines, sizeof(Define) * (c->define_count + 1));
}

static void report(Compilation *c, IsleError **error) {
  TextBuilder text;
  il_text_builder_init(&text);
  il_diagnostic_print(c->sema->diagnostics, &text,
                      c->runtime->flags.error_codes);
  il_error_take(error, ISLE_ERROR_COMPILE, &text);
}

static Segment *compile(Compilation *c, const char *path, IsleError **error) {
  c->path = il_text_of(path);
  Segment *segment = NULL;
  if (il_sema_compile(c->sema, il_text_of(path)))
    segment = il_lower_program(c->sema, c->runtime->core, NULL, NULL);
  if (!segment) report(c, error);
  return segment;
}

static bool check_exists(const char *path, IsleError **error) {
  if (strncmp(path, "file:", 5) == 0 || strncmp(path, "package:", 8) == 0 ||
      il_file_exists(path)) {
    return true;
  }
  if (il_file_is_directory(path)) {
    il_error_set(error, ISLE_ERROR_NOT_FOUND,
                 "Error: '%s' is a directory; name a Dart file in it.", path);
  } else {
    il_error_set(error, ISLE_ERROR_NOT_FOUND,
                 "Error: there is no file '%s'.", path);
  }
  return false;
}

void il_embed_drop_program(IsleProgram *p) {
  il_world_free(p->world);
  il_program_free(p->program);
  il_pool_free(p->pool);
  il_memory_free(p, sizeof *p);
}

// Takes the compilation's program over.
static IsleProgram *make_program(Compilation *c, Segment *segment,
                                 IsleError **error) {
  IsleRuntime *runtime = c->runtime;
  if (il_program_add(c->program, segment) != IL_OK) {
    il_error_set(error, ISLE_ERROR_COMPILE,
                 "internal error: the compiled program does not verify");
    return NULL;
  }
  IsleProgram *p = il_memory_zalloc(sizeof *p);
  p->runtime = runtime;
  p->program = c->program;
  c->program = NULL;
  p->pool = il_pool_new(0);
  p->world = il_world_new(p->program, il_native_table, &runtime->flags);
  p->group = il_group_new(runtime->realm, p->pool, p->world);
  p->group->host = p;
  return p;
}

IsleProgram *il_embed_compile(IsleRuntime *runtime, const char *path,
                              const IsleProgramOptions *options,
                              IsleError **error) {
  if (!(options && options->source) && !check_exists(path, error)) return NULL;
  Compilation c = {0};
  uint64_t start_ns = (uint64_t)il_clock_now_ns();
  IsleProgram *program = NULL;
  if (begin(&c, runtime, options, error)) {
    Segment *segment = compile(&c, path, error);
    if (segment) program = make_program(&c, segment, error);
    if (runtime->flags.trace & TRACE_BIT(load)) {
      fprintf(stderr, "load: %s in %llu us\n", path,
              (unsigned long long)(((uint64_t)il_clock_now_ns() - start_ns) /
                                   1000));
    }
    if (program) il_group_set_script(program->group, path);
  }
  end(&c);
  return program;
}

IsleProgram *isle_program_load(IsleRuntime *runtime, const char *path,
                               const IsleProgramOptions *options,
                               IsleError **error) {
  return il_embed_compile(runtime, path, options, error);
}

void isle_program_free(IsleProgram *program) {
  if (program) il_group_release(program->group);
}

// --------------------------------------------------------------------- dumps

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

// Tokens or the tree of one file, which nothing else is needed for.
static char *dump_file(IsleRuntime *runtime, const char *path, bool tokens,
                       IsleError **error) {
  Arena arena;
  il_arena_init(&arena);
  NameTable names;
  il_name_table_init(&names);
  Diagnostics diagnostics;
  il_diagnostic_init(&diagnostics);
  TextBuilder out;
  il_text_builder_init(&out);
  Text contents;
  if (il_file_read(&arena, path, &contents) != IL_OK) {
    il_error_set(error, ISLE_ERROR_NOT_FOUND, "Error: cannot read '%s'.", path);
  } else {
    Source source;
    il_source_init(&source, &arena, il_text_of(path), contents);
    if (tokens) {
      ScannerResult result = {0};
      il_scanner_scan(&result, &names, &source, &diagnostics);
      il_scanner_dump(&out, &result, &source);
      il_scanner_drop(&result);
    } else {
      TreeUnit *unit = il_parser_parse(&arena, &names, &source, &diagnostics);
      il_tree_dump(&out, unit, &names);
    }
    if (il_diagnostic_any(&diagnostics)) {
      TextBuilder text;
      il_text_builder_init(&text);
      il_diagnostic_print(&diagnostics, &text, runtime->flags.error_codes);
      il_error_take(error, ISLE_ERROR_COMPILE, &text);
    }
  }
  il_diagnostic_drop(&diagnostics);
  il_name_table_drop(&names);
  il_arena_drop(&arena);
  return to_string(&out);
}

static char *dump_code(Compilation *c, Segment *segment, TextBuilder *out,
                       IsleError **error) {
  if (il_program_add(c->program, segment) == IL_OK) {
    il_disasm_program(c->program, false, out);
  } else {
    il_error_set(error, ISLE_ERROR_COMPILE,
                 "internal error: the compiled program does not verify");
  }
  return to_string(out);
}

char *isle_program_dump(IsleRuntime *runtime, const char *path,
                        const char *stage, const IsleProgramOptions *options,
                        IsleError **error) {
  if (!check_exists(path, error)) return NULL;
  bool tokens = strcmp(stage, "tokens") == 0;
  if (tokens || strcmp(stage, "tree") == 0)
    return dump_file(runtime, path, tokens, error);
  bool typed = strcmp(stage, "typed") == 0, code = strcmp(stage, "code") == 0;
  if (!typed && !code && *stage) {
    il_error_set(error, ISLE_ERROR_ARGUMENT, "there is no stage '%s'", stage);
    return NULL;
  }
  Compilation c = {.allow_no_main = true};
  char *result = NULL;
  if (begin(&c, runtime, options, error)) {
    TextBuilder out;
    il_text_builder_init(&out);
    if (typed) {
      if (il_sema_compile(c.sema, il_text_of(path))) {
        il_typed_dump_library(c.sema, c.sema->root, &out);
        result = to_string(&out);
      } else {
        report(&c, error);
      }
    } else {
      Segment *segment = compile(&c, path, error);
      if (segment && code) {
        result = dump_code(&c, segment, &out, error);
      } else if (segment) {
        il_segment_free(segment);
        result = to_string(&out);
      }
    }
  }
  end(&c);
  return result;
}
