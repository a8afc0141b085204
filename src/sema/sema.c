// sema.c: the phases of a compilation, in order.
#include "sema/sema.h"

#include "sema/constant.h"
#include "sema/constant_eval.h"
#include "sema/declare.h"
#include "sema/hierarchy.h"
#include "sema/infer.h"
#include "sema/loader.h"
#include "sema/outline.h"

// Gives the classes that the language knows their ids.
static void reserve_well_known(Sema *sema) {
  for (ClassId id = 1; id < CLASS_WELL_KNOWN_COUNT; id++) {
    TypeClass *record = il_class_add(sema->class_table);
    IL_ASSERT(record->id == id);
    (void)record;
  }
}

Sema *il_sema_new(const SemaOptions *options, const SemaTables *tables) {
  Arena arena = {0};
  il_arena_init(&arena);
  Sema *sema = IL_NEW(&arena, Sema);
  sema->own_arena = arena;
  sema->arena = &sema->own_arena;
  sema->options = *options;
  sema->names = tables->names;
  sema->types = tables->types;
  sema->class_table = tables->classes;
  sema->image = tables->image;
  sema->type_context = (TypeContext){sema->types, sema->class_table};
  sema->diagnostics = IL_NEW(sema->arena, Diagnostics);
  il_diagnostic_init(sema->diagnostics);
  uint32_t count = il_class_count(sema->class_table);
  if (sema->image == NULL && count == 0) {
    reserve_well_known(sema);
    count = CLASS_WELL_KNOWN_COUNT - 1;
  }
  if (sema->image != NULL) {
    // Core libraries keep their numbers; own ones come after.
    uint32_t taken = il_outline_library_count(sema->image);
    for (uint32_t i = 0; i < taken; i++) {
      il_vec_push(&sema->library_list, NULL);
    }
  }
  il_vec_reserve(&sema->classes, count + 1);
  memset(sema->classes.items, 0, sizeof(ClassElement *) * (count + 1));
  sema->classes.count = count + 1;
  return sema;
}

static void drop_class(ClassElement *c) {
  il_vec_drop(&c->type_params);
  il_vec_drop(&c->interfaces);
  il_vec_drop(&c->mixins);
  il_vec_drop(&c->on);
  il_vec_drop(&c->constructors);
  il_vec_drop(&c->functions);
  il_vec_drop(&c->fields);
  il_vec_drop(&c->direct_subclasses);
  il_map_drop(&c->instance_members);
  il_map_drop(&c->static_members);
  il_map_drop(&c->interface_cache);
}

static void drop_library(Library *library) {
  uint32_t cursor = 0;
  uint64_t key, value;
  while (il_map_next(&library->declared, &cursor, &key, &value)) {
    Element *e = (Element *)(uintptr_t)value;
    if ((key & 1) || e == NULL) continue;
    if (e->kind == ELEMENT_PREFIX) il_map_drop(&((PrefixElement *)e)->scope);
    if (e->kind == ELEMENT_TYPEDEF) {
      il_vec_drop(&((TypedefElement *)e)->type_params);
    }
  }
  il_vec_drop(&library->units);
  il_vec_drop(&library->imports);
  il_vec_drop(&library->exports);
  il_vec_drop(&library->extensions);
  il_map_drop(&library->declared);
  il_map_drop(&library->exported);
  il_map_drop(&library->scope);
  il_map_drop(&library->names);
}

void il_sema_free(Sema *sema) {
  if (sema == NULL) return;
  for (uint32_t i = 0; i < sema->classes.count; i++) {
    if (sema->classes.items[i] != NULL) drop_class(sema->classes.items[i]);
  }
  for (uint32_t i = 0; i < sema->library_list.count; i++) {
    if (sema->library_list.items[i] != NULL) {
      drop_library(sema->library_list.items[i]);
    }
  }
  for (uint32_t i = 0; i < sema->outline_typedefs.count; i++) {
    il_vec_drop(&sema->outline_typedefs.items[i]->type_params);
  }
  il_vec_drop(&sema->outline_typedefs);
  il_map_drop(&sema->outline_elements);
  il_constant_drop(sema);
  il_package_drop(sema);
  il_diagnostic_drop(sema->diagnostics);
  il_map_drop(&sema->libraries);
  il_vec_drop(&sema->library_list);
  il_vec_drop(&sema->classes);
  il_vec_drop(&sema->functions);
  il_vec_drop(&sema->fields);
  il_vec_drop(&sema->bound_checks);
  il_vec_drop(&sema->typedef_constructors);
  Arena arena = sema->own_arena;
  il_arena_drop(&arena);
}

// The core libraries that the compiler itself mentions.
static bool load_core(Sema *sema) {
  static const char *const needed[] = {"dart:core", "dart:async",
                                       "dart:collection", "dart:isolate",
                                       "dart:typed_data"};
  Library *loaded[IL_COUNT_OF(needed)];
  for (size_t i = 0; i < IL_COUNT_OF(needed); i++) {
    // From the image only what everything needs is entered at once.
    bool is_lazy = sema->image != NULL && i > 1;
    loaded[i] = is_lazy ? NULL : il_loader_load(sema, il_text_of(needed[i]));
    if (loaded[i] == NULL && !is_lazy) return false;
  }
  sema->core = loaded[0];
  sema->async = loaded[1];
  sema->collection = loaded[2];
  sema->isolate = loaded[3];
  return true;
}

static bool is_own(const Library *library) { return library->units.count > 0; }

// Runs `visit` for each class made from source; new ones may come meanwhile.
static void each_class(Sema *sema, void visit(Sema *, ClassElement *)) {
  for (uint32_t i = 1; i < sema->classes.count; i++) {
    ClassElement *c = sema->classes.items[i];
    if (c == NULL || c->outline != 0 || c->base.node == NULL) continue;
    visit(sema, c);
  }
}

static void resolve_class_bounds(Sema *sema, ClassElement *c) {
  if (c->type_params.count > 0 && !(c->state & 0x200)) {
    c->state |= 0x200;
    il_declare_bounds(sema, &c->base);
  }
}

static void resolve_class_supers(Sema *sema, ClassElement *c) {
  (void)sema;
  il_class_require(c, STAGE_MEMBERS);
}

static void resolve_typedefs(Sema *sema, Library *library) {
  uint32_t cursor = 0;
  uint64_t key, value;
  while (il_map_next(&library->declared, &cursor, &key, &value)) {
    Element *e = (Element *)(uintptr_t)value;
    if ((key & 1) || e->kind != ELEMENT_TYPEDEF) continue;
    TypedefElement *t = (TypedefElement *)e;
    if (t->type_params.count > 0 && !(t->state & 0x200)) {
      t->state |= 0x200;
      il_declare_bounds(sema, e);
    }
    il_typedef_type(t);
  }
}

static void declare_all(Sema *sema) {
  for (uint32_t i = 0; i < sema->library_list.count; i++) {
    Library *library = sema->library_list.items[i];
    if (library != NULL && is_own(library)) il_declare_library(sema, library);
  }
  each_class(sema, resolve_class_bounds);
  for (uint32_t i = 0; i < sema->library_list.count; i++) {
    Library *library = sema->library_list.items[i];
    if (library != NULL && is_own(library)) resolve_typedefs(sema, library);
  }
  sema->has_bounds = true;
  each_class(sema, resolve_class_supers);
  each_class(sema, il_hierarchy_check_rules);
  il_declare_resolve(sema);
  each_class(sema, il_hierarchy_check_members);
  each_class(sema, il_hierarchy_check_constructors);
  for (uint32_t i = 0; i < sema->library_list.count; i++) {
    Library *library = sema->library_list.items[i];
    if (library != NULL && is_own(library)) {
      il_hierarchy_check_library(sema, library);
      il_library_check_deferred(library);
    }
  }
}

// Bodies, in declaration order; closures and forwarders may add functions.
static void infer_all(Sema *sema) {
  for (uint32_t i = 0; i < sema->fields.count; i++) {
    FieldElement *field = sema->fields.items[i];
    if (field->initializer_node != NULL ||
        (field->flags & FIELD_IS_ENUM_VALUE)) {
      if (field->initializer == NULL) il_infer_field(sema, field);
    }
  }
  for (uint32_t i = 0; i < sema->functions.count; i++) {
    FunctionElement *f = sema->functions.items[i];
    if (f->field == NULL && f->body == NULL) il_infer_function(sema, f);
  }
}

// Every constant that a program declares, so that all errors are reported.
static void evaluate_all(Sema *sema) {
  for (uint32_t i = 0; i < sema->fields.count; i++) {
    FieldElement *field = sema->fields.items[i];
    if (field->flags & FIELD_IS_CONST) il_constant_of_field(field);
  }
  for (uint32_t i = 0; i < sema->functions.count; i++) {
    FunctionElement *f = sema->functions.items[i];
    Signature *s = il_member_signature(f);
    uint32_t count = s->required_count + s->optional_count + s->named_count;
    for (uint32_t k = s->required_count; k < count; k++) {
      if (s->parameters[k].has_default) {
        il_constant_of_default(f, &s->parameters[k]);
      }
    }
  }
}

// Default type arguments are in the tables of types, which the image holds.
static void compute_defaults(Sema *sema) {
  for (uint32_t i = 1; i < sema->classes.count; i++) {
    ClassElement *c = sema->classes.items[i];
    if (c != NULL && c->type_params.count > 0) {
      il_declare_raw_type(sema, &c->base);
    }
  }
  for (uint32_t i = 0; i < sema->library_list.count; i++) {
    Library *library = sema->library_list.items[i];
    uint32_t cursor = 0;
    uint64_t key, value;
    while (il_map_next(&library->declared, &cursor, &key, &value)) {
      Element *e = (Element *)(uintptr_t)value;
      if (e->kind != ELEMENT_TYPEDEF) continue;
      if (((TypedefElement *)e)->type_params.count > 0) {
        il_declare_raw_type(sema, e);
      }
    }
  }
}

static void report_main(Sema *sema, const Element *e, const char *message) {
  if (e->node == NULL) return;
  il_sema_error(sema, e->unit, e->node, DIAG_INVALID_MAIN, message);
}

// main takes up to two arguments: a list of strings and a message.
static void check_main(Sema *sema, const FunctionElement *f) {
  const Signature *s = f->signature;
  if (s->required_count > 2) {
    report_main(sema, &f->base,
                "'main' has at most two required parameters.");
  }
  uint32_t positional = s->required_count + s->optional_count;
  for (uint32_t i = positional; i < positional + s->named_count; i++) {
    if (!s->parameters[i].is_required_named) continue;
    report_main(sema, &f->base, "'main' has no required named parameters.");
  }
  if (positional == 0) return;
  TypeId string = il_type_interface(sema->types, CLASS_STRING, NULL, 0);
  TypeId list = il_type_interface(sema->types, CLASS_LIST, &string, 1);
  if (!il_type_is_subtype(&sema->type_context, list, s->parameters[0].type)) {
    report_main(sema, &f->base,
                "The first parameter of 'main' must accept a List<String>.");
  }
}

static void find_main(Sema *sema, Library *root) {
  Element *e = il_library_find_exported(root, NAME_main, false);
  if (e == NULL) {
    bool is_needed = sema->image != NULL && !sema->options.allow_no_main;
    // A source with errors may have lost its main by them.
    if (il_diagnostic_any(sema->diagnostics)) return;
    if (is_needed && root->units.count > 0) {
      Unit *unit = root->units.items[0];
      il_diagnostic_error(sema->diagnostics, &unit->source, 0, 0,
                          DIAG_MISSING_MAIN);
    }
    return;
  }
  if (e->kind != ELEMENT_FUNCTION ||
      ((FunctionElement *)e)->function_kind != FUNCTION_PLAIN) {
    report_main(sema, e, "'main' must be a function.");
    return;
  }
  root->main = (FunctionElement *)e;
  il_member_signature(root->main);
  check_main(sema, root->main);
}

bool il_sema_compile(Sema *sema, Text uri) {
  Text absolute = il_loader_absolute(sema, uri);
  if (!load_core(sema)) return false;
  // package_config.json is looked for from the root's folder upwards.
  Library root_place = {.uri = absolute};
  sema->root = &root_place;
  sema->root = il_loader_load(sema, absolute);
  if (sema->root == NULL) return false;
  declare_all(sema);
  il_declare_check_bounds(sema);
  infer_all(sema);
  evaluate_all(sema);
  il_constant_check(sema);
  il_annotation_check(sema);
  il_declare_check_bounds(sema);
  if (sema->image == NULL) compute_defaults(sema);
  find_main(sema, sema->root);
  return !il_diagnostic_any(sema->diagnostics);
}

ClassElement *il_sema_class(Sema *sema, ClassId id) {
  ClassElement *c = id < sema->classes.count ? sema->classes.items[id] : NULL;
  if (c == NULL && sema->image != NULL) c = il_outline_class(sema, id);
  return c;
}

FunctionElement *il_sema_core_member(Sema *sema, WellKnownClass id, Name name,
                                     bool setter) {
  ClassElement *c = il_sema_class(sema, id);
  return c == NULL ? NULL : il_class_find_member(c, name, setter);
}

Library *il_sema_library(Sema *sema, const char *uri) {
  Name key = il_name_intern(sema->names, il_text_of(uri));
  Library *found = il_map_find_pointer(&sema->libraries, key);
  if (found == NULL && sema->image != NULL) {
    found = il_outline_library(sema, il_text_of(uri));
  }
  return found;
}

FunctionElement *il_sema_core_function(Sema *sema, const char *library,
                                       const char *name) {
  Library *found = il_sema_library(sema, library);
  if (found == NULL) return NULL;
  Name written = il_name_intern(sema->names, il_text_of(name));
  Element *e = il_library_find(found, il_library_name(found, written), false,
                               NULL);
  if (e == NULL || e->kind != ELEMENT_FUNCTION) return NULL;
  return (FunctionElement *)e;
}

bool il_sema_enter(Sema *sema, const Element *e) {
  if (sema->resolve_depth < IL_SEMA_RESOLVE_LIMIT) {
    sema->resolve_depth++;
    return true;
  }
  if (e->node != NULL && e->unit != NULL) {
    il_sema_error(sema, e->unit, e->node, DIAG_NESTED_TOO_DEEPLY);
  }
  return false;
}

void il_sema_leave(Sema *sema) { sema->resolve_depth--; }

Text il_sema_type_text(Sema *sema, TypeId type) {
  TextBuilder out = {0};
  il_class_print_type(&sema->type_context, sema->names, type, &out);
  Text text = il_arena_copy_text(sema->arena, il_text_builder_text(&out));
  il_text_builder_drop(&out);
  return text;
}
