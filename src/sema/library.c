// library.c: what a name means at the level of a library.
//
// Lookups are on demand, in this order: declarations, then imports. A library
// from the image answers from its tables, one from source from its maps. The
// answers are cached by name, absence too, so that a name used a thousand times
// is looked for once.
#include "sema/outline.h"
#include "sema/scope.h"

// How long a chain of exports may be; beyond it names are not found.
#define EXPORT_DEPTH_LIMIT 1000

// In the caches: looked for and not there, or there several times. Elements
// are aligned, so small numbers are free; an ambiguous one has the low bit.
#define CACHED_NONE 2u
#define CACHED_AMBIGUOUS 1u

Name il_library_name(Library *library, Name written) {
  NameTable *names = library->sema->names;
  Text text = il_name_text(names, written);
  if (text.length < 2 || text.bytes[0] != '_') return written;
  bool is_new;
  uint64_t *slot = il_map_at(&library->names, written, &is_new);
  if (is_new) *slot = il_name_intern_private(names, text, library->number);
  return (Name)*slot;
}

static bool passes(const Import *import, Name name) {
  for (uint32_t i = 0; i < import->combinator_count; i++) {
    const Combinator *c = &import->combinators[i];
    bool is_listed = false;
    for (uint32_t k = 0; k < c->count; k++) {
      if (c->names[k] == name) is_listed = true;
    }
    if (is_listed == c->is_hide) return false;
  }
  return true;
}

static Element *find_declared(Library *library, Name name, bool setter) {
  if (library->outline != NULL) {
    return il_outline_find_declared(library, name, setter);
  }
  return il_map_find_pointer(&library->declared,
                             (uint64_t)name * 2 + (setter ? 1 : 0));
}

static bool is_public(const NameTable *names, Name name) {
  Text text = il_name_text(names, name);
  return text.length == 0 || text.bytes[0] != '_';
}

// Exports may be cyclic: a library being asked already answers nothing, and
// what was found on the way is not cached but at the outermost call.
static Element *find_exported(Library *library, Name name, bool setter,
                              uint32_t depth) {
  if (library->outline != NULL) {
    return il_outline_find_exported(library, name, setter);
  }
  uint64_t key = (uint64_t)name * 2 + (setter ? 1 : 0);
  uint64_t cached;
  if (il_map_find(&library->exported, key, &cached)) {
    return cached == CACHED_NONE ? NULL : (Element *)(uintptr_t)cached;
  }
  Element *found = find_declared(library, name, setter);
  if (found != NULL && found->kind == ELEMENT_PREFIX) found = NULL;
  if (found == NULL && depth < EXPORT_DEPTH_LIMIT) {
    // Marks this library as being asked.
    il_map_put(&library->exported, key, CACHED_NONE);
    for (uint32_t i = 0; i < library->exports.count && found == NULL; i++) {
      const Import *export = &library->exports.items[i];
      if (!passes(export, name)) continue;
      found = find_exported(export->library, name, setter, depth + 1);
    }
    il_map_remove(&library->exported, key);
  }
  if (depth == 0) {
    il_map_put(&library->exported, key,
               found == NULL ? CACHED_NONE : il_map_key(found));
  }
  return found;
}

Element *il_library_find_exported(Library *library, Name name, bool setter) {
  if (!is_public(library->sema->names, name)) return NULL;
  return find_exported(library, name, setter, 0);
}

// Which of two imported elements wins: a system library's declaration gives
// way to another; equal ones are one; else both, which is ambiguous.
static Element *choose_imported(Element *a, Element *b, bool *ambiguous) {
  if (a == NULL || a == b) return b;
  if (b == NULL) return a;
  bool a_core = a->library != NULL && a->library->is_core;
  bool b_core = b->library != NULL && b->library->is_core;
  if (a_core && !b_core) {
    *ambiguous = false;
    return b;
  }
  if (b_core && !a_core) return a;
  *ambiguous = true;
  return a;
}

static Element *find_imported(Library *library, const PrefixElement *prefix,
                              Name name, bool setter, bool *ambiguous) {
  Element *found = NULL;
  for (uint32_t i = 0; i < library->imports.count; i++) {
    const Import *import = &library->imports.items[i];
    if (import->prefix != prefix || !passes(import, name)) continue;
    Element *e = il_library_find_exported(import->library, name, setter);
    found = choose_imported(found, e, ambiguous);
  }
  return found;
}

static Element *find_cached(Library *library, const PrefixElement *prefix,
                            Map *cache, Name name, bool setter,
                            bool *ambiguous) {
  uint64_t key = (uint64_t)name * 2 + (setter ? 1 : 0);
  uint64_t cached;
  bool clash = false;
  if (!il_map_find(cache, key, &cached)) {
    Element *found = find_imported(library, prefix, name, setter, &clash);
    cached = found == NULL ? CACHED_NONE
                           : il_map_key(found) | (clash ? CACHED_AMBIGUOUS : 0);
    il_map_put(cache, key, cached);
  }
  if (cached == CACHED_NONE) return NULL;
  if (ambiguous != NULL && (cached & CACHED_AMBIGUOUS)) *ambiguous = true;
  return (Element *)(uintptr_t)(cached & ~(uint64_t)CACHED_AMBIGUOUS);
}

Element *il_library_find(Library *library, Name name, bool setter,
                         bool *ambiguous) {
  if (ambiguous != NULL) *ambiguous = false;
  Element *found = find_declared(library, name, setter);
  if (found != NULL) return found;
  if (find_declared(library, name, !setter) != NULL) {
    // The library declares the other accessor, which hides all imports.
    return NULL;
  }
  return find_cached(library, NULL, &library->scope, name, setter, ambiguous);
}

Element *il_library_find_prefixed(PrefixElement *prefix, Name name,
                                  bool setter, bool *ambiguous) {
  if (ambiguous != NULL) *ambiguous = false;
  return find_cached(prefix->base.library, prefix, &prefix->scope, name, setter,
                     ambiguous);
}

static bool has_extension(const Classes *list, const ClassElement *c) {
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->items[i] == c) return true;
  }
  return false;
}

// Extensions that `library` exports, itself included, by walking its exports.
static void collect_exported(Library *library, const Import *through,
                             Classes *out, uint32_t depth) {
  Classes found = {0};
  if (library->outline != NULL) {
    il_outline_extensions(library, true, &found);
  } else {
    if (library->state & 0x100 || depth > EXPORT_DEPTH_LIMIT) return;
    library->state |= 0x100;
    uint32_t cursor = 0;
    uint64_t key, value;
    while (il_map_next(&library->declared, &cursor, &key, &value)) {
      Element *e = (Element *)(uintptr_t)value;
      if ((key & 1) || e->kind != ELEMENT_CLASS) continue;
      ClassElement *c = (ClassElement *)e;
      if (c->class_kind == CLASS_KIND_EXTENSION) il_vec_push(&found, c);
    }
    Classes passed_on = {0};
    for (uint32_t i = 0; i < library->exports.count; i++) {
      const Import *export = &library->exports.items[i];
      collect_exported(export->library, export, &passed_on, depth + 1);
    }
    // A declaration of the library's own hides what it exports.
    for (uint32_t i = 0; i < passed_on.count; i++) {
      ClassElement *c = passed_on.items[i];
      if (il_map_find(&library->declared, (uint64_t)c->base.name * 2, &value)) {
        continue;
      }
      il_vec_push(&found, c);
    }
    il_vec_drop(&passed_on);
    library->state &= ~0x100u;
  }
  for (uint32_t i = 0; i < found.count; i++) {
    ClassElement *c = found.items[i];
    if (!is_public(library->sema->names, c->base.name)) continue;
    if (!passes(through, c->base.name) || has_extension(out, c)) continue;
    il_vec_push(out, c);
  }
  il_vec_drop(&found);
}

const Classes *il_library_extensions(Library *library) {
  if (library->has_extensions) return &library->extensions;
  library->has_extensions = true;
  if (library->outline != NULL) {
    il_outline_extensions(library, false, &library->extensions);
    return &library->extensions;
  }
  // Unnamed ones were put there by declare; named ones are found here.
  uint32_t cursor = 0;
  uint64_t key, value;
  while (il_map_next(&library->declared, &cursor, &key, &value)) {
    Element *e = (Element *)(uintptr_t)value;
    if ((key & 1) || e->kind != ELEMENT_CLASS) continue;
    ClassElement *c = (ClassElement *)e;
    if (c->class_kind == CLASS_KIND_EXTENSION &&
        !has_extension(&library->extensions, c)) {
      il_vec_push(&library->extensions, c);
    }
  }
  for (uint32_t i = 0; i < library->imports.count; i++) {
    const Import *import = &library->imports.items[i];
    if (import->is_deferred) continue;
    collect_exported(import->library, import, &library->extensions, 0);
  }
  return &library->extensions;
}

void il_library_check_deferred(Library *library) {
  Sema *sema = library->sema;
  for (uint32_t i = 0; i < library->imports.count; i++) {
    const Import *import = &library->imports.items[i];
    if (!import->is_deferred) continue;
    Classes found = {0};
    collect_exported(import->library, import, &found, 0);
    if (found.count > 0) {
      il_sema_error(sema, import->unit, ((TreeImport *)import->node)->uri,
                    DIAG_DEFERRED_EXTENSION,
                    il_sema_text(sema, found.items[0]->base.name));
    }
    il_vec_drop(&found);
  }
}
