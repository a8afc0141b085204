// program.c: from a file to a program that can run.

#include "embed/compile.h"
#include "embed/snapshot.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"
#include "lower/lower.h"
#include "natives/native.h"
#include "sema/loader.h"

// ---- what the compiler asks for ------------------------------------------

// Files are read, but for the texts that the host gave.
static bool read_source(void *context, Text uri, Arena *arena, Text *text) {
  const Compilation *c = context;
  for (size_t i = 0; i < c->options.source_count; i++) {
    const IsleSource *source = &c->options.sources[i];
    if (!source->uri || !source->text) continue;
    if (!il_text_equal(uri, il_text_of(source->uri))) continue;
    *text = il_text_of(source->text);
    return true;
  }
  if (c->options.source && il_text_ends_with(uri, c->path)) {
    *text = il_text_of(c->options.source);
    return true;
  }
  Text path = il_loader_file_path(arena, uri);
  return path.length > 0 && il_file_read(arena, path.bytes, text) == IL_OK;
}

// Is it in the host's list of libraries?
static bool may_load(void *context, Text uri) {
  const IsleProgramOptions *o = &((const Compilation *)context)->options;
  if (!o->libraries || il_text_equal(uri, TEXT("dart:core"))) return true;
  for (size_t i = 0; i < o->library_count; i++) {
    Text item = il_text_of(o->libraries[i] ? o->libraries[i] : "");
    if (il_text_equal(uri, item)) return true;
    bool is_prefix = il_text_ends_with(item, TEXT("/")) ||
                     il_text_ends_with(item, TEXT(":"));
    if (is_prefix && il_text_starts_with(uri, item)) return true;
  }
  return false;
}

static int32_t find_native(void *context, Text library, Text name) {
  const Compilation *c = context;
  int32_t index = il_embed_find_native(&c->options, library, name);
  return index < 0 ? -1 : (int32_t)IL_NATIVE_COUNT + index;
}

// ---- a compilation -------------------------------------------------------

static bool split_defines(Compilation *c, IsleError **error) {
  const IsleProgramOptions *o = &c->options;
  c->define_count = (uint32_t)o->define_count;
  c->defines = il_memory_zalloc(sizeof(Define) * (c->define_count + 1));
  for (uint32_t i = 0; i < c->define_count; i++) {
    const char *text = o->defines[i] ? o->defines[i] : "";
    const char *equals = strchr(text, '=');
    if (!equals || equals == text) {
      il_error_set(error, ISLE_ERROR_ARGUMENT,
                   "Error: -D%s: a definition is written -DNAME=value.", text);
      return false;
    }
    c->defines[i] = (Define){{text, (uint32_t)(equals - text)},
                             il_text_of(equals + 1)};
  }
  return true;
}

static bool check_natives(const IsleProgramOptions *o, IsleError **error) {
  for (size_t i = 0; i < o->native_count; i++) {
    if (o->natives[i].name && o->natives[i].function) continue;
    il_error_set(error, ISLE_ERROR_ARGUMENT,
                 "Error: native %zu has no name or no function.", i);
    return false;
  }
  if (o->native_count <= UINT16_MAX - IL_NATIVE_COUNT) return true;
  il_error_set(error, ISLE_ERROR_ARGUMENT, "Error: too many natives.");
  return false;
}

bool il_compile_begin(Compilation *c, IsleRuntime *runtime,
                      const IsleProgramOptions *options, IsleError **error) {
  c->runtime = runtime;
  c->options = *options;
  if (!check_natives(options, error) || !split_defines(c, error)) return false;
  c->program = il_program_new(runtime->core);
  c->tables = (SemaTables){
      .names = il_program_names(c->program),
      .types = il_program_types(c->program)->types,
      .classes = il_program_classes_edit(c->program),
      .image = &runtime->outline,
  };
  c->before =
      il_tail_counts(c->tables.names, c->tables.types, c->tables.classes);
  SemaOptions sema_options = {
      .read = read_source,
      .may_load = options->libraries ? may_load : NULL,
      .find_native = options->native_count ? find_native : NULL,
      .read_context = c,
      .package_config = options->package_config
                            ? il_text_of(options->package_config)
                            : TEXT(""),
      .defines = c->defines,
      .define_count = c->define_count,
      .allow_no_main = c->allow_no_main || options->is_library,
      .enable_asserts =
          options->enable_asserts || runtime->flags.enable_asserts,
      .check_types = runtime->flags.check_types,
  };
  c->sema = il_sema_new(&sema_options, &c->tables);
  return true;
}

void il_compile_end(Compilation *c) {
  if (c->sema) il_sema_free(c->sema);
  il_program_free(c->program);
  if (c->defines)
    il_memory_free(c->defines, sizeof(Define) * (c->define_count + 1));
}

Segment *il_compile_run(Compilation *c, const char *path, IsleError **error) {
  c->path = il_text_of(path);
  Segment *segment = NULL;
  if (il_sema_compile(c->sema, il_text_of(path)))
    segment = il_lower_program(c->sema, c->runtime->core, NULL, NULL);
  if (!segment) {
    il_error_report(error, c->sema->diagnostics, c->runtime->flags.error_codes);
  }
  return segment;
}

// Packages that are named must be there; those searched for need not.
static bool check_packages(const char *config, IsleError **error) {
  Arena arena;
  il_arena_init(&arena);
  Text path = il_loader_file_path(&arena, il_text_of(config));
  bool exists = il_file_exists(path.length ? path.bytes : config);
  il_arena_drop(&arena);
  if (!exists) {
    il_error_set(error, ISLE_ERROR_NOT_FOUND,
                 "Error: there is no file '%s' of packages.", config);
  }
  return exists;
}

bool il_compile_check_exists(const char *path,
                             const IsleProgramOptions *options,
                             IsleError **error) {
  if (options->package_config &&
      !check_packages(options->package_config, error)) {
    return false;
  }
  if (options->source || strncmp(path, "file:", 5) == 0 ||
      strncmp(path, "package:", 8) == 0 || strncmp(path, "host:", 5) == 0 ||
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

// ---- what the host may call ----------------------------------------------

typedef struct {
  Library *root;
  Arena *arena;
  IL_VEC(Export) found;
} Exporter;

static void add_export(Exporter *x, Name name) {
  Element *e = il_library_find_exported(x->root, name, false);
  if (!e || e->kind != ELEMENT_FUNCTION) return;
  FunctionElement *f = (FunctionElement *)e;
  if (f->function_kind != FUNCTION_PLAIN || !f->code_index) return;
  Text text = il_name_text(x->root->sema->names, name);
  for (uint32_t i = 0; i < x->found.count; i++)
    if (il_text_equal(x->found.items[i].name, text)) return;
  il_vec_push(&x->found,
              (Export){il_arena_copy_text(x->arena, text), f->code_index});
}

// Names declared in a library that the root is or exports; whether the root
// does export them is asked above.
static void add_declared(Exporter *x, const Library *library, uint32_t depth) {
  enum { DEPTH_LIMIT = 8 };
  uint32_t cursor = 0;
  uint64_t key, value;
  while (il_map_next(&library->declared, &cursor, &key, &value)) {
    if (!(key & 1)) add_export(x, (Name)(key / 2));
  }
  if (depth == DEPTH_LIMIT) return;
  for (uint32_t i = 0; i < library->exports.count; i++) {
    const Library *other = library->exports.items[i].library;
    if (!other->outline) add_declared(x, other, depth + 1);
  }
}

static void set_exports(IsleProgram *p, Sema *sema) {
  if (!sema->root) return;
  Exporter x = {.root = sema->root, .arena = &p->arena};
  add_declared(&x, sema->root, 0);
  p->export_count = x.found.count;
  p->exports = il_vec_to_arena(&x.found, &p->arena);
  il_vec_drop(&x.found);
}

// ---- programs ------------------------------------------------------------

void il_embed_drop_program(IsleProgram *p) {
  il_world_free(p->world);
  il_program_free(p->program);
  il_pool_free(p->pool);
  il_arena_drop(&p->arena);
  il_memory_free(p, sizeof *p);
}

static void set_limits(IsleProgram *p) {
  const IsleLimits *own = &p->options.limits, *all = &p->runtime->limits;
  Group *group = p->group;
  Limits otherwise = il_options_limits(all, &group->limits);
  group->limits = il_options_limits(own, &otherwise);
  group->isolate_limit = own->isolates;
}

IsleProgram *il_compile_adopt(Compilation *c, IsleError **error) {
  IsleRuntime *runtime = c->runtime;
  IsleProgram *p = il_memory_zalloc(sizeof *p);
  il_arena_init(&p->arena);
  p->runtime = runtime;
  p->options = il_options_copy(&p->arena, &c->options);
  p->program = c->program;
  c->program = NULL;
  p->segment = c->segment;
  p->from = c->before;
  p->to = il_tail_counts(c->tables.names, c->tables.types, c->tables.classes);
  p->pool = il_pool_new(p->options.limits.total_bytes);
  if (p->options.native_count) {
    p->natives =
        il_embed_natives(&p->arena, (uint32_t)p->options.native_count);
  }
  p->world = il_world_new(p->program,
                          p->natives ? (NativeFn *const *)p->natives
                                     : il_native_table,
                          &runtime->flags);
  if (p->pool) p->group = il_group_new(runtime->realm, p->pool, p->world);
  if (!p->group) {
    il_embed_drop_program(p);
    il_error_set(error, ISLE_ERROR_MEMORY, "Error: out of memory.");
    return NULL;
  }
  p->group->host = p;
  set_limits(p);
  return p;
}

static IsleProgram *make_program(Compilation *c, Segment *segment,
                                 IsleError **error) {
  if (il_program_add(c->program, segment) != IL_OK) {
    il_error_set(error, ISLE_ERROR_COMPILE,
                 "internal error: the compiled program does not verify");
    return NULL;
  }
  c->segment = segment;
  IsleProgram *p = il_compile_adopt(c, error);
  if (p) set_exports(p, c->sema);
  return p;
}

static bool check_child(Compilation *c, const char *path, IsleError **error) {
  Arena arena;
  il_arena_init(&arena);
  Text uri = il_loader_absolute_in(&arena, il_text_of(path));
  bool may = may_load(c, uri);
  il_arena_drop(&arena);
  if (!may) {
    il_error_set(error, ISLE_ERROR_COMPILE,
                 "Error: The host does not allow '%s' here.", path);
  }
  return may;
}

IsleProgram *il_embed_compile(IsleRuntime *runtime, const char *path,
                              const IsleProgramOptions *options, bool is_child,
                              IsleError **error) {
  if (!il_compile_check_exists(path, options, error)) return NULL;
  Compilation c = {0};
  uint64_t start_ns = (uint64_t)il_clock_now_ns();
  IsleProgram *program = NULL;
  if (!options->source && il_snapshot_is(path)) {
    program = il_snapshot_load(runtime, path, options, error);
  } else if (il_compile_begin(&c, runtime, options, error) &&
      (!is_child || check_child(&c, path, error))) {
    Segment *segment = il_compile_run(&c, path, error);
    if (segment) program = make_program(&c, segment, error);
  }
  if (runtime->flags.trace & TRACE_BIT(load)) {
    fprintf(stderr, "load: %s in %llu us\n", path,
            (unsigned long long)(((uint64_t)il_clock_now_ns() - start_ns) /
                                 1000));
  }
  if (program) il_group_set_script(program->group, path);
  il_compile_end(&c);
  return program;
}

IsleProgram *isle_program_load(IsleRuntime *runtime, const char *path,
                               const IsleProgramOptions *options,
                               IsleError **error) {
  IsleProgramOptions own;
  if (!il_error_check(runtime, "runtime", error) ||
      !il_error_check(path, "path", error) ||
      !il_options_read(&own, sizeof own, options, "IsleProgramOptions",
                       error)) {
    return NULL;
  }
  IsleProgram *p = il_embed_compile(runtime, path, &own, false, error);
  if (!p) return NULL;
  il_lock_take(&runtime->lock);
  p->next = runtime->programs;
  if (p->next) p->next->previous = p;
  runtime->programs = p;
  il_lock_release(&runtime->lock);
  return p;
}

void isle_program_free(IsleProgram *p) {
  if (!p) return;
  IsleRuntime *r = p->runtime;
  il_lock_take(&r->lock);
  if (p->previous) p->previous->next = p->next;
  else r->programs = p->next;
  if (p->next) p->next->previous = p->previous;
  il_lock_release(&r->lock);
  il_group_release(p->group);
}

// ---- packages ------------------------------------------------------------

// A Sema as far as the search of packages looks at one.
typedef struct {
  Sema sema;
  Library root;
} PackageView;

static void view_packages(PackageView *view, const IsleProgram *p,
                          Arena *arena) {
  *view = (PackageView){.sema = {.arena = arena}};
  if (p->options.package_config) {
    view->sema.options.package_config = il_text_of(p->options.package_config);
  }
  const char *script = p->group->script;
  view->root.uri = il_loader_absolute_in(arena, il_text_of(script));
  view->sema.root = &view->root;
}

Text il_embed_package_config(const IsleProgram *p, Arena *arena) {
  PackageView view;
  view_packages(&view, p, arena);
  return il_package_config(&view.sema);
}

Text il_embed_resolve_package(const IsleProgram *p, Arena *arena, Text uri) {
  PackageView view;
  view_packages(&view, p, arena);
  Text found = il_package_resolve(&view.sema, uri);
  il_package_drop(&view.sema);
  return found;
}
