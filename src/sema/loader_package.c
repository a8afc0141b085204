// loader_package.c: package: URIs by .dart_tool/package_config.json.
//
// The file is JSON; only what is needed of it is read: of each object in
// "packages" the strings name, rootUri, packageUri and languageVersion. The
// scanner below knows strings, nesting and nothing else; a broken file gives
// packages that are not found.
#include "base/file.h"
#include "sema/loader.h"

typedef struct {
  Text name, root, package_uri;
  uint16_t version;
} Package;

struct Packages {
  bool is_read;
  IL_VEC(Package) items;
};

// Skips white space and gives the next character, 0 at the end.
static char peek_json(Text json, uint32_t *at) {
  while (*at < json.length) {
    char c = json.bytes[*at];
    if (c != ' ' && c != '\n' && c != '\t' && c != '\r') return c;
    (*at)++;
  }
  return 0;
}

// A string at *at (on its quote), with simple escapes resolved.
static Text read_json_string(Arena *arena, Text json, uint32_t *at) {
  uint32_t i = *at + 1;
  char *bytes = il_arena_alloc(arena, (size_t)(json.length - *at));
  uint32_t length = 0;
  while (i < json.length && json.bytes[i] != '"') {
    if (json.bytes[i] == '\\' && i + 1 < json.length) i++;
    bytes[length++] = json.bytes[i++];
  }
  *at = i + 1;
  return il_text_make(bytes, length);
}

static uint16_t parse_version(Text text) {
  uint32_t parts[2] = {0, 0};
  uint32_t k = 0;
  for (uint32_t i = 0; i < text.length && k < 2; i++) {
    if (text.bytes[i] == '.') {
      k++;
    } else if (text.bytes[i] >= '0' && text.bytes[i] <= '9') {
      parts[k] = parts[k] * 10 + (uint32_t)(text.bytes[i] - '0');
    }
  }
  return (uint16_t)IL_VERSION(parts[0], parts[1]);
}

static void parse_packages(Sema *sema, Text json, Text base) {
  Package package = {.version = IL_VERSION_CURRENT};
  uint32_t depth = 0;
  uint32_t at = 0;
  Text key = TEXT("");
  bool in_packages = false;
  for (char c; (c = peek_json(json, &at)) != 0;) {
    if (c == '"') {
      Text text = read_json_string(sema->arena, json, &at);
      if (peek_json(json, &at) == ':') {
        key = text;
        if (depth == 1) in_packages = il_text_equal(key, TEXT("packages"));
        at++;
        continue;
      }
      if (!in_packages || depth != 3) continue;
      if (il_text_equal(key, TEXT("name"))) package.name = text;
      if (il_text_equal(key, TEXT("packageUri"))) package.package_uri = text;
      if (il_text_equal(key, TEXT("languageVersion"))) {
        package.version = parse_version(text);
      }
      if (il_text_equal(key, TEXT("rootUri"))) {
        bool has_slash = il_text_ends_with(text, TEXT("/"));
        text = il_arena_format(sema->arena, "%.*s%s", TEXT_ARG(text),
                               has_slash ? "" : "/");
        package.root = il_loader_resolve(sema->arena, base, text);
      }
      continue;
    }
    if (c == '{' || c == '[') depth++;
    if ((c == '}' || c == ']') && depth > 0) {
      if (c == '}' && depth == 3 && in_packages && package.name.length > 0) {
        il_vec_push(&sema->packages->items, package);
        package = (Package){.version = IL_VERSION_CURRENT};
      }
      depth--;
    }
    at++;
  }
}

// The file: URI of the package_config.json for the root library.
Text il_package_config(Sema *sema) {
  if (sema->options.package_config.length > 0) {
    return il_loader_absolute(sema, sema->options.package_config);
  }
  if (sema->root == NULL) return TEXT("");
  Text folder = il_loader_file_path(sema->arena, sema->root->uri);
  for (;;) {
    int64_t slash = il_text_find_last_char(folder, '/');
    if (slash < 0) return TEXT("");
    folder = il_text_slice(folder, 0, (uint32_t)slash);
    Text path = il_arena_format(sema->arena,
                                "%.*s/.dart_tool/package_config.json",
                                TEXT_ARG(folder));
    if (il_file_exists(path.bytes)) return il_loader_absolute(sema, path);
  }
}

static void read_packages(Sema *sema) {
  if (sema->packages != NULL) return;
  sema->packages = IL_NEW(sema->arena, struct Packages);
  Text uri = il_package_config(sema);
  if (uri.length == 0) return;
  Text json;
  Text path = il_loader_file_path(sema->arena, uri);
  if (il_file_read(sema->arena, path.bytes, &json) != IL_OK) return;
  parse_packages(sema, json, uri);
}

Text il_package_resolve(Sema *sema, Text uri) {
  read_packages(sema);
  Text path = il_text_slice(uri, 8, uri.length);
  int64_t slash = il_text_find_char(path, '/');
  if (slash < 0) return TEXT("");
  Text name = il_text_slice(path, 0, (uint32_t)slash);
  Text rest = il_text_slice(path, (uint32_t)slash + 1, path.length);
  for (uint32_t i = 0; i < sema->packages->items.count; i++) {
    const Package *p = &sema->packages->items.items[i];
    if (!il_text_equal(p->name, name)) continue;
    Text lib = il_loader_resolve(sema->arena, p->root, p->package_uri);
    return il_loader_resolve(sema->arena, lib, rest);
  }
  return TEXT("");
}

uint16_t il_package_version(Sema *sema, Text file_uri) {
  // Reading the configuration for a lone script would cost a walk up the
  // folders, so only what package: URIs have made known counts.
  if (sema->packages == NULL) return IL_VERSION_CURRENT;
  uint16_t version = IL_VERSION_CURRENT;
  uint32_t best = 0;
  for (uint32_t i = 0; i < sema->packages->items.count; i++) {
    const Package *p = &sema->packages->items.items[i];
    if (p->root.length > best && il_text_starts_with(file_uri, p->root)) {
      best = p->root.length;
      version = p->version;
    }
  }
  return version;
}

void il_package_drop(Sema *sema) {
  if (sema->packages != NULL) il_vec_drop(&sema->packages->items);
}
