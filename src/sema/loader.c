// loader.c: libraries and their units, read and parsed.
//
// In order: URIs, reading, units and parts, imports and exports, the work
// list. A library is made when its URI is first mentioned and put on a list;
// il_loader_load works the list off, so long import chains do not recurse.
#include "sema/loader.h"

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "sema/outline.h"
#include "syntax/parser.h"

// --------------------------------------------------------------------- URIs

// The length of `scheme:` at the start of a URI, or 0.
static uint32_t scheme_length(Text uri) {
  for (uint32_t i = 0; i < uri.length; i++) {
    char c = uri.bytes[i];
    if (c == ':') return i > 0 ? i + 1 : 0;
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    bool is_other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    if (!is_letter && !(i > 0 && is_other)) return 0;
  }
  return 0;
}

// Appends the path without its `.` and `..` segments.
static void append_clean_path(TextBuilder *out, Text path) {
  uint32_t base = out->length;
  bool is_absolute = path.length > 0 && path.bytes[0] == '/';
  uint32_t at = 0;
  while (at < path.length) {
    uint32_t end = at;
    while (end < path.length && path.bytes[end] != '/') end++;
    Text segment = il_text_slice(path, at, end);
    bool is_last = end == path.length;
    if (il_text_equal(segment, TEXT(".."))) {
      // Take back the last segment with its slash.
      uint32_t floor = base + (is_absolute ? 1 : 0);
      if (out->length > floor) {
        out->length--;
        while (out->length > floor && out->bytes[out->length - 1] != '/') {
          out->length--;
        }
      }
    } else if (!il_text_equal(segment, TEXT("."))) {
      il_text_append(out, segment);
      if (!is_last) il_text_append_char(out, '/');
    }
    at = end + 1;
  }
}

Text il_loader_resolve(Arena *arena, Text base, Text reference) {
  TextBuilder out = {0};
  uint32_t own = scheme_length(reference);
  if (own > 0) {
    // Only file: and package: paths are hierarchical enough to be cleaned.
    Text path = il_text_slice(reference, own, reference.length);
    il_text_append(&out, il_text_slice(reference, 0, own));
    bool is_clean = !il_text_starts_with(path, TEXT("//")) ||
                    il_text_starts_with(path, TEXT("///"));
    if (is_clean && il_text_starts_with(path, TEXT("//"))) {
      il_text_append(&out, TEXT("//"));
      path = il_text_slice(path, 2, path.length);
    }
    if (is_clean) {
      append_clean_path(&out, path);
    } else {
      il_text_append(&out, path);
    }
  } else {
    uint32_t scheme = scheme_length(base);
    uint32_t path_start = scheme;
    Text rest = il_text_slice(base, scheme, base.length);
    if (il_text_starts_with(rest, TEXT("//"))) {
      path_start += 2;
      while (path_start < base.length && base.bytes[path_start] != '/') {
        path_start++;
      }
    }
    il_text_append(&out, il_text_slice(base, 0, path_start));
    if (reference.length == 0) {
      il_text_append(&out, il_text_slice(base, path_start, base.length));
    } else if (reference.bytes[0] == '/') {
      append_clean_path(&out, reference);
    } else {
      Text path = il_text_slice(base, path_start, base.length);
      int64_t slash = il_text_find_last_char(path, '/');
      TextBuilder joined = {0};
      il_text_append(&joined, il_text_slice(path, 0, (uint32_t)(slash + 1)));
      il_text_append(&joined, reference);
      append_clean_path(&out, il_text_builder_text(&joined));
      il_text_builder_drop(&joined);
    }
  }
  Text result = il_arena_copy_text(arena, il_text_builder_text(&out));
  il_text_builder_drop(&out);
  return result;
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Text il_loader_file_path(Arena *arena, Text uri) {
  if (!il_text_starts_with(uri, TEXT("file:"))) return TEXT("");
  Text path = il_text_slice(uri, 5, uri.length);
  if (il_text_starts_with(path, TEXT("//"))) {
    path = il_text_slice(path, 2, path.length);
  }
  char *bytes = il_arena_alloc(arena, (size_t)path.length + 1);
  uint32_t length = 0;
  for (uint32_t i = 0; i < path.length; i++) {
    char c = path.bytes[i];
    if (c == '%' && i + 2 < path.length && hex_digit(path.bytes[i + 1]) >= 0 &&
        hex_digit(path.bytes[i + 2]) >= 0) {
      c = (char)(hex_digit(path.bytes[i + 1]) * 16 +
                 hex_digit(path.bytes[i + 2]));
      i += 2;
    }
    bytes[length++] = c;
  }
  return il_text_make(bytes, length);
}

// Appends a path as part of a URI: what would be misread is escaped.
static void append_escaped(TextBuilder *out, Text path) {
  for (uint32_t i = 0; i < path.length; i++) {
    char c = path.bytes[i];
    if (c == '%' || c == '?' || c == '#' || c == ' ') {
      il_text_append_format(out, "%%%02X", (unsigned)(unsigned char)c);
    } else {
      il_text_append_char(out, c);
    }
  }
}

Text il_loader_absolute(Sema *sema, Text path) {
  return il_loader_absolute_in(sema->arena, path);
}

Text il_loader_absolute_in(Arena *arena, Text path) {
  uint32_t scheme = scheme_length(path);
  if (scheme > 1) return il_loader_resolve(arena, TEXT(""), path);
  TextBuilder out = {0};
  il_text_append(&out, TEXT("file://"));
  if (path.length == 0 || path.bytes[0] != '/') {
    char here[4096];
    if (getcwd(here, sizeof here) == NULL) here[0] = 0;
    append_escaped(&out, il_text_of(here));
    il_text_append_char(&out, '/');
  }
  append_escaped(&out, path);
  Text joined = il_text_builder_text(&out);
  Text result = il_loader_resolve(arena, TEXT(""), joined);
  il_text_builder_drop(&out);
  return result;
}

// ------------------------------------------------------------------ reading

// The path as people see it: relative when below the working directory.
static Text shown_path(Sema *sema, Text uri) {
  Text path = il_loader_file_path(sema->arena, uri);
  if (path.length == 0) return uri;
  char here[4096];
  if (getcwd(here, sizeof here) == NULL) return path;
  Text folder = il_text_of(here);
  if (folder.length > 1 && il_text_starts_with(path, folder) &&
      path.length > folder.length && path.bytes[folder.length] == '/') {
    return il_text_slice(path, folder.length + 1, path.length);
  }
  return path;
}

// The file: URI that holds the source of an absolute URI; empty: no such.
static Text source_uri(Sema *sema, Text uri) {
  if (il_text_starts_with(uri, TEXT("package:"))) {
    return il_package_resolve(sema, uri);
  }
  if (!il_text_starts_with(uri, TEXT("dart:"))) return uri;
  if (sema->options.lib_root.length == 0) return TEXT("");
  Text name = il_text_slice(uri, 5, uri.length);
  Text path = il_arena_format(sema->arena, "%.*s/%.*s/%.*s.dart",
                              TEXT_ARG(sema->options.lib_root), TEXT_ARG(name),
                              TEXT_ARG(name));
  return il_loader_absolute(sema, path);
}

static bool read_source(Sema *sema, Text uri, Text *text) {
  if (sema->options.read != NULL) {
    return sema->options.read(sema->options.read_context, uri, sema->arena,
                              text);
  }
  Text path = il_loader_file_path(sema->arena, uri);
  if (path.length == 0) return false;
  return il_file_read(sema->arena, path.bytes, text) == IL_OK;
}

// A unit of the library, parsed; NULL when there is no such source.
static Unit *read_unit(Sema *sema, Library *library, Text uri) {
  Text source = source_uri(sema, uri);
  Text text;
  if (source.length == 0 || !read_source(sema, source, &text)) return NULL;
  Unit *unit = IL_NEW(sema->arena, Unit);
  unit->library = library;
  // Parts of a dart: library are found beside its file.
  unit->uri = il_text_starts_with(uri, TEXT("dart:")) ? source : uri;
  il_source_init(&unit->source, sema->arena, shown_path(sema, source), text);
  unit->tree = il_parser_parse(sema->arena, sema->names, &unit->source,
                               sema->diagnostics);
  il_vec_push(&library->units, unit);
  return unit;
}

// -------------------------------------------------------- units and parts

static bool is_dart_library_supported(Sema *sema, Text name) {
  if (sema->image != NULL) {
    Text uri = il_arena_format(sema->arena, "dart:%.*s", TEXT_ARG(name));
    return il_outline_has_library(sema, uri);
  }
  static const char *const known[] = {
      "async",   "collection", "convert", "core", "developer",
      "io",      "isolate",    "math",    "typed_data"};
  for (size_t i = 0; i < IL_COUNT_OF(known); i++) {
    if (il_text_equal(name, il_text_of(known[i]))) return true;
  }
  return false;
}

// The host may forbid libraries, and parts.
static bool is_allowed(Sema *sema, Text uri) {
  return sema->options.may_load == NULL ||
         sema->options.may_load(sema->options.read_context, uri);
}

// The value of a name in `if (name == "value")`; empty when undefined.
static Text environment_value(Sema *sema, Text name) {
  for (uint32_t i = sema->options.define_count; i-- > 0;) {
    if (il_text_equal(sema->options.defines[i].name, name)) {
      return sema->options.defines[i].value;
    }
  }
  Text prefix = TEXT("dart.library.");
  if (il_text_starts_with(name, prefix)) {
    Text library = il_text_slice(name, prefix.length, name.length);
    Text uri = il_arena_format(sema->arena, "dart:%.*s", TEXT_ARG(library));
    if (library.length > 0 && library.bytes[0] != '_' &&
        is_dart_library_supported(sema, library) && is_allowed(sema, uri)) {
      return TEXT("true");
    }
  }
  return TEXT("");
}

static Text string_value(const TreeNode *node) {
  if (node == NULL || node->kind != TREE_STRING_LITERAL) return TEXT("");
  return ((const TreeStringLiteral *)node)->value;
}

// The node of the URI that the configurations select.
static TreeNode *select_uri(Sema *sema, TreeNode *uri, TreeList configs) {
  for (uint32_t i = 0; i < configs.count; i++) {
    const TreeConfiguration *c = (const TreeConfiguration *)configs.items[i];
    TextBuilder name = {0};
    for (uint32_t k = 0; k < c->names.count; k++) {
      if (k > 0) il_text_append_char(&name, '.');
      il_text_append(&name, il_name_text(sema->names, c->names.items[k].name));
    }
    Text wanted = c->value == NULL ? TEXT("true") : string_value(c->value);
    Text is = environment_value(sema, il_text_builder_text(&name));
    bool matches = il_text_equal(wanted, is);
    il_text_builder_drop(&name);
    if (matches) return c->uri;
  }
  return uri;
}

static const TreePartOf *find_part_of(const TreeUnit *tree) {
  for (uint32_t i = 0; i < tree->directives.count; i++) {
    if (tree->directives.items[i]->kind == TREE_PART_OF) {
      return (const TreePartOf *)tree->directives.items[i];
    }
  }
  return NULL;
}

static Text join_names(Sema *sema, TreeNames names) {
  TextBuilder out = {0};
  for (uint32_t i = 0; i < names.count; i++) {
    if (i > 0) il_text_append_char(&out, '.');
    il_text_append(&out, il_name_text(sema->names, names.items[i].name));
  }
  Text text = il_arena_copy_text(sema->arena, il_text_builder_text(&out));
  il_text_builder_drop(&out);
  return text;
}

static void check_part_of(Sema *sema, Unit *parent, Unit *part,
                          const TreePart *node) {
  const TreePartOf *of = find_part_of(part->tree);
  if (of == NULL) {
    il_sema_error(sema, parent->library->units.items[0], node,
                  DIAG_PART_OF_MISMATCH,
                  "The file of this part has no 'part of' directive.");
    return;
  }
  bool agrees;
  if (of->uri != NULL) {
    Text uri = il_loader_resolve(sema->arena, part->uri, string_value(of->uri));
    agrees = il_text_equal(uri, parent->uri) ||
             il_text_equal(source_uri(sema, uri),
                           source_uri(sema, parent->uri));
  } else {
    agrees = il_text_equal(join_names(sema, of->names), parent->library->name);
  }
  if (!agrees) {
    il_sema_error(sema, parent, node, DIAG_PART_OF_MISMATCH,
                  "The 'part of' directive of this part names another library.");
  }
}

static void load_part(Sema *sema, Unit *parent, const TreePart *node) {
  Library *library = parent->library;
  TreeNode *uri_node = select_uri(sema, node->uri, node->configurations);
  if (uri_node == NULL || uri_node->kind != TREE_STRING_LITERAL) return;
  Text uri = il_loader_resolve(sema->arena, parent->uri,
                               string_value(uri_node));
  for (uint32_t i = 0; i < library->units.count; i++) {
    if (il_text_equal(library->units.items[i]->uri, uri)) {
      il_sema_error(sema, parent, node, DIAG_DUPLICATE_PART, uri);
      return;
    }
  }
  if (!is_allowed(sema, uri)) {
    il_sema_error(sema, parent, uri_node, DIAG_LIBRARY_NOT_ALLOWED, uri);
    return;
  }
  Unit *part = read_unit(sema, library, uri);
  if (part == NULL) {
    il_sema_error(sema, parent, uri_node, DIAG_FILE_NOT_FOUND,
                  shown_path(sema, uri));
    return;
  }
  check_part_of(sema, parent, part, node);
  uint16_t version = library->language_version;
  if (part->tree->has_version_comment && part->tree->version != version) {
    il_sema_error(sema, parent, node, DIAG_PART_OF_MISMATCH,
                  "A part must have the language version of its library.");
  }
}

// ------------------------------------------------------ imports and exports

// A library by absolute URI: new ones are made empty and loaded by the list.
static Library *enter_library(Sema *sema, Text uri) {
  Name key = il_name_intern(sema->names, uri);
  Library *library = il_map_find_pointer(&sema->libraries, key);
  if (library != NULL) return library;
  if (sema->image != NULL && il_text_starts_with(uri, TEXT("dart:"))) {
    return il_outline_library(sema, uri);
  }
  library = IL_NEW(sema->arena, Library);
  library->sema = sema;
  library->uri = il_name_text(sema->names, key);
  library->is_core = il_text_starts_with(uri, TEXT("dart:"));
  il_vec_push(&sema->library_list, library);
  library->number = sema->library_list.count;
  il_map_put(&sema->libraries, key, il_map_key(library));
  return library;
}

static bool may_import(Sema *sema, Library *from, Text uri) {
  if (!il_text_starts_with(uri, TEXT("dart:")) || from->is_core) return true;
  Text name = il_text_slice(uri, 5, uri.length);
  return name.length > 0 && name.bytes[0] != '_' &&
         is_dart_library_supported(sema, name);
}

static const Combinator *make_combinators(Sema *sema, Library *library,
                                          TreeList list) {
  Combinator *made = IL_NEW_ARRAY(sema->arena, Combinator, list.count);
  for (uint32_t i = 0; i < list.count; i++) {
    const TreeCombinator *node = (const TreeCombinator *)list.items[i];
    made[i].is_hide = node->is_hide;
    made[i].count = node->names.count;
    Name *names = IL_NEW_ARRAY(sema->arena, Name, node->names.count);
    for (uint32_t k = 0; k < node->names.count; k++) {
      names[k] = il_library_name(library, node->names.items[k].name);
    }
    made[i].names = names;
  }
  return made;
}

static PrefixElement *enter_prefix(Sema *sema, Unit *unit,
                                   const TreeImport *node) {
  Library *library = unit->library;
  Name name = il_library_name(library, node->prefix.name);
  uint64_t *slot = il_map_at(&library->declared, (uint64_t)name * 2, NULL);
  PrefixElement *prefix = (PrefixElement *)(uintptr_t)*slot;
  if (prefix != NULL) {
    if (prefix->is_deferred || node->is_deferred) {
      il_sema_error_name(sema, unit, node->prefix, DIAG_DEFERRED_PREFIX_SHARED,
                         il_sema_text(sema, name));
    }
    return prefix;
  }
  prefix = IL_NEW(sema->arena, PrefixElement);
  prefix->base.kind = ELEMENT_PREFIX;
  prefix->base.name = name;
  prefix->base.library = library;
  prefix->base.unit = unit;
  prefix->base.node = (TreeNode *)node;
  prefix->is_deferred = node->is_deferred;
  *slot = il_map_key(prefix);
  return prefix;
}

// An import or export of `uri_node`; NULL after an error.
static Library *enter_target(Sema *sema, Unit *unit, TreeNode *uri_node) {
  if (uri_node == NULL || uri_node->kind != TREE_STRING_LITERAL) return NULL;
  Text written = string_value(uri_node);
  Text uri = il_loader_resolve(sema->arena, unit->library->uri, written);
  if (unit->library->is_core && scheme_length(written) == 0) {
    uri = il_loader_resolve(sema->arena, unit->uri, written);
  }
  if (!may_import(sema, unit->library, uri)) {
    il_sema_error(sema, unit, uri_node, DIAG_UNKNOWN_DART_LIBRARY, uri);
    return NULL;
  }
  if (!unit->library->is_core && !is_allowed(sema, uri)) {
    il_sema_error(sema, unit, uri_node, DIAG_LIBRARY_NOT_ALLOWED, uri);
    return NULL;
  }
  Library *target = enter_library(sema, uri);
  if (target == NULL) {
    il_sema_error(sema, unit, uri_node, DIAG_UNKNOWN_DART_LIBRARY, uri);
    return NULL;
  }
  if (target->units.count == 0 && target->outline == NULL &&
      target->state == 0) {
    // Read here, so that a missing file is reported where it is asked for; its
    // own imports wait for the list.
    target->state = 1;
    if (read_unit(sema, target, target->uri) == NULL) {
      bool is_package = il_text_starts_with(uri, TEXT("package:")) &&
                        source_uri(sema, uri).length == 0;
      il_sema_error(sema, unit, uri_node,
                    is_package ? DIAG_UNKNOWN_PACKAGE : DIAG_FILE_NOT_FOUND,
                    is_package ? uri : shown_path(sema, uri));
    }
  }
  if (target->units.count > 0 &&
      find_part_of(target->units.items[0]->tree) != NULL) {
    il_sema_error(sema, unit, uri_node, DIAG_IMPORT_OF_PART, written);
  }
  return target;
}

static void load_import(Sema *sema, Unit *unit, const TreeImport *node) {
  TreeNode *uri = select_uri(sema, node->uri, node->configurations);
  Library *target = enter_target(sema, unit, uri);
  PrefixElement *prefix = NULL;
  if (node->prefix.name != NAME_NONE) prefix = enter_prefix(sema, unit, node);
  if (target == NULL) return;
  if (prefix != NULL && node->is_deferred) prefix->target = target;
  Import import = {
      .library = target,
      .prefix = prefix,
      .is_deferred = node->is_deferred,
      .combinator_count = node->combinators.count,
      .combinators = make_combinators(sema, unit->library, node->combinators),
      .node = (TreeNode *)node,
      .unit = unit,
  };
  // A prefix `_` binds nothing: only extensions come in.
  il_vec_push(&unit->library->imports, import);
}

static void load_export(Sema *sema, Unit *unit, const TreeExport *node) {
  TreeNode *uri = select_uri(sema, node->uri, node->configurations);
  Library *target = enter_target(sema, unit, uri);
  if (target == NULL) return;
  Import export = {
      .library = target,
      .combinator_count = node->combinators.count,
      .combinators = make_combinators(sema, unit->library, node->combinators),
      .node = (TreeNode *)node,
      .unit = unit,
  };
  il_vec_push(&unit->library->exports, export);
}

static void load_directives(Sema *sema, Unit *unit) {
  TreeList list = unit->tree->directives;
  for (uint32_t i = 0; i < list.count; i++) {
    TreeNode *node = list.items[i];
    switch (node->kind) {
      case TREE_LIBRARY:
        unit->library->name =
            join_names(sema, ((const TreeLibrary *)node)->names);
        break;
      case TREE_IMPORT: load_import(sema, unit, (TreeImport *)node); break;
      case TREE_EXPORT: load_export(sema, unit, (TreeExport *)node); break;
      case TREE_PART: load_part(sema, unit, (TreePart *)node); break;
      default: break;
    }
  }
}

// ------------------------------------------------------------ the work list

static void add_core_import(Sema *sema, Library *library) {
  if (il_text_equal(library->uri, TEXT("dart:core"))) return;
  Library *core = enter_library(sema, TEXT("dart:core"));
  for (uint32_t i = 0; i < library->imports.count; i++) {
    if (library->imports.items[i].library == core) return;
  }
  il_vec_push(&library->imports, (Import){.library = core});
}

static void load_library(Sema *sema, Library *library) {
  if (library->state == 2 || library->outline != NULL) return;
  if (library->units.count == 0 && library->state == 0) {
    library->state = 1;
    read_unit(sema, library, library->uri);
  }
  library->state = 2;
  library->is_materialized = true;
  if (library->units.count == 0) return;
  Unit *first = library->units.items[0];
  library->language_version =
      first->tree->has_version_comment
          ? (uint16_t)first->tree->version
          : il_package_version(sema, source_uri(sema, library->uri));
  // Parts append to the units while this runs; parts may have parts.
  for (uint32_t i = 0; i < library->units.count; i++) {
    load_directives(sema, library->units.items[i]);
  }
  add_core_import(sema, library);
}

Library *il_loader_load(Sema *sema, Text uri) {
  Library *root = enter_library(sema, uri);
  if (root == NULL) return NULL;
  if (root->outline == NULL && root->units.count == 0 && root->state == 0) {
    root->state = 1;
    if (read_unit(sema, root, uri) == NULL) {
      il_diagnostic_error(sema->diagnostics, NULL, 0, 0, DIAG_FILE_NOT_FOUND,
                          shown_path(sema, uri));
      return NULL;
    }
  }
  for (uint32_t i = 0; i < sema->library_list.count; i++) {
    Library *library = sema->library_list.items[i];
    if (library != NULL) load_library(sema, library);
  }
  return root;
}
